"""The filter bar: which respondents are kept, as plain addresses, and which choices may be made at all."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import gettext as _

from analysis.briefing import Briefing
from analysis.choice_words import choice_sentence
from analysis.french import capital
from analysis.material import OF_PERSONS, WITHOUT_COPIES, Filter
from analysis.offer import Offer
from consult.copil.standing import asked_state
from consult.extensions import db
from surveys import waves
from surveys.models import Role

Choice = tuple[str, str, bool]
#: A menu of the bar: its label, whether something is chosen in it, its choices.
Group = tuple[str, bool, tuple[Choice, ...]]
FACETS = tuple(field.name for field in dataclasses.fields(Filter))
LONGEST_CHIP = 48
#: Who reads the pages of the committee.
READERS = (Role.COPIL, Role.LEAD, Role.ANALYST)
#: The facets that may stand beside a text.
OF_TEXTS = ("quartier", "canal", "copies")


@dataclass(frozen=True)
class Bar:
    """The filter bar as its template wants it: the state as a sentence, then one group of choices a facet."""

    said: str
    groups: tuple[Group, ...]
    everything: str


def asked_for() -> Filter:
    """The choice the address makes."""
    return Filter(**{field.name: request.args.get(field.name, "").strip() for field in dataclasses.fields(Filter)})


def kept(choice: Filter) -> dict[str, Any]:
    """The choice, and the state being read, as parameters of an address; what is not chosen is left out."""
    state = asked_state()
    return _chosen(choice) | ({"etat": state} if state else {})


def _chosen(choice: Filter) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(choice).items() if value}


def bar(offer: Offer, choice: Filter, *, facets: Collection[str] = FACETS) -> Bar:
    """The bar for the page being read; a group whose count is masked is not offered."""
    groups = *_groups(offer, choice, facets), *(_waves(choice) if facets == FACETS else ())
    return Bar(choice_sentence(choice), groups, _address(Filter()))


def question_group(briefing: Briefing, code: str, choice: Filter) -> Group:
    """The open questions as one more group of choices, all of them together first."""
    every = _("Toutes les questions ouvertes")
    opened = [("", every), *((one.code, f"{one.label} ({one.questionnaire})") for one in briefing.said.opened)]
    current = next((label for value, label in opened if value == code), every)
    choices = tuple((label, _question_address(value, choice), label == current) for value, label in opened)
    return textwrap.shorten(current, LONGEST_CHIP, placeholder="…"), current != every, choices


def _question_address(code: str, choice: Filter) -> str:
    asked: dict[str, Any] = {"question": code} if code else {}
    return url_for("copil.said", slug=g.consultation.slug, **kept(choice), **asked)


def _groups(offer: Offer, choice: Filter, facets: Collection[str]) -> Iterator[Group]:
    everyone: dict[str, Callable[[], str]] = {
        "quartier": lambda: _("Tous les quartiers"),
        "canal": lambda: _("Tous les canaux"),
        "public": lambda: _("Tous les publics"),
        "age": lambda: _("Tous les âges"),
        "sexe": lambda: _("Femmes et hommes"),
        "copies": lambda: _("Avec les campagnes et doublons"),
    }
    for name, values in offer.items():
        chosen: str = getattr(choice, name)
        least = 2 if name in OF_PERSONS else 1
        if name not in facets or (len(values) < least and not chosen):
            continue
        named = {WITHOUT_COPIES: _("Sans les campagnes ni les doublons")} if name == "copies" else {}
        choices = [
            (named.get(value, capital(value)), _address(dataclasses.replace(choice, **{name: value})), value == chosen)
            for value in values
        ]
        every = everyone[name]()
        choices.insert(0, (every, _address(dataclasses.replace(choice, **{name: ""})), not chosen))
        yield named.get(chosen, capital(chosen)) or every, bool(chosen), tuple(choices)


def _waves(choice: Filter) -> Iterator[Group]:
    """The same page of the other waves, with the same choice; nothing where there is none to read."""
    others = waves.beside(db.session, g.consultation, staff_id=g.staff.id, roles=READERS)
    if not others:
        return
    current = g.consultation.wave or _("Cette vague")
    before = [(one.wave or _("Vague précédente"), _address(choice, one.slug), False) for one in others if one.before]
    after = [(one.wave or _("Vague suivante"), _address(choice, one.slug), False) for one in others if not one.before]
    yield current, False, (*before, (current, _address(choice), True), *after)


def _address(choice: Filter, slug: str = "") -> str:
    """This page for another choice, or for the same of another wave, of which what is said now is not asked."""
    stay: dict[str, Any] = {
        name: request.args[name] for name in ("theme", "question", "famille") if request.args.get(name)
    }
    here = {**(request.view_args or {}), "slug": slug or g.consultation.slug}
    return url_for(request.endpoint or "copil.done", **here, **stay, **(_chosen(choice) if slug else kept(choice)))
