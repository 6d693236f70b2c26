"""Families of actions keep their themes whatever becomes of the plan, and questions say what they ask for."""

from __future__ import annotations

import pytest

from analysis.families import Family, Frame, Sides, asks_for_actions, frame
from analysis.waves import Fate
from tests.analysis import made

SIDES = Sides(frozenset({"Piste d’action"}), frozenset({"Besoin"}), actions=frozenset({"q.idees"}))
CARE = Family("cadre", "Cadre de vie", ("proprete", "securite/eclairage"))
SAFE = Family("securite", "Sécurité", ("securite",))


def _claims(*ids: str, families: tuple[Family, ...] = (CARE, SAFE), **fates: Fate) -> dict[str, set[str]]:
    framed = frame(families, SIDES, made.plan(*ids), fates)
    return {theme: set(codes) for theme, codes in framed.claims.items()}


def test_a_sub_theme_follows_its_theme_unless_a_family_names_it() -> None:
    found = _claims("proprete", "proprete/rues", "securite", "securite/trafics", "securite/eclairage")
    assert found == {
        "proprete": {"cadre"},
        "proprete/rues": {"cadre"},
        "securite": {"securite"},
        "securite/trafics": {"securite"},
        "securite/eclairage": {"cadre"},
    }


def test_a_theme_merged_takes_its_families_where_it_went() -> None:
    assert _claims("voirie", proprete=Fate("Propreté", retired=True, merged_into="voirie"))["voirie"] == {"cadre"}


def test_a_theme_merged_later_has_in_an_older_plan_the_families_of_where_it_went() -> None:
    found = _claims("proprete", "dechets", dechets=Fate("Déchets", retired=True, merged_into="proprete"))
    assert found["dechets"] == {"cadre"}


def test_a_theme_split_from_another_begins_in_its_families() -> None:
    found = _claims("proprete", "encombrants", encombrants=Fate("Encombrants", split_from="proprete"))
    assert found["encombrants"] == {"cadre"}


def test_a_theme_retired_for_nothing_else_leaves_its_family_whole() -> None:
    assert _claims("securite", proprete=Fate("Propreté", retired=True)) == {"securite": {"securite"}}


def test_themes_merged_in_a_circle_are_followed_once() -> None:
    found = _claims("securite", proprete=Fate("a", merged_into="b"), b=Fate("b", merged_into="proprete"))
    assert found == {"securite": {"securite"}}


def test_a_theme_may_stand_in_several_families_and_in_none() -> None:
    both = (CARE, Family("lien", "Lien social", ("proprete",)))
    assert _claims("proprete", "sante", families=both) == {"proprete": {"cadre", "lien"}, "sante": set()}


def test_an_idea_belongs_to_the_family_of_its_finest_themes() -> None:
    book = made.plan("securite", "securite/eclairage")
    framed: Frame = frame((CARE, SAFE), SIDES, book, {})
    assert framed.families_of(frozenset({"securite", "securite/eclairage"}), book) == {"cadre"}
    assert framed.families_of(frozenset({"securite"}), book) == {"securite"}


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Avez-vous une idée d’action à proposer ?", True),
        ("Quelles solutions voyez-vous ?", True),
        ("Que proposez-vous ?", True),
        ("Selon vous, quels sont les principaux besoins ?", False),
        ("Souhaitez-vous ajouter quelque chose ?", False),
    ],
)
def test_a_question_asks_for_actions_only_when_it_says_so(label: str, *, expected: bool) -> None:
    assert asks_for_actions(label) is expected
