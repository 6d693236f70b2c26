"""Which question each column probably answers, by what it is called and by what it holds; somebody checks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from surveys.definition import Questionnaire
from surveys.importing import values
from surveys.importing.folding import fold
from surveys.importing.layouts.model import Group, Part
from surveys.importing.layouts.proposing import columns_of, matched
from surveys.importing.mapping import Column
from surveys.questions import Grid, Question, Scale, Widget

#: What a title must be worth (0 to 100), alone or helped by answers that are those of the question.
ALONE, HELPED = 78, 45
#: The share of different answers that are those of a question, from which they tell of it.
HOLDS = 0.5
#: Words that ask and say nothing of what is asked.
_ASKING = re.compile(
    r"\b(?:quel|quelle|quels|quelles|est|ce|que|qui|vous|votre|vos|etes|avez|a|de|d|du|des|le|la|les|l|un|une|dans|en"
    r"|il|habitez|t|y|par|pour|sur|et|ou|au|aux|merci|svp|indiquez|precisez)\b"
)


class Guess(NamedTuple):
    """A question by its name; `sure` when the column bears its very name."""

    question: str
    sure: bool


class _Likely(NamedTuple):
    worth: float
    rank: int
    question: str


def guesses(said: Sequence[Mapping[str, Any]], questionnaire: Questionnaire) -> dict[int, Guess]:
    """Return the question of each group of columns, by rank; no question is guessed twice, nor guessed if it is known.

    `said` is what `profiling.profile` keeps of each group.
    """
    groups = [_group(one) for one in said]
    exact = {rank: question.name for rank, group in enumerate(groups) if (question := matched(group, questionnaire))}
    free = [q for q in questionnaire.questions if q.scale is not Scale.NONE and q.name not in exact.values()]
    likely = []
    for rank, group in enumerate(groups):
        if rank not in exact:
            likely += _likely(rank, group, said[rank], free)
    found = {rank: Guess(name, sure=True) for rank, name in exact.items()}
    taken = set(exact.values())
    for one in sorted(likely, key=lambda one: -one.worth):
        if one.rank not in found and one.question not in taken:
            found[one.rank] = Guess(one.question, sure=False)
            taken.add(one.question)
    return found


def _group(said: Mapping[str, Any]) -> Group:
    parts = tuple(Part(part["header"], part["name"]) for part in said["parts"])
    return Group(said["key"], said["label"], parts, said["separator"])


def _likely(rank: int, group: Group, said: Mapping[str, Any], free: Sequence[Question]) -> list[_Likely]:
    held = {question.name: _held(question, group, said) for question in free}
    found = []
    for question in free:
        title, share = _title(group.label, question.label), held[question.name]
        alone = sum(other >= HOLDS for other in held.values()) == 1
        fits = share >= HOLDS and (title >= HELPED or alone)
        if (fits or title >= ALONE) and columns_of(group, question):
            found.append(_Likely(title + 100 * share, rank, question.name))
    return found


def _title(header: str, label: str) -> float:
    ours, theirs = (_bare(text) for text in (header, label))
    return (fuzz.token_set_ratio(ours, theirs) + fuzz.token_sort_ratio(ours, theirs)) / 2


def _bare(text: str) -> str:
    folded = fold(text)
    return " ".join(_ASKING.sub(" ", folded).split()) or folded


def _held(question: Question, group: Group, said: Mapping[str, Any]) -> float:
    """The share of what a group holds that is surely an answer of a question, 0 where there is nothing to compare."""
    if question.kind == "quartier" and said["kind"] == "quartier":
        return 1.0
    names = [part.name for part in group.parts if part.name]
    if names and isinstance(question, Grid):
        known = {fold(text) for row in question.rows for text in (row.code, row.label)}
        return sum(fold(name) in known for name in names) / len(names)
    texts = names or list(said["answers"])
    if not question.options or not texts:
        return 0.0
    column = Column("", question.name, separator=group.separator)
    return sum(_is_answer(question, text, column) for text in texts) / len(texts)


def _is_answer(question: Question, text: str, column: Column) -> bool:
    if question.widget is Widget.CHECKBOXES and not question.option(text):
        return any(code is not None for _piece, code in values.pieces(question, text, column))
    return values.code_of(question, text, column) is not None
