"""What the routes answer, read back from its bytes: on every change day an exact coverage with the figures of stats."""

import json

import geopandas as gpd
import pytest
import shapely

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.edition import Edition
from mapapp.domain.measure import area_km2, holders_of
from mapapp.domain.slicing import slice_on
from mapapp.domain.topology import decode
from support.asgi import Client

BASE = "/api/datasets/deir-ez-zor-2017"


def days_of(edition: Edition) -> list[str]:
    return [edition.dataset.first_day, *edition.change_days]


def check_slice(areas: gpd.GeoDataFrame, expected: dict[Holder, float], country: float) -> None:
    geometries = areas.geometry.to_numpy()
    assert shapely.is_valid(geometries).all()
    assert shapely.coverage_is_valid(geometries)
    km2 = area_km2(geometries)
    assert km2.sum() == pytest.approx(country, rel=1e-3)
    for holder, area in zip(holders_of(areas), km2, strict=True):
        assert area == pytest.approx(expected[holder], rel=1e-4, abs=1e-3)


@pytest.fixture
def stats(client: Client) -> dict[str, dict[Holder, float]]:
    table: dict[str, dict[Holder, float]] = {}
    for row in client.get(f"{BASE}/stats.json").json()["area_km2"]:
        holder = holder_of(row["status"], row["actor"], row["parties"])
        table.setdefault(row["day"], {})[holder] = row["km2"]
    return table


def test_the_topology_holds_an_exact_coverage_for_every_change_day(
    client: Client, edition: Edition, stats: dict[str, dict[Holder, float]]
) -> None:
    answer = client.get(f"{BASE}/versions/{edition.version}/topology.json")
    control = decode(json.loads(answer.content), "control")
    country = edition.stats.country_km2
    assert sorted(stats) == days_of(edition)
    for day in days_of(edition):
        check_slice(slice_on(control, day), stats[day], country)


def test_the_layer_route_answers_an_exact_coverage_on_every_change_day(
    client: Client, edition: Edition, stats: dict[str, dict[Holder, float]]
) -> None:
    for day in days_of(edition):
        answer = client.get(f"{BASE}/layers/control.geojson", params={"date": day})
        features = json.loads(answer.content)["features"]
        check_slice(gpd.GeoDataFrame.from_features(features, crs=4326), stats[day], edition.stats.country_km2)
