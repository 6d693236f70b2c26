"""The couleur of a quartier: what is planted is found, what is chance is not, and the channel is not taken for it."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Sequence

import pytest

from analysis.briefing import brief
from analysis.couleur import Couleur, Verdict, couleur, evidence
from analysis.disclosure import Shown
from analysis.exact import LEVEL, adjusted
from analysis.material import Filter, Material, Person
from analysis.reader import Reader
from tests.analysis import made

THEMES = ("a", "b", "c", "d")
PLACES = ("Nord", "Sud", "Est", "Ouest")
Likely = Callable[[Person, str], float]


def drawn(likely: Likely, *, seed: int = 1, number: int = 400, places: Sequence[str] = PLACES) -> Material:
    """Persons of each place in turn, by two channels, each raising each theme as likely as said."""
    chance = random.Random(seed)  # noqa: S311 - invented data
    persons = [
        Person(f"p{n}", canal=("En ligne", "Téléphone")[n // len(places) % 2], quartier=places[n % len(places)])
        for n in range(number)
    ]
    voices = [
        made.voice(one.key, *(theme for theme in THEMES if chance.random() < likely(one, theme)), person=one.key)
        for one in persons
    ]
    spoke = [dataclasses.replace(v, status=v.status.CODED if v.themes else v.status.UNCLASSIFIED) for v in voices]
    return made.material(persons, spoke, quartiers=places, book=made.plan(*THEMES))


def of(material: Material, place: str, choice: Filter = Filter()) -> Couleur:  # noqa: B008 - a frozen value
    found = couleur(Reader(material, choice, 5), brief(material, choice=choice).by_quartier, place)
    assert found is not None
    return found


def told(found: Couleur) -> dict[str, Verdict]:
    return {gap.theme.code: gap.verdict for gap in found.gaps if gap.verdict in (Verdict.MORE, Verdict.LESS)}


def planted(one: Person, theme: str) -> float:
    """The theme « a » is raised far more in « Nord », « b » far less."""
    there = one.quartier == "Nord"
    return {"a": 0.75 if there else 0.25, "b": 0.1 if there else 0.5}.get(theme, 0.3)


def test_what_a_quartier_says_more_and_less_is_told_and_nothing_else() -> None:
    material = drawn(planted)
    assert told(of(material, "Nord")) == {"a": Verdict.MORE, "b": Verdict.LESS}
    gaps = of(material, "Nord").gaps
    assert [gap.points for gap in gaps] == sorted((gap.points for gap in gaps), reverse=True)
    assert all(0 < (gap.p or 0) <= LEVEL for gap in gaps if gap.verdict in (Verdict.MORE, Verdict.LESS))


def test_among_quartiers_dealt_by_chance_a_difference_is_hardly_ever_told() -> None:
    """Two hundred consultations where the quartier tells nothing, though the channel tells much."""

    def by_channel(one: Person, theme: str) -> float:
        return (0.7 if one.canal == "Téléphone" else 0.2) if theme in "ab" else 0.3

    alarms = 0
    for seed in range(200):
        found = evidence(drawn(by_channel, seed=seed, number=160), PLACES)
        alarms += min(adjusted(found).values(), default=1.0) <= LEVEL
    assert alarms <= 200 * LEVEL + 6, "more often than five times in a hundred, and twice the error of the draw"


def test_labels_shuffled_among_persons_who_compare_tell_nothing() -> None:
    material, chance = drawn(planted), random.Random(3)  # noqa: S311 - invented data
    alarms = 0
    for _ in range(100):
        by_channel: dict[str, list[str]] = {}
        for one in material.persons:
            by_channel.setdefault(one.canal, []).append(one.quartier)
        for places in by_channel.values():
            chance.shuffle(places)
        persons = tuple(dataclasses.replace(one, quartier=by_channel[one.canal].pop()) for one in material.persons)
        shuffled = dataclasses.replace(material, persons=persons)
        alarms += min(adjusted(evidence(shuffled, PLACES)).values()) <= LEVEL
    assert alarms <= 100 * LEVEL + 5


def test_a_quartier_that_answered_by_another_channel_is_not_told_apart_by_it() -> None:
    def by_channel(one: Person, _theme: str) -> float:
        return 0.8 if one.canal == "Téléphone" else 0.1

    material = drawn(by_channel)
    persons = tuple(
        one
        for n, one in enumerate(material.persons)
        if one.canal == ("Téléphone" if one.quartier == "Nord" else "En ligne") or n % 12 < 4
    )
    found = of(dataclasses.replace(material, persons=persons), "Nord")
    assert all(gap.points >= 15 for gap in found.gaps), "the shares do differ"
    assert told(found) == {}


def test_a_difference_that_runs_against_what_is_seen_is_not_told() -> None:
    """Nord says it more within each channel, and less all together: Simpson's paradox is no couleur."""
    groups = (("Nord", "A", 190, 80), ("Nord", "B", 10, 9), ("Sud", "A", 10, 1), ("Sud", "B", 190, 100))
    persons, voices = [], []
    for place, channel, count, saying in groups:
        for n in range(count):
            key = f"{place}{channel}{n}"
            persons.append(Person(key, canal=channel, quartier=place))
            voices.append(made.voice(key, *(["a"] if n < saying else ["b"]), person=key))
    material = made.material(persons, voices, quartiers=("Nord", "Sud"), book=made.plan("a", "b"))
    inside = evidence(material, ("Nord", "Sud"))["a", "Nord"]
    assert inside.more
    assert inside.p < LEVEL
    gap = next(gap for gap in of(material, "Nord").gaps if gap.theme.code == "a")
    assert gap.points < 0
    assert gap.verdict is Verdict.CHANCE


