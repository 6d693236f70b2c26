"""Objectifs: the tree of the pre-project, with what the consultation says of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, url_for
from flask.typing import ResponseReturnValue

from analysis import objectives as evidenced
from analysis.briefing import Briefing
from analysis.disclosure import Shown
from analysis.material import Material
from analysis.objectives import Evidence, Goal
from analysis.objectives_words import lede, title
from analysis.reader import Reader
from analysis.remembered import remembered
from analysis.verbatims import Quoted, noted
from consult import security
from consult.copil import blueprint
from consult.copil.framing import fates, framed
from consult.copil.room import Room, enter, show
from consult.copil.views import READERS
from consult.extensions import db
from surveys import objectives as goals
from surveys.models import Coverage, Role
from surveys.objectives import Node, Tree
from surveys.words import _


@dataclass(frozen=True)
class Line:
    """One line of the tree as it is drawn: what is said of it, where, and the pistes chosen for it."""

    node: Node
    said: str
    where: str
    quoted: tuple[Quoted, ...]
    empty: bool


@blueprint.get("/objectifs")
@security.roles(*READERS)
def objectives(slug: str) -> ResponseReturnValue:
    """The ordered tree."""
    room = enter()
    return show("objectives", room, **(_objectives(room) if room.briefing else {}))


def _objectives(room: Room) -> dict[str, object]:
    tree = goals.tree(db.session, g.consultation.id)
    found, kept = gathered(room, tree)
    codes = {str(node.row.id): node for node in tree.objectives}
    numbered = [goal for goal in kept if goal.code in codes]
    actions = [action for node in tree.lines for action in node.actions]
    lines = {node.row.id: _line(node, found[str(node.row.id)], room) for node in tree.lines}
    return {
        "title": title(numbered, found, len(tree.blocs)),
        "lede": lede(
            crossing=len(tree.crossing),
            actions=len(actions),
            covered=sum(one.coverage is Coverage.COVERED for one in actions),
            uncovered=sum(one.coverage is Coverage.UNCOVERED for one in actions),
        ),
        "tree": tree,
        "lines": lines,
        "sheets_url": url_for("copil.action_sheets", slug=g.consultation.slug) if actions else "",
        "edit_url": url_for("study.objectives", slug=g.consultation.slug) if _writes() else "",
    }


def gathered(room: Room, tree: Tree) -> tuple[dict[str, Evidence], Sequence[Goal]]:
    """The evidence of each line of the tree, as the reader of the room may see it."""
    assert room.briefing is not None  # noqa: S101  too few persons are told so before
    return evidence_of(room.material, room.briefing, tree)


def evidence_of(material: Material, briefing: Briefing, tree: Tree) -> tuple[dict[str, Evidence], Sequence[Goal]]:
    """The same, as who reads the briefing may see it."""
    kept = evidenced.resolved(
        [
            Goal(str(node.row.id), node.row.label, tuple(node.row.families), tuple(node.row.themes))
            for node in tree.lines
        ],
        material.codebook,
        fates(),
    )
    reader = Reader(material, briefing.choice, briefing.k)
    frame = framed(material)
    found = remembered(
        material,
        (
            "objectives",
            briefing.choice,
            briefing.k,
            tuple(kept),
            frame.families,
            frame.sides,
            tuple(frame.claims.items()),
        ),
        lambda: evidenced.evidence(reader, briefing, kept, frame),
    )
    return found, kept


def _line(node: Node, found: Evidence, room: Room) -> Line:
    return Line(
        node=node,
        said=evidenced.words(found, room.whole.k),
        where=evidenced.places(found),
        quoted=quoted(room, node),
        empty=found.empty,
    )


def quoted(room: Room, node: Node) -> tuple[Quoted, ...]:
    """The words chosen: a person's only where their themes may be shown, and never beside who they are."""
    if not node.chosen:
        return ()
    keys = {str(key) for key in node.chosen}
    chosen = [voice for voice in room.material.only(room.choice).voices if voice.key in keys]
    lines = noted(room.material, [voice for voice in chosen if voice.meeting])
    if room.choice.age or room.choice.sexe or room.choice.public:
        return lines
    shown = _shown_themes(room)
    heard = [voice for voice in chosen if voice.person and voice.themes and voice.themes <= shown]
    return (*lines, *(Quoted(voice.text, _("réponse à un questionnaire")) for voice in heard))


def _shown_themes(room: Room) -> frozenset[str]:
    """The themes and sub-themes whose texts this reader may open."""
    briefing = room.briefing
    assert briefing is not None  # noqa: S101
    tables = (briefing.said.themes, *briefing.said.subthemes.values())
    return frozenset(row.code for table in tables for row, cell in table.column() if cell.shown is Shown.COUNT)


def _writes() -> bool:
    return bool(g.roles & {Role.LEAD, Role.ANALYST})
