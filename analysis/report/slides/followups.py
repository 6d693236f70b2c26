"""« Suites données » : how far the promises are kept, which are late, and the first themes without an answer."""

from __future__ import annotations

from analysis import followups as words
from analysis import palette
from analysis.followups import FollowUp
from analysis.french import capital
from analysis.report.beyond import FollowUps
from analysis.report.charts import Bar, Scale, bars
from analysis.report.geometry import Layout, Slot
from analysis.report.slides.frame import Deck, close
from analysis.report.slides.words import and_others
from analysis.report.text import Line, shorten, write
from surveys.words import _

COUNTS = Scale("0", lambda count: str(int(count)), "suites")
#: Late promises and done ones told on the slide, and characters of each.
TOLD, TEXT = 3, 56


def add(deck: Deck, given: FollowUps | None) -> None:
    """Add one slide when something was written."""
    if given is None or not given.every:
        return
    made = words.progress(given.every, given.today)
    deck.part(_("Suites données"), slide=False)
    slide = deck.add(
        Layout.FINDING,
        words.title(made),
        words.lede(made) or _("%(n)s suites écrites", n=palette.number(made.total)),
        query=_query(given),
        source=deck.foot(_("suites écrites par l’équipe, au %(day)s", day=palette.day(given.today))),
    )
    data = [Bar(capital(name), count, "") for _stage, count, name in made.parts()]
    title = _("Suites par état")
    alt = _("%(title)s\u00a0: %(said)s.", title=title, said=", ".join(f"{bar.label} {bar.share}" for bar in data))
    bars(slide.placeholders[Slot.CHART], data, title=title, alt=alt, labels=0.22, scale=COUNTS)
    write(slide.placeholders[Slot.SIDE], _side(given))
    close(slide)


def _side(given: FollowUps) -> list[Line]:
    late = sorted((one for one in given.every if one.is_late(given.today)), key=lambda one: str(one.due_on))
    lines = [Line(_("En retard"), bold=True), *_listed(late)] if late else []
    if missing := words.unanswered_words(given.unanswered):
        lines.append(Line(missing))
    done = [one for one in given.every if one.stage is words.Stage.DONE] if not missing else []
    lines += [Line(_("Déjà fait"), bold=True), *_listed(done)] if done else []
    return lines or [Line(_("Rien n’est en retard."))]


def _listed(found: list[FollowUp]) -> list[Line]:
    told = [shorten(one.proposal, TEXT) + _owed(one) for one in found[:TOLD]]
    return [Line(text, 1) for text in (*told, *and_others(len(found) - TOLD))]


def _owed(one: FollowUp) -> str:
    """« (prévu le 2 novembre 2026, Office public de l’habitat) »."""
    when = (
        _("prévu le %(day)s", day=palette.day(one.due_on)) if one.due_on and one.stage is not words.Stage.DONE else ""
    )
    told = ", ".join(part for part in (when, shorten(one.owner, 36)) if part)
    return f" ({told})" if told else ""


def _query(given: FollowUps) -> str:
    each = [f"{one.proposal}\u00a0: {words.WORDS[one.stage]}{_owed(one)}." for one in given.every]
    return "\n".join((_("Requête\u00a0: suites de la consultation, par état."), *each))
