"""The navigation of a consultation: the pages its reader may open, put away by phase of the work when they are many."""

from __future__ import annotations

from itertools import groupby

from flask import g
from flask_babel import gettext as _

from consult.manage.doors import RESIDENTS, Door, doors

#: A page: its label, its address, whether it is being read.
Item = tuple[str, str, bool]
#: As many pages as a line holds.
MOST = 7

_COLLECTING = frozenset(("field.meetings", "entry.hub", "imports.home"))
_STUDYING = frozenset(
    (
        *("study.runs", "study.themes", "study.coding", "study.quality"),
        *("study.twin_groups", "study.masking_queue", "study.frozen_versions"),
    )
)
_DECIDING = frozenset(("study.families", "study.follow_ups", "study.restituted"))


def room_menus() -> list[Item | tuple[str, list[Item]]]:
    """The pages of the consultation being read, some of them behind the name of their phase."""
    if "consultation" not in g:
        return []
    # The residents' page has no way back to those of the team: it is a door, not a place of this navigation.
    pages = [door for door in doors(g.consultation, g.roles) if door.endpoint != RESIDENTS]
    if len(pages) <= MOST:
        return [_item(door) for door in pages]
    found: list[Item | tuple[str, list[Item]]] = []
    for phase, group in groupby(pages, key=_phase):
        items = [_item(door) for door in group]
        found += [(phase, items)] if phase and len(items) > 1 else items
    return found


def _item(door: Door) -> Item:
    return door.label, door.url, door.current


def _phase(door: Door) -> str:
    phases = ((_COLLECTING, _("Recueillir")), (_STUDYING, _("Analyser")), (_DECIDING, _("Décider et rendre compte")))
    return next((name for pages, name in phases if door.endpoint in pages), "")
