"""Square kilometres, and kilometres of front."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS, Geod
from shapely import MultiLineString
from shapely.geometry.base import BaseGeometry

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.projection import GEOGRAPHIC, project
from mapapp.domain.slicing import change_days, slice_on

EQUAL_AREA = CRS.from_epsg(6933)
ELLIPSOID = Geod(ellps="WGS84")
HOLDER_COLUMNS = ["status", "actor", "parties"]
HECTARE = 0.01
"""In km²."""


def area_km2(geometries: Iterable[Any]) -> npt.NDArray[np.float64]:
    """Return the areas of geometries in EPSG:4326 as km², measured in the equal-area EPSG:6933 (EASE-Grid 2.0)."""
    flat = project(np.array(list(geometries), dtype=object), GEOGRAPHIC, EQUAL_AREA)
    return np.asarray(shapely.area(flat) / 1e6)


def length_km(geometries: Iterable[Any]) -> npt.NDArray[np.float64]:
    """Return the lengths of lines in EPSG:4326 as kilometres along geodesics of WGS 84."""
    return np.array([ELLIPSOID.geometry_length(line) / 1000 for line in geometries])


def holders_of(control: gpd.GeoDataFrame) -> list[Holder]:
    """Return the holder of each feature of a control layer; a missing actor or parties may be None or NaN."""
    return [
        holder_of(status, actor if isinstance(actor, str) else None, parties if np.iterable(parties) else ())
        for status, actor, parties in control[HOLDER_COLUMNS].itertuples(index=False)
    ]


def fronts(control_slice: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the lines along which two holders touch on a day: columns holder_a < holder_b (keys), geometry.

    Needs an exact coverage; lines are EPSG:4326. Cost: one intersection for each pair of neighbours.
    """
    areas = control_slice.geometry.to_numpy()
    keys = np.array([holder.key for holder in holders_of(control_slice)])
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")
    pairs = (left < right) & (keys[left] != keys[right])
    left, right = left[pairs], right[pairs]
    shared = shapely.intersection(areas[left], areas[right])
    lines = [_lines_of(geometry) for geometry in shared]
    frame = gpd.GeoDataFrame(
        {
            "holder_a": np.minimum(keys[left].astype(object), keys[right].astype(object)),
            "holder_b": np.maximum(keys[left].astype(object), keys[right].astype(object)),
        },
        geometry=lines,
        crs=4326,
    )
    return frame[~frame.geometry.is_empty].sort_values(["holder_a", "holder_b"], ignore_index=True)


def _lines_of(geometry: BaseGeometry) -> MultiLineString:
    """Keep the lines of an intersection (areas may also touch in points)."""
    parts = shapely.get_parts(geometry)
    return MultiLineString(list(parts[shapely.get_type_id(parts) == 1]))


def contact_km(control_slice: gpd.GeoDataFrame, one: str, other: str) -> float:
    """Return the length in km along which the areas of two holders (keys such as `gov`) touch on a day."""
    both = fronts(control_slice)
    low, high = sorted((one, other))
    chosen = both[(both["holder_a"] == low) & (both["holder_b"] == high)]
    return float(length_km(chosen.geometry.to_numpy()).sum()) if len(chosen) else 0.0


@dataclass(frozen=True)
class Stats:
    """What every holder had, in km²; a row holds until the next change day.

    `area_km2` has the columns day, status, actor, parties, km2; `bank_km2` has bank as well. `changed_km2` is the
    ground that got another holder on a change day; `estimated_km2` is the ground that rests on estimates, by the day
    from which that figure holds.
    """

    area_km2: pd.DataFrame
    bank_km2: pd.DataFrame
    changed_km2: dict[str, float]
    estimated_km2: dict[str, float]
    country_km2: float

    @cached_property
    def days(self) -> list[str]:
        """Return the days from which the figures differ: the first day and every change day."""
        return sorted(set(self.area_km2["day"]))

    def _day_of(self, day: str) -> str:
        """Return the last of `days` that is not after `day`."""
        return self.days[int(np.searchsorted(self.days, day, side="right")) - 1]

    @cached_property
    def _areas(self) -> dict[str, dict[Holder, float]]:
        return {str(day): _by_holder(rows) for day, rows in self.area_km2.groupby("day")}

    @cached_property
    def _banks(self) -> dict[str, dict[str, dict[Holder, float]]]:
        return {
            str(day): {str(bank): _by_holder(part) for bank, part in rows.groupby("bank")}
            for day, rows in self.bank_km2.groupby("day")
        }

    def areas_on(self, day: str) -> dict[Holder, float]:
        """Return km² by holder on a day of the dataset, largest first."""
        return self._areas[self._day_of(day)]

    def banks_on(self, day: str) -> dict[str, dict[Holder, float]]:
        """Return km² by bank and holder on a day of the dataset, largest first."""
        return self._banks.get(self._day_of(day), {})

    def estimated_on(self, day: str) -> float:
        """Return the km² that rest on estimates on a day of the dataset."""
        return self.estimated_km2[max(key for key in self.estimated_km2 if key <= day)]


