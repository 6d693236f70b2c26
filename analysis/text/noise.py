"""Answers that hold no opinion: "RAS", "je ne sais pas", "voir plus haut", a question mark, keys struck at random.

Spelling is mended first, towards the words of the grammar alone: "rien a singaler", "jsp", "okune idé".
"""

import re
from functools import cache, lru_cache
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from analysis.text.normalise import common_words, words
from analysis.text.silences import says_nothing, vocabulary

_MAX_WORDS = 18
_MAX_LETTERS = 200

_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: What people type on a telephone, in the words of the grammar.
_TYPED = {
    "jsp": "je sais pas", "jspa": "je sais pas", "jcp": "je sais pas", "jspas": "je sais pas",
    "jsais": "je sais", "jsai": "je sais", "jse": "je sais", "chais": "je sais", "chai": "je sais", "che": "je sais",
    "chepa": "je sais pas", "chaipa": "je sais pas", "chepas": "je sais pas", "saispas": "sais pas", "sait": "sait",
    "pa": "pas", "ri1": "rien", "rein": "rien", "rin": "rien", "okune": "aucune", "ocune": "aucune", "okun": "aucun",
    "davi": "d avis", "davis": "d avis", "didee": "d idee", "didees": "d idees",
    "dide": "d idee", "ide": "idee", "avi": "avis",
    "jen": "j en", "jai": "j ai", "g": "j ai", "ya": "il y a", "jy": "j y", "jsuis": "je suis", "chui": "je suis",
    "koi": "quoi", "kwa": "quoi", "ke": "que", "vrmt": "vraiment", "qst": "question", "frr": "frere", "pr": "pour",
    "fo": "faut", "jve": "je veux", "jveux": "je veux", "jvois": "je vois", "jconnais": "je connais", "jpas": "j pas",
    "po": "pas", "spa": "pas", "nn": "non", "ui": "oui", "wi": "oui", "oe": "oui", "mrc": "merci", "auj": "aujourd hui",
    "bcp": "beaucoup", "tt": "tout", "mm": "meme", "ces": "c est", "jspp": "je sais pas",
}  # fmt: skip
#: Shorter words are too near one another to be mended.
_SMALLEST = 4
_LONG = 7


def is_non_answer(text: str) -> bool:
    """Whether a text, or one idea of it, says nothing: blank, a refusal, a filler, keys struck at random."""
    if not _LETTER.search(text):
        return True
    if len(text) > _MAX_LETTERS:
        return False
    found = words(_LINK.sub(" ", text) if "://" in text or "www." in text.lower() else text)
    if len(found) > _MAX_WORDS:
        return False
    if not found:
        return True
    return _is_silence(found) or _is_gibberish(found)


def _is_silence(found: list[str]) -> bool:
    spelt: list[str] = []
    for word in " ".join(found).replace("'", " ").split():
        meant = _mended(word)
        if meant is None:
            return False
        spelt.append(meant)
    return says_nothing(" ".join(spelt))


@lru_cache(maxsize=65_536)
def _mended(word: str) -> str | None:
    """The word of the grammar that was meant; None when it was another word."""
    if word in _TYPED:
        return _TYPED[word]
    known, beginnings = vocabulary()
    if word in known or word.startswith(beginnings) or not word.isascii() or any(char.isdigit() for char in word):
        return word
    if word in common_words() or len(word) < _SMALLEST:
        return None
    near = process.extractOne(word, _mendable(), scorer=OSA.distance, score_cutoff=1 + (len(word) > _LONG))
    return near[0] if near else None


@cache
def _mendable() -> tuple[str, ...]:
    return tuple(word for word in sorted(vocabulary()[0]) if len(word) >= _SMALLEST)


def _is_gibberish(found: list[str]) -> bool:
    """Keys struck at random; acronyms are short and kept, and so are words of any language."""
    if len(set(found)) == 1 and len(found) > 1:
        return _is_struck("".join(found))
    return len(found) <= _MAX_STRUCK and all(_is_struck(word) for word in found)


@lru_cache(maxsize=65_536)
def _is_struck(word: str) -> bool:
    if len(set(word)) == 1 and word.isalpha():
        return True
    if not word.isascii() or word in common_words() or any(char.isdigit() for char in word):
        return False
    row = next((row for row in _KEYBOARD if set(word) <= set(row)), "")
    if len(word) > _SHORT and row and (word in row or word in row[::-1] or _AGAIN.fullmatch(word)):
        return True
    return len(word) > _ACRONYM and (_likelihood(word) < _UNLIKELY or not _VOWEL.search(word))


_MAX_STRUCK = 4
_SHORT, _ACRONYM = 3, 5
_KEYBOARD = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
#: The same few keys again and again.
_AGAIN = re.compile(r"([a-z]{2,5}?)\1+[a-z]{0,3}")
_VOWEL = re.compile(r"[aeiouy]")


def _likelihood(word: str) -> float:
    """How much the letters follow one another as in French words, by letter."""
    pairs = _pairs()
    return sum(pairs.get(pair, _RARE) for pair in zip(f" {word}", f"{word} ", strict=True)) / (len(word) + 1)


_RARE = log(0.0005)
_UNLIKELY = -5.0


@cache
def _pairs() -> dict[tuple[str, str], float]:
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for word in common_words():
        for pair in zip(f" {word}", f"{word} ", strict=True):
            counts[pair] = counts.get(pair, 0) + 1
            totals[pair[0]] = totals.get(pair[0], 0) + 1
    return {pair: max(log(count / totals[pair[0]]), _RARE) for pair, count in counts.items()}
