"""Ce qui a été fait: who answered, beside who lives there, when, and the rencontres that were held."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, url_for
from flask.typing import ResponseReturnValue

from analysis import charts, findings, makeup_words
from analysis.briefing import Briefing
from analysis.disclosure import Published
from analysis.makeup import FAR_POINTS, Group, Makeup, makeups
from analysis.palette import day, number
from analysis.reader import Reader
from consult import security
from consult.copil import addresses, blueprint, figures, margins
from consult.copil.choices import READERS
from consult.copil.dots import Line, Scale, scale
from consult.copil.room import Room, enter, show
from surveys.models import Role


@dataclass(frozen=True)
class Beside:
    """Respondents and population on one scale: each facet, its groups if compared, and how many are in none."""

    facets: tuple[tuple[Makeup, tuple[tuple[Group, Line], ...], int | None], ...]
    scale: Scale


@blueprint.get("/")
@security.roles(*READERS)
def done(slug: str) -> ResponseReturnValue:
    """Ce qui a été fait, for the choice being read."""
    room = enter()
    return show("done", room, **(_done(room, room.briefing) if room.briefing else {}))


def _done(room: Room, briefing: Briefing) -> dict[str, object]:
    done, known = briefing.done, margins.known(g.consultation.id)
    found = makeups(Reader(room.material, room.choice, briefing.k), known)
    return {
        "title": findings.done_title(briefing),
        "lede": findings.done_lede(briefing),
        "heard": findings.heard_title(briefing),
        "profiles": _profiles(briefing, {one.margin.facet for one in found if one.compared}),
        "beside": _beside(found, done.persons) if any(one.compared for one in found) else None,
        "makeups": found,
        "words": makeup_words,
        "far": FAR_POINTS,
        "known": known,
        "margins_url": url_for("manage.margins", slug=g.consultation.slug) if Role.LEAD in g.roles else "",
        "timeline": charts.timeline(done.timeline),
        "timeline_title": findings.timeline_title(done.timeline),
        "meetings_title": findings.meetings_title(done.meetings),
        "days": [(day(date), number(count)) for date, count in done.timeline],
        "kind_beside": findings.kind_beside,
        "profile_title": findings.profile_title,
        "ranked": figures.ranked,
        "base": figures.base,
        "narrow": addresses.narrow(room.offer),
    }


def _profiles(briefing: Briefing, compared: set[str]) -> list[tuple[str, Published]]:
    """The profiles that no margin stands beside."""
    profiles = (("age", briefing.done.by_age), ("sexe", briefing.done.by_sex))
    return [(facet, table) for facet, table in profiles if facet not in compared]


def _beside(found: tuple[Makeup, ...], persons: int) -> Beside:
    compared = [group for one in found if one.compared for group in one.groups]
    drawn = scale([share for group in compared for share in (group.share, group.population)])
    facets = tuple((one, _lines(one, drawn), None if one.base is None else persons - one.base) for one in found)
    return Beside(facets, drawn)


def _lines(one: Makeup, drawn: Scale) -> tuple[tuple[Group, Line], ...]:
    groups = one.groups if one.compared else ()
    return tuple((group, drawn.line(((group.share, "disc"), (group.population, "ring")))) for group in groups)
