"""The routes of places answer as designed, and refuse what is wrong as the others do."""

import pytest

from mapapp.domain.edition import Edition
from support.asgi import Client

BASE = "/api/datasets/deir-ez-zor-2017/places"


def test_places_by_name(client: Client, edition: Edition) -> None:
    answer = client.get(BASE, params={"q": "الميادين", "limit": "2"})
    told = answer.json()
    assert told["version"] == edition.version
    assert len(told["places"]) == 2
    first = told["places"][0]
    assert set(first) == {"id", "label", "name", "name_ar", "name_ru", "kind", "size", "lon", "lat", "match"}
    assert (first["id"], first["match"]) == ("mayadin", "exact")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get(BASE, params={"q": "xvxvxvxv"}).json()["places"] == []


def test_a_place_with_its_periods(client: Client, edition: Edition) -> None:
    told = client.get(f"{BASE}/mayadin?date=2017-11-20").json()
    assert told["periods"] == edition.layers["place"].set_index("id").loc["mayadin"]["periods"]
    newest = told["periods"][1]["evidence"][0]
    assert newest["day"] == "2017-10-14"
    assert told["on"] == {"day": "2017-11-20", "period": 1, "known_on": "2017-10-14", "evidence": newest}
    assert client.get(f"{BASE}/mayadin").json()["on"]["day"] == edition.dataset.default_day


def test_pinned_answers_are_kept(client: Client, edition: Edition) -> None:
    assert "max-age" in client.get(f"{BASE}/mayadin?version={edition.version}").headers["cache-control"]
    assert "no-cache" in client.get(f"{BASE}?q=hajin").headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        (BASE, 400, "q"),
        (f"{BASE}?q=%20", 400, "q"),
        (f"{BASE}?q={'x' * 81}", 400, "q"),
        (f"{BASE}?q=x&limit=0", 400, "limit"),
        (f"{BASE}?q=x&limit=51", 400, "limit"),
        (f"{BASE}?q=x&limit=many", 400, "limit"),
        (f"{BASE}?q=x&limit=٥", 400, "limit"),
        (f"{BASE}?q=x&limit={'9' * 3000}", 400, "limit"),
        (f"{BASE}?q=x&q=y", 400, "q"),
        (f"{BASE}?name=x", 400, "name"),
        (f"{BASE}/nowhere", 404, "place"),
        (f"{BASE}/<img src=x>", 404, "place"),
        (f"{BASE}/mayadin?date=2019-01-01", 400, "date"),
        (f"{BASE}/mayadin?version=x", 404, "version"),
        ("/api/datasets/nowhere/places?q=x", 404, "dataset"),
    ],
)
def test_wrong_values(client: Client, path: str, status: int, parameter: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"]["parameter"] == parameter
    assert answer.headers["cache-control"] == "no-store"
