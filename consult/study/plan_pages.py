"""What every page that changes the plan shares: who acts, on which theme, what was just done and its way back."""

from __future__ import annotations

from flask import abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field

from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.study.auditing import audit
from consult.study.plan import Plan, plan_or_none
from surveys import codebooks, staff
from surveys.models import PlanChange, Theme
from surveys.planning import history
from surveys.planning.board import By, PlanError
from surveys.planning.saying import said


def by() -> By:
    """The reader, now."""
    return By(g.staff.id, staff.utc_now())


def plan_or_404() -> Plan:
    """The living plan; there is none before the first analysis."""
    plan = plan_or_none()
    if plan is None:
        abort(404)
    return plan


def theme_or_404(stable_id: str, *, retired: bool = False) -> tuple[Plan, Theme]:
    """A theme of the living plan, in use unless ``retired`` are let in."""
    plan = plan_or_404()
    found = codebooks.theme(db.session, plan.version, stable_id)
    if found is None or (found.retired and not retired):
        abort(404)
    return plan, found


def done(change: PlanChange | None, url: str) -> ResponseReturnValue:
    """Note what was done, commit, and go where it is said with its way back; nothing is said of nothing."""
    if change is None:
        db.session.rollback()
        return redirect(url)
    keep(change)
    return redirect(f"{url}?changement={change.id}#fait")


def keep(change: PlanChange) -> None:
    """Note who did it, and commit."""
    audit(f"plan.{change.act}", change_id=change.id, theme=change.themes[0] if change.themes else None)
    db.session.commit()


def last_change() -> PlanChange:
    """The change just made, for acts that return what they made."""
    found = history.latest(db.session, g.consultation.id)
    if found is None:
        abort(500)
    return found


def just_done() -> dict[str, object]:
    """The change that the address tells of, for the note that offers to take it back."""
    key = min(max(request.args.get("changement", 0, type=int), 0), LARGEST_KEY)
    change = history.one(db.session, g.consultation.id, key) if key else None
    stands = change is not None and change.undone_at is None
    return {"change": change if stands else None, "change_said": said(change) if change and stands else ""}


def refuse(form: FlaskForm, refusal: PlanError) -> None:
    """Say a refusal at the field it is about, or above the form; nothing of the trial is kept."""
    db.session.rollback()
    if refusal.field in form:
        field: Field = form[refusal.field]
        field.errors = [*field.errors, str(refusal)]
    else:
        form.form_errors.append(str(refusal))


def theme_url(slug: str, stable_id: str) -> str:
    """The page of a theme."""
    return url_for("study.theme", slug=slug, stable_id=stable_id)
