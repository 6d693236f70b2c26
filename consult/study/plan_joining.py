"""Merging a theme into another, retiring one, putting one back: what becomes of its ideas is said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.plan import Plan
from consult.study.plan_forms import MergeForm
from consult.study.plan_pages import by, done, refuse, theme_or_404, theme_url
from consult.study.runs import ROLES
from surveys import review
from surveys.models import Theme
from surveys.planning import joining
from surveys.planning.board import PlanError
from surveys.planning.joining import Carried


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a theme would leave behind: its ideas, those no other theme holds, and its sub-themes."""

    ideas: int
    alone: int
    below: tuple[str, ...]


@blueprint.get("/plan/fusionner/<path:stable_id>")
@roles(*ROLES)
def choose_merge(slug: str, stable_id: str) -> ResponseReturnValue:
    """Which theme stays, and what it takes over."""
    plan, found = theme_or_404(stable_id)
    return _merge_page(slug, plan, found, MergeForm(formdata=None))


@blueprint.post("/plan/fusionner/<path:stable_id>")
@roles(*ROLES)
def merge(slug: str, stable_id: str) -> ResponseReturnValue:
    """Count the ideas of the theme under the other from now on."""
    plan, _found = theme_or_404(stable_id)
    form = MergeForm()
    into = form.into.data or ""
    carried = Carried(name=form.name.data, examples=form.examples.data, keywords=form.keywords.data)
    try:
        change = joining.merge(db.session, plan.version, stable_id, into, carried, by())
    except PlanError as refusal:
        refuse(form, refusal)
        return _merge_page(slug, *theme_or_404(stable_id), form), 422
    return done(change, theme_url(slug, into))


@blueprint.get("/plan/retirer/<path:stable_id>")
@roles(*ROLES)
def choose_retire(slug: str, stable_id: str) -> ResponseReturnValue:
    """How many ideas would go where, before anything is done."""
    plan, found = theme_or_404(stable_id)
    return render_template("study/retire.html", slug=slug, plan=plan, theme=found, leaving=_leaving(plan, found))


@blueprint.post("/plan/retirer/<path:stable_id>")
@roles(*ROLES)
def retire(slug: str, stable_id: str) -> ResponseReturnValue:
    """Take the theme and its sub-themes out of the plan."""
    plan, found = theme_or_404(stable_id)
    back = theme_url(slug, found.parent) if found.parent else url_for("study.themes", slug=slug)
    return done(joining.retire(db.session, plan.version, stable_id, by()), back)


@blueprint.post("/plan/remettre/<path:stable_id>")
@roles(*ROLES)
def restore(slug: str, stable_id: str) -> ResponseReturnValue:
    """Put a retired or merged theme back in the plan."""
    plan, found = theme_or_404(stable_id, retired=True)
    try:
        change = joining.restore(db.session, plan.version, stable_id, by())
    except PlanError as refusal:
        db.session.rollback()
        plan, found = theme_or_404(stable_id, retired=True)
        return render_template("study/out.html", slug=slug, plan=plan, theme=found, refused=str(refusal)), 422
    return done(change, theme_url(slug, stable_id))


def _merge_page(slug: str, plan: Plan, found: Theme, form: MergeForm) -> str:
    form.offer(plan, found)
    return render_template(
        "study/merge.html", slug=slug, plan=plan, theme=found, form=form, leaving=_leaving(plan, found)
    )


def _leaving(plan: Plan, found: Theme) -> Leaving:
    counts = review.counts(db.session, g.consultation.id, plan.parents)
    below = plan.below(found.stable_id)
    mine, inside = counts.by_theme.get(found.stable_id, set()), {found.stable_id, *below}
    others = _union(ideas for one, ideas in counts.by_theme.items() if one not in inside)
    return Leaving(len(mine), len(mine - others), tuple(plan.labels[one] for one in below))


def _union(sets: Iterable[set[int]]) -> set[int]:
    return set().union(*sets)
