"""The whole history in one TopoJSON: every boundary stored once, whatever the number of days it lasts.

Rings of all features, of all periods, are cut into arcs at the vertices where the set of rings that use the segment
changes; each arc is stored once, as differences on an integer grid (Bostock & Metcalf, The TopoJSON Format
Specification). A feature carries its period as properties, so any reader of TopoJSON gets the slice of a day by a
filter, and the fronts of a day are the arcs with two holders.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from mapapp.domain.errors import BadTopology

Ints = npt.NDArray[np.int64]
Path = Ints
"""Vertex numbers along a ring (closed: the first is not repeated) or a line."""


@dataclass
class _Network:
    """All paths of all features, as vertex numbers, and the arcs they are cut into."""

    junction: npt.NDArray[np.bool_]
    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    arcs: list[Ints] = field(default_factory=list)

    def arc(self, path: Ints) -> int:
        """Return the number of the arc along these vertices, `~number` if it is stored the other way round."""
        found = self.starts.get((int(path[0]), int(path[1])))
        if found is not None:
            return found
        number = len(self.arcs)
        self.arcs.append(path)
        self.starts[int(path[0]), int(path[1])] = number
        self.starts.setdefault((int(path[-1]), int(path[-2])), ~number)
        return number

    def cut_ring(self, ring: Ints) -> list[int]:
        """Return the arcs of a closed ring, in order; a ring without a junction begins at its lowest vertex."""
        cuts = np.flatnonzero(self.junction[ring])
        first = int(cuts[0]) if len(cuts) else int(ring.argmin())
        turned = np.concatenate([ring[first:], ring[:first], ring[first : first + 1]])
        inner = cuts - first if len(cuts) else np.array([0])
        ends = [*inner[1:].tolist(), len(ring)]
        return [self.arc(turned[start : end + 1]) for start, end in zip(inner.tolist(), ends, strict=True)]

    def cut_line(self, line: Ints) -> list[int]:
        """Return the arcs of an open line, in order."""
        inner = np.flatnonzero(self.junction[line[1:-1]]) + 1
        starts = [0, *inner.tolist()]
        ends = [*inner.tolist(), len(line) - 1]
        return [self.arc(line[start : end + 1]) for start, end in zip(starts, ends, strict=True)]


def encode(objects: Mapping[str, gpd.GeoDataFrame], grid: float = 1e-4) -> dict[str, Any]:
    """Return the layers as one TopoJSON with a `transform`, their properties as JSON has them, their `id` as id.

    Layers are polygons or lines in EPSG:4326; `grid` is in degrees, and moves no vertex by more than half of it a
    side. Rings that vanish on the grid are left out. Cost: linear in the vertices of all periods, but for one sort.
    """
    frames = {name: frame for name, frame in objects.items() if len(frame)}
    coordinates = np.concatenate(
        [np.empty((0, 2)), *(shapely.get_coordinates(frame.geometry.to_numpy()) for frame in frames.values())]
    )
    corner = np.floor(coordinates.min(axis=0) / grid) if len(coordinates) else np.zeros(2)
    shapes = {name: [_paths(geometry, grid, corner) for geometry in frame.geometry] for name, frame in frames.items()}
    vertices, numbered = _number_vertices(shapes)
    network = _Network(_junctions(numbered, len(vertices)))
    geometries = {name: [_geometry(shape, network) for shape in layer] for name, layer in numbered.items()}
    return {
        "type": "Topology",
        "transform": {"scale": [grid, grid], "translate": _tidy(corner * grid, grid)},
        "objects": {
            name: {
                "type": "GeometryCollection",
                "geometries": _with_properties(geometries.get(name, []), frame),
            }
            for name, frame in objects.items()
        },
        "arcs": [_deltas(vertices[arc]) for arc in network.arcs],
    }


@dataclass(frozen=True)
class _Shape:
    """A geometry as paths: polygons are lists of rings, lines have one open path each."""

    lines: bool
    parts: list[list[Ints]]


def _paths(geometry: BaseGeometry, grid: float, corner: npt.NDArray[np.float64]) -> _Shape:
    """Return a geometry on the integer grid, without repeated vertices and vanished rings."""
    lines = geometry.geom_type in {"LineString", "MultiLineString"}
    parts = []
    for part in shapely.get_parts(geometry):
        rings = [part] if lines else [part.exterior, *part.interiors]
        snapped = [_snap(shapely.get_coordinates(ring), grid, corner, closed=not lines) for ring in rings]
        kept = [path for path in snapped if len(path) >= (2 if lines else 3)]
        if kept and (lines or len(snapped[0]) >= 3):
            parts.append(kept)
    return _Shape(lines, parts)


def _snap(xy: npt.NDArray[np.float64], grid: float, corner: npt.NDArray[np.float64], *, closed: bool) -> Ints:
    """Return coordinates as integers, without repetitions, and for a ring without the closing vertex."""
    whole = (np.rint(xy / grid) - corner).astype(np.int64)
    keep = np.ones(len(whole), dtype=bool)
    keep[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    whole = whole[keep]
    return whole[:-1] if closed and len(whole) > 1 and (whole[0] == whole[-1]).all() else whole


def _number_vertices(shapes: Mapping[str, list[_Shape]]) -> tuple[Ints, dict[str, list[_Shape]]]:
    """Give every distinct vertex a number, and return the shapes in those numbers."""
    paths = [path for layer in shapes.values() for shape in layer for part in shape.parts for path in part]
    if not paths:
        return np.empty((0, 2), dtype=np.int64), {name: list(layer) for name, layer in shapes.items()}
    vertices, numbers = np.unique(np.concatenate(paths), axis=0, return_inverse=True)
    pieces = iter(np.split(numbers.ravel(), np.cumsum([len(path) for path in paths])[:-1]))
    numbered = {
        name: [_Shape(shape.lines, [[next(pieces) for _ in part] for part in shape.parts]) for shape in layer]
        for name, layer in shapes.items()
    }
    return vertices, numbered


def _junctions(shapes: Mapping[str, list[_Shape]], count: int) -> npt.NDArray[np.bool_]:
    """Say of each vertex whether arcs end there.

    They do where a line ends, where three or more segments meet, and where the two segments that meet are not used by
    the same set of paths. Sets are compared by the sum of random numbers drawn for their members.
    """
    junction = np.zeros(count, dtype=bool)
    ends, tokens = [], []
    draw = np.random.default_rng(20170921)
    for layer in shapes.values():
        for shape in layer:
            for path in (path for part in shape.parts for path in part):
                segments = np.column_stack([path[:-1], path[1:]])
                if shape.lines:
                    junction[path[[0, -1]]] = True
                else:
                    segments = np.vstack([segments, [path[-1], path[0]]])
                ends.append(segments)
                tokens.append(np.full(len(segments), draw.integers(1, 2**62), dtype=np.uint64))
    if not ends:
        return junction
    segments = np.sort(np.concatenate(ends), axis=1)
    distinct, which = np.unique(segments[:, 0] * count + segments[:, 1], return_inverse=True)
    signature = np.zeros(len(distinct), dtype=np.uint64)
    np.add.at(signature, which, np.concatenate(tokens))
    low, high = np.divmod(distinct, count)
    at, of = np.concatenate([low, high]), np.concatenate([signature, signature])
    smallest = np.full(count, np.iinfo(np.uint64).max, dtype=np.uint64)
    largest = np.zeros(count, dtype=np.uint64)
    np.minimum.at(smallest, at, of)
    np.maximum.at(largest, at, of)
    junction |= (np.bincount(at, minlength=count) != 2) | (smallest != largest)
    return junction


def _geometry(shape: _Shape, network: _Network) -> dict[str, Any]:
    """Return a shape as a TopoJSON geometry, cutting its paths into arcs."""
    if shape.lines:
        lines = [network.cut_line(part[0]) for part in shape.parts]
        return (
            {"type": "LineString", "arcs": lines[0]} if len(lines) == 1 else {"type": "MultiLineString", "arcs": lines}
        )
    polygons = [[network.cut_ring(ring) for ring in part] for part in shape.parts]
    return (
        {"type": "Polygon", "arcs": polygons[0]} if len(polygons) == 1 else {"type": "MultiPolygon", "arcs": polygons}
    )


def _with_properties(geometries: list[dict[str, Any]], frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    """Add id and properties to the geometries of a layer."""
    records = frame.drop(columns="geometry").to_dict("records")
    complete = []
    for geometry, record in zip(geometries, records, strict=True):
        properties = {key: plain(value) for key, value in record.items() if key != "id"}
        complete.append(
            {**geometry, "id": record["id"], "properties": properties}
            if "id" in record
            else {**geometry, "properties": properties}
        )
    return complete


def plain(value: Any) -> Any:
    """Return a cell as JSON has it: missing values as null, tuples as lists, NumPy scalars as numbers."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)) else value


