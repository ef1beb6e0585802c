"""From good features to the layers of a dataset."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from mapapp.domain.actors import holder_of
from mapapp.domain.faults import Fault
from mapapp.domain.schema import LAYERS
from mapapp.ingest.daily import Day, series_of
from mapapp.ingest.features import Feature, Table, told_id
from mapapp.ingest.requirements import fill_in
from mapapp.ingest.shapes import Shapes


@dataclass(frozen=True)
class Laid:
    """A table with its geometries, the layer it is for, the day of its file, and the numbers of its bad features."""

    table: Table
    layer: str
    day: str | None
    shapes: Shapes
    bad: frozenset[int]

    def good(self) -> npt.NDArray[np.int64]:
        """Return where in the table the features are that have a geometry and no error."""
        return np.array(
            [
                at
                for at, feature in enumerate(self.table.features)
                if feature.number not in self.bad
                and self.shapes.geometries[at] is not None
                and isinstance(feature.properties, dict)
            ],
            dtype=np.int64,
        )


def frames_of(laid: Sequence[Laid], *, is_series: bool) -> tuple[dict[str, gpd.GeoDataFrame], list[Fault]]:
    """Return the layers by name, and what was done to make them: vertices put back, days missing."""
    rows: dict[str, list[dict[str, Any]]] = {}
    notes: list[Fault] = []
    daily = [part for part in laid if is_series and part.day is not None]
    if daily:
        layer = daily[0].layer
        rows[layer], notes = _series_rows(daily, layer)
    for part in laid:
        if part not in daily and part.layer in LAYERS:
            rows.setdefault(part.layer, []).extend(_rows(part))
    return {layer: _frame(layer, found) for layer, found in rows.items() if found}, notes


def _rows(part: Laid) -> list[dict[str, Any]]:
    rows = []
    for at in part.good().tolist():
        feature = part.table.features[at]
        properties = fill_in(part.layer, feature.properties, feature.file or part.table.file)
        properties["id"] = told_id(feature) or _own_id(part.layer, properties, feature)
        rows.append({**properties, "geometry": part.shapes.geometries[at]})
    return rows


def _own_id(layer: str, properties: dict[str, Any], feature: Feature) -> str:
    """Return an id for a feature that brings none: holder and day for areas, name or number otherwise."""
    if layer == "control" and properties.get("actor"):
        return f"{properties['actor']}@{properties['valid_from']}#{feature.number}"
    return f"{layer}-{feature.number}"


def _frame(layer: str, rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    """Return rows as the loader of layers returns them: columns as the schema has them, missing texts as None."""
    columns = [prop.name for prop in LAYERS[layer].properties]
    frame = gpd.GeoDataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=object) for name in columns},
        geometry=[row["geometry"] for row in rows],
        crs=4326,
    )
    for prop in LAYERS[layer].properties:
        if prop.schema.get("type") in ("integer", "number", "boolean") and frame[prop.name].notna().all():
            frame[prop.name] = frame[prop.name].infer_objects()
    return frame


def _series_rows(parts: Sequence[Laid], layer: str) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Return the periods of daily files."""
    days: dict[str, tuple[list[Any], list[Any]]] = {}
    properties: dict[Any, dict[str, Any]] = {}
    for part in sorted(parts, key=lambda laid: laid.day or ""):
        shapes, holders = days.setdefault(part.day or "", ([], []))
        for at in part.good().tolist():
            given = fill_in(layer, part.table.features[at].properties, part.table.file)
            key = _key(given)
            shapes.append(part.shapes.geometries[at])
            holders.append(key)
            properties.setdefault(key, given)
    made = series_of([Day(day, np.array(shapes, dtype=object), held) for day, (shapes, held) in days.items()])
    rows = [_run_row(run.holder, run.valid_from, run.valid_to, run.shape, properties) for run in made.runs]
    return rows, _series_notes(made.snapped, made.gaps)


def _key(given: dict[str, Any]) -> Any:
    """Return what makes two areas of consecutive days the same: the holder, or for other layers the name."""
    if given.get("status"):
        return holder_of(given["status"], given["actor"], given["parties"]).key
    return given.get("name") or given.get("zone") or ""


def _run_row(key: Any, begin: str, end: str | None, shape: Any, properties: dict[Any, Any]) -> dict[str, Any]:
    days = {"valid_from": begin, "valid_to": end, "evidence_from": begin, "evidence_to": begin}
    return {**properties[key], **days, "id": f"{key}@{begin}", "geometry": shape}


def _series_notes(snapped: int, gaps: Sequence[tuple[str, str]]) -> list[Fault]:
    notes = [Fault("days-missing", found=one if one == two else f"{one} … {two}") for one, two in gaps]
    return [*notes, Fault("vertices-snapped", found=str(snapped))] if snapped else notes
