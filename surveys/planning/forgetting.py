"""What somebody said and erased since, taken out of the examples of plans and of what is kept of their changes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.models import CodebookVersion, Consultation, PlanChange, Theme

#: Whether a text is among the words to forget; told if it was copied from what people said.
Forgotten = Callable[[str, bool], bool]
#: Signs from which an example that holds somebody's very words was copied from them, whoever typed it.
SOMEBODYS = 30


def forget(session: Session, consultation_id: int, forgotten: Forgotten) -> None:
    """Take words out of the plan of a consultation and of the waves that began with it; the caller commits."""
    waves = _waves(session, consultation_id)
    own = select(CodebookVersion.id).where(CodebookVersion.consultation_id.in_(waves))
    rows = session.execute(select(Theme.id, Theme.examples, Theme.lineage).where(Theme.codebook_id.in_(own)))
    changed = [
        {"id": row.id} | without
        for row in rows
        if (without := _without({"examples": row.examples, "lineage": row.lineage}, forgotten)) is not None
    ]
    if changed:
        session.execute(update(Theme), changed)
    for change in session.scalars(select(PlanChange).where(PlanChange.consultation_id.in_(waves))):
        change.before = _without_any(change.before, forgotten)
        change.after = _without_any(change.after, forgotten)
    session.flush()
    session.expire_all()


def quoted(session: Session, consultation_id: int) -> set[str]:
    """Every example of the plans of a consultation that was copied from what people said, removed since or not."""
    own = select(CodebookVersion.id).where(CodebookVersion.consultation_id == consultation_id)
    rows = session.scalars(select(Theme.lineage).where(Theme.codebook_id.in_(own)))
    return {text for lineage in rows for text in lineage.get("quoted", ())}


def words_of(said: Iterable[str]) -> Forgotten:
    """Tell of an example whether it holds what was said: cut short if it was copied, or word for word.

    An example of a few words that somebody typed may be anybody's.
    """
    texts = sorted({words for text in said if (words := plain(text))})
    whole = "\n".join(texts)

    def forgotten(text: str, quoted: bool) -> bool:
        words = plain(text)
        rank = bisect_left(texts, words)
        begins = rank < len(texts) and texts[rank].startswith(words)
        return bool(words) and ((quoted and begins) or (len(words) >= SOMEBODYS and words in whole))

    return forgotten


def plain(text: str) -> str:
    """What two writings of the same words share."""
    return " ".join(text.split()).strip("…. ").casefold()


def _waves(session: Session, consultation_id: int) -> list[int]:
    found, last = [consultation_id], [consultation_id]
    while last:
        last = [
            one
            for one in session.scalars(select(Consultation.id).where(Consultation.wave_of_id.in_(last)))
            if one not in found
        ]
        found += last
    return found


def _without(state: dict[str, Any], forgotten: Forgotten) -> dict[str, Any] | None:
    """A theme with fewer examples; None when it holds nothing to forget."""
    quoted = set(state["lineage"].get("quoted", ()))
    gone = {text for text in {*state["examples"], *quoted} if forgotten(text, text in quoted)}
    if not gone:
        return None
    left = list(_kept(state["lineage"].get("quoted", ()), gone))
    lineage = {name: value for name, value in state["lineage"].items() if name != "quoted"}
    return {"examples": list(_kept(state["examples"], gone)), "lineage": lineage | ({"quoted": left} if left else {})}


def _without_any(kept: dict[str, Any], forgotten: Forgotten) -> dict[str, Any]:
    themes = {
        stable_id: state and state | (_without(state, forgotten) or {})
        for stable_id, state in kept.get("themes", {}).items()
    }
    return kept | {"themes": themes}


def _kept(texts: Iterable[str], gone: set[str]) -> Iterable[str]:
    return (text for text in texts if text not in gone)
