"""GeoJSON as RFC 7946 has it, whatever the properties hold."""

import json

import geopandas as gpd
import numpy as np
import pytest
from shapely.geometry import MultiPolygon, Point, Polygon, shape

from mapapp.domain.edition import Edition
from mapapp.services.geojson import write_geojson

CLOCKWISE = Polygon([(0, 0), (0, 1), (1, 1), (1, 0)], [[(0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.4)]])


def told(features: gpd.GeoDataFrame) -> dict[str, object]:
    return json.loads(write_geojson(features, layer="test"))


def frame(**columns: object) -> gpd.GeoDataFrame:
    geometry = columns.pop("geometry", [CLOCKWISE])
    return gpd.GeoDataFrame({"id": ["a"], **columns}, geometry=geometry, crs=4326)


def test_members_and_feature_ids() -> None:
    collection = told(frame())
    assert collection["type"] == "FeatureCollection"
    assert collection["layer"] == "test"
    assert "crs" not in collection
    (feature,) = collection["features"]
    assert feature["id"] == feature["properties"]["id"] == "a"


@pytest.mark.parametrize("geometry", [CLOCKWISE, MultiPolygon([CLOCKWISE])])
def test_right_hand_rule(geometry: Polygon | MultiPolygon) -> None:
    written = shape(told(frame(geometry=[geometry]))["features"][0]["geometry"])
    (polygon,) = getattr(written, "geoms", [written])
    assert polygon.exterior.is_ccw
    assert not polygon.interiors[0].is_ccw


def test_coordinates_are_rounded_and_flat() -> None:
    point = told(frame(geometry=[Point(40.123456789, 35.1, 200)]))["features"][0]["geometry"]
    assert point["coordinates"] == [40.123457, 35.1]


def test_what_json_does_not_know_becomes_what_it_does() -> None:
    properties = told(
        frame(size=np.array([8]), share=np.array([np.nan]), parties=[("gov", "isis")], missing=np.array([None]))
    )["features"][0]["properties"]
    assert properties == {"id": "a", "size": 8, "share": None, "parties": ["gov", "isis"], "missing": None}


@pytest.mark.parametrize("name", ["{{7*7}}", "</script>", '"', "\u2028", "دير الزور"])
def test_names_come_back_as_they_were(name: str) -> None:
    assert told(frame(name=[name]))["features"][0]["properties"]["name"] == name


def test_an_empty_slice_is_a_collection_of_nothing() -> None:
    assert told(frame().iloc[:0])["features"] == []


@pytest.mark.parametrize("layer", ["control", "place", "position", "zone", "event", "bank", "river", "boundary"])
def test_built_in_layers_are_written(edition: Edition, layer: str) -> None:
    day = "2017-09-21"
    assert len(told(edition.slice(layer, day))["features"]) == len(edition.slice(layer, day))
