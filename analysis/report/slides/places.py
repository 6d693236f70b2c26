"""« Attribution aux quartiers » : the matrix theme × quartier, to be read with prudence."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.disclosure import Published, Shown
from analysis.french import NBSP, listed
from analysis.palette import number as number_of
from analysis.palette import percent
from analysis.report.beyond import Place
from analysis.report.geometry import INNER, Layout, Slot
from analysis.report.grid import CAUTION, matrix
from analysis.report.sheet import Said, paged, said, sheet
from analysis.report.slides.frame import Deck, close, pages
from analysis.report.text import shorten
from analysis.sentences import quartier_lede, quartier_title, ranking
from analysis.tables import TOTAL, Axis
from surveys.words import _, ngettext

ROWS, COLUMNS = 7, 6
#: The quartier, what is raised most there, what distinguishes it.
COULEUR = (2.3, 5.2, INNER - 7.5)
#: The first themes told of a quartier, and characters of each.
FIRSTS, NAME = 3, 32


def add(deck: Deck) -> None:
    """Add the part when quartiers are known, then what distinguishes each of them."""
    briefing = deck.briefing
    known = raised(briefing.by_quartier)
    if not briefing.quartiers or not known:
        return
    deck.part(_("Attribution aux quartiers"), slide=False)
    rows = _comparable(briefing.by_quartier, known) or known[:ROWS]
    untold = [row.label for row in known if row not in rows]
    places = [column for column in briefing.by_quartier.columns if column.code != TOTAL]
    total = [column for column in briefing.by_quartier.columns if column.code == TOTAL]
    number = 0
    for columns in pages(places, COLUMNS):
        for page in pages(rows, ROWS):
            _matrix(deck, page, [*columns, *total], first=number == 0, untold=untold)
            number += 1
    _couleurs(deck, deck.beyond.places)


def _couleurs(deck: Deck, told: Sequence[Place]) -> None:
    """Add what is told of each quartier, in the sentence of its page."""
    heads = [said(text, bold=True) for text in (_("Quartier"), _("Le plus évoqué"), _("Ce qui le distingue"))]
    firsts = [_firsts(deck.briefing.by_quartier, one.label) for one in told]
    rows = [
        [Said(((one.label, True), (_heard(one.base), False))), said(*first), said(one.said)]
        for one, first in zip(told, firsts, strict=True)
    ]
    for number, page in enumerate(paged(heads, rows, COULEUR) if rows else ()):
        slide = deck.add(
            Layout.TABLE,
            _apart(told) if number == 0 else _("La « couleur » de chaque quartier (suite)"),
            _("La «\u00a0couleur\u00a0» de chaque quartier\u00a0: ce qui, dans ses retours, dépasse le hasard"),
            query=_(
                "Requête\u00a0: personnes dont le quartier est sûr, chaque quartier comparé à tous les autres, à canal,"
                " public et âge égaux, test exact corrigé pour le nombre de comparaisons, textes répétés ôtés. Ne pas"
                " se distinguer n’est pas aller bien."
            ),
            base=deck.briefing.by_quartier.base,
        )
        alt = " ".join(f"{told[rank].label}\u00a0: {listed(firsts[rank])}. {told[rank].said}." for rank in page)
        sheet(slide.placeholders[Slot.TABLE], heads, [rows[rank] for rank in page], COULEUR, alt=alt)
        close(slide)


def _apart(told: Sequence[Place]) -> str:
    """How many quartiers stand apart from the others."""
    number = sum(place.apart for place in told)
    if not number:
        return _("Aucun quartier ne se distingue des autres au-delà du hasard, sur les thèmes comparables")
    return ngettext(
        "%(n)s quartier sur %(all)s se distingue des autres au-delà du hasard",
        "%(n)s quartiers sur %(all)s se distinguent des autres au-delà du hasard",
        number,
        n=number,
        all=len(told),
    )


def _firsts(table: Published, place: str) -> list[str]:
    """The first themes of a quartier, each with its share and its persons."""
    column = next((column.code for column in table.columns if column.label == place), None)
    ranked = ranking(table, column)[:FIRSTS] if column is not None else []
    return [
        f"{shorten(row.label, NAME)}\u00a0: {percent(cell.share)} ({number_of(cell.count)})"
        + (CAUTION if cell.cautions else "")
        for row, cell in ranked
    ] or [_("effectifs masqués")]


def _heard(base: int | None) -> str:
    return "" if base is None else f"n{NBSP}={NBSP}{number_of(base)}"


def _comparable(table: Published, rows: Sequence[Axis]) -> list[Axis]:
    """The themes of which most quartiers are shown; without any, those of which one at least is."""
    places = [column.code for column in table.columns if column.code != TOTAL]
    shown = {row.code: sum(table.cell(row.code, code).shown is Shown.COUNT for code in places) for row in rows}
    most = [row for row in rows if 2 * shown[row.code] >= len(places)]
    return most or [row for row in rows if shown[row.code]]


def raised(table: Published) -> list[Axis]:
    """Return the themes that someone raised somewhere."""
    silent = (Shown.NOTHING, Shown.NO_BASE)
    return [
        row
        for row in table.rows
        if any(cell.lines or cell.shown not in silent for cell in (table.cell(row.code, c.code) for c in table.columns))
    ]


def _matrix(deck: Deck, rows: Sequence[Axis], columns: Sequence[Axis], *, first: bool, untold: Sequence[str]) -> None:
    table = deck.briefing.by_quartier
    slide = deck.add(
        Layout.TABLE,
        quartier_title(deck.briefing) if first else _("Attribution aux quartiers (suite)"),
        _(
            "Attribution à prendre avec prudence · part et nombre de personnes · l.\u00a0: lignes de rencontre"
            " · %(mark)s\u00a0: peu sûr · masqué\u00a0: effectif protégé",
            mark=CAUTION,
        ),
        query=" ".join(part for part in (_query(deck), _untold(untold)) if part),
        base=table.base,
    )
    names, places = ", ".join(row.label for row in rows), ", ".join(column.label for column in columns)
    alt = _("Tableau des thèmes (%(names)s) par quartier (%(places)s).", names=names, places=places)
    matrix(slide.placeholders[Slot.TABLE], table, rows, columns, alt=alt)
    close(slide)


def _query(deck: Deck) -> str:
    return (
        _(
            "Requête\u00a0: personnes ayant exprimé au moins un avis × thème × quartier déclaré. Prudence\u00a0: moins"
            " de 10 personnes, un seul canal, une seule rencontre ou un quartier déduit. « non abordé »\u00a0: personne"
            " n’en a parlé, ce qui ne dit pas que tout va bien."
        )
        + f" {quartier_lede(deck.briefing)}"
    )


def _untold(labels: Sequence[str]) -> str:
    """Say which themes have no line, for want of counts that may be shown."""
    if not labels:
        return ""
    return _("Effectif masqué dans la plupart des quartiers\u00a0: %(names)s.", names=listed(labels))
