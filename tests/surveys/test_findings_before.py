"""A run writes a decision again only where it says something else."""

from __future__ import annotations

import pytest

from surveys.findings_before import Said, stands
from surveys.models import Outcome

CODED: Said = (Outcome.CODED, frozenset({(1, 0.6), (2, 0.8)}))


@pytest.mark.parametrize(
    ("now", "holds"),
    [
        (CODED, True),
        ((Outcome.CODED, frozenset({(1, 0.605), (2, 0.79)})), True),
        ((Outcome.CODED, frozenset({(1, 0.63), (2, 0.8)})), False),
        ((Outcome.CODED, frozenset({(2, 0.8)})), False),
        ((Outcome.CODED, frozenset({(1, 0.6), (3, 0.8)})), False),
        ((Outcome.NO_OPINION, frozenset()), False),
    ],
)
def test_a_decision_holds_while_its_themes_are_the_same_and_its_scores_hardly_move(now: Said, holds: bool) -> None:
    assert stands(CODED, now) is holds


def test_what_was_never_said_does_not_hold() -> None:
    assert not stands(None, CODED)
