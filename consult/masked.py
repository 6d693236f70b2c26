"""What people decided of the masking, heard by each run and put in force at once in what is already masked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy.orm import Session

from analysis.text import masking as masker
from analysis.text.forms import Found, Kind
from analysis.text.rulings import Review, Ruling, Rulings, occurrences, word_key
from surveys import masking, masking_listing
from surveys.masking import Rewritten, Ruled, Sighted
from surveys.masking_listing import PassageRow
from surveys.models import PassageOrigin, PassageVerdict

NOTHING: Mapping[str, bool | None] = {}
#: Signs shown on each side of a passage.
AROUND = 220


def rulings(
    session: Session, consultation_id: int, texts: Mapping[int, str], supposed: Mapping[str, bool | None] = NOTHING
) -> Rulings:
    """What was decided, less what was said of words that are no longer there.

    `supposed` are decisions on words as if they were taken already; None is a decision taken back.
    """
    ruled = masking.ruled(session, consultation_id)
    words: dict[str, bool | None] = {word.word: word.masked for word in masking.words(session, consultation_id)}
    words.update(supposed)
    return Rulings(
        {word: verdict for word, verdict in words.items() if verdict is not None},
        {str(key): kept for key, rows in ruled.items() if (kept := _standing(rows, texts.get(key, "")))},
    )


def sighted(review: Mapping[str, Iterable[Review]], texts: Mapping[int, str]) -> list[Sighted]:
    """The passages a run leaves for a person, in the texts it read."""
    return [
        Sighted(
            int(key),
            one.start,
            one.end,
            PassageOrigin.SENSITIVE if one.sensitive else PassageOrigin.DOUBT,
            one.kind,
            masking.digest(texts[int(key)], one.start, one.end),
        )
        for key, reviews in review.items()
        if int(key) in texts
        for one in reviews
    ]


def chosen(contribution_id: int, text: str, word: str) -> list[Sighted]:
    """The places where a contribution holds words that a person wants masked."""
    return [
        Sighted(contribution_id, start, end, PassageOrigin.PERSON, Kind.OTHER.value, masking.digest(text, start, end))
        for start, end in occurrences(text, word)
    ]


def again(
    session: Session,
    consultation_id: int,
    contribution_ids: Collection[int],
    supposed: Mapping[str, bool | None] = NOTHING,
) -> list[Rewritten]:
    """How some contributions read under the decisions in force, those that change alone; nothing is written."""
    texts = masking_listing.originals(session, contribution_ids)
    heard = rulings(session, consultation_id, texts, supposed)
    before = masking_listing.masked(session, consultation_id, contribution_ids)
    found = {key: heard.applied(str(key), text, masker.find(text)) for key, text in texts.items() if before.get(key)}
    ideas: dict[int, dict[int, str]] = {key: {} for key in found}
    for idea in masking_listing.ideas(session, found):
        text = masker.mask(texts[idea.contribution_id], found[idea.contribution_id], start=idea.start, end=idea.end)
        if text != idea.text:
            ideas[idea.contribution_id][idea.id] = text
    masked = {key: masker.mask(texts[key], items) for key, items in found.items()}
    return [Rewritten(key, masked[key], ideas[key]) for key in found if masked[key] != before[key] or ideas[key]]


def holding(session: Session, consultation_id: int, word: str) -> list[int]:
    """The contributions where a word is shown, or where something masked may be it."""
    texts = masking_listing.masked(session, consultation_id)
    shown = {key for key, text in texts.items() if any(occurrences(text, word))}
    hidden = masking_listing.originals(session, [key for key, text in texts.items() if "[" in text])
    shown |= {key for key, text in hidden.items() if any(occurrences(text, word))}
    return sorted(shown)


def doubts(session: Session, consultation_id: int, word: str) -> list[int]:
    """The doubts that wait and that a decision on a word settles."""
    rows = masking_listing.doubts(session, consultation_id)
    texts = masking_listing.originals(session, {row.contribution_id for row in rows})
    return [row.id for row in rows if word_key(texts.get(row.contribution_id, "")[row.start : row.end]) == word]


def sentences(session: Session, consultation_id: int, rows: Collection[PassageRow]) -> dict[int, tuple[str, str, str]]:
    """The passages as written, between what is around them as it is masked; empty where the text changed since."""
    texts = masking_listing.originals(session, {row.contribution_id for row in rows})
    heard = rulings(session, consultation_id, texts)
    found = {key: heard.applied(str(key), text, masker.find(text)) for key, text in texts.items()}
    return {
        row.id: _around(texts.get(row.contribution_id, ""), row, found.get(row.contribution_id, ())) for row in rows
    }


def _around(text: str, row: PassageRow, found: tuple[Found, ...]) -> tuple[str, str, str]:
    if masking.digest(text, row.start, row.end) != row.digest:
        return "", "", ""
    others = tuple(item for item in found if item.end <= row.start or row.end <= item.start)
    start, end = _cut(text, row.start - AROUND, -1), _cut(text, row.end + AROUND, 1)
    before = masker.mask(text, others, start=start, end=row.start)
    after = masker.mask(text, others, start=row.end, end=end)
    return ("… " if start else "") + before, text[row.start : row.end], after + (" …" if end < len(text) else "")


def _cut(text: str, at: int, step: int) -> int:
    """The nearest space outwards, or the edge of the text."""
    while 0 < at < len(text) and not text[at].isspace():
        at += step
    return min(max(at, 0), len(text))


def since(session: Session, consultation_id: int, moment: dt.datetime) -> None:
    """Hear what was decided while a run was masking; the caller commits."""
    late = masking.ruled(session, consultation_id, since=moment)
    words = [word for word in masking.words(session, consultation_id) if word.at >= moment]
    keys = set(late).union(*(holding(session, consultation_id, word.word) for word in words))
    if keys:
        masking.rewrite(session, consultation_id, again(session, consultation_id, keys))


def _standing(rows: Iterable[Ruled], text: str) -> tuple[Ruling, ...]:
    return tuple(
        Ruling(row.start, row.end, row.verdict is PassageVerdict.MASKED, _kind(row))
        for row in rows
        if masking.digest(text, row.start, row.end) == row.digest and not _is_settled(row)
    )


def _is_settled(row: Ruled) -> bool:
    """A sensitive subject that was read and kept shows nothing that was masked."""
    return row.origin is PassageOrigin.SENSITIVE and row.verdict is PassageVerdict.KEPT


def _kind(row: Ruled) -> Kind:
    return Kind(row.kind) if row.origin is PassageOrigin.DOUBT else Kind.OTHER
