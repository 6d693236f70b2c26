"""« Ce qui a été dit » : the themes ranked, then the main ones."""

from __future__ import annotations

from collections.abc import Sequence

from analysis import palette
from analysis.briefing import Briefing
from analysis.disclosure import PublishedCell
from analysis.french import counted
from analysis.report.charts import bars
from analysis.report.geometry import INNER, THIRD, Layout, Slot
from analysis.report.slides import themes
from analysis.report.slides.frame import LABEL, ROWS, WIDE_LABEL, WIDE_ROWS, Deck, close, pages
from analysis.report.slides.words import left_out, quotations, ranking_title, spoken, theme_bars
from analysis.report.text import Line, write
from analysis.sentences import ranking, said_lede, said_title
from analysis.tables import Axis
from analysis.types import Extract
from surveys.words import _

#: The part of a chart left to names, beside words and over the whole slide.
BESIDE, ALONE = 0.44, 0.4
Ranked = Sequence[tuple[Axis, PublishedCell]]


def add(deck: Deck) -> None:
    """Add the part, closed questions excepted."""
    deck.part(
        _("Ce qui a été dit"),
        said_lede(deck.briefing),
    )
    ranked = ranking(deck.briefing.said.themes)
    if not ranked:
        _nothing(deck)
        return
    _ranking(deck, ranked[:ROWS], first=True)
    for page in pages(ranked[ROWS:], WIDE_ROWS):
        _ranking(deck, page, first=False)
    themes.add(deck)


def _nothing(deck: Deck) -> None:
    slide = deck.add(
        Layout.TEXT,
        said_title(deck.briefing),
        _("Aucun thème n’atteint l’effectif qui peut être montré (%(k)d personnes).", k=deck.briefing.k),
        query=_("Requête\u00a0: personnes ayant exprimé au moins un avis × thème."),
        base=deck.briefing.said.speakers,
    )
    lines = [_("Les thèmes se lisent ici une fois l’analyse des réponses faite et assez de personnes entendues.")]
    if deck.briefing.done.lines:
        said = counted(deck.briefing.done.lines, _("contribution notée"), _("contributions notées"))
        lines.append(_("%(said)s en rencontre, comptées à part.", said=said))
    write(slide.placeholders[Slot.TEXT], lines)
    close(slide)


def _ranking(deck: Deck, page: Ranked, *, first: bool) -> None:
    briefing = deck.briefing
    base = briefing.said.themes.base
    slide = deck.add(
        Layout.FINDING if first else Layout.WIDE,
        ranking_title(briefing) if first else _("Les thèmes suivants, évoqués par moins de personnes"),
        _(
            "Part et nombre des personnes qui évoquent chaque thème (plusieurs possibles), sur %(n)s%(lines)s",
            n=palette.number(base),
            lines=_("\u202f; l.\u00a0: lignes notées en rencontre, comptées à part") if briefing.done.lines else "",
        ),
        query=_(
            "Requête\u00a0: personnes ayant exprimé au moins un avis × thème\u202f; une personne compte une fois par"
            " thème. %(rest)s",
            rest=left_out(briefing.said.themes),
        ),
        base=base,
    )
    data = theme_bars(page, LABEL if first else WIDE_LABEL)
    title = _("Part des personnes qui évoquent chaque thème")
    alt, top = spoken(title, data), ranking(briefing.said.themes)[0][1].share or 0
    # One share is one length, in a chart over the whole slide as beside words.
    top *= 1 if first else INNER * (0.99 - ALONE) / (THIRD * (0.99 - BESIDE))
    bars(slide.placeholders[Slot.CHART], data, title=title, alt=alt, labels=BESIDE if first else ALONE, top=top)
    if first:
        write(slide.placeholders[Slot.SIDE], _voices(briefing, page))
    close(slide)


def _voices(briefing: Briefing, page: Ranked) -> list[Line]:
    """Return one quotation of each of the first themes."""
    found: list[Extract] = []
    for row, _cell in page[:5]:
        said = briefing.said.extracts.get(row.code, ())
        told = {extract.text for extract in found}
        short = sorted(said, key=lambda extract: len(extract.text) > 120)
        found += [extract for extract in short if extract.text not in told][:1]
    return quotations(briefing, found)
