"""Everything that is published of a consultation, read as an attacker would: each page of each choice, and the files.

Every figure is taken from the value that a page draws or a file holds; none is counted again.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import math
import zipfile
from collections.abc import Iterator, Sequence

from analysis import weighted
from analysis.briefing import Briefing, brief
from analysis.channels import publics
from analysis.couleur import couleur
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.families import Frame
from analysis.material import OF_PERSONS, Filter, Material
from analysis.needs import NEEDS, crossing
from analysis.objectives import Goal, evidence
from analysis.offer import offered
from analysis.reader import Reader
from analysis.report import open_data
from analysis.restitution import give
from analysis.said import Closed
from analysis.tables import TOTAL, Axis
from analysis.weighting import Margin
from surveys.questions import Scale
from tests.analysis.attacker import BASE, EITHER, Attacker, Group, Link, Share, Span

#: Beside a count: in answer to a question, without copies, as a need, as an action, in a family.
AT, SANS, NEED, ACTION = "@", "~sans", "~besoin", "~piste"
NOBODY = (Shown.NOTHING, Shown.NO_BASE)


@dataclasses.dataclass(frozen=True)
class Everything:
    """What a consultation publishes: its material, to whom, and what its other pages are drawn with."""

    material: Material
    k: int = 5
    k_public: int = 11
    facets: int = 1
    frame: Frame | None = None
    goals: Sequence[Goal] = ()
    margins: Sequence[Margin] = ()
    #: Whether what is known of the bases is used: they are shown as they are, small ones told to be below k.
    bases: bool = False


def read(every: Everything, *, k: int = 0) -> Attacker:
    """Open every page of every choice that is offered, then every file; `k` reads the same as another reader."""
    material = every.material
    values = tuple(tuple(sorted({getattr(one, facet) for one in material.persons})) for facet in OF_PERSONS)
    reading = _Reading(every, Attacker(values), k or every.k)
    for choice in _choices(material, k=every.k, facets=every.facets):
        briefing = brief(material, k=reading.k, choice=choice)
        if briefing.done.persons >= every.k:
            reading.pages(briefing)
    reading.everyone()
    return reading.attacker


def _choices(material: Material, *, k: int, facets: int) -> Iterator[Filter]:
    waiting, met = [Filter()], {Filter()}
    while waiting:
        choice = waiting.pop()
        yield choice
        for facet, values in offered(material, choice, k=k).items():
            fixed = sum(bool(getattr(choice, one)) for one in OF_PERSONS)
            if getattr(choice, facet) or (facet in OF_PERSONS and fixed == facets):
                continue
            for narrower in (dataclasses.replace(choice, **{facet: value}) for value in values):
                if narrower not in met:
                    met.add(narrower)
                    waiting.append(narrower)


class _Reading:
    """The attacker with pencil and paper."""

    def __init__(self, every: Everything, attacker: Attacker, k: int) -> None:
        self.every, self.attacker, self.k = every, attacker, k
        self._book = every.material.codebook

    def pages(self, briefing: Briefing) -> None:
        """Note what the pages and the files of the committee show of one choice."""
        group = frozenset((f, v) for f in OF_PERSONS if (v := getattr(briefing.choice, f)))
        end = SANS if briefing.choice.copies else ""
        reader = Reader(self.every.material, briefing.choice, self.k)
        told = briefing.said
        self._themes(told.themes, group, end)
        for below in told.subthemes.values():
            self._themes(below, group, end)
        for table in (briefing.by_quartier, *briefing.by_quartier_detail.values()):
            self._crossed(table, "quartier", group, end)
        self._crossed(briefing.by_channel, "canal", group, end)
        if by_public := publics(reader):
            # A row whose total is masked is masked whole, those that nobody raises too.
            self._crossed(by_public, "public", group, end, masked=0)
        for opened in told.opened:
            self._themes(opened.themes, group, f"{AT}{opened.code}{end}")
        self._questions(end)
        if not end:
            for closed in told.closed:
                self._closed(closed, group)
        self._proposed(reader, briefing, group, end)

    def everyone(self) -> None:
        """Note what is told of everyone alone, to the committee and to the public."""
        material, reader = self.every.material, Reader(self.every.material, Filter(), self.k)
        whole = brief(material, k=self.k)
        for place in material.quartiers:
            self._couleur(reader, whole.by_quartier, place)
        found = weighted.compare(material, whole.said.themes, self.every.margins) if self.every.margins else None
        if isinstance(found, weighted.Comparison):
            self._weighted(found)
        k = self.every.k_public if self.k == self.every.k else self.k
        self._given(k)
        self._opened_data(k)

    # What a table says.

    def _themes(self, table: Published, group: Group, end: str) -> None:
        self._column(table, TOTAL, group, end)

    def _crossed(self, table: Published, facet: str, group: Group, end: str, *, masked: int = 1) -> None:
        for column in table.columns:
            if column.code != TOTAL and dict(group).get(facet, column.code) == column.code:
                self._column(table, column.code, group | {(facet, column.code)}, end, masked=masked)

    def _column(self, table: Published, column: str, group: Group, end: str, *, masked: int = 1) -> None:
        base = next(one.base for one in table.columns if one.code == column)
        self._base(f"{BASE}{end}", group, base)
        for row, cell in table.column(column):
            # A sub-theme is masked with its theme, be it said by nobody.
            self._cell(f"{row.code}{end}", group, cell, base, masked=0 if row.parent else masked, k=table.k)
            self._theme(row, end)

    def _theme(self, row: Axis, end: str) -> None:
        links = self.attacker.links
        links.add(Link(f"{BASE}{end}", (f"{row.code}{end}",)))
        if row.parent:
            links.add(Link(f"{row.parent}{end}", (f"{row.code}{end}",)))
        for more in (SANS, NEED, ACTION):
            if end.endswith(more):
                links.add(Link(f"{row.code}{end.removesuffix(more)}", (f"{row.code}{end}",)))

    def _cell(
        self, count: str, group: Group, cell: PublishedCell, base: int | None, *, k: int, masked: int = 1
    ) -> None:
        if cell.count is not None:
            span = Span(cell.count, cell.count)
        elif cell.shown in NOBODY:
            span = Span(0, 0)
        else:
            # In a base that is hidden, nobody may be masked as well as somebody.
            span = Span(0, k - 1) if base is None else Span(masked, math.inf)
        self.attacker.note(count, group, span)

    def _base(self, count: str, group: Group, base: int | None) -> None:
        if self.every.bases:
            self.attacker.note(count, group, Span(1, self.k - 1) if base is None else Span(base, base))

    # How counts hang together.

    def _questions(self, end: str) -> None:
        """Who raises a theme does in answer to a question; nobody answers two questionnaires."""
        asked = self.every.material.open
        names = dict.fromkeys(one.questionnaire for one in asked)
        for theme in self._book.roots():
            books = tuple(f"{theme.id}{AT}{name}{end}" for name in names)
            if books:
                self.attacker.links.add(Link(f"{theme.id}{end}", books, covers=True, apart=True))
            for book, name in zip(books, names, strict=True):
                parts = tuple(f"{theme.id}{AT}{one.code}{end}" for one in asked if one.questionnaire == name)
                self.attacker.links.add(Link(book, parts, covers=True))

    def _proposed(self, reader: Reader, briefing: Briefing, group: Group, end: str) -> None:
        """Needs, actions, objectives."""
        if self.every.frame is None:
            return
        frame, sides = self.every.frame, self.every.frame.sides
        crossed = crossing(reader, briefing, frame)
        ends = {NEEDS: "", TOTAL: ACTION} | {one.code: f"{ACTION}{AT}{one.code}" for one in frame.families}
        for column in crossed.table.columns:
            self._column(crossed.table, column.code, group, f"{end}{ends[column.code]}")
        for row in crossed.table.rows:
            parts = tuple(f"{row.code}{end}{ACTION}{AT}{one.code}" for one in frame.families)
            self.attacker.links.add(Link(f"{row.code}{end}{ACTION}", parts))
            for more, asked in ((ACTION, True), (NEED, False)):
                codes = [one.code for one in self.every.material.open if (one.code in sides.actions) is asked]
                parts = tuple(f"{row.code}{AT}{code}{end}" for code in codes)
                self.attacker.links.add(Link(f"{row.code}{end}{more}", parts, covers=True))
        self._families(crossed.families, group, end)
        self._objectives(reader, briefing, group, end)

    def _families(self, table: Published, group: Group, end: str) -> None:
        assert self.every.frame is not None
        for side, more in ((NEEDS, NEED), (TOTAL, ACTION)):
            base = next(one.base for one in table.columns if one.code == side)
            for family, cell in table.column(side):
                whole = f"famille:{family.code}{end}{more}"
                self._cell(whole, group, cell, base, k=self.k)
                for theme in self._book.roots():
                    claimed = family.code in self.every.frame.claims[theme.id] and not self._book.children(theme.id)
                    if more == ACTION:
                        self.attacker.links.add(Link(whole, (f"{theme.id}{end}{more}{AT}{family.code}",)))
                    elif claimed:
                        self.attacker.links.add(Link(whole, (f"{theme.id}{end}{more}",)))

    def _objectives(self, reader: Reader, briefing: Briefing, group: Group, end: str) -> None:
        assert self.every.frame is not None
        found = evidence(reader, briefing, self.every.goals, self.every.frame)
        for goal in self.every.goals:
            self._cell(f"objectif:{goal.code}{end}", group, found[goal.code].whole, briefing.said.themes.base, k=self.k)
            for place, cell in found[goal.code].where:
                if dict(group).get("quartier", place) == place:
                    self._cell(f"objectif:{goal.code}{end}", group | {("quartier", place)}, cell, 0, k=self.k)
            themes = tuple(f"{theme}{end}" for theme in goal.themes)
            if themes:
                self.attacker.links.add(Link(f"objectif:{goal.code}{end}", themes, covers=not goal.families))

    # What is told of everyone.

    def _couleur(self, reader: Reader, matrix: Published, place: str) -> None:
        found = couleur(reader, matrix, place)
        for gap in found.gaps if found else ():
            assert found is not None
            others = EITHER.join(c.code for c in matrix.columns if c.base and c.code not in (TOTAL, place))
            self._cell(gap.theme.code, frozenset({("quartier", place)}), gap.here, found.base, k=self.k)
            self._cell(gap.theme.code, frozenset({("quartier", others)}), gap.others, found.others, k=self.k)

    def _weighted(self, found: weighted.Comparison) -> None:
        """A weighted share is known to the half per cent, and so are the weights of each crossing.

        They tell apart those of each margin, and inhabitants from who speaks for others.
        """
        ranks = [OF_PERSONS.index(one) for one in (*(margin.facet for margin in found.margins), "public")]
        of_crossing = {}
        for person in self.every.material.persons:
            if person.key in found.weights.of:
                of_crossing[tuple(getattr(person, OF_PERSONS[rank]) for rank in ranks)] = found.weights.of[person.key]
        crossings = self.attacker.crossings([frozenset((facet, "") for facet in OF_PERSONS)])
        weights = {one: of_crossing.get(tuple(one[rank] for rank in ranks), 1.0) for one in crossings}
        for row in found.rows:
            if row.weighted is not None:
                span = Span(*((row.weighted + half) / 100 * found.base for half in (-0.5, 0.5)))
                self.attacker.shares.append(Share(row.theme.code, weights, span))

    def _given(self, k: int) -> None:
        """The page of results."""
        given = give(self.every.material, k=k, committee=self.k if k > self.k else 0)
        for told in (given.whole, *given.quartiers):
            group: Group = frozenset({("quartier", told.place)} if told.place else ())
            for heard in told.heard if told.speakers else ():
                count = None if heard.masked else round((heard.share or 0) * (told.speakers or 0))
                shown = Shown.MASKED if heard.masked else Shown.COUNT
                self._cell(heard.theme, group, PublishedCell(shown, count), told.speakers, k=k)

    def _opened_data(self, k: int) -> None:
        """The files of open data, as a spreadsheet reads them."""
        public = brief(self.every.material, k=k, committee=self.k if k > self.k else 0)
        archive = zipfile.ZipFile(io.BytesIO(open_data.content(public, self._book, today=dt.date(2024, 1, 1))))
        lines = {
            name: list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode())))
            for name in ("themes", "themes-par-quartier", "themes-par-canal", "themes-par-question")
            if f"{name}.csv" in archive.namelist()
        }
        for name, rows in lines.items():
            for row in rows:
                end = f"{AT}{row['question_id']}" if name.endswith("question") else ""
                group: Group = frozenset((f, row[f]) for f in ("quartier", "canal") if f in row)
                count = int(row["effectif"]) if row["effectif"] else None
                shown = Shown.MASKED if row["etat"] == "masque" else Shown.COUNT
                base = int(row["base"]) if row["base"] else None
                self._cell(
                    f"{row['theme_id']}{end}",
                    group,
                    PublishedCell(shown, count),
                    base,
                    k=k,
                    masked=int(not row.get("parent_id")),
                )

    def _closed(self, closed: Closed, group: Group) -> None:
        """A closed question: its answers, who gave one, who did not know."""
        table, links = closed.table, self.attacker.links
        name = f"{table.name}"
        self._base(f"{BASE}:{name}", group, table.base)
        cells = {(row.code, c.code): f"{name}:{row.code}:{c.code}" for row in table.rows for c in table.columns}
        for (row, column), count in cells.items():
            self._cell(count, group, table.cell(row, column), table.base, k=self.k)
        links.add(Link(f"{BASE}:{name}", tuple(cells.values())))
        for label in ("Ne sait pas", "Ne souhaite pas répondre"):
            aside = table.beside.get(label, 0)
            span = Span(1, math.inf) if aside is None else Span(aside, aside)
            self.attacker.note(f"{name}:{label}", group, span)
        match closed.scale:
            case Scale.NOMINAL:
                links.add(Link(f"{BASE}:{name}", tuple(cells.values()), covers=True, apart=True))
            case Scale.GRID:
                for line in table.rows:
                    parts = tuple(cells[line.code, c.code] for c in table.columns)
                    links.add(Link(f"{BASE}:{name}", parts, covers=True, apart=True))
            case Scale.RANKING:
                firsts = tuple(cells[line.code, table.columns[0].code] for line in table.rows)
                links.add(Link(f"{BASE}:{name}", firsts, covers=True, apart=True))
                links |= {
                    Link(cells[r.code, table.columns[1].code], (cells[r.code, table.columns[0].code],))
                    for r in table.rows
                }


def small(every: Everything, attacker: Attacker) -> dict[tuple[str, Group], int]:
    """The masked figures that fewer than `k` persons make, each with its value."""
    truth = read(every, k=1)
    counted = ((one, truth.seen[one[0]].get(one[1])) for one in attacker.masked())
    return {one: int(span.least) for one, span in counted if span and 0 < span.least < every.k}
