"""Weights follow the margins, whatever the order of the persons, or are refused in one sentence."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import raking, weighting
from analysis.cross import speakers
from analysis.material import Material, Person
from analysis.raking import Profile
from analysis.types import Status
from analysis.weighting import Margin, Refused, Weights, weigh
from tests.analysis import made

AGES = Margin("age", {"Moins de 35 ans": 40, "35 ans et plus": 60}, "Insee", 2020)
SEXES = Margin("sexe", {"Femmes": 52, "Hommes": 48}, "Insee", 2020)
PLACES = Margin("quartier", {"Nord": 2000, "Sud": 2200}, "Insee", 2020)


def someone(rank: int, chance: random.Random) -> Person:
    return made.person(
        f"p{rank}",
        quartier=chance.choices(("Nord", "Sud", "Ailleurs"), (3, 5, 1))[0],
        age=chance.choices(("18 à 24 ans", "25 à 34 ans", "35 à 59 ans", "60 ans et plus"), (1, 2, 3, 4))[0],
        sexe=chance.choice(("Une femme", "Une femme", "Un homme")),
        public="habitants",
    )


def town(number: int = 300, *, seed: int = 3) -> Material:
    chance = random.Random(seed)  # noqa: S311 - invented data
    return of([someone(rank, chance) for rank in range(number)])


def of(persons: Sequence[Person]) -> Material:
    voices = [made.voice(f"v{one.key}", "securite", person=one.key, status=Status.CODED) for one in persons]
    return made.material(persons, voices, quartiers=("Nord", "Sud"))


def weighed(material: Material, *margins: Margin) -> Weights:
    found = weigh(material, margins)
    assert isinstance(found, Weights), found
    return found


def refused(material: Material, *margins: Margin) -> str:
    found = weigh(material, margins)
    assert isinstance(found, Refused), found
    return " ".join(found.why.split())


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 1000), st.floats(0.25, 0.4), st.floats(0.5, 0.7))
def test_the_weighted_sample_has_the_shares_of_every_margin(seed: int, young: float, women: float) -> None:
    material = town(seed=seed)
    margins = (
        Margin("age", {"Moins de 35 ans": int(young * 1000), "35 ans et plus": 1000 - int(young * 1000)}, "x", 2020),
        Margin("sexe", {"Femmes": int(women * 1000), "Hommes": 1000 - int(women * 1000)}, "x", 2020),
        PLACES,
    )
    found = weighed(material, *margins)
    for rank, margin in enumerate(margins):
        sums: Counter[str] = Counter()
        for key, profile in found.profiles.items():
            sums[profile[rank]] += found.of[key]  # type: ignore[assignment]  # a Counter adds floats as well
        shares = {value: weight / len(found.profiles) for value, weight in sums.items()}
        assert shares == pytest.approx(margin.shares, abs=weighting.MOST_APART)
    assert sum(found.of.values()) == pytest.approx(len(found.of))
    assert found.effective <= len(found.of) + 1e-6


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_the_persons_changes_nothing(seed: int) -> None:
    material, chance = town(), random.Random(seed)  # noqa: S311 - a shuffle
    shuffled = dataclasses.replace(material, persons=tuple(chance.sample(material.persons, len(material.persons))))
    assert weighed(shuffled, AGES, SEXES) == weighed(material, AGES, SEXES)


def test_one_margin_gives_each_its_share_over_that_of_the_sample() -> None:
    found = weighed(of([made.person(f"p{n}", sexe="Femme" if n < 150 else "Homme") for n in range(200)]), SEXES)
    assert found.of["p0"] == pytest.approx(0.52 / 0.75)
    assert found.of["p199"] == pytest.approx(0.48 / 0.25)
    assert found.effective == pytest.approx(200**2 / (150 * (0.52 / 0.75) ** 2 + 50 * (0.48 / 0.25) ** 2))
    assert found.design_effect == pytest.approx(200 / found.effective)


def test_a_sample_like_its_population_is_left_as_it_is() -> None:
    found = weighed(of([made.person(f"p{n}", sexe="Femme" if n < 104 else "Homme") for n in range(200)]), SEXES)
    assert list(found.of.values()) == pytest.approx([1] * 200)
    assert found.effective == pytest.approx(200)


def test_who_does_not_say_everything_or_is_no_inhabitant_keeps_the_mean_weight() -> None:
    persons = [made.person(f"p{n}", sexe="Femme" if n % 3 else "Homme") for n in range(150)]
    others = [made.person("muet"), made.person("acteur", sexe="Femme", public="Acteurs")]
    found = weighed(of([*persons, *others]), SEXES)
    assert (found.of["muet"], found.of["acteur"]) == (1, 1)
    assert not {"muet", "acteur"} & set(found.profiles)


def test_only_those_who_gave_an_opinion_are_weighted_and_no_line_of_a_rencontre() -> None:
    material = made.consultation(500)
    found = weighed(material, SEXES)
    assert set(found.of) == set(speakers(material))


def test_no_weight_passes_five_times_the_median_where_the_margins_allow_it() -> None:
    rare = [
        *(made.person(f"a{n}", sexe="Femme", age="18 à 34 ans") for n in range(180)),
        *(made.person(f"b{n}", sexe="Femme", age="35 à 59 ans") for n in range(20)),
        *(made.person(f"c{n}", sexe="Homme", age="18 à 34 ans") for n in range(40)),
        *(made.person(f"d{n}", sexe="Homme", age="35 à 59 ans") for n in range(6)),
    ]
    ages = Margin("age", {"18 à 34 ans": 75, "35 à 59 ans": 25}, "x", 2020)
    sexes = Margin("sexe", {"Femmes": 66, "Hommes": 34}, "x", 2020)
    profiles: dict[str, Profile] = {one.key: (one.age, "Femmes" if one.sexe == "Femme" else "Hommes") for one in rare}
    counts = Counter(profiles.values())
    free = raking.rake(counts, [{v: s * len(rare) for v, s in one.shares.items()} for one in (ages, sexes)])
    trimmed = weighting._trimmed(profiles.values(), (ages, sexes))
    assert trimmed is not None
    median = sorted(free[profile] for profile in profiles.values())[len(rare) // 2]
    assert max(free.values()) > weighting.MOST_RATIO * median
    assert max(trimmed.values()) <= weighting.MOST_RATIO * median * 1.001
    assert weighting._apart(trimmed, profiles.values(), (ages, sexes)) < weighting.MOST_APART


def test_nothing_is_printed_where_the_margins_are_reached_in_part_only(capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[Profile] = Counter({("a", "y"): 5, ("b", "x"): 4, ("b", "y"): 7, ("b", "z"): 9, ("c", "x"): 1})
    parts = ({"a": 4 / 21, "b": 9 / 21, "c": 8 / 21}, {"x": 1 / 6, "y": 1 / 6, "z": 4 / 6})
    raking.rake(counts, [{value: 26 * part for value, part in one.items()} for one in parts])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("material", "margins", "said"),
    [
        (town(90), (SEXES,), "Moins de 100 personnes ont dit leur sexe : c’est trop peu pour redresser."),
        (town(), (Margin("sexe", {"Femmes": 5, "Garçons": 5}, "x", 2020),), "Aucune réponse ne correspond à « Garçons"),
        (
            town(),
            (Margin("quartier", {"Nord": 5, "Sud": 5, "Est": 2}, "x", 2020),),
            "Aucune réponse ne correspond à « Est » : corrigez ces noms.",
        ),
        (
            of([made.person(f"p{n}", sexe="Femme" if n > 8 else "Homme") for n in range(200)]),
            (SEXES,),
            "Moins de 10 personnes pour « Hommes » : quelques réponses parleraient pour toutes.",
        ),
        (
            of([made.person(f"p{n}", sexe=("Femme", "Homme", "", "", "")[n % 5]) for n in range(400)]),
            (SEXES,),
            "Moins de la moitié des personnes ont dit leur sexe : le reste ne serait pas redressé.",
        ),
        (
            of([made.person(f"p{n}", sexe="Femme" if n > 11 else "Homme") for n in range(200)]),
            (SEXES,),
            "Les marges ne peuvent pas être atteintes ensemble sans donner trop de poids à quelques-uns.",
        ),
        (
            of([made.person(f"p{n}", quartier="Nord" if n < 180 else "Sud" if n < 360 else "Est") for n in range(400)]),
            (Margin("quartier", {"Nord": 2, "Sud": 50, "Est": 48}, "x", 2020),),
            "ressemblent trop peu à la population.",
        ),
    ],
    ids=["few", "word", "place", "cell", "unknown", "apart", "effective"],
)
def test_what_would_mislead_is_refused_with_its_reason(
    material: Material, margins: tuple[Margin, ...], said: str
) -> None:
    assert said in refused(material, *margins)


@pytest.mark.parametrize(
    ("band", "margin", "belongs"),
    [
        ("18 à 24 ans", "18 à 34 ans", True),
        ("Moins de 15 ans", "Moins de 25 ans", True),
        ("75 ans et plus", "60 ans et plus", True),
        ("60 à 74 ans", "75 ans et plus", False),
        ("18 à 34 ans", "18 à 24 ans", False),
        ("Je ne sais pas", "18 à 24 ans", False),
    ],
)
def test_a_fine_band_of_ages_belongs_to_the_band_that_holds_it(band: str, margin: str, belongs: bool) -> None:
    found = weighting.group_of(band, Margin("age", {margin: 5}, "x", 2020))
    assert found == (margin if belongs else "")
