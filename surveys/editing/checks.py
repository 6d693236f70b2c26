"""What must be mended before a questionnaire is published, all at once, each with where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from surveys import relevance
from surveys.definition import Questionnaire, Section
from surveys.questions import Grid, Number, Option, Quartier, Question, Scale, Widget
from surveys.words import _

#: The ways to ask that offer options.
CHOICES = frozenset({Widget.RADIOS, Widget.CHECKBOXES, Widget.SCALE, Widget.RANKING, Widget.GRID})
FEWEST_OPTIONS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, in one sentence; `question` or `section` says where, by name."""

    message: str
    question: str = ""
    section: str = ""
    field: str = ""


def faults(questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """Return what stands against publishing, in the order of the questionnaire."""
    return tuple(_faults(questionnaire))


def _faults(questionnaire: Questionnaire) -> Iterator[Finding]:
    if not questionnaire.title.strip():
        yield Finding(_("Le questionnaire n’a pas de titre : donnez-lui-en un."))
    if all(question.scale is Scale.NONE for question in questionnaire.questions):
        yield Finding(_("Le questionnaire ne pose aucune question : ajoutez-en une."))
    for section in questionnaire.sections:
        yield from _of_section(section)
    for fault in relevance.faults(questionnaire):
        page = "" if fault.question else questionnaire.sections[fault.section - 1].name
        yield Finding(fault.message, question=fault.question, section=page, field=fault.field)


def _of_section(section: Section) -> Iterator[Finding]:
    if not section.questions:
        yield Finding(
            _("La page « %(title)s » est vide : ajoutez-y une question ou supprimez-la.") % {"title": section.title},
            section=section.name,
        )
    for question in section.questions:
        yield from of_question(question)


def of_question(question: Question) -> Iterator[Finding]:
    """What is to be mended in one question, its condition apart."""
    if not question.label.strip():
        yield Finding(_("Une question n’a pas de texte : écrivez-la."), question.name, field="label")
    for message, field in (*_of_options(question), *_of_bounds(question)):
        yield Finding(
            _("« %(label)s » : %(message)s") % {"label": question.label or question.name, "message": message},
            question.name,
            field=field,
        )


def _of_options(question: Question) -> Iterator[tuple[str, str]]:
    if question.widget not in CHOICES:
        return
    # A question on the quartier that lists none offers those of the consultation.
    if len(question.options) < FEWEST_OPTIONS and not (isinstance(question, Quartier) and not question.options):
        yield _("il faut au moins deux réponses au choix."), "options"
    if isinstance(question, Grid) and not question.rows:
        yield _("la grille n’a pas de ligne à juger."), "rows"
    for field, options in (("options", question.options), ("rows", getattr(question, "rows", ()))):
        if len({option.code for option in options}) < len(options):
            yield _("deux réponses ont le même code."), field
        if _has_empty(options):
            yield _("une réponse n’a pas de texte."), field


def _has_empty(options: tuple[Option, ...]) -> bool:
    return any(not option.label.strip() for option in options)


def _of_bounds(question: Question) -> Iterator[tuple[str, str]]:
    most = getattr(question, "maximum", None)
    if isinstance(question, Number):
        if question.minimum is not None and most is not None and question.minimum > most:
            yield _("le minimum dépasse le maximum."), "minimum"
    elif most is not None and not 1 <= most <= len(question.options):
        yield _("le nombre de réponses permises doit aller de 1 au nombre de réponses proposées."), "maximum"
