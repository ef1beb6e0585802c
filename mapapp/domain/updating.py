"""What an upload does to a layer: take its place, take a span of days, add days at the end, or patch single features.

All of them leave layers whose periods are maximal: what stays the same from one day to the next is one feature.
"""

from collections.abc import Collection
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.domain.actors import Holder
from mapapp.domain.errors import NoPeriods
from mapapp.domain.fingerprint import fingerprints
from mapapp.domain.measure import holders_of
from mapapp.domain.periods import shift_day
from mapapp.domain.topology import plain

PERIOD_COLUMNS = ["id", "valid_from", "valid_to"]


def replace_span(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, first: str, last: str) -> gpd.GeoDataFrame:
    """Return `old` with the days from `first` to `last`, both included, as `new` has them.

    Raises NoPeriods for a layer that has neither periods nor days. Replacing a span of a layer by itself gives the
    same layer.
    """
    end = shift_day(last, 1)
    if "valid_from" not in old:
        return _replace_days(old, new, first, end)
    pieces = [clip(old, None, first), clip(new, first, end), clip(old, end, None)]
    return join_periods(_stack(pieces, old))


def append_days(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, first: str) -> gpd.GeoDataFrame:
    """Return `old` up to the day before `first`, and from `first` on what `new` has.

    Raises NoPeriods for a layer that has neither periods nor days.
    """
    if "valid_from" not in old:
        return _replace_days(old, new, first, None)
    return join_periods(_stack([clip(old, None, first), clip(new, first, None)], old))


def patch(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, removed: Collection[str] = ()) -> gpd.GeoDataFrame:
    """Return `old` with the features of `new` in place of those of the same id, the others added, `removed` gone.

    Columns that `new` does not have keep their values.
    """
    before = old[~old["id"].isin(removed)]
    known = before.set_index("id", drop=False)
    missing = [column for column in old.columns if column not in new.columns]
    filled = new.assign(**{column: known[column].reindex(new["id"]).to_numpy() for column in missing})
    fresh = filled.set_index("id", drop=False)
    changed = set(known.index) & set(fresh.index)
    rows = pd.concat([known[~known.index.isin(changed)], fresh])
    order = [*known.index, *(name for name in fresh.index if name not in changed)]
    return _like(rows.loc[order].reset_index(drop=True), old)


def clip(layer: gpd.GeoDataFrame, first: str | None, end: str | None) -> gpd.GeoDataFrame:
    """Return what of a layer lies in [first, end), its periods cut to it; None leaves a side open."""
    starts, ends = layer["valid_from"].to_numpy(dtype=object), layer["valid_to"].to_numpy(dtype=object)
    kept = np.array(
        [
            (end is None or start < end) and (first is None or stop is None or stop > first)
            for start, stop in zip(starts, ends, strict=True)
        ],
        dtype=bool,
    )
    cut = layer[kept]
    begin = [start if first is None else max(start, first) for start in starts[kept]]
    stop = [until if end is None else end if until is None else min(until, end) for until in ends[kept]]
    return cut.assign(valid_from=pd.Series(begin, cut.index, object), valid_to=pd.Series(stop, cut.index, object))


def join_periods(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Unite features that follow one another in time and differ in nothing else, and give each an id of its own.

    The id of the earliest stays. An id that was made of a holder and a day (`gov@2017-09-05`) is made anew; of others
    that meet, the later get the day at which they begin added. Cost: one fingerprint a feature.
    """
    if layer.empty:
        return layer
    same = fingerprints(layer.drop(columns=PERIOD_COLUMNS))
    order = np.lexsort([layer["valid_from"].to_numpy(dtype=str), same])
    rows = layer.iloc[order]
    prints, starts, ends = same[order], rows["valid_from"].to_numpy(dtype=object), rows["valid_to"].to_numpy(object)
    follows = np.zeros(len(rows), dtype=bool)
    follows[1:] = (prints[1:] == prints[:-1]) & (starts[1:] == ends[:-1])
    heads = np.flatnonzero(~follows)
    tails = np.append(heads[1:], len(rows)) - 1
    joined = rows.iloc[heads].assign(valid_to=pd.Series(ends[tails], rows.index[heads], object))
    return _renamed(joined.sort_index())


def _renamed(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give every feature an id of its own."""
    holders = holders_of(layer) if {"status", "actor", "parties"} <= set(layer.columns) else [None] * len(layer)
    seen: set[str] = set()
    ids = []
    for own, start, holder in zip(layer["id"], layer["valid_from"], holders, strict=True):
        ids.append(_free_id(_dated_id(str(own), str(start), holder), str(start), seen))
        seen.add(ids[-1])
    return layer.assign(id=ids).reset_index(drop=True)


def _dated_id(own: str, start: str, holder: Holder | None) -> str:
    derived = holder is not None and own.startswith(f"{holder.key}@")
    return f"{holder.key}@{start}" if derived and holder else own


def _free_id(own: str, start: str, seen: set[str]) -> str:
    free, number = own, 1
    while free in seen:
        free = f"{own}~{start}" if number == 1 else f"{own}~{start}-{number}"
        number += 1
    return free


def _replace_days(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame, first: str, end: str | None) -> gpd.GeoDataFrame:
    """Replace the events of [first, end)."""
    if "day" not in old:
        raise NoPeriods(layer=old.attrs.get("layer", ""))

    def inside(layer: gpd.GeoDataFrame) -> npt.NDArray[np.bool_]:
        return np.array([first <= day and (end is None or day < end) for day in layer["day"]], dtype=bool)

    return _stack([old[~inside(old)], new[inside(new)]], old).sort_values("day", kind="stable", ignore_index=True)


def _stack(pieces: list[gpd.GeoDataFrame], like: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    filled = [piece for piece in pieces if len(piece)]
    return _like(pd.concat(filled, ignore_index=True), like) if filled else like.iloc[:0]


def _like(rows: pd.DataFrame, layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give rows the columns of a layer, in its order, after which come those it does not have."""
    columns = [*layer.columns, *(column for column in rows.columns if column not in layer.columns)]
    frame = gpd.GeoDataFrame(rows.reindex(columns=columns), geometry=layer.geometry.name, crs=layer.crs)
    texts = [column for column in frame.columns.drop(layer.geometry.name) if frame[column].dtype.kind not in "biuf"]
    return frame.assign(**{column: _with_none(frame[column]) for column in texts})


def _with_none(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return cells with None where they are missing, which stacking turns into NaN."""
    values = [None if plain(cell) is None else cell for cell in cells]
    return pd.Series(values, index=cells.index, dtype=object)
