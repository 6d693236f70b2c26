"""« Priorités » : the first themes by score with the places they would have, and what the committee chose beside."""

from __future__ import annotations

from analysis import palette
from analysis import priority_words as words
from analysis.french import capital, listed
from analysis.priority import Criterion, Placed, Priorities
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


def add(deck: Deck) -> None:
    """Add one slide when themes can be ranked."""
    ranked = deck.beyond.priorities
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
    write(slide.placeholders[Slot.SIDE], [*_chosen(ranked.choice), *_criteria(found, ranked.choice), *_moved(found)])
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


def _moved(found: Priorities) -> list[Line]:
    """Which of the themes shown the score moves most from its place by frequency, and by what criterion."""
    shares = [(one, frequency.value) for one in found.placed if (frequency := one.measures.get(Criterion.FREQUENCY))]
    frequent = {one.theme.code: 1 + sum(value > share for _one, value in shares) for one, share in shares}
    shown = [one for one in found.placed[:ROWS] if one.theme.code in frequent]
    most = max(shown, key=lambda one: abs(frequent[one.theme.code] - one.place), default=None)
    if most is None or most.place == (before := frequent[most.theme.code]):
        return []
    others = [one for one in most.measures if one is not Criterion.FREQUENCY]
    why = (max if most.place < before else min)(others, key=lambda one: most.measures[one].value)
    told = _(
        "Le score n’est pas la fréquence\u00a0: %(theme)s, %(before)s par la fréquence, %(place)s par le score"
        " (%(why)s\u00a0: %(measure)s).",
        theme=shorten(most.theme.label, 40),
        before=words.ordinal(before),
        place=words.ordinal(most.place),
        why=words.name(why).lower(),
        measure=words.measured(why, most.measures[why]),
    )
    return [Line(told, 1, bold=True)]


def _criteria(found: Priorities, choice: Choice | None) -> list[Line]:
    heading = Line(_("Ce qui compte, à poids égal"), bold=True)
    if choice is not None:
        return [heading, Line(f"{capital(listed([words.name(one).lower() for one in found.measured]))}.", 1)]
    return [heading, *(Line(f"{words.name(one)}\u00a0: {_brief(one)}", 1) for one in found.measured)]


def _brief(criterion: Criterion) -> str:
    """What a criterion measures, in few words; the notes have its sentence."""
    return {
        Criterion.FREQUENCY: _("qui en parle avec ses mots"),
        Criterion.STATED: _("qui le choisit comme priorité"),
        Criterion.DISCONTENT: _("qui juge mal ce qui s’y rapporte"),
        Criterion.BREADTH: _("quartiers où il est parmi les premiers thèmes"),
        Criterion.CHANNELS: _("canaux où il est parmi les premiers thèmes"),
    }[criterion]


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
