"""« Besoins et pistes d’action » : what was said as a need, and the families of the actions that answer it."""

from __future__ import annotations

from collections.abc import Sequence

from analysis import needs_words as words
from analysis import palette
from analysis.disclosure import PublishedCell, Shown
from analysis.french import capital, listed
from analysis.material import Filter
from analysis.needs import NEEDS, Crossing
from analysis.report.geometry import INNER, Layout, Slot
from analysis.report.grid import CAUTION
from analysis.report.sheet import Said, paged, said, sheet
from analysis.report.slides.frame import Deck, close, pages
from analysis.report.slides.words import TITLE_LIMIT, and_others, lines_of
from analysis.report.text import shorten
from analysis.tables import Axis
from surveys.words import _

#: Families beside the needs on one slide, and what is left to the names of the needs.
COLUMNS, NAMES = 5, 3.6
LABEL = 60
#: The columns of what does not answer, and the names told of each.
APART, LISTED = (5.2, INNER - 5.2), 3
#: From how many lines of rencontres each step of the hue is used, as on the page.
TINTS = ((1, 1), (3, 2), (6, 3), (10, 4))


def add(deck: Deck, crossed: Crossing | None) -> None:
    """Add the part when somebody said a need."""
    rows = [row for row, cell in crossed.table.column(NEEDS) if _raised(cell)] if crossed else []
    if crossed is None or not rows:
        return
    deck.part(_("Besoins et pistes d’action"), slide=False)
    choice = deck.briefing.choice
    finding, *leaning = words.title(crossed, chosen=choice != Filter(copies=choice.copies)).split("\u00a0; ")
    number = 0
    for columns in pages([c for c in crossed.table.columns if c.code != NEEDS], COLUMNS - 1):
        for part in _pages(crossed, rows, columns):
            title = finding if number == 0 else _("Besoins et pistes d’action (suite)")
            _table(deck, crossed, part, columns, title=title)
            number += 1
    _apart(deck, crossed, capital(leaning[0]) if leaning else "")


def _raised(cell: PublishedCell) -> bool:
    return bool(cell.lines) or cell.shown in (Shown.COUNT, Shown.MASKED)


def _widths(columns: Sequence[Axis]) -> list[float]:
    wide = (INNER - NAMES) / COLUMNS
    return [NAMES, *(wide for _column in range(len(columns) + 1))]


def _heads(crossed: Crossing, columns: Sequence[Axis]) -> list[Said]:
    labels = [crossed.table.columns[0].label, *(column.label for column in columns)]
    return [said(_("Besoins"), bold=True), *(said(shorten(label, 44), centred=True) for label in labels)]


def _row(crossed: Crossing, row: Axis, columns: Sequence[Axis]) -> list[Said]:
    cells = [crossed.table.cell(row.code, code) for code in (NEEDS, *(column.code for column in columns))]
    return [said(shorten(row.label, LABEL)), said(_words(cells[0]), centred=True), *map(_answer, cells[1:])]


def _pages(crossed: Crossing, rows: Sequence[Axis], columns: Sequence[Axis]) -> list[list[Axis]]:
    body = [_row(crossed, row, columns) for row in rows]
    return [[rows[rank] for rank in page] for page in paged(_heads(crossed, columns), body, _widths(columns))]


def _words(cell: PublishedCell) -> str:
    """Persons, then lines of rencontres apart; « · » where nobody said anything."""
    counted = palette.number(cell.count) if cell.shown is Shown.COUNT else ""
    people = palette.MASKED if cell.shown is Shown.MASKED else counted
    told = " + ".join(part for part in (people, lines_of(cell.lines) if cell.lines else "") if part)
    return told + (CAUTION if cell.cautions and told else "") or "·"


def _answer(cell: PublishedCell) -> Said:
    """The pistes of one family: the darker the more lines of rencontres, as on the page."""
    told = ((_words(cell), cell.shown is not Shown.MASKED and _raised(cell)),)
    if cell.lines or cell.shown is Shown.COUNT:
        step = max((step for least, step in TINTS if cell.lines >= least), default=1)
        return Said(told, palette.SHARES[step], hatched=bool(cell.cautions), centred=True)
    return Said(told, dashed=cell.shown is Shown.MASKED, centred=True)


