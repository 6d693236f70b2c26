"""Names of persons, from what announces them: a title, a tie ("mon voisin"), a first name, a known surname.

Letters tell little (many write without capitals, some with nothing else), so a word is a name for what stands
before it and for what it is not. What is only likely is reported as doubtful, for a person to decide.
"""

import re
from functools import cache
from typing import NamedTuple

from analysis.text import announcers as before
from analysis.text.forms import Found, Kind
from analysis.text.names import AMBIGUOUS, FIRST_NAMES, LANDS, public_persons, surnames
from analysis.text.normalise import STOP_WORDS, common_words
from analysis.text.reading import ELISION, ORDINARY, SURE, Reading, is_surname, is_word

_INITIAL = re.compile(r"\b[A-ZÀ-Ü]\.")
_LONGEST_NAME = 4
#: "merci à Rozenn": after these, "à" comes before somebody.
_TOLD = re.compile(r"(?:demand|parl|merci|remerci|dem?ande|adress|bravo|grace|appartien|confian)")


#: No part of a surname by themselves.
_NEVER = before.LINKS | before.PLACES | before.TITLES | before.OFFICES
#: Particles that are no words of the language.
_FOREIGN = before.PARTICLES - before.LINKS


class Name(NamedTuple):
    """How many words make a name, none when it is not one, and whether that is only likely."""

    length: int = 0
    doubtful: bool = False


def find(text: str) -> list[Found]:
    """The names of persons that something announces; public persons are left."""
    reading = _Persons(text)
    folded = [word.folded for word in reading.words]
    parts = any("-" in word for word in folded) or _INITIAL.search(text)
    if not parts and _announcing().isdisjoint(folded):
        return []
    return reading.names()


@cache
def _announcing() -> frozenset[str]:
    """Words without which no name is looked for."""
    ties = before.TITLES | before.RELATIONS | before.CALLING | {"nom", "prenom", "chez"}
    return (FIRST_NAMES | ties | surnames()) - (common_words() - ties - AMBIGUOUS)


def is_public(words: list[str]) -> bool:
    """Whether folded words are the name of a public person."""
    return " ".join(words).replace("-", " ").replace("'", " ") in public_persons()


