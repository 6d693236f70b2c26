"""Two waves of a consultation on one question put to one public: themes side by side, only where they compare.

The codings of both are counted under one plan, that of the later wave: what was merged since is merged in both, what
was split is summed, a theme that moved is moved in both. No test of significance: both samples are voluntary.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from analysis import cross
from analysis.codebook import Codebook, Theme
from analysis.disclosure import PublishedCell, Shown
from analysis.material import Filter, Material, Open, themes_of
from analysis.reader import Reader
from analysis.types import Coding, Status

#: Under this many persons in either wave, shares are not compared.
LEAST_BASE = 30


class Why(StrEnum):
    """Why a theme of one of the plans does not compare."""

    NEW = "new"
    DETAILED = "detailed"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a theme in the plan of one wave: its name there, and what it was merged into or split from."""

    label: str
    retired: bool = False
    merged_into: str | None = None
    split_from: str | None = None


Fates = Mapping[str, Fate]


@dataclass(frozen=True, slots=True)
class Compared:
    """A theme in both waves; `was` is its older name, `merged` and `split` name the themes counted with it."""

    theme: Theme
    before: PublishedCell
    after: PublishedCell
    was: str = ""
    merged: tuple[str, ...] = ()
    split: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """A theme that does not compare, and why; `inside` names the theme that counts it."""

    label: str
    why: Why
    inside: str = ""


@dataclass(frozen=True)
class Comparison:
    """One question in two waves; a base is None when too few answered it to say."""

    question: Open
    before: int | None
    after: int | None
    themes: tuple[Compared, ...]
    apart: tuple[Apart, ...]

    @property
    def shares_compare(self) -> bool:
        """Whether enough persons answered in both waves for their shares to be set side by side."""
        return min(self.before or 0, self.after or 0) >= LEAST_BASE


@dataclass(frozen=True)
class Wave:
    """What one wave said, how it was coded, and what became of the themes of its plan."""

    material: Material
    codings: Sequence[Coding]
    fates: Fates


def compare(before: Wave, after: Wave, question: Open, *, k: int) -> Comparison:
    """Return one question put in both waves, its themes as a reader of groups of `k` may see them."""
    counted = _counted_as(before.fates, after.fates)
    plan = _plan(before, after, counted)
    comparable = _used(before, counted) & _used(after, counted) & {theme.id for theme in plan.themes}
    one, base_before = _cells(_recoded(before, plan, counted), question, k)
    other, base_after = _cells(_recoded(after, plan, counted), question, k)
    themes = tuple(
        _compared(theme, one[theme.id], other[theme.id], before, after, counted)
        for theme in plan.themes
        if theme.id in comparable
    )
    apart = tuple(_apart(before, after, counted, comparable))
    return Comparison(question, base_before, base_after, tuple(_ranked(themes)), apart)


def _ranked(themes: Sequence[Compared]) -> Iterator[Compared]:
    """The themes most raised now first, each followed by its sub-themes."""
    ordered = sorted(themes, key=lambda one: (-(one.after.count or 0), -(one.before.count or 0), one.theme.label))
    there = {one.theme.id for one in themes}
    for one in ordered:
        if one.theme.parent not in there:
            yield one
            yield from (below for below in ordered if below.theme.parent == one.theme.id)


def is_told(one: Compared) -> bool:
    """Whether a figure of either wave may be shown: else there is nothing to set side by side."""
    return Shown.COUNT in (one.before.shown, one.after.shown)


def points(one: Compared) -> int | None:
    """By how many points a share moved; None where either is not shown."""
    shown = (Shown.COUNT, Shown.NOTHING)
    if one.before.shown not in shown or one.after.shown not in shown:
        return None
    return round((one.after.share or 0) * 100) - round((one.before.share or 0) * 100)


def _counted_as(before: Fates, after: Fates) -> dict[str, str]:
    """The theme each theme is counted as: what it was merged into, or what it was split from and that is gone."""
    every = (pair for fates in (before, after) for pair in fates.items())
    steps = {name: fate.merged_into for name, fate in every if fate.merged_into}
    for name, fate in after.items():
        origin = fate.split_from or ""
        if origin in before and origin in after and after[origin].retired and not fate.retired:
            steps.pop(origin, None)
            steps[name] = origin
    return {name: _end(name, steps) for name in {*before, *after}}


