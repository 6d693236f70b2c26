"""One column of a file with a line for each respondent: codes, what each means, which are no answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from surveys.questions import Status
from surveys.words import _

Measure = Literal["nominal", "ordinal", "scale"]
LONGEST_NAME = 64
_RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})


@dataclass(frozen=True)
class Variable:
    """A column: None where nothing is known, a code of `missing` where the person declined to answer."""

    name: str
    label: str
    values: tuple[float | None, ...]
    labels: Mapping[float, str] = field(default_factory=dict)
    measure: Measure = "nominal"
    missing: tuple[float, ...] = ()


def coded(
    name: str, label: str, given: Sequence[str], order: Iterable[str], *, measure: Measure = "nominal"
) -> Variable:
    """A column of labels as codes from 1, in that order; "" is not known."""
    codes = {value: float(rank) for rank, value in enumerate(dict.fromkeys(order), start=1)}
    values = tuple(codes.get(value) for value in given)
    return Variable(name, label, values, {code: value for value, code in codes.items()}, measure)


def declined(values: Iterable[float]) -> dict[Status, float]:
    """The codes of the two answers that are none: -98 and -99, longer where somebody answered one of these."""
    known, digits = set(values), 2
    while known & {2 - 10.0**digits, 1 - 10.0**digits}:
        digits += 1
    return {Status.DONT_KNOW: 2 - 10.0**digits, Status.REFUSED: 1 - 10.0**digits}


def words_of(codes: Mapping[Status, float]) -> dict[float, str]:
    """What the codes of the answers that are none mean."""
    words = {Status.DONT_KNOW: _("Ne sait pas"), Status.REFUSED: _("Ne souhaite pas répondre")}
    return {code: words[status] for status, code in codes.items()}


class Names:
    """Names that statistical programs take: letters, digits and underscores, short, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, wanted: str) -> str:
        """The name closest to what is wanted that is free."""
        base = legal(wanted)
        name, rank = base, 1
        while name in self._given:
            rank += 1
            suffix = f"_{rank}"
            name = base[: LONGEST_NAME - len(suffix)] + suffix
        self._given.add(name)
        return name


def legal(wanted: str) -> str:
    """A name in ASCII lower case that begins with a letter and is no word of the language of SPSS."""
    plain = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "v"
    if not name[0].isalpha() or name in _RESERVED:
        name = f"v_{name}"
    return name[:LONGEST_NAME].rstrip("_")
