"""Coordinate systems: what a file declares, what its numbers look like, and the way to longitude and latitude."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from mapapp.domain.faults import Box, Fault
from mapapp.ingest.features import Table

GEOGRAPHIC = "EPSG:4326"
SAME = {"OGC:CRS84", "EPSG:4326", "OGC:CRS84H", "EPSG:4979"}
NAME = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?(EPSG|OGC|ESRI):(?:[\d.]*:)?([A-Za-z0-9]{1,12})", re.IGNORECASE)
SMALLEST_METRES = 1000.0
"""Numbers below this are degrees gone wrong rather than metres."""

Positions = npt.NDArray[np.float64]


def declared_crs(table: Table, value: dict[str, Any]) -> tuple[str, list[Fault]]:
    """Return the coordinate system of a GeoJSON object's `crs` member, and what is wrong with it.

    A link is never followed; a name is looked up in PROJ's own database.
    """
    crs = value.get("crs")
    if crs is None:
        return GEOGRAPHIC, []
    kind = crs.get("type") if isinstance(crs, dict) else None
    told = crs.get("properties", {}) if isinstance(crs, dict) else {}
    name = told.get("name") if isinstance(told, dict) else None

    def fault(kind: str, found: object) -> Fault:
        return Fault(kind, table.file, table.name, property="crs", found=str(found))

    if kind == "link" or (isinstance(told, dict) and "href" in told):
        return GEOGRAPHIC, [fault("crs-link", told.get("href") if isinstance(told, dict) else crs)]
    found = NAME.fullmatch(name) if isinstance(name, str) else None
    if found is None:
        return GEOGRAPHIC, [fault("crs-unknown", name if name is not None else crs)]
    key = f"{found[1].upper()}:{found[2].upper()}"
    if key in SAME:
        return GEOGRAPHIC, []
    try:
        CRS.from_user_input(key)
    except CRSError:
        return GEOGRAPHIC, [fault("crs-unknown", name)]
    return key, [fault("crs-changed", key)]


def mover(crs: str) -> Callable[[Positions], Positions]:
    """Return the function that takes positions (x, y) of a system to longitude and latitude in degrees."""
    transformer = Transformer.from_crs(CRS.from_user_input(crs), CRS.from_user_input(GEOGRAPHIC), always_xy=True)

    def move(xy: Positions) -> Positions:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return move


def guess_crs(bounds: Sequence[float], extent: Box) -> str | None:
    """Return the projected system in which numbers outside the world lie in the extent; None when none fits.

    Web Mercator and the UTM zones over the extent are tried, both hemispheres where it crosses the equator.
    """
    if max(map(abs, bounds)) < SMALLEST_METRES:
        return None
    xy = np.array([[bounds[0], bounds[1]], [bounds[2], bounds[3]]], dtype=np.float64)
    for crs in ("EPSG:3857", *utm_zones(extent)):
        try:
            moved = mover(crs)(xy)
        except ProjError:
            continue
        if np.isfinite(moved).all() and inside((*moved.min(axis=0), *moved.max(axis=0)), extent):
            return crs
    return None


def utm_zones(extent: Box) -> list[str]:
    """Return the UTM zones over an extent and beside it, that of its centre first."""
    middle = (extent[0] + extent[2]) / 2
    zone = int((middle + 180) // 6) + 1
    hemispheres = [*([326] if extent[3] > 0 else []), *([327] if extent[1] < 0 else [])]
    zones = [zone, zone - 1, zone + 1, zone - 2, zone + 2]
    return [f"EPSG:{half}{number:02d}" for half in hemispheres for number in zones if 1 <= number <= 60]


def inside(bounds: Sequence[float], extent: Box, margin: float = 0.0) -> bool:
    """Say whether bounds lie in an extent, with a margin in degrees around it."""
    west, south, east, north = extent
    return bool(
        bounds[0] >= west - margin
        and bounds[1] >= south - margin
        and bounds[2] <= east + margin
        and bounds[3] <= north + margin
    )
