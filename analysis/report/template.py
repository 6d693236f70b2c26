"""A presentation of a town as the look of the deck: its masters, fonts, colours and logo, our layouts in its content.

The whole template is made larger or smaller so that its content area holds our grid: text keeps its size in points, and
nothing of the slides is laid out twice.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from lxml.etree import XMLSyntaxError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Emu, Inches

from analysis.report.fitting import BODIES, Area, box_of, content_shapes, fill, kinds, opening_shapes, title_of
from analysis.report.geometry import WIDTH, Layout
from analysis.report.layouts import layouts
from analysis.report.master import add_layout, drop
from surveys.words import _

#: Beyond this, text of 14 points would be too small beside the slide.
WIDEST = 1.3 * WIDTH
#: Bytes of what a file holds once it is unpacked.
LARGEST = 300 * 1024 * 1024
LOWEST = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


class TemplateError(ValueError):
    """A file that cannot give its look to the deck; the message is one French sentence."""


def opened(data: bytes) -> tuple[Any, Sequence[Any]]:
    """Return the presentation of a town without its slides, and our layouts in it, in the order of `Layout`."""
    file = _read(data)
    wide, high = file.slide_width / Inches(1), file.slide_height / Inches(1)
    content = _content(file, high)
    if content is None or wide * content.scale(high) > WIDEST:
        raise TemplateError(
            _(
                "Ce modèle n’a pas de mise en page utilisable\u00a0: il en faut une avec un titre et, dessous, une zone"
                " de contenu qui occupe l’essentiel de la diapositive, comme « Titre et contenu »."
            )
        )
    cover = _opening(file, ("title",)) or content.layout
    section = _opening(file, ("secHead",)) or cover
    _forget_slides(file)
    factor = content.scale(high)
    _enlarge(file, factor)
    content = _area(content.layout) or content
    models = {Layout.COVER: cover, Layout.SECTION: section}
    found = []
    for kind, (name, shapes) in zip(Layout, layouts(), strict=True):
        model = models.get(kind, content.layout)
        layout = add_layout(file, model)
        moved = opening_shapes(shapes, model) if kind in models else content_shapes(shapes, content, high * factor)
        fill(layout._element, name, list(moved))
        found.append(layout)
    return file, found


def _read(data: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise TemplateError(_("Ce modèle est trop lourd\u00a0: retirez-en les diapositives et les vidéos."))
        return Presentation(io.BytesIO(data))
    except TemplateError:
        raise
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise TemplateError(
            _("Ce fichier n’est pas un diaporama PowerPoint\u00a0: enregistrez votre modèle au format .pptx.")
        ) from error


def _area(layout: Any) -> Area | None:
    """The title and the content of a layout that has one of each, the content under the title."""
    found = kinds(layout)
    titles = [box_of(shape) for kind, shape in found if kind is PP_PLACEHOLDER.TITLE]
    bodies = [box_of(shape) for kind, shape in found if kind in BODIES]
    if len(titles) != 1 or len(bodies) != 1 or bodies[0].w <= 0 or titles[0].y >= bodies[0].y:
        return None
    if (layout._element.get("type") or "").startswith("vert"):
        return None
    bottom = bodies[0].y + bodies[0].h
    under = [box.y for kind, shape in found if kind in LOWEST for box in [box_of(shape)] if box.y >= bottom - 0.01]
    return Area(layout, titles[0], bodies[0], min(under, default=bottom))


def _content(file: Any, height: float) -> Area | None:
    """The layout whose content area is the largest; the first master of several is that of the cover."""
    masters = list(file.slide_masters)
    ordered = [layout for master in (*masters[1:], masters[0]) for layout in master.slide_layouts]
    areas = [area for layout in ordered if (area := _area(layout))]
    return min(areas, key=lambda area: round(area.scale(height), 2), default=None)


def _opening(file: Any, types: Sequence[str]) -> Any:
    """The first layout of one of these types; a cover is also one with a title and a subtitle."""
    every = [layout for master in file.slide_masters for layout in master.slide_layouts]
    named = [layout for layout in every if layout._element.get("type") in types]
    if not named and "title" in types:
        named = [
            layout
            for layout in every
            if {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.SUBTITLE} <= {kind for kind, _shape in kinds(layout)}
        ]
    return next((layout for layout in named if layout.placeholders and title_of(layout) is not None), None)


def _forget_slides(file: Any) -> None:
    """Take away the slides of the file, and what names them: sections, shows, titles, a picture of the first."""
    listing = file.slides._sldIdLst
    for entry in list(listing):
        file.part.drop_rel(entry.rId)
        listing.remove(entry)
    for naming in file.part._element.xpath("./p:extLst | ./p:custShowLst"):
        file.part._element.remove(naming)
    for kind in (RT.THUMBNAIL, RT.EXTENDED_PROPERTIES):
        drop(file.part.package, kind)


def _enlarge(file: Any, factor: float) -> None:
    """Make the slide, and all that stands on its masters and layouts, so many times larger."""
    file.slide_width, file.slide_height = (Emu(round(each * factor)) for each in (file.slide_width, file.slide_height))
    for master in file.slide_masters:
        for one in (master, *master.slide_layouts):
            _enlarge_shapes(one._element, factor)


def _enlarge_shapes(element: Any, factor: float) -> None:
    for place in element.xpath("./p:cSld/p:spTree/*/*/a:xfrm | ./p:cSld/p:spTree/*/p:xfrm"):
        for end in place.xpath("./a:off | ./a:ext"):
            for name in ("x", "y", "cx", "cy"):
                if name in end.attrib:
                    end.set(name, str(round(int(end.get(name)) * factor)))
    for style in element.xpath(".//*[self::a:rPr or self::a:defRPr or self::a:endParaRPr][@sz]"):
        style.set("sz", str(round(int(style.get("sz")) * factor / 100) * 100))
