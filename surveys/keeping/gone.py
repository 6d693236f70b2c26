"""What another database says was taken away since a backup: a restored installation takes it away again."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, delete, inspect, select
from sqlalchemy.orm import Session

from surveys import stricken, taking_back
from surveys.batches import batches
from surveys.keeping.proving import erase_again
from surveys.models import CallList, Consultation, Contact, ErasedSubmission, FileImport, ImportState


@dataclass(frozen=True)
class People:
    """The call list of one consultation: the numbers still in it, the fingerprints of those that left it."""

    phones: frozenset[str]
    closed: tuple[str, ...]


@dataclass(frozen=True)
class Gone:
    """What is known of a later state; consultations are told by their number and their slug together."""

    digests: frozenset[str] = frozenset()
    people: dict[tuple[int, str], People] = field(default_factory=dict)
    #: The imports there are by consultation, None where the database is older than imports.
    imports: dict[tuple[int, str], dict[str, ImportState]] | None = None


@dataclass(frozen=True)
class TakenAway:
    """How much was taken away again."""

    responses: int = 0
    people: int = 0
    imports: int = 0


def read(connection: Connection) -> Gone:
    """Read what the other database no longer has; one of an older version tells what it can."""
    has = inspect(connection).has_table
    if not has(ErasedSubmission.__tablename__):
        return Gone()
    digests = frozenset(connection.scalars(select(ErasedSubmission.digest)))
    there = {row.id: (row.id, row.slug) for row in connection.execute(select(Consultation.id, Consultation.slug))}
    people = _people(connection, there) if has(CallList.__tablename__) else {}
    files = _imports(connection, there) if has(FileImport.__tablename__) else None
    return Gone(digests, people, files)


def _people(connection: Connection, there: dict[int, tuple[int, str]]) -> dict[tuple[int, str], People]:
    phones: dict[int, set[str]] = {}
    for consultation_id, phone in connection.execute(select(Contact.consultation_id, Contact.phone)):
        phones.setdefault(consultation_id, set()).add(phone)
    lists = connection.execute(select(CallList.consultation_id, CallList.closed))
    return {there[one]: People(frozenset(phones.get(one, ())), tuple(closed)) for one, closed in lists}


def _imports(
    connection: Connection, there: dict[int, tuple[int, str]]
) -> dict[tuple[int, str], dict[str, ImportState]]:
    found: dict[tuple[int, str], dict[str, ImportState]] = {known: {} for known in there.values()}
    for one, key, state in connection.execute(select(FileImport.consultation_id, FileImport.key, FileImport.state)):
        found[there[one]][key] = state
    return found


def take_away(session: Session, gone: Gone) -> TakenAway:
    """Take away again what was erased, struck off, emptied or taken back; the caller commits."""
    undone = _take_imports(session, gone)
    people = _strike(session, gone)
    return TakenAway(erase_again(session, set(gone.digests)), people, undone)


def _strike(session: Session, gone: Gone) -> int:
    """Whoever is no longer in the later list left it, or it was emptied."""
    count = 0
    for consultation in session.scalars(select(Consultation)):
        later = gone.people.get((consultation.id, consultation.slug))
        if later is None:
            continue
        ours = select(Contact).where(Contact.consultation_id == consultation.id)
        left = [contact for contact in session.scalars(ours) if contact.phone not in later.phones]
        keys = [contact.key for contact in left]
        for some in batches(keys):
            session.execute(delete(Contact).where(Contact.key.in_(some)))
        stricken.list_of(session, consultation.id, lock=True).closed = sorted(later.closed)
        count += len(left)
    session.flush()
    return count


def _take_imports(session: Session, gone: Gone) -> int:
    """Imports taken back since are taken back again; files left aside since are forgotten again."""
    count = 0
    for one in session.scalars(select(FileImport)).all():
        consultation = session.get_one(Consultation, one.consultation_id)
        later = (gone.imports or {}).get((consultation.id, consultation.slug))
        if later is None:
            continue
        if one.key not in later and one.added == 0:
            session.delete(one)
        elif later.get(one.key) is ImportState.UNDONE and one.state is not ImportState.UNDONE:
            for _left in taking_back.undo(session, one):
                session.flush()
            count += 1
    session.flush()
    return count
