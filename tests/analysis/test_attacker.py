"""Whoever reads every page of every choice recovers no count that is masked because too few persons make it."""

from __future__ import annotations

import dataclasses

import pytest

from analysis.material import OF_PERSONS, Filter, Material
from tests.analysis import made
from tests.analysis.attacker import Fixed, read_everything

K = 5


def _count(material: Material, theme: str, fixed: Fixed) -> int:
    kept = material.only(Filter(**dict(fixed)))
    persons = {person.key for person in kept.persons}
    return len({v.person for v in kept.voices if v.person in persons and theme in v.themes})


@pytest.mark.parametrize(("number", "seed", "facets"), [(200, 7, 1), (300, 11, 1), (60, 4, 2)])
def test_no_small_count_is_recovered_from_all_that_is_shown(number: int, seed: int, facets: int) -> None:
    whole = made.consultation(number, seed=seed)
    attacker = read_everything(whole, k=K, facets=facets)
    tried, recovered = 0, []
    for theme, fixed in attacker.masked():
        if 0 < _count(whole, theme, fixed) < K:
            tried += 1
            least, most = attacker.range_of(theme, fixed)
            assert least <= _count(whole, theme, fixed) <= most
            if least == most:
                recovered.append((theme, sorted(fixed), least))
    assert tried > 50
    assert recovered == []


def test_the_attacker_finds_what_a_mask_alone_would_betray() -> None:
    whole = made.consultation(200, seed=7)
    attacker = read_everything(whole, k=K, facets=1)
    theme, group = next(
        (theme, fixed)
        for theme, fixed in attacker.masked()
        if len(fixed) == 1 and dict(fixed).get("canal") and 0 < _count(whole, theme, fixed) < K
    )
    channels = sorted({person.canal for person in whole.persons})
    shown = {frozenset({("canal", one)}): _count(whole, theme, frozenset({("canal", one)})) for one in channels}
    naive = {
        frozenset(): sum(shown.values()),
        **{one: count for one, count in shown.items() if one != group},
        group: None,
    }
    least, most = dataclasses.replace(attacker, seen={theme: naive}).range_of(theme, group)
    assert least == most == shown[group]


def test_every_facet_of_the_bar_is_known_to_the_attacker() -> None:
    assert {field.name for field in dataclasses.fields(Filter)} - {"copies"} == set(OF_PERSONS)
