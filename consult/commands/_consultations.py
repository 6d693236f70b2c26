"""Find what a command names in the database, or say in one sentence what there is instead."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.cli import Refused
from surveys.models import Consultation, QuestionnaireVersion


def consultation(session: Session, slug: str) -> Consultation:
    """Return the consultation of that slug; refuse with the slugs there are."""
    found = session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        known = ", ".join(session.scalars(select(Consultation.slug).order_by(Consultation.slug))) or "–"
        raise Refused(
            _(
                "La consultation « %(slug)s » n’existe pas\u202f; consultations\u00a0: %(known)s.",
                slug=slug,
                known=known,
            )
        )
    return found


def questionnaire(session: Session, slug: str, name: str) -> QuestionnaireVersion:
    """Return the latest version of a questionnaire; refuse with the names there are."""
    versions = select(QuestionnaireVersion).where(
        QuestionnaireVersion.consultation_id == consultation(session, slug).id
    )
    last = versions.where(QuestionnaireVersion.name == name).order_by(QuestionnaireVersion.version.desc()).limit(1)
    found = session.scalar(last)
    if found is None:
        known = ", ".join(sorted({row.name for row in session.scalars(versions)})) or "–"
        raise Refused(
            _(
                "Le questionnaire « %(name)s » n’existe pas\u202f; questionnaires\u00a0: %(known)s.",
                name=name,
                known=known,
            )
        )
    return found
