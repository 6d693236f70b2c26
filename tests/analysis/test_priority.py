"""The score of priorities reads published tables alone, says how firm each place is, and follows its weights."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import priority_words as words
from analysis.briefing import Briefing, brief
from analysis.disclosure import Shown
from analysis.french import noun
from analysis.priority import USUAL, Criterion, Priorities, Weights, priorities
from analysis.priority_links import settled
from tests.analysis import made

WHOLE = made.consultation()
BRIEFING = brief(WHOLE)
LINKS = settled(BRIEFING.said.closed, WHOLE.codebook, {})
SURE = {("en-ligne.sujets", "securite"): "securite", ("en-ligne.aspects", "proprete"): "proprete"}


def _found(briefing: Briefing = BRIEFING, weights: Weights = USUAL) -> Priorities:
    return priorities(briefing, SURE, weights)


def _only(*criteria: Criterion) -> Weights:
    return {one: 2 if one in criteria else 0 for one in Criterion}


def test_the_most_frequent_theme_comes_first_when_frequency_alone_counts() -> None:
    found = _found(weights=_only(Criterion.FREQUENCY))
    shown = [(row.code, cell.count) for row, cell in BRIEFING.said.themes.column() if cell.shown is Shown.COUNT]
    assert found.placed[0].theme.code == max(shown, key=lambda pair: pair[1] or 0)[0]
    assert found.placed[0].score == 1.0
    assert found.trials == ()


def test_a_measure_is_the_count_of_the_page() -> None:
    for one in _found().placed:
        cell = BRIEFING.said.themes.cell(one.theme.code)
        measure = one.measures[Criterion.FREQUENCY]
        assert (measure.count, measure.base) == (cell.count, BRIEFING.said.themes.base)


def test_a_theme_of_which_no_question_was_asked_is_not_held_to_have_scored_nothing() -> None:
    found = {one.theme.code: one for one in _found().placed}
    assert Criterion.STATED in found["securite"].measures
    assert Criterion.STATED not in found["proprete"].measures
    alone = _found(weights=_only(Criterion.FREQUENCY, Criterion.STATED))
    proprete = next(one for one in alone.placed if one.theme.code == "proprete")
    assert proprete.score == proprete.measures[Criterion.FREQUENCY].value


def test_what_is_judged_badly_is_the_lower_half_of_the_scale() -> None:
    measure = next(one for one in _found().placed if one.theme.code == "proprete").measures[Criterion.DISCONTENT]
    table = next(one.table for one in BRIEFING.said.closed if one.table.name == "en-ligne.aspects")
    counts = [table.cell("proprete", column.code).count or 0 for column in table.columns]
    assert (measure.count, measure.base) == (sum(counts[:2]), sum(counts))


@given(st.fixed_dictionaries({one: st.integers(0, 4) for one in Criterion}))
def test_each_place_stands_between_its_best_and_its_worst(weights: dict[Criterion, int]) -> None:
    found = _found(weights=weights)
    assert all(1 <= one.best <= one.place <= one.worst <= len(found.placed) for one in found.placed)
    assert all(0 <= one.score <= 1 for one in found.placed)
    assert [one.place for one in found.placed] == sorted(one.place for one in found.placed)


@given(st.fixed_dictionaries({one: st.integers(1, 2) for one in Criterion}))
def test_weights_twice_as_great_change_nothing(weights: dict[Criterion, int]) -> None:
    twice = {one: 2 * weight for one, weight in weights.items()}
    places = [(one.theme.code, one.place, one.best, one.worst) for one in _found(weights=weights).placed]
    assert places == [(one.theme.code, one.place, one.best, one.worst) for one in _found(weights=twice).placed]


def test_a_place_where_a_theme_is_masked_is_not_counted_against_it() -> None:
    for criterion, table in ((Criterion.BREADTH, BRIEFING.by_quartier), (Criterion.CHANNELS, BRIEFING.by_channel)):
        for one in _found().placed:
            inner = [column.code for column in table.columns[:-1] if (column.base or 0) >= 2 * BRIEFING.k]
            read = [code for code in inner if table.cell(one.theme.code, code).shown is not Shown.MASKED]
            measure = one.measures.get(criterion)
            assert (measure.base if measure else 0) == (len(read) if len(read) > 1 else 0)


def test_a_theme_too_few_raise_has_no_place_and_is_named_apart() -> None:
    persons = [made.person(f"p{rank}", canal="En ligne") for rank in range(40)]
    voices = [made.voice(f"v{rank}", "bruit" if rank < 3 else "eau", person=f"p{rank}") for rank in range(40)]
    found = priorities(brief(made.material(persons, voices, book=made.plan("eau", "bruit", "gaz"))), {})
    assert "bruit" not in {one.theme.code for one in found.placed}
    assert [axis.code for axis in found.masked if axis.code == "bruit"] == ["bruit"]
    assert "Bruit" in words.masked(found)


@given(st.dictionaries(st.sampled_from(list(Criterion)), st.integers(0, 4)))
def test_every_place_lost_or_won_among_the_first_is_told_with_the_weights_that_move_it(
    moved: dict[Criterion, int],
) -> None:
    found = _found(weights={**USUAL, **moved})
    told = words.changes(found)
    for trial in found.trials:
        expected = {
            f"{noun(one.theme.label).text} en {place}{'re' if place == 1 else 'e'} place"
            for one in found.placed
            for place in [trial.places[one.theme.code]]
            if place != one.place and min(place, one.place) <= 3
        }
        asked = f"si « {words.name(trial.criterion)} » {'compte double' if trial.times else 'ne compte pas'}"
        met = [one.then for one in told if asked.lower() in one.when.lower().replace("\u00a0", " ")]
        assert [set(then.split(", ")) for then in met] == ([expected] if expected else [])


def test_the_firmness_of_the_first_places_counts_the_weights_that_leave_them() -> None:
    found = _found()
    changing = sum(one.when.lower().count("si «") for one in words.changes(found))
    still = len(found.trials) - changing
    said = words.firmness(found)
    assert f"des {len(found.trials)} autres pondérations" in said
    assert said.startswith(str(still) if 0 < still < len(found.trials) else "Aucune" if still else "Chacune")


def test_without_answers_the_page_says_so() -> None:
    empty = priorities(brief(made.material(book=made.plan("eau"))), {})
    assert empty.placed == ()
    assert words.title(empty) == "Trop peu de retours pour classer les thèmes"


@pytest.mark.parametrize("weights", [USUAL, _only(Criterion.FREQUENCY), _only(), _only(Criterion.BREADTH)])
def test_the_sentences_are_whole_french(weights: Weights) -> None:
    found = _found(weights=weights)
    for said in (words.title(found), words.lede(found), words.masked(found), words.unmeasured(found)):
        assert "%(" not in said
        assert "  " not in said
    assert words.title(found)[0].isupper()


def test_all_weights_at_nothing_is_said_rather_than_ranked() -> None:
    assert words.title(_found(weights=_only())) == "Aucun critère ne compte\u00a0: donnez du poids à l’un d’eux"


def test_places_are_written_as_the_french_do() -> None:
    one = _found().placed[0]
    assert words.places(dataclasses.replace(one, best=1, worst=1)) == "1er"
    assert words.places(dataclasses.replace(one, best=2, worst=4)) == "2e à 4e"


def test_options_are_linked_to_the_theme_their_words_name_and_to_none_when_two_do() -> None:
    assert LINKS["en-ligne.sujets", "securite"] == "securite"
    assert LINKS["en-ligne.sujets", "proprete"] == "proprete"
    assert all(theme in {"", *(root.id for root in WHOLE.codebook.roots())} for theme in LINKS.values())


def test_what_a_person_settled_holds_over_what_is_proposed() -> None:
    kept = {("en-ligne.sujets", "securite"): "", ("en-ligne.sujets", "proprete"): "logement"}
    links = settled(BRIEFING.said.closed, WHOLE.codebook, kept)
    assert links["en-ligne.sujets", "securite"] == ""
    assert links["en-ligne.sujets", "proprete"] == "logement"
    gone = settled(BRIEFING.said.closed, WHOLE.codebook, {("en-ligne.sujets", "sante"): "disparu"})
    assert gone["en-ligne.sujets", "sante"] == ""


def test_each_criterion_has_its_name_and_its_reason_where_nothing_measures_it() -> None:
    assert [words.name(one) for one in Criterion] == [
        "Fréquence",
        "Priorité choisie",
        "Insatisfaction",
        "Étendue",
        "Accord des canaux",
    ]
    bare = priorities(dataclasses.replace(BRIEFING, said=dataclasses.replace(BRIEFING.said, closed=())), {})
    assert "Insatisfaction (aucune question ne demande de juger" in words.unmeasured(bare)
