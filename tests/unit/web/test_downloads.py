"""Files to keep are answered as attachments, with names of their own and errors that say what is wrong."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.services import export_html
from mapapp.services.heavy import Turns
from support.asgi import Client

BASE = "/api/datasets/deir-ez-zor-2017"


def test_the_page_to_keep(client: Client, edition: Edition) -> None:
    asked = {"date": "2017-09-05", "lang": "ru", "version": edition.version}
    answer = client.get("/export.html", params=asked)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    name = f"deir-ez-zor-2017_2017-09-05_{edition.version}_ru.html"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert '<html lang="ru"' in answer.text
    again = client.get("/export.html", params=asked, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("date=2016-01-01", "date"), ("lang=xx", "lang"), ("layers=nothing", "layers"), ("base=osm", "base")],
)
def test_a_wrong_value_names_its_parameter(client: Client, query: str, parameter: str) -> None:
    answer = client.get(f"/export.html?{query}")
    assert answer.status_code in {400, 404}
    assert answer.json()["error"]["parameter"] == parameter


def test_too_many_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Turns(at_once=1, patience=0)
    monkeypatch.setattr(export_html, "HEAVY", full)
    export_html.forget()
    with full.take():
        answer = client.get("/export.html?lang=ru")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("geojson", "application/geo+json"),
        ("csv", "text/csv; charset=utf-8"),
        ("gpkg", "application/geopackage+sqlite3"),
        ("topojson", "application/json"),
        ("zip", "application/zip"),
    ],
)
def test_data_to_keep(client: Client, edition: Edition, ending: str, media_type: str) -> None:
    answer = client.get(f"{BASE}/export.{ending}?date=2017-09-21&layers=control")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    name = f"deir-ez-zor-2017_control_2017-09-21_{edition.version}.{ending}"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, no-cache"
    assert ("content-encoding" in answer.headers) == (ending != "zip")


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("export.xls", 400, "format"),
        ("export.csv?date=2016-01-01", 400, "date"),
        ("export.csv?from=2017-09-21&to=2017-09-01", 400, "to"),
        ("export.csv?date=2017-09-21&to=2017-09-21", 400, "date"),
        ("export.csv?layers=%3Cb%3E", 404, "layers"),
        ("export.csv?version=nothing", 404, "version"),
        ("export.csv?lang=xx", 400, "lang"),
    ],
)
def test_a_wrong_order_of_data_names_its_parameter(client: Client, path: str, status: int, parameter: str) -> None:
    answer = client.get(f"{BASE}/{path}")
    assert answer.status_code == status
    assert answer.json()["error"]["parameter"] == parameter
