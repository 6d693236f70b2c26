"""An import seen to advance, then what it brought: counts, refused rows to mend, and the way back."""

from __future__ import annotations

from flask import abort, flash, jsonify, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import importing
from consult.extensions import db
from consult.imports import blueprint, desk
from consult.imports.desk import ROLES
from consult.security import roles
from consult.staff import now
from surveys import imports, taking_back
from surveys.importing import refusals
from surveys.importing.errors import TableError
from surveys.importing.mapping import MappingError
from surveys.models import FileImport, ImportState


@blueprint.get("/<import_key>")
@roles(*ROLES)
def result(slug: str, import_key: str) -> ResponseReturnValue:
    """How far an import is, or what it brought."""
    one = desk.found(import_key)
    busy = one.state in {ImportState.WAITING, ImportState.RUNNING}
    return render_template(
        "imports/result.html",
        slug=slug,
        one=one,
        busy=busy,
        share=min(1.0, one.done / one.total) if one.total else 0.0,
        version=desk.version_of(one) if one.questionnaire_id else None,
        refused=imports.kept(db.session, one, imports.REFUSED),
        kept_until=imports.kept_until(one),
        source=imports.kept(db.session, one, imports.SOURCE) is not None,
        obstacle="" if busy else taking_back.obstacle(db.session, one),
    )


@blueprint.get("/<import_key>/etat")
@roles(*ROLES)
def progress(slug: str, import_key: str) -> ResponseReturnValue:
    """How far the import under way is; null once it is over."""
    one = desk.found(import_key)
    if one.state not in {ImportState.WAITING, ImportState.RUNNING}:
        return jsonify(None)
    share = int(100 * one.done / one.total) if one.total else 0
    return jsonify({"progress": min(100, share), "message": one.message or _("En attente de son tour")})


@blueprint.get("/<import_key>/refus")
@roles(*ROLES)
def refused(slug: str, import_key: str) -> ResponseReturnValue:
    """The refused rows as they were, each with its reason."""
    one = desk.found(import_key)
    kept = imports.kept(db.session, one, imports.REFUSED)
    found = (kept.name, kept.content) if kept is not None else None
    if one.state is ImportState.PREPARED and one.total <= desk.AT_ONCE:
        try:
            found = _of_trial(one)
        except (TableError, MappingError) as error:
            flash(str(error), "error")
            return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
    if found is None:
        abort(404)
    answer = make_response(found[1])
    answer.headers["Content-Type"] = "application/octet-stream"
    answer.headers.set("Content-Disposition", "attachment", filename=found[0])
    return answer


def _of_trial(one: FileImport) -> tuple[str, bytes]:
    """The refused rows of a file not imported yet, read again as its choices are now."""
    name, consultation_id = one.file_name, one.consultation_id
    reader = desk.reader(db.session, one, now().date())
    report = importing.tried(db.session, reader, consultation_id)
    return refusals.name(name, reader.table), refusals.content(reader.table, report.refusals)
