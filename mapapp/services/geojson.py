"""A slice as GeoJSON text (RFC 7946): longitude and latitude, right-hand rule, no crs member."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from mapapp.domain.topology import plain

DECIMALS = 6
"""About a tenth of a metre; what already lies on a coarser grid stays on it."""


def write_geojson(features: gpd.GeoDataFrame, **members: object) -> bytes:
    """Return a FeatureCollection, one feature a line; `members` are told beside the features.

    Each feature has its `id` both as a member and among its properties.
    """
    return _collection(_features(features), members)


def write_layers(layers: Mapping[str, gpd.GeoDataFrame], **members: object) -> bytes:
    """Return one FeatureCollection of several layers; each feature names its own in the property `layer`."""
    features = (text for name, rows in layers.items() for text in _features(rows, layer=name))
    return _collection(features, members)


def _collection(features: Iterator[str], members: Mapping[str, object]) -> bytes:
    opening = _json({"type": "FeatureCollection"} | dict(members)).removesuffix("}")
    body = ",\n".join(features)
    return f'{opening}, "features": [\n{body}\n]}}\n'.encode()


def _features(features: gpd.GeoDataFrame, **more: str) -> Iterator[str]:
    shapes = shapely.to_geojson(tidy_shapes(features.geometry.to_numpy()))
    rows = features.drop(columns=features.geometry.name).to_dict("records")
    for row, shape in zip(rows, shapes, strict=True):
        properties = more | {str(key): plain(value) for key, value in row.items()}
        name = _json(properties.get("id"))
        yield f'{{"type": "Feature", "id": {name}, "properties": {_json(properties)}, "geometry": {shape}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def tidy_shapes(geometries: Any) -> Any:
    """Round to DECIMALS, turn every outer ring counter-clockwise, drop heights."""
    flat = shapely.force_2d(np.array(geometries, dtype=object))
    return shapely.orient_polygons(shapely.transform(flat, lambda points: points.round(DECIMALS)))
