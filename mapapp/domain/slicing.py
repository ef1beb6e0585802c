"""Slices of a layer on a day, and the days on which a layer changes."""

import geopandas as gpd
import numpy as np


def slice_on(layer: gpd.GeoDataFrame, day: str) -> gpd.GeoDataFrame:
    """Return the features with valid_from <= day < valid_to; a layer without periods is returned whole.

    A layer of events (column `day`) is sliced to the events of that very day. Cost: one comparison a row.
    """
    if "valid_from" in layer:
        ends = layer["valid_to"]
        return layer[(layer["valid_from"] <= day) & (ends.isna() | (ends > day))]
    if "day" in layer:
        return layer[layer["day"] == day]
    return layer


def slice_between(layer: gpd.GeoDataFrame, first: str, last: str) -> gpd.GeoDataFrame:
    """Return the features valid on any day from `first` to `last`, both included; a layer without periods whole.

    Of a layer of events those of these days. On a single day it is what `slice_on` returns.
    """
    if "valid_from" in layer:
        ends = layer["valid_to"]
        return layer[(layer["valid_from"] <= last) & (ends.isna() | (ends > first))]
    if "day" in layer:
        return layer[(layer["day"] >= first) & (layer["day"] <= last)]
    return layer


def change_days(layer: gpd.GeoDataFrame, first_day: str, last_day: str) -> list[str]:
    """Return the sorted days in (first_day, last_day] on which a period of the layer begins or ends.

    For a layer whose periods are maximal these are exactly the days whose slice differs from the day before.
    """
    if "valid_from" not in layer:
        days = np.asarray(layer["day"].unique() if "day" in layer else [], dtype=object)
    else:
        days = np.concatenate([layer["valid_from"].unique(), layer["valid_to"].dropna().unique()])
    return sorted(str(day) for day in set(days) if first_day < day <= last_day)
