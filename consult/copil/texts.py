"""The texts behind one figure, a page at a time, and those chosen one by one; never by age, sex or public."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import behind
from analysis.behind import Behind
from analysis.disclosure import Published, Shown
from analysis.french import capital
from analysis.material import Filter
from analysis.tables import TOTAL
from analysis.verbatims import Quoted, noted
from consult.copil import choices
from consult.copil.room import Room, show

PER_PAGE = 30


def of_texts() -> Filter:
    """The choice of the address, without what no text may stand beside."""
    return replace(choices.asked_for(), public="", age="", sexe="")


def listing(
    room: Room, found: Behind, *, page_url: Callable[[int], str], back: tuple[str, str], title: str, **values: object
) -> ResponseReturnValue:
    """The page of these texts; `back` is what it says to go back to, and its address."""
    pages = max(1, -(-len(found.texts) // PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    said = behind.told(found.cell)
    return show(
        "texts",
        room,
        title=title,
        lede=f"{capital(said)}." if said else _("Personne n’en a parlé."),
        found=found,
        texts=found.texts[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        last=pages,
        page_url=page_url,
        back=back,
        unused=choices.asked_for() != room.choice,
        **values,
    )


def chosen(room: Room, keys: Collection[int], *, places: Collection[str] = ()) -> tuple[Quoted, ...]:
    """The contributions chosen: a person's only where their themes may be shown, and never beside who they are.

    `places` are named beside them: a reader would take the words for those of somebody there.
    """
    if not keys or room.briefing is None:
        return ()
    names = {str(key) for key in keys}
    voices = [voice for voice in room.material.only(room.choice).voices if voice.key in names]
    lines = noted(room.material, [voice for voice in voices if voice.meeting])
    if room.choice.age or room.choice.sexe or room.choice.public:
        return lines
    shown = _shown((room.briefing.said.themes, *room.briefing.said.subthemes.values()))
    for place in places:
        shown &= _shown((room.whole.by_quartier, *room.whole.by_quartier_detail.values()), place)
    heard = [voice for voice in voices if voice.person and voice.themes and voice.themes <= shown]
    return (*lines, *(behind.written(voice) for voice in heard))


def _shown(tables: Iterable[Published], column: str = TOTAL) -> frozenset[str]:
    """The themes and sub-themes whose persons are shown in a column; none where it is in no table."""
    return frozenset(
        theme
        for table in tables
        for (theme, where), cell in table.cells.items()
        if where == column and cell.shown is Shown.COUNT
    )
