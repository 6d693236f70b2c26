"""Rows taken some hundreds at a time: a statement has room for so many values, and no transaction lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
SIZE = 500


def batches(rows: Sequence[T], size: int = SIZE) -> Iterator[Sequence[T]]:
    """The rows in their order, at most `size` together; nothing of nothing."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
