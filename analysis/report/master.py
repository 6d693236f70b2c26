"""An empty presentation in the product's look: theme, slide master and layouts with real placeholders.

It starts from the blank file of python-pptx, whose master and layouts are written anew here, so that a slide
added by hand in the deck looks like the others and the outline view shows every title.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.parts.slide import SlideLayoutPart
from pptx.util import Emu, Inches

from analysis import palette
from analysis.report.geometry import HEIGHT, WIDTH, Layout
from analysis.report.layout_xml import NS, master_shapes, text_styles
from analysis.report.layouts import layouts
from analysis.report.theme_xml import theme_xml


def empty() -> tuple[Any, Sequence[Any]]:
    """Return a presentation with no slide, and its layouts in the order of `Layout`."""
    deck = Presentation()
    drop(deck.part.package, RT.THUMBNAIL)
    drop(deck.part.package, RT.EXTENDED_PROPERTIES)
    drop(deck.part, RT.PRINTER_SETTINGS)
    deck.slide_width, deck.slide_height = Emu(int(Inches(WIDTH))), Emu(int(Inches(HEIGHT)))
    master = deck.slide_masters[0]
    master.part.part_related_by(RT.THEME)._blob = theme_xml().encode()
    _rewrite(master._element, _MASTER_NAME, master_shapes())
    _replace(master._element, "p:txStyles", text_styles())
    for _more in range(len(Layout) - len(deck.slide_layouts)):
        add_layout(deck, deck.slide_layouts[0])
    for layout, (name, shapes) in zip(deck.slide_layouts, layouts(), strict=True):
        layout._element.attrib.pop("type", None)
        layout._element.set("preserve", "1")
        _rewrite(layout._element, name, shapes)
    return deck, list(deck.slide_layouts)


def add_layout(deck: Any, model: Any) -> Any:
    """Add a layout that begins as a copy of another of the same master, and return it."""
    package, master = deck.part.package, model.slide_master
    partname = package.next_partname("/ppt/slideLayouts/slideLayout%d.xml")
    part = SlideLayoutPart(partname, CT.PML_SLIDE_LAYOUT, package, deepcopy(model._element))
    # Under the same names, so that the copy finds its master and its pictures.
    part.rels._rels.update(model.part.rels._rels)
    listing = master._element.get_or_add_sldLayoutIdLst()
    used = [int(one) for one in deck.part._element.xpath("//p:sldMasterId/@id")]
    used += [int(one) for each in deck.slide_masters for one in each._element.xpath("//p:sldLayoutId/@id")]
    entry = listing._add_sldLayoutId()
    entry.rId = master.part.relate_to(part, RT.SLIDE_LAYOUT)
    entry.set("id", str(max((_LEAST_ID, *used)) + 1))
    return part.slide_layout


#: The numbers of masters and layouts begin here, and one file has each once.
_LEAST_ID = 2147483648
_MASTER_NAME = "Consult"
_PAPER = (
    f'<p:bg><p:bgPr><a:solidFill><a:srgbClr val="{palette.PAPER[1:].upper()}"/></a:solidFill>'
    "<a:effectLst/></p:bgPr></p:bg>"
)


def drop(part: Any, kind: str) -> None:
    """Forget what the blank file carries and this deck does not need."""
    for key in [key for key, relation in part._rels.items() if relation.reltype == kind]:
        part._rels.pop(key)


def _rewrite(element: Any, name: str, shapes: list[str]) -> None:
    tree = "".join(shapes)
    background = _PAPER if name == _MASTER_NAME else ""
    group = (
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
    )
    _replace(
        element,
        "p:cSld",
        f'<p:cSld {NS} name="{name}">{background}<p:spTree>{group}{tree}</p:spTree></p:cSld>',
    )


def _replace(element: Any, tag: str, xml: str) -> None:
    prefix, name = tag.split(":")
    old = element.find(f"{{{element.nsmap[prefix]}}}{name}")
    old.addprevious(parse_xml(xml))
    element.remove(old)
