"""The sheet of a theme, written again or for the first time."""

from __future__ import annotations

import hashlib

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult import plans
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.plan import Plan
from consult.study.plan_forms import COLOURS, SheetForm
from consult.study.plan_pages import by, done, last_change, plan_or_404, refuse, theme_or_404, theme_url
from consult.study.runs import ROLES
from surveys.models import Theme
from surveys.planning import emerging, sheets
from surveys.planning.board import PlanError


@blueprint.get("/plan/fiche/<path:stable_id>")
@roles(*ROLES)
def sheet(slug: str, stable_id: str) -> ResponseReturnValue:
    """Everything a theme says of itself, to be written again."""
    plan, found = theme_or_404(stable_id)
    form = SheetForm(formdata=None, obj=found)
    if found.parent:
        form.colour.data = next((one.colour for one in plan.themes if one.stable_id == found.parent), "") or "autre"
    return _page(slug, plan, found, form)


@blueprint.post("/plan/fiche/<path:stable_id>")
@roles(*ROLES)
def describe(slug: str, stable_id: str) -> ResponseReturnValue:
    """Keep the sheet; the runs to come read it."""
    plan, found = theme_or_404(stable_id)
    form = SheetForm()
    try:
        _refuse_unseen(found, form)
        change = sheets.describe(db.session, plan.version, stable_id, form.sheet(), by())
    except PlanError as refusal:
        refuse(form, refusal)
        return _page(slug, *theme_or_404(stable_id), form), 422
    return done(change, theme_url(slug, stable_id))


@blueprint.post("/plan/preparer")
@roles(*ROLES)
def prepare(slug: str) -> ResponseReturnValue:
    """Lay the shipped plan, so that it can be changed before the first analysis reads it."""
    version = plans.living(db.session, g.consultation.id)
    audit("plan.prepare", codebook_id=version.id)
    db.session.commit()
    return redirect(url_for("study.themes", slug=slug))


@blueprint.get("/plan/ajouter")
@roles(*ROLES)
def new_theme(slug: str) -> ResponseReturnValue:
    """An empty sheet, under a theme if the address says so."""
    form = SheetForm(formdata=None, parent=request.args.get("sous", ""))
    return _page(slug, plan_or_404(), None, form)


@blueprint.post("/plan/ajouter")
@roles(*ROLES)
def add_theme(slug: str) -> ResponseReturnValue:
    """Add the theme to the plan and show it."""
    plan, form = plan_or_404(), SheetForm()
    try:
        made = sheets.add(db.session, plan.version, form.sheet(), by())
    except PlanError as refusal:
        refuse(form, refusal)
        return _page(slug, plan_or_404(), None, form), 422
    return done(last_change(), theme_url(slug, made.stable_id))


@blueprint.post("/plan/emergents")
@roles(*ROLES)
def settle_emerging(slug: str) -> ResponseReturnValue:
    """Add a theme that the last run saw to the plan, or show it no more."""
    plan, label = plan_or_404(), request.form.get("theme", "")
    back = url_for("study.themes", slug=slug)
    try:
        if request.form.get("faire") != "ajouter":
            return done(emerging.ignore(db.session, plan.version, label, by()), back)
        made = emerging.add_emerging(db.session, plan.version, label, by())
    except PlanError as refusal:
        db.session.rollback()
        return _refused_emerging(slug, label, refusal)
    return done(last_change(), theme_url(slug, made.stable_id))


def _refuse_unseen(found: Theme, form: SheetForm) -> None:
    """What somebody else wrote meanwhile is not replaced unseen; sent again, it is replaced knowingly."""
    if form.seen.data and form.seen.data != _digest(found):
        words = _("Cette fiche a changé depuis que vous l’avez ouverte : enregistrez de nouveau pour la remplacer.")
        raise PlanError(words)


def _digest(found: Theme) -> str:
    return hashlib.sha256(repr(sheets.sheet_of(found)).encode()).hexdigest()[:16]


def _refused_emerging(slug: str, label: str, refusal: PlanError) -> ResponseReturnValue:
    """Its name is another theme's, most often: the sheet is where it can be changed, its words kept."""
    found = next((one for one in emerging.emerging(db.session, plan_or_404().version.consultation_id)
                  if one.label == label), None)  # fmt: skip
    if found is None:
        return redirect(url_for("study.themes", slug=slug))
    form = SheetForm(formdata=None, label=label, examples=found.examples, keywords=found.words)
    refuse(form, refusal)
    return _page(slug, plan_or_404(), None, form), 422


def _page(slug: str, plan: Plan, found: Theme | None, form: SheetForm) -> str:
    form.offer(plan, found)
    form.seen.data = _digest(found) if found else ""
    return render_template("study/sheet.html", slug=slug, plan=plan, theme=found, form=form, colours=COLOURS)
