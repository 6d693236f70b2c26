"""Whoever reads all that is published, pages and files together, recovers no count that is masked as too small.

`python -m benchmarks.attack` draws as many consultations as one has time for.
"""

from __future__ import annotations

import dataclasses

import pytest

from analysis.material import OF_PERSONS, Filter
from tests.analysis import attacked
from tests.analysis.attacker import Attacker, Span, solve
from tests.analysis.published import Everything, read, small

CONSULTATIONS = {
    "of a hundred persons": Everything(attacked.consultation(100, seed=1)),
    "of another hundred": Everything(attacked.consultation(100, seed=2)),
    "with needs, objectives and margins": attacked.everything(40, seed=1),
}


@pytest.mark.parametrize("name", CONSULTATIONS)
def test_no_small_count_is_recovered_from_all_that_is_published(name: str) -> None:
    every = CONSULTATIONS[name]
    attacker = read(every)
    wanted = small(every, attacker)
    assert len(wanted) > 400
    assert solve(attacker, wanted.keys()) == {}


def test_what_is_read_is_what_is_counted() -> None:
    every = CONSULTATIONS["of a hundred persons"]
    attacker, truth = read(every), read(every, k=1)
    wrong = {
        (count, group): (span, counted)
        for count, figures in attacker.seen.items()
        for group, span in figures.items()
        if (counted := truth.seen[count].get(group)) and not span.least <= counted.least <= span.most
    }
    assert wrong == {}


def test_the_attacker_finds_what_a_mask_alone_would_betray() -> None:
    channels = ("En ligne", "Papier", "Téléphone")
    attacker = Attacker((("Nord", "Sud"), channels, ("",), ("",), ("",)))
    attacker.note("a", frozenset(), Span(31, 31))
    hidden = frozenset({("canal", "Papier")})
    for channel, span in zip(channels, (Span(20, 20), Span(1, 1000), Span(9, 9)), strict=True):
        attacker.note("a", frozenset({("canal", channel)}), span)
    assert solve(attacker, [("a", hidden)]) == {("a", hidden): 2}
    attacker.seen["a"][frozenset({("canal", "Téléphone")})] = Span(1, 1000)
    assert solve(attacker, [("a", hidden)]) == {}


def test_every_facet_of_the_bar_is_known_to_the_attacker() -> None:
    assert {field.name for field in dataclasses.fields(Filter)} - {"copies"} == set(OF_PERSONS)
