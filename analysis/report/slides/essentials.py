"""« L’essentiel » : what comes first, where, how surely, who is missing and what is asked, on one slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis import priority_words as words
from analysis.french import at, counted, listed, noun
from analysis.palette import number, percent
from analysis.priority import Criterion, Placed
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.asked import Decision
from analysis.report.slides.done import missing
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import TITLE_LIMIT, and_others, prudence_of, reviewed_words
from analysis.report.text import Line, shorten, write
from surveys.words import _, ngettext

#: The themes told, and the decisions named.
FIRST, NAMED = 3, 3
#: Characters of a name, and of two lines under the title.
LABEL, SUBTITLE = 40, 170
CARDS = (Slot.CAPTION_1, Slot.CAPTION_2, Slot.CAPTION_3)


def add(deck: Deck, decisions: Sequence[Decision], asked_on: int) -> None:
    """Add the slide after the cover where themes can be ranked; `asked_on` is the slide of the decisions."""
    ranked = deck.beyond.priorities
    if ranked is None or not ranked.found.placed:
        return
    found = ranked.found
    slide = deck.add_after_cover(
        Layout.ESSENTIALS,
        _title(found.placed[:FIRST]),
        shorten(words.lede(found), SUBTITLE),
        query=_(
            "Requête\u00a0: les premiers thèmes du classement de la partie « Priorités », critères à poids égal\u202f;"
            " leurs places si un critère ne comptait plus, ou comptait double."
        ),
        source=deck.foot(_base(deck)),
    )
    for one, slot in zip(found.placed, CARDS, strict=False):
        write(slide.placeholders[slot], [Line(_name(one), bold=True), *(Line(text, 1) for text in _card(deck, one))])
    write(slide.placeholders[Slot.TEXT], [Line(_("Qui n’a pas été entendu"), bold=True), *_lines(missing(deck))])
    if decisions:
        told = [decision.what for decision in decisions[:NAMED]] + and_others(len(decisions) - NAMED)
        heading = _("Demandé au comité (diapositive %(n)s)", n=asked_on)
        write(slide.placeholders[Slot.TEXT_2], [Line(heading, bold=True), *_lines(told)])
    close(slide)


def _base(deck: Deck) -> str:
    """Who is counted, and how much of the sorting a person read again."""
    base = _("base\u00a0: %(n)s personnes", n=number(deck.briefing.said.speakers))
    return f"{base} · {reviewed_words(deck.briefing.provenance.reviewed)}"


def _lines(texts: Sequence[str]) -> list[Line]:
    return [Line(text, 1) for text in texts]


def _title(first: Sequence[Placed]) -> str:
    """The first themes in one sentence; their number alone where the names would not fit in a title."""
    names = listed([noun(one.theme.label).text for one in first])
    title = ngettext(
        "L’essentiel\u00a0: %(names)s, première priorité",
        "L’essentiel\u00a0: %(names)s, premières priorités",
        len(first),
        names=names,
    )
    if len(title) <= TITLE_LIMIT:
        return title
    return _("L’essentiel\u00a0: les premières priorités du classement, où et avec quelle sûreté")


def _name(one: Placed) -> str:
    return f"{one.place}. {shorten(one.theme.label, LABEL)}"


def _card(deck: Deck, one: Placed) -> Iterator[str]:
    """How many persons, where, and how firm the place is."""
    cell = deck.briefing.said.themes.cell(one.theme.code)
    people = _(
        "%(n)s personnes sur %(base)s (%(share)s)",
        n=number(cell.count),
        base=number(deck.briefing.said.speakers),
        share=percent(cell.share),
    )
    lines = counted(cell.lines, _("ligne de rencontre"), _("lignes de rencontre")) if cell.lines else ""
    yield listed([part for part in (people, lines) if part])
    if where := ", ".join([*_spread(one), *_apart(deck, one.theme.code)]):
        yield _("Où\u00a0: %(where)s", where=where)
    yield _("Place\u00a0: %(place)s", place=_firm(one)) + (_(", à lire avec prudence") if prudence_of(cell) else "")


def _spread(one: Placed) -> list[str]:
    """In how many quartiers it is among the first themes, where that is measured."""
    measure = one.measures.get(Criterion.BREADTH)
    if measure is None:
        return []
    return [
        _(
            "parmi les cinq premiers thèmes de %(count)s quartiers sur %(base)s",
            count=number(measure.count),
            base=number(measure.base),
        )
    ]


def _apart(deck: Deck, theme: str) -> list[str]:
    """Where the exact test finds it raised more, or less; that it finds nowhere, where it compared."""
    if more := deck.raised_more(theme):
        return [_("plus souvent qu’ailleurs %(places)s", places=listed([at(place) for place in more]))]
    if any(theme in place.less for place in deck.beyond.places):
        places = [at(place.label) for place in deck.beyond.places if theme in place.less]
        return [_("moins souvent qu’ailleurs %(places)s", places=listed(places))]
    if any(theme in place.alike for place in deck.beyond.places):
        return [_("sans écart sûr entre quartiers")]
    return []


def _firm(one: Placed) -> str:
    if one.best == one.worst:
        return _("%(place)s, quel que soit le poids des critères", place=words.ordinal(one.place))
    return _("%(places)s selon le poids des critères", places=words.places(one))
