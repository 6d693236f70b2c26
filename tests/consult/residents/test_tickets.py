"""What a page brings back is read whatever version of the site drew it, and never trusted as it is."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeSerializer

from consult.residents import tickets
from consult.residents.tickets import Ticket

ITEMS = [7, "a" * 32, "b" * 64, "grazailles", 1_700_000_000]


def signed(app: Flask, items: Any) -> str:
    return str(URLSafeSerializer(app.extensions["consult.settings"].derived("ticket")).dumps(items))


@pytest.mark.parametrize(("count", "later"), [(3, ("", 0)), (4, ("grazailles", 0)), (5, ("grazailles", 1_700_000_000))])
def test_a_ticket_of_another_version_keeps_what_it_has(app: Flask, count: int, later: tuple[str, int]) -> None:
    with app.app_context():
        assert tickets.read(signed(app, ITEMS[:count])) == Ticket(7, "a" * 32, "b" * 64, *later)


def test_a_ticket_of_a_later_version_is_read_as_far_as_it_is_known(app: Flask) -> None:
    with app.app_context():
        assert tickets.read(signed(app, [*ITEMS, "?"])) == tickets.read(signed(app, ITEMS))


@pytest.mark.parametrize("items", [[], [7], [7, "a"], ["sept", "a", "b"], [7, "a", "b", "", "hier"], 7, None, {}])
def test_what_is_not_a_ticket_is_not_one_of_ours(app: Flask, items: Any) -> None:
    with app.app_context():
        assert tickets.read(signed(app, items)) is None
