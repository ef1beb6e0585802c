"""Areas in black and white: each party by a hatching of its own, with no tint that a photocopier would lose."""

import numpy as np
import shapely

from mapapp.render.look import Hatch
from mapapp.render.shapes import Geometries, Painter

INK, PAPER = "#000000", "#FFFFFF"
BAND = 11.0
"""Width in units of the bands in which the parties of contested or shared ground take turns."""


def paint_hatched(paint: Painter, hatches: tuple[Hatch, ...], shapes: Geometries, unit: float, lean: int = 1) -> None:
    """Hatch areas for one party, or in bands for each of several, leaning right (1) or left (-1)."""
    paint.area(shapes, 0, PAPER)
    if len(hatches) == 1:
        _paint(paint, hatches[0], shapes, unit)
        return
    whole = shapely.union_all(np.asarray(shapes, dtype=object))
    for number, hatch in enumerate(hatches):
        bands = _bands(whole.bounds, BAND * unit, number, len(hatches), lean)
        part = shapely.intersection(whole, bands)
        _paint(paint, hatch, [part], unit)
        paint.lines([shapely.boundary(part)], 1.5, INK, 0.5 * unit)


def _paint(paint: Painter, hatch: Hatch, shapes: Geometries, unit: float) -> None:
    if not hatch.angles:
        paint.dots(shapes, 1, INK, hatch.pitch * unit, hatch.width * unit)
    for angle in hatch.angles:
        paint.ruling(shapes, 1, INK, angle, hatch.pitch * unit, hatch.width * unit)


def _bands(bounds: tuple[float, ...], width: float, number: int, of: int, lean: int) -> shapely.Geometry:
    """Return slanted bands over a box: the one of each `of` that has that number."""
    left, bottom, right, top = bounds
    rise, step = top - bottom, width * of
    low, high = (bottom, top) if lean > 0 else (top, bottom)
    starts = np.arange(np.floor((left - rise) / step), right / step + 1) * step + number * width
    corners = [[(x, low), (x + width, low), (x + width + rise, high), (x + rise, high)] for x in starts]
    return shapely.union_all(shapely.polygons(corners))
