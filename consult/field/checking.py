"""A row as typed, judged: the line it says, or the row again with the sentence that mends each field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from flask_babel import gettext as _

from consult.field.rows import Row
from surveys.models import LineKind, Manager, Place, Speaker, Wording
from surveys.workshops import LineFacts

LONGEST_TEXT = 4000
LONGEST_LABEL = 300
MOST_PEOPLE = 10_000
Kind = TypeVar("Kind", bound=StrEnum)
Errors = dict[str, str]


def checked(row: Row, *, places: Sequence[Place]) -> LineFacts | Row:
    """The line a row says, or the row with its errors."""
    errors: Errors = {}
    latitude = _degrees(row.latitude, 90, "latitude", errors)
    longitude = _degrees(row.longitude, 180, "longitude", errors)
    if (latitude is None) != (longitude is None) and not errors:
        errors["latitude"] = _("Indiquez la latitude et la longitude, ou aucune des deux.")
    facts = LineFacts(
        client_id=row.id,
        text=_text(row.text, errors),
        kind=_choice(LineKind, row.kind, "kind", errors),
        speaker=_choice(Speaker, row.speaker, "speaker", errors),
        wording=_choice(Wording, row.wording, "wording", errors),
        carried_by=_people(row.carried, errors),
        place_ids=_places(row.places, places, errors),
        table=_label(row.table),
        parent=row.parent,
        point=_label(row.point),
        latitude=latitude,
        longitude=longitude,
        manager=_choice(Manager, row.manager, "manager", errors) if row.manager else None,
    )
    return replace(row, errors=errors) if errors else facts


def revision_of(row: Row) -> int:
    """The writing that the person corrected; 0 for a row that was new to them."""
    return int(row.revision) if re.fullmatch(r"\d{1,9}", row.revision) else 0


def _text(raw: str, errors: Errors) -> str:
    text = " ".join(raw.replace("\x00", "").split())
    if not text:
        errors["text"] = _("Écrivez ce qui a été dit, ou supprimez la ligne.")
    elif len(text) > LONGEST_TEXT:
        errors["text"] = _("Raccourcissez cette ligne : %(most)s signes au plus.", most=LONGEST_TEXT)
    return text


def _label(raw: str) -> str:
    return " ".join(raw.replace("\x00", "").split())[:LONGEST_LABEL]


def _people(raw: str, errors: Errors) -> int | None:
    raw = raw.strip()
    if not raw:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", raw) or not 1 <= int(raw) <= MOST_PEOPLE:
        errors["carried"] = _("Indiquez combien de personnes l’ont dit : un nombre entier, 1 ou plus.")
        return None
    return int(raw)


def _choice(kind: type[Kind], raw: str, name: str, errors: Errors) -> Kind:
    try:
        return kind(raw)
    except ValueError:
        errors[name] = _("Choisissez dans la liste.")
        return next(iter(kind))


def _places(raw: Sequence[str], places: Sequence[Place], errors: Errors) -> tuple[int, ...]:
    known = {place.slug: place.id for place in places}
    if any(slug not in known for slug in raw):
        errors["places"] = _("Choisissez un quartier dans la liste.")
    return tuple(sorted({known[slug] for slug in raw if slug in known}))


def _degrees(raw: str, most: int, name: str, errors: Errors) -> float | None:
    raw = raw.strip().rstrip("°").replace(",", ".")
    if not raw:
        return None
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", raw) or abs(float(raw)) > most:
        errors[name] = _("Écrivez des degrés, par exemple 43,2135, ou laissez vide.")
        return None
    return float(raw)
