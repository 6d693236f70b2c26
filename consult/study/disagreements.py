"""Where readers of a sample differ: side by side, and the one that holds becomes the decision of a person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.extensions import db
from consult.security import roles
from consult.study import blueprint
from consult.study.auditing import audit
from consult.study.plan import Plan
from consult.study.readings import sample_or_404
from consult.study.runs import ROLES
from surveys import coding_acts, readings, staff
from surveys.labels import CHANNELS
from surveys.models import Outcome, Sample
from surveys.readings import Read, ReadIdea


@blueprint.get("/double-lecture/<int:sample_id>/desaccords")
@roles(*ROLES)
def disagreements(slug: str, sample_id: int) -> ResponseReturnValue:
    """The ideas read differently that nobody has settled, then those that somebody has."""
    found, plan = sample_or_404(sample_id)
    ideas = readings.read_ideas(db.session, found.id)
    differ = [one for one in ideas if one.disagree]
    return render_template(
        "study/disagreements.html",
        slug=slug,
        sample=found,
        waiting=[one for one in differ if not one.settled],
        settled=[one for one in differ if one.settled],
        twice=sum(len(one.blind) > 1 for one in ideas),
        agreed=_to_apply(ideas),
        channels=CHANNELS,
        said=lambda one: said(plan, one),
        together=together,
    )


@blueprint.post("/double-lecture/<int:sample_id>/desaccords")
@roles(*ROLES)
def settle(slug: str, sample_id: int) -> ResponseReturnValue:
    """Say which reading of an idea holds: it is put in force as a person's decision."""
    found, plan = sample_or_404(sample_id)
    chosen = _chosen(readings.read_ideas(db.session, found.id))
    if chosen is None:
        flash(_("Cette lecture a été retirée entre-temps : choisissez parmi celles qui restent."), "info")
    else:
        _hold(found, plan, *chosen)
        db.session.commit()
    return redirect(url_for("study.disagreements", slug=slug, sample_id=found.id))


@blueprint.post("/double-lecture/<int:sample_id>/accords")
@roles(*ROLES)
def apply_agreed(slug: str, sample_id: int) -> ResponseReturnValue:
    """Put in force every idea that two readers read alike."""
    found, plan = sample_or_404(sample_id)
    agreed = _to_apply(readings.read_ideas(db.session, found.id))
    for one in agreed:
        _hold(found, plan, one, one.blind[0].outcome, one.blind[0].themes)
    db.session.commit()
    flash(_("Lectures communes mises en vigueur : %(n)s.", n=len(agreed)), "success")
    return redirect(url_for("study.disagreements", slug=slug, sample_id=found.id))


def said(plan: Plan, one: Read) -> str:
    """What a reader made of an idea, in words."""
    without = {Outcome.NO_OPINION: _("Sans avis"), Outcome.UNCLASSIFIED: _("À classer")}
    names: str = ", ".join(plan.labels.get(theme, theme) for theme in one.themes)
    return names if one.outcome is Outcome.CODED else without[one.outcome]


def _to_apply(ideas: Sequence[ReadIdea]) -> list[ReadIdea]:
    return [one for one in ideas if len(one.blind) > 1 and not one.disagree and not one.settled]


def _chosen(ideas: Sequence[ReadIdea]) -> tuple[ReadIdea, Outcome, Sequence[str]] | None:
    """The reading this request names, or all those of an idea together."""
    wanted, whole = request.form.get("lecture", 0, type=int), request.form.get("idee", 0, type=int)
    for idea in ideas:
        if idea.idea_id == whole and idea.blind:
            return idea, Outcome.CODED, together(idea)
        for one in idea.blind:
            if one.id == wanted:
                return idea, one.outcome, one.themes
    return None


def together(idea: ReadIdea) -> list[str]:
    """The themes of every reader, in the order they gave them."""
    return list(dict.fromkeys(theme for one in idea.blind for theme in one.themes))


def _hold(found: Sample, plan: Plan, idea: ReadIdea, outcome: Outcome, themes: Sequence[str]) -> None:
    """A reading holds: it is noted as such, and becomes a decision like any other. The caller commits."""
    at, act = staff.utc_now(), secrets.token_hex(16)
    kept = plan.without_implied(themes)
    ids = [theme.id for theme in plan.themes if theme.stable_id in kept]
    if outcome is Outcome.CODED and not ids:  # every theme of the reading left the plan since
        outcome = Outcome.UNCLASSIFIED
    readings.record(
        db.session,
        found.id,
        idea.idea_id,
        staff_id=g.staff.id,
        outcome=outcome,
        themes=kept,
        act=act,
        at=at,
        settles=True,
    )
    coding_acts.decide(
        db.session,
        g.consultation.id,
        [idea.idea_id],
        outcome=outcome,
        theme_ids=ids,
        staff_id=g.staff.id,
        at=at,
        act=act,
        over_people=True,
    )
    audit("double-lecture.tranchee", sample_id=found.id, idea_id=idea.idea_id)
