"""What was typed is what is stored, exported, and brought in again: every kind, by text file and by workbook."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import importing
from surveys import collect, definition, imports, notation
from surveys.exporting import answers
from surveys.importing import layouts, places, sources
from surveys.importing.answers import Reader
from surveys.models import (
    Answer,
    Channel,
    Consultation,
    ImportState,
    Place,
    PlaceKind,
    QuestionnaireVersion,
    Response,
    Wording,
)
from surveys.questions import KINDS, Reply, Status
from tests.places import settings_in
from tests.surveys.making import version_of

LONG = "é" * 5_000
TEXTS = [
    "=1+1", "+33 6", "-5", "@nom", "'avant", "🏘️ 👩‍👧",
    "مرحبا بالجميع", "a;b|c,\"d\"", "première\r\nseconde", "\tx", "NSP",
    "(ne sait pas)", "'(ne sait pas)", "1e5", "VRAI", "2023-06-13", "  espaces  ", "＝1",
    "\u202b(\u200fמשפחה\u202c) abc", "_x0041_", "99999999999999999999", "un\u2028deux", LONG,
]  # fmt: skip
OPTIONS = [
    {"code": "a-1", "label": "A; 1"},
    {"code": "b", "label": "=B"},
    {"code": "z", "label": "Autre", "other": True},
]
ASKED: dict[str, tuple[dict[str, Any], Any, Any]] = {
    "short_text": ({}, "=1+1", "été"),
    "long_text": ({}, "un\ndeux", LONG),
    "one_choice": ({"options": OPTIONS}, "a-1", {"choice": "z", "other": "-chats"}),
    "several_choices": ({"options": OPTIONS}, ["a-1", "b"], {"choices": ["z"], "other": "des|chats"}),
    "scale": ({"options": ["Mal", "Bien"]}, "mal", "bien"),
    "grid": ({"options": ["Mal", "Bien"], "rows": ["Un", "Deux"]}, {"un": "mal"}, {"un": "bien", "deux": "mal"}),
    "ranking": ({"options": ["Un", "Deux", "Trois"]}, ["deux", "un"], ["trois"]),
    "number": ({}, -12.5, 123456789012345.6),
    "date": ({}, "2023-06-13", "1950-01-31"),
    "yes_no": ({}, "oui", "non"),
    "quartier": ({"options": [{"code": "nord", "label": "Nord"}, {"code": "sud", "label": "Sud"}]}, "nord", "sud"),
    "age_band": ({}, "18-24", "75-plus"),
}
BOOK = definition.load(
    {
        "title": "T",
        "sections": [
            {
                "title": "S",
                "questions": [
                    {"kind": kind, "name": f"q_{kind}", "label": kind, "dont_know": True, "may_refuse": True, **more}
                    for kind, (more, _first, _second) in ASKED.items()
                ],
            }
        ],
    }
)


def version_in(session: Session, name: str) -> QuestionnaireVersion:
    if session.get(Consultation, 1) is None:
        session.add(Consultation(id=1, slug="essai", title="Essai"))
        session.flush()
        session.add_all(
            Place(consultation_id=1, slug=slug, name=slug.title(), kind=PlaceKind.QPV) for slug in ("nord", "sud")
        )
    made = version_of(BOOK, name=name, title=name)
    session.add(made)
    session.flush()
    return made


def typed() -> list[dict[str, Reply]]:
    """Both values of every kind, each text, each way of not answering, and next to nothing."""
    questions = {question.name: question for question in BOOK.questions}
    said: list[dict[str, Reply]] = []
    for rank in (1, 2):
        said.append({f"q_{kind}": Reply(Status.ANSWERED, ASKED[kind][rank]) for kind in ASKED})
    for status in (Status.DONT_KNOW, Status.REFUSED):
        said.append(dict.fromkeys(questions, Reply(status)))
    for text in TEXTS:
        reply = questions["q_long_text"].reply(text)
        assert reply is not None
        said.append({"q_long_text": reply})
    said.append({"q_yes_no": Reply(Status.ANSWERED, "oui")})
    return said


def stored(session: Session, version: QuestionnaireVersion) -> list[list[tuple[str, Status, Any]]]:
    """What each response holds, in an order that depends on nothing but what was said."""
    rows = session.execute(
        select(Answer.response_key, Answer.question, Answer.status, Answer.value)
        .join(Response, Response.key == Answer.response_key)
        .where(Response.questionnaire_id == version.id)
    )
    by_key: dict[str, list[tuple[str, Status, Any]]] = {}
    for key, question, status, value in rows:
        by_key.setdefault(key, []).append((question, status, value))
    return sorted((sorted(one, key=repr) for one in by_key.values()), key=repr)


def exported(session: Session, folder: Path, suffix: str) -> tuple[QuestionnaireVersion, Path]:
    version = version_in(session, "typed")
    for rank, replies in enumerate(typed()):
        sent = collect.Submission(f"{rank:032d}", Channel.PAPER, dt.date(2023, 5, 2), replies)
        collect.record(session, version=version, questionnaire=BOOK, submission=sent, secret=b"s")
    session.commit()
    path = folder / f"reponses{suffix}"
    answers.write(path, *answers.table(session, version))
    return version, path


def brought_back(session: Session, path: Path) -> QuestionnaireVersion:
    version = version_in(session, "brought")
    recognised = layouts.read(sources.read(path.read_bytes(), name=path.name))
    reader = Reader(
        table=recognised.table,
        plan=layouts.plan_for(recognised, BOOK),
        questionnaire=BOOK,
        name="brought",
        places=places.load(session, 1),
        channel=Channel.IMPORT,
        today=dt.date(2023, 6, 1),
    )
    one = imports.begin(
        session, consultation_id=1, file_name=path.name, content=b"", staff_id=None, today=dt.date(2023, 6, 1)
    )
    key, one.state = one.key, ImportState.RUNNING
    session.commit()
    report = importing.carry_out(session, key, reader, version)
    assert report.refusals == []
    assert not report.remarks
    return version


def test_every_kind_is_tried_with_two_values_that_differ() -> None:
    assert set(ASKED) == set(KINDS) - {"note"}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_brought_in_again_gives_the_same_answers(session: Session, tmp_path: Path, suffix: str) -> None:
    version, path = exported(session, tmp_path, suffix)
    again = brought_back(session, path)
    assert stored(session, again) == stored(session, version)
    channels = set(session.scalars(select(Response.channel).where(Response.questionnaire_id == again.id)))
    assert channels == {Channel.PAPER}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_how_an_answer_was_noted_comes_back_beside_its_words(session: Session, tmp_path: Path, suffix: str) -> None:
    version, path = exported(session, tmp_path, suffix)
    keys = session.scalars(select(Answer.response_key).where(Answer.question == "q_long_text")).all()
    for key, wording in zip(keys, (Wording.QUOTE, Wording.REPHRASED), strict=False):
        notation.keep(session, key, {"q_long_text": wording})
    session.commit()
    header, rows = answers.table(session, version)
    assert "q_long_text.notation" in header
    answers.write(path, header, rows)
    again = brought_back(session, path)
    assert stored(session, again) == stored(session, version)
    assert told(session, again) == told(session, version)
    assert sum("mot-a-mot" in row for row in told(session, again)) == 1
    assert sum("reformule" in row for row in told(session, again)) == 1


def told(session: Session, version: QuestionnaireVersion) -> list[tuple[str, ...]]:
    """What an export of a questionnaire tells, but its random keys and its name."""
    header, rows = answers.table(session, version)
    kept = [name for name in header if name not in {"reponse", "questionnaire"}]
    return sorted(tuple(str(row.get(name, "")) for name in kept) for row in rows)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="NO LIBREOFFICE: opened by no other program")
def test_a_workbook_saved_by_another_program_still_gives_the_same_answers(session: Session, tmp_path: Path) -> None:
    version, path = exported(session, tmp_path, ".xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "ods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    if not path.with_suffix(".ods").exists():
        pytest.skip("NO CALC in this LibreOffice: workbooks are not opened by another program")
    assert stored(session, brought_back(session, path.with_suffix(".ods"))) == stored(session, version)


def test_the_bulk_writer_stores_what_the_one_writer_stores(session: Session, app: Flask, tmp_path: Path) -> None:
    assert settings_in(tmp_path).backend == "sqlite"
    version, path = exported(session, tmp_path, ".csv")
    again = brought_back(session, path)
    one, many = (
        session.scalars(select(Response).where(Response.questionnaire_id == each.id)).all() for each in (version, again)
    )
    assert len(one) == len(many)
    assert {(each.channel, each.language, each.day, each.duplicate) for each in one} == {
        (each.channel, each.language, each.day, each.duplicate) for each in many
    }
    assert all(each.receipt_hash is None for each in many)
