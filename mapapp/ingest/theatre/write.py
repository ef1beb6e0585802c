"""Write layers so that the same facts always give the same bytes: one feature a line, fixed decimals, UTF-8."""

import json
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from mapapp.domain.topology import plain

DECIMALS = 5


def layer_bytes(layer: gpd.GeoDataFrame) -> bytes:
    """Return a layer as GeoJSON (RFC 7946), properties in the order of the columns, missing values as null."""
    records = layer.drop(columns="geometry").to_dict("records")
    lines = [_feature(record, geometry) for record, geometry in zip(records, layer.geometry, strict=True)]
    return ('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n").encode()


def _feature(record: dict[str, Any], geometry: Any) -> str:
    """Return one feature as a line of JSON; its id is a member and a property."""
    feature = {
        "type": "Feature",
        "id": record["id"],
        "properties": {str(key): plain(value) for key, value in record.items()},
        "geometry": json.loads(shapely.to_geojson(shapely.transform(geometry, _round))),
    }
    return json.dumps(feature, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _round(xy: "np.ndarray[Any, np.dtype[np.float64]]") -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Round coordinates to about a metre; what lies on a coarser grid keeps its exact value."""
    return np.round(xy, DECIMALS)


def json_bytes(content: dict[str, Any]) -> bytes:
    """Return a small file as JSON that a person can read."""
    return (json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()
