"""« Besoins et pistes d’action » : what was said as a need beside what answers it, then the families of actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis import needs_words as words
from analysis import palette
from analysis.disclosure import PublishedCell, Shown
from analysis.french import capital, listed, noun
from analysis.material import Filter
from analysis.needs import NEEDS, Crossing
from analysis.palette import percent
from analysis.report.geometry import INNER, Layout, Slot
from analysis.report.grid import CAUTION
from analysis.report.sheet import Said, paged, said, sheet
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import TITLE_LIMIT, and_others, lines_of
from analysis.report.text import shorten
from analysis.tables import TOTAL, Axis
from surveys.words import _, ngettext

#: The need or the family, who said it, what stands in front of it.
WIDTHS = (3.5, 2.2, INNER - 5.7)
#: Needs in rows of their own, characters of a need and of a family beside others, and names told in front of one.
ROWS, LABEL, BRIEF, TOLD = 6, 60, 40, 2


def add(deck: Deck) -> None:
    """Add the part when somebody said a need."""
    crossed = deck.beyond.needs
    rows = [row for row, cell in crossed.table.column(NEEDS) if _raised(cell)] if crossed else []
    if crossed is None or not rows:
        return
    deck.part(_("Besoins et pistes d’action"), slide=False)
    choice = deck.briefing.choice
    finding, *leaning = words.title(crossed, chosen=choice != Filter(copies=choice.copies)).split("\u00a0; ")
    _needs(deck, crossed, rows, finding)
    _families(deck, crossed, capital(leaning[0]) if leaning else "")


def _raised(cell: PublishedCell) -> bool:
    return bool(cell.lines) or cell.shown in (Shown.COUNT, Shown.MASKED)


def _needs(deck: Deck, crossed: Crossing, rows: Sequence[Axis], finding: str) -> None:
    """Add each need with who said it and the families of the actions that answer it."""
    heads = [_("Besoins"), _("Qui en parle"), _("Pistes d’action proposées, par famille")]
    told = [(row, crossed.table.cell(row.code, NEEDS)) for row in rows]
    body = [_row(row, cell, _answers(crossed, row)) for row, cell in told[:ROWS]]
    if others := told[ROWS:]:
        names = capital(listed([noun(row.label).text for row, _cell in others]))
        number = ngettext("%(n)s autre besoin", "%(n)s autres besoins", len(others), n=len(others))
        body.append([said(number, bold=True), said(""), said(names)])
    titles = (finding, _("Besoins et pistes d’action (suite)"))
    notes = [_aloud(row.label, _answers(crossed, row), _("aucune piste")) for row in rows]
    _tables(deck, crossed, titles, heads, body, notes)


def _families(deck: Deck, crossed: Crossing, leaning: str) -> None:
    """Add each family with who proposes it, what it answers, and those that come by actions more than by needs."""
    table = crossed.families
    rows = [row for row, cell in table.column() if _raised(cell)]
    if not rows:
        return
    heads = [_("Familles de pistes"), _("Qui les propose"), _("Besoins auxquels elles répondent")]
    beside = {one.family.code: _leaning(one) for one in words.leaning_to_actions(crossed)}
    beside |= {row.code: _("aucun besoin dit") for row in words.without_need(crossed)}
    needs = [_needs_of(crossed, row) for row in rows]
    body = [
        _row(row, table.cell(row.code), answered, beside.get(row.code, ""))
        for row, answered in zip(rows, needs, strict=True)
    ]
    title = leaning or _("Ce que proposent les pistes d’action, famille par famille")
    if len(title) > TITLE_LIMIT:
        title = _("Des sujets s’abordent par les pistes plus que par les besoins")
    notes = [_aloud(row.label, told, _("aucun besoin")) for row, told in zip(rows, needs, strict=True)]
    _tables(deck, crossed, (title, _("Les familles de pistes (suite)")), heads, body, [leaning, *notes])


def _leaning(one: words.Leaning) -> str:
    return _("%(actions)s des pistes, %(needs)s des besoins", actions=percent(one.actions), needs=percent(one.needs))


def _answers(crossed: Crossing, row: Axis) -> list[tuple[str, PublishedCell]]:
    columns = [column for column in crossed.table.columns if column.code not in (NEEDS, TOTAL)]
    return _ranked([(column.label, crossed.table.cell(row.code, column.code)) for column in columns])


def _needs_of(crossed: Crossing, family: Axis) -> list[tuple[str, PublishedCell]]:
    return _ranked([(row.label, crossed.table.cell(row.code, family.code)) for row in crossed.table.rows])


def _ranked(found: Sequence[tuple[str, PublishedCell]]) -> list[tuple[str, PublishedCell]]:
    """What somebody raised: the most lines of rencontres first, then the most persons, masked ones last."""
    return sorted((pair for pair in found if _raised(pair[1])), key=lambda pair: (-pair[1].lines, -_known(pair[1])))


def _known(cell: PublishedCell) -> int:
    return (cell.count or 0) if cell.shown is Shown.COUNT else 0


def _row(row: Axis, cell: PublishedCell, found: Sequence[tuple[str, PublishedCell]], beside: str = "") -> list[Said]:
    told = "\u202f; ".join(_told(found)) or _("aucune")
    return [
        said(shorten(row.label, LABEL), bold=True),
        said(_count(cell), beside),
        said(capital(told)),
    ]


def _told(found: Sequence[tuple[str, PublishedCell]]) -> Iterator[str]:
    """Yield the first ones, and how many others there are: the notes name them all."""
    for label, cell in found[:TOLD]:
        yield f"{shorten(label, BRIEF)} ({_count(cell)})"
    yield from and_others(len(found) - TOLD)


def _count(cell: PublishedCell) -> str:
    """Persons, then lines of rencontres apart; of lines alone where the persons are masked."""
    people = [_("%(n)s pers.", n=palette.number(cell.count))] if _known(cell) else []
    told = " + ".join([*people, *([lines_of(cell.lines)] if cell.lines else [])])
    return told + (CAUTION if cell.cautions and told else "") or palette.MASKED


def _aloud(label: str, found: Sequence[tuple[str, PublishedCell]], nothing: str) -> str:
    """One row in whole, for the notes and for who does not see the table."""
    told = [f"{name} ({words.count_words(cell)})" for name, cell in found]
    return f"{label}\u00a0: {listed(told) if told else nothing}."


def _tables(
    deck: Deck,
    crossed: Crossing,
    titles: tuple[str, str],
    heads: Sequence[str],
    body: Sequence[Sequence[Said]],
    notes: Sequence[str],
) -> None:
    """Add as many slides as the rows take, the first under the first of `titles`; the notes tell every row."""
    head = [said(text, bold=True) for text in heads]
    for number, page in enumerate(paged(head, body, WIDTHS)):
        slide = deck.add(
            Layout.TABLE,
            titles[min(number, 1)],
            _(
                "pers.\u00a0: personnes, tues quand leur effectif est masqué\u202f; l.\u00a0: lignes notées en"
                " rencontre, comptées à part\u202f; %(mark)s\u00a0: peu sûr",
                mark=CAUTION,
            ),
            query=_query(crossed, notes if number == 0 else ()),
            base=deck.briefing.said.speakers,
        )
        rows = [body[rank] for rank in page]
        alt = " ".join(f"{' '.join(text for cell in row for text, _bold in cell.lines)}." for row in rows)
        sheet(slide.placeholders[Slot.TABLE], head, rows, WIDTHS, alt=alt)
        close(slide)


def _query(crossed: Crossing, notes: Sequence[str]) -> str:
    return " ".join(
        part
        for part in (
            _(
                "Requête\u00a0: besoin (besoin, constat, vigilance) × famille de pistes\u202f; une piste répond à un"
                " besoin quand une même idée porte son thème."
            ),
            words.lede(crossed),
            words.lost(crossed),
            *notes,
        )
        if part
    )
