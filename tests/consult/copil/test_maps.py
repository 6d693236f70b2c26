"""The map of « Par quartier » says what the matrix says, on the contours that are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask import Flask
from lxml import html

from analysis.briefing import brief
from analysis.disclosure import Shown
from analysis.material import Material
from analysis.palette import MASKED, percent
from consult.extensions import db
from surveys.models import Consultation, Place, PlaceKind
from tests.analysis import made
from tests.consult.copil.test_pages import read, text_of
from tests.pages import PageCheckingClient

Draw = Callable[[Mapping[str, float]], None]


def square(west: float, size: float = 0.01) -> dict[str, Any]:
    ring = [[west, 43.0], [west + size, 43.0], [west + size, 43.0 + size], [west, 43.0 + size], [west, 43.0]]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.fixture
def draw(app: Flask, reader: PageCheckingClient) -> Draw:
    """Gives a quartier its contour, the longitude of its western side being said."""

    def give(west: Mapping[str, float]) -> None:
        with app.app_context():
            number = db.session.query(Consultation).one().id
            for rank, (name, longitude) in enumerate(west.items()):
                place = Place(consultation_id=number, slug=f"p{rank}", name=name, kind=PlaceKind.QPV)
                place.contour = square(longitude)
                db.session.add(place)
            db.session.commit()

    return give


def areas(page: str) -> dict[str, tuple[str, str]]:
    """The value written on each quartier, and the classes that paint it."""
    (drawing,) = html.fromstring(page).xpath('//*[@class="map__drawing"]')
    painted = [path.get("class") for path in drawing.xpath('.//*[starts-with(@class, "map__area")]')]
    texts = drawing.xpath(".//*[local-name()='text']")
    names = [" ".join(text.xpath('*[@class="map__name"]/text()')) for text in texts]
    values = [text.xpath('string(*[@class="map__value"]/text())') for text in texts]
    return dict(zip(names, zip(values, painted, strict=True), strict=True))


def test_each_quartier_is_painted_with_its_cell_of_the_matrix(
    reader: PageCheckingClient, whole: Material, draw: Draw
) -> None:
    draw({place: 2 + rank / 20 for rank, place in enumerate(made.QUARTIERS)})
    table = brief(whole).by_quartier
    for theme in ("securite", "sante"):
        found = areas(read(reader, f"quartiers?carte={theme}"))
        assert set(found) == set(made.QUARTIERS)
        for place, (value, painted) in found.items():
            cell = table.cell(theme, place)
            assert value == {Shown.COUNT: percent(cell.share), Shown.MASKED: MASKED}.get(cell.shown, value)
            assert f"map__area--{cell.shown.value}" in painted
            assert (cell.shown is Shown.COUNT) == any(name[5:].isdigit() for name in painted.split())


def test_what_is_masked_is_told_neither_by_the_drawing_nor_by_its_words(
    reader: PageCheckingClient, whole: Material, draw: Draw
) -> None:
    draw({place: 2 + rank / 20 for rank, place in enumerate(made.QUARTIERS)})
    table = brief(whole).by_quartier
    theme = next(row.code for row in table.rows if table.cell(row.code, "Fleming La Reille").shown is Shown.MASKED)
    page = read(reader, f"quartiers?carte={theme}")
    (said,) = html.fromstring(page).xpath('//*[@class="map__drawing"]/@aria-label')
    assert f"Fleming La Reille\u00a0: {MASKED}" in said


def test_who_answered_may_be_painted(reader: PageCheckingClient, whole: Material, draw: Draw) -> None:
    draw({"Grazailles": 2.0, "Fleming La Reille": 2.05})
    profile = brief(whole).done.by_quartier
    found = areas(read(reader, "quartiers?carte=repondants"))
    assert {place: value for place, (value, _classes) in found.items()} == {
        place: percent(profile.cell(place).share) for place in ("Grazailles", "Fleming La Reille")
    }


@pytest.mark.parametrize("page", ["quartiers", "quartiers?quartier=Grazailles"])
def test_one_contour_is_no_map(reader: PageCheckingClient, whole: Material, draw: Draw, page: str) -> None:
    draw({"Grazailles": 2.0})
    assert "Sur la carte" not in text_of(read(reader, page))


def test_names_that_would_cover_each_other_are_moved_apart(
    reader: PageCheckingClient, whole: Material, draw: Draw
) -> None:
    draw({"Grazailles": 2.0, "Fleming La Reille": 2.0005, "La Conte Ozanam": 2.5})
    texts = html.fromstring(read(reader, "quartiers")).xpath("//*[@class='map__drawing']//*[local-name()='text']")
    tops = {text.xpath("string(*)"): float(text.get("y")) for text in texts}
    assert abs(tops["Grazailles"] - tops["Fleming La"]) >= 25
