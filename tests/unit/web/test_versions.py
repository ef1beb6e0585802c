"""The history as readers see it: newer versions are pointed to, withdrawn ones are gone, nobody's address is told."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mapapp import settings as settings_module
from mapapp.domain.history import Author, Version
from mapapp.services import stock
from mapapp.store import Store
from support.asgi import Client
from support.theatre import theatre, with_row

NAME = "two-squares"
BASE = f"/api/datasets/{NAME}"
ATOM = "{http://www.w3.org/2005/Atom}"
MESSAGE = "East town <b>changes</b> & more\x0b ]]>"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store of this test's own, which the site uses."""
    monkeypatch.setenv("MAPAPP_DATA_DIR", str(tmp_path))
    settings_module.settings.cache_clear()
    yield stock.stock().store
    settings_module.settings.cache_clear()


@pytest.fixture
def made(store: Store) -> list[Version]:
    """Three versions of the small theatre."""
    content = theatre()
    first = store.publish(content, parent=None, author=Author("mapapp"), message="first")
    changed = with_row(content, "control", "red-2", actor="blue")
    told = {"author": Author("analyst@example.org", "An analyst"), "message": MESSAGE, "sources": "a newspaper"}
    second = store.publish(changed, parent=first.id, **told)
    third = with_row(changed, "place", "west-town", note="a note")
    shy = Author("analyst@example.org", "analyst@example.org")
    return [first, second, store.publish(third, parent=second.id, author=shy, message="third")]


def test_list_of_versions(client: Client, made: list[Version]) -> None:
    answer = client.get(f"{BASE}/versions")
    told = answer.json()
    assert told["dataset"] == NAME
    assert [row["version"] for row in told["versions"]] == [version.id for version in reversed(made)]
    middle = told["versions"][1]
    assert (middle["parent"], middle["sequence"], middle["message"]) == (made[0].id, 2, MESSAGE)
    assert (middle["author"], middle["sources"], middle["features"]) == ("An analyst", "a newspaper", 15)
    assert middle["published"].endswith("Z")
    assert middle["bytes"] == made[1].size
    assert middle["withdrawn"] is None
    assert told["versions"][0]["author"] is None
    assert client.get(f"{BASE}/versions/{made[1].id}").json() == middle


def test_no_address_of_an_author_is_told(client: Client, store: Store, made: list[Version]) -> None:
    store.withdraw(NAME, made[0].id, author=Author("editor@example.org"), reason="a reason")
    for path in ("versions", "versions.atom", f"versions/{made[1].id}", f"versions/{made[0].id}"):
        assert "example.org" not in client.get(f"{BASE}/{path}").text


def test_what_there_is_not(client: Client, made: list[Version]) -> None:
    assert client.get("/api/datasets/nowhere/versions").status_code == 404
    assert client.get("/api/datasets/nowhere/versions.atom").status_code == 404
    assert client.get(f"{BASE}/versions/0123456789ab").status_code == 404
    assert client.get(f"{BASE}/versions?limit=3").status_code == 400
    assert client.get(f"{BASE}/versions.atom?lang=xx").json()["error"]["parameter"] == "lang"
    assert made


def test_a_pinned_answer_stays_and_points_to_the_newest(client: Client, made: list[Version]) -> None:
    pinned = client.get(f"{BASE}/stats.json", params={"from": "2020-01-02", "version": made[0].id})
    assert pinned.headers["link"] == '<?from=2020-01-02>; rel="latest-version"'
    assert pinned.json()["version"] == made[0].id
    assert "link" not in client.get(f"{BASE}/stats.json").headers
    assert "link" not in client.get(f"{BASE}/stats.json", params={"version": made[2].id}).headers
    topology = client.get(f"{BASE}/versions/{made[1].id}/topology.json")
    assert topology.headers["link"] == f'<../{made[2].id}/topology.json>; rel="latest-version"'


def test_a_publish_changes_the_newest_and_no_pinned_byte(client: Client, store: Store, made: list[Version]) -> None:
    paths = [f"{BASE}/{path}?version={made[0].id}" for path in ("stats.json", "layers/control.geojson", "series.csv")]
    before = [client.get(path).content for path in paths]
    content = with_row(theatre(), "control", "red-0", note="again")
    for number in range(3):
        content = with_row(content, "control", "red-0", note=f"again {number}")
        head = store.publish(content, parent=store.head(NAME).id, author=Author("a"), message="again")
        assert client.get(BASE).json()["version"] == head.id
    assert [client.get(path).content for path in paths] == before
    assert made


def test_a_withdrawn_version_is_gone_everywhere_but_in_the_history(
    client: Client, store: Store, made: list[Version]
) -> None:
    gone = made[1].id
    assert client.get(f"{BASE}/stats.json?version={gone}").status_code == 200
    store.withdraw(NAME, gone, author=Author("editor@example.org"), reason="a danger to a witness")
    paths = ["", "/layers/control.geojson", "/stats.json", "/closest.json", "/series.csv", "/compare.json", "/places"]
    statuses = {path: client.get(f"{BASE}{path}?version={gone}").status_code for path in paths}
    assert set(statuses.values()) == {410}, statuses
    assert client.get(f"{BASE}/versions/{gone}/topology.json").status_code == 410
    page = client.get(f"/embed?dataset={NAME}&version={gone}")
    assert page.status_code == 410
    assert "withdrawn" in page.text
    told = client.get(f"{BASE}/versions/{gone}").json()
    assert told["withdrawn"]["reason"] == "a danger to a witness"
    assert told["content"] == made[1].content


def test_the_page_of_an_older_version_says_that_a_newer_one_exists(client: Client, made: list[Version]) -> None:
    query = f"dataset={NAME}&date=2020-01-04"
    old = client.get(f"/embed?{query}&version={made[0].id}").text
    assert f'"newer":"?{query.replace("&", "&")}"' in old.replace(" ", "").replace("\\u0026", "&")
    assert '"newer":null' in client.get(f"/embed?{query}&version={made[2].id}").text.replace(" ", "")
    assert '"newer":null' in client.get(f"/embed?{query}").text.replace(" ", "")
    framed = client.get(f"/embed?{query}&version={made[0].id}&frame=app").text.replace(" ", "")
    assert '"newer":null' in framed


def test_the_feed_is_atom(client: Client, store: Store, made: list[Version]) -> None:
    store.withdraw(NAME, made[1].id, author=Author("editor@example.org"), reason="wrong")
    answer = client.get(f"{BASE}/versions.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    assert_constructs(feed)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for entry in entries:
        assert_constructs(entry)
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 3
    assert feed.findtext(f"{ATOM}updated") == max(str(entry.findtext(f"{ATOM}updated")) for entry in entries)
    assert "wrong" in str(entries[1].findtext(f"{ATOM}title"))
    assert entries[2].find(f"{ATOM}link").get("href") == f"http://127.0.0.1/?dataset={NAME}&version={made[0].id}"  # type: ignore[union-attr]  # every entry has one
    assert "Версии" in client.get(f"{BASE}/versions.atom?lang=ru").text


def assert_constructs(element: ET.Element) -> None:
    """Check what RFC 4287 asks of a feed and of an entry."""
    for tag in ("id", "title", "updated"):
        assert len(element.findall(f"{ATOM}{tag}")) == 1
        assert str(element.findtext(f"{ATOM}{tag}")).strip()
    assert str(element.findtext(f"{ATOM}id")).startswith("http://")
    assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("alternate") == 1
    if element.tag == f"{ATOM}feed":
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("self") == 1
