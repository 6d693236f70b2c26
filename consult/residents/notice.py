"""The first page: who asks, why, how long, what happens with it; and what may be read at any time."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from consult.residents import blueprint
from consult.residents.languages import speak_any
from consult.residents.opening import consultation_of, is_open, minutes, now, opened
from consult.residents.posters import place_of, poster_of
from consult.security import public
from surveys import tongues
from surveys.models import NOTICE_PARTS, Consultation
from surveys.questions import Widget


@blueprint.get("/c/<slug>/")
@public
def notice(slug: str) -> ResponseReturnValue:
    """Invite to answer, or say that the consultation is over or not begun."""
    consultation = consultation_of(slug)
    if not is_open(consultation, now()):
        return render_template("residents/closed.html", consultation=consultation, today=now().date())
    poster = poster_of(consultation)
    questions = tuple(
        question for question in opened(consultation).questionnaire.questions if question.widget is not Widget.NOTE
    )
    return render_template(
        "residents/notice.html",
        consultation=consultation,
        parts=notice_parts(consultation),
        minutes=minutes(questions),
        count=len(questions),
        required=sum(question.required for question in questions),
        poster=poster,
        place=place_of(poster),
    )


@blueprint.get("/accessibilite")
@public
def accessibility() -> ResponseReturnValue:
    """The accessibility statement: without an audit, a site says it does not conform."""
    speak_any()
    return render_template("residents/accessibility.html")


def notice_parts(consultation: Consultation) -> list[tuple[str, str]]:
    """The parts of the legal notice that were written, each under its French heading."""
    return [(_heading(part), text) for part in NOTICE_PARTS if (text := str(consultation.notice.get(part, "")))]


def notice_in(consultation: Consultation, language: str) -> list[tuple[str, str]]:
    """The same in a language of one's choice, whatever the page is read in; French where a part is not translated."""
    known = tongues.spoken(consultation, language)
    with force_locale(language):
        return [(heading, known.get(text.strip(), text)) for heading, text in notice_parts(consultation)]


def _heading(part: str) -> str:
    headings: dict[str, str] = {
        "controller": _("Qui est responsable"),
        "purpose": _("À quoi servent vos réponses"),
        "legal_basis": _("Ce qui l’autorise"),
        "optional": _("Ce qui est facultatif"),
        "recipients": _("Qui lit vos réponses"),
        "retention": _("Combien de temps elles sont gardées"),
        "rights": _("Vos droits"),
        "dpo": _("À qui vous adresser"),
        "complaint": _("Si vous n’êtes pas d’accord"),
    }
    return headings[part]
