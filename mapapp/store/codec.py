"""Layers as rows that any database keeps, and back, with every byte of geometry and every value of a property.

A feature is its geometry as WKB and its properties as canonical JSON; both make its hash. What JSON cannot tell, the
types of a layer's columns, goes into the layer's form.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapapp.domain.edition import Dataset, Layers
from mapapp.domain.errors import BadContent, Phrase
from mapapp.domain.history import Content

CRS = "EPSG:4326"
DATASET, FORMS = "dataset.json", "layers.json"
"""The names of the two documents that every version has."""

TUPLE, ANY = "tuple", "object"


@dataclass(frozen=True)
class Row:
    """A feature as it is kept."""

    hash: str
    geometry: bytes | None
    properties: str

    @property
    def size(self) -> int:
        """Return the bytes of both parts."""
        return len(self.geometry or b"") + len(self.properties.encode())


@dataclass(frozen=True)
class Encoded:
    """A version as it is kept: rows by layer, documents by name with their hashes, and the hash of it all."""

    layers: dict[str, list[Row]]
    documents: dict[str, bytes]
    content: str

    @property
    def features(self) -> int:
        """Return how many features there are in all layers."""
        return sum(len(rows) for rows in self.layers.values())

    @property
    def size(self) -> int:
        """Return the bytes of all features and documents."""
        shapes = sum(row.size for rows in self.layers.values() for row in rows)
        return shapes + sum(map(len, self.documents.values()))


def encode(content: Content) -> Encoded:
    """Turn content into rows and documents; raises BadContent for what could not be given back as it is."""
    forms = {name: _form(name, layer) for name, layer in content.layers.items()}
    layers = {name: _rows(name, layer, forms[name]) for name, layer in content.layers.items()}
    frame = asdict(content.dataset)
    documents = {**content.documents, DATASET: canonical(frame).encode(), FORMS: canonical(forms, False).encode()}
    hashes = {name: hash_bytes(document) for name, document in documents.items()}
    return Encoded(
        layers, documents, content_hash(hashes, {name: [row.hash for row in layers[name]] for name in layers})
    )


def read_dataset(document: bytes) -> Dataset:
    """Return the dataset that a version's document tells."""
    return Dataset.of(json.loads(document))


def decode(forms: bytes, rows: dict[str, tuple[list[bytes | None], list[str]]]) -> Layers:
    """Return the layers from the document of their forms, and geometries and properties by layer."""
    told: dict[str, dict[str, str]] = json.loads(forms)
    return {name: _layer(columns, *rows.get(name, ([], []))) for name, columns in told.items()}


def canonical(value: Any, sort: bool = True) -> str:
    """Return JSON that is equal for equal values; without `sort` the order of members counts, and is kept.

    Raises ValueError or TypeError for what JSON cannot tell.
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=sort, separators=(",", ":"))


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of a document in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def hash_feature(geometry: bytes | None, properties: str) -> str:
    """Return the SHA-256 of a feature; the length before the geometry keeps the parts apart."""
    shape = geometry or b""
    return hashlib.sha256(b"%d\0%b%b" % (len(shape), shape, properties.encode())).hexdigest()


def content_hash(documents: dict[str, str], layers: dict[str, list[str]]) -> str:
    """Return the SHA-256 of a version from the hashes of its documents and features, in their order."""
    return hash_bytes(canonical({"documents": documents, "layers": layers}).encode())


def _form(name: str, layer: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the type of each column but the geometry, in their order."""
    if layer.crs is None or layer.crs != CRS:
        raise BadContent(
            name,
            layer=name,
            feature="-",
            property="geometry",
            reason=Phrase("not_in_degrees", "its coordinates are not in degrees"),
        )
    if layer.geometry.name != "geometry" or not all(isinstance(column, str) for column in layer.columns):
        raise BadContent(
            name,
            layer=name,
            feature="-",
            property="geometry",
            reason=Phrase("other_columns", "columns have other names"),
        )
    return {column: _kind(name, column, layer) for column in layer.columns.drop("geometry")}


