"""What is told of promises: how many are kept, which are late, which first themes nothing answers."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis import followups
from analysis.briefing import brief
from analysis.followups import FollowUp, Stage
from tests.analysis.test_sentences import said

TODAY = dt.date(2026, 11, 22)
NBSP = "\u00a0"


def some(**counts: int) -> list[FollowUp]:
    """As many follow-ups in each state: ``some(done=2)``."""
    return [FollowUp(Stage[name.upper()], f"{name} {rank}") for name, count in counts.items() for rank in range(count)]


@pytest.mark.parametrize(
    ("counts", "title", "lede"),
    [
        ({}, "Aucune suite n’est encore écrite", ""),
        ({"proposed": 1}, "1 proposition attend une décision", ""),
        ({"proposed": 12, "refused": 1}, "12 propositions attendent une décision", ""),
        ({"refused": 2}, "2 propositions ont été refusées", ""),
        ({"decided": 1}, "Le seul engagement pris n’est pas encore tenu", "1 est décidé."),
        ({"done": 1}, "Le seul engagement pris est tenu", ""),
        ({"done": 3}, "Les 3 engagements sont tenus", ""),
        ({"doing": 2, "decided": 1}, "Aucun des 3 engagements n’est encore tenu", "2 sont en cours et 1 est décidé."),
        (
            {"done": 7, "doing": 3, "decided": 2, "proposed": 4, "refused": 1},
            "7 engagements sur 12 sont tenus",
            "3 sont en cours et 2 sont décidés."
            " 4 propositions attendent une décision et 1 est refusée, avec sa raison.",
        ),
    ],
)
def test_one_sentence_says_how_far_promises_are_kept(counts: dict[str, int], title: str, lede: str) -> None:
    progress = followups.progress(some(**counts), TODAY)
    assert (followups.title(progress), followups.lede(progress)) == (title, lede)


def test_a_promise_is_late_once_its_day_is_past_and_not_before() -> None:
    yesterday, tomorrow = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    for stage, day, late in (
        (Stage.DOING, yesterday, True),
        (Stage.DECIDED, yesterday, True),
        (Stage.DOING, TODAY, False),
        (Stage.DOING, tomorrow, False),
        (Stage.DONE, yesterday, False),
        (Stage.REFUSED, yesterday, False),
        (Stage.PROPOSED, yesterday, False),
    ):
        assert FollowUp(stage, "x", due_on=day).is_late(TODAY) is late, (stage, day)
    late_ones = [*some(done=2), *(FollowUp(Stage.DOING, "x", due_on=yesterday) for _ in range(2))]
    assert followups.title(followups.progress(late_ones, TODAY)).endswith(", 2 sont en retard")


def test_the_parts_of_the_bar_add_up() -> None:
    progress = followups.progress(some(done=2, doing=1, proposed=3), TODAY)
    parts = progress.parts()
    assert sum(count for _stage, count, _words in parts) == progress.total == 6
    assert [words for _stage, count, words in parts if count] == ["faites", "en cours", "proposées"]


def test_the_first_themes_that_nothing_answers_are_named() -> None:
    themes = brief(said(100, {"s": 56, "p": 35, "c": 20})).said.themes
    missing = followups.unanswered(themes, [FollowUp(Stage.DONE, "x", theme="p/dechets", root="p")])
    assert [row.code for row in missing] == ["s", "c"]
    words = followups.unanswered_words(missing)
    assert words == f"Parmi les 5 premiers thèmes, sans suite encore{NBSP}: la sécurité et les commerces."
    assert followups.unanswered_words([]) == ""
