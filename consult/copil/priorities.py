"""Priorités: a score whose weights are in the address, how firm it is, and the choice of the committee beside."""

from __future__ import annotations

from typing import Any

from flask import flash, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import priority_words as words
from analysis.briefing import Briefing
from analysis.material import Material
from analysis.palette import day
from analysis.priority import MOST_WEIGHT, USUAL, USUAL_WEIGHT, Criterion, Priorities, Weights, priorities
from analysis.priority_links import linkable, settled
from consult import security
from consult.copil import addresses, blueprint, figures
from consult.copil.choices import READERS, asked_for, kept
from consult.copil.room import Room, enter, show
from consult.extensions import db
from consult.study.auditing import audit
from surveys import priorities as store
from surveys import staff
from surveys.models import Role
from surveys.priorities import MOST_CHOSEN, ChoiceError, Chosen


@blueprint.get("/priorites")
@security.roles(*READERS)
def ranked(slug: str) -> ResponseReturnValue:
    """Themes by score, the weights of the address applied."""
    return _page(enter())


@blueprint.post("/priorites")
@security.roles(Role.LEAD)
def choose(slug: str) -> ResponseReturnValue:
    """Write down what the committee chose; the person who conducts the consultation holds the pen."""
    room = enter()
    themes = [theme for theme in request.form.getlist("theme") if theme]
    note = request.form.get("remarque", "").strip()
    try:
        store.choose(
            db.session,
            g.consultation.id,
            themes=themes,
            note=note,
            known={root.id for root in room.material.codebook.roots()},
            staff_id=g.staff.id,
            at=staff.utc_now(),
        )
    except ChoiceError as refusal:
        db.session.rollback()
        return make_response(_page(room, refused=str(refusal), themes=themes, note=note), 422)
    audit("copil.priorites", themes=len(themes))
    db.session.commit()
    flash(_("Le choix du comité est enregistré."), "success")
    here: dict[str, Any] = {**kept(asked_for()), **_said(_weights())}
    return redirect(url_for("copil.ranked", slug=slug, _anchor="comite", **here))


def _page(room: Room, *, refused: str = "", themes: list[str] | None = None, note: str = "") -> ResponseReturnValue:
    if room.briefing is None:
        return show("priorities", room)
    chosen = store.chosen(db.session, g.consultation.id)
    return show(
        "priorities",
        room,
        **_drawn(room, room.briefing, chosen),
        **_committee(room, chosen),
        refused=refused,
        asked_themes=themes or [],
        asked_note=note,
    )


def placed(material: Material, briefing: Briefing, weights: Weights = USUAL) -> Priorities:
    """The themes by score, each option speaking of the theme that the team settled or that its words name."""
    kept_links = store.links(db.session, g.consultation.id)
    return priorities(briefing, settled(briefing.said.closed, material.codebook, kept_links), weights)


def _drawn(room: Room, briefing: Briefing, chosen: list[Chosen]) -> dict[str, object]:
    weights = _weights()
    found = placed(room.material, briefing, weights)
    rows = figures.ranked(briefing.said.themes)
    return {
        "title": words.title(found),
        "lede": words.lede(found),
        "found": found,
        "words": words,
        "changes": words.changes(found),
        "marks": {row.axis.code: row.whole for row in rows},
        "places": len(found.placed),
        "sliders": [(one, words.name(one), words.meaning(one), weights[one]) for one in _sliders(found)],
        "most_weight": MOST_WEIGHT,
        "moved": weights != USUAL,
        "kept_fields": kept(asked_for()),
        "usual_url": url_for("copil.ranked", slug=g.consultation.slug, **kept(asked_for())),
        "texts_url": addresses.texts,
        "chosen_places": {theme: rank for rank, theme in enumerate(chosen[0].themes, start=1)} if chosen else {},
        "places_of": {one.theme.code: words.ordinal(one.place) for one in found.placed},
        "linkable": bool(linkable(briefing.said.closed)),
        "may_link": bool(g.get("roles", frozenset()) & {Role.LEAD, Role.ANALYST}),
        "cautions": figures.cautions_in(rows),
    }


def _sliders(found: Priorities) -> tuple[Criterion, ...]:
    return found.measured or (Criterion.FREQUENCY,)


def _committee(room: Room, chosen: list[Chosen]) -> dict[str, object]:
    roots = [(root.id, root.label) for root in room.material.codebook.roots()]
    labels = dict(roots)
    return {
        "choices": [
            (day(one.at.date()), one.by, [(theme, labels.get(theme, theme)) for theme in one.themes], one.note)
            for one in chosen
        ],
        "roots": roots,
        "most_chosen": min(MOST_CHOSEN, len(roots)),
        "may_choose": Role.LEAD in g.get("roles", frozenset()),
    }


def _weights() -> Weights:
    """The weights of the address; what is not a weight counts as usual."""
    return {one: _weight(request.args.get(f"p-{one.value}", "")) for one in Criterion}


def _weight(written: str) -> int:
    known = written.isascii() and written.isdigit() and len(written) < 3 and int(written) <= MOST_WEIGHT
    return int(written) if known else USUAL_WEIGHT


def _said(weights: Weights) -> dict[str, int]:
    return {f"p-{one.value}": weight for one, weight in weights.items() if weight != USUAL_WEIGHT}
