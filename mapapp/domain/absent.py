"""Layers that a dataset does not have, as empty ones: so nobody who asks for one needs to know who lacks it."""

import geopandas as gpd
import pandas as pd

from mapapp.domain.schema import LAYERS


def empty_layer(name: str) -> gpd.GeoDataFrame:
    """Return a layer of the schema without features, in EPSG:4326; KeyError for a name that the schema lacks."""
    columns = {prop.name: pd.Series([], dtype=object) for prop in LAYERS[name].properties}
    return gpd.GeoDataFrame(columns, geometry=gpd.GeoSeries([], crs=4326), crs=4326)


def complete(layers: dict[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers as they are, and after them empty ones for those of the schema that are missing."""
    return layers | {name: empty_layer(name) for name in LAYERS if name not in layers}


def present(layers: dict[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that have a feature."""
    return {name: layer for name, layer in layers.items() if len(layer)}
