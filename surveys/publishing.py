"""What a consultation still misses before residents may answer it, item by item, and where each is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys import definition, notices, relevance, tongues, translating
from surveys.definition import DefinitionError
from surveys.models import Channel, Consultation, Place, PlaceKind, QuestionnaireVersion, State
from surveys.questions import Widget
from surveys.words import _


class Step(StrEnum):
    """The steps of setting up, in their order."""

    IDENTITY = "identite"
    DATES = "dates"
    CHANNELS = "canaux"
    LANGUAGES = "langues"
    NOTICE = "notice"
    PLACES = "quartiers"
    QUESTIONNAIRES = "questionnaires"


#: The steps that begin filled in: only somebody who opened them knows that they are right.
PREFILLED = (Step.CHANNELS, Step.LANGUAGES)
#: Channels whose answers are given to a questionnaire of ours.
ASKED = (Channel.ONLINE, Channel.TELEPHONE, Channel.PAPER, Channel.FACE_TO_FACE, Channel.KIOSK)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing missing: the step that mends it, the field there, and a sentence that says what to do."""

    step: Step
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Untranslated:
    """How many texts residents read in French although they chose a language; no questionnaire for the town's own."""

    language: str
    count: int
    questionnaire: QuestionnaireVersion | None = None


def missing(session: Session, consultation: Consultation) -> list[Missing]:
    """Everything that stands in the way of publishing, in the order of the steps; empty when nothing does."""
    return [
        *_identity(consultation),
        *_dates(consultation),
        *_channels(consultation),
        *_languages(consultation),
        *(Missing(Step.NOTICE, name, sentence) for name, sentence in notices.faults(consultation.notice).items()),
        *_places(session, consultation),
        *_questionnaires(session, consultation),
    ]


def unconfirmed(consultation: Consultation) -> list[Step]:
    """The steps of a draft that are filled in and that nobody has looked at; they keep nobody from publishing."""
    if consultation.state is not State.DRAFT:
        return []
    return [step for step in PREFILLED if step.value not in consultation.confirmed]


def untranslated(session: Session, consultation: Consultation) -> list[Untranslated]:
    """What is still read in French, language by language; it keeps nobody from publishing."""
    found: list[Untranslated] = []
    versions = newest(session, consultation.id)
    for language in consultation.languages:
        if language == translating.SOURCE:
            continue
        found.append(Untranslated(language, len(tongues.missing(consultation, language))))
        found += [Untranslated(language, _left(version, language), version) for version in versions]
    return [one for one in found if one.count]


def _left(version: QuestionnaireVersion, language: str) -> int:
    """How many texts of a questionnaire are not translated; none where it does not load, which is said elsewhere."""
    try:
        return len(translating.missing(definition.load(version.definition), language))
    except DefinitionError:
        return 0


def unsound(version: QuestionnaireVersion) -> list[str]:
    """Why a questionnaire cannot be put to anyone: it does not load, asks nothing, or a condition of it is wrong."""
    try:
        questionnaire = definition.load(version.definition)
    except DefinitionError as error:
        return [str(error)]
    if all(question.widget is Widget.NOTE for question in questionnaire.questions):
        return [_("il ne pose aucune question.")]
    return [fault.message for fault in relevance.faults(questionnaire)]


def newest(session: Session, consultation_id: int) -> list[QuestionnaireVersion]:
    """The latest version of each questionnaire, by name."""
    versions = session.scalars(
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.consultation_id == consultation_id)
        .order_by(QuestionnaireVersion.name, QuestionnaireVersion.version)
    )
    return list({version.name: version for version in versions}.values())


def _identity(consultation: Consultation) -> Iterator[Missing]:
    if not consultation.title.strip():
        yield Missing(Step.IDENTITY, "title", _("Donnez un titre à la consultation."))
    if not consultation.territory.strip():
        yield Missing(
            Step.IDENTITY, "territory", _("Nommez le territoire : c’est ce que les habitants lisent en premier.")
        )
    if not consultation.introduction.strip():
        yield Missing(Step.IDENTITY, "introduction", _("Écrivez l’introduction : en deux phrases, pourquoi répondre."))


def _dates(consultation: Consultation) -> Iterator[Missing]:
    if consultation.opens_on is None:
        yield Missing(Step.DATES, "opens_on", _("Choisissez le jour d’ouverture."))
    if consultation.closes_on is None:
        yield Missing(Step.DATES, "closes_on", _("Choisissez le jour de fin."))
    if consultation.keep_until is None:
        yield Missing(Step.DATES, "keep_until", _("Choisissez jusqu’à quel jour les réponses sont gardées."))


def _channels(consultation: Consultation) -> Iterator[Missing]:
    if not consultation.channels:
        yield Missing(Step.CHANNELS, "channels", _("Choisissez au moins un canal."))


def _languages(consultation: Consultation) -> Iterator[Missing]:
    if "fr" not in consultation.languages:
        yield Missing(Step.LANGUAGES, "languages", _("Gardez le français parmi les langues."))


def _places(session: Session, consultation: Consultation) -> Iterator[Missing]:
    real = select(Place.id).where(
        Place.consultation_id == consultation.id, Place.kind.in_([PlaceKind.QPV, PlaceKind.LIVED])
    )
    if session.scalar(real.limit(1)) is None:
        yield Missing(Step.PLACES, "ajouter", _("Ajoutez au moins un quartier."))


def _questionnaires(session: Session, consultation: Consultation) -> Iterator[Missing]:
    versions = newest(session, consultation.id)
    if not versions:
        yield Missing(
            Step.QUESTIONNAIRES, "questionnaires", _("Publiez un questionnaire : la consultation n’en a aucun.")
        )
        return
    if Channel.ONLINE in consultation.channels and all(one.channel is not Channel.ONLINE for one in versions):
        yield Missing(
            Step.QUESTIONNAIRES, "questionnaires", _("Publiez un questionnaire en ligne, ou décochez ce canal.")
        )
    for version in versions:
        for reason in unsound(version):
            yield Missing(
                Step.QUESTIONNAIRES,
                "questionnaires",
                _("Questionnaire « %(title)s » : %(reason)s", title=version.title, reason=reason),
            )
