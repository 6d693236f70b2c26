"""Text in placeholders: in French for spell checkers and screen readers, sized to fit where it goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR

from analysis.report.theme_xml import SCHEME

_THEME_COLOURS = {
    "tx1": MSO_THEME_COLOR.TEXT_1,
    "bg1": MSO_THEME_COLOR.BACKGROUND_1,
    "tx2": MSO_THEME_COLOR.TEXT_2,
    "bg2": MSO_THEME_COLOR.BACKGROUND_2,
    "accent1": MSO_THEME_COLOR.ACCENT_1,
    "accent2": MSO_THEME_COLOR.ACCENT_2,
    "accent3": MSO_THEME_COLOR.ACCENT_3,
    "accent4": MSO_THEME_COLOR.ACCENT_4,
    "accent5": MSO_THEME_COLOR.ACCENT_5,
    "accent6": MSO_THEME_COLOR.ACCENT_6,
}


class Line(NamedTuple):
    """One paragraph; level 0 is what is said, level 1 what is said of it."""

    text: str
    level: int = 0
    bold: bool = False


def write(shape: Any, lines: Iterable[Line | str]) -> None:
    """Replace the text of a placeholder."""
    frame = shape.text_frame
    frame.clear()
    for rank, given in enumerate(lines):
        line = Line(given) if isinstance(given, str) else given
        paragraph = frame.paragraphs[0] if rank == 0 else frame.add_paragraph()
        paragraph.level = line.level
        run = paragraph.add_run()
        run.text = clean(line.text)
        if line.bold:
            run.font.bold = True
        french(run)


def french(run: Any) -> None:
    """Say in which language a run is written."""
    run._r.get_or_add_rPr().set("lang", "fr-FR")


def paint(colour: Any, value: str) -> None:
    """Set a colour by its name in the theme where it has one, so that changing the theme changes the deck."""
    if value in SCHEME:
        colour.theme_color = _THEME_COLOURS[SCHEME[value]]
    else:
        colour.rgb = RGBColor(*bytes.fromhex(value[1:]))  # type: ignore[no-untyped-call]


def clean(text: str) -> str:
    """Return the text on one line, without what XML refuses, and with spaces that hold guillemets and colons."""
    plain = "".join(" " if ch in "\t\n\r\v" else ch for ch in text if ch in "\t\n\r\v" or _allowed(ch))
    for loose, held in (("« ", "«\u00a0"), (" »", "\u00a0»"), (" :", "\u00a0:")):
        plain = plain.replace(loose, held)
    return plain


def _allowed(character: str) -> bool:
    return character >= " " and not "\ud800" <= character <= "\udfff" and character not in "\ufffe\uffff"


def shorten(text: str, limit: int) -> str:
    """Return at most `limit` characters, cut between words and marked as cut."""
    whole = " ".join(word for word in clean(text).split(" ") if word)
    if len(whole) <= limit:
        return whole
    cut = whole[: limit - 4].rsplit(" ", 1)[0].rstrip(" ,;:.–-")
    return f"{cut} […]"
