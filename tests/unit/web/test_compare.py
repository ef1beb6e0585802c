"""What changed hands between two days, over the public API."""

import pytest
from shapely.geometry import shape

from mapapp.domain.edition import Edition
from support.asgi import Client

BASE = "/api/datasets/deir-ez-zor-2017"
SPAN = "from=2017-09-05&to=2017-09-21"


def test_figures_by_pair_and_by_holder(client: Client, edition: Edition) -> None:
    answer = client.get(f"{BASE}/compare.json?{SPAN}&version={edition.version}")
    told = answer.json()
    assert (told["from"], told["to"], told["version"]) == ("2017-09-05", "2017-09-21", edition.version)
    assert set(told["pairs"][0]) == {"winner", "loser", "km2"}
    assert sum(pair["km2"] for pair in told["pairs"]) == pytest.approx(told["changed_km2"], abs=0.1)
    assert "max-age=86400" in answer.headers["cache-control"]


def test_areas_are_those_of_the_figures(client: Client) -> None:
    pairs = client.get(f"{BASE}/compare.json?{SPAN}").json()["pairs"]
    answer = client.get(f"{BASE}/compare.geojson?{SPAN}")
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    told = [{key: feature["properties"][key] for key in ("winner", "loser", "km2")} for feature in features]
    assert told == pairs
    assert all(shape(feature["geometry"]).is_valid for feature in features)


def test_the_whole_span_without_days(client: Client, edition: Edition) -> None:
    told = client.get(f"{BASE}/compare.json").json()
    assert (told["from"], told["to"]) == (edition.dataset.first_day, edition.dataset.last_day)


@pytest.mark.parametrize("kind", ["json", "geojson"])
@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("from=2017-09-21&to=2017-09-05", "to", "wrong way round"),
        ("from=2016-09-21", "from", "lies outside this map"),
        ("to=2018-01-01", "to", "lies outside this map"),
        ("from=yesterday", "from", "is not a day"),
        ("date=2017-09-21", "date", "the parameters here are"),
    ],
)
def test_wrong_days(client: Client, kind: str, query: str, parameter: str, words: str) -> None:
    answer = client.get(f"{BASE}/compare.{kind}?{query}")
    error = answer.json()["error"]
    assert (answer.status_code, error["parameter"]) == (400, parameter)
    assert words in error["message"]


def test_a_day_with_itself_is_empty(client: Client) -> None:
    assert client.get(f"{BASE}/compare.geojson?from=2017-09-21&to=2017-09-21").json()["features"] == []
