"""The public API answers as designed, and a wrong value says which parameter and why."""

import json

import pytest
from shapely.geometry import shape

from mapapp.domain.edition import Edition
from mapapp.domain.errors import StoreUnavailable
from mapapp.services import catalog
from support.asgi import Client

BASE = "/api/datasets/deir-ez-zor-2017"
HOSTILE = [
    "{{7*7}}",
    "<img src=x onerror=alert(1)>",
    "../../etc/passwd",
    "' OR 1=1 --",
    "\u202e2017",
    "%00",
    "٢٠١٧-٠٩-٢١",
]


@pytest.fixture
def topology(edition: Edition) -> str:
    return f"{BASE}/versions/{edition.version}/topology.json"


def test_the_process_lives_and_the_data_is_there(client: Client, edition: Edition) -> None:
    assert client.get("/healthz").text == "ok"
    assert edition.version in client.get("/readyz").text


def test_not_ready_without_data(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> dict[str, str]:
        raise StoreUnavailable("store", place="secret path", reason="locked")

    monkeypatch.setattr(catalog, "check_heads", fail)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_list_of_datasets(client: Client, edition: Edition) -> None:
    (told,) = client.get("/api/datasets").json()
    assert told == catalog.summarise(edition.dataset, edition.version)


def test_a_dataset(client: Client, edition: Edition) -> None:
    assert client.get(BASE).json() == json.loads(json.dumps(catalog.describe(edition)))


@pytest.mark.parametrize("layer", ["control", "zone", "position", "place", "event", "bank", "river", "boundary"])
def test_a_slice(client: Client, edition: Edition, layer: str) -> None:
    answer = client.get(f"{BASE}/layers/{layer}.geojson?date=2017-09-21")
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    assert [feature["id"] for feature in features] == list(edition.slice(layer, "2017-09-21")["id"])


def test_a_slice_covers_the_country_once(client: Client) -> None:
    features = client.get(f"{BASE}/layers/control.geojson?date=2017-09-21").json()["features"]
    areas = [shape(feature["geometry"]) for feature in features]
    assert all(area.is_valid for area in areas)
    overlaps = [a.intersection(b).area for i, a in enumerate(areas) for b in areas[:i]]
    assert max(overlaps) == 0


def test_a_slice_without_a_day_is_of_the_datasets_own(client: Client) -> None:
    assert client.get(f"{BASE}/layers/control.geojson").json()["day"] == "2017-09-21"


def test_stats_of_a_span(client: Client) -> None:
    told = client.get(f"{BASE}/stats.json?from=2017-09-01&to=2017-09-05").json()
    assert {row["bank"] for row in told["bank_km2"]} == {"east", "west"}
    assert min(row["day"] for row in told["area_km2"]) == "2017-09-01"
    assert max(row["day"] for row in told["area_km2"]) <= "2017-09-05"


def test_closest_posts_of_a_day(client: Client) -> None:
    (row,) = client.get(f"{BASE}/closest.json?from=2017-09-21&to=2017-09-21").json()["closest"]
    assert set(row) == {"day", "km", "one", "other", "contact_km"}
    assert set(row["one"]) == set(row["other"]) == {"name", "kind", "actor", "lon", "lat"}
    assert row["one"]["actor"] in {"gov", "russia"}
    assert row["other"]["actor"] in {"sdf", "coalition"}
    assert 0 < row["km"] < 5


def test_topology_is_kept_for_ever_and_not_sent_twice(client: Client, topology: str) -> None:
    first = client.get(topology)
    assert "immutable" in first.headers["cache-control"]
    assert first.json()["objects"]["control"]["geometries"]
    again = client.get(topology, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_compressed_as_the_client_likes(client: Client, topology: str, accepted: str, encoding: str | None) -> None:
    answer = client.get(topology, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == encoding
    assert "accept-encoding" in answer.headers["vary"].lower()


def test_pinned_answers_are_kept_and_others_asked_again(client: Client, edition: Edition) -> None:
    pinned = client.get(f"{BASE}/stats.json?version={edition.version}")
    assert "max-age=86400" in pinned.headers["cache-control"]
    assert "no-cache" in client.get(f"{BASE}/stats.json").headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/api/datasets",
        BASE,
        f"{BASE}/stats.json",
        f"{BASE}/closest.json",
        f"{BASE}/layers/control.geojson",
        "/embed",
    ],
)
def test_head_tells_the_same_without_a_body(client: Client, path: str) -> None:
    head, full = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers.get("etag") == full.headers.get("etag")


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/api/datasets/nowhere", 404, "dataset"),
        (f"{BASE}?version=000000000000", 404, "version"),
        (f"{BASE}/layers/nothing.geojson", 404, "layer"),
        (f"{BASE}/layers/control.geojson?date=2017-02-30", 400, "date"),
        (f"{BASE}/layers/control.geojson?date=2018-01-01", 400, "date"),
        (f"{BASE}/layers/control.geojson?date=21.09.2017", 400, "date"),
        (f"{BASE}/layers/control.geojson?date=2017-09-21&date=2017-09-22", 400, "date"),
        (f"{BASE}/layers/control.geojson?day=2017-09-21", 400, "day"),
        (f"{BASE}/layers/control.geojson?version=x", 404, "version"),
        (f"{BASE}/stats.json?from=2017-05-05", 400, "from"),
        (f"{BASE}/stats.json?to=2018-01-01", 400, "to"),
        (f"{BASE}/stats.json?from=2017-09-30&to=2017-09-20", 400, "to"),
        (f"{BASE}/closest.json?from=2017-09-30&to=2017-09-20", 400, "to"),
        (f"{BASE}/closest.json?date=2017-09-21", 400, "date"),
        (f"{BASE}/versions/000000000000/topology.json", 404, "version"),
        ("/api/datasets/nowhere/versions/x/topology.json", 404, "dataset"),
        ("/api/nothing", 404, ""),
        (f"{BASE}/layers/control", 404, ""),
    ],
)
def test_wrong_values(client: Client, path: str, status: int, parameter: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["parameter"] == parameter
    assert error["message"].endswith((".", "…"))
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["date", "version"])
def test_hostile_values_are_refused_as_json(client: Client, name: str, value: str) -> None:
    answer = client.get(f"{BASE}/layers/control.geojson", params={name: value})
    assert answer.status_code in {400, 404}
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["error"]["parameter"] == name


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_paths_are_not_found(client: Client, value: str) -> None:
    assert client.get(f"/api/datasets/{value}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    answer = client.request(method, "/api/datasets")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.json()["error"]["message"]


def test_an_unexpected_error_gives_a_number_and_the_log_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_edition: Edition) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(catalog, "describe", fail)
    answer = client.get(BASE)
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    number = answer.json()["error"]["message"].split("incident ")[1].rstrip(".")
    assert f"incident {number}" in caplog.text
    assert "hunter2" in caplog.text
