"""How near two camps stand to each other on a day: the closest pair of their positions and held places, their front."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from mapapp.domain.measure import ELLIPSOID, fronts, length_km
from mapapp.domain.periods import is_valid_on
from mapapp.domain.projection import GEOGRAPHIC, local_projection, project
from mapapp.domain.slicing import slice_on


@dataclass(frozen=True)
class Post:
    """One end of the line between two camps: a position, or a place held (kind `place`)."""

    id: str
    name: str
    kind: str
    actor: str
    lon: float
    lat: float


@dataclass(frozen=True)
class ClosestPair:
    """The two nearest posts of two camps on a day, and the kilometres of geodesic between them."""

    day: str
    one: Post
    other: Post
    km: float


def closest_pairs(
    layers: dict[str, gpd.GeoDataFrame],
    camps: tuple[Collection[str], Collection[str]],
    days: Collection[str],
    within: BaseGeometry | None = None,
) -> Iterator[ClosestPair]:
    """Yield for each day the nearest posts of two camps, nothing for a day on which one has none.

    A camp is a set of actors; posts are its positions of the day and the places it controls, inside `within`
    (EPSG:4326) where given. Cost: one nearest-neighbour search a day.
    """
    places, positions = layers["place"], layers["position"]
    if within is not None:
        shapely.prepare(within)
        places = places[shapely.contains(within, places.geometry.to_numpy())]
        positions = positions[shapely.contains(within, positions.geometry.to_numpy())]
    crs = local_projection(places.total_bounds)
    for day in days:
        posts = _posts_on(places, positions, day)
        ends = [posts[posts["actor"].isin(list(camp))] for camp in camps]
        if all(len(end) for end in ends):
            yield _closest(day, ends[0], ends[1], crs)


def _posts_on(places: gpd.GeoDataFrame, positions: gpd.GeoDataFrame, day: str) -> gpd.GeoDataFrame:
    """Return positions and held places of a day as one table of posts."""
    held = places.assign(kind="place", actor=[_actor_on(periods, day) for periods in places["periods"]])
    columns = ["id", "name", "kind", "actor", "geometry"]
    shown = slice_on(positions, day)
    return gpd.GeoDataFrame(pd.concat([shown[columns], held[columns]], ignore_index=True), crs=4326)


def _actor_on(periods: list[dict[str, str | None]], day: str) -> str | None:
    """Return who controls a place on a day; None where it is contested or shared."""
    return next((p["actor"] for p in periods if is_valid_on(day, str(p["from"]), p["to"])), None)


def _closest(day: str, one: gpd.GeoDataFrame, other: gpd.GeoDataFrame, crs: CRS) -> ClosestPair:
    """Return the nearest pair of two tables of posts."""
    there = _metric(other, crs)
    found, metres = shapely.STRtree(there).query_nearest(_metric(one, crs), return_distance=True, all_matches=False)
    best = int(np.argmin(metres))
    ends = _post(one, int(found[0][best])), _post(other, int(found[1][best]))
    _, _, length = ELLIPSOID.inv(ends[0].lon, ends[0].lat, ends[1].lon, ends[1].lat)
    return ClosestPair(day, *ends, length / 1000)


def _metric(posts: gpd.GeoDataFrame, crs: CRS) -> npt.NDArray[np.object_]:
    """Return the points of posts in metres."""
    return project(posts.geometry.to_numpy(), GEOGRAPHIC, crs)


def _post(posts: gpd.GeoDataFrame, row: int) -> Post:
    """Return a row of a table as a post."""
    record = posts.iloc[row]
    return Post(
        id=str(record["id"]),
        name=str(record["name"]),
        kind=str(record["kind"]),
        actor=str(record["actor"]),
        lon=float(record.geometry.x),
        lat=float(record.geometry.y),
    )


def contact_lengths(
    control: gpd.GeoDataFrame, one: str, other: str, days: Collection[str], within: BaseGeometry
) -> Iterator[tuple[str, float]]:
    """Yield each day and the km along which the areas of two actors touch on it, inside `within` (EPSG:4326).

    Cost: one intersection for each pair of periods that meet on one of the days.
    """
    theirs = control[control["actor"].isin([one, other])]
    shapely.prepare(within)
    known: dict[tuple[str, ...], float] = {}
    for day in days:
        areas = slice_on(theirs, day)
        key = tuple(areas["id"])
        if key not in known:
            lines = shapely.intersection(fronts(areas).geometry.to_numpy(), within)
            known[key] = float(length_km(lines).sum())
        yield day, known[key]
