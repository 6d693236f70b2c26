"""Quartiers: typed or read from a file, looked over, never lost once somebody answered for one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveys import places, places_files, places_groups, places_importing, workshops
from surveys.importing.errors import TableError
from surveys.models import Consultation, MeetingKind, Place, PlaceKind
from surveys.places import PlaceError, PlaceFacts
from surveys.places_importing import Outcome
from surveys.workshops import MeetingFacts
from tests.surveys.making import NOW, TODAY, draft

SQUARE = [[[2.0, 43.0], [2.01, 43.0], [2.01, 43.01], [2.0, 43.0]]]
FILE = (
    "Nom;Code QP;Population;Type;Alias\n"
    "Grazailles;QP011001;1 760;QPV;Graizailles|Les Grazailles\nLe Dôme;;;quartier vécu;\n"
)


@pytest.fixture
def made(session: Session) -> Consultation:
    return draft(session)


def _names(session: Session, made: Consultation) -> list[str]:
    return [row.place.name for row in places.of(session, made.id)]


def _feature(**changes: Any) -> dict[str, Any]:
    feature = {
        "type": "Feature",
        "properties": {"code_qp": "QP011001", "nom_qp": "Grazailles"},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    return feature | changes


def _collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_the_three_places_that_are_not_a_quartier_always_exist_and_stay_last(
    session: Session, made: Consultation
) -> None:
    places.add(session, made.id, PlaceFacts("Grazailles"))
    assert [row.place.kind for row in places.of(session, made.id)][1:] == [
        PlaceKind.OUTSIDE,
        PlaceKind.BETWEEN,
        PlaceKind.UNKNOWN,
    ]
    places.ensure_fixed(session, made.id)
    assert len(places.of(session, made.id)) == 4
    for row in places.of(session, made.id)[1:]:
        with pytest.raises(PlaceError, match="toute consultation"):
            places.remove(session, row.place)


def test_a_quartier_keeps_its_slug_when_it_is_renamed(session: Session, made: Consultation) -> None:
    place = places.add(session, made.id, PlaceFacts("Le Viguier"))
    places.change(session, place, PlaceFacts("Le Viguier Saint-Jacques", aliases=("viguier",), population=2430))
    assert (place.slug, place.name, place.population) == ("le-viguier", "Le Viguier Saint-Jacques", 2430)
    assert places.of(session, made.id)[0].aliases == ("viguier",)


def test_two_quartiers_of_the_same_slug_are_told_apart(session: Session, made: Consultation) -> None:
    first = places.add(session, made.id, PlaceFacts("Le Viguier"))
    places.change(session, first, PlaceFacts("Autre nom"))
    assert places.add(session, made.id, PlaceFacts("Le Viguiér 2")).slug == "le-viguier-2"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (PlaceFacts(" "), "name"),
        (PlaceFacts("GRAZAILLES"), "name"),
        (PlaceFacts("Ailleurs", aliases=("graizailles",)), "aliases"),
        (PlaceFacts("Ailleurs", code="QP1"), "code"),
        (PlaceFacts("Ailleurs", population=-1), "population"),
        (PlaceFacts("a" * 201), "name"),
        (PlaceFacts("Ailleurs", aliases=("non précisé", "Hors QPV")), "aliases"),
    ],
)
def test_a_name_code_or_alias_that_belongs_to_another_is_refused_where_it_stands(
    session: Session, made: Consultation, facts: PlaceFacts, field: str
) -> None:
    places.add(session, made.id, PlaceFacts("Grazailles", code="QP1", aliases=("Graizailles",)))
    with pytest.raises(PlaceError) as refused:
        places.add(session, made.id, facts)
    assert refused.value.field == field


def test_a_quartier_that_was_spoken_of_cannot_be_removed(session: Session, made: Consultation) -> None:
    used, free = (places.add(session, made.id, PlaceFacts(name)) for name in ("Grazailles", "Le Viguier"))
    facts = MeetingFacts(client_id="m", kind=MeetingKind.WORKSHOP, title="Atelier", day=TODAY, place_ids=(used.id,))
    workshops.record_meeting(session, consultation_id=made.id, facts=facts)
    with pytest.raises(PlaceError, match="peut être renommé, pas supprimé"):
        places.remove(session, used)
    places.remove(session, free)
    assert "Le Viguier" not in _names(session, made)


def test_the_order_is_changed_one_rank_at_a_time(session: Session, made: Consultation) -> None:
    a, _b, c = (places.add(session, made.id, PlaceFacts(name)) for name in ("Quartier A", "Quartier B", "Quartier C"))
    places.move(session, c, -1)
    places.move(session, a, -1)
    assert _names(session, made)[:3] == ["Quartier A", "Quartier C", "Quartier B"]
    fixed = places.of(session, made.id)[-1].place
    places.move(session, fixed, -1)
    assert _names(session, made)[:3] == ["Quartier A", "Quartier C", "Quartier B"]


def test_groups_overlap(session: Session, made: Consultation) -> None:
    a, b, c = (places.add(session, made.id, PlaceFacts(name)) for name in ("Quartier A", "Quartier B", "Quartier C"))
    left = places_groups.save(session, made.id, name="Rive gauche", place_ids=[a.id, b.id])
    places_groups.save(session, made.id, name="Centre social", place_ids=[b.id, c.id, 999])
    assert places.of(session, made.id)[1].groups == ("Centre social", "Rive gauche")
    with pytest.raises(PlaceError, match="déjà ce nom"):
        places_groups.save(session, made.id, name="RIVE GAUCHE", place_ids=[])
    places_groups.save(session, made.id, name="Rive gauche", place_ids=[], group=left)
    places_groups.remove(session, left)
    assert [row.group.name for row in places_groups.of(session, made.id)] == ["Centre social"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_table_is_read_in_any_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    data = FILE.replace(";", delimiter).encode(encoding)
    assert places_files.read(data, filename="quartiers.csv") == [
        PlaceFacts("Grazailles", "QP011001", 1760, PlaceKind.QPV, ("Graizailles", "Les Grazailles")),
        PlaceFacts("Le Dôme", "", None, PlaceKind.LIVED, ()),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nom;population\nA;beaucoup\n", "Ligne 2, colonne « population »"),
        ("nom;type\nA;QPV\nB;forêt\n", "Ligne 3, colonne « type »"),
        ("nom;code\n;QP1\n", "Ligne 2, colonne « nom »"),
        ("secteur;code\nA;B\n", "Aucune colonne ne s’appelle « nom »"),
        ("nom;code\n", "aucun quartier"),
        ("", "est vide"),
        ("{", "n’est pas du JSON"),
        ("{}", "n’est pas du GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', "aucune entité"),
    ],
)
def test_a_file_that_cannot_be_taken_says_where_and_why(text: str, words: str) -> None:
    with pytest.raises(TableError, match=words):
        places_files.read(text.encode(), filename="../quartiers.csv")


def test_a_file_of_more_than_10_mo_is_refused() -> None:
    with pytest.raises(TableError, match="dépasse 10 Mo"):
        places_files.read(b" " * (10 * 1024 * 1024 + 1), filename="qpv.geojson")


def test_contours_are_read_with_their_code_and_name() -> None:
    (found,) = places_files.read(_collection(_feature()), filename="qpv.geojson")
    assert (found.name, found.code, found.kind) == ("Grazailles", "QP011001", PlaceKind.QPV)
    assert found.contour == {"type": "Polygon", "coordinates": SQUARE}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"geometry": None}, "pas de contour"),
        ({"geometry": {"type": "Point", "coordinates": [2, 43]}}, "« Point » n’est pas un contour"),
        ({"geometry": {"type": "Polygon", "coordinates": []}}, "est vide"),
        ({"geometry": {"type": "Polygon", "coordinates": [SQUARE[0][:3]]}}, "moins de quatre points"),
        ({"geometry": {"type": "Polygon", "coordinates": [[*SQUARE[0][:3], [9, 9]]]}}, "n’est pas fermé"),
        ({"geometry": {"type": "Polygon", "coordinates": [[["a", 1]] * 4]}}, "longitude, latitude"),
        ({"geometry": {"type": "MultiPolygon", "coordinates": [[[[650000.0, 6250000.0]] * 4]]}}, "Lambert 93"),
        ({"properties": {"code_qp": "QP011001"}}, "n’a pas de nom"),
        ({"properties": []}, "n’a pas de nom"),
        ({"type": "Machin"}, "n’est pas une entité"),
    ],
)
def test_a_contour_that_is_not_one_is_refused_by_its_number(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(TableError, match=f"Entité n° 2.* : .*{words}"):
        places_files.read(_collection(_feature(), _feature(**changes)), filename="qpv.geojson")


def _import(session: Session, made: Consultation, data: bytes, name: str) -> list[Outcome]:
    found = places_files.read(data, filename=name)
    outcomes = [proposal.outcome for proposal in places_importing.plan(session, made.id, found)]
    places_importing.apply(session, made.id, found, wanted=range(1, 100))
    return outcomes


def test_importing_twice_changes_nothing(session: Session, made: Consultation) -> None:
    assert _import(session, made, FILE.encode(), "q.csv") == [Outcome.NEW, Outcome.NEW]
    assert _import(session, made, FILE.encode(), "q.csv") == [Outcome.SAME, Outcome.SAME]
    assert _import(session, made, _collection(_feature()), "q.geojson") == [Outcome.CHANGED]
    assert _import(session, made, _collection(_feature()), "q.geojson") == [Outcome.SAME]
    row = places.of(session, made.id)[0]
    assert (row.place.population, row.place.contour is not None) == (1760, True)
    assert row.aliases == ("Graizailles", "Les Grazailles")


def test_a_quartier_met_by_its_code_is_renamed_and_keeps_its_old_name_as_an_alias(
    session: Session, made: Consultation
) -> None:
    place = places.add(session, made.id, PlaceFacts("Les tours", code="QP011001"))
    assert _import(session, made, _collection(_feature()), "q.geojson") == [Outcome.CHANGED]
    assert (place.name, place.slug) == ("Grazailles", "les-tours")
    assert places.of(session, made.id)[0].aliases == ("Les tours",)
    assert _import(session, made, _collection(_feature()), "q.geojson") == [Outcome.SAME]


def test_what_belongs_to_another_or_comes_twice_is_refused_alone(session: Session, made: Consultation) -> None:
    places.add(session, made.id, PlaceFacts("Le Viguier", aliases=("Graizailles",)))
    text = "nom;alias\nGrazailles;Graizailles\nOzanam;\nozanam;\nHors QPV;\n"
    assert _import(session, made, text.encode(), "q.csv") == [
        Outcome.REFUSED,
        Outcome.NEW,
        Outcome.REFUSED,
        Outcome.REFUSED,
    ]
    assert _names(session, made)[:2] == ["Le Viguier", "Ozanam"]


def test_only_the_quartiers_chosen_are_taken(session: Session, made: Consultation) -> None:
    found = places_files.read(FILE.encode(), filename="q.csv")
    assert places_importing.apply(session, made.id, found, wanted={2}) == 1
    assert _names(session, made)[0] == "Le Dôme"


def test_a_file_set_aside_is_found_again_as_it_was_read(session: Session, made: Consultation) -> None:
    found = places_files.read(_collection(_feature()), filename="q.geojson")
    places_files.keep(session, made.id, found, filename="C:\\carte\\q.geojson", at=NOW)
    session.expire_all()
    assert places_files.kept(session, made.id) == ("q.geojson", found)
    places_files.keep(session, made.id, found * 2, filename="r.geojson", at=NOW)
    kept = places_files.kept(session, made.id)
    assert kept
    assert len(kept[1]) == 2
    places_files.forget(session, made.id)
    assert places_files.kept(session, made.id) is None


def test_removing_a_quartier_takes_its_aliases_and_memberships_with_it(session: Session, made: Consultation) -> None:
    place = places.add(session, made.id, PlaceFacts("Grazailles", aliases=("Graizailles",)))
    places_groups.save(session, made.id, name="Rive gauche", place_ids=[place.id])
    places.remove(session, place)
    assert session.get(Place, place.id) is None
    assert places_groups.of(session, made.id)[0].place_ids == frozenset()
