"""Everything done to the plan, by whom and when, and its way back."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.security import roles
from consult.staff import local_path
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.plan_pages import by
from consult.study.runs import ROLES
from surveys.planning import history
from surveys.planning.board import PlanError
from surveys.planning.saying import said


@blueprint.get("/plan/historique")
@roles(*ROLES)
def changes(slug: str) -> ResponseReturnValue:
    """The changes, the latest first."""
    return _page(slug)


@blueprint.post("/plan/changements/<int:change_id>/annuler")
@roles(*ROLES)
def undo_change(slug: str, change_id: int) -> ResponseReturnValue:
    """Give back what a change touched the state it had."""
    change = history.one(db.session, g.consultation.id, change_id)
    if change is None:
        abort(404)
    words = said(change)
    try:
        history.undo(db.session, change, by())
    except PlanError as refusal:
        db.session.rollback()
        return _page(slug, refused=str(refusal)), 422
    audit("plan.annulation", change_id=change_id)
    db.session.commit()
    flash(_("Annulé\u00a0: %(said)s.", said=words), "success")
    return redirect(local_path(request.form.get("back") or url_for("study.changes", slug=slug)))


def _page(slug: str, *, refused: str = "") -> str:
    found = history.changes(db.session, g.consultation.id)
    return render_template("study/changes.html", slug=slug, changes=found, refused=refused)
