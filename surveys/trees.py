"""Lines as a tree: who hangs from whom, in the order a tree is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveys.facts import LineFacts

#: Deeper than any tree drawn on a wall; below it, lines stay beside their parent.
DEEPEST = 6


@dataclass(frozen=True)
class Branch:
    """A line and what hangs from it; `depth` is 0 at the root."""

    line: LineFacts
    depth: int
    under: tuple[Branch, ...] = ()

    @property
    def leaves(self) -> int:
        """How many lines under it have nothing under them."""
        return sum(branch.leaves if branch.under else 1 for branch in self.under)


def tree(lines: Sequence[LineFacts]) -> tuple[Branch, ...]:
    """The roots in their order, each with what hangs from it; a line whose parent is not there is a root."""
    names = {line.client_id for line in lines}
    under: dict[str, list[LineFacts]] = {}
    for line in lines:
        under.setdefault(line.parent if line.parent in names else "", []).append(line)
    return _branches(under, "", 0)


def in_order(lines: Sequence[LineFacts]) -> Iterator[tuple[LineFacts, int]]:
    """Every line with its depth, each branch before what hangs from it."""
    for branch in tree(lines):
        yield from _walk(branch)


def _branches(under: dict[str, list[LineFacts]], name: str, depth: int) -> tuple[Branch, ...]:
    next_depth = min(depth + 1, DEEPEST)
    # Popped as it is read: a ring of parents, which nothing should write, would otherwise never end.
    return tuple(Branch(line, depth, _branches(under, line.client_id, next_depth)) for line in under.pop(name, ()))


def _walk(branch: Branch) -> Iterator[tuple[LineFacts, int]]:
    yield branch.line, branch.depth
    for child in branch.under:
        yield from _walk(child)