class _Persons(Reading):
    """The names in one text."""

    def names(self) -> list[Found]:
        found: list[Found] = []
        at = 0
        while at < len(self.words):
            name = self._name(at)
            folded = [word.folded for word in self.words[at : at + name.length]]
            if folded and not is_public(folded):
                start, end = self._start(at), self.words[at + name.length - 1].end
                found.append(Found(start, end, Kind.NAME, name.doubtful))
            at += max(name.length, 1)
        return found

    def _start(self, at: int) -> int:
        """Where a name begins, with the "N'" of "N'Deye" which is no word by itself."""
        start = self.words[at].start
        elided = ELISION.search(self.text, max(0, start - 2), start)
        announced = self.telling(at) and elided and elided.group()[0].isupper()
        return elided.start() if elided and (announced or self._titled(at)) else start

    def _name(self, at: int) -> Name:
        title = self._titled(at)
        if title and not (self.words[at - 1].folded in before.RANKS and self.after_place(at - 1)):
            return Name(self._surname(at, titled=True))
        if self._related(at):
            name = self._tied(at)
            if name.length:
                return name
        if self.after_place(at):
            return Name()
        return self._initialled(at) or self._first(at) or self._bare(at) or self._spoken_of(at) or Name()

    def _titled(self, at: int) -> bool:
        if at == 0 or self.words[at - 1].folded not in before.TITLES or not self.joined(at):
            return False
        title, word = self.words[at - 1], self.words[at]
        if title.written == "m" and not self.gap(at).startswith("."):
            return is_surname(word.folded) and not is_word(word.folded)  # "m apporte", an apostrophe forgotten
        if title.folded in before.GUARDED_TITLES:
            named = word.folded in FIRST_NAMES or (is_surname(word.folded) and not is_word(word.folded))
            named |= title.folded in before.RANKS and self.unknown(at)
            written = title.written[0].isupper() or len(title.folded) > 2
            capital = self.telling(at) and not is_word(word.folded)
            return written and (capital or named) and word.folded not in before.OFFICES
        return True

    def _related(self, at: int) -> bool:
        if at == 0:
            return False
        last = self.words[at - 1].folded
        if last in before.RELATIONS or last in before.CALLING:
            return self.text[self.words[at - 1].end : self.words[at].start].strip(" \xa0,:(«\"'’") == ""
        two = self.words[at - 2].folded if at > 1 else ""
        return (last == "est" and two in {"nom", "prenom"}) or (last == "est" and two in {"c", "moi"} and at > 2)

    def _tied(self, at: int) -> Name:
        """The name after a tie: sure when it is known as a name, doubtful when only its letters say so."""
        word, tie = self.words[at].folded, self.words[at - 1].folded
        if word in LANDS or self.is_acronym(at):
            return Name()
        if self.is_first(at) and (word not in AMBIGUOUS or self.telling(at) or not is_word(word)):
            return Name(1 + self._surname(at + 1))
        if is_surname(word) and (self.telling(at) or not is_word(word)):
            return Name(1 + self._surname(at + 1))
        if word in before.PARTICLES or self.telling(at):
            length = self._surname(at)
            return Name(length, doubtful=length == 1)
        anybody = at > 1 and self.words[at - 2].folded.split("-")[-1] in before.COUNTING  # "un voisin descend"
        close = (tie in before.KIN and not anybody) or tie in before.CALLING
        return Name(1 + self._surname(at + 1), doubtful=True) if close and self.unknown(at) else Name()

    def _initialled(self, at: int) -> Name | None:
        """ "K. Benali" """
        word = self.words[at]
        if len(word.written) > 1 or word.folded in before.TITLES or not self.text.startswith(".", word.end):
            return None
        if at + 1 >= len(self.words) or not self.joined(at + 1) or self.words[at + 1].folded in before.LINKS:
            return None
        if self.text[max(0, word.start - 1) : word.start].strip(" (\xa0"):
            return None
        if not word.written.isupper() and not is_surname(self.words[at + 1].folded):
            return None
        length = self._surname(at + 1)
        return Name(1 + length) if length else None

    def _first(self, at: int) -> Name | None:
        """A first name, with the surname that may follow."""
        word = self.words[at]
        if not self.is_first(at):
            return None
        following = self._surname(at + 1) or self._initial_after(at)
        if word.folded in AMBIGUOUS:
            if following and self._both_names(at, at + following):
                return Name(1 + following)
            return Name(1, doubtful=True) if self._alone(at) else None
        if not following and at and not self.telling(at) and self.words[at - 1].folded in before.COUNTING:
            return None  # "un jean", "des ali"
        alone = word.written[0].isupper() or not is_word(word.folded) or "-" in word.folded
        return Name(1 + following) if alone or following else None

    def _initial_after(self, at: int) -> int:
        """ "Aminata S." """
        if at + 1 >= len(self.words) or self.words[at].folded not in SURE or not self.joined(at + 1):
            return 0
        initial = self.words[at + 1]
        return int(len(initial.written) == 1 and self.text.startswith(".", initial.end))

    def _both_names(self, at: int, last: int) -> bool:
        """Whether a word that may be a first name and what follows are a person: "Claire Petit", not "juste ça"."""
        surname = is_surname(self.words[last].folded)
        if self.telling(at) and self.telling(last):
            return surname or self.words[at].folded not in LANDS
        return surname and not is_word(self.words[last].folded)

    def _alone(self, at: int) -> bool:
        """Whether an ambiguous first name is written as one, in the middle of a sentence."""
        word = self.words[at]
        if at == 0 or word.folded in LANDS or not self.telling(at) or word.written.isupper():
            return False
        return self.words[at - 1].folded not in {"l", "la", "le"} and self.gap(at).isspace()

    def _bare(self, at: int) -> Name | None:
        """A known surname alone, where people are spoken of: doubtful."""
        word, last = self.words[at].folded, self.words[at - 1].folded if at else ""
        if not is_surname(word) or is_word(word) or word in LANDS:
            return None
        if following := self._surname(at + 1):
            return Name(1 + following, doubtful=not at)
        if not at or not self.gap(at).isspace():
            return None
        people = last in before.BEFORE_PEOPLE or self._told(at)
        people |= self.telling(at) and last not in before.BEFORE_PLACES
        return Name(1 + self._surname(at + 1), doubtful=True) if people else None

    def _spoken_of(self, at: int) -> Name | None:
        """A word no one knows where a person must be: before a surname, beside a first name, "c'est … qui"."""
        if not self.unknown(at) or self.is_acronym(at) or self.words[at].folded in before.SHOPS:
            return None
        after = self.words[at + 1].folded if at + 1 < len(self.words) else ""
        if is_surname(after) and not is_word(after) and self.joined(at + 1):
            return Name(1 + self._surname(at + 1), doubtful=True)
        last = [word.folded for word in self.words[max(0, at - 2) : at]]
        beside = last[1:] == ["et"] and last[0] in SURE
        beside |= after == "et" and at + 2 < len(self.words) and self.words[at + 2].folded in SURE
        actor = last == ["c", "est"] and after == "qui"
        told = self._told(at) or (last[-1:] == ["chez"] and self.gap(at).isspace())
        told |= last[-1:] == ["les"] and after in {"du", "au", "d"} and self.telling(at)
        return Name(1, doubtful=True) if beside or actor or told else None

    def _told(self, at: int) -> bool:
        """Whether something is said or given to whom the word names: "merci à Rozenn"."""
        if at < 2 or self.words[at - 1].folded != "a" or not self.gap(at).isspace():
            return False
        return bool(_TOLD.match(self.words[at - 2].folded))

    def _surname(self, at: int, *, titled: bool = False) -> int:
        """How many words from `at` on are a surname or continue a name: a particle or two, then two words."""
        length, named = 0, False
        while at + length < len(self.words) and length < _LONGEST_NAME:
            here = at + length
            if not (titled and not length) and not self.joined(here):
                break
            continues = self._continues(here, titled=titled and not named)
            if not continues and not self._leads(here, titled=titled and not named):
                break
            named, length = named or continues, length + 1
        return length if named else 0

    def _leads(self, at: int, *, titled: bool) -> bool:
        """Whether a particle comes before a surname: "El Amrani", "de Almeida", "van der Berg"."""
        if self.words[at].folded not in before.PARTICLES or at + 1 >= len(self.words) or not self.joined(at + 1):
            return False
        word = self.words[at + 1].folded
        if self.words[at].folded in before.LINKS and not (titled and self.telling(at + 1) and not is_word(word)):
            return (is_surname(word) and not is_word(word)) or word in _FOREIGN
        return self._continues(at + 1, titled=titled) or self._leads(at + 1, titled=titled)

    def _continues(self, at: int, *, titled: bool) -> bool:
        word = self.words[at].folded
        if len(word) < 2 or word in _NEVER:
            return False
        after_first = at > 0 and self.words[at - 1].folded in SURE
        if is_surname(word) or word in FIRST_NAMES:
            return titled or after_first or self.telling(at) or not is_word(word)
        if self.telling(at):
            return titled or not is_word(word) or (after_first and word not in STOP_WORDS)
        return not is_word(word) and (titled or not ORDINARY.search(word)) and word not in before.RELATIONS
