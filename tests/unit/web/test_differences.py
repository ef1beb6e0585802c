"""The addresses of a difference: which versions, which day, what is refused."""

import pytest

from mapapp.domain.history import Author
from mapapp.services import catalog
from mapapp.services.rights import command_user
from mapapp.services.stock import stock
from mapapp.services.versions import restore
from support.asgi import Client
from support.theatre import theatre, with_row

NAME = "diffed-squares"
BASE = f"/api/datasets/{NAME}"


@pytest.fixture(scope="module")
def versions() -> tuple[str, str]:
    """Two versions of a small dataset in the store of the tests; it is withdrawn when they end."""
    store, author = stock().store, Author("analyst@example.org")
    one = store.publish(theatre(NAME), parent=None, author=author, message="first")
    content = with_row(theatre(NAME), "control", "red-0", actor="blue")
    two = store.publish(content, parent=one.id, author=author, message="second")
    yield one.id, two.id
    for version in store.versions(NAME):
        store.withdraw(NAME, version.id, author=author, reason="the test is over")


def test_the_newest_against_the_one_before(client: Client, versions: tuple[str, str]) -> None:
    answer = client.get(f"{BASE}/diff")
    told = answer.json()
    assert (told["from"], told["to"], told["date"]) == (*versions, "2020-01-01")
    assert told["pairs"] == [{"winner": "blue", "loser": "red", "km2": pytest.approx(101.6, abs=1)}]
    assert told["layers"]["control"]["changed"] == {"red-0": ["actor"]}
    assert answer.headers["cache-control"] == "public, no-cache"


def test_two_named_versions_either_way(client: Client, versions: tuple[str, str]) -> None:
    one, two = versions
    answer = client.get(f"{BASE}/diff?from={two}&to={one}&date=2020-01-05")
    assert [(pair["winner"], pair["loser"]) for pair in answer.json()["pairs"]] == [("red", "blue")]
    assert answer.headers["cache-control"] == "public, max-age=86400"


@pytest.mark.usefixtures("versions")
def test_the_ground_as_geojson(client: Client) -> None:
    features = client.get(f"{BASE}/diff.geojson?date=2020-01-05").json()["features"]
    assert [feature["id"] for feature in features] == ["red>blue"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("from=nothing", 404, "version"),
        ("to=nothing", 404, "version"),
        ("date=2020-02-30", 400, "date"),
        ("date=2021-01-01", 400, "date"),
        ("day=2020-01-01", 400, "day"),
    ],
)
@pytest.mark.usefixtures("versions")
def test_wrong_values_are_refused(client: Client, query: str, status: int, parameter: str) -> None:
    answer = client.get(f"{BASE}/diff?{query}")
    assert answer.status_code == status
    assert answer.json()["error"]["parameter"] == parameter


def test_a_first_version_has_nothing_before_it(client: Client, versions: tuple[str, str]) -> None:
    assert client.get(f"{BASE}/diff?to={versions[0]}").status_code == 404


def test_a_restored_version_differs_from_its_parent(client: Client, versions: tuple[str, str]) -> None:
    made = restore(command_user("desk"), NAME, versions[0], "back")
    assert client.get(f"{BASE}/diff").json()["to"] == made.id == catalog.heads()[NAME]
