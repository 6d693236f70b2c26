"""The kinds of question in the words of who writes them, and what each lets be set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from surveys.editing import CHOICES
from surveys.questions import KINDS, Question, Scale, Widget

#: Lists that are given: their words may change, no line is added by hand.
GIVEN = frozenset({"yes_no", "quartier"})
WITH_OTHER = frozenset({"one_choice", "several_choices"})
SHUFFLED = frozenset({"one_choice", "several_choices", "ranking"})


@dataclass(frozen=True)
class Kind:
    """One kind as it is offered: its name, and one line on when to use it."""

    value: str
    words: str
    use: str


def offered() -> tuple[Kind, ...]:
    """Every kind, those most asked first."""
    uses = _uses()
    order = [*uses, *(kind for kind in KINDS if kind not in uses)]
    return tuple(Kind(value, _(KINDS[value].words), uses.get(value, "")) for value in order)


def _uses() -> Mapping[str, str]:
    return {
        "one_choice": _("Une seule réponse parmi quelques-unes."),
        "several_choices": _("Plusieurs réponses, avec un maximum si vous voulez : « 3 sujets prioritaires »."),
        "long_text": _("Ce que la personne veut dire, avec ses mots. C’est ce qui devient des thèmes."),
        "short_text": _("Un mot ou une ligne : une rue, un lieu."),
        "scale": _("Un avis du plus négatif au plus positif : « pas bien du tout » à « très bien »."),
        "grid": _("Le même avis demandé sur plusieurs sujets à la suite."),
        "ranking": _("Mettre des réponses dans l’ordre, la plus importante d’abord."),
        "yes_no": _("Oui ou non, rien d’autre."),
        "number": _("Une quantité : des années, des personnes."),
        "date": _("Un jour précis."),
        "quartier": _("Le quartier de la personne : la liste est celle de la consultation."),
        "age_band": _("L’âge par tranches, comparables d’un questionnaire à l’autre."),
        "note": _("Un texte à lire, sans réponse : une explication, un merci."),
    }


def fields(question: Question) -> frozenset[str]:
    """The fields of the form that this question has."""
    found = {"label", "help", "interviewer"}
    if question.scale is not Scale.NONE:
        found |= {"required", "dont_know", "may_refuse", "figure", "constraint", "constraint_message"}
    if question.kind in SHUFFLED:
        found.add("shuffled")
    match question.widget:
        case Widget.CHECKBOXES | Widget.RANKING:
            found.add("maximum")
        case Widget.NUMBER:
            found |= {"minimum", "maximum", "unit", "whole"}
        case Widget.LINE | Widget.PARAGRAPH:
            found.add("max_length")
    return frozenset(found | ({"role"} if question.kind == "quartier" else set()))


def lists(question: Question) -> tuple[str, ...]:
    """The lists of lines this question has."""
    if question.widget is Widget.GRID:
        return ("rows", "options")
    if question.kind == "quartier" and not question.options:
        return ()
    return ("options",) if question.widget in CHOICES else ()


def grows(question: Question) -> bool:
    """Whether lines may be added to its options by hand."""
    return question.kind not in GIVEN
