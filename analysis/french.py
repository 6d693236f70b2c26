"""How the generated sentences agree, contract and count: fixed rules, no sentence of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.palette import percent
from surveys.words import _, ngettext

NBSP = "\u00a0"
NARROW = "\u202f"
_OPEN, _CLOSE = re.compile(r"«\s*"), re.compile(r"\s*»")


@dataclass(frozen=True, slots=True)
class Noun:
    """How a theme is named inside a sentence, with its article."""

    text: str
    plural: bool = False

    def verb(self, singular: str, plural: str) -> str:
        return plural if self.plural else singular


#: Short names of the shipped themes, by label: a theme that was renamed is quoted under its new name instead.
NOUNS = {
    "Sécurité et tranquillité publique": Noun("la sécurité"),
    "Propreté et gestion des déchets": Noun("la propreté"),
    "Stationnement": Noun("le stationnement"),
    "Mobilités et déplacements": Noun("les déplacements", plural=True),
    "Parcs, espaces verts et aires de jeux": Noun("les espaces verts", plural=True),
    "Commerces et vie économique du quartier": Noun("les commerces", plural=True),
    "Logement et parties communes": Noun("le logement"),
    "Aménagement et entretien de l’espace public": Noun("l’espace public"),
    "Santé et accès aux soins": Noun("la santé"),
    "Lien social et convivialité": Noun("le lien social"),
    "Enfance, jeunesse et éducation": Noun("la jeunesse"),
    "Sport, culture et loisirs": Noun("les loisirs", plural=True),
    "Emploi, formation et insertion": Noun("l’emploi"),
    "Services publics et accès aux droits": Noun("l’accès aux droits"),
    "Maîtrise du français et illectronisme": Noun("la maîtrise du français"),
    "Transition écologique et cadre climatique": Noun("la transition écologique"),
    "Égalité et lutte contre les discriminations": Noun("l’égalité"),
    "Participation, information et fonctionnement du contrat de ville": Noun("la participation"),
}

#: From which share (0 to 1) each way of saying it is used; between two of them the percentage is said.
QUANTIFIERS: tuple[tuple[float, float, str], ...] = (
    (0.95, 1.01, "presque tous les retours"),
    (0.75, 0.95, "plus des trois quarts des retours"),
    (0.70, 0.75, "près des trois quarts des retours"),
    (2 / 3, 0.70, "plus des deux tiers des retours"),
    (0.62, 2 / 3, "près des deux tiers des retours"),
    (0.505, 0.62, "plus de la moitié des retours"),
    (0.495, 0.505, "la moitié des retours"),
    (0.45, 0.495, "près de la moitié des retours"),
    (1 / 3, 0.40, "plus d’un tiers des retours"),
    (0.30, 1 / 3, "près d’un tiers des retours"),
    (0.25, 0.30, "plus d’un quart des retours"),
    (0.22, 0.25, "près d’un quart des retours"),
    (0.18, 0.22, "environ un retour sur cinq"),
    (0.09, 0.11, "environ un retour sur dix"),
)

#: The article of a quartier whose name begins with a common noun.
COMMON = dict.fromkeys(("bourg", "centre", "faubourg", "hameau", "quartier", "secteur"), "au ")
COMMON |= dict.fromkeys(("cité", "résidence", "zone"), "à la ") | {"îlot": "à l’"}
SMALL_NUMBERS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def noun(label: str) -> Noun:
    """The theme of that label inside a sentence: « la sécurité », or its name between guillemets."""
    return NOUNS.get(label) or Noun(quote(label))


def quote(text: str) -> str:
    """The text between guillemets; those it has itself become the second ones of French, “ ”."""
    inner = _OPEN.sub("“", _CLOSE.sub("”", text))
    return f"«{NBSP}{inner}{NBSP}»"


def capital(text: str) -> str:
    """The text with its first letter in capital, guillemets skipped."""
    for place, letter in enumerate(text):
        if letter.isalnum():
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


def part(share: float) -> str:
    """« plus de la moitié des retours » : a share (0 to 1) of the returns, said by fixed thresholds."""
    for least, most, words in QUANTIFIERS:
        if least <= share < most:
            return _(words)  # the words above are extracted by hand: they are a closed list
    return _("%(share)s des retours", share=percent(share))


def listed(items: Sequence[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s et %(last)s", first=", ".join(items[:-1]), last=items[-1])


def at(place: str) -> str:
    """« à Grazailles », « au Viguier », « aux Serres », « à la Cité Jardin », whatever the capitals."""
    for article, contracted in (("le ", "au "), ("les ", "aux ")):
        if place.lower().startswith(article):
            return contracted + place[len(article) :]
    first = re.split(r"[\s-]", place, maxsplit=1)[0].lower()
    return f"{COMMON.get(first, 'à ')}{place}"


def spelt(number: int) -> str:
    """Numbers up to ten in letters, as a text writes them; figures above."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else str(number)


def persons(count: int | None) -> str:
    """« 12 personnes », « 1 personne », « effectif masqué » when it may not be said."""
    if count is None:
        return _("effectif masqué")
    return ngettext("%(n)s personne", "%(n)s personnes", count, n=_thousands(count))


def anyone(count: int | None) -> str:
    """The same, « personne » where there is none."""
    return _("personne") if count == 0 else persons(count)


def counted(count: int, singular: str, plural: str) -> str:
    """A count and what it counts: « 1 240 idées », « 0 idée »."""
    return f"{_thousands(count)} {singular if abs(count) < 2 else plural}"


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", NARROW)
