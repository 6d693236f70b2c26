"""Surnames that nothing announces: capitalised words no one knows, that a French model takes for a person.

On fragments the model sees people everywhere, so it is only asked about words that may be surnames: it is
slow too, and most texts have none.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from analysis.text.announcers import BEFORE_PLACES, RELATIONS, TITLES
from analysis.text.names import FIRST_NAMES
from analysis.text.normalise import common_words, fold
from analysis.text.persons import is_public

if TYPE_CHECKING:
    from spacy.language import Language

_CAPITALISED = re.compile(r"(?<=[\w,] )[A-ZÀ-Ü][a-zà-ü]{2,}(?![\w-])")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=['’]?\s*$)")
_NO_SURNAMES = FIRST_NAMES | TITLES | RELATIONS
_BEFORE = BEFORE_PLACES | {"les", "chez"}
_LONGEST = 400


def surnames(text: str, *, after: frozenset[str]) -> list[tuple[int, int]]:
    """Where words stand that are likely surnames; a person should have the last word.

    `after` are the folded words that announce something else than a person.
    """
    candidates = [match.span() for match in _CAPITALISED.finditer(text) if _may_be_surname(text, match, after)]
    if not candidates or len(text) > _LONGEST:
        return []
    persons = [(entity.start_char, entity.end_char) for entity in _model()(text).ents if entity.label_ == "PER"]
    return [span for span in candidates if any(start <= span[0] and span[1] <= end for start, end in persons)]


def _may_be_surname(text: str, match: re.Match[str], after: frozenset[str]) -> bool:
    before = _LAST_WORD.search(text, 0, match.start())
    if (
        before is None
        or not before.group().islower()
        or fold(before.group()) in after
        or fold(before.group()) in _BEFORE
    ):
        return False
    folded = fold(match.group())
    return folded not in common_words() and folded not in _NO_SURNAMES and not is_public([folded])


@cache
def _model() -> "Language":
    import spacy  # a second to load: only texts with a candidate pay for it

    return spacy.load("fr_core_news_sm", exclude=["morphologizer", "parser", "attribute_ruler", "lemmatizer"])
