"""Which ideas a reader asked to read again: the address says it, and a sentence repeats it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from consult.converters import LARGEST_KEY
from consult.extensions import db
from consult.study.plan import Plan
from surveys.coding_queue import After, Choice
from surveys.labels import CHANNELS
from surveys.models import Channel, Meeting, Outcome, Place

#: What an address may ask beside the place in the queue.
NAMES = ("theme", "quartier", "canal", "rencontre", "etat")
WITHOUT = {"a-classer": Outcome.UNCLASSIFIED, "sans-avis": Outcome.NO_OPINION}
READ = "relues"
Group = tuple[str, bool, list[tuple[str, str, bool]]]
Known = TypeVar("Known")


@dataclass(frozen=True)
class Asked:
    """A choice, the values of the address that make it, and the menus that change it."""

    choice: Choice
    values: dict[str, str]
    places: Sequence[Place]
    meetings: Sequence[Meeting]
    plan: Plan

    @property
    def said(self) -> str:
        """The choice as a sentence."""
        read = _("Idées déjà relues") if self.choice.read else _("Idées que personne n’a relues")
        where = ", ".join(label for label, _on, _all in self.groups()[:-1])
        sentence: str = _("%(what)s : %(where)s.", what=read, where=where)
        return sentence

    def groups(self) -> list[Group]:
        """The menus of the filter bar."""
        return [
            self._menu("theme", _("tous les thèmes"), self._themes()),
            self._menu("quartier", _("tous les quartiers"), [(one.slug, one.name) for one in self.places]),
            self._menu("canal", _("tous les canaux"), self._channels()),
            self._menu("rencontre", _("toutes les rencontres"), [(str(one.id), one.title) for one in self.meetings]),
            self._menu("etat", _("à relire"), [(READ, _("déjà relues"))]),
        ]

    def _themes(self) -> list[tuple[str, str]]:
        named = [(theme.stable_id, theme.label) for theme in self.plan.themes]
        return [*named, ("a-classer", _("À classer")), ("sans-avis", _("Sans avis"))]

    def _channels(self) -> list[tuple[str, str]]:
        used = {*g.consultation.channels, Channel.MEETING.value}
        return [(channel.value, label) for channel, label in CHANNELS.items() if channel.value in used]

    def _menu(self, name: str, everything: str, options: list[tuple[str, str]]) -> Group:
        now = self.values.get(name, "")
        label = next((label for value, label in options if value == now), everything)
        choices = [(everything.capitalize(), "", not now), *((label, value, value == now) for value, label in options)]
        return label, bool(now), [(label, self.address(**{name: value}), on) for label, value, on in choices]

    def address(self, endpoint: str = "study.coding", **changed: str) -> str:
        """The address of this choice, or of another one value away."""
        kept: dict[str, Any] = {key: one for key, one in (self.values | changed).items() if one}
        return url_for(endpoint, slug=g.consultation.slug, **kept)


def asked(plan: Plan) -> Asked:
    """What the address of this request asks for; a value that names nothing of this consultation is 404."""
    values = {name: value for name in NAMES if (value := request.values.get(name, ""))}
    places = db.session.scalars(
        select(Place).where(Place.consultation_id == g.consultation.id).order_by(Place.position, Place.id)
    ).all()
    meetings = db.session.scalars(
        select(Meeting).where(Meeting.consultation_id == g.consultation.id).order_by(Meeting.day, Meeting.id)
    ).all()
    theme = values.get("theme", "")
    if theme and theme not in WITHOUT and theme not in plan.parents:
        abort(404)
    choice = Choice(
        themes=() if not theme or theme in WITHOUT else (theme, *plan.below(theme)),
        outcome=WITHOUT.get(theme),
        place_id=_known(values.get("quartier"), {one.slug: one.id for one in places}),
        channel=_known(values.get("canal"), {one.value: one for one in Channel}),
        meeting_id=_known(values.get("rencontre"), {str(one.id): one.id for one in meetings}),
        read=_known(values.get("etat"), {READ: True}) or False,
    )
    return Asked(choice, values, places, meetings, plan)


def after() -> After | None:
    """Where in the queue the address begins; None for its beginning, and for what is no place."""
    value, _sign, idea_id = request.values.get("apres", "").partition("_")
    try:
        return After(float(value), min(int(idea_id), LARGEST_KEY)) if idea_id[:20].isdecimal() else None
    except ValueError:
        return None


def written(place: After) -> str:
    """A place in the queue as an address says it."""
    return f"{place.value!r}_{place.idea_id}"


def _known(value: str | None, known: dict[str, Known]) -> Known | None:
    if not value:
        return None
    if value not in known:
        abort(404)
    return known[value]
