"""The plan de classement for the programs of qualitative analysis: a codebook of the REFI-QDA standard, version 1.0."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from analysis import palette
from analysis.codebook import Codebook, Theme
from analysis.report.text import clean
from surveys.words import _

_SPACE = "urn:QDA-XML:codebook:1.0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: What the identifiers of themes are derived in: a theme keeps its own in every file, renamed or moved.
_THEMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:consult:theme")


def content(plan: Codebook) -> bytes:
    """Return the codebook, sub-themes inside their theme; the same plan always gives the same bytes."""
    ET.register_namespace("", _SPACE)
    ET.register_namespace("xsi", _XSI)
    book = ET.Element(f"{{{_SPACE}}}CodeBook", {"origin": "Consult"})
    book.set(f"{{{_XSI}}}schemaLocation", f"{_SPACE} Codebook.xsd")
    codes = ET.SubElement(book, f"{{{_SPACE}}}Codes")
    for root in plan.roots():
        _code(codes, plan, root, colour=palette.theme(root.colour))
    ET.indent(book)
    return bytes(ET.tostring(book, encoding="utf-8", xml_declaration=True)) + b"\n"


def guid(theme_id: str) -> str:
    """The identifier a theme has in every codebook we write."""
    return str(uuid.uuid5(_THEMES, theme_id)).upper()


def _code(above: ET.Element, plan: Codebook, theme: Theme, *, colour: str) -> None:
    given = {"guid": guid(theme.id), "name": clean(theme.label), "isCodable": "true", "color": colour.upper()}
    code = ET.SubElement(above, f"{{{_SPACE}}}Code", given)
    if said := "\n".join(_description(theme)):
        ET.SubElement(code, f"{{{_SPACE}}}Description").text = said
    for sub in plan.children(theme.id):
        _code(code, plan, sub, colour=colour)


def _description(theme: Theme) -> Iterator[str]:
    if theme.definition:
        yield clean(theme.definition)
    if theme.excludes:
        yield _("Ce qui n’en est pas\u00a0: %(said)s", said=clean(" ".join(theme.excludes)))
    yield from (_("Exemple\u00a0: %(text)s", text=clean(example)) for example in theme.examples)
