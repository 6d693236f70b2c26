"""Between the rows of a consultation and the values of the analysis: what it reads, what it found."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from analysis.types import Coding, Document, Synthesis
from surveys.coding import Found
from surveys.contributions import SourceRow
from surveys.labels import CHANNELS
from surveys.models import Outcome


def found_in(synthesis: Synthesis) -> list[Found]:
    """The ideas of a synthesis, each once with all its themes."""
    grouped: dict[tuple[str, int, int], list[Coding]] = defaultdict(list)
    for one in synthesis.codings:
        grouped[one.document, one.start, one.end].append(one)
    return [_found(same) for same in grouped.values()]


def _found(same: Sequence[Coding]) -> Found:
    from analysis.alike import alike

    first = same[0]
    return Found(
        contribution_id=int(first.document),
        position=first.idea,
        start=first.start,
        end=first.end,
        text=first.text,
        outcome=Outcome(first.status.value),
        themes=tuple({one.theme_id: one.score for one in same if one.theme_id}.items()),
        alike=alike(first.text),
    )


def corpus_hash(sources: Sequence[SourceRow]) -> str:
    """The SHA-256 of what was read, the same for the same contributions."""
    digest = hashlib.sha256()
    for source in sources:
        digest.update(f"{source.id}\0{source.text}\0".encode())
    return digest.hexdigest()


def document(source: SourceRow) -> Document:
    """A contribution as the analysis reads it."""
    return Document(
        id=str(source.id),
        text=source.text,
        respondent=source.response_key or "",
        quartier=source.place,
        canal=CHANNELS[source.channel],
    )
