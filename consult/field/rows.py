"""One row of the sheet of lines: what was typed, kept whether it is right or not."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from surveys.models import LineKind, Place, Speaker, Wording
from surveys.splitting import split
from surveys.trees import in_order
from surveys.workshops import LineFacts

#: The fields of a row that are one text each; its quartiers are a list beside them.
FIELDS = (
    *("text", "kind", "speaker", "carried", "wording", "table", "parent"),
    *("point", "latitude", "longitude", "manager", "revision"),
)
#: What a sheet posted whole holds of each row: the branch is told by its number.
COLUMNS = ("id", "under", *(name for name in FIELDS if name != "parent"))


@dataclass(frozen=True)
class Row:
    """The raw words of each field, by name; `errors` says by field how to mend them."""

    id: str
    text: str = ""
    kind: str = LineKind.NEED
    speaker: str = Speaker.RESIDENT
    carried: str = ""
    wording: str = Wording.REPHRASED
    places: tuple[str, ...] = ()
    table: str = ""
    parent: str = ""
    point: str = ""
    latitude: str = ""
    longitude: str = ""
    manager: str = ""
    revision: str = ""
    saved: bool = False
    depth: int = 0
    #: The number, in the sheet, of the row it hangs from; 0 for none.
    under: int = 0
    errors: Mapping[str, str] = field(default_factory=dict)


def blank() -> Row:
    """An empty row with an identity of its own."""
    return Row(secrets.token_hex(8))


def shown(line: LineFacts, places: Iterable[Place]) -> Row:
    """A stored line as a row."""
    return Row(
        id=line.client_id,
        text=line.text,
        kind=line.kind,
        speaker=line.speaker,
        carried="" if line.carried_by is None else str(line.carried_by),
        wording=line.wording,
        places=tuple(place.slug for place in places if place.id in line.place_ids),
        table=line.table,
        parent=line.parent,
        point=line.point,
        latitude=_degrees(line.latitude),
        longitude=_degrees(line.longitude),
        manager=line.manager or "",
        revision=str(line.revision),
        saved=True,
    )


def numbered(lines: Sequence[LineFacts], places: Sequence[Place]) -> list[Row]:
    """Stored lines as the rows of a sheet, branches before what hangs from them."""
    ordered = list(in_order(lines))
    numbers = {line.client_id: rank for rank, (line, _depth) in enumerate(ordered, 1)}
    return [replace(shown(line, places), depth=depth, under=numbers.get(line.parent, 0)) for line, depth in ordered]


def posted(values: MultiDict[str, str], row_id: str, before: Row | None = None) -> Row:
    """What was typed in one row; a field that was not sent stays as it was."""
    given = {name: values[name] for name in FIELDS if name in values}
    base = before or Row(identity(row_id))
    return replace(base, errors={}, places=tuple(values.getlist("places")), **given)  # type: ignore[arg-type]


def posted_all(form: MultiDict[str, str], before: Mapping[str, Row]) -> list[Row]:
    """The rows of a sheet posted whole, without the empty ones; a block typed in a row becomes several."""
    columns = {name: form.getlist(name) for name in COLUMNS if name in form}
    count = min((len(column) for column in columns.values()), default=0)
    ids = [identity(columns["id"][rank]) if "id" in columns else secrets.token_hex(8) for rank in range(count)]
    rows = []
    for rank, row_id in enumerate(ids):
        given = MultiDict((name, columns[name][rank]) for name in FIELDS if name in columns)
        given.setlist("places", form.getlist(f"places-{row_id}"))
        if "under" in columns:
            given["parent"] = _named(columns["under"][rank], ids, row_id)
        rows.append(posted(given, row_id, before.get(row_id)))
    return [part for row in rows for part in spread(row)]


def spread(row: Row) -> Iterator[Row]:
    """One row per line of its text; the identities of the added ones are always the same."""
    for rank, text in enumerate(split(row.text) or [row.text.strip()]):
        yield replace(row, text=text, id=row.id if rank == 0 else f"{row.id[:58]}-{rank + 1}")


def identity(given: str) -> str:
    """The identity a device gave, or a new one where it cannot be one."""
    return given if re.fullmatch(r"[A-Za-z0-9-]{1,64}", given) else secrets.token_hex(8)


def as_json(row: Row) -> dict[str, object]:
    """A row as the script keeps it on the device."""
    return {name: getattr(row, name) for name in FIELDS} | {"places": list(row.places)}


def _named(number: str, ids: Sequence[str], own: str) -> str:
    """The row that a number of the sheet names, "" for none."""
    rank = int(number) if re.fullmatch(r"\s*\d{1,4}\s*", number) else 0
    return ids[rank - 1] if 0 < rank <= len(ids) and ids[rank - 1] != own else ""


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".").replace(".", ",")
