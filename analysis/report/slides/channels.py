"""« Les canaux s’accordent-ils ? » : the first themes by channel, and how far the channels put them in one order."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import channel_words as words
from analysis.disclosure import Published, Shown
from analysis.report.beyond import Channels
from analysis.report.geometry import Layout, Slot
from analysis.report.grid import CAUTION, matrix
from analysis.report.slides.frame import Deck, close
from analysis.tables import TOTAL, Axis
from surveys.words import _

ROWS, COLUMNS = 7, 6


def add(deck: Deck) -> None:
    """Add one slide where two channels at least were heard."""
    told, table = deck.beyond.channels, deck.briefing.by_channel
    columns = [column for column in table.columns if column.code != TOTAL and column.base][:COLUMNS]
    rows = _rows(table, columns)
    if told is None or len(columns) < 2 or not rows:
        return
    deck.part(_("Les canaux s’accordent-ils\u202f?"), slide=False)
    slide = deck.add(
        Layout.TABLE,
        words.title(told.found, table),
        _subtitle(told),
        query=" ".join(part for part in (_query(), words.lede(told.found, table), *_told(told)) if part),
        base=table.base,
    )
    total = [column for column in table.columns if column.code == TOTAL]
    alt = _(
        "Tableau des thèmes (%(names)s) par canal (%(channels)s).",
        names=", ".join(row.label for row in rows[:ROWS]),
        channels=", ".join(column.label for column in columns),
    )
    matrix(slide.placeholders[Slot.TABLE], table, rows[:ROWS], [*columns, *total], alt=alt)
    close(slide)


def _rows(table: Published, columns: list[Axis]) -> list[Axis]:
    """The themes of which one channel at least may be shown, in the order of the page."""
    return [row for row in table.rows if any(table.cell(row.code, c.code).shown is Shown.COUNT for c in columns)]


def _subtitle(told: Channels) -> str:
    legend = _(
        "Part et nombre de personnes · l.\u00a0: lignes de rencontre · %(mark)s\u00a0: peu sûr · masqué\u00a0:"
        " effectif protégé",
        mark=CAUTION,
    )
    if told.found is None:
        return legend
    agreed = _(
        "Concordance de %(w)s sur 1, %(between)s selon qui aurait répondu",
        w=words.decimal(told.found.w.value),
        between=words.between(told.found.w),
    )
    return f"{agreed} · {legend}"


def _query() -> str:
    return _(
        "Requête\u00a0: personnes ayant exprimé au moins un avis × thème × canal, rencontres exceptées. Les canaux"
        " n’ont pas touché les mêmes personnes\u00a0: un désaccord dit où regarder, non qui a raison."
    )


def _told(told: Channels) -> Iterator[str]:
    """Yield the agreement of each pair, then the themes that one channel carries."""
    if told.found:
        yield words.chance(told.found)
        for pair in told.found.pairs:
            yield _(
                "%(one)s et %(other)s\u00a0: %(said)s (τ de Kendall %(tau)s, %(between)s).",
                one=pair.one,
                other=pair.other,
                said=words.agreement_words(pair.tau),
                tau=words.decimal(pair.tau.value),
                between=words.between(pair.tau),
            )
    yield f"{words.carried_title(told.carries)}."
    for one in told.carries or ():
        if one.alone:
            yield f"{one.theme.label}\u00a0: {words.carried_line(one)}."
