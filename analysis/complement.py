"""The other quartiers, counted beside one of them so that no masked cell of the matrix can be found by subtraction.

Those who raise a theme in one quartier and in the others add up to the sum over all quartiers, whoever is asked about:
saying it once says it for every quartier. The matrix is masked for a reader who knows its « Ensemble » and not that
sum; where the sum would tell more, the others are masked and the matrix stays as it is.
"""

from __future__ import annotations

import dataclasses
from functools import partial

from analysis import cross
from analysis.disclosure import Key, Published, PublishedCell, Shown, hidden_cells
from analysis.linked import betrayed, slices
from analysis.material import Caution, Material
from analysis.reader import Reader
from analysis.tables import TOTAL, Axis, Cell, Table
from surveys.words import _

OTHERS = "autres"
#: The column of those who are in a quartier that compares, beside those who are in none.
_INSIDE = "\x1fdedans"


def comparing(matrix: Published) -> tuple[str, ...]:
    """Return the quartiers whose base may be said: the others are neither compared nor among those compared with."""
    return tuple(column.code for column in matrix.columns if column.code != TOTAL and column.base)


def beside_others(reader: Reader, matrix: Published, place: str) -> Published | None:
    """Return the themes of a quartier, of the others together and of everyone; None when nothing compares.

    `matrix` is what this reader was shown of `cross.by_quartier`. A cell of the others is shown where that of the
    quartier is, and where the sum of both betrays nothing.
    """
    places = comparing(matrix)
    if place not in places or len(places) < 2:
        return None
    here, whole = (next(c for c in matrix.columns if c.code == code) for code in (place, TOTAL))
    base = sum(column.base or 0 for column in matrix.columns if column.code in places) - (here.base or 0)
    sums = _sums(reader, matrix, places)
    cells = {key: cell for key, cell in matrix.cells.items() if key[1] in (place, TOTAL)}
    cells |= {(row.code, OTHERS): _rest(cells[row.code, place], sums.get(row.code), base) for row in matrix.rows}
    columns = (here, Axis(OTHERS, _("Autres quartiers"), base=base), whole)
    return dataclasses.replace(matrix, name=f"couleur.{place}", columns=columns, cells=cells, beside={})


def _rest(here: PublishedCell, total: int | None, base: int) -> PublishedCell:
    if total is None or here.count is None:
        return PublishedCell(Shown.MASKED)
    count = total - here.count
    small = {Caution.SMALL_BASE} if 0 < count < cross.SMALL_BASE else set()
    cautions = frozenset(small | ({Caution.UNSURE_THEME} & here.cautions if count else set()))
    return PublishedCell(Shown.COUNT if count else Shown.NOTHING, count, count / base, 0, cautions)


def _sums(reader: Reader, matrix: Published, places: tuple[str, ...]) -> dict[str, int]:
    """Return the persons of the quartiers that compare who raise each theme, where it may be said."""
    counted = _inside(reader.kept, places)
    kept_quiet = _betraying(reader, matrix, places)
    if reader.choice.copies:
        everything = Reader(reader.material, dataclasses.replace(reader.choice, copies=""), reader.k)
        kept_quiet |= _betraying(everything, _matrix(everything), places)
        kept_quiet |= _parted(_inside(everything.kept, places), counted, reader.k)
    return {row.code: counted.cell(row.code).count for row in counted.rows if row.code not in kept_quiet}


def _matrix(reader: Reader) -> Published:
    return reader.linked(cross.themes, cross.by_quartier, cross.by_channel, cross.by_question)[1]


def _betraying(reader: Reader, matrix: Published, places: tuple[str, ...]) -> set[str]:
    """Return the themes whose sum over the quartiers, once known, would have more of the matrix masked."""
    masked = {key for key, cell in matrix.cells.items() if cell.shown is Shown.MASKED}
    inner = {key for key in masked if key[1] != TOTAL}
    more: set[Key] = hidden_cells(_inside(reader.kept, places), k=reader.k, also=inner) - inner
    more |= hidden_cells(_around(reader.kept, places), k=reader.k, also=masked) - masked
    more |= betrayed(partial(_inside, places=places), slices(reader.material, reader.choice), k=reader.k) - inner
    return {row for row, _column in more | (masked - inner)}


def _parted(everything: Table, without: Table, k: int) -> set[str]:
    """Return the themes that fewer than `k` persons raise through copies alone, in all quartiers but one."""
    found = set()
    for row in everything.rows:
        moved = {
            column.code: everything.cell(row.code, column.code).count - without.cell(row.code, column.code).count
            for column in everything.columns
        }
        if any(0 < moved[TOTAL] - moved[place] < k for place in moved if place != TOTAL):
            found.add(row.code)
    return found


def _inside(material: Material, places: tuple[str, ...]) -> Table:
    """Count the matrix over the persons of the quartiers that compare: its « Ensemble » is their sum."""
    kept = tuple(person for person in material.persons if person.quartier in places)
    return cross.by_quartier(dataclasses.replace(material, persons=kept, quartiers=places))


def _around(material: Material, places: tuple[str, ...]) -> Table:
    """Count that sum, and each quartier left out of it, under everyone."""
    inside, every = _inside(material, places), cross.by_quartier(material)
    left = tuple(column for column in every.columns if column.code not in places)
    cells: dict[Key, Cell] = {(row.code, c.code): every.cell(row.code, c.code) for row in every.rows for c in left}
    cells |= {(row.code, _INSIDE): inside.cell(row.code) for row in every.rows}
    return dataclasses.replace(every, columns=(Axis(_INSIDE, "", base=inside.base), *left), cells=cells)
