"""A text as words that may be names: how each is written, what stands before it, whether it is a word."""

import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from analysis.text import announcers as before
from analysis.text.names import AMBIGUOUS, FIRST_NAMES, surnames
from analysis.text.normalise import common_words, fold, listed

_WORD = re.compile(
    r"(?<![^\W\d_])(?:(?<=\b[cdjlmnstCDJLMNST]['’])|(?<![^\W\d_]['’]))(?!\b[cdjlmnstCDJLMNST]['’])"
    r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
SURE = FIRST_NAMES - AMBIGUOUS
_ANNOUNCERS = before.PLACES | before.TITLES | before.RELATIONS | before.CALLING | before.OFFICES | before.LINKS
#: What may stand between a kind of place and its name.
_PASSED = (before.LINKS | before.QUALIFIERS | before.RANKS | FIRST_NAMES) - before.PLACES
#: Endings of adjectives, verbs and trades: after a first name in small letters, such a word is no surname.
ORDINARY = re.compile(
    r"(?:ante?|ente?|eux|euse|ive|if|ble|ique|iste|aires?|elles?|ienn?e?|ees?|er|ait|aient|ment|tion|eurs?|age|isme|"
    r"al|ales?|aux|ons|ez|ir|is|it)s?$"
)
#: What is left of a word before its apostrophe.
_CUT = listed("qu lorsqu puisqu quelqu jusqu presqu aujourd hui")
ELISION = re.compile(r"\b[dnoDNO]['’]$")
_LETTERS = str.maketrans("ıłđøİ", "ildoI")
_LONGEST_ACRONYM = 5


class Word(NamedTuple):
    """Where a word stands, as written and folded."""

    start: int
    end: int
    written: str
    folded: str


class Reading:
    """One text, cut in words; each question is about the word at `at`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [
            Word(match.start(), match.end(), match.group(), _folded(match.group())) for match in _WORD.finditer(text)
        ]

    @cached_property
    def shouted(self) -> bool:
        """Whether capitals say nothing here."""
        return sum(word.written.isupper() for word in self.words) > len(self.words) / 2

    def is_first(self, at: int) -> bool:
        """Whether a word is a first name, simple or double."""
        word = self.words[at].folded
        return word in FIRST_NAMES or ("-" in word and all(part in FIRST_NAMES for part in word.split("-")))

    def unknown(self, at: int) -> bool:
        """Whether no one knows the word, nor could: it may be a name."""
        word = self.words[at].folded
        return len(word) > 2 and not is_word(word) and not ORDINARY.search(word) and word not in _ANNOUNCERS

    def is_acronym(self, at: int) -> bool:
        """Whether a word is a few capitals in a text that has small letters."""
        written = self.words[at].written
        return written.isupper() and len(written) <= _LONGEST_ACRONYM and not self.shouted

    def telling(self, at: int) -> bool:
        """Whether a capital says something here: not where all is in capitals."""
        return self.words[at].written[0].isupper() and not self.shouted

    def gap(self, at: int) -> str:
        """What stands between a word and the one before."""
        return self.text[self.words[at - 1].end : self.words[at].start] if at else ""

    def joined(self, at: int) -> bool:
        """Whether only a space, or the point of an abbreviation, parts a word from the one before."""
        gap, last = self.gap(at), self.words[at - 1]
        short = len(last.written) == 1 or last.folded in before.TITLES
        bare = ELISION.sub("", gap).strip(" \xa0")
        return "\n" not in gap and (not bare or (short and bare == "."))

    def after_place(self, at: int) -> bool:
        """Whether a kind of place comes just before, but for articles, ranks and a name or two."""
        back = at - 1
        while back >= 0 and at - back < 5 and self.words[back].folded in _PASSED:
            if not self.same_sentence(back + 1):
                return False
            back -= 1
        if back < 0 or not self.same_sentence(back + 1):
            return False
        word = self.words[back].folded
        return word in before.PLACES or word.split("-")[0] in {"saint", "sainte"}

    def same_sentence(self, at: int) -> bool:
        """Whether no sentence ends between a word and the one before."""
        return not any(mark in self.gap(at) for mark in ".!?;\n") or self.words[at - 1].folded in {
            "st",
            "ste",
            "av",
            "bd",
        }


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    return fold(word.translate(_LETTERS)).replace("'", "-")


def is_word(folded: str) -> bool:
    """Whether French people use the word otherwise than as a name; "aujourd'hui" and "soi-même" are words."""
    known = common_words()
    return folded in known or ("-" in folded and all(part in known or part in _CUT for part in folded.split("-")))


def is_surname(folded: str) -> bool:
    """Whether a word is a known surname, simple or double."""
    known = surnames()
    return folded in known or ("-" in folded and any(part in known for part in folded.split("-")))
