"""Raking by `weightipy`, which says on the standard output what it is asked nothing of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import ModuleType

#: The values of one person, one for each margin.
Profile = tuple[str, ...]


def rake(counts: Counter[Profile], wanted: Sequence[Mapping[str, float]]) -> dict[Profile, float]:
    """Return the weight of each profile whose sums are those wanted; the order of the persons changes nothing."""
    # Slow to import, and only few consultations are weighted.
    import pandas
    import weightipy
    from weightipy.internal import rim

    _silence(rim)
    rows = sorted(counts.elements())
    names = [str(rank) for rank in range(len(wanted))]
    scheme = weightipy.scheme_from_dict(
        {name: dict(sorted(one.items())) for name, one in zip(names, wanted, strict=True)}, name="marges"
    )
    found = weightipy.weight(pandas.DataFrame(rows, columns=names), scheme)
    whole = sum(wanted[0].values()) / len(rows)
    return {row: float(weight) * whole for row, weight in zip(rows, found, strict=True)}


def _silence(module: ModuleType) -> None:
    """Have a module print nothing: how far the margins stay is measured, and the output belongs to the commands."""
    vars(module)["print"] = lambda *_said: None
