"""Who took what from whom between two days: the exact overlay of two coverages."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.domain.measure import area_km2, holders_of
from mapapp.domain.territory import Geometries

COLUMNS = ["loser", "winner", "km2", "geometry"]
NOBODY = ""
"""Stands for the holder of ground of which a slice says nothing."""


def gains(control_from: gpd.GeoDataFrame, control_to: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ground that changed hands between two slices of control, one row for each loser and winner.

    Columns: loser and winner (keys of holders, NOBODY for ground that only one slice speaks of), km2 (equal-area),
    geometry (EPSG:4326, polygons); the largest first. In neither slice do two areas overlap. No row is dropped,
    however small, so that for each holder the sum of its gains less that of its losses is the difference of its areas.
    Cost: one intersection for each pair of areas that meet, about a tenth of a second for a country.
    """
    old, new = control_from.geometry.to_numpy(), control_to.geometry.to_numpy()
    losers, winners = _keys(control_from), _keys(control_to)
    after, before = shapely.STRtree(old).query(new, predicate="intersects")
    passed = losers[before] != winners[after]
    before, after = before[passed], after[passed]
    parts = shapely.intersection(old[before], new[after])
    pairs = _unite(losers[before], winners[after], parts)
    return _table(pairs | _beyond(old, losers, new, winners))


def _beyond(old: Geometries, losers: Geometries, new: Geometries, winners: Geometries) -> dict[tuple[str, str], Any]:
    """Return the ground that only one of two slices speaks of: left to nobody, or taken from nobody."""
    was, now = shapely.union_all(old), shapely.union_all(new)
    if shapely.equals(was, now):
        return {}
    nobody = np.full(max(len(old), len(new)), NOBODY, dtype=object)
    left = _unite(losers, nobody[: len(old)], shapely.difference(old, now))
    return left | _unite(nobody[: len(new)], winners, shapely.difference(new, was))


def net_km2(gained: gpd.GeoDataFrame) -> dict[str, tuple[float, float]]:
    """Return km² gained and km² lost by the key of each holder that gained or lost anything."""
    won = gained.groupby("winner")["km2"].sum()
    lost = gained.groupby("loser")["km2"].sum()
    keys = sorted({*won.index, *lost.index} - {NOBODY})
    return {str(key): (float(won.get(key, 0.0)), float(lost.get(key, 0.0))) for key in keys}


def _keys(control: gpd.GeoDataFrame) -> Geometries:
    return np.array([holder.key for holder in holders_of(control)], dtype=object)


def _unite(losers: Geometries, winners: Geometries, parts: Geometries) -> dict[tuple[str, str], BaseGeometry]:
    """Return one area for each loser and winner; where two areas only touch, there is none."""
    found = defaultdict(list)
    for loser, winner, part in zip(losers, winners, parts, strict=True):
        found[str(loser), str(winner)].extend(_polygons(part))
    return {pair: shapely.union_all(areas) for pair, areas in found.items() if areas}


def _polygons(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Keep the polygons of an intersection: areas that touch elsewhere leave lines and points as well."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return list(parts[(shapely.get_type_id(parts) == shapely.GeometryType.POLYGON) & ~shapely.is_empty(parts)])


def _table(pairs: Mapping[tuple[str, str], BaseGeometry]) -> gpd.GeoDataFrame:
    areas = list(pairs.values())
    frame = gpd.GeoDataFrame(
        {
            "loser": np.array([loser for loser, _ in pairs], dtype=object),
            "winner": np.array([winner for _, winner in pairs], dtype=object),
            "km2": area_km2(areas) if areas else np.zeros(0),
        },
        geometry=areas,
        crs=4326,
    )[COLUMNS]
    return frame.sort_values(["km2", "winner", "loser"], ascending=[False, True, True], ignore_index=True)
