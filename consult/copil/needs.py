"""Besoins et pistes: what was said as a need beside the families of the actions proposed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flask import abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from analysis import behind
from analysis import needs_words as words
from analysis.families import Frame
from analysis.material import Filter
from analysis.needs import NEEDS, Crossing, crossing, within
from analysis.reader import Reader
from analysis.remembered import remembered
from analysis.tables import TOTAL, Axis
from consult import security
from consult.copil import addresses, blueprint, choices, figures, texts
from consult.copil.choices import READERS
from consult.copil.framing import framed
from consult.copil.room import Room, enter, show
from surveys.models import Role

#: From how many lines of rencontres each step of the hue is used.
TINTS = ((1, 1), (3, 2), (6, 3), (10, 4))


@dataclass(frozen=True)
class Row:
    """A need with its cells, one a family then all of them; `state` says whether anything answers it."""

    axis: Axis
    need: figures.Mark
    cells: tuple[tuple[Axis, figures.Mark], ...]


@blueprint.get("/besoins")
@security.roles(*READERS)
def needs(slug: str) -> ResponseReturnValue:
    """Needs × families of actions."""
    room = enter()
    return show("needs", room, **(_needs(room) if room.briefing else {}))


def _needs(room: Room) -> dict[str, object]:
    frame = framed(room.material)
    crossed = _crossing(room, frame)
    rows = [row for row in _rows(crossed) if _raised(row.need)]
    return {
        "title": words.title(crossed, chosen=room.choice != Filter(copies=room.choice.copies)),
        "lede": words.lede(crossed),
        "crossed": crossed,
        "columns": [
            (column, figures.mark(crossed.families.cell(column.code))) for column in crossed.table.columns[1:-1]
        ],
        "rows": rows,
        "cautions": _cautions(rows),
        "waiting": words.without_action(crossed),
        "written": words.only_written(crossed),
        "unneeded": words.without_need(crossed),
        "leaning": [words.leaning_words(one) for one in words.leaning_to_actions(crossed)],
        "lost": words.lost(crossed),
        "asked": [one for one in room.material.open if one.code in frame.sides.actions],
        "cell_url": _cell_url,
        "texts_url": addresses.texts,
        "edit_url": _edit_url(),
        "tint": _tint,
        "scale": _scale(),
    }


def _crossing(room: Room, frame: Frame) -> Crossing:
    assert room.briefing is not None  # noqa: S101  too few persons are told so before
    briefing, reader = room.briefing, Reader(room.material, room.choice, room.whole.k)
    key = ("needs", room.choice, reader.k, frame.families, frame.sides, (*frame.claims.items(),))
    return remembered(room.material, key, lambda: crossing(reader, briefing, frame))


def _rows(crossed: Crossing) -> list[Row]:
    table = crossed.table
    answers = [column for column in table.columns if column.code != NEEDS]
    return [
        Row(
            row,
            figures.mark(table.cell(row.code, NEEDS)),
            tuple((column, figures.mark(table.cell(row.code, column.code))) for column in answers),
        )
        for row in table.rows
    ]


def _tint(lines: int) -> int:
    """The step of the hue for a number of lines; the first for what persons alone wrote."""
    return max((step for least, step in TINTS if lines >= least), default=1)


def _scale() -> list[tuple[int, str]]:
    """Each step in words."""
    least = [first for first, _step in TINTS]
    spans = [_("%(low)s ou %(top)s", low=1, top=2)]
    spans += [_("%(low)s à %(top)s", low=low, top=top - 1) for low, top in pairwise(least[1:])]
    spans.append(_("%(low)s et plus", low=least[-1]))
    return [(step, words) for (_least, step), words in zip(TINTS, spans, strict=True)]


def _raised(mark: figures.Mark) -> bool:
    return mark.state in ("count", "masked") or bool(mark.lines)


def _cautions(rows: list[Row]) -> list[tuple[str, str]]:
    """Each letter met in the table, with its meaning."""
    asked = [figures.Row(row.axis, row.need, row.cells) for row in rows]
    return figures.cautions_in(asked)


def _cell_url(need: str, family: str) -> str:
    return _texts_url(need, "" if family == TOTAL else family)


def _edit_url() -> str:
    """Where the families are written, for those who write them."""
    writes = g.roles & {Role.LEAD, Role.ANALYST}
    return url_for("study.families", slug=g.consultation.slug) if writes else ""


@blueprint.get("/besoins/textes", endpoint="needs_texts")
@security.roles(*READERS)
def needs_texts_of(slug: str) -> ResponseReturnValue:
    """The pistes of one cell, never by age, sex or public."""
    room = enter(lambda _material: texts.of_texts())
    frame = framed(room.material)
    need, family = request.args.get("theme", ""), request.args.get("famille", "")
    known = {one.code: one.label for one in frame.families}
    if need not in {theme.id for theme in room.material.codebook.roots()} or (family and family not in known):
        abort(404)
    if room.briefing is None:
        return show("texts", room)
    kept, book = room.material.only(room.choice), room.material.codebook
    voices = [one for one in kept.voices if within(one, frame, book, need=need, family=family)]
    return texts.listing(
        room,
        behind.texts(kept, _crossing(room, frame).table.cell(need, family or TOTAL), voices),
        page_url=lambda page: _texts_url(need, family, page),
        back=(_("Revenir au tableau"), url_for("copil.needs", slug=slug, **choices.kept(room.choice))),
        title=_("%(need)s\u00a0: les pistes d’action", need=book.get(need).label),
        about=_("Famille : %(family)s", family=known[family]) if family else "",
        colour=book.get(need).colour,
    )


def _texts_url(need: str, family: str, page: int | None = None) -> str:
    chosen = choices.kept(choices.asked_for())
    return url_for(
        "copil.needs_texts", slug=g.consultation.slug, theme=need, famille=family or None, page=page, **chosen
    )
