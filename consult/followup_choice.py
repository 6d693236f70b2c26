"""Which follow-ups a list shows: the address says it, and a sentence repeats it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext as _

from analysis.followups import WORDS, FollowUp

LATE = "retard"
NAMES = ("statut", "quartier", "theme")
Group = tuple[str, bool, list[tuple[str, str, bool]]]


@dataclass(frozen=True)
class Chosen:
    """The follow-ups kept, and the menus that keep others."""

    kept: list[FollowUp]
    total: int
    said: str
    groups: list[Group]
    values: dict[str, str]


def choose(
    found: Sequence[FollowUp], today: dt.date, *, endpoint: str, also: Mapping[str, str] | None = None
) -> Chosen:
    """Read the choice of the address; what it names that nothing has keeps nothing, and the menus say so.

    ``also`` is what every address of the menus says beside.
    """
    values = {name: request.args[name] for name in NAMES if request.args.get(name)}
    beside = {name: value for name, value in (also or {}).items() if name not in NAMES}
    menus = [_menu(name, every, offered, values, (endpoint, beside)) for name, every, offered in _offers(found, today)]
    kept = [one for one in found if _is_kept(one, values, today)]
    return Chosen(kept, len(found), ", ".join(label for label, _on, _all in menus), menus, values)


def _is_kept(one: FollowUp, values: dict[str, str], today: dt.date) -> bool:
    state, place, theme = (values.get(name, "") for name in NAMES)
    stands = not state or one.stage.value == state or (state == LATE and one.is_late(today))
    return one.concerns(place) and stands and theme in ("", one.root, one.theme)


def _offers(found: Sequence[FollowUp], today: dt.date) -> list[tuple[str, str, list[tuple[str, str]]]]:
    stages = [(stage.value, words) for stage, words in WORDS.items() if any(one.stage is stage for one in found)]
    late = [(LATE, _("en retard"))] if any(one.is_late(today) for one in found) else []
    places = sorted({place for one in found for place in one.quartiers})
    roots: dict[str, str] = {}
    for one in found:
        if one.theme == one.root and one.label:
            roots[one.root] = one.label
        elif one.label:
            roots.setdefault(one.root, one.label)
    themes = sorted(roots.items(), key=lambda pair: pair[1])
    return [
        ("statut", _("tous les états"), stages + late),
        ("quartier", _("tous les quartiers"), [(place, place) for place in places]),
        ("theme", _("tous les thèmes"), themes),
    ]


def _menu(
    name: str, every: str, offered: list[tuple[str, str]], values: dict[str, str], page: tuple[str, Mapping[str, str]]
) -> Group:
    chosen = values.get(name, "")
    label = dict(offered).get(chosen, chosen) or every
    choices = [("", every), *offered]
    return (
        label,
        bool(chosen),
        [(text, _address(values, name, value, page), value == chosen) for value, text in choices],
    )


def _address(values: dict[str, str], name: str, value: str, page: tuple[str, Mapping[str, str]]) -> str:
    endpoint, beside = page
    kept = {key: text for key, text in values.items() if key != name} | ({name: value} if value else {})
    return url_for(endpoint, slug=g.consultation.slug, **beside, **kept)  # type: ignore[arg-type]
