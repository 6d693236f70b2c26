"""The parts proposed for a theme: the same whatever the order, none where chance would make them."""

from __future__ import annotations

import random

import pytest

from analysis import splitting

STARTS = ("il faudrait", "on voudrait", "nous demandons", "le quartier manque de", "pourquoi pas", "encore")
DOGS = ("des sacs pour les crottes de chien", "un parc à chiens", "verbaliser les chiens sans laisse")
BINS = ("des poubelles plus grandes", "vider les poubelles le week-end", "des conteneurs enterrés pour les poubelles")
SAID = {f"{start} {words}": rank + 1 for start in STARTS for rank, words in enumerate((*DOGS, *BINS))}


@pytest.fixture(scope="module")
def proposal() -> splitting.Proposal:
    return splitting.propose(SAID)


def test_two_subjects_make_two_parts_with_their_extracts(proposal: splitting.Proposal) -> None:
    assert len(proposal.parts) >= 2
    of_dogs = [part for part in proposal.parts if all("chien" in text for text in part.extracts)]
    of_bins = [part for part in proposal.parts if all("poubelles" in text for text in part.extracts)]
    assert of_dogs
    assert of_bins
    assert len({part.label for part in proposal.parts}) == len(proposal.parts)


def test_every_idea_is_in_a_part_or_said_to_be_in_none(proposal: splitting.Proposal) -> None:
    assert sum(part.ideas for part in proposal.parts) + proposal.left == sum(SAID.values())
    assert proposal.texts == len(SAID)
    assert [part.ideas for part in proposal.parts] == sorted((part.ideas for part in proposal.parts), reverse=True)


def test_the_order_of_the_texts_changes_nothing(proposal: splitting.Proposal) -> None:
    shuffled = list(SAID.items())
    random.Random(7).shuffle(shuffled)  # noqa: S311  an order, no secret
    assert splitting.propose(dict(shuffled)) == proposal


def test_spellings_of_one_text_are_one_text() -> None:
    said = {f"Plus de police {end}": 1 for end in ("!", "!!", "", ".", "…", "?")} | {"PLUS DE POLICE": 4}
    found = splitting.propose(said)
    assert (found.parts, found.texts, found.left) == ((), 1, 10)


def test_too_few_texts_make_no_part() -> None:
    few = dict(list(SAID.items())[: splitting.FEWEST - 1])
    assert splitting.propose(few).parts == ()
    assert splitting.propose({}) == splitting.Proposal((), 0, 0)
