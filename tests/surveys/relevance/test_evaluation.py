"""A rule has one verdict, whatever was answered, and costs nothing whoever wrote it."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.relevance import Expression, parse
from surveys.relevance.evaluation import evaluate, holds, may_hold
from surveys.relevance.patterns import PatternError, compiled, matches
from surveys.relevance.values import Value, number, text_of_number
from tests.rules import CASES, DAY, expressions, scopes, value_of


def test_the_shared_table_is_large_enough_to_matter() -> None:
    assert len(CASES) >= 150
    assert 0.2 < sum(case["holds"] for case in CASES) / len(CASES) < 0.8


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"][:60])
def test_a_rule_has_the_verdict_of_the_shared_table(case: dict[str, Any]) -> None:
    scope = {name: value_of(written) for name, written in case["answers"].items()}
    today = dt.date.fromisoformat(case.get("today", DAY.isoformat()))
    assert holds(parse(case["expression"]), scope, today) is case["holds"]


@given(expressions(), scopes())
def test_no_rule_fails_whatever_was_answered(expression: Expression, scope: dict[str, Value]) -> None:
    assert isinstance(evaluate(expression, scope, DAY), str | float | bool | tuple)


@given(expressions(), scopes(), st.sets(st.sampled_from(["q0", "q1", "q2"])))
def test_what_holds_could_hold_before_every_answer_was_known(
    expression: Expression, scope: dict[str, Value], unknown: set[str]
) -> None:
    if holds(expression, scope, DAY):
        assert may_hold(expression, scope, DAY, unknown=unknown)


@pytest.mark.parametrize(
    ("rule", "possible"),
    [
        ("${avant} = 'x' and ${ici} = 'y'", False),
        ("${avant} = 'z' and ${ici} = 'y'", True),
        ("${avant} = 'x' or ${ici} = 'y'", True),
        ("not(${ici} = 'y')", True),
        ("${avant} = 'x'", False),
    ],
)
def test_an_answer_given_earlier_settles_what_it_can(rule: str, possible: bool) -> None:
    assert may_hold(parse(rule), {"avant": ("z",)}, DAY, unknown={"ici"}) is possible


@given(st.floats())
def test_a_number_written_as_text_reads_back_as_itself(value: float) -> None:
    written = text_of_number(value)
    assert "e" not in written
    assert number(written) == value or written in {"NaN", "Infinity", "-Infinity"}


@given(
    st.recursive(
        st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "\\d", "[a-c0-9]"]),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map("".join),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
            st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}"])).map(
                lambda pair: f"({pair[0]}){pair[1]}"
            ),
        ),
        max_leaves=4,
    ),
    st.text(alphabet="abc1\n", max_size=6),
)
def test_a_plain_pattern_takes_what_python_takes(pattern: str, text: str) -> None:
    assert matches(compiled(pattern), text) is bool(re.fullmatch(pattern, text))


def test_no_pattern_that_is_accepted_can_run_away() -> None:
    steps = 0

    class Counted(str):
        __slots__ = ()

        def __iter__(self) -> Any:
            nonlocal steps
            for character in str.__iter__(self):
                steps += 1
                yield character

    assert not matches(compiled("((a*)*)*b"), Counted("a" * 5000))
    assert steps == 5000


@given(st.text(alphabet=string.printable, max_size=12))
def test_any_pattern_is_compiled_or_refused(pattern: str) -> None:
    with contextlib.suppress(PatternError):
        assert matches(compiled(pattern), "abc") in {True, False}