def _end(name: str, steps: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while name in steps and name not in seen:
        seen.add(name)
        name = steps[name]
    return name


def _used(wave: Wave, counted: Mapping[str, str]) -> set[str]:
    """What the themes in use of a wave are counted as."""
    return {counted.get(theme.id, theme.id) for theme in wave.material.codebook.themes}


def _plan(before: Wave, after: Wave, counted: Mapping[str, str]) -> Codebook:
    """The plan of the later wave, with the themes it split and no longer uses."""
    book = after.material.codebook
    kept = [theme for theme in book.themes if counted.get(theme.id, theme.id) == theme.id]
    gone = {counted[theme.id] for theme in book.themes} - {theme.id for theme in kept}
    known = {theme.id: theme for theme in before.material.codebook.themes}
    kept += [_under(known[name], kept) for name in sorted(gone) if name in known]
    return Codebook(book.id, book.label, book.version, tuple(kept))


def _under(theme: Theme, plan: Sequence[Theme]) -> Theme:
    parents = {one.id for one in plan}
    return theme if theme.parent in parents else dataclasses.replace(theme, parent=None)


def _recoded(wave: Wave, plan: Codebook, counted: Mapping[str, str]) -> Material:
    """The same voices, coded with the plan of the comparison."""
    codings = (
        dataclasses.replace(one, theme_id=counted.get(one.theme_id, one.theme_id))
        for one in wave.codings
        if one.status is Status.CODED and counted.get(one.theme_id, one.theme_id) in plan
    )
    found = themes_of(codings, plan)
    each = ((voice, found.get(voice.key, {})) for voice in wave.material.voices)
    voices = tuple(
        dataclasses.replace(voice, themes=frozenset(themes), ideas_by_theme=themes) for voice, themes in each
    )
    return dataclasses.replace(wave.material, voices=voices, codebook=plan)


def _cells(material: Material, question: Open, k: int) -> tuple[dict[str, PublishedCell], int | None]:
    """Each theme among those who answered the question, masked with what the other pages of the wave show."""
    linked = Reader(material, Filter(), k).linked(cross.themes, cross.by_quartier, cross.by_channel, cross.by_question)
    roots = linked[-1].only_column(question.code)
    alone = Reader(material.answering(question), Filter(), k)
    below = [alone.table(partial(cross.themes, parent=root.id)) for root in material.codebook.roots()]
    cells = {row.code: cell for table in (roots, *below) for row, cell in table.column()}
    return cells, roots.base


def _compared(
    theme: Theme,
    before: PublishedCell,
    after: PublishedCell,
    first: Wave,
    second: Wave,
    counted: Mapping[str, str],
) -> Compared:
    was = first.fates[theme.id].label if theme.id in first.fates else ""
    with_it = [name for name, end in counted.items() if end == theme.id and name != theme.id]
    names = {name: (second.fates.get(name) or first.fates[name]).label for name in sorted(with_it)}
    split = {name for name in names if name in second.fates and second.fates[name].split_from == theme.id}
    return Compared(
        theme,
        before,
        after,
        was=was if was != theme.label else "",
        merged=tuple(label for name, label in names.items() if name not in split),
        split=tuple(label for name, label in names.items() if name in split),
    )


def _apart(before: Wave, after: Wave, counted: Mapping[str, str], comparable: set[str]) -> Iterator[Apart]:
    for theme in after.material.codebook.themes:
        fate = after.fates.get(theme.id)
        if counted.get(theme.id, theme.id) not in comparable:
            origin = (fate.split_from if fate else "") or ""
            inside = after.fates[origin].label if origin in after.fates else ""
            yield Apart(theme.label, Why.DETAILED if inside else Why.NEW, inside)
    for theme in before.material.codebook.themes:
        if counted.get(theme.id, theme.id) not in comparable:
            yield Apart(theme.label, Why.RETIRED)
