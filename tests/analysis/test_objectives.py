"""The evidence of an objective is counted as themes are, and gives away none of them."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.briefing import brief
from analysis.disclosure import Shown
from analysis.families import Family, Sides, frame
from analysis.material import Filter, Material, Voice
from analysis.objectives import Evidence, Goal, evidence, places, resolved, words
from analysis.objectives_words import lede, title
from analysis.reader import Reader
from analysis.waves import Fate
from tests.analysis import made

ACTION = "Piste d’action"
SIDES = Sides(frozenset({ACTION}), frozenset({"Besoin"}))
FAMILIES = (Family("cadre", "Cadre de vie", ("proprete",)),)
THEMES = ("sante", "proprete", "emploi")


def _said(rank: int, *themes: str, place: str = "A") -> Voice:
    return made.voice(f"v{rank}-{themes}", *themes, person=f"p{rank}", canal="En ligne", quartiers=(place,))


def _material(voices: Sequence[Voice], *, persons: int, places: Sequence[str] = ("A",)) -> Material:
    people = [made.person(f"p{rank}", canal="En ligne", quartier=places[rank % len(places)]) for rank in range(persons)]
    return made.material(people, voices, book=made.plan(*THEMES), quartiers=tuple(dict.fromkeys(places)))


def _evidence(material: Material, *goals: Goal) -> dict[str, Evidence]:
    reader = Reader(material, Filter(), 5)
    return evidence(reader, brief(material), goals, frame(FAMILIES, SIDES, material.codebook, {}))


def test_persons_are_counted_once_and_lines_and_pistes_apart() -> None:
    lines = [
        made.voice("l1", "proprete", meeting="m1", kind="Besoin", canal="Rencontre"),
        made.voice("l2", "proprete", meeting="m1", kind=ACTION, canal="Rencontre"),
    ]
    voices = [_said(rank, *themes) for rank in range(8) for themes in (("sante",), ("proprete",))]
    found = _evidence(_material([*voices, *lines], persons=8), Goal("1", "Un", themes=("sante", "proprete")))["1"]
    assert (found.whole.count, found.whole.lines, found.pistes) == (8, 2, 1)
    assert words(found) == "8 personnes et 2 contributions de rencontres, dont 1 piste d’action"


def test_a_family_brings_the_contributions_of_its_themes() -> None:
    voices = [_said(rank, "proprete") for rank in range(9)]
    found = _evidence(_material(voices, persons=9), Goal("1", "Un", families=("cadre",)))["1"]
    assert found.whole.count == 9


def test_an_objective_is_masked_with_the_theme_it_stands_for() -> None:
    voices = [*(_said(rank, "sante") for rank in range(3)), *(_said(rank, "emploi") for rank in range(12))]
    found = _evidence(_material(voices, persons=12), Goal("1", "Un", themes=("sante",)))["1"]
    assert found.whole.shown is Shown.MASKED
    assert words(found) == "le nombre de personnes n’est pas montré"


def test_an_objective_is_masked_when_it_has_few_more_than_one_of_its_themes() -> None:
    """20 raise health, 23 health or employment: the two figures would tell of the 3 who raise employment alone."""
    voices = [*(_said(rank, "sante") for rank in range(20)), *(_said(rank, "emploi") for rank in range(13, 23))]
    found = _evidence(_material(voices, persons=23), Goal("1", "Un", themes=("sante", "emploi")))["1"]
    assert found.whole.shown is Shown.MASKED


def test_where_it_is_raised_is_told_between_two_quartiers_or_not_at_all() -> None:
    voices = [_said(rank, "sante", place="AB"[rank % 2]) for rank in range(40) if rank % 2 or rank < 20]
    others = [_said(rank, "emploi", place="AB"[rank % 2]) for rank in range(40)]
    found = _evidence(_material([*voices, *others], persons=40, places="AB"), Goal("1", "Un", themes=("sante",)))["1"]
    assert places(found) == "de 50\u202f% (A) à 100\u202f% (B) des personnes"
    alone = _evidence(
        _material([_said(rank, "sante") for rank in range(9)], persons=9), Goal("1", "Un", themes=("sante",))
    )
    assert places(alone["1"]) == ""


def test_themes_merged_since_are_followed() -> None:
    goal = resolved([Goal("1", "Un", themes=("dechets", "perdu"))], made.plan(*THEMES),
                    {"dechets": Fate("Déchets", retired=True, merged_into="proprete")})[0]  # fmt: skip
    assert goal.themes == ("proprete",)


def test_the_title_names_what_is_raised_most_and_counts_what_nobody_raised() -> None:
    voices = [_said(rank, "sante") for rank in range(9)]
    goals = (Goal("1", "Santé", themes=("sante",)), Goal("2", "Emploi", themes=("emploi",)))
    found = _evidence(_material(voices, persons=9), *goals)
    assert title(goals, found, 2) == (
        "2 objectifs en 2 blocs\u00a0: les contributions portent le plus sur «\u00a0Santé\u00a0» et 1 objectif ne "
        "repose encore sur aucune contribution"
    )
    assert title((), {}, 0) == "L’arbre d’objectifs n’est pas encore écrit"


def test_the_lede_says_how_actions_are_qualified() -> None:
    assert lede(crossing=3, actions=4, covered=1, uncovered=2) == (
        "3 préoccupations les traversent. 4 actions sont retenues\u00a0: 1 est couverte par un programme existant, "
        "2 ne le sont pas et 1 reste à qualifier."
    )
    assert lede(crossing=0, actions=1, covered=0, uncovered=1) == "1 action est retenue\u00a0: 1 ne l’est pas."
