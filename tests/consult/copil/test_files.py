"""Emporter: what is on offer, for whom, and that each file opens on the figures of the pages."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pyreadstat
import pytest
from docx import Document
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from analysis.briefing import brief
from analysis.material import Filter, Material
from consult.extensions import db
from consult.staff import TOKEN
from surveys import sessions, staff
from surveys.models import AuditEvent, Consultation, Role, Staff
from tests.analysis import made
from tests.consult.copil.test_pages import ROOT, text_of
from tests.pages import PageCheckingClient

Give = Callable[[Material], None]


def offered(reader: PageCheckingClient, query: str = "") -> list[str]:
    """The addresses of the files that a reader is offered."""
    answer = reader.get(f"{ROOT}emporter{query}")
    assert answer.status_code == 200
    return [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)" download', answer.text)]


def taken(reader: PageCheckingClient, name: str, query: str = "") -> bytes:
    """A file, which says itself that it is to be saved."""
    answer = reader.get(f"{ROOT}{name}{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return bytes(answer.data)


def test_each_file_on_offer_is_saved_under_a_name_of_its_own(reader: PageCheckingClient, whole: Material) -> None:
    answers = [reader.get(url) for url in offered(reader)]
    assert len(answers) >= 2
    assert {answer.status_code for answer in answers} == {200}
    names = [answer.headers["Content-Disposition"] for answer in answers]
    assert len(set(names)) == len(names)
    assert all("essai" in name for name in names)


def test_the_choice_of_the_pages_follows_into_the_file_and_its_name(
    reader: PageCheckingClient, whole: Material
) -> None:
    urls = offered(reader, "?quartier=Grazailles")
    assert next(url for url in urls if "classeur" in url).endswith("?quartier=Grazailles")
    content = taken(reader, "classeur.xlsx", "?quartier=Grazailles")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Thèmes").to_python()
    briefing = brief(whole, choice=Filter(quartier="Grazailles"))
    first = briefing.said.themes.rows[0]
    head = next(row for row in rows if row[0] == first.label and row[1] == "")
    assert head[2] == briefing.said.themes.cell(first.code).count
    answer = reader.get(f"{ROOT}classeur.xlsx?quartier=Grazailles")
    assert "classeur-selection-essai.xlsx" in answer.headers["Content-Disposition"]


def test_both_reports_are_of_the_choice_being_read(reader: PageCheckingClient, whole: Material) -> None:
    word = Document(io.BytesIO(taken(reader, "rapport.docx", "?quartier=Grazailles")))
    assert "Réponses retenues\u00a0: quartier Grazailles" in {paragraph.text for paragraph in word.paragraphs}
    with pikepdf.open(io.BytesIO(taken(reader, "rapport.pdf", "?quartier=Grazailles"))) as read:
        assert bool(read.Root.MarkInfo.Marked)


@pytest.mark.parametrize("name", ["emporter", "classeur.xlsx", "rapport.docx", "rapport.pdf"])
def test_a_choice_that_keeps_too_few_is_told_so_and_nothing_is_taken(
    reader: PageCheckingClient, given: Give, name: str
) -> None:
    given(made.consultation(7))
    answer = reader.get(f"{ROOT}{name}?quartier=Grazailles")
    assert "Ce choix retient trop peu de personnes" in text_of(answer.get_data(as_text=True))


def test_files_open_before_the_first_answer(reader: PageCheckingClient, given: Give) -> None:
    given(made.material(quartiers=made.QUARTIERS))
    for url in offered(reader):
        assert reader.get(url).status_code == 200, url


@pytest.fixture
def studying(reader: PageCheckingClient, app: Flask) -> PageCheckingClient:
    """The same browser, signed in again by somebody who studies the answers too."""
    with app.app_context():
        found = db.session.scalars(select(Consultation).where(Consultation.slug == "essai")).one()
        member = db.session.scalars(select(Staff)).one()
        staff.grant(db.session, member, consultation_id=found.id, role=Role.ANALYST)
        token = sessions.start(db.session, staff_id=member.id, at=staff.utc_now())
        db.session.commit()
    with reader.session_transaction() as cookie:
        cookie[TOKEN] = token
    return reader


def test_what_describes_one_person_is_neither_offered_nor_given_to_the_committee(
    reader: PageCheckingClient, whole: Material
) -> None:
    assert not [url for url in offered(reader) if url.endswith((".sav", ".qdc", "equipe.xlsx"))]
    team = ("reponses.sav", "classeur-equipe.xlsx", "plan.qdc")
    assert {reader.get(ROOT + name).status_code for name in team} == {403}


def test_who_studies_the_answers_takes_them_coded_and_it_is_noted(
    studying: PageCheckingClient, whole: Material, app: Flask, tmp_path: Path
) -> None:
    assert [url.rpartition("/")[2] for url in offered(studying)][-3:] == [
        "reponses.sav",
        "classeur-equipe.xlsx",
        "plan.qdc",
    ]
    file = tmp_path / "reponses.sav"
    file.write_bytes(taken(studying, "reponses.sav"))
    frame, _said = pyreadstat.read_sav(str(file))
    assert len(frame) == len(whole.persons)
    assert b"urn:QDA-XML:codebook:1.0" in taken(studying, "plan.qdc")
    with app.app_context():
        noted = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "export.reponses")).one()
        assert noted.staff_id is not None


def test_what_would_hold_nothing_is_not_offered(studying: PageCheckingClient, given: Give) -> None:
    given(made.material(quartiers=made.QUARTIERS))
    assert not [url for url in offered(studying) if url.endswith(".sav")]
    assert studying.get(f"{ROOT}reponses.sav").headers["Location"].endswith("/copil/essai/emporter")


def test_open_data_are_of_everyone_whatever_the_choice(reader: PageCheckingClient, whole: Material) -> None:
    alone, all_of_them = (taken(reader, "donnees-ouvertes.zip", query) for query in ("?quartier=Grazailles", ""))
    assert alone == all_of_them
