"""In the page, a rule has the verdict that the server gives it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from surveys.relevance import Expression, parse, render
from surveys.relevance.emitting import tree
from surveys.relevance.evaluation import holds
from surveys.relevance.values import Value
from tests.rules import CASES, DAY, expressions, scopes, value_of

SCRIPT = Path(__file__).parents[2] / "static" / "js" / "residents" / "relevance.js"
JUDGE = "cases => cases.map(([rule, answers, today]) => judgeRule(rule, new Map(Object.entries(answers)), today))"


@pytest.fixture
def blank(chromium: Browser) -> Any:
    """A page that holds nothing but the evaluator."""
    page = chromium.new_page()
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    yield page
    page.close()


def judged(page: Page, cases: list[tuple[Expression, dict[str, Value], dt.date]]) -> list[bool]:
    """The verdicts of the page on some rules, each on its answers."""
    found: list[bool] = page.evaluate(JUDGE, [[tree(rule), scope, day.isoformat()] for rule, scope, day in cases])
    return found


def test_the_page_agrees_with_the_whole_shared_table(blank: Page) -> None:
    cases = [
        (
            parse(case["expression"]),
            {name: value_of(written) for name, written in case["answers"].items()},
            dt.date.fromisoformat(case.get("today", DAY.isoformat())),
        )
        for case in CASES
    ]
    wrong = [
        case["expression"]
        for case, verdict in zip(CASES, judged(blank, cases), strict=True)
        if verdict is not case["holds"]
    ]
    assert wrong == []


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(table=st.lists(st.tuples(expressions(), scopes()), min_size=40, max_size=60))
def test_the_page_agrees_on_any_rule_and_any_answers(
    blank: Page, table: list[tuple[Expression, dict[str, Value]]]
) -> None:
    cases = [(rule, scope, DAY) for rule, scope in table]
    wrong = [
        (render(rule), scope, verdict)
        for (rule, scope, day), verdict in zip(cases, judged(blank, cases), strict=True)
        if verdict is not holds(rule, scope, day)
    ]
    assert wrong == []
