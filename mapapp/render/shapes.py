"""Geometries in layout pixels, put on a sheet as Matplotlib artists; all are cut to the map's box."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from mapapp.render.sheet import Box, Sheet

Points = npt.NDArray[np.float64]
Geometries = Sequence[shapely.Geometry] | npt.NDArray[np.object_]
FINEST = 2
"""Decimals of a layout pixel that are kept."""
Ring = tuple[tuple[float, float], ...]


def polygon_path(geometries: Geometries) -> Path | None:
    """Return the rings of all polygons among the geometries as one path; None when there is none.

    Holes run against their outlines: what is filled depends on it, and cutting to a box does not keep it.
    """
    parts = shapely.get_parts(_as_array(geometries))
    parts = shapely.get_parts(parts)
    polygons = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    rings = shapely.get_rings(shapely.orient_polygons(polygons))
    if not len(rings):
        return None
    points, owner = shapely.get_coordinates(rings, return_index=True)
    points = np.round(points, FINEST)
    codes = np.full(len(points), Path.LINETO, dtype=np.uint8)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    codes[starts] = Path.MOVETO
    codes[np.append(starts[1:], len(points)) - 1] = Path.CLOSEPOLY
    return Path(points, codes)


def line_points(geometries: Geometries) -> list[Points]:
    """Return the points of every line among the geometries, one array a line; those that join are one."""
    parts = shapely.get_parts(shapely.get_parts(_as_array(geometries)))
    lines = parts[np.isin(shapely.get_type_id(parts), (1, 2))]
    merged = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines))) if len(lines) else lines
    points, owner = shapely.get_coordinates(merged, return_index=True)
    return np.split(np.round(points, FINEST), np.flatnonzero(np.diff(owner)) + 1) if len(merged) else []


class Painter:
    """Put shapes on a sheet, cut to one box of it."""

    def __init__(self, sheet: Sheet, box: Box) -> None:
        self.sheet = sheet
        self.box = box
        pixels = np.array([box.left, box.bottom, box.right, box.top]) * sheet.scale
        self._clip = Bbox.from_extents(*pixels)

    def _add(self, artist: Artist, order: float) -> None:
        self.sheet.add(artist, order)
        artist.set_clip_box(self._clip)

    def area(
        self, geometries: Geometries, order: float, fill: str = "none", line: str = "none", width: float = 0
    ) -> None:
        """Fill polygons and draw their edge; nothing at all where both are none."""
        if fill == line == "none":
            return
        if path := polygon_path(geometries):
            self._add(PathPatch(path, facecolor=fill, edgecolor=line, linewidth=width, joinstyle="round"), order)

    def lines(
        self, geometries: Geometries, order: float, colour: str, width: float, dashes: tuple[float, ...] = ()
    ) -> None:
        """Draw lines, solid or in dashes of those lengths in pixels."""
        style = (0, tuple(length / width for length in dashes)) if dashes else "solid"
        if points := line_points(geometries):
            self._add(
                LineCollection(
                    points, colors=colour, linewidths=width, linestyles=[style],
                    capstyle="butt" if dashes else "round", joinstyle="round",
                ),
                order,
            )  # fmt: skip

    def stripes(
        self, geometries: Geometries, order: float, colour: str, period: float, band: float, lean: int, first: float = 0
    ) -> None:
        """Lay slanted bands over polygons: one every `period` pixels, `band` wide, leaning right (1) or left (-1)."""
        path = polygon_path(geometries)
        if path is None:
            return
        left, bottom, right, top = _bounds(path, self.box)
        rise = top - bottom
        step, thick = period * np.sqrt(2), band * np.sqrt(2)
        shift = lean * bottom + first * np.sqrt(2)
        least, most = (left - rise, right) if lean > 0 else (left, right + rise)
        starts = np.arange(np.floor((least - thick - shift) / step), (most - shift) / step + 1) * step + shift
        corners = [
            np.array([(x, bottom), (x + thick, bottom), (x + thick + lean * rise, top), (x + lean * rise, top)])
            for x in starts
        ]
        shapes = [Path(corner) for corner in corners]
        bands = PathCollection(shapes, facecolors=colour, edgecolors="none")
        self._add(bands, order)
        bands.set_clip_path(path, self.sheet.axes.transData)

    def ruling(
        self, geometries: Geometries, order: float, colour: str, angle: float, pitch: float, width: float
    ) -> None:
        """Rule polygons with parallel lines at an angle in degrees, one every `pitch` pixels."""
        path = polygon_path(geometries)
        if path is None:
            return
        left, bottom, right, top = _bounds(path, self.box)
        along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        across = np.array([-along[1], along[0]])
        corners = np.array([(x, y) for x in (left, right) for y in (bottom, top)])
        off, on = corners @ across, corners @ along
        steps = np.arange(np.floor(off.min() / pitch), off.max() / pitch + 1) * pitch
        rules = [(step * across + on.min() * along, step * across + on.max() * along) for step in steps]
        drawn = LineCollection(rules, colors=colour, linewidths=width, capstyle="butt")
        self._add(drawn, order)
        drawn.set_clip_path(path, self.sheet.axes.transData)

    def dots(self, geometries: Geometries, order: float, colour: str, pitch: float, size: float) -> None:
        """Lay a grid of round dots over polygons."""
        whole = shapely.union_all(_as_array(geometries))
        path = polygon_path([whole])
        if path is None:
            return
        left, bottom, right, top = _bounds(path, self.box)
        columns = np.arange(np.floor(left / pitch), right / pitch + 1) * pitch
        rows = np.arange(np.floor(bottom / pitch), top / pitch + 1) * pitch
        x, y = (values.ravel() for values in np.meshgrid(columns, rows))
        x = x + np.where(np.round(y / pitch) % 2, pitch / 2, 0)
        shapely.prepare(whole)
        inside = shapely.contains_xy(whole, x, y)
        self.marks(np.column_stack([x, y])[inside], Path.unit_circle(), size, order, colour)

    def marks(
        self, points: Points, shape: Path, size: float, order: float, fill: str, line: str = "none", width: float = 0
    ) -> None:
        """Put one shape (in [-1, 1]) of that radius in pixels at every point."""
        radius = size * self.sheet.scale
        marks = PathCollection(
            [Path(_vertices(shape) * radius, shape.codes)], offsets=points, offset_transform=self.sheet.axes.transData,
            facecolors=fill, edgecolors=line, linewidths=width,
        )  # fmt: skip
        marks.set_transform(Affine2D())
        self._add(marks, order)


def glyph_path(rings: tuple[Ring, ...]) -> Path:
    """Return a glyph of the look (rings in [-1, 1], y down) as a path with y up."""
    vertices, codes = [], []
    for ring in rings:
        points = [(x, -y) for x, y in ring]
        vertices += [*points, points[0]]
        codes += [Path.MOVETO, *[Path.LINETO] * (len(points) - 1), Path.CLOSEPOLY]
    return Path(np.array(vertices, dtype=float), codes)


def _as_array(geometries: Geometries) -> npt.NDArray[np.object_]:
    return np.asarray(geometries, dtype=object)


def _vertices(path: Path) -> Points:
    return cast("Points", path.vertices)


def _bounds(path: Path, box: Box) -> tuple[float, float, float, float]:
    """Return the part of the path's bounds that lies in the box: left, bottom, right, top."""
    low, high = _vertices(path).min(axis=0), _vertices(path).max(axis=0)
    return (
        max(low[0], box.left), max(low[1], box.bottom),
        min(high[0], box.right), min(high[1], box.top),
    )  # fmt: skip
