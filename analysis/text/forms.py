"""The shapes of what identifies a person: numbers, addresses, accounts."""

import re
from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Something personal at `text[start:end]`."""

    start: int
    end: int
    kind: Kind
    doubtful: bool = False


_STREET = (
    r"(?:rue|r\.|avenue|av\.?|boulevard|bd\.?|bld|all[ée]es?|chemin|impasse|cours|route|quai|square|place|passage|"
    r"villa|sentier|voie|mont[ée]e|faubourg|cit[ée]|r[ée]sidence|esplanade|promenade|rond-point|traverse|lotissement)"
)
FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.EMAIL,
        re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]+(?:\s?(?:\.|\bpoint\b)\s?[\w-]+)+", re.I),
    ),
    (Kind.IBAN, re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){3,7}(?:[ .-]?[A-Z0-9]{1,4})?\b", re.I)),
    (
        Kind.NIR,
        re.compile(
            r"(?<!\d)[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .-]?(?:\d{2}|2[AB])[ .-]?\d{3}[ .-]?\d{3}"
            r"(?:[ .-]?(?:cl[ée]\s?)?\d{2})?(?!\d)",
            re.I,
        ),
    ),
    (
        Kind.PHONE,
        re.compile(r"(?<![\d.,])(?<!\d\s)(?:(?:\+|00)\s?33[ .-]?(?:\(0\)[ .-]?)?|0)\s?[1-9](?:[ ./-]?\d{2}){4}(?!\d)"),
    ),
    (Kind.PHONE, re.compile(r"(?<![\d.,])(?<!\d\s)0[1-9](?:\s?\d){8}(?!\d)")),
    (Kind.PHONE, re.compile(r"(?<![\w+])(?<!\d\s)(?:\+|00)(?!33|0)\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}\d(?!\d)")),
    (Kind.PLATE, re.compile(r"\b(?!(?:SS|WW)\b)[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\b", re.I)),
    (Kind.PLATE, re.compile(r"\b\d{1,4}[ -][A-Z]{2,3}[ -](?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])\b")),
    (
        Kind.ADDRESS,
        re.compile(
            rf"(?<!bus )(?<!ligne )(?<!tram )(?<!\d[ ,.])\b(?:num[ée]ro\s+|n°\s*|au\s+)?"
            rf"\d{{1,4}}\s*(?:bis|ter|quater|[A-D]\b)?\s*,?\s*"
            rf"{_STREET}\s+"
            r"(?:(?:du|de|des|la|le|les|l['’]|d['’]|et)\s*)*(?:[\w'’-]+)"
            r"(?:\s+(?:de\s+|du\s+|des\s+|la\s+)?[A-ZÀ-Ü][\w'’-]*)*"
            r"(?:\s*,?\s*\d{5}(?:\s+[A-ZÀ-Ü][\w'’-]+)?)?",
            re.I,
        ),
    ),
    (
        Kind.ADDRESS,
        re.compile(
            r"\b(?:appartement|appart|appt|apt|porte|logement|lgt)\s*(?:num[ée]ro|n°|no)?\s*[A-Z]?\d{1,4}\b", re.I
        ),
    ),
    (Kind.ACCOUNT, re.compile(r"(?<![\w.])@[A-Za-z_][\w.]{2,}")),
)

#: Every form holds a digit or a commercial at, spelt or not: most answers hold neither.
FORMAL = re.compile(r"[0-9@]|arobase|\bat\b", re.IGNORECASE)
