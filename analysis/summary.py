"""Counts what was answered to one question, whatever its kind: closed on `Scale`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import Any, assert_never

from analysis.material import Asked
from analysis.tables import TOTAL, Axis, Cell, Table
from surveys.questions import Grid, Number, Option, Question, Reply, Scale, Status
from surveys.words import _

PERSONS = "personnes"
#: The column of a ranking that counts first places: one for each person.
FIRST = "premier"
_WORDS = {Status.DONT_KNOW: _("Ne sait pas"), Status.REFUSED: _("Ne souhaite pas répondre")}


def summarise(asked: Asked) -> Table:
    """Return the counts of a question over those who answered it; « ne sait pas » and refusals stand beside."""
    question, values = asked.question, _answered(asked)
    match question.scale:
        case Scale.NOMINAL | Scale.ORDINAL:
            return _options(asked, values, adds_up=True)
        case Scale.MULTIPLE:
            return _options(asked, values, adds_up=False)
        case Scale.RANKING:
            return _ranks(asked, values)
        case Scale.GRID:
            return _grid(asked, values)
        case Scale.NUMERIC:
            return _bins(asked, values, _number_bin)
        case Scale.DATE:
            return _bins(asked, values, _month)
        case Scale.TEXT | Scale.NONE:
            return _table(asked, (), {}, base=_persons(values))
        case unknown:
            assert_never(unknown)


def unanswered(asked: Asked) -> Table:
    """Return the counts of those who gave an explicit non-answer, over all who were heard on the question."""
    counts, base = _beside(asked), len(asked.replies)
    rows = tuple(Axis(word, word) for word in _WORDS.values())
    cells = {(row.code, TOTAL): Cell(counts.get(row.code, 0), base) for row in rows}
    name = f"{asked.questionnaire}.{asked.question.name}.sans-reponse"
    return Table(name, asked.question.label, rows, (Axis(TOTAL, _("Ensemble"), base=base),), cells, PERSONS, base)


#: A value given, and by how many.
Given = tuple[object, int]


def _replies(asked: Asked) -> list[tuple[Reply, int]]:
    """Return each reply with how many gave it; a reply is most often one object for all of these, and read once."""
    counts = Counter(map(id, asked.replies.values()))
    replies = {id(reply): reply for reply in asked.replies.values()}
    return [(replies[key], count) for key, count in counts.items()]


def _answered(asked: Asked) -> list[Given]:
    """Return the values given, explicit non-answers left out."""
    return [(reply.value, count) for reply, count in _replies(asked) if reply.status is Status.ANSWERED]


def _persons(values: Iterable[Given]) -> int:
    return sum(count for _value, count in values)


def _counted(said: Iterable[tuple[Hashable, int]]) -> Counter[Any]:
    counts = Counter[Any]()
    for one, count in said:
        counts[one] += count
    return counts


def _table(
    asked: Asked,
    rows: tuple[Axis, ...],
    cells: dict[tuple[str, str], Cell],
    *,
    base: int,
    columns: tuple[Axis, ...] | None = None,
    adds_up: bool = False,
    columns_add_up: bool = False,
    sums: frozenset[str] = frozenset(),
) -> Table:
    return Table(
        name=f"{asked.questionnaire}.{asked.question.name}",
        title=asked.question.label,
        rows=rows,
        columns=columns or (Axis(TOTAL, _("Ensemble"), base=base),),
        cells=cells,
        unit=PERSONS,
        base=base,
        rows_add_up=adds_up,
        columns_add_up=columns_add_up,
        sums=sums,
        beside=_beside(asked),
    )


def _beside(asked: Asked) -> dict[str, int]:
    said = _counted((reply.status, count) for reply, count in _replies(asked))
    return {word: said[status] for status, word in _WORDS.items() if said[status]}


def _axes(options: Iterable[Option]) -> tuple[Axis, ...]:
    return tuple(Axis(option.code, option.label) for option in options)


def _options(asked: Asked, values: list[Given], *, adds_up: bool) -> Table:
    counts = _counted((code, count) for value, count in values for code in asked.question.codes(value))
    rows, base = _axes(asked.question.options), _persons(values)
    cells = {(row.code, TOTAL): Cell(counts[row.code], base) for row in rows}
    return _table(asked, rows, cells, base=base, adds_up=adds_up)


def _ranks(asked: Asked, values: list[Given]) -> Table:
    ranked = [(asked.question.codes(value), count) for value, count in values]
    firsts = _counted((codes[0], count) for codes, count in ranked if codes)
    placed = _counted((code, count) for codes, count in ranked for code in codes)
    rows, base = _axes(asked.question.options), _persons(values)
    columns = (Axis(FIRST, _("Placé en premier"), base=base), Axis(TOTAL, _("Classé"), base=base))
    cells = {(row.code, FIRST): Cell(firsts[row.code], base) for row in rows}
    cells |= {(row.code, TOTAL): Cell(placed[row.code], base) for row in rows}
    return _table(asked, rows, cells, base=base, columns=columns, columns_add_up=True, sums=frozenset({FIRST}))


def _grid(asked: Asked, values: list[Given]) -> Table:
    question = asked.question
    items = question.rows if isinstance(question, Grid) else ()
    counts = _counted((pair, count) for value, count in values if isinstance(value, dict) for pair in value.items())
    rows, columns = _axes(items), _axes(question.options)
    bases = {row.code: sum(counts[row.code, column.code] for column in columns) for row in rows}
    cells = {
        (row.code, column.code): Cell(counts[row.code, column.code], bases[row.code])
        for row in rows
        for column in columns
    }
    return _table(asked, rows, cells, base=_persons(values), columns=columns, columns_add_up=True)


def _bins(asked: Asked, values: list[Given], name: Callable[[Question, object], tuple[str, str]]) -> Table:
    counts = _counted((name(asked.question, value), count) for value, count in values)
    rows, base = tuple(Axis(code, label) for code, label in sorted(counts)), _persons(values)
    cells = {(code, TOTAL): Cell(count, base) for (code, _label), count in counts.items()}
    return _table(asked, rows, cells, base=base, adds_up=True)


def _number_bin(question: Question, value: object) -> tuple[str, str]:
    """Return the band a number falls in; bands are readable by eye: moins de 2, 2–4, 5–9, 10–19, 20–49, 50–99…"""
    number = float(str(value))
    unit = f" {question.unit}" if isinstance(question, Number) and question.unit else ""
    if number < 0:
        return "00", _("moins de 0") + unit
    edges = [0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000]
    rank = sum(number >= edge for edge in edges) - 1
    if rank == len(edges) - 1:
        return f"{rank + 1:02d}", _("%(low)d et plus") % {"low": edges[rank]} + unit
    label = _("moins de 2") if rank == 0 else f"{edges[rank]} à {edges[rank + 1] - 1}"
    return f"{rank + 1:02d}", label + unit


def _month(_question: Question, value: object) -> tuple[str, str]:
    year, month = str(value)[:7].split("-")
    return f"{year}-{month}", f"{month}/{year}"
