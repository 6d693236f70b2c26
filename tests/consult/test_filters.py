"""Figures and days are written as French readers write them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from consult import filters


@pytest.fixture(autouse=True)
def in_french(app: Flask) -> None:
    app.app_context().push()


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (7, "7"), (1240, "1\u202f240"), (1234567, "1\u202f234\u202f567"), (2.34, "2,3"), (None, "–")],
)
def test_a_number_is_cut_by_narrow_spaces(value: float | None, written: str) -> None:
    assert filters.number(value) == written


@pytest.mark.parametrize(("share", "written"), [(0.558, "56\u202f%"), (1, "100\u202f%"), (0, "0\u202f%"), (None, "–")])
def test_a_share_is_a_whole_percentage(app: Flask, share: float | None, written: str) -> None:
    assert app.jinja_env.filters["percent"](share) == written


@pytest.mark.parametrize(
    ("value", "written"), [(date(2023, 6, 12), "12 juin 2023"), (date(2023, 8, 1), "1er août 2023"), (None, "–")]
)
def test_a_day_is_written_in_words(value: date | None, written: str) -> None:
    assert filters.day(value) == written
