"""The looks of the report: styles of Word that can be changed in Word, in French, on A4."""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from analysis import palette

FONT = "Calibri"
#: What the styles of the report are called where Word has none of its own.
LEDE, NOTE, CELL, SOURCE = "Chapeau", "Réserve", "Cellule", "Source de la citation"
#: Room between the margins, in centimetres.
WIDTH = 17.0
#: Level of heading: size in points, space before and after.
_HEADINGS = {1: (22, 30, 6), 2: (15, 18, 4), 3: (12, 14, 2)}


def empty() -> Any:
    """Return a document with no content, its page, its language and its styles set."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2.2)
    _french(document)
    _texts(document.styles)
    _own(document.styles)
    return document


def _french(document: Any) -> None:
    """Say once for all in which language the report is written."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "fr-FR")
    language.set(qn("w:eastAsia"), "fr-FR")
    defaults.append(language)


def colour(value: str) -> RGBColor:
    """A colour of the palette as Word takes it."""
    return RGBColor.from_string(value[1:].upper())


def _set(
    style: Any, size: float, *, before: float = 0, after: float = 0, bold: bool = False, ink: str = palette.INK
) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour(ink)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)


def _texts(styles: Any) -> None:
    _set(styles["Normal"], 11, after=6)
    styles["Normal"].paragraph_format.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    styles["Normal"].paragraph_format.line_spacing = 1.12
    _set(styles["Title"], 34, before=170, after=6, bold=True)
    _ruled(styles["Title"])
    _set(styles["Subtitle"], 15, after=24, ink=palette.INK_2)
    _set(styles["List Bullet"], 11, after=4)
    _set(styles["Quote"], 11, after=0)
    styles["Quote"].paragraph_format.keep_with_next = True
    styles["Quote"].paragraph_format.left_indent = Cm(0.4)
    _set(styles["Caption"], 10, before=6, after=3, ink=palette.INK_2)
    styles["Caption"].paragraph_format.keep_with_next = True
    for level, (size, before, after) in _HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _set(heading, size, before=before, after=after, bold=True, ink=palette.ACCENT if level == 1 else palette.INK)
        heading.paragraph_format.keep_with_next = True


def _ruled(style: Any) -> None:
    """Put one thick line above the title in place of the thin one that the model has under it."""
    properties = style.element.get_or_add_pPr()
    for rule in properties.findall(qn("w:pBdr")):
        rule.clear()
        line = OxmlElement("w:top")
        for name, value in (("val", "single"), ("sz", "48"), ("space", "14"), ("color", palette.ACCENT[1:].upper())):
            line.set(qn(f"w:{name}"), value)
        rule.append(line)


def _own(styles: Any) -> None:
    for name, size, after, ink in (
        (LEDE, 12.5, 8, palette.INK_2),
        (NOTE, 9.5, 8, palette.INK_2),
        (CELL, 9.5, 0, palette.INK),
        (SOURCE, 9.5, 8, palette.INK_2),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _set(style, size, after=after, ink=ink)
    styles[CELL].paragraph_format.line_spacing = 1.0
    styles[CELL].paragraph_format.space_before = styles[CELL].paragraph_format.space_after = Pt(2)
    styles[LEDE].paragraph_format.keep_with_next = True
    styles[SOURCE].paragraph_format.left_indent = Cm(0.4)
    for level in (1, 2):
        entry = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        entry.base_style = styles["Normal"]
        _set(entry, 11 if level == 1 else 10, before=6 if level == 1 else 0, after=1, bold=level == 1)
        entry.paragraph_format.left_indent = Cm(0 if level == 1 else 0.6)
