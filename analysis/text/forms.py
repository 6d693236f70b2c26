"""The shapes of what identifies a person: numbers, addresses, accounts."""

import re
from dataclasses import dataclass
from enum import StrEnum

from analysis.text.normalise import common_words, listed


class Kind(StrEnum):
    """What was masked, in the word put in its place."""

    PHONE = "téléphone"
    EMAIL = "courriel"
    PLATE = "plaque"
    NIR = "numéro de sécurité sociale"
    IBAN = "compte bancaire"
    ADDRESS = "adresse"
    NAME = "nom"
    ACCOUNT = "compte en ligne"
    OTHER = "masqué"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something personal at `text[start:end]`."""

    start: int
    end: int
    kind: Kind
    doubtful: bool = False


_ROAD = r"rue|r\.|avenue|av\.?|boulevard|bd\.?|bld|faubourg|sentier|mont[ée]e|esplanade|promenade|rond-point"
#: These are met elsewhere than in addresses ("3 places"): a name must follow.
_PLACE = (
    r"all[ée]es?|chemin|impasse|cours|route|quai|square|place|passage|villa|voie|cit[ée]|r[ée]sidence|traverse|"
    r"lotissement"
)
_OF = r"(?:(?:du|de|des|la|le|les|et|en)\s+|l['’]|d['’])"
#: What follows the name of a street rather than goes on with it, where there are no capitals.
_AFTER = (
    r"(?:et|est|c|ce|il|ils|elle|y|a|à|au|aux|ou|où|qui|que|qu|pour|avec|dans|on|je|j|nous|en|sur|depuis|les|le|la|ne|n|pas|"
    r"sont|mais|car|sans|sous|chez|vers|entre|devant|face|près|tout|toute|tous|très|trop|il|bât?|bat|batiment|bâtiment|apt|appt|"
    r"appart|appartement|porte|hall|tour|esc|escalier|merci|svp|deux|trois)\b"
)
_NAME = (
    r"(?:\d{1,2}\s+[a-zà-ü]+\s+(?:19|20)\d\d|[^\W\d_][\w'’-]*)"
    rf"(?:\s+(?:de\s+|du\s+|des\s+|la\s+)*(?!{_AFTER})(?-i:[A-ZÀ-Ü])[\w'’-]*)*(?:\s+(?!{_AFTER})[a-zà-ü][a-zà-ü-]+){{0,1}}"
)
_DOOR = (
    r"(?:b[âa]t(?:iment)?|b[âa]t\.|esc(?:alier)?|entr[ée]e|hall|tour|appartement|appart|appt|apt|porte|logement|lgt)\.?"
    r"\s*(?:num[ée]ro|n°|no)?\s*(?:[A-Z]?\d{1,4}[A-Z]?|[A-Z])\b|\d{1,2}\s?(?:e|er|eme|ème)\s+[ée]tage"
)
_FORMS = {
    Kind.EMAIL: (
        r"[\w.+%-]+\s?(?:@|[(\[]\s?(?:at|arobase)\s?[)\]]|\barobase\b)\s?[\w-]+"
        r"(?:\s?(?:\.|[(\[]\s?(?:point|dot)\s?[)\]]|\bpoint\b)\s?[\w-]+)*"
        r"(?:\s?\.|\s?[(\[]\s?(?:point|dot)\s?[)\]]|\s?\bpoint\b)\s?[a-z]{2,6}\b",
    ),
    Kind.IBAN: (r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){3,7}(?:[ .-]?[A-Z0-9]{1,4})?\b",),
    Kind.NIR: (
        r"(?<!\d)[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}"
        r"(?:[ .-]?(?:cl[ée]\s?)?\d{2})?(?!\d)",
    ),
    Kind.PHONE: (
        r"(?<![\d.,])(?<!\d\s)(?:(?:\+|00)\s?(?:33|262|590|594|596|508|687|689)[ .-]{0,2}"
        r"(?:\(\s?0\s?\)[ .-]?)?|0)\s?[1-9](?:[ ./-]{0,3}\d{2}){4}(?!\d)",
        r"(?<![\d.,/])(?<!\d\s)(?!\d\d([/.-])\d\d\1\d{4})0[1-9](?:[ .-]{0,2}\d){8}(?!\d)",
        r"(?<![\w+])(?<!\d\s)(?:\+|00)(?!0)\d{1,3}(?:[ .-]{0,2}\(?\d{1,4}\)?){2,6}\d(?!\d)",
    ),
    Kind.ADDRESS: (
        rf"(?<!bus )(?<!ligne )(?<!tram )(?<!\d[ ,.])\b(?:num[ée]ro\s+|n°\s*|au\s+(?=\d))?\d{{1,4}}\s*"
        rf"(?:bis|ter|quater|[A-D]\b)?\s*,?\s*(?:(?:{_ROAD})\s+(?!pi[ée]ton|principal|sombre|passant){_OF}*|(?:{_PLACE})\s+"
        rf"(?:{_OF}+|(?-i:(?=[A-ZÀ-Ü])))(?!parking|stationnement|jeux)){_NAME}"
        rf"(?:\s*,?\s*(?:{_DOOR}))*(?:\s*,?\s*\d{{5}}(?:\s+(?-i:[A-ZÀ-Ü])[\w'’-]+)?)?(?:\s*,?\s*(?:{_DOOR}))*",
        r"\b(?:appartement|appart|appt|apt|porte|logement|lgt)\s*(?:num[ée]ro|n°|no)?\s*[A-Z]?\d{1,4}\b",
    ),
    Kind.ACCOUNT: (
        r"\b(?:facebook|instagram|tiktok|snapchat|twitter|linkedin|x|t)\.(?:com|me)/[\w.@/-]+",
        r"\b(?:insta|instagram|snap|snapchat|tik\s?tok|twitter|telegram|discord|messenger)\b\s*(?::\s*@?[\w.-]+|@[\w.-]+|"
        r"(?=[a-z.-]*[\d_.])[\w-]+(?:\.[\w-]+)*[\w])",
        r"(?<![\w.])@[A-Za-z_][\w.]{2,}",
    ),
}
FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE)) for kind, patterns in _FORMS.items() for pattern in patterns
)
#: Plates since 2009, then before; words are told from their letters by `is_plate`.
PLATES = (
    re.compile(r"\b(?!(?:SS|WW)\b)([A-HJ-NP-TV-Z]{2})( ?- ?| ?)\d{3}\2([A-HJ-NP-TV-Z]{2})\b", re.IGNORECASE),
    re.compile(r"\b\d{1,4}([ -]?)([A-Z]{2,3})\1(?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])\b", re.IGNORECASE),
)
#: Pairs of letters that are words or units; most others are met in plates.
_PAIRS = listed(
    """
    de du le la et en au un il ou on ce se si sa ma ta je tu ne ni va as es ai eu km kg cm mm ml mo go mw kw pm am ha db
    an hz
    """
)


def is_plate(match: re.Match[str]) -> bool:
    """Whether the letters of what looks like a plate are no words: "de 100 km" is none."""
    letters = [group.lower() for group in match.groups() if group.strip(" -")]
    words = (group in _PAIRS if len(group) < 3 else group in common_words() for group in letters)
    return "-" in match.group() or not all(words)


#: Every form holds a digit, a commercial at, spelt or not, or the name of a network: most answers hold none.
FORMAL = re.compile(r"[0-9@]|arobase|\bat\b|\b(?:insta|snap|tik ?tok|telegram|discord)|\.com/", re.IGNORECASE)
