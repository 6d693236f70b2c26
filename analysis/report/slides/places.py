"""« Attribution aux quartiers » : the matrix theme × quartier, to be read with prudence."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.disclosure import Published, Shown
from analysis.french import NBSP, listed
from analysis.palette import number as number_of
from analysis.report.beyond import Place
from analysis.report.geometry import INNER, Layout, Slot
from analysis.report.grid import CAUTION, matrix
from analysis.report.sheet import Said, paged, said, sheet
from analysis.report.slides.frame import Deck, close, pages
from analysis.sentences import quartier_lede, quartier_title
from analysis.tables import TOTAL, Axis
from surveys.words import _, ngettext

ROWS, COLUMNS = 7, 6
#: The quartier, then what is told of it.
COULEUR = (3.4, INNER - 3.4)


def add(deck: Deck, couleurs: Sequence[Place] = ()) -> None:
    """Add the part when quartiers are known, then what distinguishes each of them."""
    briefing = deck.briefing
    known = raised(briefing.by_quartier)
    if not briefing.quartiers or not known:
        return
    deck.part(_("Attribution aux quartiers"), slide=False)
    rows = [row for row in known if _counted(briefing.by_quartier, row)] or known
    untold = [row.label for row in known if row not in rows]
    places = [column for column in briefing.by_quartier.columns if column.code != TOTAL]
    total = [column for column in briefing.by_quartier.columns if column.code == TOTAL]
    number = 0
    for columns in pages(places, COLUMNS):
        for page in pages(rows, ROWS):
            _matrix(deck, page, [*columns, *total], first=number == 0, untold=untold)
            number += 1
    _couleurs(deck, couleurs)


def _couleurs(deck: Deck, told: Sequence[Place]) -> None:
    """Add what is told of each quartier, in the sentence of its page."""
    heads = [said(_("Quartier"), bold=True), said(_("Ce qui le distingue des autres"), bold=True)]
    rows = [[Said(((one.label, True), (_heard(one.base), False))), said(one.said)] for one in told]
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
        alt = " ".join(f"{told[rank].label}\u00a0: {told[rank].said}." for rank in page)
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


def _heard(base: int | None) -> str:
    return "" if base is None else f"n{NBSP}={NBSP}{number_of(base)}"


def _counted(table: Published, row: Axis) -> bool:
    """True where the count of at least one quartier may be shown."""
    return any(table.cell(row.code, c.code).shown is Shown.COUNT for c in table.columns if c.code != TOTAL)


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
    """Say which themes have no line, for want of a single count that may be shown."""
    if not labels:
        return ""
    return _("Sans effectif montrable dans aucun quartier\u00a0: %(names)s.", names=listed(labels))