def _table(deck: Deck, crossed: Crossing, rows: Sequence[Axis], columns: Sequence[Axis], *, title: str) -> None:
    slide = deck.add(
        Layout.TABLE,
        title,
        _(
            "Personnes + lignes de rencontre (l.) · %(mark)s\u00a0: peu sûr · masqué\u00a0: effectif protégé ·"
            " point\u00a0: aucune piste",
            mark=CAUTION,
        ),
        query=_query(crossed),
        source=deck.foot(_base(crossed)),
    )
    alt = _(
        "Tableau des besoins (%(needs)s) par famille de pistes (%(families)s). %(said)s",
        needs=", ".join(row.label for row in rows),
        families=", ".join(column.label for column in columns),
        said=" ".join(_aloud(crossed, row, columns) for row in rows),
    )
    body = [_row(crossed, row, columns) for row in rows]
    sheet(slide.placeholders[Slot.TABLE], _heads(crossed, columns), body, _widths(columns), alt=alt)
    close(slide)


def _aloud(crossed: Crossing, row: Axis, columns: Sequence[Axis]) -> str:
    """One need read aloud, with the families that answer it."""
    told = [(column.label, words.count_words(crossed.table.cell(row.code, column.code))) for column in columns]
    answers = [f"{label} ({count})" for label, count in told if count]
    return f"{row.label}\u00a0: {listed(answers) if answers else _('aucune piste')}."


def _base(crossed: Crossing) -> str:
    """Who said the needs and who proposed the pistes, the two bases of the table."""
    return _(
        "bases\u00a0: %(needs)s personnes pour les besoins, %(actions)s pour les pistes",
        needs=_few(crossed.needing, crossed.table.k),
        actions=_few(crossed.proposing, crossed.table.k),
    )


def _few(count: int | None, k: int) -> str:
    return palette.below(k) if count is None else palette.number(count)


def _query(crossed: Crossing) -> str:
    return " ".join(
        part
        for part in (
            _(
                "Requête\u00a0: besoin (besoin, constat, vigilance) × famille de pistes\u202f; une piste répond à un"
                " besoin quand une même idée porte son thème."
            ),
            words.lede(crossed),
            words.lost(crossed),
        )
        if part
    )


def _apart(deck: Deck, crossed: Crossing, leaning: str) -> None:
    """Add what does not answer: needs without pistes, pistes without needs, in the words of the page."""
    told = [(heading, meaning, names) for heading, meaning, names in _unanswered(crossed) if names]
    if not told:
        return
    slide = deck.add(
        Layout.TABLE,
        _apart_title(leaning),
        _("Besoins dits et pistes proposées, en rencontre comme dans les questionnaires"),
        query=_query(crossed),
        source=deck.foot(_base(crossed)),
    )
    heads = [said(_("Ce qui ne se répond pas"), bold=True), said(_("Besoins ou familles de pistes"), bold=True)]
    rows = [[Said(((heading, True), (meaning, False))), said(*names)] for heading, meaning, names in told]
    alt = " ".join(
        f"{heading}\u00a0: {listed([one.rstrip('.') for one in names])}." for heading, _meaning, names in told
    )
    sheet(slide.placeholders[Slot.TABLE], heads, rows, APART, alt=alt)
    close(slide)


def _unanswered(crossed: Crossing) -> tuple[tuple[str, str, list[str]], ...]:
    """What does not answer, of four kinds: a heading, what it means, names."""
    return (
        (
            _("Besoins sans piste"),
            _("Exprimés, et personne n’a encore proposé d’action qui y réponde."),
            _names([row.label for row in words.without_action(crossed)]),
        ),
        (
            _("Besoins presque sans piste"),
            _("Aucune piste notée en rencontre\u202f; trop peu de personnes en ont écrit une pour le montrer."),
            _names([row.label for row in words.only_written(crossed)]),
        ),
        (
            _("Pistes sans besoin"),
            _("Des actions sont proposées, sans que le besoin ait été dit."),
            _names([row.label for row in words.without_need(crossed)]),
        ),
        (
            _("Plus de pistes que de besoins"),
            _("Des sujets abordés par les solutions plus que par les problèmes."),
            [words.leaning_words(one) for one in words.leaning_to_actions(crossed)][:LISTED],
        ),
    )


def _apart_title(leaning: str) -> str:
    """What comes by pistes more than by needs, where its names fit in a title."""
    if leaning and len(leaning) <= TITLE_LIMIT:
        return leaning
    if leaning:
        return _("Des sujets s’abordent par les pistes plus que par les besoins")
    return _("Des besoins et des pistes ne se répondent pas encore")


def _names(labels: Sequence[str]) -> list[str]:
    """Names one a line; those beyond a few are in the table."""
    return [*(shorten(label, LABEL) for label in labels[:LISTED]), *and_others(len(labels) - LISTED)]
