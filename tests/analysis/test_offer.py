"""Every choice that is offered may be made, and what may not be made is refused without a word of why."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import partial

import pytest

from analysis.disclosure import PublishedCell, Shown
from analysis.material import OF_PERSONS, Filter, Material
from analysis.offer import may_be_made, offered
from analysis.profile import profile
from analysis.reader import Reader
from analysis.tables import Axis
from tests.analysis import made

K = 5


def of(*groups: tuple[int, str, str]) -> Material:
    """So many persons of each public and sex."""
    persons = [
        made.person(f"{public}-{sexe}-{rank}", public=public, sexe=sexe)
        for number, public, sexe in groups
        for rank in range(number)
    ]
    return made.material(persons)


def _profile(material: Material, choice: Filter, facet: str) -> Iterable[tuple[Axis, PublishedCell]]:
    return Reader(material, choice, K).table(partial(profile, facet=facet, title="", k=K)).column()


@pytest.mark.parametrize("facet", OF_PERSONS)
def test_what_is_offered_after_a_choice_leads_to_no_refusal(facet: str) -> None:
    material = made.consultation()
    for value in offered(material, Filter(), k=K)[facet]:
        chosen = Filter(**{facet: value})
        assert may_be_made(material, chosen, k=K)
        for other, values in offered(material, chosen, k=K).items():
            narrower = [dataclasses.replace(chosen, **{other: one}) for one in values]
            assert [one for one in narrower if not may_be_made(material, one, k=K)] == []


def test_a_pair_masked_from_one_side_only_is_not_offered_from_the_other() -> None:
    material = made.consultation(60)
    counted = {
        facet: {
            (value, row.code)
            for value in offered(material, Filter(), k=K)[facet]
            for row, cell in _profile(material, Filter(**{facet: value}), other)
            if cell.shown is Shown.COUNT
        }
        for facet, other in (("canal", "sexe"), ("sexe", "canal"))
    }
    one_side = counted["canal"] ^ {(canal, sexe) for sexe, canal in counted["sexe"]}
    assert one_side
    for canal, sexe in one_side:
        assert sexe not in offered(material, Filter(canal=canal), k=K)["sexe"]
        assert canal not in offered(material, Filter(sexe=sexe), k=K)["canal"]


def test_a_group_too_small_and_one_with_nobody_are_left_out_alike() -> None:
    few = offered(of((20, "Habitants", "Femme"), (20, "Habitants", "Homme"), (2, "Habitants", "Autre")), Filter(), k=K)
    none = offered(of((20, "Habitants", "Femme"), (20, "Habitants", "Homme")), Filter(), k=K)
    assert "Autre" not in few["sexe"] + none["sexe"]


def test_copies_may_be_left_out_only_where_there_are_some() -> None:
    material = of((20, "Habitants", "Femme"))
    assert not may_be_made(material, Filter(copies="sans"), k=K)
    copied = dataclasses.replace(material, voices=(made.voice("v", "securite", aside=True),))
    assert may_be_made(copied, Filter(copies="sans"), k=K)
