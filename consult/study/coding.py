"""Reading codings again with the keyboard: one idea at a time, the least sure first."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from consult.extensions import db
from consult.security import roles
from consult.study import blueprint, coding_cards, coding_choice, coding_posts
from consult.study.auditing import audit
from consult.study.coding_choice import Asked
from consult.study.plan import Plan, plan_or_none
from consult.study.runs import ROLES
from surveys import coding_acts, coding_queue, staff
from surveys import runs as history
from surveys.labels import CHANNELS

#: Cards sent at once, so that the next one is there before its key.
AHEAD = 8


@blueprint.get("/relecture")
@roles(*ROLES)
def coding(slug: str) -> ResponseReturnValue:
    """The next idea to read again of a choice."""
    plan = plan_or_none()
    if plan is None:
        return render_template("study/coding.html", slug=slug, plan=None)
    asked = coding_choice.asked(plan)
    found = coding_cards.cards(plan, asked.choice, after=coding_choice.after(), limit=1)
    return _page(slug, asked, found[0] if found else None)


@blueprint.get("/relecture/suite")
@roles(*ROLES)
def next_cards(slug: str) -> ResponseReturnValue:
    """The cards that follow a place of the queue, drawn as the page draws its own."""
    plan = plan_or_none()
    if plan is None:
        return jsonify(cards=[])
    choice = coding_choice.asked(plan).choice
    found = coding_cards.cards(plan, choice, after=coding_choice.after(), limit=AHEAD)
    return jsonify(cards=[render_template("study/coding_one.html", card=card, **_about(slug, plan)) for card in found])


@blueprint.post("/relecture")
@roles(*ROLES)
def decide(slug: str) -> ResponseReturnValue:
    """Store what a person decided of one idea, or of all those worded alike."""
    plan = plan_or_none()
    if plan is None:
        return redirect(url_for("study.coding", slug=slug))
    try:
        posted = coding_posts.read(plan)
    except coding_posts.RefusedError as refusal:
        return _refuse(slug, plan, str(refusal))
    done = coding_acts.decide(
        db.session,
        g.consultation.id,
        posted.idea_ids,
        outcome=posted.outcome,
        theme_ids=[theme.id for theme in plan.themes if theme.stable_id in posted.themes],
        staff_id=g.staff.id,
        at=staff.utc_now(),
        act=posted.act,
        over_people=request.form.get("etat") == coding_choice.READ,
    )
    what = " ".join(posted.themes) or posted.outcome.value
    audit("relecture.decision", act=posted.act, ideas=done, themes=what)
    db.session.commit()
    if coding_posts.wants_json():
        return jsonify(done=done)
    return redirect(url_for("study.coding", slug=slug, **_kept(), fait=posted.act, combien=done))


@blueprint.post("/relecture/annuler")
@roles(*ROLES)
def undo_act(slug: str) -> ResponseReturnValue:
    """Take back a decision with all the ideas it held."""
    last = history.latest_done(db.session, g.consultation.id)
    done = coding_acts.undo(
        db.session,
        g.consultation.id,
        coding_posts.act(),
        staff_id=g.staff.id,
        last_run_id=last.id if last else None,
    )
    if done:
        audit("relecture.annulation", act=coding_posts.act(), ideas=done)
    db.session.commit()
    if coding_posts.wants_json():
        return jsonify(done=done)
    return redirect(url_for("study.coding", slug=slug, **_kept()))


def _refuse(slug: str, plan: Plan, sentence: str) -> ResponseReturnValue:
    if coding_posts.wants_json():
        return jsonify(error=sentence), 422
    card = coding_cards.again(plan, coding_posts.ideas(), coding_posts.chosen(plan))
    return _page(slug, coding_choice.asked(plan), card, refused=sentence), 422


def _page(slug: str, asked: Asked, card: coding_cards.Card | None, *, refused: str = "") -> str:
    done = request.args.get("combien", 0, type=int)
    return render_template(
        "study/coding.html",
        asked=asked,
        card=card,
        progress=coding_queue.progress(db.session, g.consultation.id, asked.choice),
        refused=refused,
        typed=request.form.get("autre", ""),
        undo=request.args.get("fait", "") if done else "",
        done=ngettext("%(num)s idée est relue.", "%(num)s idées sont relues.", done) if done else "",
        passed="apres" in request.args,
        begin=asked.address(),
        following=asked.address("study.next_cards"),
        **_about(slug, asked.plan),
    )


def _about(slug: str, plan: Plan) -> dict[str, object]:
    """What every card needs beside its idea."""
    return {
        "slug": slug,
        "plan": plan,
        "channels": CHANNELS,
        "decide_url": url_for("study.decide", slug=slug),
        "skip_url": _skip,
        "kept": {name: value for name in coding_choice.NAMES if (value := request.values.get(name, ""))},
        "after": request.values.get("apres", ""),
        "blind": False,
        "listed": coding_cards.LISTED,
    }


def _skip(place: str) -> str:
    return url_for("study.coding", slug=g.consultation.slug, **_kept() | {"apres": place})


def _kept() -> dict[str, Any]:
    """The choice and the place in the queue, to come back to."""
    return {name: value for name in (*coding_choice.NAMES, "apres") if (value := request.values.get(name, ""))}
