"""The trial: what importing would do, row by row, before anything is written; then the import itself is asked for."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import database, importing, jobs, logs, tasks
from consult.extensions import db
from consult.imports import blueprint, desk
from consult.imports.desk import NEW, ROLES
from consult.security import roles
from consult.staff import now
from surveys import definition, imports, staff, taking_back
from surveys.importing import layouts
from surveys.importing.errors import TableError
from surveys.importing.mapping import MappingError
from surveys.models import Channel, FileImport, ImportState, QuestionnaireVersion


@blueprint.get("/<import_key>/verification")
@roles(*ROLES)
def check(slug: str, import_key: str) -> ResponseReturnValue:
    """What would be added, what is there already, what is refused and why."""
    one = desk.in_preparation(import_key)
    if not one.choices.get("wanted"):
        return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
    try:
        made = desk.reader(db.session, one, now().date())
        columns = desk.proposed(db.session, one)["columns"]
        recognised = desk.read_again(db.session, one)
        report = None
        if one.total <= desk.AT_ONCE:
            report = imports.as_json(importing.tried(db.session, made, one.consultation_id))
    except (TableError, MappingError) as error:
        db.session.rollback()
        flash(str(error), "error")
        return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
    one = desk.in_preparation(import_key)
    return render_template(
        "imports/check.html",
        slug=slug,
        one=one,
        report=report or one.report or None,
        left=layouts.left_aside(recognised, columns),
        new=one.choices["target"] == NEW,
    )


@blueprint.post("/<import_key>/essai")
@roles(*ROLES)
def try_out(slug: str, import_key: str) -> ResponseReturnValue:
    """Ask the worker to try a large file: nothing of it is recorded."""
    one = desk.in_preparation(import_key)
    one.state, one.message, one.done, one.report = ImportState.WAITING, "", 0, {}
    db.session.commit()
    _enqueue(one, "try")
    return redirect(url_for("imports.result", slug=slug, import_key=import_key))


@blueprint.post("/<import_key>/importer")
@roles(*ROLES)
def launch(slug: str, import_key: str) -> ResponseReturnValue:
    """Freeze the correspondence and ask for the import; asking twice imports once."""
    one = desk.found(import_key)
    if one.state is ImportState.PREPARED:
        try:
            _freeze(one)
        except (TableError, MappingError) as error:
            db.session.rollback()
            flash(str(error), "error")
            return redirect(url_for("imports.columns", slug=slug, import_key=import_key))
        staff.audit(db.session, "import.lancer", staff_id=g.staff.id, consultation_id=g.consultation.id, rows=one.total)
        db.session.commit()
        _enqueue(one, "carry_out")
    return redirect(url_for("imports.result", slug=slug, import_key=import_key))


def _freeze(one: FileImport) -> None:
    """Keep the plan, and publish the questionnaire made from the columns if there is one."""
    plan = desk.proposed(db.session, one)
    made = desk.reader(db.session, one, now().date())
    if one.choices["target"] == NEW:
        version = QuestionnaireVersion(
            consultation_id=one.consultation_id,
            name=_free_name(one),
            title=made.questionnaire.title,
            channel=Channel.IMPORT,
            definition=definition.dump(made.questionnaire),
            digest=definition.digest(made.questionnaire),
        )
        db.session.add(version)
        db.session.flush()
        one.choices = {**one.choices, "target": version.name}
        one.questionnaire_id = version.id
    else:
        one.questionnaire_id = desk.version_of(one).id
    one.plan, one.state, one.message = plan, ImportState.WAITING, ""


def _free_name(one: FileImport) -> str:
    taken = {version.name for version in desk.questionnaires()}
    base = definition.slug(one.choices["title"])[:60]
    return next(name for name in (base, *(f"{base}-{rank}" for rank in range(2, 1_000))) if name not in taken)


@blueprint.post("/<import_key>/reprendre")
@roles(*ROLES)
def resume(slug: str, import_key: str) -> ResponseReturnValue:
    """Go on with an import that was stopped: what it recorded is not recorded twice."""
    one = desk.found(import_key)
    if one.state is ImportState.STOPPED and imports.kept(db.session, one, imports.SOURCE) is not None:
        one.state, one.message = ImportState.WAITING, ""
        db.session.commit()
        _enqueue(one, "carry_out")
    return redirect(url_for("imports.result", slug=slug, import_key=import_key))


@blueprint.post("/<import_key>/interrompre")
@roles(*ROLES)
def stop(slug: str, import_key: str) -> ResponseReturnValue:
    """Stop an import or its trial before its next lot, whichever machine carries it out: what it recorded is kept."""
    one = desk.found(import_key)
    consultation_id, rows = one.consultation_id, one.done
    if imports.stop(db.session, one):
        staff.audit(db.session, "import.interrompre", staff_id=g.staff.id, consultation_id=consultation_id, rows=rows)
    else:
        flash(_("Cet import était déjà fini."), "info")
    db.session.commit()
    return redirect(url_for("imports.result", slug=slug, import_key=import_key))


def _enqueue(one: FileImport, what: str) -> None:
    try:
        jobs.enqueue(tasks.run_import, one.key, what)
    except Exception as error:  # a file or a server of another program: whatever it says, nobody will begin
        logs.failure(error)
        one.state = ImportState.STOPPED if what != "try" else ImportState.PREPARED
        one.message = _("L’import n’a pas pu être lancé\u00a0: relancez-le dans un instant.")
        db.session.commit()


@blueprint.post("/<import_key>/annuler")
@roles(*ROLES)
def undo(slug: str, import_key: str) -> ResponseReturnValue:
    """Take back every answer the import added, once asked in words."""
    one = desk.found(import_key)
    reason = taking_back.obstacle(db.session, one)
    if request.form.get("certain") != "oui":
        reason = _("Cochez la case pour dire que ces réponses doivent être retirées.")
    if reason:
        flash(reason, "error")
        return redirect(url_for("imports.result", slug=slug, import_key=import_key))
    staff.audit(db.session, "import.annuler", staff_id=g.staff.id, consultation_id=g.consultation.id, count=one.added)
    if one.added > desk.AT_ONCE:
        one.state = ImportState.WAITING
        db.session.commit()
        _enqueue(one, "undo")
    else:
        for _left in taking_back.undo(db.session, one):
            db.session.commit()
        database.forget(db.engine)
        flash(_("L’import est annulé\u00a0: ses réponses sont retirées."), "success")
    return redirect(url_for("imports.result", slug=slug, import_key=import_key))
