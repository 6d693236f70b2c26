"""Contours of quartiers in GeoJSON (RFC 7946): each feature is taken as it is or refused in one sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from surveys.importing.errors import TableError
from surveys.places import PlaceFacts
from surveys.words import _

_NAMES = ("nom_qp", "lib_qp", "nom", "name", "libelle")
_CODES = ("code_qp", "codeqp", "code")
_POPULATIONS = ("population", "pop", "pop_mun")
MOST = 300
_TOLD = 12


def read(text: str, *, name: str) -> list[PlaceFacts]:
    """The quartiers of a FeatureCollection, or of one Feature; raise `TableError` with every reason, one a line."""
    features = _features(text, name=name)
    found: list[PlaceFacts] = []
    faults: list[str] = []
    for rank, feature in enumerate(features, start=1):
        try:
            found.append(_facts(feature))
        except ValueError as error:
            faults.append(f"{_called(feature, rank)} : {error}")
    if faults:
        left = len(faults) - _TOLD
        more = [_("Et %(left)s autres entités du même fichier.", left=left)] if left > 0 else []
        raise TableError("\n".join([*faults[:_TOLD], *more]))
    return found


def _features(text: str, *, name: str) -> Sequence[Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise TableError(_("« %(name)s » n’est pas du JSON : exportez-le de nouveau en GeoJSON.", name=name)) from None
    kind = data.get("type") if isinstance(data, dict) else None
    features = data.get("features") if kind == "FeatureCollection" else [data] if kind == "Feature" else None
    if not isinstance(features, list):
        raise TableError(
            _("« %(name)s » n’est pas du GeoJSON : il y faut une « FeatureCollection » de contours.", name=name)
        )
    if not features:
        raise TableError(_("« %(name)s » ne contient aucune entité.", name=name))
    if len(features) > MOST:
        raise TableError(
            _(
                "« %(name)s » contient %(count)s entités : ne gardez que celles de votre territoire, %(most)s au plus.",
                name=name,
                count=len(features),
                most=MOST,
            )
        )
    return features


def _facts(feature: Any) -> PlaceFacts:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ValueError(_("ce n’est pas une entité (« Feature »)."))
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise ValueError(_("ses propriétés ne sont pas un objet."))
    name = _property(properties, _NAMES)
    if not name:
        raise ValueError(_("elle n’a pas de nom ; la propriété « nom_qp » est attendue."))
    return PlaceFacts(
        name=name,
        code=_property(properties, _CODES),
        population=_population(_property(properties, _POPULATIONS)),
        contour=_contour(feature.get("geometry")),
    )


def _called(feature: Any, rank: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = _property(properties, (*_CODES, *_NAMES)) if isinstance(properties, dict) else ""
    return _("Entité n° %(rank)s (%(code)s)", rank=rank, code=code) if code else _("Entité n° %(rank)s", rank=rank)


def _property(properties: Mapping[str, Any], names: Sequence[str]) -> str:
    folded = {str(key).casefold(): value for key, value in properties.items()}
    for name in names:
        value = folded.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return ""


def _population(text: str) -> int | None:
    digits = text.replace(" ", "").replace("\u202f", "")
    return int(digits) if digits.isdecimal() and len(digits) < 8 else None


def _contour(geometry: Any) -> dict[str, Any]:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        kind = geometry.get("type", "") if isinstance(geometry, dict) else ""
        raise ValueError(
            _("sa géométrie « %(kind)s » n’est pas un contour ; il faut un Polygon ou un MultiPolygon.", kind=kind)
            if kind
            else _("elle n’a pas de contour ; il faut un Polygon ou un MultiPolygon.")
        )
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if geometry["type"] == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise ValueError(_("son contour est vide."))
    cleaned = [_polygon(polygon) for polygon in polygons]
    return {"type": geometry["type"], "coordinates": cleaned[0] if geometry["type"] == "Polygon" else cleaned}


def _polygon(polygon: Any) -> list[list[list[float]]]:
    if not isinstance(polygon, list) or not polygon:
        raise ValueError(_("son contour est vide."))
    return [_ring(ring) for ring in polygon]


def _ring(ring: Any) -> list[list[float]]:
    if not isinstance(ring, list) or len(ring) < 4:
        raise ValueError(_("un anneau de son contour a moins de quatre points."))
    positions = [_position(position) for position in ring]
    if positions[0] != positions[-1]:
        raise ValueError(_("un anneau de son contour n’est pas fermé : son dernier point doit être le premier."))
    return positions


def _position(position: Any) -> list[float]:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) != 2 or not all(
        isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in numbers
    ):
        raise ValueError(_("un point de son contour n’est pas « [longitude, latitude] »."))
    longitude, latitude = float(numbers[0]), float(numbers[1])
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise ValueError(
            _("ses coordonnées ne sont pas en degrés : exportez le fichier en WGS 84 (EPSG:4326), pas en Lambert 93.")
        )
    return [longitude, latitude]
