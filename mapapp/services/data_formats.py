"""Layers as CSV and TopoJSON, and as the flat rows that tables without lists can hold."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapapp.domain.periods import is_valid_on
from mapapp.domain.topology import encode, plain
from mapapp.services.geojson import DECIMALS
from mapapp.services.series import safe

GRID = 10.0**-DECIMALS
JOINT = "; "
"""Between the members of a list in one cell."""

SHAPE = "WKT"
"""The column of the geometry in a CSV; GDAL and QGIS know it by this name."""

HELD = {
    "held_from": "from",
    "held_to": "to",
    "held_status": "status",
    "held_actor": "actor",
    "held_parties": "parties",
    "held_confidence": "confidence",
    "held_last_evidence": "last_evidence",
}
"""Columns that tell, in the slice of a day, who held a place; and the member of its period that each is."""


def flatten(rows: gpd.GeoDataFrame, day: str | None) -> gpd.GeoDataFrame:
    """Return rows whose cells are texts, numbers, truths or nothing: lists joined, lists of objects as JSON.

    In the slice of a day, places get the columns of HELD too.
    """
    flat = {str(column): _column(rows[column]) for column in rows.columns if column != rows.geometry.name}
    if day and "periods" in rows:
        held = [_period_on(periods, day) for periods in rows["periods"]]
        flat |= {
            name: pd.Series([_cell(row.get(member)) for row in held], dtype=object) for name, member in HELD.items()
        }
    return gpd.GeoDataFrame(pd.DataFrame(flat, index=rows.index), geometry=rows.geometry, crs=4326)


def _column(cells: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return a column of numbers as it is, any other as plain cells."""
    if cells.dtype != object and not isinstance(cells.dtype, pd.StringDtype):
        return cells
    return pd.Series([_cell(value) for value in cells], index=cells.index, dtype=object)


def _cell(value: Any) -> Any:
    value = plain(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return JOINT.join(value) or None
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    return value


def _period_on(periods: Any, day: str) -> Mapping[str, Any]:
    return next((period for period in periods if is_valid_on(day, period["from"], period["to"])), {})


def write_csv(layers: Mapping[str, gpd.GeoDataFrame], day: str | None) -> bytes:
    """Return one table: UTF-8 with a mark, the geometry last as WKT; of several layers each row names its own first.

    No cell begins a formula: a text that would gets an apostrophe.
    """
    flat = {name: flatten(rows, day) for name, rows in layers.items()}
    columns = dict.fromkeys(column for rows in flat.values() for column in rows.columns if column != "geometry")
    own = ["layer"] if len(flat) > 1 else []
    text = io.StringIO()
    writer = csv.DictWriter(text, [*own, *columns, SHAPE])
    writer.writeheader()
    for name, rows in flat.items():
        shapes = shapely.to_wkt(rows.geometry.to_numpy(), rounding_precision=DECIMALS)
        records = rows.drop(columns="geometry").to_dict("records")
        for record, shape in zip(records, shapes, strict=True):
            told = {column: safe(_told(value)) for column, value in record.items()}
            writer.writerow(dict.fromkeys(own, name) | told | {SHAPE: shape})
    return text.getvalue().encode("utf-8-sig")


def _told(value: Any) -> Any:
    value = plain(value)
    return str(value).lower() if isinstance(value, bool) else value


def write_topojson(layers: Mapping[str, gpd.GeoDataFrame], told: Mapping[str, object]) -> bytes:
    """Return one TopoJSON with an object for each layer; shared boundaries are in it once, points are on its grid."""
    areas = {name: rows for name, rows in layers.items() if not _is_points(rows)}
    made = encode(areas, GRID)
    scale, corner = np.array(made["transform"]["scale"]), np.array(made["transform"]["translate"])
    points = {name: _points(rows, scale, corner) for name, rows in layers.items() if name not in areas}
    objects = {name: points.get(name) or made["objects"][name] for name in layers}
    return json.dumps(made | dict(told) | {"objects": objects}, ensure_ascii=False, separators=(",", ":")).encode()


def _is_points(rows: gpd.GeoDataFrame) -> bool:
    return bool((rows.geom_type == "Point").any())


def _points(rows: gpd.GeoDataFrame, scale: Any, corner: Any) -> dict[str, Any]:
    """Return a layer of points as a TopoJSON object."""
    places = np.rint((shapely.get_coordinates(rows.geometry.to_numpy()) - corner) / scale).astype(np.int64).tolist()
    features = []
    for record, place in zip(rows.drop(columns="geometry").to_dict("records"), places, strict=True):
        properties = {str(key): plain(value) for key, value in record.items() if key != "id"}
        features.append({"type": "Point", "coordinates": place, "id": record.get("id"), "properties": properties})
    return {"type": "GeometryCollection", "geometries": features}
