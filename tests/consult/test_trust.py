"""Which themes may be trusted: the sample first, then everyday corrections; silence on sub-themes is no judgement."""

from __future__ import annotations

from analysis.quality import Judged
from consult.trust import Evidence, on_roots

PARENTS = {"a": None, "a/b": "a", "a/c": "a", "d": None}
BOTH, ROOT, OTHER = frozenset({"a", "a/b"}), frozenset({"a"}), frozenset({"a", "a/c"})


def _evidence(*judged: Judged, corrected: tuple[Judged, ...] = (), twice: int = 0) -> Evidence:
    pairs = tuple(("", (), (BOTH, ROOT)) for _each in range(twice))
    return Evidence(PARENTS, None, judged, corrected, pairs)


def test_who_gives_a_theme_without_its_sub_themes_says_nothing_of_these() -> None:
    found = _evidence(*[Judged(BOTH, ROOT)] * 12, twice=12)
    assert found.themes["a"].sample.f1 == 1
    assert found.themes["a/b"].sample.n == 0
    assert found.themes["a/b"].agreement.n == 0
    assert found.unsure == frozenset()


def test_who_gives_another_sub_theme_does_not_confirm_the_first() -> None:
    found = _evidence(*[Judged(BOTH, OTHER)] * 12)
    assert found.themes["a"].sample.f1 == 1
    assert found.unsure == {"a/b", "a/c"}


def test_the_sample_counts_before_everyday_corrections() -> None:
    right, wrong = (Judged(ROOT, ROOT),) * 12, (Judged(ROOT, frozenset({"d"})),) * 12
    assert "a" not in _evidence(*right, corrected=wrong).unsure
    assert "a" in _evidence(corrected=wrong).unsure
    assert _evidence(*right[:5], corrected=wrong[:7]).themes["a"].best.n == 7


def test_the_first_level_alone_is_seen_where_channels_are_compared() -> None:
    assert on_roots([Judged(BOTH, OTHER)], ["a", "d"]) == [Judged(ROOT, ROOT)]
