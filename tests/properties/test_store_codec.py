"""Whatever a layer may hold comes out of the store's form byte for byte, or is refused by name."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from mapapp.domain.errors import BadContent
from mapapp.domain.history import Content
from mapapp.store.codec import FORMS, Encoded, decode, encode, hash_feature
from support.theatre import DATASET

numbers = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.none() | st.booleans() | st.integers() | numbers | texts
nested = st.recursive(plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3))
points = st.builds(Point, numbers, numbers)
pairs = st.tuples(numbers, numbers)
shapes = st.one_of(
    points,
    st.builds(LineString, st.lists(pairs, min_size=2, max_size=5)),
    st.builds(Polygon, st.lists(pairs, min_size=3, max_size=6)),
    st.builds(MultiPoint, st.lists(pairs, min_size=1, max_size=4)),
    st.none(),
)


@st.composite
def layers(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Draw a layer with columns of every kind."""
    size = draw(st.integers(0, 6))

    def column(cells: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(cells, min_size=size, max_size=size))

    ids = [f"id {at}" for at in range(size)]
    floats = [float("nan") if cell is None else cell for cell in column(numbers | st.none())]
    frame = pd.DataFrame(
        {
            "id": pd.Series(ids, dtype=object),
            "any": pd.Series(_objects(column(nested)), dtype=object),
            "tuples": pd.Series(_objects(column(st.lists(texts, max_size=3).map(tuple))), dtype=object),
            "count": pd.Series(column(st.integers(-(2**31), 2**31 - 1)), dtype="int32"),
            "share": pd.Series(floats, dtype="float64"),
            "major": pd.Series(column(st.booleans()), dtype="bool"),
        }
    )
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(column(shapes), index=frame.index, crs=4326), crs=4326)


def _objects(cells: list[object]) -> object:
    return np.fromiter(cells, dtype=object, count=len(cells))


def rows_of(encoded: Encoded) -> dict[str, tuple[list[bytes | None], list[str]]]:
    return {
        name: ([row.geometry for row in rows], [row.properties for row in rows])
        for name, rows in encoded.layers.items()
    }


def told(layer: gpd.GeoDataFrame) -> list[object]:
    """Return all that a layer says, so that equal text means equal values and types."""
    return [
        [str(dtype) for dtype in layer.dtypes],
        [[repr(cell) for cell in layer[column]] for column in layer.columns.drop("geometry")],
        layer.geometry.to_wkb().tolist(),
    ]


@settings(max_examples=40)
@given(layers())
def test_a_layer_comes_back_as_it_was(layer: gpd.GeoDataFrame) -> None:
    encoded = encode(Content(DATASET, {"any": layer}))
    back = decode(encoded.documents[FORMS], rows_of(encoded))["any"]
    assert told(back) == told(layer)
    assert encode(Content(DATASET, {"any": back})).content == encoded.content


@given(nested, nested)
def test_unequal_values_have_unequal_hashes(one: object, other: object) -> None:
    hashes = [encode(Content(DATASET, {"any": _layer(value)})).content for value in (one, other)]
    assert (hashes[0] == hashes[1]) == (repr(one) == repr(other))


def test_where_the_geometry_ends_makes_a_difference() -> None:
    assert hash_feature(b"ab", "c") != hash_feature(b"a", "bc")
    assert hash_feature(None, "{}") != hash_feature(b"{}", "")


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (float("nan"), Point(1, 2)),
        ([1, float("inf")], Point(1, 2)),
        ({"deep": [float("nan")]}, Point(1, 2)),
        ("\ud800", Point(1, 2)),
        ({1, 2}, Point(1, 2)),
        (b"bytes", Point(1, 2)),
        ("text", Point(1, 2, 3)),
        ("text", Point()),
        ("text", Polygon()),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(value: object, shape: BaseGeometry) -> None:
    with pytest.raises(BadContent, match="feature the-id"):
        encode(Content(DATASET, {"any": _layer(value, shape)}))


def _layer(value: object, shape: BaseGeometry | None = None) -> gpd.GeoDataFrame:
    frame = pd.DataFrame({"id": ["the-id"]}, dtype=object)
    frame["value"] = pd.Series(_objects([value]), dtype=object)
    return gpd.GeoDataFrame(
        frame, geometry=gpd.GeoSeries([Point(1, 2) if shape is None else shape], crs=4326), crs=4326
    )
