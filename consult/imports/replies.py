"""The answers of a file that are none of their question's, each paired with one of them, left empty or refused."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from consult.extensions import db
from consult.imports import blueprint, desk
from consult.imports.desk import ROLES
from consult.security import roles
from consult.staff import now
from surveys.importing.errors import TableError
from surveys.importing.mapping import MappingError
from surveys.importing.pairing import Unpaired, unpaired

#: Says that an answer counts as none; no code of an option is written so.
EMPTY = "|vide"


@blueprint.get("/<import_key>/reponses")
@roles(*ROLES)
def replies(slug: str, import_key: str) -> ResponseReturnValue:
    """Each answer that is not in the questionnaire, with the nearest one proposed."""
    one = desk.in_preparation(import_key)
    try:
        lines = unpaired(desk.reader(db.session, one, now().date()))
    except (TableError, MappingError):
        return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
    if not lines:
        return redirect(url_for("imports.check", slug=slug, import_key=import_key))
    decided = one.choices.get("pairs", {})
    return render_template(
        "imports/replies.html",
        slug=slug,
        one=one,
        lines=[(line, _shown(line, decided.get(line.question.name, {}))) for line in lines],
        empty=EMPTY,
    )


def _shown(line: Unpaired, decided: dict[str, str | None]) -> str:
    code = decided.get(line.text, line.near)
    return EMPTY if code == "" and line.text in decided else code or ""


@blueprint.post("/<import_key>/reponses")
@roles(*ROLES)
def pair(slug: str, import_key: str) -> ResponseReturnValue:
    """Keep what was decided of each answer, in the correspondence of the import."""
    one = desk.in_preparation(import_key)
    try:
        lines = unpaired(desk.reader(db.session, one, now().date()))
    except (TableError, MappingError):
        return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
    one.choices = {**one.choices, "pairs": _decided(lines, request.form)}
    one.plan, one.report = {}, {}
    db.session.commit()
    return redirect(url_for("imports.check", slug=slug, import_key=import_key))


def _decided(lines: list[Unpaired], form: MultiDict[str, str]) -> dict[str, dict[str, str | None]]:
    """The code of each answer by question, "" where it counts as none, None where it is refused or kept as written."""
    sent = {}
    for rank in range(min(len(form), 3_000)):
        if (text := form.get(f"text-{rank}")) is None:
            break
        sent[form.get(f"question-{rank}", ""), text] = form.get(f"reponse-{rank}", "")
    decided: dict[str, dict[str, str | None]] = {}
    for line in lines:
        chosen = sent.get((line.question.name, line.text), "")
        code = "" if chosen == EMPTY else chosen if line.question.option(chosen) else None
        decided.setdefault(line.question.name, {})[line.text] = code
    return decided
