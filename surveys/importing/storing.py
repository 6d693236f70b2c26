"""A file into the database in lots, each a transaction: stopped anywhere, the same import goes on where it was.

Only the table and one lot are in memory. Rows are taken in the order of their ids, which are hashes, and their random
keys follow: no key tells the place of a row in the file, and the database writes each of its pages once.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys import collect_many
from surveys.collect import content_hash
from surveys.collect_many import Entry, Lot, Standing, Writer
from surveys.importing.answers import Reader
from surveys.importing.reading import Prepared, Refusal, RowRead, Tally
from surveys.words import _

#: Rows written in one transaction, and how long one may last: residents who answer meanwhile wait no more than that.
LOT, SMALLEST, LARGEST = 500, 25, 1_000
SECONDS = 0.2


@dataclass
class Report(Tally):
    """The counts of an import, real or tried: `added` are new, `already` were there."""

    added: int = 0
    already: int = 0


@dataclass(frozen=True)
class Recorded:
    """The keys of the responses one lot added, before the caller commits it."""

    keys: tuple[str, ...]
    report: Report = field(repr=False)


def tried(session: Session, reader: Reader, consultation_id: int) -> Iterator[Report]:
    """Say what importing would do, lot after lot, in the order of the file; reads the database, writes nothing."""
    report = Report()
    rows = reader.rows()
    while (lot := _read(rows, report)) is not None:
        hashes = {one.submission.id: content_hash(one.submission) for one in lot}
        _settle(report, reader, lot, collect_many.standing(session, consultation_id, hashes))
        session.rollback()
        yield report
    _sort(report)
    yield report


def stored(session: Session, reader: Reader, writer: Writer, *, then: Callable[[Recorded], None]) -> Iterator[Report]:
    """Record a file lot after lot; `then` is called with each lot before it is committed, and commits it.

    Raises what the database raises: the lots before are kept, and importing again goes on from there.
    """
    report = Report()
    order = sorted(range(len(reader.table.rows)), key=reader.submission_ids.__getitem__)
    keys = iter(sorted(secrets.token_hex(16) for _row in order))
    rows, size = reader.rows(order), LOT
    while (lot := _read(rows, report, size)) is not None:
        made = collect_many.lot(writer, [Entry(next(keys), one.submission, one.sure) for one in lot])
        session.connection()  # waiting for one's turn makes nobody else wait
        began = time.perf_counter()
        known = _inserted(session, made)
        added = tuple(made.keys[one] for one in made.keys if one not in known.known)
        _settle(report, reader, lot, known)
        then(Recorded(added, report))
        size = _next_size(size, time.perf_counter() - began)
        yield report
    _sort(report)
    then(Recorded((), report))
    yield report


def _next_size(size: int, seconds: float) -> int:
    """How many rows the next lot has, from how long this one kept others waiting."""
    if seconds > SECONDS:
        return max(SMALLEST, size // 2)
    return min(LARGEST, size + size // 4) if seconds < SECONDS / 2 else size


def _read(rows: Iterator[RowRead], report: Report, size: int = LOT) -> list[Prepared] | None:
    """The next rows that are ready, refused ones being counted on the way; None at the end of the file."""
    some = list(islice(rows, size))
    for row in some:
        report.take(row)
    return [row.prepared for row in some if row.prepared is not None] if some else None


def _inserted(session: Session, made: Lot) -> Standing:
    """Write a lot; one written at the same moment by another import is then found to be there."""
    try:
        return collect_many.insert(session, made)
    except IntegrityError:
        session.rollback()
        return collect_many.insert(session, made)


def _settle(report: Report, reader: Reader, lot: list[Prepared], known: Standing) -> None:
    for one in lot:
        if one.submission.id in known.erased:
            reason = _("Cette réponse a été importée puis effacée ou corrigée\u00a0: elle ne revient pas.")
            report.refusals.append(Refusal(reader.table.sheet, one.row, "", reason))
        elif one.submission.id in known.other:
            reason = _("La ligne est déjà importée avec d’autres réponses\u00a0: elle n’est pas remplacée.")
            report.refusals.append(Refusal(reader.table.sheet, one.row, "", reason))
        elif one.submission.id in known.same:
            report.already += 1
        else:
            report.added += 1


def _sort(report: Report) -> None:
    report.refusals.sort(key=lambda refusal: refusal.row)
