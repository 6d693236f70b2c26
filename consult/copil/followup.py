"""Suites données, as the committee reads them: what is kept, late or missing, and from what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from analysis import followups as words
from analysis.followups import FollowUp, Progress
from analysis.tables import Axis
from consult import followups, security
from consult.copil import addresses, blueprint, choices, objectives, texts
from consult.copil.choices import READERS
from consult.copil.room import Room, enter, pages
from consult.copil.standing import banner
from consult.extensions import db
from consult.filters import day
from consult.followup_choice import Chosen, choose
from consult.residents.opening import now
from surveys import followup_listing
from surveys import objectives as goals

_ORDER = list(words.Stage)


@dataclass(frozen=True)
class Group:
    """The follow-ups of one first-level theme; `code` is "" for those under none, `said` leads to its texts."""

    code: str
    label: str
    colour: str
    said: str
    rows: tuple[FollowUp, ...]


@blueprint.get("/suites")
@security.roles(*READERS)
def follow_up(slug: str) -> ResponseReturnValue:
    """The progress of the promises, then each of them with who answers for it."""
    room, today = enter(), now().date()
    every = followups.told(db.session, g.consultation.id)
    chosen = choose(every, today, endpoint="copil.follow_up", also=choices.kept(room.choice))
    progress = words.progress(chosen.kept, today)
    missing = _missing(every, room)
    return render_template(
        "copil/followup.html",
        title=words.title(progress),
        lede=words.lede(progress),
        missing=_links(missing),
        missing_words=words.unanswered_words(missing),
        pages=pages(room.choice),
        banner=banner(room.stood),
        chosen=chosen,
        said=_said(chosen),
        progress=progress,
        groups=_groups(chosen.kept, room, today),
        quoted={one.key: texts.chosen(room, one.sources, places=one.quartiers) for one in chosen.kept},
        aims=_aims(chosen.kept, room),
        by_place=_by_place(every, room.material.quartiers, today),
        state_words=words.WORDS,
        today=today,
        foot=_foot(),
    )


def _foot() -> str:
    written = followup_listing.last_change(db.session, g.consultation.id)
    if written is None:
        return ""
    return str(_("Suites écrites par l’équipe, mises à jour le %(day)s.", day=day(written)))


def _aims(found: Sequence[FollowUp], room: Room) -> dict[int, list[tuple[str, str]]]:
    """The lines of the tree that each follow-up serves, with the way to them."""
    tree = goals.tree(db.session, g.consultation.id)
    themes = objectives.themes_of(room.material, objectives.resolved(room.material, tree))
    here = choices.kept(room.choice)
    lines = [
        (
            f"{node.number}. {node.row.label}" if node.number else node.row.label,
            url_for("copil.objectives", slug=g.consultation.slug, _anchor=f"objectif-{node.row.id}", **here),
            themes[str(node.row.id)],
        )
        for node in tree.lines
    ]
    return {one.key: [(label, url) for label, url, own in lines if one.answers(own)] for one in found}


def _missing(every: Sequence[FollowUp], room: Room) -> list[Axis]:
    """The first themes of the choice that nothing answers there; none is told where the choice keeps too few."""
    if room.briefing is None:
        return []
    place = room.choice.quartier
    return words.unanswered(room.briefing.said.themes, [one for one in every if one.concerns(place)])


def _links(missing: Sequence[Axis]) -> list[tuple[Axis, str]]:
    return [(row, addresses.texts(row.code)) for row in missing]


def _said(chosen: Chosen) -> str:
    return str(
        ngettext(
            "%(num)s suite sur %(total)s\u00a0: %(said)s.",
            "%(num)s suites sur %(total)s\u00a0: %(said)s.",
            len(chosen.kept),
            total=chosen.total,
            said=chosen.said,
        )
    )


def _groups(found: Sequence[FollowUp], room: Room, today: dt.date) -> list[Group]:
    """By theme, those with the most follow-ups first, under none last; in each the late ones first."""
    by_root: dict[str, list[FollowUp]] = {}
    for one in found:
        by_root.setdefault(one.root, []).append(one)
    ordered = sorted(by_root.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0]))
    return [_group(root, rows, room, today) for root, rows in ordered]


def _group(root: str, rows: Sequence[FollowUp], room: Room, today: dt.date) -> Group:
    book = room.material.codebook
    theme = book.get(root) if root in book else None
    named = followups.themes_named(db.session, g.consultation.id).get(root)
    ranked = sorted(rows, key=lambda one: (not one.is_late(today), _ORDER.index(one.stage), one.due_on or dt.date.max))
    return Group(
        root,
        theme.label if theme else named.label if named else "",
        theme.colour if theme else named.colour if named else "",
        addresses.texts(root) if theme else "",
        tuple(ranked),
    )


def _by_place(found: Sequence[FollowUp], places: Sequence[str], today: dt.date) -> list[tuple[str, Progress]]:
    """How far the promises of each quartier are kept, those of the whole territory first."""
    rows = [(_("Tout le territoire"), [one for one in found if not one.quartiers])]
    rows += [(place, [one for one in found if place in one.quartiers]) for place in places]
    return [(str(place), words.progress(own, today)) for place, own in rows]