def _kind(name: str, column: str, layer: gpd.GeoDataFrame) -> str:
    cells = layer[column]
    if isinstance(cells.dtype, np.dtype) and cells.dtype.kind in "biuf":
        return str(cells.dtype.name)
    tuples = [isinstance(cell, tuple) for cell in cells]
    if any(tuples) and not all(one or cell is None for one, cell in zip(tuples, cells, strict=True)):
        raise _bad(
            name, layer, tuples.index(False), column, Phrase("mixed_tuples", "some cells are tuples and some are not")
        )
    return TUPLE if any(tuples) else ANY


def _rows(name: str, layer: gpd.GeoDataFrame, form: dict[str, str]) -> list[Row]:
    shapes = layer.geometry.to_numpy()
    for at in np.flatnonzero(shapely.has_z(shapes) | ~np.isfinite(shapely.bounds(shapes)).all(axis=1)):
        if shapes[at] is not None:
            raise _bad(
                name,
                layer,
                int(at),
                "geometry",
                Phrase("no_flat_shape", "it is empty, has heights, or a coordinate that is no number"),
            )
    cells = [_cells(layer[column], kind) for column, kind in form.items()]
    bodies = shapely.to_wkb(shapes, byte_order=1)
    return [_row(name, layer, at, tuple(form), body) for at, body in enumerate(zip(bodies, *cells, strict=True))]


def _row(name: str, layer: gpd.GeoDataFrame, at: int, columns: tuple[str, ...], body: tuple[Any, ...]) -> Row:
    shape, *values = body
    try:
        properties = canonical(dict(sorted(zip(columns, values, strict=True))), False)
        properties.encode()
    except (ValueError, TypeError):
        column = next(column for column, value in zip(columns, values, strict=True) if not _is_json(value))
        reason = Phrase("no_json", "its value is no text, number, list or object, or not a finite number")
        raise _bad(name, layer, at, column, reason) from None
    return Row(hash_feature(shape, properties), shape, properties)


def _cells(cells: "pd.Series[Any]", kind: str) -> list[Any]:
    """Return plain Python values; a missing number is None."""
    if kind.startswith("float"):
        return [None if cell != cell else cell for cell in cells.tolist()]  # noqa: PLR0124 - only NaN differs from itself
    return cells.tolist()


def _is_json(value: Any) -> bool:
    try:
        canonical(value).encode()
    except (ValueError, TypeError):
        return False
    return True


def _bad(name: str, layer: gpd.GeoDataFrame, at: int, column: str, reason: str) -> BadContent:
    return _refused(name, str(layer["id"].iloc[at])[:60] if "id" in layer else str(at + 1), column, reason)


def _refused(name: str, feature: str, column: str, reason: str) -> BadContent:
    return BadContent(name, layer=name, feature=feature, property=column, reason=reason)


def _layer(columns: dict[str, str], shapes: list[bytes | None], properties: list[str]) -> gpd.GeoDataFrame:
    rows = json.loads(f"[{','.join(properties)}]")
    cells = {column: _series([row[column] for row in rows], kind) for column, kind in columns.items()}
    geometry = shapely.from_wkb(np.array(shapes, dtype=object)) if shapes else np.array([], dtype=object)
    frame = pd.DataFrame(cells, index=pd.RangeIndex(len(rows)))
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(geometry, index=frame.index, crs=CRS), crs=CRS)


def _series(values: list[Any], kind: str) -> "pd.Series[Any]":
    if kind == TUPLE:
        values = [None if value is None else tuple(value) for value in values]
    if kind in {TUPLE, ANY}:
        return pd.Series(np.fromiter(values, dtype=object, count=len(values)), dtype=object)
    return pd.Series(np.array(values, dtype=kind))
