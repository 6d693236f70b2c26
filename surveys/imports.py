"""Imports as they are kept: begun, carried out lot after lot, taken back as a whole, forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy import insert as insert_rows
from sqlalchemy.orm import Session

from surveys.filling import fill
from surveys.importing import profiling
from surveys.importing.reading import Refusal
from surveys.importing.storing import Recorded, Report
from surveys.models import (
    FileImport,
    ImportContent,
    ImportState,
)
from surveys.words import _

SOURCE, REFUSED = "source", "refused"
#: How long a file that nobody finished importing, or its refused rows, is kept.
KEPT_DAYS = 30
#: Refusals kept to be shown; the file of refused rows has them all.
SHOWN = 200


class Interrupted(Exception):  # noqa: N818 - nothing went wrong: somebody asked
    """Somebody stopped the import: what is not committed of it must not be."""


def digest(content: bytes) -> str:
    """What tells a file from any other."""
    return hashlib.sha256(content).hexdigest()


def begin(
    session: Session, *, consultation_id: int, file_name: str, content: bytes, staff_id: int | None, today: dt.date
) -> FileImport:
    """Note a file to import; nothing of it is recorded yet. The caller commits."""
    made = FileImport(
        consultation_id=consultation_id,
        file_name=file_name[-300:],
        digest=digest(content),
        staff_id=staff_id,
        begun_on=today,
    )
    session.add(made)
    session.flush()
    return made


def keep(session: Session, one: FileImport, part: str, *, name: str, content: bytes) -> None:
    """Keep a file of an import, in place of the one of the same part."""
    session.execute(delete(ImportContent).where(ImportContent.import_key == one.key, ImportContent.part == part))
    session.execute(insert_rows(ImportContent).values(import_key=one.key, part=part, name=name[-300:], content=content))


def drop(session: Session, one: FileImport, part: str) -> None:
    """Keep a file no longer."""
    session.execute(delete(ImportContent).where(ImportContent.import_key == one.key, ImportContent.part == part))


def kept(session: Session, one: FileImport, part: str) -> ImportContent | None:
    """The file of an import, None once it is over."""
    return session.get(ImportContent, (one.key, part))


def find(session: Session, consultation_id: int, key: str) -> FileImport | None:
    """An import of this consultation."""
    found = session.get(FileImport, key)
    return found if found is not None and found.consultation_id == consultation_id else None


def history(session: Session, consultation_id: int) -> Sequence[FileImport]:
    """The imports of a consultation, the latest first."""
    statement = select(FileImport).where(FileImport.consultation_id == consultation_id)
    return session.scalars(statement.order_by(FileImport.begun_on.desc(), FileImport.key)).all()


def twin(session: Session, one: FileImport) -> FileImport | None:
    """Another import of the very same file, already done."""
    return session.scalars(
        select(FileImport)
        .where(
            FileImport.consultation_id == one.consultation_id,
            FileImport.digest == one.digest,
            FileImport.key != one.key,
            FileImport.state == ImportState.DONE,
        )
        .limit(1)
    ).first()


def note(session: Session, key: str, recorded: Recorded) -> None:
    """Tie the responses of a lot to its import and count them; the caller commits them together.

    Raises `Interrupted` where the import is no longer under way.
    """
    report = recorded.report
    advance(
        session,
        key,
        done=report.rows,
        added=FileImport.added + len(recorded.keys),
        already=report.already,
        refused=report.refused,
    )
    if recorded.keys:
        rows = [(response, key) for response in recorded.keys]
        fill(session, "imported_response", ("response_key", "import_key"), rows)


def advance(session: Session, key: str, **said: Any) -> None:
    """Note how far an import is; raises `Interrupted` once somebody stopped it, whichever machine carries it out."""
    going_on = update(FileImport).where(FileImport.key == key, FileImport.state == ImportState.RUNNING)
    if not getattr(session.execute(going_on.values(said)), "rowcount", 0):
        raise Interrupted


def stop(session: Session, one: FileImport) -> bool:
    """Stop an import that waits or is under way before its next lot; False when there is nothing to stop."""
    words = _("L’import est interrompu à votre demande\u00a0: reprenez-le, il continue où il s’est arrêté.")
    state = ImportState.STOPPED
    if one.questionnaire_id is None:
        words, state = _("L’essai est interrompu à votre demande."), ImportState.PREPARED
    elif kept(session, one, SOURCE) is None:
        words = _("L’import est interrompu\u00a0: relancez la même commande, il continue où il s’est arrêté.")
    busy = FileImport.state.in_((ImportState.WAITING, ImportState.RUNNING))
    stopped = update(FileImport).where(FileImport.key == one.key, busy).values(state=state, message=words)
    return bool(getattr(session.execute(stopped), "rowcount", 0))


def as_json(report: Report) -> dict[str, Any]:
    """A report as it is kept and shown."""
    return {
        "rows": report.rows,
        "added": report.added,
        "already": report.already,
        "refused": report.refused,
        "unfinished": report.unfinished,
        "doubtful_places": [
            {"text": doubt.text, "place": doubt.name, "rows": count} for doubt, count in report.doubtful.most_common()
        ],
        "warnings": [
            {"column": remark.column, "sentence": remark.sentence, "rows": count, "first": report.first[remark]}
            for remark, count in report.remarks.most_common(SHOWN)
        ],
        "refusals": [
            {"sheet": each.sheet, "row": each.row, "column": each.column, "reason": reason}
            for each, reason in zip(report.refusals, _said_once(report.refusals), strict=True)
        ],
    }


def _said_once(refusals: Sequence[Refusal]) -> list[str]:
    """The reason of each refusal; the answers that a column takes are listed by its first alone."""
    said: set[tuple[str, str]] = set()
    reasons = []
    for each in refusals:
        head, _mark, listed = each.reason.partition(" n’est pas une des réponses\u00a0: ")
        known = listed and (each.column, listed) in said
        said.add((each.column, listed))
        reasons.append(_("%(text)s n’est pas une des réponses.", text=head) if known else each.reason)
    return reasons


def shortened(report: dict[str, Any]) -> dict[str, Any]:
    """The same with no more refusals than a page shows."""
    return {**report, "refusals": report["refusals"][:SHOWN]}


def forget_cells(one: FileImport, *, report: bool = False) -> None:
    """Keep what a finished import did, not the cells its pages showed; with `report`, not why rows were refused."""
    one.choices = profiling.without_answers(one.choices)
    one.report = {**one.report, "doubtful_places": []} if one.report else {}
    if report:
        one.plan = {}
        one.choices = {name: value for name, value in one.choices.items() if name != "places"}
        one.report = {**one.report, "refusals": [], "warnings": []} if one.report else {}


def kept_until(one: FileImport) -> dt.date:
    """The last day of the files of an import, and of what they said."""
    return one.begun_on + dt.timedelta(days=KEPT_DAYS)


def forget(session: Session, *, today: dt.date) -> int:
    """Forget the files that nobody came back to, and what they said; what each import brought stays noted."""
    is_old = FileImport.begun_on < today - dt.timedelta(days=KEPT_DAYS)
    old = select(FileImport.key).where(is_old)
    gone = session.execute(delete(ImportContent).where(ImportContent.import_key.in_(old)))
    unfinished = delete(FileImport).where(FileImport.key.in_(old), FileImport.state == ImportState.PREPARED)
    session.execute(unfinished)
    busy = FileImport.state.in_((ImportState.WAITING, ImportState.RUNNING))
    for one in session.scalars(select(FileImport).where(is_old, ~busy)):
        forget_cells(one, report=True)
    session.flush()
    return int(getattr(gone, "rowcount", 0))


def interrupt(session: Session) -> None:
    """Say of the imports that an older worker left half done that they go on when asked again.

    What a command carries out has no file kept: it is none of the worker's.
    """
    words = _("L’import a été interrompu\u00a0: reprenez-le, il continue où il s’est arrêté.")
    sources = select(ImportContent.import_key).where(ImportContent.part == SOURCE)
    running = update(FileImport).where(FileImport.state == ImportState.RUNNING, FileImport.key.in_(sources))
    # Nothing was recorded of a trial: it is asked for again from its own page.
    tried = _("L’essai a été interrompu\u00a0: recommencez-le.")
    session.execute(
        running.where(FileImport.questionnaire_id.is_(None)).values(state=ImportState.PREPARED, message=tried)
    )
    session.execute(running.values(state=ImportState.STOPPED, message=words))
