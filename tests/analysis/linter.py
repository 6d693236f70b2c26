"""What no sentence of the product may be: rules of typography, grammar and prudence, one small function each.

Words between guillemets are somebody's own, and are read for nothing but their guillemets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

#: The two spaces that French puts before a sign and that break no line.
FIXED = "\u00a0\u202f"


class Kind(StrEnum):
    """What a sentence is for: a title has no full stop, a lede has one, a phrase stands inside something else."""

    TITLE = "title"
    LEDE = "lede"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that was written, and what it was written of: the `share` it tells, whether the figure is `masked`."""

    text: str
    kind: Kind = Kind.PHRASE
    share: float | None = None
    masked: bool = False


def title(text: str, *, share: float | None = None) -> Sentence:
    """A title, and the share it tells where it tells one."""
    return Sentence(text, Kind.TITLE, share)


def lede(text: str, *, masked: bool = False) -> Sentence:
    """Whole sentences under a title."""
    return Sentence(text, Kind.LEDE, masked=masked)


Rule = Callable[[Sentence], bool]

_QUOTED = re.compile(f"«[{FIXED}][^«»]*[{FIXED}]»")


def own(text: str) -> str:
    """What is said outside guillemets; a quoted name is left as one word that agrees with anything."""
    return _QUOTED.sub("X", text)


