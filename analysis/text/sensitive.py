"""Subjects that the law protects, where a person can be told: health, religion, an offence laid to somebody.

A subject alone is no concern ("il manque un psychiatre"); in the sentence of a person, it waits to be read.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from analysis.text.forms import Found


class Subject(StrEnum):
    """What is said of a person that the law protects."""

    HEALTH = "santé"
    RELIGION = "religion"
    OFFENCE = "infraction"


@dataclass(frozen=True, slots=True, order=True)
class Flag:
    """The words of `text[start:end]` that tell the subject."""

    start: int
    end: int
    subject: Subject


_SENTENCE = re.compile(r"[^.!?;\n]+")
#: Somebody the neighbourhood would know, though nobody is named.
_SOMEBODY = re.compile(
    r"\b(?:mon|ma|notre|le|la|l['’]|son|sa|ce|cette)\s*(?:voisine?|gardienne?|concierge|mari|femme|fils|fille|m[èe]re|"
    r"p[èe]re|fr[èe]re|s[œo]e?ur|conjointe?|dame|monsieur|directeur|directrice|famille|propri[ée]taire|locataire|"
    r"[ée]picier|[ée]ducateur|[ée]ducatrice)\s+(?:est|a|qui|du|de|n['’]|ne|au|souffre|vend|deale|boit|vole|frappe|bat)\b",
    re.IGNORECASE,
)
_SUBJECTS = {
    Subject.HEALTH: re.compile(
        r"\b(?:handicap[ée]e?s?|malades?|maladie|cancers?|d[ée]pressi(?:f|ve|on)|schizophr[èe]n\w+|bipolaires?|"
        r"psychotiques?|"
        r"alcooli(?:que|sme)s?|toxicoman\w+|drogu[ée]e?s?|enceinte|alzheimer|parkinson|sida|s[ée]ropositi\w+|"
        r"diab[èe]t\w+|"
        r"[ée]pilep\w+|autis(?:te|me)s?|trisomi\w+|suicid\w+|sous tutelle|sous curatelle|"
        r"hospitalis[ée]\w*|intern[ée]e?|"
        r"troubles? (?:mentaux|psy\w*)|folle|sénile|aveugle|sourde?)\b",
        re.IGNORECASE,
    ),
    Subject.RELIGION: re.compile(
        r"\b(?:musulmane?s?|juifs?|juives?|catholiques?|chr[ée]tiens?|chr[ée]tiennes?|protestante?s?|"
        r"t[ée]moins? de j[ée]hovah|"
        r"salafistes?|islamistes?|int[ée]gristes?|voil[ée]es?|barbus?|converti\w*|pratiquante?s?|ath[ée]es?|"
        r"[ée]vang[ée]liques?)\b",
        re.IGNORECASE,
    ),
    Subject.OFFENCE: re.compile(
        r"\b(?:deal(?:e|ait|ent|er|eurs?)?|vend(?:ait)? (?:de la drogue|du shit|de la coke|des stup\w*)|trafiqu\w+|"
        r"vol(?:e|é|ait|eur|euse|eurs)|frapp(?:e|é|ait)|tabass\w+|bat(?:tait)? (?:sa|son|ses|les)|viol(?:e|é|ait|eur)?|"
        r"agress(?:e|é|ait|eur)|cambriol\w+|escroqu?\w*|menac(?:e|é|ait)|incendi(?:e|é|aire)|met le feu|"
        r"(?:est|sort|en) (?:en |de )?prison|condamn[ée]\w*|arm[ée]e?s?|p[ée]dophile|harc[èe]l\w+|insult(?:e|é|ait)|"
        r"travail(?:le)? au noir|fraud\w+)\b",
        re.IGNORECASE,
    ),
}  # fmt: skip


def flags(text: str, found: tuple[Found, ...]) -> tuple[Flag, ...]:
    """The sensitive words said in the same sentence as a person who is named or could be told."""
    if not found and not _SOMEBODY.search(text):
        return ()
    hits = [
        Flag(match.start(), match.end(), subject)
        for subject, pattern in _SUBJECTS.items()
        for match in pattern.finditer(text)
    ]
    if not hits:
        return ()
    told = [
        sentence.span()
        for sentence in _SENTENCE.finditer(text)
        if any(sentence.start() <= item.start < sentence.end() for item in found) or _SOMEBODY.search(sentence.group())
    ]
    return tuple(sorted(hit for hit in hits if any(start <= hit.start < end for start, end in told)))
