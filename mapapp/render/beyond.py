"""Carry the countries around on past the edge of the data, so that a wide picture does not end in a straight coast."""

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.render.sheet import Box

NEAR = 0.75
"""Pixels: closer than this to the edge of the data counts as on it."""
Shapes = npt.NDArray[np.object_]


def carry_on(land: Shapes, ground: Box, frame: Box) -> Shapes:
    """Return polygons that continue `land` straight outward from the edges of `ground` to those of `frame`."""
    whole = shapely.union_all(land)
    sides = [
        _outward(whole, Box(ground.right, ground.bottom, frame.right, ground.top), ground.right - NEAR, 0),
        _outward(whole, Box(frame.left, ground.bottom, ground.left, ground.top), ground.left + NEAR, 0),
    ]
    wider = shapely.union_all([whole, *sides])
    across = (min(frame.left, ground.left), max(frame.right, ground.right))
    sides += [
        _outward(wider, Box(across[0], ground.top, across[1], frame.top), ground.top - NEAR, 1),
        _outward(wider, Box(across[0], frame.bottom, across[1], ground.bottom), ground.bottom + NEAR, 1),
    ]
    return np.array(sides, dtype=object)


def _outward(land: shapely.Geometry, strip: Box, edge: float, axis: int) -> shapely.Geometry:
    """Return the rectangles of a strip whose inner side, the line x (axis 0) or y (axis 1) = `edge`, lies on land."""
    if strip.width <= 0 or strip.height <= 0:
        return shapely.Polygon()
    if axis == 0:
        line = shapely.LineString([(edge, strip.bottom), (edge, strip.top)])
    else:
        line = shapely.LineString([(strip.left, edge), (strip.right, edge)])
    parts = shapely.get_parts(shapely.intersection(land, line))
    boxes = [_box_over(part.bounds, strip, axis) for part in parts if part.length > 0]
    return shapely.union_all(boxes)


def _box_over(bounds: tuple[float, float, float, float], strip: Box, axis: int) -> shapely.Polygon:
    low, high = bounds[1 - axis], bounds[3 - axis]
    if axis == 0:
        return shapely.box(strip.left - 2 * NEAR, low, strip.right + 2 * NEAR, high)
    return shapely.box(low, strip.bottom - 2 * NEAR, high, strip.top + 2 * NEAR)


def inner_borders(land: Shapes, ground: Box) -> Shapes:
    """Return the outlines of `land` without what only is the edge of the data."""
    edge = shapely.buffer(shapely.boundary(shapely.box(ground.left, ground.bottom, ground.right, ground.top)), NEAR)
    return np.asarray(shapely.difference(shapely.boundary(land), edge))
