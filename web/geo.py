"""Where cities are drawn on the map: their boundaries from a GeoJSON file, and tiles that need no boundaries."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from graph.tables import Node
from ontology.errors import FileProblem

WIDTH: Final = 1000.0
"""Of the map, in its own units."""

TILE: Final = 100.0
"""Width and height of a tile, in the map's own units."""

ROOM: Final = 2.0
"""Places for each tile: more keeps the shape of the land, fewer makes larger tiles."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline as the path of an SVG, and where its label stands."""

    path: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines by the code of the city, on an area of `WIDTH` × `height`; `source` says where they come from."""

    height: float
    shapes: Mapping[str, Shape]
    source: str
    source_en: str


@dataclass(frozen=True, slots=True)
class Tiles:
    """Places of cities on a grid: column and row by the city's id."""

    columns: int
    rows: int
    places: Mapping[str, tuple[int, int]]


def read_boundaries(path: Path) -> Boundaries:
    """Boundaries of a GeoJSON file whose features have `adcode` and, for the label, `cp` as properties.

    Raises:
        FileProblem: it is no such file.
    """
    try:
        return boundaries(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise FileProblem(path, f"不是带 adcode 的 GeoJSON 边界文件：{error}") from error


def boundaries(content: Mapping[str, Any]) -> Boundaries:
    """Boundaries of parsed GeoJSON, stretched by the cosine of the middle latitude."""
    features = content["features"]
    points = [point for one in features for ring in _rings(one["geometry"]) for point in ring]
    west, east = min(x for x, *_ in points), max(x for x, *_ in points)
    south, north = min(y for _, y, *_ in points), max(y for _, y, *_ in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)

    def place(point: Sequence[float]) -> tuple[float, float]:
        return round((point[0] - west) * squeeze * scale, 1), round((north - point[1]) * scale, 1)

    shapes = {}
    for one in features:
        rings = ["L".join(f"{x:g} {y:g}" for x, y in map(place, ring)) for ring in _rings(one["geometry"])]
        x, y = place(one["properties"].get("cp") or one["properties"]["centroid"])
        shapes[str(one["properties"]["adcode"])] = Shape("".join(f"M{ring}Z" for ring in rings), x, y)
    source = str(content.get("source", "未注明来源"))
    return Boundaries(
        round((north - south) * scale, 1), shapes, source, str(content.get("source_en", "source not stated"))
    )


def _rings(geometry: Mapping[str, Any]) -> list[Sequence[Sequence[float]]]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}[geometry["type"]]
    return [ring for polygon in polygons for ring in polygon]


def tiles(cities: Sequence[Node]) -> Tiles:
    """A tile for each city, near where it is; cities without coordinates fill the places after the last row.

    The assignment of cities to places has the least sum of squared distances; it is the same at every call.
    """
    known = [city for city in cities if _coordinates(city) is not None]
    points = [point for city in known if (point := _coordinates(city))]
    columns, rows = _grid(points)
    places = dict(zip((city.id for city in known), _settled(points, columns, rows), strict=True))
    missing = [city for city in cities if city.id not in places]
    columns = columns or min(len(missing), 6)
    for number, city in enumerate(missing):
        places[city.id] = (number % columns, rows + number // columns)
    return Tiles(columns, rows + -(-len(missing) // columns) if columns else 0, places)


def _coordinates(city: Node) -> tuple[float, float] | None:
    """Longitude and latitude."""
    east, north = city.properties.get("longitude"), city.properties.get("latitude")
    if not isinstance(east, int | float) or not isinstance(north, int | float):
        return None
    return float(east), float(north)


def _grid(points: Sequence[tuple[float, float]]) -> tuple[int, int]:
    if not points:
        return 0, 0
    south, north = min(y for _, y in points), max(y for _, y in points)
    width = (max(x for x, _ in points) - min(x for x, _ in points)) * math.cos(math.radians((south + north) / 2))
    height = north - south
    aspect = min(max((width + 0.1) / (height + 0.1), 0.25), 4.0)
    columns = max(1, round(math.sqrt(len(points) * ROOM * aspect)))
    return columns, max(1, math.ceil(len(points) * ROOM / columns))


def _settled(points: Sequence[tuple[float, float]], columns: int, rows: int) -> list[tuple[int, int]]:
    """The place of each point on the grid."""
    if not points:
        return []
    # Imported here: only the map needs it, and it takes a moment.
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    where = np.array(points)
    low, span = where.min(axis=0), np.maximum(np.ptp(where, axis=0), 1e-9)
    wanted = (where - low) / span * (columns - 1, rows - 1)
    wanted[:, 1] = rows - 1 - wanted[:, 1]
    grid = np.array([(column, row) for row in range(rows) for column in range(columns)])
    cost = ((wanted[:, None, :] - grid[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(cost)
    return [(int(grid[one][0]), int(grid[one][1])) for one in chosen]
