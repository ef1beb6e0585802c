"""Where on earth: coordinates swapped, projected, outside the world, outside the map."""

from collections.abc import Iterator

import numpy as np

from mapapp.domain.faults import Box, Fault
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.reference_systems import guess_crs, inside
from mapapp.ingest.shapes import Shapes

MARGIN = 0.05
"""Degrees around the map's extent that count as within it."""

LISTED = {"event": 0.5}
"""Layers whose features may lie further away: half a degree, which is still drawn at the edge."""

FAR = ("river", "boundary")
"""Layers of the ground below the map, which goes on beyond its edge."""

LEAVE = ("leave-out",)


def misplaced(table: Table, shapes: Shapes, extent: Box, layer: str) -> Iterator[Fault]:
    """Yield a fault for each feature that does not lie where the map is, with what it seems to be instead."""
    margin = LISTED.get(layer, MARGIN)
    for at, bounds in enumerate(shapes.bounds):
        if np.isnan(bounds).any() or inside(bounds, extent, margin):
            continue
        feature = table.features[at]
        box = tuple(float(value) for value in bounds)
        told = ", ".join(f"{value:.6g}" for value in box)
        if not inside(box, (-180, -90, 180, 90)):
            yield _beyond_the_world(table, feature, box, told, extent)
        elif inside((box[1], box[0], box[3], box[2]), extent, MARGIN) and layer not in FAR:
            yield table.fault("coordinates-swapped", feature, told, property="coordinates", repairs=("swap", *LEAVE))
        elif layer not in FAR and _is_meant_for_the_map(feature):
            yield from _outside(table, feature, box, told, extent)


def _is_meant_for_the_map(feature: Feature) -> bool:
    """Say whether a feature is to be drawn: events far away may only be listed."""
    return not isinstance(feature.properties, dict) or feature.properties.get("plotted") is not False


def _beyond_the_world(table: Table, feature: Feature, box: tuple[float, ...], told: str, extent: Box) -> Fault:
    crs = guess_crs(box, _wider(extent))
    if crs is None:
        return table.fault("coordinates-outside-world", feature, told, property="coordinates", repairs=LEAVE)
    repairs = (f"reproject:{crs}", *LEAVE)
    return table.fault(
        "coordinates-projected", feature, told, property="coordinates", values={"crs": crs}, repairs=repairs
    )


def _outside(table: Table, feature: Feature, box: tuple[float, ...], told: str, extent: Box) -> Iterator[Fault]:
    west, south, east, north = extent
    values = {"extent": ", ".join(f"{value:.6g}" for value in extent)}
    if box[2] < west or box[0] > east or box[3] < south or box[1] > north:
        yield table.fault("outside-extent", feature, told, property="coordinates", values=values, repairs=LEAVE)
    else:
        cut = (f"cut:{','.join(map(str, _wider(extent)))}",) if _is_area(feature) else ()
        yield table.fault("beyond-extent", feature, told, property="coordinates", values=values, repairs=(*cut, *LEAVE))


def _is_area(feature: Feature) -> bool:
    return isinstance(feature.geometry, dict) and feature.geometry.get("type") in ("Polygon", "MultiPolygon")


def _wider(extent: Box) -> Box:
    west, south, east, north = extent
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN
