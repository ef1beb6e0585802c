"""From places to areas: an exact partition of the country into the cells of its places.

The partition is a Voronoi diagram (Okabe et al., Spatial Tessellations, 2000) made separately on each side of a
river, so that no cell reaches across the water. All its lines are noded once on a grid (snap rounding, Hobby 1999) and
turned into faces: an exact coverage whose faces can be united without a gap or an overlap.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from mapapp.domain.projection import GEOGRAPHIC, project

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Partition:
    """Faces in EPSG:4326 that tile the country, each with the index of the point whose cell it is part of."""

    faces: Geometries
    owner: npt.NDArray[np.intp]

    def unite(self, chosen: npt.NDArray[np.bool_]) -> BaseGeometry:
        """Return the union of the faces whose owner is chosen; exact, in linear time."""
        return unite_coverage(self.faces[chosen[self.owner]])

    def neighbours(self) -> Iterator[tuple[int, int]]:
        """Yield the pairs of points, both ways round and each once, whose cells share an edge."""
        one, other = shapely.STRtree(self.faces).query(self.faces, predicate="touches")
        edge = shapely.length(shapely.intersection(self.faces[one], self.faces[other])) > 0
        pairs = np.column_stack([self.owner[one[edge]], self.owner[other[edge]]])
        yield from np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0).tolist()


def unite_coverage(faces: Geometries) -> BaseGeometry:
    """Return the union of faces of one coverage as (Multi)Polygon with the right-hand rule of RFC 7946."""
    return shapely.orient_polygons(shapely.coverage_union_all(faces), exterior_cw=False)


def split_by_river(country: BaseGeometry, river: BaseGeometry) -> dict[str, BaseGeometry]:
    """Cut a country, EPSG:4326, along a river that runs through it, into the `left` and the `right` side.

    The river is one unbroken line, drawn downstream, the direction in which left and right are meant.
    """
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([country.boundary, river])]))
    faces = faces[shapely.contains(country, shapely.point_on_surface(faces))]
    line = LineString(shapely.get_coordinates(river))
    inner = shapely.get_coordinates(shapely.point_on_surface(faces))
    sides = np.array([_side_of(Point(xy), line) for xy in inner])
    return {side: shapely.union_all(faces[sides == side]) for side in ("left", "right")}


def _side_of(point: Point, river: LineString) -> str:
    """Return the side of the river's nearest stretch on which the point lies."""
    along = river.project(point)
    step = river.length * 1e-6
    before, after = river.interpolate(max(along - step, 0)), river.interpolate(along + step)
    (ax, ay), (bx, by), (x, y) = before.coords[0], after.coords[0], point.coords[0]
    return "left" if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0 else "right"


def nearest_side(points: Geometries, sides: Mapping[str, BaseGeometry]) -> npt.NDArray[np.str_]:
    """Return for each point the side that contains it, or is nearest to it."""
    names = sorted(sides)
    distances = np.array([shapely.distance(points, sides[name]) for name in names])
    return np.asarray(np.array(names)[distances.argmin(axis=0)], dtype=np.str_)


def partition_country(
    points: Geometries, point_sides: Sequence[str], sides: Mapping[str, BaseGeometry], crs: CRS, grid: float
) -> Partition:
    """Partition the sides into the cells of the points that lie on them.

    Points and sides are EPSG:4326; cells are nearest in `crs`, which is metric; every vertex lies on the grid, in
    degrees. Points on one spot share a cell, which the first of them owns. Cost: about a second for 4,000 points.
    """
    metric = project(points, GEOGRAPHIC, crs)
    of_side = np.asarray(point_sides)
    lines = [side.boundary for side in sides.values()]
    for name, side in sides.items():
        lines.append(_cell_edges(metric[of_side == name], side, crs))
    noded = shapely.union_all(np.array(lines, dtype=object), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    return _own_faces(faces, metric, of_side, sides, crs)


def _cell_edges(points: Geometries, side: BaseGeometry, crs: CRS) -> BaseGeometry:
    """Return the edges of the Voronoi cells of metric points, cut to one side, in EPSG:4326."""
    reach = project(np.array([side.envelope.buffer(1)], dtype=object), GEOGRAPHIC, crs)[0]
    edges = shapely.voronoi_polygons(shapely.multipoints(points), extend_to=reach, only_edges=True)
    geographic = project(np.array([edges], dtype=object), crs, GEOGRAPHIC)[0]
    cut: BaseGeometry = shapely.intersection(geographic, side)
    return cut


def _own_faces(
    faces: Geometries, metric: Geometries, of_side: npt.NDArray[np.str_], sides: Mapping[str, BaseGeometry], crs: CRS
) -> Partition:
    """Keep the faces inside the sides and find the point whose cell each belongs to."""
    inner = shapely.point_on_surface(faces)
    inside = np.any([shapely.contains(side, inner) for side in sides.values()], axis=0)
    faces, inner = faces[inside], inner[inside]
    names = nearest_side(inner, sides)
    anchors = project(inner, GEOGRAPHIC, crs)
    owner = np.full(len(faces), -1, dtype=np.intp)
    for name in sides:
        mine = np.flatnonzero(names == name)
        candidates = np.flatnonzero(of_side == name)
        tree = shapely.STRtree(metric[candidates])
        rows, hits = tree.query_nearest(anchors[mine], all_matches=False)
        owner[mine[rows]] = candidates[hits]
    return Partition(faces, owner)
