"""A file into the database in lots, each a transaction: stopped anywhere, the same import goes on where it was.

Only the table and two lots are in memory: where nobody waits for a lot, the next one is read while the database writes.
Rows are taken in the order of their ids, which are hashes, and their random keys follow: no key tells the place of a
row in the file, and the database writes each of its pages once.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

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
    while some := list(islice(rows, LOT)):
        ready = _taken(report, some)
        hashes = {one.submission.id: content_hash(one.submission) for one in ready}
        _settle(report, reader, ready, collect_many.standing(session, consultation_id, hashes))
        session.rollback()
        yield report
    _sort(report)
    yield report


def stored(session: Session, reader: Reader, writer: Writer, *, then: Callable[[Recorded], None]) -> Iterator[Report]:
    """Record a file lot after lot; `then` is called with each lot before it is committed, and commits it.

    Raises what the database raises: the lots before are kept, and importing again goes on from there.
    """
    report, pace = Report(), _Pace()
    order = sorted(range(len(reader.table.rows)), key=reader.submission_ids.__getitem__)
    keys = iter(sorted(secrets.token_hex(16) for _row in order))
    rows = reader.rows(order)

    def coming() -> _Coming:
        some = list(islice(rows, pace.size))
        ready = [row.prepared for row in some if row.prepared is not None]
        return _Coming(some, collect_many.lot(writer, [_entry(next(keys), one) for one in ready]))

    # On SQLite whoever writes keeps all others waiting; elsewhere a lot of any size keeps nobody.
    alone = session.get_bind().dialect.name == "sqlite"
    pace.size = LOT if alone else LARGEST
    for one in _one_by_one(coming) if alone else _ahead(coming):
        ready = _taken(report, one.rows)
        session.connection()  # waiting for one's turn makes nobody else wait
        began = time.perf_counter()
        known = _inserted(session, one.lot)
        added = tuple(one.lot.keys[each] for each in one.lot.keys if each not in known.known)
        _settle(report, reader, ready, known)
        then(Recorded(added, report))
        if alone:
            pace.take(time.perf_counter() - began)
        yield report
    _sort(report)
    then(Recorded((), report))
    yield report


def _entry(key: str, one: Prepared) -> Entry:
    return Entry(key, one.submission, one.sure, one.wordings)


class _Coming(NamedTuple):
    """The next rows of the file as they were read, and what the ready ones would write."""

    rows: list[RowRead]
    lot: Lot


@dataclass
class _Pace:
    """How many rows the next lot has, from how long the last one kept others waiting."""

    size: int = LOT

    def take(self, seconds: float) -> None:
        if seconds > SECONDS:
            self.size = max(SMALLEST, self.size // 2)
        elif seconds < SECONDS / 2:
            self.size = min(LARGEST, self.size + self.size // 4)


def _one_by_one(coming: Callable[[], _Coming]) -> Iterator[_Coming]:
    while (one := coming()).rows:
        yield one


def _ahead(coming: Callable[[], _Coming]) -> Iterator[_Coming]:
    """The same, each lot being made while the one before is written."""
    with ThreadPoolExecutor(1) as beside:
        # In a copy of what surrounds the import: reasons are said in the language of who reads them.
        waited = beside.submit(copy_context().run, coming)
        while (one := waited.result()).rows:
            waited = beside.submit(copy_context().run, coming)
            yield one


def _taken(report: Report, rows: list[RowRead]) -> list[Prepared]:
    """The rows that are ready, all of them being counted."""
    for row in rows:
        report.take(row)
    return [row.prepared for row in rows if row.prepared is not None]


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
