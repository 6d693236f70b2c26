"""Names proposed from labels: short, readable in a spreadsheet, and never given twice."""

from __future__ import annotations

import re
from collections.abc import Collection

from surveys.definition import slug

LONGEST_NAME = 60
MOST_WORDS = 3
#: Words that say nothing of what is asked.
_SMALL = frozenset(
    re.findall(
        r"\w+",
        "a afin ai as au aussi aux avec avez ce cela ces cet cette chez comment d dans de depuis des dites donc du "
        "elle en est et etes etre eu fait faites faut habitez il ils j je l la le les leur lui ma mes moi mon n ne "
        "nos notre nous on ont ou par pas plus pour pouvez qu quand que quel quelle quelles quels qui quoi s sa se "
        "selon ses si son sont souhaitez suivants suivantes sur t te tout tous toute toutes tres tu un une vers vos "
        "votre voulez vous y ",
    )
)


def name_from(label: str, taken: Collection[str], *, otherwise: str = "question") -> str:
    """Return a name for what a label asks that none of `taken` has: « Votre rue ? » gives `rue`, then `rue_2`."""
    words = [word for word in slug(label).split("-") if word]
    telling = [word for word in words if word not in _SMALL] or words
    plain = re.sub(r"^[^a-z]+", "", "_".join(telling[:MOST_WORDS]))
    # « option » is what a label without a single Latin letter becomes.
    base = otherwise if not plain or plain == "option" else plain
    return free(base[:LONGEST_NAME].rstrip("_"), taken)


def free(name: str, taken: Collection[str]) -> str:
    """Return the name itself, or the first of `name_2`, `name_3`… that is not taken."""
    if name not in taken:
        return name
    stem = re.sub(r"_\d+$", "", name)
    rank = 2
    while _numbered(stem, rank) in taken:
        rank += 1
    return _numbered(stem, rank)


def code_from(label: str, taken: Collection[str]) -> str:
    """Return the code of a new option, which it keeps whatever its label becomes."""
    base, rank = slug(label), 2
    code = base
    while code in taken:
        ending = f"-{rank}"
        code, rank = base[: LONGEST_NAME - len(ending)] + ending, rank + 1
    return code


def _numbered(stem: str, rank: int) -> str:
    ending = f"_{rank}"
    return stem[: LONGEST_NAME - len(ending)] + ending
