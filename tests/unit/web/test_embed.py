"""The embedded page opens where it is told to, alone in its sandbox; wrong values get a sentence and a way on."""

import re
from collections.abc import Iterator

import pytest

from mapapp import settings as settings_module
from mapapp.domain.edition import Edition
from support.asgi import Client


def policy(answer: object) -> dict[str, str]:
    text = answer.headers["content-security-policy"]  # type: ignore[attr-defined]  # a response of either client
    return {part.split()[0]: " ".join(part.split()[1:]) for part in text.split(";") if part.strip()}


def test_opens_on_its_own_day(client: Client) -> None:
    answer = client.get("/embed")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '"day":"2017-09-21"' in answer.text.replace(" ", "")


def test_opens_on_the_day_and_with_the_layers_asked_for(client: Client, edition: Edition) -> None:
    asked = {
        "dataset": edition.dataset.name,
        "version": edition.version,
        "date": "2017-06-01",
        "layers": "zone,control",
        "palette": "bright",
    }
    text = client.get("/embed", params=asked).text.replace(" ", "")
    assert '"day":"2017-06-01"' in text
    assert '"layers":["control","zone"]' in text
    assert '"palette":"bright"' in text


def test_sandbox_and_policy(client: Client) -> None:
    rules = policy(client.get("/embed"))
    assert set(rules["sandbox"].split()) == {
        *("allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox", "allow-downloads")
    }
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "*"
    assert "unsafe" not in str(rules)
    assert "x-frame-options" not in client.get("/embed").headers


def test_no_parent_may_command_but_the_application(client: Client) -> None:
    assert '"parents":["self"]' in client.get("/embed").text.replace(" ", "")


def test_parents_of_the_settings_may(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_EMBED_PARENTS", "https://news.example.org")
    settings_module.settings.cache_clear()
    try:
        text = client.get("/embed?date=2017-06-02").text.replace(" ", "")
    finally:
        monkeypatch.undo()
        settings_module.settings.cache_clear()
    assert '"parents":["self","https://news.example.org"]' in text


def test_is_not_sent_twice(client: Client) -> None:
    first = client.get("/embed")
    again = client.get("/embed", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert policy(again) == policy(first)


def test_parameters_that_others_add_to_links_do_no_harm(client: Client) -> None:
    assert client.get("/embed?utm_source=mail&fbclid=1").status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "link"),
    [
        ("date=2018-06-01", 400, "embed?dataset=deir-ez-zor-2017&amp;date=2017-12-31&amp;lang=en"),
        ("date=2001-01-01", 400, "embed?dataset=deir-ez-zor-2017&amp;date=2017-05-06&amp;lang=en"),
        ("date=nonsense", 400, "embed?lang=en"),
        ("date=2017-09-21&date=2017-09-22", 400, "embed?lang=en"),
        ("dataset=nowhere", 404, "embed?lang=en"),
        ("version=0", 404, "embed?lang=en"),
        ("layers=control,bank", 404, "embed?lang=en"),
        ("lang=xx", 400, "embed?lang=en"),
        ("palette=neon", 400, "embed?lang=en"),
        ("palette=marks", 400, "embed?lang=en"),
        ("lang=../en", 400, "embed?lang=en"),
    ],
)
def test_wrong_values_get_a_sentence_and_a_link_that_works(client: Client, query: str, status: int, link: str) -> None:
    answer = client.get(f"/embed?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    (href,) = re.findall('href="([^"]*)"', answer.text)
    assert href == link
    assert client.get("/" + href.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("value", ["<img src=x onerror=alert(1)>", "</p><script>1</script>", "{{7*7}}", '"><b>'])
@pytest.mark.parametrize("name", ["date", "dataset", "version", "layers", "lang", "palette", "compare", "mode", "view"])
def test_nothing_is_reflected_as_markup(client: Client, name: str, value: str) -> None:
    answer = client.get("/embed", params={name: value})
    assert answer.status_code in {400, 404}
    assert (value in answer.text) == (value == "{{7*7}}"), "escaped, and never read as a template"
    rules = policy(answer)
    assert rules["default-src"] == "'none'"
    assert "script-src" not in rules


@pytest.fixture
def with_tiles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two background maps in the settings."""
    monkeypatch.setenv("MAPAPP_BASE_MAPS", "OpenTopoMap")
    monkeypatch.setenv("MAPAPP_BASE_MAP_URL", "https://tiles.example.org/{z}/{x}/{y}.png")
    monkeypatch.setenv("MAPAPP_BASE_MAP_CREDIT", "a mapper")
    settings_module.settings.cache_clear()
    yield
    monkeypatch.undo()
    settings_module.settings.cache_clear()


@pytest.mark.usefixtures("with_tiles")
def test_a_background_map_gets_a_policy_that_names_its_hosts_and_no_other(client: Client) -> None:
    plain, own, topo = (policy(client.get(f"/embed?base={key}")) for key in ("", "own", "OpenTopoMap"))
    assert own["img-src"].split() == ["https://tiles.example.org", *plain["img-src"].split()]
    hosts = [f"https://{name}.tile.opentopomap.org" for name in "abc"]
    assert topo["img-src"].split() == [*hosts, *plain["img-src"].split()]
    assert {**own, "img-src": ""} == {**topo, "img-src": ""} == {**plain, "img-src": ""}
    assert "https:" not in str(plain)


@pytest.mark.usefixtures("with_tiles")
def test_only_what_the_settings_allow_is_offered(client: Client) -> None:
    assert '["own","tiles.example.org"],["OpenTopoMap","OpenTopoMap"]' in client.get("/embed").text
    assert '"bases":[]' in client.get("/embed?base=own&frame=app").text
    refused = client.get("/embed?base=Stadia.AlidadeSmooth")
    assert refused.status_code == 400
    assert "own, OpenTopoMap" in refused.text


def test_no_background_map_unless_the_settings_name_one(client: Client) -> None:
    assert client.get("/embed?base=OpenTopoMap").status_code == 400


def test_two_days_open_as_the_address_says(client: Client) -> None:
    text = client.get("/embed?compare=2017-09-05&mode=swipe&view=35.1,40.2,10").text
    assert '"compare":"2017-09-05","mode":"swipe","view":[35.1,40.2,10.0]' in text
    assert '"overlay"' not in text
    hatched = client.get("/embed?compare=2017-09-05").text
    assert '"overlay":{"type":"FeatureCollection"' in hatched
    assert client.get("/embed?mode=swipe").status_code == 400
