"""What Word can do and python-docx does not say: fields, bookmarks, headings of tables, pictures that decorate."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from PIL import Image

from analysis import palette
from analysis.report.text import clean

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def field(paragraph: Any, instruction: str, shown: str = "1") -> None:
    """Add a field that Word works out, such as the number of the page."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("=", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "=":
            run.text = text
        elif kind:
            run._r.append(_mark("w:fldChar", fldCharType=kind))
        else:
            run._r.append(_instruction(text))


def opening(paragraph: Any, instruction: str) -> None:
    """Open a field whose result is the paragraphs that follow, to be worked out again where the program can."""
    begin = _mark("w:fldChar", fldCharType="begin")
    begin.set(qn("w:dirty"), "true")
    for element in (begin, _instruction(instruction), _mark("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(element)


def closing(paragraph: Any) -> None:
    """Close the field that was opened."""
    paragraph.add_run()._r.append(_mark("w:fldChar", fldCharType="end"))


def _instruction(text: str) -> Any:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = f" {text} "
    return element


def _mark(tag: str, **given: str) -> Any:
    element = OxmlElement(tag)
    for name, value in given.items():
        element.set(qn(f"w:{name}"), value)
    return element


def bookmark(paragraph: Any, number: int) -> None:
    """Name a heading so that the table of contents leads to it."""
    paragraph._p.insert(1, _mark("w:bookmarkStart", id=str(number), name=_name(number)))
    paragraph._p.append(_mark("w:bookmarkEnd", id=str(number)))


def link(paragraph: Any, number: int, text: str) -> None:
    """Add words that lead to a bookmark."""
    anchor = _mark("w:hyperlink", anchor=_name(number), history="1")
    run = paragraph.add_run(clean(text))
    paragraph._p.remove(run._r)
    anchor.append(run._r)
    paragraph._p.append(anchor)


def _name(number: int) -> str:
    return f"_Toc{100000 + number}"


def described(table: Any, caption: str, description: str, *, headed: bool = True) -> None:
    """Give a table the name and the words that a screen reader says of it; its first row heads the columns, or none."""
    properties = table._tbl.tblPr
    properties.append(_mark("w:tblCaption", val=clean(caption)))
    properties.append(_mark("w:tblDescription", val=clean(description)))
    if headed:
        table.rows[0]._tr.get_or_add_trPr().append(_mark("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, _mark("w:cantSplit"))


def _before(parent: Any, element: Any, *followers: str) -> None:
    """Put an element where the format wants it: before the first of those that may follow it."""
    after = next((child for child in parent if child.tag in {qn(name) for name in followers}), None)
    if after is None:
        parent.append(element)
    else:
        after.addprevious(element)


def ruled(table: Any) -> None:
    """Thin lines between rows, none between columns."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{palette.LINE[1:].upper()}"'
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}><w:bottom {line}/><w:insideH {line}/></w:tblBorders>")
    _before(table._tbl.tblPr, borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def shaded(cell: Any, fill: str, *, hatch: str = "") -> None:
    """Fill a cell; `hatch` is the colour of the stripes that say caution in black and white too."""
    pattern = "thinDiagStripe" if hatch else "clear"
    shade = _mark("w:shd", val=pattern, color=hatch[1:] or "auto", fill=fill[1:].upper())
    _before(cell._tc.get_or_add_tcPr(), shade, "w:noWrap", "w:tcMar", "w:textDirection", "w:vAlign")


def edged(paragraph: Any, colour: str) -> None:
    """A thick edge at the left of a paragraph, in the colour of a theme."""
    line = f'w:val="single" w:sz="24" w:space="8" w:color="{colour[1:].upper()}"'
    paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}><w:left {line}/></w:pBdr>"))


def bar(paragraph: Any, colour: str, *, long: float, tall: float = 0.34) -> None:
    """Draw a bar so many centimetres long: a picture that only decorates, the figure being written beside."""
    shape = paragraph.add_run().add_picture(io.BytesIO(_square(colour)), width=Cm(max(long, 0.03)), height=Cm(tall))
    properties = shape._inline.docPr
    properties.set("descr", "")
    properties.append(parse_xml(_DECORATIVE))


@cache
def _square(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4), colour).save(made, "PNG")
    return made.getvalue()
