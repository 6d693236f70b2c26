"""What the pages of one import share: the import itself, its file read again, the correspondence chosen so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import abort, g
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consult.extensions import db
from surveys import definition, imports, versions
from surveys.definition import Questionnaire
from surveys.importing import drafting, layouts, mapping, pairing, places, profiling, sources
from surveys.importing.answers import Reader
from surveys.importing.drafting import Field
from surveys.importing.mapping import MappingError
from surveys.importing.sources import Choice
from surveys.importing.tables import TableError
from surveys.labels import CHANNELS
from surveys.models import Channel, FileImport, ImportState, QuestionnaireVersion, Role
from surveys.places import in_order
from surveys.questions import Question

ROLES = (Role.LEAD, Role.ANALYST)
#: Stands for a questionnaire made from the columns.
NEW = "*"
#: Rows tried while the page is asked for; more are tried by the worker.
AT_ONCE = 3_000


def found(key: str) -> FileImport:
    """The import of the address, or an answer that it does not exist."""
    return imports.find(db.session, g.consultation.id, key) or abort(404)


def in_preparation(key: str) -> FileImport:
    """The same while its choices may still change."""
    one = found(key)
    if one.state is not ImportState.PREPARED or imports.kept(db.session, one, imports.SOURCE) is None:
        abort(409)
    return one


def read_again(session: Session, one: FileImport) -> layouts.Recognised:
    """The file of an import as its choices say to read it; raise `TableError` or `MappingError`."""
    kept = imports.kept(session, one, imports.SOURCE)
    if kept is None:
        raise TableError(_("Le fichier n’est plus là\u00a0: apportez-le de nouveau."))
    choice = Choice(*(str(one.source.get(name, "")) for name in ("sheet", "encoding", "delimiter")))
    grid = sources.read(kept.content, name=one.file_name, choice=choice)
    return layouts.read(grid, str(one.source.get("layout", "auto")))


def profile(session: Session, one: FileImport, source: Mapping[str, str]) -> None:
    """Read the file under these choices, and keep what its pages show; raise `TableError` or `MappingError`."""
    kept = imports.kept(session, one, imports.SOURCE)
    content = kept.content if kept else b""
    choice = Choice(source.get("sheet", ""), source.get("encoding", ""), source.get("delimiter", ""))
    grid = sources.read(content, name=one.file_name, choice=choice)
    recognised = layouts.read(grid, source.get("layout", "auto"))
    known = places.load(session, one.consultation_id)
    before: dict[str, Any] = {
        key: one.choices[key] for key in ("target", "title", "channel", "day") if key in one.choices
    }
    one.source = dict(source)
    one.choices = {**profiling.profile(grid, recognised, known), **before}
    one.total = one.choices["rows"]


def questionnaires() -> list[QuestionnaireVersion]:
    """The last version of each questionnaire of the consultation."""
    latest: dict[str, QuestionnaireVersion] = {}
    for version in versions.of_consultation(db.session, g.consultation.id):
        latest.setdefault(version.name, version)
    return list(latest.values())


def fields(one: FileImport) -> list[Field]:
    """The columns kept for a new questionnaire, as somebody chose to ask them."""
    wanted = one.choices.get("wanted", {})
    kept = []
    for rank, said in enumerate(one.choices["groups"]):
        chosen = wanted.get(str(rank), {})
        kind = chosen.get("kind", said["kind"])
        if kind:
            label = chosen.get("label") or said["label"]
            kept.append(Field(profiling.group_of(said), label, kind, said["answers"]))
    return kept


def asked(session: Session, one: FileImport) -> tuple[str, Questionnaire, Channel]:
    """The name, the questions and the channel of the questionnaire answered; raise `MappingError`."""
    if one.choices.get("target") == NEW:
        title = one.choices.get("title") or one.file_name
        try:
            made = drafting.made(title, fields(one), _places(session, one.consultation_id))
        except (drafting.DraftError, definition.DefinitionError) as error:
            raise MappingError(str(error)) from None
        return one.key, made, Channel.IMPORT
    version = versions.newest(session, one.consultation_id, str(one.choices.get("target", "")))
    if version is None:
        raise MappingError(_("Choisissez d’abord le questionnaire."))
    return version.name, definition.load(version.definition), version.channel


def _places(session: Session, consultation_id: int) -> list[tuple[str, str]]:
    return [(place.slug, place.name) for place in in_order(session, consultation_id)]


def proposed(session: Session, one: FileImport) -> dict[str, Any]:
    """What each column is, from what was chosen: a mapping file that nobody wrote."""
    _name, questionnaire, _channel = asked(session, one)
    said: dict[str, Any] = dict(one.choices["head"])
    said["id"] = one.choices.get("identifier") or said["id"]
    for key in ("channel", "day"):
        if key in one.choices:
            chosen = one.choices[key]
            said.pop(key, None)
            said |= {key: chosen} if chosen else {}
    if isinstance(said.get("channel"), Mapping) and one.choices["layout"] != "consult":
        said["channel"] = {**said["channel"]}
    said["columns"] = _columns(one, questionnaire)
    return said


def _columns(one: FileImport, questionnaire: Questionnaire) -> dict[str, Any]:
    if one.choices.get("target") == NEW:
        said = drafting.columns(fields(one))
    else:
        said = {}
        for rank, group in enumerate(map(profiling.group_of, one.choices["groups"])):
            said |= chosen_columns(one, rank, group, questionnaire)
    if not said:
        raise MappingError(_("Choisissez une question pour au moins une colonne."))
    return {header: _with_decisions(one, detail) for header, detail in said.items()}


def chosen_columns(one: FileImport, rank: int, group: layouts.Group, questionnaire: Questionnaire) -> dict[str, Any]:
    """What the columns of one group are: as chosen on the page, as their very name says before anything is chosen."""
    chosen = one.choices.get("wanted", {}).get(str(rank))
    if chosen is None:
        question = layouts.matched(group, questionnaire)
        return layouts.columns_of(group, question) if question is not None else {}
    name, _bar, rest = chosen.get("target", "").partition("|")
    questions = {question.name: question for question in questionnaire.questions}
    if name not in questions:
        return {}
    if not rest:
        said = chosen.get("separator") or parting(one, rank, questions[name]) or group.separator
        return layouts.columns_of(replace(group, separator=said), questions[name])
    what, _bar, code = rest.partition("|")
    detail: dict[str, Any] = {
        "question": name,
        what: True if what == "other" else int(code) if what == "rank" else code,
    }
    return {part.header: detail for part in group.parts}


def parting(one: FileImport, rank: int, question: Question) -> str | None:
    """What parts the answers of a column that holds several, "" when nothing has to be said, None when nobody knows."""
    said = one.choices["groups"][rank]
    single = len(said["parts"]) == 1 and not said["parts"][0]["name"]
    return pairing.separator(question, said["answers"]) if single and question.widget in pairing.SEVERAL else ""


def _with_decisions(one: FileImport, detail: Any) -> Any:
    """Add what was decided of quartiers, and of the answers of each question that are none of its own."""
    full = {"question": detail} if isinstance(detail, str) else dict(detail)
    name = full["question"]
    decided = one.choices.get("pairs", {}).get(name, {})
    kept = {text: code for text, code in decided.items() if code is not None}
    if name in one.choices.get("places_asked", []):
        kept |= {text: slug for text, slug in one.choices.get("places", {}).items() if slug}
    return {**full, "values": kept} if kept else detail


def reader(session: Session, one: FileImport, today: dt.date) -> Reader:
    """Everything reading needs, taken from the database; raise `TableError` or `MappingError`."""
    recognised = read_again(session, one)
    name, questionnaire, channel = asked(session, one)
    made = Reader(
        table=recognised.table,
        plan=mapping.of(one.plan or proposed(session, one)),
        questionnaire=questionnaire,
        name=name,
        places=places.load(session, one.consultation_id),
        channel=channel,
        today=today,
    )
    _questions = made.asked
    return made


def channels() -> list[tuple[str, str]]:
    """The channels a file may come from."""
    return [(kind.value, words) for kind, words in CHANNELS.items()]


def version_of(one: FileImport) -> QuestionnaireVersion:
    """The version an import answers: the one it is tied to, else the last of its questionnaire."""
    if one.questionnaire_id is not None:
        return db.session.get_one(QuestionnaireVersion, one.questionnaire_id)
    version = versions.newest(db.session, one.consultation_id, str(one.choices.get("target", "")))
    if version is None:
        raise MappingError(_("Choisissez d’abord le questionnaire."))
    return version
