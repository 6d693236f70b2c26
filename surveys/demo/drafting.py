"""A second version of the online questionnaire, being written by the chargé d'étude of the demonstration."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import drafts, editing, versions
from surveys.definition import Questionnaire
from surveys.drafts import Author
from surveys.models import Role, StaffRole
from surveys.questions import YesNo

NAME = "en-ligne"
IN_SPANISH = {
    "medecin.label": "¿Tiene médico de cabecera cerca de su casa?",
    "medecin.option.oui": "Sí",
    "medecin.option.non": "No",
}


def add_draft(session: Session, consultation_id: int, *, today: dt.date) -> bool:
    """Begin the draft and flush, or nothing where somebody edits it or wrote a version of it already."""
    published = versions.with_name(session, consultation_id, NAME)
    analyst = session.scalar(
        select(StaffRole.staff_id)
        .where(StaffRole.consultation_id == consultation_id, StaffRole.role == Role.ANALYST)
        .order_by(StaffRole.staff_id)
        .limit(1)
    )
    if len(published) != 1 or analyst is None or drafts.find(session, consultation_id, NAME):
        return False
    author = Author(analyst, today)
    draft = drafts.reopen(session, published[0], author=author)
    for said, change in (
        ("ajout de « Avez-vous un médecin traitant ? »", _with_doctor),
        ("condition de « Si vous habitez ailleurs »", _commune_if_elsewhere),
        ("traduction en espagnol de « Avez-vous un médecin traitant ? »", _in_spanish),
    ):
        drafts.change(session, draft, change(drafts.read(draft)), said=said, author=author)
    return True


def _with_doctor(book: Questionnaire) -> Questionnaire:
    question = YesNo(name="medecin", label="Avez-vous un médecin traitant près de chez vous ?", may_refuse=True)
    return editing.add_question(book, question, section=editing.section_of(book, "aspects").name, after="aspects")


def _commune_if_elsewhere(book: Questionnaire) -> Questionnaire:
    commune = replace(book.question("commune"), relevant="${quartier} = 'hors-qpv'")
    return editing.change_question(book, commune)


def _in_spanish(book: Questionnaire) -> Questionnaire:
    return editing.translated(book, "es", IN_SPANISH)
