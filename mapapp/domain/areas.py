"""From the histories of places to the layers of areas: control, estimate, bank, and the sides of the river."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from mapapp.domain.actors import Holder
from mapapp.domain.evidence import HeldPeriod, History, period_on
from mapapp.domain.measure import area_km2
from mapapp.domain.territory import Partition

AREA_SOURCE = "Derived from places and dated changes of hands; each place names its own source"
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Run:
    """A maximal period in which one key is carried by the same set of places."""

    key: Any
    places: Mask
    valid_from: str
    valid_to: str | None


def runs_of(
    histories: Sequence[History], key_of: Callable[[HeldPeriod], Hashable | None], first_day: str, last_day: str
) -> Iterator[Run]:
    """Yield the runs of every key, in order of day and key; periods that begin after the last day count for nothing."""
    changes = _changes_by_day(histories, first_day, last_day)
    current: list[Hashable | None] = [None] * len(histories)
    open_runs: dict[Hashable, tuple[str, Mask]] = {}
    for day in sorted(changes):
        for index, period in changes[day].items():
            current[index] = key_of(period)
        now = _masks(current)
        for key in sorted(open_runs.keys() | now.keys(), key=repr):
            before = open_runs.get(key)
            if before and key in now and np.array_equal(before[1], now[key]):
                continue
            if before:
                yield Run(key, before[1], before[0], day)
                del open_runs[key]
            if key in now:
                open_runs[key] = (day, now[key])
    for key in sorted(open_runs, key=repr):
        start, mask = open_runs[key]
        yield Run(key, mask, start, None)


def _changes_by_day(histories: Sequence[History], first_day: str, last_day: str) -> dict[str, dict[int, HeldPeriod]]:
    """Return by day the places that begin a period, with that period."""
    changes: dict[str, dict[int, HeldPeriod]] = {}
    for index, history in enumerate(histories):
        for period in history:
            if period.valid_from <= last_day:
                changes.setdefault(max(period.valid_from, first_day), {})[index] = period
    return changes


def _masks(current: Sequence[Hashable | None]) -> dict[Hashable, Mask]:
    """Return for each key which places carry it."""
    labels: dict[Hashable, list[int]] = {}
    for index, key in enumerate(current):
        if key is not None:
            labels.setdefault(key, []).append(index)
    masks = {}
    for key, indices in labels.items():
        masks[key] = np.zeros(len(current), dtype=bool)
        masks[key][indices] = True
    return masks


def control_layer(
    partition: Partition,
    histories: Sequence[History],
    names: dict[Holder, dict[str, str]],
    first_day: str,
    last_day: str,
) -> gpd.GeoDataFrame:
    """Return the areas of every holder by period, merged exactly from the cells of its places."""
    cell_km2 = np.bincount(partition.owner, weights=area_km2(partition.faces), minlength=len(histories))
    rows = []
    for run in runs_of(histories, lambda period: period.holder, first_day, last_day):
        held = [period_on(histories[index], run.valid_from) for index in np.flatnonzero(run.places).tolist()]
        unsure = np.array([period.confidence == "estimated" for period in held])
        weights = cell_km2[run.places]
        holder: Holder = run.key
        rows.append(
            {
                "id": f"{holder.key}@{run.valid_from}",
                **names[holder],
                "status": holder.status,
                "actor": holder.actor,
                "parties": list(holder.parties),
                "valid_from": run.valid_from,
                "valid_to": run.valid_to,
                "places": int(run.places.sum()),
                "evidence_from": min(period.last_evidence for period in held),
                "evidence_to": max(period.last_evidence for period in held),
                "source": AREA_SOURCE,
                "share_estimated": round(float(weights[unsure].sum() / weights.sum()), 4),
                "geometry": partition.unite(run.places),
            }
        )
    return gpd.GeoDataFrame(rows, crs=4326)


def estimate_layer(
    partition: Partition, histories: Sequence[History], first_day: str, last_day: str
) -> gpd.GeoDataFrame:
    """Return by period the ground whose holder rests on estimated evidence alone."""
    rows = [
        {
            "id": f"estimate@{run.valid_from}",
            "name": "Holder estimated",
            "source": AREA_SOURCE,
            "valid_from": run.valid_from,
            "valid_to": run.valid_to,
            "places": int(run.places.sum()),
            "geometry": partition.unite(run.places),
        }
        for run in runs_of(
            histories, lambda period: "estimate" if period.confidence == "estimated" else None, first_day, last_day
        )
    ]
    return gpd.GeoDataFrame(rows, crs=4326)


def side_areas(partition: Partition, place_sides: npt.NDArray[np.str_]) -> dict[str, Any]:
    """Return the ground of each side of the river: islands go with the bank of their place."""
    return {side: partition.unite(place_sides == side) for side in sorted(set(place_sides.tolist()))}


def bank_areas(sides: dict[str, Any], governorate: Any, banks: dict[str, str], grid: float) -> dict[str, Any]:
    """Return the parts of a governorate on each side, by the name of the bank."""
    return {
        banks[side]: shapely.orient_polygons(shapely.intersection(area, governorate, grid_size=grid), exterior_cw=False)
        for side, area in sides.items()
    }


def zone_rings(
    partition: Partition, histories: Sequence[History], zones: gpd.GeoDataFrame, within: frozenset[str]
) -> dict[str, Any]:
    """Return the ring of each zone: the ground of its actors on the day it was agreed, around a hand-drawn ring.

    Parts of that ground count when at least half of each lies in the hand-drawn ring, which says what the zone is
    about; enclaves of others inside belong to the zone. The hand-drawn rings are good to some kilometres, the derived
    edge is that of the map.
    """
    rings = {}
    for zone in zones.to_dict("records"):
        held = [period_on(history, zone["agreed"]).holder.members for history in histories]
        mine = np.array([bool(within & set(members)) for members in held])
        parts = shapely.get_parts(partition.unite(mine))
        inside = shapely.area(shapely.intersection(parts, zone["geometry"])) / shapely.area(parts)
        filled = [shapely.Polygon(part.exterior) for part in parts[inside >= 0.5]]
        rings[zone["id"]] = shapely.orient_polygons(shapely.union_all(filled), exterior_cw=False)
    return rings
