"""The deck of the page says what the pages of needs, priorities and channels say, in the same words."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from pptx import Presentation
from werkzeug.test import TestResponse

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


def dressed(reader: PageCheckingClient, content: bytes, query: str = "") -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', reader.get(f"{ROOT}emporter").text)
    assert token
    sent: dict[str, object] = {"csrf_token": token[1]}
    if content:
        sent["fichier"] = (io.BytesIO(content), "ville.pptx")
    return reader.post(f"{ROOT}diaporama.pptx{query}", data=sent, content_type="multipart/form-data")


def test_a_town_sends_its_presentation_and_takes_the_deck_of_the_choice_in_its_look(
    reader: PageCheckingClient, whole: Material
) -> None:
    model = io.BytesIO()
    template = Presentation()
    template.slide_masters[0].name = "Ville"
    template.save(model)
    assert 'action="/copil/essai/diaporama.pptx?canal=T' in reader.get(f"{ROOT}emporter?canal=Téléphone").text
    answer = dressed(reader, model.getvalue(), "?canal=Téléphone")
    slides = Presentation(io.BytesIO(answer.data)).slides
    assert {slide.slide_layout.slide_master.name for slide in slides} == {"Ville"}
    assert [slide.shapes.title.text_frame.text for slide in slides] == titles(reader, "?canal=Téléphone")


def test_a_file_that_gives_no_look_is_refused_on_the_page_it_was_sent_from(
    reader: PageCheckingClient, whole: Material
) -> None:
    for content, said in ((b"", "Choisissez d’abord un fichier"), (b"rien", "n’est pas un diaporama PowerPoint")):
        answer = dressed(reader, content)
        assert answer.status_code == 302
        assert said in reader.get(answer.location).text
