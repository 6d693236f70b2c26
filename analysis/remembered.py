"""What was computed of a value is kept as long as the value lives, and found again when the same is asked of it.

A `Material` never changes: what is counted of it once is counted. Whoever holds it decides how long that lasts; what is
remembered goes with it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar, cast

Made = TypeVar("Made")
#: Results kept of one value, the oldest asked for going first.
MOST = 400
_RESULTS = "_remembered"
_lock = threading.Lock()


def remembered(value: object, key: Hashable, make: Callable[[], Made]) -> Made:
    """Return what `make` makes, made once for that very object and key.

    Results are kept in the object, as `functools.cached_property` keeps its own: one that leads back to the object
    does not hold it alive.
    """
    with _lock:
        results: OrderedDict[Hashable, Any] = vars(value).setdefault(_RESULTS, OrderedDict())
        if key in results:
            results.move_to_end(key)
            return cast(Made, results[key])
    made = make()
    with _lock:
        results[key] = made
        while len(results) > MOST:
            results.popitem(last=False)
    return made


def name_of(function: Callable[..., Any]) -> Hashable | None:
    """Return what tells a function from another, with what it is given; None for one that holds something else."""
    if isinstance(function, partial):
        given = (*function.args, *sorted(function.keywords.items()))
        try:
            hash(given)
        except TypeError:
            return None
        inner = name_of(function.func)
        return None if inner is None else (inner, given)
    code = getattr(function, "__code__", None)
    if code is None or code.co_freevars or function.__name__ == "<lambda>":
        return None
    return function
