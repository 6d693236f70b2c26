"""Objectifs: the tree of the pre-project, with what the consultation says of each line and what is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import behind
from analysis import objectives as evidenced
from analysis.briefing import Briefing
from analysis.followups import WORDS, FollowUp
from analysis.french import capital
from analysis.material import Material
from analysis.objectives import Evidence, Goal
from analysis.objectives_words import lede, title
from analysis.reader import Reader
from analysis.remembered import remembered
from analysis.verbatims import Quoted
from consult import followups, security
from consult.copil import blueprint, choices, texts
from consult.copil.choices import READERS
from consult.copil.framing import fates, framed
from consult.copil.room import Room, enter, show
from consult.extensions import db
from consult.residents.opening import now
from surveys import objectives as goals
from surveys.models import Coverage, Role
from surveys.objectives import Node, Tree


@dataclass(frozen=True)
class Line:
    """One line of the tree as it is drawn: what is said of it, where, the pistes chosen for it, what is done."""

    node: Node
    said: str
    #: Where its texts are read.
    url: str
    #: The lowest share by quartier then the highest, in words, each with the way to its texts.
    where: tuple[tuple[str, str], ...]
    quoted: tuple[Quoted, ...]
    empty: bool
    followed: tuple[FollowUp, ...]


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
    done, themes = followups.told(db.session, g.consultation.id), themes_of(room.material, kept)
    lines = {
        node.row.id: Line(
            node=node,
            said=capital(evidenced.words(found[code])),
            url=_texts_url(node.row.id),
            where=tuple((said, _texts_url(node.row.id, quartier=place)) for said, place in evidenced.span(found[code])),
            quoted=texts.chosen(room, node.chosen),
            empty=found[code].empty,
            followed=tuple(one for one in done if one.answers(themes[code]) and one.concerns(room.choice.quartier)),
        )
        for node in tree.lines
        for code in [str(node.row.id)]
    }
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
        "state_words": WORDS,
        "today": now().date(),
        "sheets_url": url_for("copil.action_sheets", slug=g.consultation.slug) if actions else "",
        "edit_url": url_for("study.objectives", slug=g.consultation.slug) if _writes() else "",
    }


def gathered(room: Room, tree: Tree) -> tuple[dict[str, Evidence], Sequence[Goal]]:
    """The evidence of each line of the tree, as the reader of the room may see it."""
    assert room.briefing is not None  # noqa: S101  too few persons are told so before
    return evidence_of(room.material, room.briefing, tree)


def evidence_of(material: Material, briefing: Briefing, tree: Tree) -> tuple[dict[str, Evidence], Sequence[Goal]]:
    """The same, as who reads the briefing may see it."""
    kept = resolved(material, tree)
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


def resolved(material: Material, tree: Tree) -> Sequence[Goal]:
    """The lines of the tree, with the themes that stand for theirs in the plan of this material."""
    return evidenced.resolved(
        [
            Goal(str(node.row.id), node.row.label, tuple(node.row.families), tuple(node.row.themes))
            for node in tree.lines
        ],
        material.codebook,
        fates(),
    )


def themes_of(material: Material, kept: Iterable[Goal]) -> Mapping[str, frozenset[str]]:
    """The themes that each line of the tree stands for, those of its families included."""
    frame = framed(material)
    return {goal.code: evidenced.gathered(goal, frame, material.codebook) for goal in kept}


@blueprint.get("/objectifs/<int:objective_id>/textes")
@security.roles(*READERS)
def objective_texts(slug: str, objective_id: int) -> ResponseReturnValue:
    """The contributions that support one line of the tree, never by age, sex or public."""
    room = enter(lambda _material: texts.of_texts())
    tree = goals.tree(db.session, g.consultation.id)
    node = next((node for node in tree.lines if node.row.id == objective_id), None)
    if node is None:
        abort(404)
    if room.briefing is None:
        return show("texts", room)
    found, kept = gathered(room, tree)
    goal = next(goal for goal in kept if goal.code == str(objective_id))
    material, frame = room.material.only(room.choice), framed(room.material)
    voices = [one for one in material.voices if evidenced.of(one, [goal], frame, material.codebook)]
    here = choices.kept(room.choice)
    return texts.listing(
        room,
        behind.texts(material, found[goal.code].whole, voices),
        page_url=lambda page: _texts_url(objective_id, page=page),
        back=(
            _("Revenir à l’objectif") if node.number else _("Revenir à la préoccupation"),
            url_for("copil.objectives", slug=slug, _anchor=f"objectif-{objective_id}", **here),
        ),
        title=_("%(label)s\u00a0: ce qui a été écrit et dit", label=node.row.label),
    )


def _texts_url(objective_id: int, **also: Any) -> str:
    kept = choices.kept(choices.asked_for()) | also
    return url_for("copil.objective_texts", slug=g.consultation.slug, objective_id=objective_id, **kept)


def _writes() -> bool:
    return bool(g.roles & {Role.LEAD, Role.ANALYST})
