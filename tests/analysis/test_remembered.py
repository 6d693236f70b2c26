"""What was computed of a value is found again, as long as the value lives and no longer."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from functools import partial

from analysis.briefing import brief
from analysis.material import Filter
from analysis.remembered import MOST, name_of, remembered
from tests.analysis import made


class Value:
    """Anything that lives and dies."""


def _double(number: int, *, by: int = 2) -> int:
    return number * by


def test_what_is_asked_twice_is_made_once() -> None:
    value, calls = Value(), list[int]()
    for _ in range(3):
        remembered(value, "a", lambda: calls.append(1))
    assert calls == [1]


def test_equal_keys_of_two_values_are_not_mixed() -> None:
    one, two = Value(), Value()
    assert remembered(one, "a", lambda: 1) == 1
    assert remembered(two, "a", lambda: 2) == 2


def test_what_dies_is_forgotten() -> None:
    value = Value()
    result = remembered(value, "a", Value)
    both = weakref.ref(value), weakref.ref(result)
    del value, result
    gc.collect()
    assert [one() for one in both] == [None, None]


def test_a_consultation_that_was_counted_leaves_the_memory_with_its_last_reader() -> None:
    whole = replace(made.consultation(60))
    brief(whole)
    brief(whole, choice=Filter(canal="En ligne"))
    left = weakref.ref(whole)
    del whole
    gc.collect()
    assert left() is None


def test_only_so_much_is_kept_of_one_value() -> None:
    value, calls = Value(), list[int]()

    def make(number: int) -> int:
        calls.append(number)
        return number

    for number in range(MOST + 1):
        remembered(value, number, partial(make, number))
    remembered(value, MOST, partial(make, MOST))
    assert len(calls) == MOST + 1
    remembered(value, 0, partial(make, 0))
    assert len(calls) == MOST + 2


def test_a_function_is_known_by_itself_and_what_it_is_given() -> None:
    assert name_of(_double) == name_of(_double)
    assert name_of(partial(_double, by=3)) == name_of(partial(_double, by=3))
    assert name_of(partial(_double, by=3)) != name_of(partial(_double, by=4))


def test_a_function_that_holds_something_else_has_no_name() -> None:
    held = 3
    assert name_of(lambda number: number * held) is None
    assert name_of(partial(lambda number: number * held, 2)) is None
    assert name_of(partial(_double, by=[])) is None  # type: ignore[arg-type]
