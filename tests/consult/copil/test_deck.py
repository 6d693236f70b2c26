"""The deck of the page says what the pages of needs, priorities and channels say, in the same words."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from pptx import Presentation

from analysis.material import Material
from tests.consult.copil.test_pages import ROOT
from tests.pages import PageCheckingClient


def titles(reader: PageCheckingClient, query: str = "") -> list[str]:
    answer = reader.get(f"{ROOT}diaporama.pptx{query}")
    assert answer.status_code == 200
    return [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(answer.data)).slides]


def heading(reader: PageCheckingClient, page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", reader.get(ROOT + page).text, re.DOTALL)
    assert found
    return unescape(re.sub(r"<[^>]+>", "", found[1])).strip()


@pytest.mark.parametrize("query", ["", "?canal=Téléphone"])
@pytest.mark.parametrize("page", ["canaux", "priorites"])
def test_a_slide_has_the_finding_of_the_page_as_its_title(
    reader: PageCheckingClient, whole: Material, page: str, query: str
) -> None:
    said = heading(reader, page + query)
    found = titles(reader, query)
    if (page, query) == ("canaux", "?canal=Téléphone"):
        assert said not in found  # one channel alone agrees with no other
    else:
        assert said in found


def test_the_needs_of_the_deck_are_those_of_the_page(reader: PageCheckingClient, whole: Material) -> None:
    assert heading(reader, "besoins").split("\u00a0; ")[0] in titles(reader)


def test_nothing_is_said_of_a_pre_project_nor_of_follow_ups_that_nobody_wrote(
    reader: PageCheckingClient, whole: Material
) -> None:
    found = titles(reader)
    assert "Vers un pré-projet" not in found
    assert not any("engagement" in title for title in found)
