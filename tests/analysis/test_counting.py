"""Persons, contributions, ideas and distinct texts are four units: what may change one and not another."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.briefing import Briefing, brief
from analysis.material import Asked, Material, Meeting, Person
from analysis.types import Status
from surveys.questions import OneChoice, Option, Reply
from surveys.questions import Status as Answered
from tests.analysis import made

PLACES = ("Nord", "Sud")
CHANNELS = ("En ligne", "Téléphone")
BOOK = made.plan("a", "b", "b/x")
WITH_PARENTS: dict[str, tuple[str, ...]] = {"": (), "a": ("a",), "b": ("b",), "b/x": ("b", "b/x")}

#: What each person says in each of their texts: a theme, or "" for nothing that fits one; no text at all is possible.
people = st.lists(
    st.tuples(
        st.sampled_from(PLACES), st.sampled_from(CHANNELS), st.lists(st.sampled_from(list(WITH_PARENTS)), max_size=3)
    ),
    max_size=40,
)


def material(said: list[tuple[str, str, list[str]]]) -> Material:
    persons = [Person(str(rank), canal=canal, quartier=place) for rank, (place, canal, _texts) in enumerate(said)]
    voices = [
        made.voice(
            f"{rank}-{number}",
            *WITH_PARENTS[theme],
            person=str(rank),
            canal=canal,
            quartiers=(place,),
            status=Status.CODED if theme else Status.UNCLASSIFIED,
            ideas=1,
        )
        for rank, (place, canal, texts) in enumerate(said)
        for number, theme in enumerate(texts)
    ]
    return made.material(persons, voices, quartiers=PLACES, book=BOOK)


def figures(told: Briefing) -> tuple[object, ...]:
    """Everything a reader sees that counts persons."""
    said = told.said
    return (
        said.speakers,
        said.no_opinion,
        said.unclassified,
        said.themes,
        dict(said.subthemes),
        told.by_quartier,
        told.by_channel,
        told.done,
    )


@settings(max_examples=40, deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(said: list[tuple[str, str, list[str]]], draw: random.Random) -> None:
    whole = material(said)
    shuffled = dataclasses.replace(
        whole,
        persons=tuple(draw.sample(whole.persons, len(whole.persons))),
        voices=tuple(draw.sample(whole.voices, len(whole.voices))),
    )
    assert brief(shuffled) == brief(whole)


@settings(max_examples=40, deadline=None)
@given(people, st.randoms(use_true_random=False))
def test_what_a_person_says_twice_counts_them_once(said: list[tuple[str, str, list[str]]], draw: random.Random) -> None:
    whole = material(said)
    again = [dataclasses.replace(voice, key=f"{voice.key} again") for voice in whole.voices if draw.random() < 0.5]
    twice = dataclasses.replace(whole, voices=(*whole.voices, *again))
    one, other = brief(whole), brief(twice)
    assert figures(one) == figures(other)
    assert one.said.distinct_texts.keys() == other.said.distinct_texts.keys()
    assert other.said.contributions == one.said.contributions + len(again)
    assert other.said.ideas == one.said.ideas + len(again)


@settings(max_examples=40, deadline=None)
@given(people)
def test_every_share_is_of_those_who_gave_an_opinion(said: list[tuple[str, str, list[str]]]) -> None:
    told = brief(material(said), k=1)
    spoke = sum(bool(texts) for _place, _canal, texts in said)
    assert told.said.speakers == spoke
    assert told.said.themes.base == spoke
    for theme in ("a", "b"):
        raised = sum(any(theme in WITH_PARENTS[text] for text in texts) for _place, _canal, texts in said)
        cell = told.said.themes.cell(theme)
        assert (cell.count, cell.share) == (raised, raised / spoke if spoke else None)


@pytest.mark.parametrize("carried", [0, 1, 12])
def test_a_line_carried_by_twelve_is_one_contribution_and_nobody_of_the_base(carried: int) -> None:
    meeting = Meeting("m", "atelier", "Atelier", dt.date(2023, 6, 1), 12, None, None, ("Nord",))
    line = made.voice("l", "a", meeting="m", canal="Rencontre", quartiers=("Nord",), carried_by=carried)
    whole = material([("Nord", "En ligne", ["a"])] * 10)
    told = brief(dataclasses.replace(whole, meetings=(meeting,), voices=(*whole.voices, line)))
    cell = told.said.themes.cell("a")
    assert (cell.count, cell.lines, told.said.themes.base) == (10, 1, 10)
    assert told.said.contributions == 11
    assert (told.done.persons, told.done.attendance, told.done.lines) == (10, 12, 1)


def test_head_counts_of_rencontres_are_presences_never_persons() -> None:
    meetings = [Meeting(str(n), "atelier", "", dt.date(2023, 6, n), 10 * n, None, None, ("Nord",)) for n in (1, 2)]
    whole = dataclasses.replace(material([("Nord", "En ligne", ["a"])] * 7), meetings=tuple(meetings))
    told = brief(whole)
    assert (told.done.attendance, told.done.persons, told.said.speakers) == (30, 7, 7)


def test_a_closed_question_is_shared_over_those_who_answered_it() -> None:
    persons = [made.person(str(n)) for n in range(40)]
    question = OneChoice("logement", "Vivez-vous en HLM ?", options=(Option("oui", "Oui"), Option("non", "Non")))
    replies = {str(n): Reply(Answered.ANSWERED, "oui" if n < 12 else "non") for n in range(20)}
    replies |= {str(n): Reply(Answered.DONT_KNOW) for n in range(20, 26)}
    asked = Asked("en-ligne", question, replies, len(persons))
    (closed,) = brief(made.material(persons, asked=[asked])).said.closed
    assert closed.table.base == 20
    assert closed.table.cell("oui").share == 12 / 20
    assert dict(closed.table.beside) == {"Ne sait pas": 6}


def test_texts_that_differ_by_case_or_spaces_are_one_distinct_text() -> None:
    persons = [made.person(str(n)) for n in range(8)]
    texts = ["Plus de bus", "plus de bus", "Plus  de bus ", "Des bancs"] * 2
    voices = [made.voice(str(n), "a", person=str(n), text=text) for n, text in enumerate(texts)]
    said = brief(made.material(persons, voices, book=made.plan("a"))).said
    assert (said.themes.cell("a").count, said.distinct_texts["a"], said.ideas_by_theme["a"]) == (8, 2, 0)
