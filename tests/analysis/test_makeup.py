"""Respondents beside the population: figures that the profiles show already, and who is missing said in words."""

from __future__ import annotations

import pytest

from analysis.disclosure import Shown
from analysis.makeup import Group, Makeup, makeups
from analysis.makeup_words import base_words, gap_words, lede, title
from analysis.material import Filter, Material, Person
from analysis.palette import percent
from analysis.profile import published
from analysis.reader import Reader
from analysis.weighting import Margin
from tests.analysis import made

AGES = Margin("age", {"Moins de 35 ans": 50, "35 ans et plus": 50}, "Insee", 2020)
SEXES = Margin("sexe", {"Femmes": 52, "Hommes": 48}, "Insee", 2020)
PLACES = Margin("quartier", {"Nord": 200, "Sud": 300, "Port": 500}, "Insee", 2020)


def of(*groups: tuple[int, dict[str, str]]) -> Material:
    persons: list[Person] = [
        made.person(f"p{rank}-{number}", **known) for rank, (most, known) in enumerate(groups) for number in range(most)
    ]
    return made.material(persons, quartiers=("Nord", "Sud", "Port"))


def found(material: Material, *margins: Margin, choice: Filter = Filter(), k: int = 5) -> dict[str, Makeup]:  # noqa: B008 - a frozen value
    return {one.margin.facet: one for one in makeups(Reader(material, choice, k), margins)}


def groups(one: Makeup) -> dict[str, Group]:
    return {group.label: group for group in one.groups}


def test_shares_are_those_of_the_respondents_whom_the_margin_counts() -> None:
    material = of((30, {"quartier": "Nord"}), (60, {"quartier": "Sud"}), (40, {"quartier": "Ailleurs"}))
    one = found(material, PLACES)["quartier"]
    assert one.base == 90
    told = {label: (group.count, percent(group.share), group.points) for label, group in groups(one).items()}
    assert told == {"Nord": (30, "33\u202f%", 13), "Sud": (60, "67\u202f%", 37), "Port": (0, "0\u202f%", -50)}
    assert groups(one)["Port"].shown is Shown.NOTHING


def test_fine_bands_of_ages_are_added_up() -> None:
    material = of((20, {"age": "18 à 24 ans"}), (10, {"age": "25 à 34 ans"}), (30, {"age": "60 à 74 ans"}))
    assert [group.count for group in found(material, AGES)["age"].groups] == [30, 30]


def test_a_group_of_which_a_part_is_masked_is_masked() -> None:
    material = of((40, {"quartier": "Nord"}), (30, {"quartier": "Sud"}), (3, {"quartier": "Port"}))
    one = found(material, PLACES)["quartier"]
    shown = {row.code: cell.shown for row, cell in published(Reader(material, Filter(), 5), "quartier").column()}
    assert shown["Port"] is shown["Sud"] is Shown.MASKED
    assert {label: group.shown for label, group in groups(one).items()} == shown
    assert one.base == 73
    assert [groups(one)[place].points for place in ("Sud", "Port")] == [None, None]


def test_nothing_is_compared_where_what_is_outside_is_masked_too() -> None:
    persons = ((40, {"quartier": "Nord"}), (8, {"quartier": "Ailleurs"}), (3, {"quartier": "Port"}))
    one = found(of(*persons), PLACES)["quartier"]
    assert one.base is None
    assert [group.share for group in one.groups] == [None] * 3


def test_a_band_too_rare_to_be_shown_is_not_said_to_be_empty() -> None:
    material = of((40, {"age": "60 à 74 ans"}), (3, {"age": "18 à 24 ans"}), (6, {}))
    assert groups(found(material, AGES)["age"])["Moins de 35 ans"].shown is Shown.MASKED


def test_a_name_that_no_answer_bears_is_not_said_to_be_absent() -> None:
    material = of((30, {"quartier": "Nord"}), (60, {"quartier": "Sud"}))
    one = found(material, Margin("quartier", {"Nord": 200, "Cité du Sud": 300}, "Insee", 2020))["quartier"]
    assert not one.compared
    assert [group.points for group in one.groups] == [None, None]
    assert title([one]) == "Trop peu de réponses pour les comparer à la population"
    assert base_words(one, 60).startswith("aucune réponse ne correspond à «\u00a0Cité du Sud\u00a0»")


