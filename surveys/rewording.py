"""A line whose words are corrected: what a person coded of it is kept as long as it still says the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz import fuzz
from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from surveys.importing.folding import fold
from surveys.models import Contribution, Decision, Idea, Line, Origin

#: Two spellings of one word are at least as like as this (0 to 100).
SAME_WORD = 75
#: A correction adds or takes away at most this many words, and at most this share of them.
MOST_WORDS, MOST_SHARE = 3, 0.34
#: Words that turn a sentence over: none of them may come or go.
_TURNING = frozenset(
    ("ne", "n", "pas", "plus", "moins", "jamais", "aucun", "aucune", "sans", "non", "trop", "peu", "ni", "rien")
)
_Change = tuple[str, int, int, int, int]


def follow(session: Session, line: Line, *, words: str) -> None:
    """Prepare a line for new words: its contribution stays with them, or goes; flushed, the caller commits.

    It stays where a person coded it and the words are near: the spans of its ideas move with the words, which the
    next run reads again. Otherwise the new words are a new contribution.
    """
    if line.text == words:
        return
    contribution = session.scalar(select(Contribution).where(Contribution.line_id == line.id))
    if contribution is None:
        return
    if coded_by_a_person(session, line) and near(line.text, words):
        _move_spans(session, contribution, line.text, words)
    else:
        session.execute(delete(Contribution).where(Contribution.id == contribution.id))
        session.expire_all()


def coded_by_a_person(session: Session, line: Line) -> bool:
    """Whether somebody decided what a line says."""
    decided = exists().where(
        Contribution.line_id == line.id,
        Idea.contribution_id == Contribution.id,
        Decision.idea_id == Idea.id,
        Decision.origin == Origin.PERSON,
    )
    return bool(session.scalar(select(decided)))


def near(old: str, new: str) -> bool:
    """Whether new words only mend the old ones: spelling, punctuation, a word or two that change no meaning."""
    before, after = fold(old).split(), fold(new).split()
    if not before or not after:
        return False
    moved = 0
    for change in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        count = _weight(change, before, after)
        if count is None:
            return False
        moved += count
    return moved <= min(MOST_WORDS, MOST_SHARE * max(len(before), len(after)))


def _weight(change: _Change, before: Sequence[str], after: Sequence[str]) -> int | None:
    """How many words a change adds or takes away; None for one that changes what is said."""
    tag, start, end, first, last = change
    old, new = before[start:end], after[first:last]
    if tag == "equal" or _respelled(old, new):
        return 0
    if tag == "replace" or _TURNING & {*old, *new}:
        return None
    if any(re.search(r"\d", word) for word in (*old, *new)):
        return None
    return len(old) + len(new)


def _respelled(old: Sequence[str], new: Sequence[str]) -> bool:
    pair = "".join(old), "".join(new)
    if not pair[0] or not pair[1] or any(map(str.isdigit, "".join(pair))):
        return pair[0] == pair[1]
    return fuzz.ratio(*pair) >= SAME_WORD and not _TURNING & {*old, *new}


def _move_spans(session: Session, contribution: Contribution, old: str, new: str) -> None:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ideas = session.scalars(select(Idea).where(Idea.contribution_id == contribution.id).order_by(Idea.start)).all()
    spans: dict[tuple[int, int], Idea] = {}
    for idea in ideas:
        whole = idea.start == 0 and idea.end >= len(old)
        span = (0, len(new)) if whole else (_moved(blocks, idea.start, new), _moved(blocks, idea.end, new, last=True))
        if span[0] < span[1]:
            spans.setdefault(span, idea)
        # Out of the way first: two spans of a contribution are never the same, not even for a moment.
        idea.start = idea.end = -idea.id
    session.flush()
    for (start, end), idea in spans.items():
        idea.start, idea.end = start, end
    kept = [idea.id for idea in spans.values()]
    session.flush()
    session.execute(delete(Idea).where(Idea.contribution_id == contribution.id, Idea.id.not_in(kept)))


def _moved(blocks: Sequence[_Change], place: int, new: str, *, last: bool = False) -> int:
    """Where a character of the old words is in the new ones."""
    for tag, start, end, first, after in blocks:
        if start <= place < end or (last and start < place <= end):
            return first + place - start if tag == "equal" else (after if last else first)
    return len(new)
