"""Cut a contribution into ideas, each a span of the text as it was written.

Sentences, lines, bullets and numbers always separate ideas; commas, slashes and "et" only where both
sides stand on their own, so that "sorties et entrées d'école" or "12 et 14 rue des Lilas" stay whole.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.text.normalise import fold, listed

_ABBREVIATIONS = (
    r"(?<!\bM)(?<!\bMr)(?<!\bMM)(?<!\bMme)(?<!\bMlle)(?<!\bDr)(?<!\bSt)(?<!\bex)(?<!\bcf)(?<!\bav)(?<!\bbd)"
)
#: A mark that ends a sentence, or something that opens the next item of a list.
_HARD = re.compile(
    rf"""
      \s*[\r\n\u2028]+\s*                                  # a new line
    | {_ABBREVIATIONS}(?<!\b[A-Za-z])[.]+(?=\s|$|["»)])\s*  # a full stop, not after an initial
    | (?<=[^\W\d_]{{2}})\.(?=[A-ZÀ-Ü][a-zà-ü])              # a full stop with its space forgotten
    | [!?…;]+\s*                                           # other ends
    | \s+[-–—•·*►→▪+=>]+\s+                                 # a dash, a bullet, a plus between spaces
    | \s*[•►→▪●◦‣]\s*
    | \s+[-–—](?=[^\W\d])                                 # a dash stuck to the word it opens
    | (?:(?<=\s)|^)\(?\d{{1,2}}\s*(?:[)°]|/(?!\d)|[.-](?=\s+[^\W\d]))\s*   # 1) 2/ 3. 4-
    | (?:(?<=\s)|^)[a-h]\)\s*
    """,
    re.VERBOSE,
)
_SLASH = re.compile(r"\s+/\s*|(?<=[^\W\d_]{3})/\s*(?=[^\W\d_]{3})")
_COMMA = re.compile(
    r"(?<!\d)\s*,(?!\d)\s*|(?<=\d),\s+(?!\s*(?:bis\b|ter\b|rue|avenue|av\b|place|bd|boulevard|all[ée]e|chemin|impasse|cours|route|quai|square))"
)
_EDGES = " \t\r\n\f\v\xa0\u202f\u2009.,;:!?…-–—•·*►→▪●◦‣+=>/\\|_~\"«»“”'’()[]{}#"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]*)?")

_SUBORDINATES = listed(
    """
    qui que qu quoi dont ou car donc si quand lorsque comme afin pour sans avec surtout notamment voire puis mais
    parce puisque alors etc sinon sauf y compris ni dans sur par a au aux chez ce cela ca enfin ainsi soit tant
    plutot meme en ex comment pourquoi merci bref bon
    """
)
_SUBJECTS = listed("je j tu il elle on nous vous ils elles c ce cela ca")
_SPEAKERS = listed("je j on il elle nous vous ils elles")
_QUANTIFIERS = listed("plus moins trop manque assez davantage pas absence besoin beaucoup")
_ARTICLES = listed("le la les l un une du mon ma mes notre nos leur leurs ces")
_OPENERS = listed(
    """
    aussi surtout puis il faut faudrait on je j c qu que pouvoir encore egalement enfin mettre notamment
    """
)
#: Two nouns that make one notion; the longest list is shorter than the harm of cutting them.
_PAIRS = frozenset(
    """sorties entrees|entrees sorties|entree sortie|sortie entree|allees venues|hommes femmes|femmes hommes|
    jeunes vieux|jeunes moins|petits grands|parents enfants|filles garcons|garcons filles|jour nuit|nuit jour|
    jours nuits|jour soir|matin soir|midi soir|soir week|soirs week|tri recyclage|eaux forets|ponts chaussees|
    poids mesures|droits devoirs|voies reseaux|bars restaurants|cafes restaurants|cafe restaurant|
    haut bas|locaux nationaux|public prive|sol murs|va vient|belle bien|bel bien|art culture|arts metiers|
    samedi dimanche|ecoute attention|bien etre|nord sud|est ouest|pieds mains|son lumiere|sons lumieres""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
_MAX_ITEM_WORDS = 7


class Span(NamedTuple):
    """Where an idea stands: `text[start:end]`."""

    start: int
    end: int


def ideas(text: str) -> tuple[Span, ...]:
    """The ideas of a text in order, disjoint, without the bullets and marks around them.

    A text with no letter nor digit has none.
    """
    spans: list[Span] = []
    for sentence in _cut(text, Span(0, len(text)), _HARD):
        for part in _cut(text, sentence, _SLASH):
            spans.extend(_listed(text, part))
    return tuple(spans)


def _cut(text: str, span: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    start = span.start
    for found in separator.finditer(text, span.start, span.end):
        yield from _trimmed(text, start, found.start())
        start = found.end()
    yield from _trimmed(text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """The span without the marks at its edges; nothing when no letter or digit is left."""
    while start < end and _is_edge(text[start]):
        start += 1
    while end > start and _is_edge(text[end - 1]):
        end -= 1
    if start < end and any(char.isalnum() for char in text[start:end]):
        yield Span(start, _closed(text, start, end))


def _is_edge(char: str) -> bool:
    return char in _EDGES or char.isspace()


def _closed(text: str, start: int, end: int) -> int:
    """Take back a bracket or quote that the idea itself opened."""
    for opened, closed in (("(", ")"), ("«", "»"), ("“", "”"), ("[", "]")):
        position = text.find(closed, end, end + 3)
        if position >= 0 and opened in text[start:end] and closed not in text[start:end]:
            return position + 1
    return end


def _listed(text: str, span: Span) -> Iterator[Span]:
    items = list(_cut(text, span, _COMMA))
    if len(items) < 2 or not _is_list(text, items):
        items = [span]
    for item in items:
        yield from _joined(text, item)


def _is_list(text: str, items: list[Span]) -> bool:
    """Whether commas separate things named one after the other, not the parts of one sentence."""
    lists = [_words(text, item) for item in items]
    if len(items) == 2 and any(len(found) > _MAX_ITEM_WORDS for found in lists):
        return all(_stands_alone(found) and len(found) >= 3 for found in lists)
    return all(_stands_alone(found) for found in lists)


def _stands_alone(found: list[str]) -> bool:
    return bool(found) and found[0] not in _SUBORDINATES and (found[0] not in _SUBJECTS or len(found) >= 3)


def _joined(text: str, span: Span) -> Iterator[Span]:
    """Cut at each "et", "ainsi que", "mais" or "&" that joins two ideas."""
    start = span.start
    for found in _JOIN.finditer(text, span.start, span.end):
        left, right = _words(text, Span(start, found.start())), _words(text, Span(found.end(), span.end))
        if left and right and _two_ideas(left, right, contrast=fold(found.group()).strip() == "mais"):
            yield from _trimmed(text, start, found.start())
            start = found.end()
    yield from _trimmed(text, start, span.end)


_JOIN = re.compile(r"\s+(?:et|ET|Et|&|ainsi que|mais|MAIS)\s+(?!/)")


def _two_ideas(left: list[str], right: list[str], *, contrast: bool) -> bool:
    if contrast:
        return len(left) >= 3 and len(right) >= 3
    if right[0] in _OPENERS:
        return len(left) >= 2 and len(right) >= 2
    if len(right) >= 4 and not _SPEAKERS.isdisjoint(right[1:4]):
        return len(left) >= 2
    if right[0] in _QUANTIFIERS:
        return len(right) >= 2
    if _is_infinitive(right):
        return _is_infinitive(left) or left[0] in {"il", "faut"}
    return _parallel(left, right)


def _parallel(left: list[str], right: list[str]) -> bool:
    """Whether what follows repeats the construction the left part opens with, rather than one inside it."""
    if left[0] in _QUANTIFIERS and right[0] in {"de", "d"}:
        return left.count(right[0]) + left.count("de") <= 2
    if right[0] in _ARTICLES:
        return left[0] in _ARTICLES and not any(word in _ARTICLES or word in {"entre", "des"} for word in left[1:])
    if right[0] == "des":
        return left[0] == "des" and not any(word in {"des", "de", "d", "entre"} for word in left[1:])
    return len(left) == len(right) == 1 and f"{left[0]} {right[0]}" not in _PAIRS and min(map(len, left + right)) > 3


def _is_infinitive(found: list[str]) -> bool:
    word = found[1] if found[0] in {"ne", "se", "s", "mieux", "de", "d", "a"} and len(found) > 1 else found[0]
    return len(word) > 4 and word.endswith(("er", "ir", "oir", "dre", "tre", "ire")) and word not in _NOT_INFINITIVES


_NOT_INFINITIVES = listed(
    "quartier metier chantier courrier loyer foyer papier hiver escalier premier dernier milieu centre autre notre "
    "votre territoire histoire voire horaire salaire maire commissaire primaire securitaire espoir trottoir avenir "
    "danger leger particulier entier regulier atelier dossier panier palier fenetre theatre maitre lettre titre "
    "contre entre outre loisir cimetiere laboratoire memoire couloir pouvoir desir plaisir soir noir terre"
)


def _words(text: str, span: Span) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(fold(text[span.start : span.end])):
        head, elided, tail = word.partition("'")
        found.append(head)
        if elided and tail:
            found.append(tail)
    return found
