"""Coding a sample twice: drawn by chance, read blind with the keys of the coding page."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import sampling
from consult.extensions import db
from consult.security import roles
from consult.study import blueprint, coding_cards, coding_posts
from consult.study.auditing import audit
from consult.study.plan import Plan, plan_or_none
from consult.study.runs import ROLES
from surveys import readings, samples, staff
from surveys.labels import CHANNELS
from surveys.models import Outcome, Sample

SIZES = (60, 120, 200)
LARGEST_SEED = 2**31 - 1
AHEAD = 8


@blueprint.get("/double-lecture")
@roles(*ROLES)
def double(slug: str) -> ResponseReturnValue:
    """The samples drawn, how far each reader is, and the draw of a new one."""
    found = samples.samples(db.session, g.consultation.id)
    return render_template(
        "study/double.html",
        slug=slug,
        plan=plan_or_none(),
        samples=found,
        readers=readings.readers(db.session, [one.id for one in found]),
        disagreements=_disagreements(found),
        sizes=SIZES,
        seed=secrets.randbelow(9000) + 1000,
    )


@blueprint.post("/double-lecture")
@roles(*ROLES)
def draw_sample(slug: str) -> ResponseReturnValue:
    """Draw a sample; the seed shown draws the same ideas again."""
    plan = plan_or_none()
    size, seed = request.form.get("size", 0, type=int), request.form.get("seed", 0, type=int)
    if plan is None or size not in SIZES or not 0 < seed <= LARGEST_SEED:
        flash(_("Choisissez une taille de la liste et un nombre de départ supérieur à zéro, puis tirez."), "error")
        return redirect(url_for("study.double", slug=slug))
    everything = {one.idea_id: one for one in samples.candidates(db.session, g.consultation.id)}
    if not everything:
        flash(_("Toutes les idées sont déjà relues : il n’y a rien à tirer."), "info")
        return redirect(url_for("study.double", slug=slug))
    drawn = sampling.draw(_strata(plan, everything), size=size, seed=seed)
    kept = samples.keep(
        db.session,
        g.consultation.id,
        [(everything[one.idea], one.weight) for one in drawn],
        seed=seed,
        population=len(everything),
        staff_id=g.staff.id,
        at=staff.utc_now(),
    )
    audit("echantillon", sample_id=kept.id, size=kept.size, seed=seed)
    db.session.commit()
    return redirect(url_for("study.double_card", slug=slug, sample_id=kept.id))


@blueprint.get("/double-lecture/<int:sample_id>")
@roles(*ROLES)
def double_card(slug: str, sample_id: int) -> ResponseReturnValue:
    """The next idea of a sample, shown without what anybody made of it."""
    found, plan = sample_or_404(sample_id)
    cards = _cards(found, plan, limit=1)
    return _page(slug, found, plan, cards[0] if cards else None)


@blueprint.get("/double-lecture/<int:sample_id>/suite")
@roles(*ROLES)
def double_next(slug: str, sample_id: int) -> ResponseReturnValue:
    """The ideas that follow, drawn as the page draws its own."""
    found, plan = sample_or_404(sample_id)
    about = _about(slug, found, plan)
    cards = _cards(found, plan, limit=AHEAD)
    return jsonify(cards=[render_template("study/coding_one.html", card=card, **about) for card in cards])


@blueprint.post("/double-lecture/<int:sample_id>")
@roles(*ROLES)
def double_read(slug: str, sample_id: int) -> ResponseReturnValue:
    """Store one reading; the coding in force does not change."""
    found, plan = sample_or_404(sample_id)
    try:
        posted = coding_posts.read(plan)
    except coding_posts.RefusedError as refusal:
        if coding_posts.wants_json():
            return jsonify(error=str(refusal)), 422
        ideas = coding_posts.ideas()
        again = coding_cards.blind(plan, [(0, idea) for idea in ideas[:1]], ticked=coding_posts.chosen(plan))
        return _page(slug, found, plan, again[0] if again else None, refused=str(refusal)), 422
    done = bool(posted.idea_ids) and readings.record(
        db.session,
        found.id,
        posted.idea_ids[0],
        staff_id=g.staff.id,
        outcome=posted.outcome,
        themes=posted.themes,
        act=posted.act,
        at=staff.utc_now(),
    )
    db.session.commit()
    if coding_posts.wants_json():
        return jsonify(done=int(done))
    return redirect(url_for("study.double_card", slug=slug, sample_id=found.id, **_after()))


@blueprint.post("/double-lecture/<int:sample_id>/annuler")
@roles(*ROLES)
def double_undo(slug: str, sample_id: int) -> ResponseReturnValue:
    """Take back one's own reading."""
    found, _plan = sample_or_404(sample_id)
    done = readings.undo(db.session, found.id, coding_posts.act(), staff_id=g.staff.id)
    db.session.commit()
    return jsonify(done=done)


def _strata(plan: Plan, everything: dict[int, samples.Candidate]) -> dict[str, list[int]]:
    """Ideas by theme of the first level, or by what they are without one, and by channel."""
    strata: dict[str, list[int]] = {}
    for one in everything.values():
        theme = _root(plan, one.themes[0]) if one.outcome is Outcome.CODED and one.themes else one.outcome.value
        strata.setdefault(f"{theme} {one.channel.value}", []).append(one.idea_id)
    return strata


def _root(plan: Plan, theme: str) -> str:
    while above := plan.parents.get(theme):
        theme = above
    return theme


def _cards(found: Sample, plan: Plan, *, limit: int) -> list[coding_cards.Card]:
    after = min(max(request.args.get("apres", 0, type=int), 0), LARGEST_SEED)
    ranked = readings.to_read(db.session, found.id, staff_id=g.staff.id, after=after, limit=limit)
    return coding_cards.blind(plan, ranked)


def _page(slug: str, found: Sample, plan: Plan, card: coding_cards.Card | None, *, refused: str = "") -> str:
    everybody = readings.readers(db.session, [found.id]).get(found.id, [])
    mine = next((one.read for one in everybody if one.staff_id == g.staff.id), 0)
    return render_template(
        "study/double_card.html",
        card=card,
        sample=found,
        mine=mine,
        refused=refused,
        typed=request.form.get("autre", ""),
        **_about(slug, found, plan),
    )


def _about(slug: str, found: Sample, plan: Plan) -> dict[str, object]:
    """What every card needs beside its idea."""
    return {
        "slug": slug,
        "plan": plan,
        "channels": CHANNELS,
        "decide_url": url_for("study.double_read", slug=slug, sample_id=found.id),
        "skip_url": lambda place: url_for("study.double_card", slug=slug, sample_id=found.id, apres=place),
        "kept": {},
        "after": request.values.get("apres", ""),
        "blind": True,
        "listed": coding_cards.LISTED,
    }


def _disagreements(found: Sequence[Sample]) -> dict[int, int]:
    """How many disagreements of each sample nobody has settled."""
    read = readings.by_sample(db.session, [one.id for one in found])
    return {key: sum(idea.disagree and not idea.settled for idea in ideas) for key, ideas in read.items()}


def _after() -> dict[str, Any]:
    place = request.form.get("apres", 0, type=int)
    return {"apres": place} if place else {}


def sample_or_404(sample_id: int) -> tuple[Sample, Plan]:
    """One sample of the consultation being read, and the plan it is read with."""
    found = samples.sample(db.session, g.consultation.id, sample_id)
    plan = plan_or_none()
    if found is None or plan is None:
        abort(404)
    return found, plan