def _by_holder(rows: pd.DataFrame) -> dict[Holder, float]:
    """Return km² by holder, largest first; areas of one holder are added up."""
    held: dict[Holder, float] = {}
    for status, actor, parties, km2 in rows[[*HOLDER_COLUMNS, "km2"]].to_numpy():
        holder = holder_of(status, actor, parties)
        held[holder] = held.get(holder, 0.0) + float(km2)
    return dict(sorted(held.items(), key=lambda one: (-one[1], one[0].status)))


def measure(
    control: gpd.GeoDataFrame, bank: gpd.GeoDataFrame, estimate: gpd.GeoDataFrame | None, first_day: str, last_day: str
) -> Stats:
    """Measure a control layer on its first day and each change day, for the country and for each bank.

    Cost: every period is measured and cut once, whatever the number of days.
    """
    changes = change_days(control, first_day, last_day)
    days = [first_day, *changes]
    own = control.assign(km2=area_km2(control.geometry.to_numpy()))
    cuts = [_cut(own, name, area) for name, area in zip(bank["bank"], bank.geometry, strict=True)]
    parts = pd.concat(cuts, ignore_index=True) if cuts else pd.DataFrame(own.iloc[:0]).assign(bank="")
    return Stats(
        area_km2=_rows_by_day(own, days, ["day", *HOLDER_COLUMNS, "km2"]),
        bank_km2=_rows_by_day(parts, days, ["day", "bank", *HOLDER_COLUMNS, "km2"]),
        changed_km2=_changed(control, changes),
        estimated_km2=_estimated(estimate, first_day, last_day),
        country_km2=float(slice_on(own, first_day)["km2"].sum()),
    )


def _cut(control: gpd.GeoDataFrame, bank: str, area: BaseGeometry) -> pd.DataFrame:
    """Return the parts of a control layer on one bank, with their km²; less than a hectare is rounding."""
    inside = shapely.intersection(control.geometry.to_numpy(), area)
    cut = control.drop(columns="geometry").assign(bank=bank, km2=area_km2(inside))
    return pd.DataFrame(cut[cut["km2"] >= HECTARE])


def _rows_by_day(features: pd.DataFrame, days: Iterable[str], columns: list[str]) -> pd.DataFrame:
    """Return one row per holder and day on which it has anything."""
    keyed = features.assign(holder=[holder.key for holder in holders_of(features)])
    slices = [slice_on(keyed, day).assign(day=day) for day in days]
    rows = pd.concat(slices, ignore_index=True)
    same = [column for column in ("day", "bank", "holder") if column in rows]
    if rows.duplicated(same).any():
        sums = rows.groupby(same, sort=False)["km2"].sum().to_numpy()
        rows = rows.drop_duplicates(same).assign(km2=sums)
    return pd.DataFrame(rows[columns])


def _changed(control: gpd.GeoDataFrame, changes: list[str]) -> dict[str, float]:
    """Return the km² that each change day gave to another holder: what each gained over the day before."""
    keys = np.array([holder.key for holder in holders_of(control)])
    areas = control.geometry.to_numpy()
    begins, ends = control["valid_from"].to_numpy(), control["valid_to"].fillna("9999").to_numpy()
    changed = {}
    for day in changes:
        gained = 0.0
        for index in np.flatnonzero(begins == day):
            before = np.flatnonzero((begins < day) & (ends >= day) & (keys == keys[index]))
            new = shapely.difference(areas[index], shapely.union_all(areas[before]))
            gained += float(area_km2([new])[0])
        changed[day] = gained
    return changed


def _estimated(estimate: gpd.GeoDataFrame | None, first_day: str, last_day: str) -> dict[str, float]:
    """Return the km² of estimated ground from each day on which it changes."""
    if estimate is None or estimate.empty:
        return {first_day: 0.0}
    measured = estimate.assign(km2=area_km2(estimate.geometry.to_numpy()))
    days = [first_day, *change_days(estimate, first_day, last_day)]
    return {day: float(slice_on(measured, day)["km2"].sum()) for day in days}
