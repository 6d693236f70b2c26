"""Answers as a table: one row per response, one column per fact, the values as they are stored."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import assert_never

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from surveys import definition, notation
from surveys.exporting import files
from surveys.exporting.guarding import guarded
from surveys.labels import CHANNELS
from surveys.models import (
    Answer,
    Duplicate,
    Place,
    PlaceRole,
    QuestionnaireVersion,
    Response,
    ResponsePlace,
    Wording,
)
from surveys.questions import Grid, Json, Question, Scale, Status
from surveys.words import _

FIRST_COLUMNS = ("reponse", "questionnaire", "version", "canal", "jour", "langue")
#: How explicit non-answers are written, distinct from an empty cell.
NOT_SAID = {Status.DONT_KNOW: "(ne sait pas)", Status.REFUSED: "(ne souhaite pas répondre)"}
#: After the name of a long answer: « mot-a-mot » or « reformule ».
NOTED = "notation"
#: Between the codes of a several-choices answer; codes never contain it.
SEPARATOR = "|"


def columns(question: Question) -> tuple[str, ...]:
    """Return the column names of a question: one, one per row of a grid, one more for a precision."""
    if isinstance(question, Grid):
        return tuple(f"{question.name}.{row.code}" for row in question.rows)
    if any(option.other for option in question.options):
        return question.name, f"{question.name}.autre"
    return (question.name,)


def cells(question: Question, value: Json) -> dict[str, str | int | float]:
    """Return the cells of a stored value by column name; raise nothing, lose nothing."""
    name = question.name
    match question.scale:
        case Scale.NONE:
            return {}
        case Scale.TEXT | Scale.DATE:
            return {name: _told_apart(str(value))}
        case Scale.NUMERIC:
            return {name: value}
        case Scale.GRID:
            return {f"{name}.{row}": str(code) for row, code in value.items()}
        case Scale.NOMINAL | Scale.ORDINAL | Scale.MULTIPLE | Scale.RANKING:
            return {name: SEPARATOR.join(question.codes(value))} | _other(name, value)
        case unknown:
            assert_never(unknown)


def _told_apart(text: str) -> str:
    """Keep words that were really written from being taken for an explicit non-answer when they come back."""
    return f"'{text}" if text.lstrip("'") in NOT_SAID.values() else text


def _other(name: str, value: Json) -> dict[str, str | int | float]:
    return {f"{name}.autre": value["other"]} if isinstance(value, dict) and "other" in value else {}


def not_said(question: Question, status: Status) -> dict[str, str | int | float]:
    """Return the cells of an explicit non-answer."""
    return {columns(question)[0]: NOT_SAID[status]}


def table(session: Session, version: QuestionnaireVersion) -> tuple[list[str], Iterator[dict[str, str | int | float]]]:
    """Return the header and the rows of one questionnaire version, ordered by random key: no order of arrival."""
    questionnaire = definition.load(version.definition)
    questions = {question.name: question for question in questionnaire.questions}
    notes = notation.of_version(session, version)
    noted = {name for said in notes.values() for name in said}
    header = [*FIRST_COLUMNS, "quartier"]
    for question in questions.values():
        # How an agent wrote it down stands beside what was said, where an agent did.
        header += [*columns(question), *([f"{question.name}.{NOTED}"] if question.name in noted else [])]
    return header, _rows(session, version, questions, notes)


def _rows(
    session: Session,
    version: QuestionnaireVersion,
    questions: Mapping[str, Question],
    notes: Mapping[str, Mapping[str, Wording]],
) -> Iterator[dict[str, str | int | float]]:
    answers: dict[str, dict[str, str | int | float]] = {}
    statement = (
        select(Answer.response_key, Answer.question, Answer.status, Answer.value)
        .join(Response, Response.key == Answer.response_key)
        .where(Response.questionnaire_id == version.id)
    )
    for key, name, status, value in session.execute(statement):
        said = cells(questions[name], value) if status is Status.ANSWERED else not_said(questions[name], status)
        answers.setdefault(key, {}).update(said)
    for key, wordings in notes.items():
        answers.setdefault(key, {}).update({f"{name}.{NOTED}": wording.value for name, wording in wordings.items()})
    for response in _responses(session, version):
        yield response | answers.get(str(response["reponse"]), {})


def _responses(session: Session, version: QuestionnaireVersion) -> Iterator[dict[str, str | int | float]]:
    statement = (
        select(Response.key, Response.channel, Response.day, Response.language, Place.name)
        .outerjoin(
            ResponsePlace,
            and_(ResponsePlace.response_key == Response.key, ResponsePlace.role == PlaceRole.LIVES),
        )
        .outerjoin(Place, Place.id == ResponsePlace.place_id)
        .where(Response.questionnaire_id == version.id, Response.duplicate != Duplicate.CONFIRMED)
        .order_by(Response.key, ResponsePlace.confidence.desc())
    )
    seen: set[str] = set()
    for key, channel, day, language, place in session.execute(statement):
        if key in seen:
            continue
        seen.add(key)
        yield {
            "reponse": key,
            "questionnaire": version.name,
            "version": version.version,
            "canal": CHANNELS[channel],
            "jour": day.isoformat(),
            "langue": language,
            "quartier": place or "",
        }


def write(path: Path, header: Sequence[str], rows: Iterator[Mapping[str, str | int | float]]) -> int:
    """Write a workbook where the name ends with `.xlsx`, UTF-8 text with semicolons otherwise; return the rows."""
    counted = _Counted(header, rows)
    if path.suffix.lower() == ".xlsx":
        path.write_bytes(files.xlsx_bytes(header, counted, _("Réponses")))
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow([guarded(name) for name in header])
            for row in counted:
                writer.writerow([guarded(cell) if isinstance(cell, str) else files.plain(cell) for cell in row])
    return counted.count


class _Counted:
    """The cells of rows in the order of a header, counted as they go."""

    def __init__(self, header: Sequence[str], rows: Iterator[Mapping[str, str | int | float]]) -> None:
        self._header, self._rows, self.count = header, rows, 0

    def __iter__(self) -> Iterator[list[str | int | float]]:
        for row in self._rows:
            self.count += 1
            yield [row.get(name, "") for name in self._header]
