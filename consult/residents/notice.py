"""The first page: who asks, why, how long, what happens with it; and what may be read at any time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from consult.extensions import db
from consult.residents import blueprint, choosing
from consult.residents.choosing import Online
from consult.residents.languages import current, speak_any
from consult.residents.opening import (
    answers_by,
    consultation_of,
    is_open,
    is_planned,
    minutes,
    now,
    opened,
    with_places,
)
from consult.residents.posters import place_of, poster_of
from consult.security import public
from surveys import definition, restitution, tongues
from surveys.definition import Questionnaire
from surveys.models import NOTICE_PARTS, Channel, Consultation, QuestionnaireVersion
from surveys.questions import Widget
from surveys.translating import in_language


@blueprint.get("/c/<slug>/")
@blueprint.get("/c/<slug>/<questionnaire>/")
@public
def notice(slug: str, questionnaire: str = "") -> ResponseReturnValue:
    """Invite to answer, or say that the consultation is over or not begun; let choose among several questionnaires."""
    consultation = consultation_of(slug)
    found = choosing.online(consultation)
    if questionnaire and questionnaire not in {one.name for one in found}:
        abort(404)
    if not answers_by(consultation, Channel.ONLINE, now()):
        return unanswered(consultation)
    poster = poster_of(consultation)
    asked = choosing.asked_for(found)
    return render_template(
        "residents/notice.html",
        consultation=consultation,
        parts=notice_parts(consultation),
        effort=effort(opened(consultation).questionnaire) if asked or not found else None,
        choices=[] if asked else [_choice(consultation, one) for one in found],
        others=bool(asked) and len(found) > 1,
        poster=poster,
        place=place_of(poster),
    )


def unanswered(consultation: Consultation, *, late: bool = False) -> str:
    """Why nobody answers here now; ``late`` where somebody was answering."""
    return render_template(
        "residents/closed.html",
        consultation=consultation,
        today=now().date(),
        late=late,
        ways=_ways(consultation) if is_open(consultation, now()) else None,
        results=restitution.is_public(db.session, consultation, now().date()),
    )


@dataclass(frozen=True)
class Effort:
    """What answering asks: how long, how many questions, how many of them required."""

    minutes: int
    count: int
    required: int


def effort(questionnaire: Questionnaire) -> Effort:
    """The effort a questionnaire asks."""
    questions = tuple(question for question in questionnaire.questions if question.widget is not Widget.NOTE)
    return Effort(minutes(questions), len(questions), sum(question.required for question in questions))


def _choice(consultation: Consultation, one: Online) -> tuple[Online, str, Effort]:
    """A questionnaire to choose, its title in the reader's language, empty where it has none, and what it asks."""
    version = db.session.get_one(QuestionnaireVersion, one.version_id)
    questionnaire = with_places(definition.load(version.definition), consultation)
    title = in_language(questionnaire, current()).title
    return one, title if title != questionnaire.title else "", effort(questionnaire)


def _ways(consultation: Consultation) -> list[str]:
    """How else one may answer, in words."""
    words: dict[Channel, str] = {
        Channel.TELEPHONE: _("par téléphone"),
        Channel.PAPER: _("sur papier"),
        Channel.FACE_TO_FACE: _("avec une personne de l’équipe"),
        Channel.KIOSK: _("sur une borne"),
        Channel.MEETING: _("lors d’une rencontre"),
    }
    return [said for channel, said in words.items() if is_planned(consultation, channel)]


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
