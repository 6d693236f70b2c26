"""``themes.csv``: one line for each theme and sub-theme, for a spreadsheet or a statistician.

Columns: ``theme_id, parent_id, theme, respondents, share, ideas``, one column of respondents for each quartier
under its name, ``extract_1`` to ``extract_3``, then ``caution``: why the line is to be read with prudence, in words,
and ``base``: the persons who gave an opinion in their own words, of whom ``share`` is the share.
UTF-8 with a mark, commas, shares from 0 to 1 with a point.
A count that may not be published (fewer persons than the smallest group, or a count that would betray one)
reads ``masqué``, its share and its ideas are empty; an empty count means that nobody of the quartier spoke.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from analysis import palette
from analysis.briefing import Briefing
from analysis.disclosure import Published, PublishedCell, Shown
from analysis.findings import caution_words
from analysis.report.cells import safe
from analysis.tables import Axis

EXTRACTS = 3
HEAD = ("theme_id", "parent_id", "theme", "respondents", "share", "ideas")


def write(briefing: Briefing, path: Path) -> None:
    """Write the themes of a briefing, ranked, each followed by its sub-themes."""
    path.write_bytes(text(briefing).encode("utf-8-sig"))


def text(briefing: Briefing) -> str:
    """Return the content of the file; the same briefing always gives the same text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    extracts = [f"extract_{rank}" for rank in range(1, EXTRACTS + 1)]
    writer.writerow([safe(cell) for cell in (*HEAD, *briefing.quartiers, *extracts, "caution", "base")])
    for axis, table, crossed in _rows(briefing):
        writer.writerow([safe(cell) for cell in _line(briefing, axis, table, crossed)])
    return out.getvalue()


def _rows(briefing: Briefing) -> Iterator[tuple[Axis, Published, Published]]:
    for axis in briefing.said.themes.rows:
        yield axis, briefing.said.themes, briefing.by_quartier
        below = briefing.said.subthemes.get(axis.code)
        if below is not None:
            for child in below.rows:
                yield child, below, briefing.by_quartier_detail[axis.code]


def _line(briefing: Briefing, axis: Axis, table: Published, crossed: Published) -> list[str]:
    cell, ideas = table.cell(axis.code), briefing.said.ideas_by_theme.get(axis.code)
    share = "" if cell.share is None else f"{cell.share:.4f}"
    quotes = [extract.text for extract in briefing.said.extracts.get(axis.code, ())][:EXTRACTS]
    return [
        axis.code,
        axis.parent or "",
        axis.label,
        _count(cell),
        share,
        "" if ideas is None else str(ideas),
        *(_count(crossed.cell(axis.code, quartier)) for quartier in briefing.quartiers),
        *quotes,
        *[""] * (EXTRACTS - len(quotes)),
        ", ".join(caution_words(caution) for caution in sorted(cell.cautions)),
        "" if table.base is None else str(table.base),
    ]


def _count(cell: PublishedCell) -> str:
    match cell.shown:
        case Shown.MASKED:
            return palette.MASKED
        case Shown.NO_BASE:
            return ""
        case _:
            return str(cell.count)