def _never(pattern: str, *, whole: bool = False) -> Rule:
    """True for a sentence where the pattern is found, among our own words unless in the `whole` of it."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda one: compiled.search(one.text if whole else own(one.text)) is not None


def _percent(one: Sentence) -> bool:
    return any(not re.search(rf"\d[{FIXED}]$", one.text[: found.start()]) for found in re.finditer("%", own_at(one)))


def own_at(one: Sentence) -> str:
    """The sentence with quoted words blanked, each sign at its place."""
    return _QUOTED.sub(lambda found: "X" * len(found[0]), one.text)


def _guillemets(one: Sentence) -> bool:
    """True where a guillemet is not closed, stands inside others, or touches its words."""
    left = _QUOTED.sub("", one.text)
    return "«" in left or "»" in left


def _first_letter(one: Sentence) -> bool:
    letters = one.text.lstrip(f"«“ {FIXED}")
    return one.kind is not Kind.PHRASE and not (letters[:1].isupper() or letters[:1].isdigit() or letters[:1] in "<")


def _stop(one: Sentence) -> bool:
    match one.kind:
        case Kind.TITLE:
            return one.text.endswith(".")
        case Kind.LEDE:
            return not re.search(r"[^.\s…]\.$", one.text)
        case Kind.PHRASE:
            return False


#: A quantifier and the shares (0 to 1) it may be said of, bounds included.
QUANTIFIERS = (
    ("presque tous les", 0.9, 1.0),
    ("plus des trois quarts", 0.75, 1.0),
    ("près des trois quarts", 0.7, 0.75),
    ("plus des deux tiers", 0.666, 0.75),
    ("près des deux tiers", 0.6, 0.667),
    ("plus de la moitié", 0.505, 0.65),
    ("près de la moitié", 0.45, 0.5),
    ("plus d’un tiers", 0.333, 0.4),
    ("près d’un tiers", 0.3, 0.334),
    ("plus d’un quart", 0.25, 0.3),
    ("près d’un quart", 0.22, 0.25),
    ("un retour sur cinq", 0.18, 0.22),
    ("un retour sur dix", 0.09, 0.11),
)
_BARE_HALF = re.compile(r"(?<!de )\bla moitié des retours")


def _quantifier(one: Sentence) -> bool:
    """True where words tell another share than the figure."""
    if one.share is None:
        return False
    said = own(one.text)
    wrong = any(words in said and not low <= one.share <= high for words, low, high in QUANTIFIERS)
    return wrong or (bool(_BARE_HALF.search(said)) and not 0.495 <= one.share <= 0.505)


def _told(one: Sentence) -> bool:
    """True for a figure said of what may not be counted."""
    return one.masked and re.search(r"\d", own(one.text)) is not None


_PEOPLE = r"(?:habitante?s?|citoyen(?:ne)?s|riverain(?:e)?s|résidente?s|gens|population|carcassonnais)"
_OPINE = (
    r"(?:pens|veul|voul|demand|souhait|réclam|di[ts]|estim|trouv|plaign|jug|évoqu|croi|préfèr|aim|attend|exig|considèr)"
)
_THINGS = r"(?:personne|retour|contribution|réponse|thème|texte|idée|piste|ligne|rencontre|objectif|action|besoin|"
_THINGS += r"quartier|canal|formulation|présence|proposition|engagement|préoccupation|point|pondération|atelier)"
_MANY = r"(?:[2-9]|\d{2,}|\d[\u202f\u00a0]\d{3})"
_VOWEL = "[aàâeéèêiîoôuûœ]"

RULES: dict[str, Rule] = {
    "a breaking space, or none, before a sign": _never(rf"[^{FIXED}\s;:!?][;!?](?!\w)|[^{FIXED}]:(?!//)|[ ][;:!?%]"),
    "a guillemet without its pair, its space, or inside others": _guillemets,
    "a space twice": _never(r"\s{2,}", whole=True),
    "a space before a comma or a stop": _never(r"\s[,.]", whole=True),
    "a space at an end": lambda one: one.text != one.text.strip(),
    "a typewriter apostrophe": _never(r"'"),
    "a small letter first": _first_letter,
    "a stop missing, or one too many": _stop,
    "two signs in a row": _never(r"[,;:.][,;:.]|\(\s|\s\)|\(\)"),
    "a value left as the program has it": _never(r"%\(|[{}]|\b(?:None|nan|inf|True|False)\b|<[a-z]", whole=True),
    "an English word": _never(
        r"\b(?:the|and|of|with|is|are|was|were|has|have|not|by|from|unknown|masked|count|themes?|shares?|answers?|"
        r"people|channels?|others?|needs?|none)\b"
    ),
    "a number without its narrow spaces": _never(r"(?<!\w)(?!(?:19|20)\d\d\b)\d{4,}"),
    "a number cut by a breaking space": _never(r"\d \d{3}(?!\d)"),
    "a percent sign without its fixed space": _percent,
    "a decimal point": _never(r"\d\.\d"),
    "a quantifier that is not the share": _quantifier,
    "the inhabitants as a subject": _never(
        rf"\b{_PEOPLE}\b(?:\s\w+)?\s(?:ne\s|se\s|n’|s’)?{_OPINE}\w*|\bon (?:veut|pense|demande)"
    ),
    "nobody told as a number": _never(r"(?<![\d,\u202f])\b0 (?:personne|texte|a|ont)\b"),
    "one told as several": _never(r"\b(?:les|des|ces|aux|chacun de ces) (?:un|une|1)\b(?!\u202f)"),
    "a cause": _never(
        r"\b(?:car|donc|parce qu|à cause|grâce à|dû à|due?s? à|en raison|expliqu\w+|provoqu\w+|entraîn\w+|puisqu|"
        r"par conséquent|c’est pourquoi|prouv\w+|significati\w+)"
    ),
    "a plural after one or none": _never(
        rf"(?<![\d,\u202f\u00a0])\b(?:[01]|zéro|une?)\s{_THINGS}s\b"
        rf"|(?<![\d,\u202f\u00a0])\b[01]\spersonne(?: d[eu] (?:ce )?quartier)?\s(?:se\s)?(?:ont|sont)\b"
    ),
    "a singular after several": _never(
        rf"(?<![,])\b{_MANY}\s{_THINGS}\b(?!s)|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\s{_THINGS}\b(?!s)"
        rf"|\b{_MANY}\spersonnes\s(?:a|est)\b"
    ),
    "a vowel that wants an elision": _never(
        rf"\b(?:de|le|la|que|ne|se|jusque|lorsque)\s(?!onz|oui\b){_VOWEL}|\bsi ils?\b"
    ),
    "an article left beside its preposition": _never(r"\b(?:de|à) les? (?!reconnaître|faire|dire|montrer|comparer)"),
    "an article twice": _never(r"\b(?:le|la|les|au|aux|du|des) (?:les?\b|la\b|l’)"),
    "a word twice": _never(r"\b(?!nous\b|vous\b|x\b)([a-zà-ÿ]+) \1\b"),
    "a figure of what is masked": _told,
    "none said of what is masked": _never(rf"(?s)(?=.*effectif masqué)(?=.*(?<!\d)0(?:[{FIXED}]%|\spersonne))"),
}


def faults(one: Sentence) -> Iterator[str]:
    """The rules that a sentence breaks; an empty one says nothing and breaks none."""
    if one.text:
        yield from (name for name, broken in RULES.items() if broken(one))
