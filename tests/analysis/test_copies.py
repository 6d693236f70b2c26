"""Figures with and without campaigns and duplicates: what differs, what does not, and what neither betrays."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import sentences, verbatims
from analysis.briefing import Briefing, brief
from analysis.choice_words import choice_sentence
from analysis.disclosure import Published, Shown
from analysis.material import WITHOUT_COPIES, Filter, Material, Person, Voice
from analysis.types import Status
from tests.analysis import made

PLACES = ("Nord", "Sud")
WITHOUT = Filter(copies=WITHOUT_COPIES)
K = 5


def material(counts: dict[tuple[str, str, bool], int]) -> Material:
    """People of each place who raise a theme in a text of theirs, or in a copy; twenty more raise something else."""
    persons: list[Person] = []
    voices: list[Voice] = []
    for (place, theme, aside), count in {**counts, **{(place, "", False): 20 for place in PLACES}}.items():
        for _ in range(count):
            key = str(len(persons))
            persons.append(Person(key, canal="En ligne", quartier=place))
            status = Status.CODED if theme else Status.UNCLASSIFIED
            themes = (theme,) if theme else ()
            voices.append(
                made.voice(key, *themes, person=key, canal="En ligne", quartiers=(place,), status=status, aside=aside)
            )
    return made.material(persons, voices, quartiers=PLACES, book=made.plan("a", "b"))


def both(whole: Material) -> tuple[Briefing, Briefing]:
    return brief(whole, k=K), brief(whole, k=K, choice=WITHOUT)


counts = st.fixed_dictionaries(
    {(place, theme, aside): st.integers(0, 9) for place in PLACES for theme in ("a", "b") for aside in (True, False)}
)


def tables(told: Briefing) -> list[Published]:
    return [told.said.themes, told.by_quartier, told.by_channel]


@settings(max_examples=80, deadline=None)
@given(counts)
def test_no_difference_between_the_two_readings_tells_of_a_small_group(given: dict[tuple[str, str, bool], int]) -> None:
    everything, without = both(material(given))
    for one, other in zip(tables(everything), tables(without), strict=True):
        for key, cell in one.cells.items():
            left = other.cells[key]
            if cell.shown is Shown.COUNT and left.shown in (Shown.COUNT, Shown.NOTHING):
                apart = (cell.count or 0) - (left.count or 0)
                assert apart == 0 or apart >= K, key
            if cell.shown is Shown.MASKED:
                assert left.shown is not Shown.COUNT, key


@settings(max_examples=40, deadline=None)
@given(counts)
def test_a_quartier_read_without_copies_hides_what_its_whole_reading_hides(
    given: dict[tuple[str, str, bool], int],
) -> None:
    whole = material(given)
    for place, theme in itertools.product(PLACES, ("a", "b")):
        here = brief(whole, k=K, choice=Filter(quartier=place)).said.themes.cell(theme)
        left = brief(whole, k=K, choice=Filter(quartier=place, copies=WITHOUT_COPIES)).said.themes.cell(theme)
        if here.shown is Shown.COUNT and left.shown is Shown.COUNT:
            apart = (here.count or 0) - (left.count or 0)
            assert apart == 0 or apart >= K
        if here.shown is Shown.MASKED:
            assert left.shown is not Shown.COUNT


def test_a_campaign_left_out_leaves_its_senders_out_of_the_base_of_themes_alone() -> None:
    everything, without = both(material({("Nord", "a", True): 12, ("Nord", "a", False): 10, ("Sud", "b", False): 10}))
    assert (everything.said.speakers, without.said.speakers) == (72, 60)
    assert everything.said.themes.cell("a").count == 22
    assert without.said.themes.cell("a").count == 10
    assert without.said.contributions == everything.said.contributions - 12
    assert without.done.persons == everything.done.persons == 72


def test_who_says_it_in_a_text_of_their_own_too_is_counted_in_both_readings() -> None:
    persons = [made.person(str(n)) for n in range(20)]
    own = [made.voice(f"o{n}", "a", person=str(n)) for n in range(20)]
    copied = [made.voice(f"c{n}", "a", person=str(n), aside=True) for n in range(7)]
    everything, without = both(made.material(persons, [*own, *copied], book=made.plan("a")))
    assert everything.said.themes.cell("a").count == without.said.themes.cell("a").count == 20


def test_the_texts_behind_a_figure_are_those_of_its_reading() -> None:
    whole = material({("Nord", "a", True): 12, ("Nord", "a", False): 10})
    everything, without = both(whole)
    assert len(verbatims.listing(whole, everything, theme="a").texts) == 22
    assert len(verbatims.listing(whole, without, theme="a").texts) == 10
    assert len(verbatims.listing(whole, without, theme="a", canal="En ligne").texts) == 10


def test_the_reading_is_said_in_words() -> None:
    assert choice_sentence(WITHOUT) == "Vous lisez toutes les réponses, sans les campagnes ni les doublons."
    both_chosen = choice_sentence(Filter(quartier="Nord", copies=WITHOUT_COPIES))
    assert both_chosen.endswith("du quartier Nord, sans les campagnes ni les doublons.")


def test_a_reading_that_counts_copies_says_how_many_and_shows_their_texts_last() -> None:
    whole = material({("Nord", "a", True): 12, ("Nord", "a", False): 10})
    everything, without = both(whole)
    assert (everything.said.copies, without.said.copies) == (12, 0)
    assert "12 contributions répétées comptées" in sentences.foot(everything)
    assert "répétée" not in sentences.foot(without)
    sources = [quoted.source for quoted in verbatims.listing(whole, everything, theme="a").texts]
    assert [source.endswith("texte répété") for source in sources] == [False] * 10 + [True] * 12
