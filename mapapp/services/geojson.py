"""A slice as GeoJSON text (RFC 7946): longitude and latitude, right-hand rule, no crs member."""

import json
from collections.abc import Iterator
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from mapapp.domain.topology import plain

DECIMALS = 6
"""About a tenth of a metre; what already lies on a coarser grid stays on it."""


def write_geojson(features: gpd.GeoDataFrame, **members: str) -> bytes:
    """Return a FeatureCollection, one feature a line; `members` are told beside the features.

    Each feature has its `id` both as a member and among its properties.
    """
    opening = _json({"type": "FeatureCollection"} | members).removesuffix("}")
    body = ",\n".join(_features(features))
    return f'{opening}, "features": [\n{body}\n]}}\n'.encode()


def _features(features: gpd.GeoDataFrame) -> Iterator[str]:
    shapes = shapely.to_geojson(_shapes(features.geometry.to_numpy()))
    rows = features.drop(columns=features.geometry.name).to_dict("records")
    for row, shape in zip(rows, shapes, strict=True):
        properties = {str(key): plain(value) for key, value in row.items()}
        name = _json(properties.get("id"))
        yield f'{{"type": "Feature", "id": {name}, "properties": {_json(properties)}, "geometry": {shape}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _shapes(geometries: Any) -> Any:
    """Round, turn every outer ring counter-clockwise, drop heights."""
    flat = shapely.force_2d(np.array(geometries, dtype=object))
    return shapely.orient_polygons(shapely.transform(flat, lambda points: points.round(DECIMALS)))
