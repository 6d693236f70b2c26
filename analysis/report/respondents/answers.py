"""A closed question as columns: one, or one for each option or line; closed on `Scale`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import assert_never

from analysis.material import Asked
from analysis.report.respondents.variables import Measure, Variable, declined, words_of
from surveys.questions import Grid, Json, Option, Question, Reply, Scale, Status
from surveys.words import _

#: A reply, None where the person was not asked or left it empty.
Replies = Sequence[Reply | None]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column before it has a name: how a value given reads in it."""

    suffix: str
    label: str
    read: Callable[[Json], float | None]
    labels: Mapping[float, str]
    measure: Measure = "nominal"


def ticked() -> dict[float, str]:
    """The words of what is ticked or not, raised or not."""
    return {0.0: _("Non"), 1.0: _("Oui")}


def columns(asked: Asked, keys: Sequence[str], named: Callable[[str], str]) -> Iterator[Variable]:
    """Yield the columns of a question, a line for each of the respondents of `keys`."""
    question, replies = asked.question, [asked.replies.get(key) for key in keys]
    offered = {Status.DONT_KNOW} if question.dont_know else set[Status]()
    offered |= {Status.REFUSED} if question.may_refuse else set()
    told = f"{question.label} ({asked.questionnaire})"
    for column in _columns(question):
        name = named(f"{question.name}_{column.suffix}" if column.suffix else question.name)
        label = f"{column.label} – {told}" if column.label else told
        yield _variable(column, name, label, replies, offered)


def _columns(question: Question) -> Iterator[_Column]:
    match question.scale:
        case Scale.NOMINAL:
            yield _one(question, "nominal")
        case Scale.ORDINAL:
            yield _one(question, "ordinal")
        case Scale.MULTIPLE:
            yield from (_several(question, option) for option in question.options)
        case Scale.RANKING:
            yield from (_ranked(question, option) for option in question.options)
        case Scale.GRID:
            rows = question.rows if isinstance(question, Grid) else ()
            yield from (_judged(question, row) for row in rows)
        case Scale.NUMERIC | Scale.DATE:
            yield _Column("", "", _number, {}, "scale")
        case Scale.TEXT | Scale.NONE:
            return
        case unknown:
            assert_never(unknown)


def _codes(question: Question) -> dict[str, float]:
    return {option.code: float(rank) for rank, option in enumerate(question.options, start=1)}


def _words(question: Question) -> dict[float, str]:
    return {float(rank): option.label for rank, option in enumerate(question.options, start=1)}


def _one(question: Question, measure: Measure) -> _Column:
    codes = _codes(question)
    return _Column("", "", lambda value: codes.get(question.codes(value)[0]), _words(question), measure)


def _several(question: Question, option: Option) -> _Column:
    return _Column(option.code, option.label, lambda value: float(option.code in question.codes(value)), ticked())


def _ranked(question: Question, option: Option) -> _Column:
    def rank(value: Json) -> float:
        chosen = question.codes(value)
        return float(chosen.index(option.code) + 1) if option.code in chosen else 0.0

    return _Column(option.code, _("%(label)s, rang", label=option.label), rank, {0.0: _("Non classé")}, "scale")


def _judged(question: Question, row: Option) -> _Column:
    codes = _codes(question)
    return _Column(row.code, row.label, lambda value: codes.get(value.get(row.code, "")), _words(question), "ordinal")


def _number(value: Json) -> float:
    """A number as it is, a day as AAAAMMJJ."""
    return float(str(value).replace("-", "")) if isinstance(value, str) and value.count("-") == 2 else float(value)


def _variable(column: _Column, name: str, label: str, replies: Replies, offered: Set[Status]) -> Variable:
    given = [column.read(reply.value) if reply and reply.status is Status.ANSWERED else None for reply in replies]
    codes = declined(value for value in given if value is not None)
    said = {reply.status for reply in replies if reply} | offered
    values = tuple(
        codes[reply.status] if reply and reply.status in codes else value
        for reply, value in zip(replies, given, strict=True)
    )
    declining = {status: code for status, code in codes.items() if status in said}
    labels = dict(column.labels) | words_of(declining)
    return Variable(name, label, values, labels, column.measure, tuple(declining.values()))
