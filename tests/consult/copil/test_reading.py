"""The pages on the reference consultation: few queries, whatever its size, and its open questions one by one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from analysis.briefing import Briefing, brief
from consult.copil import kept
from consult.copil.material import load
from consult.extensions import db
from surveys.models import Consultation
from tests.demo_files import Demo
from tests.pages import PageCheckingClient

PAGES = (
    "",
    "dit",
    "quartiers",
    "quartiers/grazailles",
    "canaux",
    "verbatims?theme=securite",
    "besoins",
    "priorites",
    "objectifs",
    "suites",
    "emporter",
)
#: To know the reader and what they may open, then to read the consultation: see `consult.copil.material`.
QUERIES = 18
#: To know the reader and what they may open.
QUERIES_AGAIN = 4
#: What a page asks besides: the margins of the population, the contours of the quartiers, the follow-ups of a theme,
#: the other waves.
OWN = {"": 2, "dit": 2, "quartiers": 2, "canaux": 1, "verbatims?theme=securite": 5, "besoins": 4, "priorites": 3}
#: Each objective and each follow-up with its places, its texts and its changes.
OWN |= {"objectifs": 16, "suites": 31, "emporter": 4}


@pytest.fixture(scope="module")
def slug(demo_files: Demo) -> str:
    return demo_files.slug


@pytest.fixture(scope="module")
def briefing(demo: Flask, slug: str) -> Briefing:
    with demo.app_context():
        consultation = db.session.scalars(select(Consultation).where(Consultation.slug == slug)).one()
        return brief(load(db.session, consultation).material)


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database inside."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_asks_the_database_a_fixed_number_of_things(
    demo: Flask, demo_reader: PageCheckingClient, slug: str, page: str
) -> None:
    kept.forget(demo)
    with counting(demo) as sent:
        assert demo_reader.get(f"/copil/{slug}/{page}").status_code == 200
    assert sum(statement.startswith("SELECT") for statement in sent) == QUERIES + OWN.get(page, 0)
    assert [statement for statement in sent if statement.startswith(("INSERT", "UPDATE", "DELETE"))] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_read_again_asks_for_next_to_nothing(
    demo: Flask, demo_reader: PageCheckingClient, slug: str, page: str
) -> None:
    demo_reader.get(f"/copil/{slug}/{page}")
    with counting(demo) as sent:
        assert demo_reader.get(f"/copil/{slug}/{page}").status_code == 200
    assert sum(statement.startswith("SELECT") for statement in sent) == QUERIES_AGAIN + OWN.get(page, 0)


def test_an_open_question_has_its_own_ranking_and_base(
    demo_reader: PageCheckingClient, slug: str, briefing: Briefing
) -> None:
    opened = briefing.said.opened[0]
    page = html.unescape(demo_reader.get(f"/copil/{slug}/dit?question={opened.code}").get_data(as_text=True))
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert f"base : {opened.speakers} personnes." in text
    assert " ".join(f"« {opened.label} »".split()) in text
    assert "toutes questions confondues" in text


def test_words_noted_by_somebody_else_are_said_to_be(demo_reader: PageCheckingClient, slug: str) -> None:
    last = demo_reader.get(f"/copil/{slug}/verbatims?theme=proprete&page=99").get_data(as_text=True)
    noted = re.findall(r"<footer>((?:Atelier|Diagnostic en marchant|Séminaire[^<]*?) · [^<]*)</footer>", last)
    assert any(source.endswith("propos reformulé") for source in noted)
    assert not all(source.endswith("propos reformulé") for source in noted)


def test_the_texts_that_are_read_are_masked(demo_reader: PageCheckingClient, slug: str) -> None:
    addresses = [f"/copil/{slug}/verbatims?theme={theme}" for theme in ("securite", "sante", "logement")]
    pages = [demo_reader.get(address).get_data(as_text=True) for address in addresses]
    assert not any(re.search(r"\b0[67](?:[ .]?\d\d){4}\b", page) for page in pages)
