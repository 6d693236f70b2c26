"""« Priorités » : the first themes by score with the places they would have, and what the committee chose beside."""

from __future__ import annotations

from analysis import palette
from analysis import priority_words as words
from analysis.french import capital, listed
from analysis.priority import Placed, Priorities
from analysis.report.beyond import Choice, Ranked
from analysis.report.charts import Bar, Scale, bars
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.frame import LABEL, ROWS, Deck, close
from analysis.report.text import Line, shorten, write
from surveys.words import _

#: Scores go from 0 to 100.
SCORES = Scale("0", lambda score: str(int(score)), "places")
#: Characters of the remark of the committee on the slide; the notes have it whole.
NOTE = 80


def add(deck: Deck, ranked: Ranked | None) -> None:
    """Add one slide when themes can be ranked."""
    if ranked is None or not ranked.found.placed:
        return
    found = ranked.found
    deck.part(_("Priorités"), slide=False)
    slide = deck.add(
        Layout.FINDING,
        words.title(found),
        _(
            "Score de 0 à 100, critères à poids égal · entre parenthèses, les places qu’aurait le thème si un critère"
            " ne comptait plus, ou comptait double"
        ),
        query=_query(ranked),
        base=deck.briefing.said.themes.base,
    )
    data, title = [_bar(one) for one in found.placed[:ROWS]], _("Score de priorité")
    told = " ; ".join(f"{bar.label} {SCORES.words(bar.share)} {bar.said}" for bar in data)
    alt = _("%(title)s\u00a0: %(said)s.", title=title, said=told)
    bars(slide.placeholders[Slot.CHART], data, title=title, alt=alt, labels=0.44, scale=SCORES)
    write(slide.placeholders[Slot.SIDE], [*_chosen(ranked.choice), *_criteria(found, brief=ranked.choice is not None)])
    close(slide)


def _bar(one: Placed) -> Bar:
    places = f"({words.places(one)})"
    return Bar(shorten(one.theme.label, LABEL), round(100 * one.score), places, palette.theme(one.theme.colour))


def _chosen(choice: Choice | None) -> list[Line]:
    """What the committee chose, in its order, as it wrote it."""
    if choice is None:
        return []
    heading = _("Le choix du comité, le %(day)s", day=palette.day(choice.on))
    themes = [Line(f"{rank}. {shorten(label, 54)}", 1) for rank, label in enumerate(choice.themes, start=1)]
    return [Line(heading, bold=True), *themes, *([Line(shorten(choice.note, NOTE), 1)] if choice.note else [])]


def _criteria(found: Priorities, *, brief: bool) -> list[Line]:
    heading = Line(_("Ce qui compte, à poids égal"), bold=True)
    if brief:
        return [heading, Line(f"{capital(listed([words.name(one).lower() for one in found.measured]))}.", 1)]
    return [heading, *(Line(f"{words.name(one)}\u00a0: {_lower(words.meaning(one))}", 1) for one in found.measured)]


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _query(ranked: Ranked) -> str:
    found, choice = ranked.found, ranked.choice
    parts = [
        _("Requête\u00a0: moyenne des critères mesurés, chacun rapporté au thème le plus haut."),
        words.lede(found),
        *(f"{words.name(one)}\u00a0: {_lower(words.meaning(one))}" for one in found.measured),
        words.unmeasured(found),
        words.masked(found),
        _("Le volume n’est pas la priorité\u00a0: ce classement ordonne ce qui a été recueilli, le comité décide."),
        _("Remarque du comité\u00a0: %(note)s", note=choice.note) if choice and choice.note else "",
    ]
    return " ".join(part for part in parts if part)
