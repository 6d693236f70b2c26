"""The families of actions of the consultation being read, on the plan that its figures are made with."""

from __future__ import annotations

from collections.abc import Iterable

from flask import g

from analysis.briefing import Briefing
from analysis.families import Family, Frame, Sides, asks_for_actions, frame
from analysis.material import Material, Open
from analysis.needs import Crossing, crossing
from analysis.reader import Reader
from analysis.waves import Fate
from consult.extensions import db
from surveys import objectives_families, read
from surveys.labels import LINE_KINDS
from surveys.models import Aim, LineKind
from surveys.objectives_families import FamilyRow

NEED_KINDS = frozenset(LINE_KINDS[kind] for kind in (LineKind.NEED, LineKind.FACT, LineKind.WATCH))
ACTION_KINDS = frozenset({LINE_KINDS[LineKind.ACTION]})


def aims(opened: Iterable[Open]) -> dict[str, Aim]:
    """What each open question asks for."""
    guessed = {one.code: Aim.ACTIONS if asks_for_actions(one.label) else Aim.NEEDS for one in opened}
    return objectives_families.aims(objectives_families.project(db.session, g.consultation.id), guessed)


def rows(material: Material) -> list[FamilyRow]:
    """The families the team wrote, or those proposed."""
    roots = [(theme.id, theme.label) for theme in material.codebook.roots()]
    return objectives_families.families(objectives_families.project(db.session, g.consultation.id), roots)


def framed(material: Material) -> Frame:
    """The families and the sides of a material, frozen or not."""
    asked = aims(material.open)
    sides = Sides(
        action_kinds=ACTION_KINDS,
        need_kinds=NEED_KINDS,
        actions=frozenset(code for code, aim in asked.items() if aim is Aim.ACTIONS),
        neither=frozenset(code for code, aim in asked.items() if aim is Aim.NEITHER),
    )
    families = [Family(one.code, one.label, one.themes) for one in rows(material)]
    return frame(families, sides, material.codebook, fates())


def crossed(material: Material, briefing: Briefing) -> Crossing:
    """Needs and actions as who reads the briefing may see them."""
    return crossing(Reader(material, briefing.choice, briefing.k), briefing, framed(material))


def fates() -> dict[str, Fate]:
    """What became of each theme of the plan."""
    return {
        row.stable_id: Fate(row.label, row.retired, row.merged_into, row.split_from)
        for row in read.fates(db.session, g.consultation.id)
    }
