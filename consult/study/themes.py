"""The plan de classement with what was said under each theme; renaming a theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.plan import Plan, plan_or_none
from consult.study.plan_pages import by, done, just_done, theme_or_404, theme_url
from consult.study.runs import ROLES
from surveys import review, runs
from surveys.labels import CHANNELS
from surveys.models import Origin, Outcome, Theme
from surveys.planning import emerging, history, sheets
from surveys.planning.board import PlanError

PER_PAGE = 40
WITHOUT = {"a-classer": Outcome.UNCLASSIFIED, "sans-avis": Outcome.NO_OPINION}


@dataclass(frozen=True)
class Listed:
    """One page of a list of ideas."""

    rows: list[review.IdeaRow]
    total: int
    page: int
    pages: int
    only_new: bool
    new: frozenset[int]


@blueprint.get("/themes")
@roles(*ROLES)
def themes(slug: str) -> ResponseReturnValue:
    """The themes and sub-themes, with the ideas each holds."""
    plan = plan_or_none()
    last = runs.latest_done(db.session, g.consultation.id)
    return render_template(
        "study/themes.html",
        slug=slug,
        plan=plan,
        last=last,
        counts=review.counts(db.session, g.consultation.id, plan.parents) if plan else None,
        new=plan.rolled_up(runs.new_by_theme(db.session, last)) if plan and last else {},
        emerging=emerging.emerging(db.session, g.consultation.id) if plan else [],
        out=history.out_of_the_plan(db.session, plan.version) if plan else [],
        unread=history.unread_by_runs(db.session, g.consultation.id, last),
        **just_done(),
    )


@blueprint.get("/themes/<path:stable_id>")
@roles(*ROLES)
def theme(slug: str, stable_id: str) -> ResponseReturnValue:
    """One theme: what it means, and what was said under it, the least sure first."""
    plan, found = theme_or_404(stable_id, retired=True)
    if found.retired:
        return render_template("study/out.html", slug=slug, plan=plan, theme=found, refused="")
    return _theme_page(slug, plan, found)


@blueprint.post("/themes/<path:stable_id>")
@roles(*ROLES)
def rename(slug: str, stable_id: str) -> ResponseReturnValue:
    """Give a theme another name, kept by the runs to come."""
    plan, _found = theme_or_404(stable_id)
    try:
        change = sheets.rename(db.session, plan.version, stable_id, request.form.get("label", ""), by())
    except PlanError as refusal:
        db.session.rollback()
        return _theme_page(slug, *theme_or_404(stable_id), refused=str(refusal)), 422
    return done(change, theme_url(slug, stable_id))


@blueprint.get("/<any('a-classer', 'sans-avis'):kind>")
@roles(*ROLES)
def without(slug: str, kind: str) -> ResponseReturnValue:
    """The ideas that have no theme: what fits nowhere, or what gives no opinion."""
    plan = plan_or_none()
    listed = _listed(outcome=WITHOUT[kind])
    return render_template("study/without.html", slug=slug, plan=plan, kind=kind, listed=listed, **_about(listed, plan))


def _theme_page(slug: str, plan: Plan, found: Theme, *, refused: str = "") -> str:
    listed = _listed(themes=[found.stable_id, *plan.below(found.stable_id)])
    return render_template(
        "study/theme.html",
        slug=slug,
        plan=plan,
        theme=found,
        listed=listed,
        refused=refused,
        typed=request.form.get("label", found.label),
        merged=history.labels_of(db.session, plan.version, found.lineage.get("from", ())),
        **just_done(),
        **_about(listed, plan),
    )


def _about(listed: Listed, plan: Plan | None) -> dict[str, object]:
    """What every list of ideas shows beside the ideas themselves."""
    moved = _asked_number("deplacee")
    moved_to = review.themes_of_ideas(db.session, [moved]).get(moved, []) if moved and plan else []
    return {
        "own_themes": review.themes_of_ideas(db.session, [row.id for row in listed.rows]),
        "back": _here(),
        "channels": CHANNELS,
        "person": Origin.PERSON,
        "moved": review.idea(db.session, g.consultation.id, moved) if moved else None,
        "moved_labels": " · ".join(plan.labels.get(theme, theme) for theme in moved_to) if plan else "",
    }


def _here() -> str:
    """This list, to come back to: its page and its choice, without what was said of the last move."""
    kept = {name: request.args[name] for name in ("page", "nouvelles") if name in request.args}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _listed(*, themes: list[str] | None = None, outcome: Outcome | None = None) -> Listed:
    last = runs.latest_done(db.session, g.consultation.id)
    only_new = request.args.get("nouvelles") == "1" and last is not None
    among = runs.new_ideas(last) if only_new and last else None

    def read(page: int) -> tuple[Sequence[review.IdeaRow], int]:
        return review.ideas(
            db.session,
            g.consultation.id,
            themes=themes or (),
            outcome=outcome,
            among=among,
            offset=(page - 1) * PER_PAGE,
            limit=PER_PAGE,
        )

    page = _asked_number("page") or 1
    rows, total = read(page)
    pages = -(-total // PER_PAGE)
    if page > max(pages, 1):  # an address kept from a longer list: its end is nearer than its beginning
        page = max(pages, 1)
        rows, total = read(page)
    new = db.session.scalars(runs.new_ideas(last)).all() if last else ()
    return Listed(list(rows), total, page, pages, only_new, frozenset(new))


def _asked_number(name: str) -> int:
    """The number an address asks for, no larger than the key of a row may be; 0 where it gives none."""
    return min(max(request.args.get(name, 0, type=int), 0), LARGEST_KEY)
