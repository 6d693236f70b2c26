"""What a file looks like, kept while it is being prepared: its columns, a few rows, how each group could be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from surveys.importing import layouts, values
from surveys.importing.folding import fold
from surveys.importing.layouts.model import Group, Recognised, distinct, is_ticks
from surveys.importing.layouts.proposing import rank_of
from surveys.importing.layouts.tools import is_other
from surveys.importing.places import Places
from surveys.importing.sources import Grid
from surveys.importing.tables import Table
from surveys.questions import AgeBand, Invalid, Number

#: Rows and characters of a cell shown, different answers remembered.
SHOWN, WIDE, MOST = 5, 120, 40
_YES_NO = {"oui", "non", "o", "n", "yes", "no", "y", "vrai", "faux", "true", "false"}
_BAND = re.compile(r"\d{1,3}( ans)?")


def profile(grid: Grid, recognised: Recognised, places: Places) -> dict[str, Any]:
    """What the pages of an import show, in a form that a database keeps."""
    table = recognised.table
    return {
        "format": grid.format,
        "sheets": list(grid.sheets),
        "sheet": grid.sheet,
        "encoding": grid.encoding,
        "delimiter": grid.delimiter,
        "layout": recognised.layout,
        "rows": sum(1 for row in table.rows if any(map(str.strip, row))),
        "columns": list(table.columns),
        "first": [[cell.strip()[:WIDE] for cell in row] for row in table.rows[:SHOWN]],
        "left": list(recognised.left),
        "head": layouts.proposal_head(recognised),
        "groups": [_group(group, table, places) for group in recognised.groups],
    }


def without_answers(profiled: Mapping[str, Any]) -> dict[str, Any]:
    """The same once the file is over: what its columns are, none of its cells."""
    kept = {name: value for name, value in profiled.items() if name != "first"}
    if "groups" in kept:
        kept["groups"] = [{**group, "answers": [], "sample": []} for group in kept["groups"]]
    return kept


def with_answers_of(groups: Sequence[Mapping[str, Any]], other: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Groups as they were chosen, with the answers of another file that has the same columns."""
    met = {group["key"]: group for group in other["groups"]}
    empty: dict[str, Any] = {"answers": [], "sample": []}
    return [{**group, **{name: met.get(group["key"], empty)[name] for name in empty}} for group in groups]


def group_of(said: Mapping[str, Any]) -> Group:
    """A group as `profile` keeps it."""
    parts = tuple(layouts.Part(part["header"], part["name"]) for part in said["parts"])
    return Group(said["key"], said["label"], parts, said["separator"])


def _group(group: Group, table: Table, places: Places) -> dict[str, Any]:
    answers = _answers(group, table)
    return {
        "key": group.key,
        "label": group.label,
        "separator": group.separator,
        "parts": [{"header": part.header, "name": part.name} for part in group.parts],
        "answers": answers,
        "sample": [answer[:WIDE] for answer in answers[:3]],
        "kind": _kind(group, table, answers, places),
    }


def _answers(group: Group, table: Table) -> list[str]:
    """The different answers of a group, in the order they come, as many as are worth remembering."""
    seen: dict[str, None] = {}
    for part in group.parts:
        if not is_other(part.name):
            seen |= dict.fromkeys(distinct(table, part.header, most=MOST))
    return list(seen)[: MOST + 1]


def _kind(group: Group, table: Table, answers: Sequence[str], places: Places) -> str:
    named = [part for part in group.parts if part.name]
    if not named:
        texts = [text for part in group.parts for text in table.column(part.header)[:5_000] if text.strip()]
        return _of_one(group, [text.strip() for text in texts], answers, places)
    if all(rank_of(part.name) for part in named):
        return "ranking"
    chosen = [part.header for part in named if not is_other(part.name)]
    if chosen and is_ticks(table, chosen):
        return "several_choices"
    return "grid" if len(answers) <= 12 else "long_text"


def _of_one(group: Group, texts: Sequence[str], answers: Sequence[str], places: Places) -> str:
    if not texts:
        return "short_text"
    return _by_what_they_are(group, texts, answers, places) or _by_how_often(group, texts, answers)


def _by_what_they_are(group: Group, texts: Sequence[str], answers: Sequence[str], places: Places) -> str:
    folded = {fold(text) for text in answers}
    named = fold(group.label)
    known = sum(1 for text in answers if places.find(text) is not None)
    if known and ("quartier" in named.split() or known * 2 > len(answers) >= 2):
        return "quartier"
    if ("age" in named.split() or "ans" in named) and all(_is_age(text) for text in answers):
        return "age_band"
    if folded <= _YES_NO:
        return "yes_no"
    if all(_is_number(text) for text in texts):
        return "number"
    return "date" if all(_is_day(text) for text in texts) else ""


def _by_how_often(group: Group, texts: Sequence[str], answers: Sequence[str]) -> str:
    """A few answers that come back are choices; the rest is words."""
    pieces = {piece for text in texts for piece in split(text, group.separator)}
    if any(mark in text for text in answers for mark in ";|") and len(pieces) < len(answers) <= MOST:
        return "several_choices"
    repeated = len(answers) <= MOST and len(texts) >= 2 * len(answers)
    if repeated and len(answers) <= 15 and max(map(len, answers)) <= 100:
        return "one_choice"
    if len(pieces) <= 15 and len(texts) >= 2 * len(pieces) and max(map(len, pieces)) <= 60:
        return "several_choices"
    return "long_text" if max(map(len, texts)) > 60 else "short_text"


def split(text: str, separator: str) -> list[str]:
    """The answers of a cell that holds several."""
    mark = separator or next((each for each in values.SEPARATORS if each in text), ";")
    return [piece.strip() for piece in text.split(mark) if piece.strip()]


def _is_age(text: str) -> bool:
    bands = {fold(word) for option in AgeBand("age", "").options for word in (option.code, option.label)}
    return fold(text) in bands or bool(_BAND.fullmatch(fold(text)))


def _is_number(text: str) -> bool:
    try:
        return Number("n", "").clean(text) is not None
    except Invalid:
        return False


def _is_day(text: str) -> bool:
    try:
        return bool(values.day(text))
    except (Invalid, ValueError):
        return False
