"""The page of a rencontre: what it was, and the rows of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import g, make_response, render_template
from flask.wrappers import Response

from consult.extensions import db
from consult.field.rows import Row, blank
from consult.field.words import KEYS, key_words
from surveys import photos, workshops
from surveys.labels import LINE_KINDS, MANAGERS, MEETING_KINDS, SPEAKERS, WORDINGS
from surveys.models import Meeting, MeetingKind, Place

BLANK_ROWS = 5
#: Only where a point of a walk may be noted may the page ask where it is.
MAY_LOCATE = "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"


def page(meeting: Meeting, places: Sequence[Place], rows: Sequence[Row], *, status: int = 200) -> Response:
    """The sheet of a stored rencontre."""
    own = workshops.place_ids_of(db.session, meeting)
    pictures = photos.lines_with_one(db.session, meeting)
    html = render_template(
        "field/meeting.html",
        meeting=meeting,
        meeting_kind=MEETING_KINDS[meeting.kind],
        own_places=[place.name for place in places if place.id in own],
        rows=[*rows, *(_like(rows, row) for row in _blanks())],
        count=len(rows),
        blocs=_blocs(rows),
        photos=pictures,
        **words(places, meeting.kind),
    )
    return located(html, status)


def words(places: Sequence[Place], kind: MeetingKind | None) -> dict[str, Any]:
    """What every row offers; `kind` is None for the page that serves any rencontre."""
    return {
        "slug": g.consultation.slug,
        "owner": g.staff.id,
        "options": [(place.slug, place.name) for place in places],
        "kinds": LINE_KINDS,
        "speakers": SPEAKERS,
        "wordings": WORDINGS,
        "managers": MANAGERS,
        "meeting_kinds": MEETING_KINDS,
        "keys": KEYS,
        "key_words": key_words(),
        "walk": kind in {None, MeetingKind.WALK},
        "branches": kind in {None, MeetingKind.SEMINAR},
    }


def located(html: str, status: int = 200) -> Response:
    """A page that may ask the device where it is."""
    response = make_response(html, status)
    response.headers["Permissions-Policy"] = MAY_LOCATE
    return response


def _blocs(rows: Sequence[Row]) -> list[Row]:
    """The rows at the root of a tree from which others hang."""
    parents = {row.parent for row in rows}
    return [row for row in rows if not row.depth and row.id in parents]


def _blanks() -> list[Row]:
    return [blank() for _rank in range(BLANK_ROWS)]


def _like(rows: Sequence[Row], row: Row) -> Row:
    """An empty row goes on with the table of the last line."""
    return replace(row, table=rows[-1].table) if rows else row