def test_a_campaign_makes_no_couleur() -> None:
    material = drawn(lambda _one, _theme: 0.3)
    north = [one.key for one in material.persons if one.quartier == "Nord"]
    copies = tuple(
        dataclasses.replace(made.voice(f"c{key}", "d", person=key, text="La même pétition."), aside=True)
        for key in north[:70]
    )
    swollen = dataclasses.replace(material, voices=(*material.voices, *copies))
    gap = next(gap for gap in of(swollen, "Nord").gaps if gap.theme.code == "d")
    assert gap.points > 30, "it is counted, and seen"
    assert told(of(swollen, "Nord")) == told(of(material, "Nord")) == {}


def test_persons_whose_quartier_is_a_guess_are_counted_and_not_tested() -> None:
    material = drawn(planted)
    guessed = tuple(dataclasses.replace(one, sure=one.quartier != "Nord") for one in material.persons)
    found = of(dataclasses.replace(material, persons=guessed), "Nord")
    assert found.base == 100
    assert found.attempts == 0
    assert {gap.verdict for gap in found.gaps} == {Verdict.UNTESTED}


def test_a_quartier_heard_by_a_channel_of_its_own_is_compared_with_nobody() -> None:
    material = drawn(planted)
    apart = tuple(
        dataclasses.replace(one, canal="Papier") if one.quartier == "Nord" else one for one in material.persons
    )
    assert of(dataclasses.replace(material, persons=apart), "Nord").attempts == 0


def test_persons_are_compared_at_the_same_time_of_life() -> None:
    def by_age(one: Person, _theme: str) -> float:
        return 0.8 if one.age == "75 ans et plus" else 0.1

    ages = {"Nord": "75 ans et plus"}
    plain = drawn(lambda _one, _theme: 0.0)
    persons = tuple(
        dataclasses.replace(one, age=ages.get(one.quartier, "75 ans et plus" if n % 5 == 0 else "25 à 34 ans"))
        for n, one in enumerate(plain.persons)
    )
    chance = random.Random(5)  # noqa: S311 - invented data
    voices = tuple(
        made.voice(
            one.key, *([theme for theme in THEMES if chance.random() < by_age(one, theme)] or ["a"]), person=one.key
        )
        for one in persons
    )
    found = of(dataclasses.replace(plain, persons=persons, voices=voices), "Nord")
    assert any(gap.points > 20 for gap in found.gaps)
    assert told(found) == {}


def test_a_verdict_is_told_of_no_masked_cell() -> None:
    found = of(drawn(lambda one, theme: 0.02 if one.quartier == "Nord" and theme == "a" else 0.6, number=200), "Nord")
    assert "a" in {row.code for row in found.masked}
    assert all(gap.here.shown is not Shown.MASKED and gap.others.shown is not Shown.MASKED for gap in found.gaps)


def test_the_order_of_persons_and_texts_changes_nothing() -> None:
    material = drawn(planted)
    turned = dataclasses.replace(material, persons=material.persons[::-1], voices=material.voices[::-1])
    assert of(turned, "Nord") == of(material, "Nord")


@pytest.mark.parametrize("number", [0, 4, 12, 30])
def test_few_persons_are_compared_with_prudence_or_not_at_all(number: int) -> None:
    material = drawn(planted, number=number)
    found = couleur(Reader(material, Filter(), 5), brief(material).by_quartier, "Nord")
    assert found is None or found.attempts == 0


def test_the_page_says_from_how_much_a_difference_would_be_told() -> None:
    found = of(drawn(lambda _one, _theme: 0.3), "Nord")
    assert found.least is not None
    assert 0.4 < found.least < 0.7
