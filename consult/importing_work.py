"""What the worker does of imports: tries them, carries them out, takes them back."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from consult import database, importing
from consult.extensions import db
from consult.imports import desk
from surveys import imports, taking_back
from surveys.importing import refusals
from surveys.importing.answers import Reader
from surveys.importing.errors import TableError
from surveys.importing.mapping import MappingError
from surveys.importing.storing import Report
from surveys.models import FileImport, ImportState, QuestionnaireVersion
from surveys.staff import utc_now


def perform(session: Session, key: str, what: str) -> None:
    """Do one of `try`, `carry_out`, `undo`; an import that is no longer waiting is left as it is."""
    one = session.get(FileImport, key)
    if one is None or one.state is not ImportState.WAITING:
        session.rollback()
        return
    if what == "undo":
        for _left in taking_back.undo(session, one):
            session.commit()
        database.forget(db.engine)
        return
    one.state = ImportState.RUNNING
    one.message = _("Les lignes sont vérifiées") if what == "try" else _("Les réponses sont enregistrées")
    session.commit()
    try:
        _do(session, key, what, utc_now().date())
    except imports.Interrupted:
        session.rollback()
    except (TableError, MappingError) as error:
        _stop(session, key, str(error))
    except Exception:
        again = _("L’import s’est arrêté sur une erreur\u00a0: reprenez-le, il continue où il en était.")
        _stop(session, key, _("L’essai s’est arrêté sur une erreur\u00a0: recommencez-le.") if what == "try" else again)
        raise


def _do(session: Session, key: str, what: str, today: dt.date) -> None:
    with database.reading():  # a long file takes seconds to read: nobody who writes waits for that
        one = session.get_one(FileImport, key)
        reader = desk.reader(session, one, today)
        consultation_id, version_id = one.consultation_id, one.questionnaire_id
        session.rollback()
    if what == "try":
        report = importing.tried(session, reader, consultation_id, key=key)
        imports.advance(session, key, state=ImportState.PREPARED, message="")
        one = _keep_refused(session, key, reader, report)
        one.report = imports.shortened(imports.as_json(report))
        session.commit()
        return
    version = session.get_one(QuestionnaireVersion, version_id)
    session.refresh(version)
    session.expunge(version)
    session.rollback()
    one = _keep_refused(session, key, reader, importing.carry_out(session, key, reader, version))
    imports.drop(session, one, imports.SOURCE)
    session.commit()
    database.forget(db.engine)


def _keep_refused(session: Session, key: str, reader: Reader, report: Report) -> FileImport:
    """Keep the refused rows to be fetched and mended, in place of those of a trial; the caller commits."""
    content = refusals.content(reader.table, report.refusals) if report.refusals else b""
    one = session.get_one(FileImport, key)
    imports.drop(session, one, imports.REFUSED)
    if content:
        imports.keep(session, one, imports.REFUSED, name=refusals.name(one.file_name, reader.table), content=content)
    return one


def _stop(session: Session, key: str, message: str) -> None:
    session.rollback()
    one = session.get_one(FileImport, key)
    # A trial has nothing to take up again: its choices may change, then it is tried anew.
    one.state = ImportState.PREPARED if one.questionnaire_id is None else ImportState.STOPPED
    one.message = message
    session.commit()
