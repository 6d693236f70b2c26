"""Carrying out an import: from a command at once, from a page by the worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys import collect_many, imports
from surveys.importing import storing
from surveys.importing.answers import Reader
from surveys.importing.storing import Recorded, Report
from surveys.importing.tables import TableError
from surveys.models import FileImport, ImportState, QuestionnaireVersion


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file a command names; raise `TableError`."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TableError(_("Le fichier « %(path)s » est introuvable.", path=path)) from None
    except IsADirectoryError:
        raise TableError(_("« %(path)s » est un dossier\u00a0: indiquez un fichier.", path=path)) from None
    except (OSError, ValueError):
        raise TableError(_("Le fichier « %(path)s » ne peut pas être lu.", path=path)) from None


def carry_out(
    session: Session,
    key: str,
    reader: Reader,
    version: QuestionnaireVersion,
    *,
    advanced: Callable[[Report], None] = lambda _report: None,
) -> Report:
    """Record a file lot after lot, each committed with the count of the import; nobody else waits longer than a lot.

    Raises `imports.Interrupted` once somebody stopped the import: the lots before are kept.
    """
    writer = collect_many.Writer(
        consultation_id=version.consultation_id,
        version_id=version.id,
        questionnaire=reader.questionnaire,
        places=collect_many.places(session, version.consultation_id),
    )
    session.rollback()

    def then(recorded: Recorded) -> None:
        imports.note(session, key, recorded)
        session.commit()

    report = Report()
    for report in storing.stored(session, reader, writer, then=then):
        advanced(report)
    imports.advance(session, key, state=ImportState.DONE, message="")
    one = session.get_one(FileImport, key, populate_existing=True)
    one.report = imports.shortened(imports.as_json(report))
    imports.forget_cells(one)
    one.ended_on = reader.today
    session.commit()
    return report


def tried(session: Session, reader: Reader, consultation_id: int, *, key: str = "") -> Report:
    """Say what importing would do; with a key, how far it is is noted. Nothing else is written.

    Raises `imports.Interrupted` once somebody stopped the trial.
    """
    report = Report()
    for report in storing.tried(session, reader, consultation_id):
        if key:
            imports.advance(session, key, done=report.rows)
            session.commit()
    return report
