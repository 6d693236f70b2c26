"""Kinds answered by choosing among options: one, several, scale, grid, ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.questions.base import (
    Invalid,
    Json,
    Option,
    Question,
    Scale,
    Widget,
    text_of,
)
from surveys.words import _

LONGEST_PRECISION = 200


@dataclass(frozen=True)
class OneChoice(Question):
    """One option among several; the value is its code, or a mapping when a precision was written."""

    kind = "one_choice"
    words = "Choix unique"
    widget = Widget.RADIOS
    scale = Scale.NOMINAL

    def clean(self, raw: object) -> Json:
        choice, other = _choice_and_other(raw)
        if not choice:
            return None
        option = self.option(choice)
        if option is None:
            raise Invalid(_("Choisissez une des réponses proposées."))
        return {"choice": choice, "other": other} if option.other and other else choice

    def codes(self, value: Json) -> tuple[str, ...]:
        return (value["choice"],) if isinstance(value, dict) else (str(value),)

    def missing(self) -> str:
        return _("Choisissez une réponse.")


def _choice_and_other(raw: object) -> tuple[str, str]:
    if isinstance(raw, Mapping):
        return text_of(raw.get("choice")), _precision(raw)
    return text_of(raw), ""


def _precision(raw: Mapping[str, object]) -> str:
    precision = text_of(raw.get("other"))
    if len(precision) > LONGEST_PRECISION:
        raise Invalid(
            _("Votre précision a %(length)d caractères : ramenez-la à %(maximum)d au plus.")
            % {"length": len(precision), "maximum": LONGEST_PRECISION}
        )
    return precision


@dataclass(frozen=True)
class YesNo(OneChoice):
    """Yes or no, as two buttons."""

    kind = "yes_no"
    words = "Oui ou non"
    options: tuple[Option, ...] = (Option("oui", "Oui"), Option("non", "Non"))


@dataclass(frozen=True)
class Quartier(OneChoice):
    """The quartier a person speaks from; the codes of its options are slugs of the consultation's places."""

    kind = "quartier"
    words = "Quartier"
    #: Which of the three facts the answer is: `habite`, `frequente` or `parle-de`.
    role: str = "habite"


@dataclass(frozen=True)
class AgeBand(OneChoice):
    """An age band, stored fine and grouped when read."""

    kind = "age_band"
    words = "Tranche d’âge"
    scale = Scale.ORDINAL
    options: tuple[Option, ...] = tuple(
        Option(code, label)
        for code, label in (
            ("moins-15", "Moins de 15 ans"),
            ("15-17", "15 à 17 ans"),
            ("18-24", "18 à 24 ans"),
            ("25-34", "25 à 34 ans"),
            ("35-44", "35 à 44 ans"),
            ("45-59", "45 à 59 ans"),
            ("60-74", "60 à 74 ans"),
            ("75-plus", "75 ans et plus"),
        )
    )


@dataclass(frozen=True)
class Rating(OneChoice):
    """An ordered scale, from the least to the most favourable option."""

    kind = "scale"
    words = "Échelle"
    widget = Widget.SCALE
    scale = Scale.ORDINAL


@dataclass(frozen=True)
class SeveralChoices(Question):
    """Several options, with an optional maximum; the value is a list, or a mapping with a precision."""

    kind = "several_choices"
    words = "Choix multiple"
    widget = Widget.CHECKBOXES
    scale = Scale.MULTIPLE
    maximum: int | None = None

    def clean(self, raw: object) -> Json:
        chosen, other = _choices_and_other(raw)
        picked = [option for option in self.options if option.code in chosen]
        if len(picked) != len(set(chosen)):
            raise Invalid(_("Choisissez parmi les réponses proposées."))
        if self.maximum is not None and len(picked) > self.maximum:
            raise Invalid(
                _("Choisissez %(maximum)d réponses au plus : décochez-en %(excess)d.")
                % {"maximum": self.maximum, "excess": len(picked) - self.maximum}
            )
        if len(picked) > 1 and (alone := next((o for o in picked if o.exclusive), None)):
            raise Invalid(_("« %(label)s » ne se combine pas avec une autre réponse.") % {"label": alone.label})
        codes = [option.code for option in picked]
        return {"choices": codes, "other": other} if other and any(o.other for o in picked) else codes or None

    def codes(self, value: Json) -> tuple[str, ...]:
        return tuple(value["choices"] if isinstance(value, dict) else value)

    def missing(self) -> str:
        return _("Choisissez au moins une réponse.")


def _choices_and_other(raw: object) -> tuple[list[str], str]:
    if isinstance(raw, Mapping):
        return _strings(raw.get("choices")), _precision(raw)
    return _strings(raw), ""


def _strings(raw: object) -> list[str]:
    return [text for text in _places(raw) if text]


def _places(raw: object) -> list[str]:
    """Every item as text, empty ones kept at their place, those after the last one written left out."""
    if raw is None or raw == {}:
        return []
    items = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else [raw]
    texts = [text_of(item) for item in items]
    while texts and not texts[-1]:
        texts.pop()
    return texts


@dataclass(frozen=True)
class Grid(Question):
    """The same scale put to several rows; the value maps row codes to option codes, unrated rows absent."""

    kind = "grid"
    words = "Grille"
    widget = Widget.GRID
    scale = Scale.GRID
    rows: tuple[Option, ...] = ()

    def clean(self, raw: object) -> Json:
        given = raw if isinstance(raw, Mapping) else {}
        value = {row.code: code for row in self.rows if (code := text_of(given.get(row.code)))}
        if any(self.option(code) is None for code in value.values()):
            raise Invalid(_("Choisissez une des réponses proposées pour chaque ligne."))
        if self.required and len(value) < len(self.rows):
            raise Invalid(_("Répondez à chaque ligne de la grille."))
        return value or None


@dataclass(frozen=True)
class Ranking(Question):
    """Options put in order, the first being the most important; the value is a list of codes."""

    kind = "ranking"
    words = "Classement"
    widget = Widget.RANKING
    scale = Scale.RANKING
    maximum: int | None = None

    def clean(self, raw: object) -> Json:
        codes = _places(raw)
        if "" in codes:
            raise Invalid(
                _("Classez sans sauter de rang : il manque le choix n°\u00a0%(rank)d.") % {"rank": codes.index("") + 1}
            )
        if any(self.option(code) is None for code in codes):
            raise Invalid(_("Classez les réponses proposées."))
        if len(set(codes)) < len(codes):
            raise Invalid(_("Donnez un rang différent à chaque réponse."))
        if self.maximum is not None and len(codes) > self.maximum:
            raise Invalid(
                _("Classez %(maximum)d réponses au plus : retirez-en %(excess)d.")
                % {"maximum": self.maximum, "excess": len(codes) - self.maximum}
            )
        return codes or None

    def codes(self, value: Json) -> tuple[str, ...]:
        return tuple(value)
