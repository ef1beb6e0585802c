"""How large a file of data will be, told before anybody waits for it."""

import geopandas as gpd
import shapely

from mapapp.domain.edition import Edition
from mapapp.domain.slicing import slice_between
from mapapp.services.data_order import DataOrder

WEIGHTS = {
    "zip": (16.0, 230.0, 20_000),
    "gpkg": (17.0, 750.0, 100_000),
    "geojson": (19.0, 800.0, 300),
    "csv": (17.5, 600.0, 300),
    "topojson": (11.0, 700.0, 300),
}
"""Bytes for each vertex and for each feature, and of an empty file; measured on the program's own data."""

SHARED = 0.15
"""The part of a history's boundaries that TopoJSON still has to store, for each is in it once."""


def estimate_bytes(edition: Edition, order: DataOrder) -> int:
    """Return about how many bytes a file will have, to a third or so. Cost: milliseconds."""
    a_vertex, a_feature, empty = WEIGHTS[order.format]
    layers = [slice_between(edition.layers[name], order.first, order.last) for name in order.layers]
    shared = order.format == "topojson" and order.day is None
    vertices = sum(_vertices(rows) * (SHARED if shared and "valid_from" in rows else 1.0) for rows in layers)
    return round(empty + a_vertex * vertices + a_feature * sum(map(len, layers)))


def _vertices(rows: gpd.GeoDataFrame) -> int:
    return int(shapely.get_num_coordinates(rows.geometry.to_numpy()).sum())
