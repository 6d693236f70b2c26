"""« Suites données » : how far the promises are kept, which are late, and the first themes without an answer."""

from __future__ import annotations

from analysis import followups as words
from analysis import palette
from analysis.followups import FollowUp
from analysis.french import capital, counted, listed
from analysis.report.beyond import FollowUps
from analysis.report.charts import Bar, Scale, bars
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import and_others
from analysis.report.text import Line, shorten, write
from surveys.words import _, ngettext

COUNTS = Scale("0", lambda count: str(int(count)), "suites")
#: Late promises and done ones told on the slide, and characters of each.
TOLD, TEXT = 3, 56


def add(deck: Deck) -> None:
    """Add one slide when something was written."""
    given = deck.beyond.follow_ups
    if given is None or not given.every:
        return
    made = words.progress(given.every, given.today)
    deck.part(_("Suites données"), slide=False)
    slide = deck.add(
        Layout.FINDING,
        words.title(made),
        _subtitle(made),
        query=_query(deck, given),
        source=deck.foot(_("suites écrites par l’équipe, au %(day)s", day=palette.day(given.today))),
    )
    data = [
        Bar(capital(name), count, "", palette.ACCENT if stage in words.PROMISED else palette.theme("autre"))
        for stage, count, name in made.parts()
    ]
    title = _("Suites par état")
    alt = _("%(title)s\u00a0: %(said)s.", title=title, said=", ".join(f"{bar.label} {bar.share}" for bar in data))
    bars(slide.placeholders[Slot.CHART], data, title=title, alt=alt, labels=0.22, scale=COUNTS)
    write(slide.placeholders[Slot.SIDE], _side(deck, given))
    close(slide)


def _subtitle(made: words.Progress) -> str:
    """What the bars add up to, then what is said of them."""
    whole = counted(made.total, _("suite écrite"), _("suites écrites"))
    if made.promised:
        promised = counted(made.promised, _("engagement"), _("engagements"))
        whole = _("%(whole)s, dont %(promised)s (faites, en cours, décidées)", whole=whole, promised=promised)
    return f"{whole}. {words.lede(made)}".strip()


def _side(deck: Deck, given: FollowUps) -> list[Line]:
    late = sorted((one for one in given.every if one.is_late(given.today)), key=lambda one: str(one.due_on))
    lines = [Line(_("En retard"), bold=True), *_listed(deck, late)] if late else []
    if missing := words.unanswered_words(given.unanswered):
        lines.append(Line(missing))
    done = [one for one in given.every if one.stage is words.Stage.DONE] if not missing else []
    lines += [Line(_("Déjà fait"), bold=True), *_listed(deck, done)] if done else []
    return lines or [Line(_("Rien n’est en retard."))]


def _listed(deck: Deck, found: list[FollowUp]) -> list[Line]:
    told = [shorten(one.proposal, TEXT) + _owed(deck, one) for one in found[:TOLD]]
    return [Line(text, 1) for text in (*told, *and_others(len(found) - TOLD))]


def _owed(deck: Deck, one: FollowUp) -> str:
    """« (prévu le 2 novembre 2026, Office public de l’habitat, objectif 6) »."""
    when = (
        _("prévu le %(day)s", day=palette.day(one.due_on)) if one.due_on and one.stage is not words.Stage.DONE else ""
    )
    told = ", ".join(part for part in (when, shorten(one.owner, 36), _objectives(deck, one)) if part)
    return f" ({told})" if told else ""


def _objectives(deck: Deck, one: FollowUp) -> str:
    """The objectives of the pre-project that it serves, by their numbers."""
    goals = deck.beyond.project.objectives if deck.beyond.project else ()
    numbers = [str(goal.number) for goal in goals if one.answers(goal.themes)]
    return (
        ngettext("objectif %(numbers)s", "objectifs %(numbers)s", len(numbers), numbers=listed(numbers))
        if numbers
        else ""
    )


def _query(deck: Deck, given: FollowUps) -> str:
    each = [f"{one.proposal}\u00a0: {words.WORDS[one.stage]}{_owed(deck, one)}." for one in given.every]
    return "\n".join((_("Requête\u00a0: suites de la consultation, par état."), *each))
