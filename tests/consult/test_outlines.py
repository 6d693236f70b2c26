"""Contours become drawings: north up, one scale, nothing lost on the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.outlines import frame, rings

SQUARE = {"type": "Polygon", "coordinates": [[[2.0, 43.0], [2.01, 43.0], [2.01, 43.01], [2.0, 43.01], [2.0, 43.0]]]}
TWO = {
    "type": "MultiPolygon",
    "coordinates": [SQUARE["coordinates"], [[[3.0, 44.0], [3.1, 44.0], [3.0, 44.1], [3.0, 44.0]]]],
}


def test_north_is_up_and_east_is_right() -> None:
    window = frame([SQUARE])
    assert window
    west_south, east_north = window.point((2.0, 43.0)), window.point((2.01, 43.01))
    assert west_south[0] < east_north[0]
    assert west_south[1] > east_north[1]


def test_a_square_of_degrees_is_drawn_narrower_than_high_as_it_is_on_the_ground() -> None:
    window = frame([SQUARE])
    assert window
    assert window.height == 240
    assert 0.72 < (window.width - 12) / (window.height - 12) < 0.74


def test_every_polygon_of_a_contour_is_drawn_and_closed() -> None:
    window = frame([TWO])
    assert window
    path = window.path(TWO)
    assert path.count("M") == path.count("Z") == 2
    assert len(list(rings(TWO))) == 2


def test_nothing_to_draw_gives_no_window() -> None:
    assert frame([]) is None
    assert frame([{"type": "Point", "coordinates": [2, 43]}]) is None


def test_a_single_point_stands_in_the_middle() -> None:
    window = frame([], [(2.35, 43.2)])
    assert window
    x, y = window.point((2.35, 43.2))
    assert x == pytest.approx(window.width / 2, abs=0.2)
    assert y == pytest.approx(window.height / 2, abs=0.2)


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(0.001, 0.2), st.floats(0.001, 0.2))
def test_a_point_of_the_drawing_finds_its_place_again(west: float, south: float, wide: float, high: float) -> None:
    corners = [(west, south), (west + wide, south + high)]
    window = frame([], corners)
    assert window
    assert window.width <= 240.1
    assert window.height <= 240.1
    for longitude, latitude in corners:
        found = window.place(window.point((longitude, latitude)))
        # A point of the drawing is rounded to a tenth of its unit.
        assert found[0] == pytest.approx(longitude, abs=0.11 / window.across + 1e-6)
        assert found[1] == pytest.approx(latitude, abs=0.11 / window.down + 1e-6)
