"""A day and an hour as a caller hears them, on a Saturday at ten."""

from __future__ import annotations

import datetime as dt

import pytest

from surveys.moments import MomentError, day_of, hour_of, to_come

NOW = dt.datetime(2026, 11, 21, 10, 0)  # noqa: DTZ001 - the clock of the town hall


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("aujourd’hui", (2026, 11, 21)),
        ("Demain", (2026, 11, 22)),
        ("après-demain", (2026, 11, 23)),
        ("lundi", (2026, 11, 23)),
        ("samedi", (2026, 11, 28)),
        ("mardi 24/11", (2026, 11, 24)),
        ("24/11", (2026, 11, 24)),
        ("24 nov", (2026, 11, 24)),
        ("24 nov.", (2026, 11, 24)),
        ("1er décembre", (2026, 12, 1)),
        ("le 5 janvier", (2027, 1, 5)),
        ("20/11", (2027, 11, 20)),
        ("24/11/26", (2026, 11, 24)),
        ("24/11/2026", (2026, 11, 24)),
        ("2026-11-24", (2026, 11, 24)),
        ("3 juil", (2027, 7, 3)),
    ],
)
def test_a_day_is_the_next_that_the_words_name(text: str, day: tuple[int, int, int]) -> None:
    assert day_of(text, NOW.date()) == dt.date(*day)


@pytest.mark.parametrize("text", ["31/02", "lundi 24/11", "bientôt", "24/13", "32", "0/0", "29/02", "3 jui", "²4/11²"])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert day_of(text, NOW.date()) is None


@pytest.mark.parametrize(
    "text", ["14h30", "14 h 30", "14:30", "14.30", "à 14h30", "14\N{NARROW NO-BREAK SPACE}h\N{NO-BREAK SPACE}30"]
)
def test_an_hour_is_understood_however_it_is_written(text: str) -> None:
    assert hour_of(text) == dt.time(14, 30)


def test_an_hour_without_minutes_is_whole_and_what_is_no_hour_is_none() -> None:
    assert [hour_of(text) for text in ("9h", "9", "18 heures", "midi")] == [dt.time(h) for h in (9, 9, 18, 12)]
    assert [hour_of(text) for text in ("25h", "14h75", "tôt", "")] == [None] * 4


def test_a_moment_is_to_come_or_is_not_given() -> None:
    assert to_come("", " ", NOW) is None
    assert to_come("lundi", "14 h 30", NOW) == dt.datetime(2026, 11, 23, 14, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "hour", "field", "words"),
    [
        ("31/02", "14h", "jour", "« 31/02 » n’est pas une date"),
        ("demain", "25h", "heure", "« 25h » n’est pas une heure"),
        ("demain", "", "heure", "l’heure"),
        ("", "14h", "jour", "le jour"),
        ("12/06/2001", "14h", "jour", "« 12/06/2001, 14h » n’est pas un moment à venir"),
        ("aujourd’hui", "9h", "heure", "n’est pas un moment à venir"),
    ],
)
def test_a_refusal_names_what_was_typed_and_where(day: str, hour: str, field: str, words: str) -> None:
    with pytest.raises(MomentError, match=words) as refused:
        to_come(day, hour, NOW)
    assert refused.value.field == field
