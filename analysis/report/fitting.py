"""Our layouts in the content area of another template: its title over them, its slide number, the foot under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches

from analysis.report.geometry import BOTTOM, FOOT, INNER, LEFT, TOP, Box, Layout, Slot
from analysis.report.layout_xml import NS
from analysis.report.layouts import layouts

#: What stands over the content: two lines of base and unit.
BASE = 0.6
#: Between the content and the foot, and what the foot takes down to the edge.
GAP, LOW = 0.1, FOOT.h + 0.08
#: Points of a title over our whole width, and the least; two lines of a point, in inches.
TITLE, LEAST_TITLE, TWO_LINES = 26, 18, 2.36 / 72
#: The inches of a slide number.
NUMBER = 0.8
#: The inches of the day on a cover.
DAY = 0.5
BODIES = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)


@dataclass(frozen=True)
class Area:
    """Where a layout puts its title and its content, down to its `floor`, in inches of its own slide."""

    layout: Any
    title: Box
    body: Box
    floor: float

    def scale(self, height: float) -> float:
        """How many times larger it must be to hold our grid."""
        tall = BASE + BOTTOM - TOP
        return max(INNER / self.body.w, tall / (self.floor - self.body.y), (tall + GAP + LOW) / (height - self.body.y))


def kinds(layout: Any) -> list[tuple[Any, Any]]:
    """The placeholders of a layout, each with its kind."""
    return [(shape.placeholder_format.type, shape) for shape in layout.placeholders]


def box_of(shape: Any) -> Box:
    """Where a placeholder lies."""
    return Box(*((each or 0) / Inches(1) for each in (shape.left, shape.top, shape.width, shape.height)))


def title_of(layout: Any) -> Any:
    """The placeholder of the title, None where there is none."""
    return next(
        (shape for kind, shape in kinds(layout) if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)), None
    )


def fill(element: Any, name: str, shapes: Sequence[Any]) -> None:
    """Replace the placeholders of a copied layout by ours, under our name; its own drawings stay."""
    element.attrib.pop("type", None)
    element.set("preserve", "1")
    element.find(f"{{{element.nsmap['p']}}}cSld").set("name", name)
    tree = element.xpath("./p:cSld/p:spTree")[0]
    for old in tree.xpath("./p:sp[p:nvSpPr/p:nvPr/p:ph]"):
        tree.remove(old)
    least = 1 + max((int(one) for one in tree.xpath(".//p:cNvPr/@id")), default=1)
    for number, shape in enumerate(shapes, start=least):
        shape.xpath("./*/p:cNvPr")[0].set("id", str(number))
        tree.append(shape)


def _parsed(shapes: Sequence[str]) -> list[Any]:
    return list(parse_xml(f"<p:spTree {NS}>{''.join(shapes)}</p:spTree>"))


def _index(shape: Any) -> int | None:
    """The slot of one of our placeholders; None for a rule."""
    holders = shape.xpath(".//p:nvPr/p:ph")
    return int(holders[0].get("idx", 0)) if holders else None


def content_shapes(shapes: Sequence[str], area: Area, height: float) -> Iterator[Any]:
    """Our shapes in the content area of the town, its title over them and the foot under."""
    across, down = area.body.x - LEFT, area.body.y + BASE - TOP
    low = min(area.floor + GAP, height - LOW)
    number = _numbered(area.layout, Box(area.body.x + INNER - 0.73, low, 0.73, FOOT.h))
    beside = _placed(number).x > area.body.x + INNER / 2 and _placed(number).y < low + FOOT.h
    wide = min(INNER, _placed(number).x - area.body.x - GAP) if beside else INNER
    foot = next((each for kind, each in kinds(area.layout) if kind is PP_PLACEHOLDER.FOOTER), None)
    yield _titled(area)
    for shape in _parsed(shapes):
        match _index(shape):
            case Slot.TITLE:
                continue
            case Slot.SUBTITLE:
                yield _put(shape, Box(area.body.x, area.body.y, INNER, BASE - 0.04))
            case Slot.FOOT:
                yield _put(_dressed(shape, foot) if foot is not None else shape, Box(area.body.x, low, wide, FOOT.h))
            case 4:
                yield number
            case index:
                box = _placed(shape)
                if index is None and box.y > BOTTOM:
                    continue
                yield _put(shape, Box(box.x + across, box.y + down, box.w, box.h))


def opening_shapes(shapes: Sequence[str], model: Any) -> Iterator[Any]:
    """The title and the words of a cover, where the town has its own; without our rules."""
    title = title_of(model)
    above = box_of(title)
    words = next((shape for kind, shape in kinds(model) if kind in (PP_PLACEHOLDER.SUBTITLE, *BODIES)), title)
    below = box_of(words) if words is not title else Box(above.x, above.y + above.h + GAP, above.w, 1.6)
    tall = min(1.8, max(1.1, below.h - DAY - GAP))
    for shape in _parsed(shapes):
        match _index(shape):
            case Slot.TITLE:
                yield _copied(title, above, "Titre")
            case Slot.SUBTITLE:
                yield _put(_dressed(shape, words), Box(below.x, below.y, below.w, tall))
            case Slot.FOOT:
                yield _put(_dressed(shape, words), Box(below.x, below.y + tall + GAP, below.w, DAY))
            case 4:
                yield shape
            case _rule:
                continue


def _titled(area: Area) -> Any:
    """The title of the town, in a size that holds two lines in its place."""
    box = replace(area.title, h=max(area.title.h, LEAST_TITLE * TWO_LINES))
    size = max(LEAST_TITLE, int(min(TITLE * min(1.0, box.w / INNER), box.h / TWO_LINES)))
    return _sized(_copied(title_of(area.layout), box, "Titre"), size)


def _sized(shape: Any, size: int) -> Any:
    """Give the first level of a placeholder its size in points."""
    styles = _child(shape.xpath("./p:txBody")[0], "a:lstStyle", 1)
    _child(_child(styles, "a:lvl1pPr", 0), "a:defRPr", -1).set("sz", str(size * 100))
    return shape


def _dressed(shape: Any, model: Any) -> Any:
    """Give a placeholder the colour, the typeface and the sides of another of the town.

    They stand in the styles of its layout, otherwise of its master; some programs write them on the words to replace.
    """
    styles = _child(shape.xpath("./p:txBody")[0], "a:lstStyle", 1)
    level = _child(styles, "a:lvl1pPr", 0)
    look = _child(level, "a:defRPr", -1)
    for source in (model._element, *_of_master(model)):
        for side in source.xpath("./p:txBody/a:lstStyle/a:lvl1pPr/@algn | ./p:txBody/a:p[1]/a:pPr/@algn")[:1]:
            level.set("algn", side)
        found = source.xpath(
            "./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr[a:solidFill] | ./p:txBody/a:p/a:r/a:rPr[a:solidFill]"
        )
        if found:
            for old in look.xpath("./a:solidFill | ./a:latin"):
                look.remove(old)
            look[:] = [deepcopy(one) for one in found[0].xpath("./a:solidFill | ./a:latin")] + list(look)
            return shape
    return shape


def _of_master(model: Any) -> list[Any]:
    """The placeholder of the master that one of a layout inherits from."""
    kind = model.placeholder_format.type
    wanted = PP_PLACEHOLDER.TITLE if kind is PP_PLACEHOLDER.CENTER_TITLE else kind
    wanted = PP_PLACEHOLDER.BODY if kind in (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.OBJECT) else wanted
    every = model.part.slide_layout.slide_master.placeholders
    return [each._element for each in every if each.placeholder_format.type is wanted][:1]


def _child(parent: Any, name: str, rank: int) -> Any:
    """The child of that name, made at that rank where there is none; -1 for the last."""
    found = parent.find(qn(name))
    if found is None:
        found = parent.makeelement(qn(name))
        parent.insert(len(parent) if rank < 0 else rank, found)
    return found


def _numbered(layout: Any, otherwise: Box) -> Any:
    """The slide number of the town under our index; ours where it has none."""
    own = next((shape for kind, shape in kinds(layout) if kind is PP_PLACEHOLDER.SLIDE_NUMBER), None)
    if own is None:
        ours = next(shape for shape in _parsed(layouts()[Layout.TEXT][1]) if _index(shape) == 4)
        return _put(ours, otherwise)
    box = box_of(own)
    shape = _copied(own, Box(box.x + max(0.0, box.w - NUMBER), box.y, min(box.w, NUMBER), box.h), "Numéro")
    shape.xpath(".//p:nvPr/p:ph")[0].set("idx", "4")
    return shape


def _copied(shape: Any, box: Box, name: str) -> Any:
    """A placeholder of the town with its own style, under our name and in our place; a title has no index."""
    copy = _dressed(deepcopy(shape._element), shape)
    copy.xpath("./*/p:cNvPr")[0].set("name", name)
    holder = copy.xpath(".//p:nvPr/p:ph")[0]
    holder.attrib.pop("idx", None)
    return _put(copy, box)


def _put(shape: Any, box: Box) -> Any:
    """Give a shape its place."""
    properties = shape.xpath("./p:spPr")[0]
    for old in properties.xpath("./a:xfrm"):
        properties.remove(old)
    properties.insert(0, parse_xml(box.xml().replace("<a:xfrm>", f"<a:xfrm {NS}>")))
    return shape


def _placed(shape: Any) -> Box:
    (off,), (ext,) = shape.xpath("./p:spPr/a:xfrm/a:off"), shape.xpath("./p:spPr/a:xfrm/a:ext")
    return Box(*(int(value) / Inches(1) for value in (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))))
