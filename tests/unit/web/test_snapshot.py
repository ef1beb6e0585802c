"""The press picture by address: every option, every fault, never more work than there is room for."""

import asyncio
import io
from collections.abc import Iterator
from threading import Event

import httpx
import pytest
from PIL import Image
from starlette.applications import Starlette

from mapapp import settings as settings_module
from mapapp.domain.edition import Edition
from mapapp.services import picture as service
from mapapp.web import snapshot
from mapapp.web.answers import PINNED, REVALIDATE
from support.asgi import Client

SMALL = "width=480&height=360"
STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    settings_module.settings.cache_clear()
    snapshot.pace.forget()
    service.forget()
    yield
    settings_module.settings.cache_clear()
    snapshot.pace.forget()


@pytest.mark.parametrize("kind", STARTS)
def test_a_picture_of_each_kind(client: Client, edition: Edition, kind: str) -> None:
    answer = client.get(f"/snapshot.{kind}?{SMALL}&date=2017-09-05&lang=ru")
    assert answer.status_code == 200
    assert answer.content.startswith(STARTS[kind])
    assert answer.headers["content-type"].startswith(TYPES[kind])
    named = f'"deir-ez-zor-2017_2017-09-05_{edition.version}_ru_480x360.{kind}"'
    assert answer.headers["content-disposition"] == f"inline; filename={named}"
    assert answer.headers["cache-control"] == REVALIDATE
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_options_arrive_and_the_link_is_the_address_asked(client: Client, edition: Edition) -> None:
    answer = client.get(f"/snapshot.png?preset=social&scale=2&theme=transparent&title=Mine&version={edition.version}")
    assert answer.headers["cache-control"] == PINNED
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.size == (2400, 1260)
        assert image.mode == "RGBA"
        assert image.info["Title"] == "Mine"
        assert image.info["URL"].startswith("http://127.0.0.1/?")


@pytest.mark.parametrize("host", ["maps.example.org", "evil.example/<script>", 'a"b'])
def test_only_a_plain_address_is_printed(client: Client, host: str) -> None:
    answer = client.get(f"/snapshot.png?{SMALL}", headers={"host": host})
    with Image.open(io.BytesIO(answer.content)) as image:
        assert ("URL" in image.info) == (host == "maps.example.org")


def test_the_public_address_is_the_settings(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_PUBLIC_URL", "https://maps.example.org/syria/")
    settings_module.settings.cache_clear()
    answer = client.get(f"/snapshot.png?{SMALL}", headers={"host": "else.example"})
    with Image.open(io.BytesIO(answer.content)) as image:
        assert image.info["URL"].startswith("https://maps.example.org/syria/?")


def test_to_save_it_under_its_name(client: Client) -> None:
    how = client.get(f"/snapshot.svg?{SMALL}&download=1").headers["content-disposition"]
    assert how.startswith('attachment; filename="deir-ez-zor-2017_')


def test_a_repeated_order_draws_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(f"/snapshot.png?{SMALL}")
    again = client.get(f"/snapshot.png?{SMALL}")
    assert again.content == first.content

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(snapshot, "picture", fail)
    known = {"if-none-match": first.headers["etag"]}
    assert client.get(f"/snapshot.png?{SMALL}", headers=known).status_code == 304
    service.forget()
    assert client.get(f"/snapshot.png?{SMALL}", headers=known).status_code == 304
    assert client.get(f"/snapshot.png?{SMALL}&title=x", headers=known).status_code == 500


def test_every_fault_is_told(client: Client) -> None:
    answer = client.get("/snapshot.png?preset=poster&date=2018-01-01&bbox=1,2,3&lang=xx&title=" + "a" * 200)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert {fault["parameter"] for fault in error["faults"]} == {"preset", "date", "bbox", "lang", "title"}
    assert all(fault["message"] in error["message"] for fault in error["faults"])


@pytest.mark.parametrize(
    ("query", "parameter", "status"),
    [
        ("width=9000", "width", 400),
        ("scale=nan", "scale", 400),
        ("bbox=0,0,1,1", "bbox", 400),
        ("format=pdf", "format", 400),
        ("palette=x&", "palette", 400),
        ("title=a&title=b", "title", 400),
        ("marks=x", "marks", 400),
        ("dataset=nowhere", "dataset", 404),
        ("version=0123456789ab", "version", 404),
    ],
)
def test_a_wrong_value_is_told_by_its_parameter(client: Client, query: str, parameter: str, status: int) -> None:
    answer = client.get(f"/snapshot.png?{query}")
    assert (answer.status_code, answer.json()["error"]["parameter"]) == (status, parameter)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_no_other_kind(client: Client) -> None:
    assert client.get("/snapshot.gif").status_code == 404


def test_a_client_has_a_pace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_SNAPSHOTS_A_MINUTE", "2")
    settings_module.settings.cache_clear()
    assert [client.get(f"/snapshot.png?{SMALL}").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(f"/snapshot.png?{SMALL}")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert Client(client.app, "192.0.2.7").get(f"/snapshot.png?{SMALL}").status_code == 200


def test_too_many_at_once_are_sent_away_and_the_rest_of_the_site_answers(
    site: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, draw = Event(), service.draw_picture
    monkeypatch.setenv("MAPAPP_SNAPSHOTS_WAITING", "3")
    settings_module.settings.cache_clear()

    def slow(*order: object) -> object:
        assert go.wait(60)
        return draw(*order)  # type: ignore[arg-type]  # handed through as it came

    monkeypatch.setattr(service, "draw_picture", slow)
    statuses, healthy, after = asyncio.run(_crowd(site, go))
    assert statuses == [200] * 4
    assert healthy == 200
    assert (after.status_code, int(after.headers["retry-after"]) > 0) == (503, True)


async def _crowd(site: Starlette, go: Event) -> tuple[list[int], int, httpx.Response]:
    """Ask for four pictures that do not get ready, for a fifth, and for the site's health; then let them be drawn."""
    transport = httpx.ASGITransport(site, client=("192.0.2.9", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        asked = [
            asyncio.create_task(client.get(f"/snapshot.png?width={480 + number}&height=360")) for number in range(4)
        ]
        while service._queue._inside < 4:
            await asyncio.sleep(0.01)
        fifth = await client.get("/snapshot.png?width=490&height=360")
        healthy = await client.get("/healthz")
        go.set()
        return [(await task).status_code for task in asked], healthy.status_code, fifth
