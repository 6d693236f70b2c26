"""Contours and points of the earth as a small drawing: pure arithmetic, no map, nothing fetched from anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Position = tuple[float, float]
Geometry = Mapping[str, Any]
#: The longest side of a drawing, in its own units.
SIDE = 240.0
MARGIN = 6.0
#: In degrees: what stands around a single point.
LEAST_SPAN = 0.0005


@dataclass(frozen=True)
class Frame:
    """A window on the earth drawn in ``width`` × ``height`` units, north up; near enough flat for a town."""

    west: float
    north: float
    #: Units for one degree of longitude, and of latitude.
    across: float
    down: float
    width: float
    height: float

    def point(self, position: Position) -> Position:
        """Where a (longitude, latitude) stands in the drawing, y growing downwards."""
        longitude, latitude = position
        x = MARGIN + (longitude - self.west) * self.across
        y = MARGIN + (self.north - latitude) * self.down
        return round(x, 1), round(y, 1)

    def place(self, point: Position) -> Position:
        """The (longitude, latitude) of a point of the drawing: the way back from `point`."""
        x, y = point
        return round(self.west + (x - MARGIN) / self.across, 6), round(self.north - (y - MARGIN) / self.down, 6)

    def path(self, geometry: Geometry) -> str:
        """The rings of a contour as the data of an SVG path, to be filled with the rule « evenodd »."""
        return " ".join(self._ring(ring) for ring in rings(geometry))

    def centre(self, geometry: Geometry) -> Position:
        """The middle of a contour's window in the drawing, where its name may be written."""
        west, south, east, north = _bounds(_positions(geometry))
        return self.point(((west + east) / 2, (south + north) / 2))

    @property
    def box(self) -> str:
        """The value of ``viewBox``."""
        return f"0 0 {self.width:g} {self.height:g}"

    def _ring(self, ring: Iterable[Position]) -> str:
        points = list(dict.fromkeys(self.point(position) for position in ring))
        return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z"


def frame(geometries: Iterable[Geometry], points: Iterable[Position] = (), *, side: float = SIDE) -> Frame | None:
    """The smallest window that holds contours and points at one scale; None where there is nothing to draw."""
    positions = [position for geometry in geometries for position in _positions(geometry)] + list(points)
    if not positions:
        return None
    west, south, east, north = _widened(_bounds(positions))
    # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    squeeze = max(math.cos(math.radians((south + north) / 2)), 0.01)
    scale = (side - 2 * MARGIN) / max((east - west) * squeeze, north - south)
    width = round((east - west) * squeeze * scale + 2 * MARGIN, 1)
    height = round((north - south) * scale + 2 * MARGIN, 1)
    return Frame(west, north, squeeze * scale, scale, width, height)


def rings(geometry: Geometry) -> Iterator[list[Position]]:
    """Every ring of a Polygon or a MultiPolygon, outer and inner; none for anything else."""
    match geometry.get("type"):
        case "Polygon":
            polygons = [geometry["coordinates"]]
        case "MultiPolygon":
            polygons = geometry["coordinates"]
        case _:
            polygons = []
    for polygon in polygons:
        for ring in polygon:
            yield [(float(position[0]), float(position[1])) for position in ring]


def _positions(geometry: Geometry) -> list[Position]:
    return [position for ring in rings(geometry) for position in ring]


def _bounds(positions: Iterable[Position]) -> tuple[float, float, float, float]:
    longitudes, latitudes = zip(*positions, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _widened(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    if max(east - west, north - south) >= LEAST_SPAN:
        return bounds
    half = LEAST_SPAN / 2
    return west - half, south - half, east + half, north + half
