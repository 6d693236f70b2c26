"""Recording a sheet: whatever goes wrong, the agent reads why and finds every answer again."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError

from consult import database, logs
from consult.database import DatabaseBusyError
from consult.entry.sheet import Sheet, store
from consult.extensions import db
from consult.forms import QuestionForm
from consult.residents.replacing import GoneError
from surveys.collect import ConflictError, Receipt
from surveys.erasing import ErasedError


class NotKeptError(Exception):
    """A sheet that was not recorded, with the form that says why and the status to answer with."""

    def __init__(self, form: QuestionForm, *, trouble: str = "", status: int = 422) -> None:
        super().__init__(trouble)
        self.form, self.trouble, self.status = form, trouble, status


def keep(sheet: Sheet, *, day: dt.date, staff_id: int | None) -> Receipt:
    """Judge a sheet as of the day it was filled, record it and commit; raise `NotKeptError`."""
    form = sheet.form(day)
    if not form.validate():
        raise NotKeptError(form)
    if not form.replies:
        raise NotKeptError(form, trouble=_("Rien n’est saisi : répondez à une question au moins."))
    if sheet.redrawn:
        raise NotKeptError(form, trouble=_changed())
    try:
        receipt = store(sheet, form.replies, day=day, staff_id=staff_id)
        db.session.commit()
    except (ConflictError, ErasedError):
        db.session.rollback()
        raise NotKeptError(form, trouble=_already(), status=409) from None
    except GoneError:
        db.session.rollback()
        raise NotKeptError(form, trouble=_gone(), status=409) from None
    except (DatabaseBusyError, OperationalError) as error:
        logs.failure(error)
        db.session.rollback()
        raise NotKeptError(form, trouble=_busy(), status=503) from error
    if sheet.ticket.replaces:
        database.forget(db.engine)
    return receipt


def _changed() -> str:
    return str(_("Le questionnaire a changé pendant que vous répondiez. Relisez vos réponses, puis envoyez-les."))


def _already() -> str:
    return str(_("Cette saisie est déjà enregistrée, avec d’autres réponses : rouvrez une page vide pour la suivante."))


def _gone() -> str:
    return str(_("La réponse à corriger a été effacée ou changée depuis : rouvrez une page vide pour la suivante."))


def _busy() -> str:
    return str(
        _("La saisie n’a pas pu être enregistrée, mais tout est ici : attendez quelques secondes, puis renvoyez.")
    )
