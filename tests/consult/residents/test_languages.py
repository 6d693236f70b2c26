"""The same pages in each language: nothing given is lost when it changes, and no sentence of ours stays in French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult.translations import LANGUAGES, catalogue_of, wanted
from surveys import definition
from surveys.models import Consultation, QuestionnaireVersion, Response
from tests.consult.residents.everything import add_everything
from tests.consult.residents.paper import filled, heading, press, tree_of
from tests.consult.residents.test_answering import FIRST, SECOND, THIRD
from tests.pages import PageCheckingClient

ALL = ["fr", *LANGUAGES]


@pytest.fixture
def consultation(session: Session) -> Consultation:
    return add_everything(session, languages=ALL)


@cache
def ours() -> list[str]:
    """The sentences of our interface that are said as they are."""
    return [str(m.id) for m in wanted() if isinstance(m.id, str)]


@cache
def held(language: str) -> dict[str, str]:
    """What a language says for each."""
    catalogue = catalogue_of(language)
    return {text: str(found.string) for text in ours() if (found := catalogue.get(text)) is not None}


def words(language: str, french: str) -> str:
    """What our interface says in a language."""
    return held(language)[french]


def read_aloud(element: Any, *, is_french: bool = False) -> Iterator[str]:
    """Every text and label of a page that is said to be in the language of the page."""
    is_french = element.get("lang", "") == "fr" or (is_french and "lang" not in element.attrib)
    if not is_french and isinstance(element.tag, str) and element.tag not in {"script", "textarea"}:
        yield element.text or ""
        yield from (v for k, v in element.attrib.items() if k == "aria-label" or (k.startswith("data-") and " " in v))
    for child in element:
        yield from read_aloud(child, is_french=is_french)
        if not is_french:
            yield child.tail or ""


def left_in_french(response: TestResponse, language: str) -> list[str]:
    """The sentences of ours that a page says in French although they have a translation."""
    texts = " | ".join(read_aloud(next(iter(tree_of(response).iter("body")))))
    differ = [text for text, said in held(language).items() if said != text and len(text) > 3 and "%" not in text]
    # A plain search first: a thousand expressions compiled for each page are slow.
    return [text for text in differ if text in texts and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", texts)]


def pages_in(client: PageCheckingClient, language: str) -> Iterator[TestResponse]:
    """Every page of a resident, errors included."""
    query = {"langue": language}
    yield client.get("/c/tout/", query_string=query)
    first = client.get("/c/tout/questions", query_string=query)
    yield first
    go_on, review = words(language, "Continuer"), words(language, "Relire mes réponses")
    yield press(client, first, go_on, {"annees": "douze", "arrivee": "31/02/2023", "deja": "oui"})
    second = press(client, first, go_on, FIRST)
    yield second
    yield press(client, second, go_on, {"sujets": ["les-transports"] * 1, "ordre-2": "refaire-les-jeux"})
    third = press(client, second, go_on, SECOND)
    yield third
    last = press(client, third, review, THIRD)
    yield last
    thanks = press(client, last, words(language, "Envoyer mes réponses"))
    yield thanks
    code = next(e for e in tree_of(thanks).iter() if e.get("id") == "code")
    for act in ("voir", "demander", "changer", "effacer"):
        yield client.post("/c/tout/recu", query_string=query, data={"code": "".join(code.itertext()), "faire": act})
    yield client.post("/c/tout/recu", query_string=query, data={"code": "faux"})
    for address in ("/c/tout/recu", "/c/tout/attente", "/c/tout/questions/tout", "/accessibilite"):
        yield client.get(address, query_string=query)
    yield client.post("/c/tout/envoi", query_string=query, data={"page": "1"})
    yield client.get("/c/nulle-part/", query_string=query)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("consultation")
def test_no_page_keeps_a_french_sentence_of_ours(client: PageCheckingClient, language: str) -> None:
    found = {}
    for page in pages_in(client, language):
        tree = tree_of(page)
        assert (tree.get("lang"), tree.get("dir")) == (language, "rtl" if language == "ar" else None), page.request
        if left := left_in_french(page, language):
            found[f"{page.request.method} {page.request.path} {page.status_code}"] = left
    assert found == {}


@pytest.mark.usefixtures("consultation")
def test_the_check_of_leftovers_finds_one(client: PageCheckingClient) -> None:
    assert "Commencer" in left_in_french(client.get("/c/tout/"), "en")


@pytest.mark.usefixtures("consultation")
def test_changing_language_on_a_page_keeps_everything_given_even_wrong(client: PageCheckingClient) -> None:
    second = press(client, client.get("/c/tout/questions"), "Continuer", FIRST)
    given = filled(second)
    for name, value in {"q-besoins": "مرحبا à moitié", "q-ordre-2": "refaire-les-jeux", "aller": "rester"}.items():
        given.setlist(name, [value])
    arabic = client.post("/c/tout/questions?langue=ar", data=given)
    assert tree_of(arabic).get("lang") == "ar"
    kept = filled(arabic)
    assert {name: kept.getlist(name) for name in given if name != "aller"} == {
        name: given.getlist(name) for name in given if name != "aller"
    }


@pytest.mark.usefixtures("consultation")
def test_the_review_stays_the_review_in_another_language(client: PageCheckingClient) -> None:
    second = press(client, client.get("/c/tout/questions"), "Continuer", FIRST)
    review = press(client, press(client, second, "Continuer", SECOND), "Relire", THIRD)
    given = filled(review)
    given.add("aller", "rester")
    turkish = client.post("/c/tout/questions?langue=tr", data=given)
    assert heading(turkish) == "Gözden geçir ve gönder"
    assert filled(turkish) == filled(review)


@pytest.mark.usefixtures("consultation")
def test_an_answer_keeps_the_language_it_was_given_in(client: PageCheckingClient, session: Session) -> None:
    for page in pages_in(client, "es"):
        if page.status_code == 201:
            break
    session.rollback()
    assert session.scalars(select(Response.language)).all() == ["es"]


@pytest.mark.parametrize(
    ("asked", "browser", "read"),
    [
        ("", "tr-TR,tr;q=0.9", "tr"),
        ("", "de,pt;q=0.5", "fr"),
        ("en", "tr", "en"),
        ("de", "ar", "ar"),
        ("", "", "fr"),
    ],
)
@pytest.mark.usefixtures("consultation")
def test_a_first_page_is_read_in_the_language_asked_for_else_the_browsers(
    client: PageCheckingClient, asked: str, browser: str, read: str
) -> None:
    page = client.get("/c/tout/", query_string={"langue": asked} if asked else {}, headers={"Accept-Language": browser})
    assert tree_of(page).get("lang") == read


def test_only_the_languages_of_the_consultation_are_offered(client: PageCheckingClient, session: Session) -> None:
    add_everything(session, languages=["fr", "tr"])
    page = client.get("/c/tout/?langue=ar")
    assert tree_of(page).get("lang") == "fr"
    offered = {element.get("hreflang") for element in tree_of(page).iter("a") if element.get("hreflang")}
    assert offered == {"fr", "tr"}


def test_a_consultation_in_french_alone_shows_no_choice_of_language(
    client: PageCheckingClient, session: Session
) -> None:
    add_everything(session)
    page = client.get("/c/tout/").get_data(as_text=True)
    assert "langue=" not in page
    assert "hreflang" not in page


def test_what_is_translated_is_read_so_and_what_is_not_is_marked_as_french(
    client: PageCheckingClient, session: Session, consultation: Consultation
) -> None:
    version = session.scalars(
        select(QuestionnaireVersion).where(QuestionnaireVersion.consultation_id == consultation.id)
    ).one()
    translations = {"en": {"annees.label": "How many years have you lived there?"}}
    version.definition = dict(version.definition) | {"translations": translations}
    definition.load(version.definition)
    session.commit()
    page = client.get("/c/tout/questions?langue=en")
    marked = {"".join(e.itertext()) for e in tree_of(page).iter("bdi") if e.get("lang") == "fr"}
    labels = {"".join(e.itertext()).strip() for e in tree_of(page).iter("label")}
    assert any(label.startswith("How many years have you lived there?") for label in labels)
    assert "Grazailles" in marked
    assert not any("How many years" in text for text in marked)


@pytest.mark.usefixtures("consultation")
def test_days_and_numbers_are_written_as_the_reader_does(client: PageCheckingClient) -> None:
    days = {"en": "30 June 2099", "ar": "30 يونيو 2099", "tr": "30 Haziran 2099", "es": "30 de junio de 2099"}
    for language, day in days.items():
        assert day in client.get(f"/c/tout/?langue={language}").get_data(as_text=True)