def test_actors_are_no_part_of_the_inhabitants() -> None:
    who = [(30, "Femme", "Habitants"), (30, "Homme", "Habitants"), (20, "Homme", "Acteurs"), (20, "Femme", "Acteurs")]
    material = of(*[(number, {"sexe": sexe, "public": public}) for number, sexe, public in who])
    one = found(material, SEXES)["sexe"]
    assert (one.base, [group.count for group in one.groups]) == (60, [30, 30])
    assert found(material, SEXES, choice=Filter(public="Acteurs")) == {}


@pytest.mark.parametrize("choice", [Filter(age="18 à 24 ans"), Filter(sexe="Femme"), Filter(quartier="Nord")])
def test_a_choice_within_a_facet_is_not_compared(choice: Filter) -> None:
    assert found(made.consultation(), SEXES, choice=choice) == {}


def test_a_channel_is_compared_with_its_own_figures() -> None:
    known = [{"canal": canal, "sexe": sexe} for canal in ("En ligne", "Papier") for sexe in ("Femme", "Homme")]
    material, choice = of(*zip((40, 20, 15, 50), known, strict=True)), Filter(canal="En ligne")
    one = found(material, SEXES, choice=choice)["sexe"]
    assert (one.base, [group.count for group in one.groups]) == (60, [40, 20])


def test_no_share_is_compared_for_a_handful_of_persons() -> None:
    one = found(of((10, {"sexe": "Femme"}), (12, {"sexe": "Homme"})), SEXES)["sexe"]
    assert not one.compared
    assert [group.points for group in one.groups] == [None, None]
    assert title([one]) == "Trop peu de réponses pour les comparer à la population"


def test_who_did_not_answer_is_said_before_who_answered_less() -> None:
    material = of((30, {"quartier": "Nord"}), (60, {"quartier": "Sud"}))
    every = list(found(material, PLACES).values())
    assert title(every) == "Aucune réponse pour Port"
    assert lede(every) == "Plus présents que dans la population\u00a0: Sud et Nord."


def test_a_far_group_is_named_and_its_gap_is_in_words() -> None:
    material = of(
        (40, {"sexe": "Une femme", "age": "18 à 24 ans"}), (20, {"sexe": "Un homme", "age": "60 ans et plus"})
    )
    every = found(material, SEXES, AGES)
    assert list(every) == ["age", "sexe"]
    assert title(list(every.values())) == (
        "Moins présents que dans la population\u00a0: les 35 ans et plus et les hommes"
    )
    assert [gap_words(group) for group in every["sexe"].groups] == ["15 points de plus", "15 points de moins"]


def test_bands_of_ages_that_follow_each_other_are_named_as_one() -> None:
    bands = Margin(
        "age", {"18 à 24 ans": 20, "25 à 34 ans": 30, "35 à 59 ans": 30, "60 ans et plus": 20}, "Insee", 2020
    )
    answered = {"18 à 24 ans": 10, "25 à 34 ans": 15, "35 à 59 ans": 30, "60 ans et plus": 45}
    one = found(of(*((number, {"age": age}) for age, number in answered.items())), bands)["age"]
    assert title([one]) == "Moins présents que dans la population\u00a0: les 18 à 34\u00a0ans"
    assert lede([one]) == "Plus présents que dans la population\u00a0: les 60 ans et plus."


def test_a_sample_like_the_population_is_said_to_be_so() -> None:
    one = found(of((52, {"sexe": "Une femme"}), (48, {"sexe": "Un homme"})), SEXES)["sexe"]
    assert title([one]) == "Aucun groupe n’est bien moins présent parmi les répondants que dans la population"
    assert lede([one]) == ""
    assert [gap_words(group) for group in one.groups] == ["proche", "proche"]
