"""What a choice of respondents keeps, in words: phrases for a file, a sentence for a page."""

from __future__ import annotations

from analysis.findings import by
from analysis.french import quote
from analysis.material import Filter
from surveys.words import _


def choice_words(choice: Filter) -> list[str]:
    """What a choice keeps, one phrase for each criterion; empty when it keeps everything."""
    named = (
        (choice.quartier, _("quartier %(value)s")),
        (choice.canal, _("canal %(value)s")),
        (choice.public, _("public %(value)s")),
        (choice.age, _("âge %(value)s")),
        (choice.sexe, _("sexe %(value)s")),
    )
    return [words % {"value": value} for value, words in named if value] + _without(choice)


def _without(choice: Filter) -> list[str]:
    return [_("sans les campagnes ni les doublons")] if choice.copies else []


def choice_sentence(choice: Filter) -> str:
    """The state of the filters as a sentence."""
    if choice == Filter(copies=choice.copies) != Filter():
        return _("Vous lisez toutes les réponses, sans les campagnes ni les doublons.")
    if choice != Filter():
        return _("Vous lisez seulement les réponses %(words)s.", words=", ".join(_kept(choice)))
    return _("Vous lisez toutes les réponses\u00a0: tous les quartiers, tous les canaux, tous les publics.")


def _kept(choice: Filter) -> list[str]:
    """Whose answers a choice keeps, inside a sentence."""
    named = (
        (choice.quartier, _("du quartier %(value)s"), choice.quartier),
        (choice.canal, _("reçues %(value)s"), by(choice.canal)),
        (choice.public, _("du public %(value)s"), quote(choice.public)),
        (choice.age, _("de personnes de %(value)s"), choice.age[:1].lower() + choice.age[1:]),
        (choice.sexe, _("de qui a dit %(value)s"), quote(choice.sexe)),
    )
    return [words % {"value": said} for value, words, said in named if value] + _without(choice)
