"""A deck in the look of a town: its masters and its drawings, our slides in its content area, or a clear refusal."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx import Presentation
from pptx.util import Inches

from analysis.report import deck
from analysis.report.template import TemplateError
from tests.analysis.report import samples
from tests.analysis.report.test_deck_beyond import beyond, briefing

#: What python-pptx begins with: 4:3, its titles centred, written by PowerPoint.
FOREIGN = Path(pptx.__file__).parent / "templates" / "default.pptx"


@cache
def content() -> bytes:
    return in_the_look_of(FOREIGN.read_bytes())


def in_the_look_of(template: bytes) -> bytes:
    return deck.content(briefing(), today=samples.TODAY, beyond=beyond(), template=template)


def saved(presentation: Any) -> bytes:
    raw = io.BytesIO()
    presentation.save(raw)
    return raw.getvalue()


def opened(data: bytes) -> Any:
    return Presentation(io.BytesIO(data))


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def said(presentation: Any) -> list[str]:
    return [shape.text_frame.text for slide in presentation.slides for shape in slide.shapes if shape.has_text_frame]


def test_the_theme_is_that_of_the_town_and_the_slides_say_the_same() -> None:
    ours = opened(deck.content(briefing(), today=samples.TODAY, beyond=beyond()))
    theirs = opened(content())
    assert said(theirs) == said(ours)
    assert part(content(), "ppt/theme/theme1.xml") == part(FOREIGN.read_bytes(), "ppt/theme/theme1.xml")
    assert {slide.slide_layout.slide_master.part.partname for slide in theirs.slides} == {
        theirs.slide_masters[0].part.partname
    }


def test_everything_stands_inside_the_slide_under_the_title_and_over_the_foot() -> None:
    presentation = opened(content())
    for slide in list(presentation.slides)[1:]:
        title = slide.shapes.title
        foot = next((shape for shape in slide.placeholders if shape.name == "Pied"), None)
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= presentation.slide_width
            assert shape.top + shape.height <= presentation.slide_height
            if foot is not None and shape.name not in ("Titre", "Pied", "Numéro"):
                assert shape.top >= title.top + title.height - Inches(0.02)
                assert shape.top + shape.height <= foot.top + Inches(0.02), (shape.name, title.text_frame.text)


def test_the_slides_of_the_file_are_left_behind_with_what_named_them() -> None:
    template = opened(FOREIGN.read_bytes())
    for name in ("Une vieille diapositive", "Une autre"):
        template.slides.add_slide(template.slide_layouts[1]).shapes.title.text = name
    written = in_the_look_of(saved(template))
    assert "Une vieille diapositive" not in said(opened(written))
    assert len(opened(written).slides) == len(opened(content()).slides)
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert not [name for name in archive.namelist() if b"vieille" in archive.read(name)]


def test_a_logo_on_the_layout_of_the_town_is_on_our_slides() -> None:
    template = opened(FOREIGN.read_bytes())
    layout = template.slide_layouts[1]
    logo, rid = layout.part.get_or_add_image_part(io.BytesIO(PIXEL))
    layout.shapes._spTree.add_pic(99, "Logo", "", rid, Inches(8), Inches(0.1), Inches(1), Inches(0.5))
    presentation = opened(in_the_look_of(saved(template)))
    slide = presentation.slides[3]
    (found,) = [shape for shape in slide.slide_layout.shapes if shape.name == "Logo"]
    assert found.image.blob == logo.blob
    # As far from the edge of the wider slide as it was of the first one, in proportion.
    assert found.left / presentation.slide_width == pytest.approx(0.8, abs=0.001)


#: The smallest PNG there is.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf50000004010180"
    "e2f4fd6b0000000049454e44ae426082"
)


def test_the_same_template_gives_the_same_bytes() -> None:
    assert in_the_look_of(FOREIGN.read_bytes()) == content()


def test_nothing_is_written_smaller_than_14_points_in_it() -> None:
    for slide in opened(content()).slides:
        sizes = {int(size) for size in slide._element.xpath(".//@sz") if size.isdigit()}
        assert min(sizes, default=1400) >= 1400


@pytest.mark.parametrize("data", [b"", b"PK not a zip", b"%PDF-1.7"])
def test_a_file_that_is_no_presentation_is_refused_in_french(data: bytes) -> None:
    with pytest.raises(TemplateError, match="n’est pas un diaporama PowerPoint"):
        in_the_look_of(data)


def test_a_presentation_without_a_title_over_a_content_is_refused_in_french() -> None:
    template = opened(FOREIGN.read_bytes())
    for layout in list(template.slide_layouts):
        if layout.name not in ("Blank", "Title Only"):
            template.slide_layouts.remove(layout)
    with pytest.raises(TemplateError, match="mise en page utilisable"):
        in_the_look_of(saved(template))


def test_a_content_area_too_small_for_our_slides_is_refused_rather_than_overflowed() -> None:
    template = opened(FOREIGN.read_bytes())
    for layout in template.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.idx:
                shape.left, shape.top, shape.width, shape.height = (Inches(each) for each in (4, 4, 2, 1))
    with pytest.raises(TemplateError, match="mise en page utilisable"):
        in_the_look_of(saved(template))


@pytest.mark.slow
def test_a_file_made_by_libreoffice_gives_its_look_too(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LIBREOFFICE IS MISSING: NO TEMPLATE OF ANOTHER PROGRAM WAS TRIED")
    for source, form in ((FOREIGN, "odp"), (tmp_path / "default.odp", "pptx")):
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    template = (tmp_path / "default.pptx").read_bytes()
    assert said(opened(in_the_look_of(template))) == said(opened(content()))
