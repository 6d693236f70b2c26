"""The contributions worded alike, looked for by each run among all it read."""

from __future__ import annotations

from collections.abc import Iterable

from surveys.contributions import SourceRow
from surveys.twins import Sighted


def sighted(sources: Iterable[SourceRow]) -> list[Sighted]:
    """The groups of contributions worded alike; their words stay here."""
    from analysis import duplicates

    found = duplicates.groups(duplicates.Text(source.id, source.text) for source in sources)
    return [Sighted(group.key, group.members) for group in found]
