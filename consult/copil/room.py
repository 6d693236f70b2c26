"""One reading of a consultation for one page: the material, and what of it this reader may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import sentences
from analysis.briefing import Briefing, brief
from analysis.material import Filter, Material
from analysis.offer import Offer, may_be_made, offered
from analysis.remembered import remembered
from consult.copil import choices
from consult.copil.kept import load
from consult.copil.material import Loaded
from consult.copil.standing import Standing, banner, standing
from consult.extensions import db


@dataclass(frozen=True)
class Room:
    """`whole` is the briefing of everyone, with or without copies, `briefing` that of the choice.

    It is None when the choice keeps too few.
    """

    material: Material
    choice: Filter
    offer: Offer
    stood: Standing
    whole: Briefing
    briefing: Briefing | None


def enter(choose: Callable[[Material], Filter] = lambda _material: choices.asked_for()) -> Room:
    """Read the consultation of the address and brief the choice of the address, or the one a page makes itself."""
    stood = standing()
    loaded = load(db.session, g.consultation, frozen=stood.version)
    material, choice, k = loaded.material, choose(loaded.material), g.consultation.k_copil
    offer, allowed = offered(material, choice, k=k), may_be_made(material, choice, k=k)
    everyone = Filter(copies=choice.copies if allowed else "")
    whole = _briefed(loaded, everyone, choice, k)
    if choice == everyone:
        return Room(material, choice, offer, stood, whole, whole)
    chosen = _briefed(loaded, choice, choice, k) if allowed else None
    return Room(material, choice, offer, stood, whole, chosen if chosen and chosen.done.persons >= k else None)


def _briefed(loaded: Loaded, choice: Filter, quoted: Filter, k: int) -> Briefing:
    """The briefing of a choice, with the quotations of another, made once for what was read."""

    def make() -> Briefing:
        return brief(loaded.material, k=k, choice=choice, extracts=loaded.quotes(quoted))

    return remembered(loaded.material, ("briefing", choice, quoted, k), make)


def show(template: str, room: Room, **values: object) -> ResponseReturnValue:
    """Draw a page of the room; a choice that keeps too few persons is told so and shown nothing."""
    facets = choices.OF_TEXTS if template in ("verbatims", "texts") else choices.FACETS
    common = {
        "room": room,
        "k": room.whole.k,
        "pages": pages(room.choice),
        "banner": banner(room.stood),
        "bar": choices.bar(room.offer, room.choice, facets=facets),
        "kept": choices.kept(room.choice),
        "deck_url": deck_url(room.choice),
    }
    if room.briefing is None:
        return render_template("copil/too_few.html", **common)
    return render_template(
        f"copil/{template}.html", briefing=room.briefing, foot=sentences.foot(room.briefing), **common, **values
    )


def pages(choice: Filter) -> list[tuple[str, str, bool]]:
    """The pages that exist, as items of the navigation; the choice follows the reader."""
    plan = (
        (_("Ce qui a été fait"), "copil.done", ("copil.done",)),
        (_("Ce qui a été dit"), "copil.said", ("copil.said", "copil.verbatims")),
        (_("Par quartier"), "copil.quartiers", ("copil.quartiers", "copil.quartier")),
        (_("Par canal et par public"), "copil.channels", ("copil.channels",)),
        (_("Besoins et pistes"), "copil.needs", ("copil.needs", "copil.needs_texts")),
        (_("Objectifs"), "copil.objectives", ("copil.objectives", "copil.objective_texts")),
        (_("Priorités"), "copil.ranked", ("copil.ranked",)),
        *(((_("D’une vague à l’autre"), "copil.waves", ("copil.waves",)),) if g.consultation.wave_of_id else ()),
        (_("Suites données"), "copil.follow_up", ("copil.follow_up",)),
        (_("Emporter"), "copil.files", ("copil.files",)),
    )
    kept = choices.kept(choice)
    return [
        (label, url_for(endpoint, slug=g.consultation.slug, **kept), request.endpoint in within)
        for label, endpoint, within in plan
    ]


def deck_url(choice: Filter) -> str:
    """Where the deck of this choice is downloaded; "" when this installation writes none."""
    if "copil.deck" not in current_app.view_functions or not find_spec("analysis.report.deck"):
        return ""
    return url_for("copil.deck", slug=g.consultation.slug, **choices.kept(choice))