def _deltas(points: Ints) -> list[list[int]]:
    """Return the first point of an arc and then the steps."""
    return [list(map(int, point)) for point in np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))]


def _tidy(values: npt.NDArray[np.float64], grid: float) -> list[float]:
    """Round coordinates to the decimals of the grid."""
    return [round(float(value), _decimals(grid)) for value in values]


def _decimals(grid: float) -> int:
    """Return the number of decimals that writes every multiple of the grid, a power of ten, exactly."""
    return max(0, round(-math.log10(grid)))


def decode(topology: Mapping[str, Any], name: str) -> gpd.GeoDataFrame:
    """Return a layer of a TopoJSON as a GeoDataFrame in EPSG:4326, one row a feature, `id` first.

    Coordinates are rounded to the decimals of the grid. Raises BadTopology when the object or an arc is missing.
    """
    try:
        transform, collection = topology["transform"], topology["objects"][name]
        scale = transform["scale"]
        arcs = [_absolute(arc, transform) for arc in topology["arcs"]]
        features = collection["geometries"]
        geometries = [_decode_geometry(feature, arcs) for feature in features]
    except (KeyError, IndexError) as missing:
        raise BadTopology(reason=f"The topology has no {missing}.") from missing
    rows = [{"id": feature.get("id"), **feature.get("properties", {})} for feature in features]
    rounded = shapely.transform(np.array(geometries, dtype=object), lambda xy: np.round(xy, _decimals(scale[0])))
    return gpd.GeoDataFrame(rows, geometry=list(rounded), crs=4326)


def _absolute(arc: Iterable[Iterable[int]], transform: Mapping[str, Any]) -> npt.NDArray[np.float64]:
    """Return an arc's coordinates in degrees."""
    steps = np.array(list(arc), dtype=np.float64)
    return np.asarray(steps.cumsum(axis=0) * transform["scale"] + transform["translate"])


def _join(numbers: Iterable[int], arcs: list[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """Return the coordinates along several arcs, their shared ends once."""
    pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])


def _decode_geometry(feature: Mapping[str, Any], arcs: list[npt.NDArray[np.float64]]) -> BaseGeometry:
    """Return the geometry of one TopoJSON feature."""
    kind, numbers = feature["type"], feature["arcs"]
    if kind == "LineString":
        return LineString(_join(numbers, arcs))
    if kind == "MultiLineString":
        return MultiLineString([LineString(_join(line, arcs)) for line in numbers])
    polygons = [
        Polygon(_join(rings[0], arcs), [_join(ring, arcs) for ring in rings[1:]])
        for rings in ([numbers] if kind == "Polygon" else numbers)
    ]
    return polygons[0] if kind == "Polygon" else MultiPolygon(polygons)
