"""What is handed out is what the edition holds: GDAL reads every format back, feature by feature."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, DayOutsideDataset, DaysTurnedRound, UnknownLayer
from mapapp.domain.history import Author, Version
from mapapp.services import data_export
from mapapp.services.data_export import export_data
from mapapp.services.data_formats import flatten
from mapapp.services.data_order import FORMATS, base_name, read_order, tables
from support.theatre import theatre, with_row

SITE = "https://map.example.org/"
DAY = "2020-01-04"
SPANS = [{"date": DAY}, {"from": "2020-01-01", "to": "2020-01-02"}, {}]


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the edition of a test be a published version, by somebody whose address is nobody's business."""
    version = Version(
        *("two-squares", "v1", 1, None, None, Author("analyst@example.org", "An analyst"), "First", "a test"),
        *("derived", datetime(2020, 2, 1, tzinfo=UTC), "c0ffee", 9, 1000),
    )
    monkeypatch.setattr(data_export, "find_version", lambda _dataset, _id: version)
    data_export.forget()


def small(**values: object) -> Edition:
    content = with_row(theatre(), "position", "post", **values) if values else theatre()
    return Edition(content.dataset, "v1", content.layers)


def export(edition: Edition, kind: str, **asked: str) -> bytes:
    return export_data(edition, read_order(edition, kind, asked), SITE).content


def read(content: bytes, ending: str, folder: Path, **options: object) -> gpd.GeoDataFrame:
    file = folder / f"read.{ending}"
    file.write_bytes(content)
    return pyogrio.read_dataframe(file, **options)


def told(frame: gpd.GeoDataFrame) -> list[dict[str, object]]:
    """Return rows as GDAL may tell them: nothing and not-a-number are one, an empty text is nothing."""
    rows = frame.drop(columns="geometry").to_dict("records")
    return [{name: None if pd.isna(value) or value == "" else value for name, value in row.items()} for row in rows]


def same_shapes(one: gpd.GeoDataFrame, other: gpd.GeoDataFrame) -> bool:
    pair = [
        shapely.normalize(
            [shapely.multipolygons([shape]) if shape.geom_type == "Polygon" else shape for shape in frame.geometry]
        )
        for frame in (one, other)
    ]
    return bool(shapely.equals_exact(*pair, tolerance=1e-9).all())


@pytest.mark.parametrize("asked", SPANS)
def test_a_geopackage_holds_every_layer(tmp_path: Path, asked: dict[str, str]) -> None:
    edition = small()
    content = export(edition, "gpkg", **asked)
    order = read_order(edition, "gpkg", asked)
    file = tmp_path / "all.gpkg"
    file.write_bytes(content)
    assert {name for name, _ in pyogrio.list_layers(file)} == set(edition.layers)
    for name, rows in tables(edition, order).items():
        if len(rows) == 0:
            assert pyogrio.read_info(file, layer=name)["features"] == 0
            continue
        back = pyogrio.read_dataframe(file, layer=name)
        expected = flatten(rows, order.day)
        assert told(back) == told(expected)
        assert same_shapes(back, expected)
        assert back.crs == 4326


@pytest.mark.parametrize("layer", ["control", "place", "position", "event", "river"])
def test_a_csv_is_read_with_its_geometry(tmp_path: Path, layer: str) -> None:
    edition = small()
    back = read(export(edition, "csv", layers=layer), "csv", tmp_path)
    expected = flatten(tables(edition, read_order(edition, "csv", {"layers": layer}))[layer], None)
    texts = [{name: _text(value) for name, value in row.items()} for row in told(expected)]
    assert told(back.drop(columns="WKT", errors="ignore")) == texts
    assert same_shapes(back, expected)


def _text(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else None if value is None else str(value)


@pytest.mark.parametrize("asked", SPANS)
def test_a_geojson_is_read_with_its_properties(tmp_path: Path, asked: dict[str, str]) -> None:
    edition = small()
    content = export(edition, "geojson", **asked)
    expected = tables(edition, read_order(edition, "geojson", asked))["control"]
    back = read(content, "geojson", tmp_path)
    assert list(back["id"]) == list(expected["id"])
    assert same_shapes(back, expected)
    for feature, row in zip(json.loads(content)["features"], told(expected.assign(parties="")), strict=True):
        assert feature["properties"] == row | {"parties": []}


def test_several_layers_in_one_table_name_themselves() -> None:
    edition = small()
    features = json.loads(export(edition, "geojson", date=DAY, layers="control,place"))["features"]
    assert [feature["properties"]["layer"] for feature in features] == ["control"] * 2 + ["place"] * 2
    rows = list(
        csv.DictReader(io.StringIO(export(edition, "csv", date=DAY, layers="place,control").decode("utf-8-sig")))
    )
    assert [row["layer"] for row in rows] == ["control"] * 2 + ["place"] * 2
    assert rows[3]["held_actor"] == "red"
    assert rows[3]["held_from"] == "2020-01-03"
    assert rows[2]["variants"] == "Westtown; غرب"


@pytest.mark.parametrize("asked", SPANS)
def test_a_topojson_is_read_by_gdal(tmp_path: Path, asked: dict[str, str]) -> None:
    edition = small()
    content = export(edition, "topojson", **asked)
    order = read_order(edition, "topojson", asked)
    for name, expected in tables(edition, order).items():
        if len(expected) == 0:
            assert json.loads(content)["objects"][name]["geometries"] == []
            continue
        back = read(content, "topojson", tmp_path, layer=name)
        assert list(back["id"]) == list(expected["id"])
        assert list(back["name"]) == list(expected["name"])
        assert same_shapes(back, expected)


def test_a_slice_and_a_span_hold_what_was_so_then() -> None:
    edition = small()
    ids = lambda **asked: [  # noqa: E731  (three times one line)
        feature["id"] for feature in json.loads(export(edition, "geojson", **asked))["features"]
    ]
    assert ids(date="2020-01-02") == ["red-0", "blue-1"]
    assert ids(date="2020-01-03") == ["red-0", "red-2"]
    assert ids(**{"from": "2020-01-02", "to": "2020-01-03"}) == ["red-0", "blue-1", "red-2"]
    assert ids() == ["red-0", "blue-1", "red-2"]


@pytest.mark.parametrize("kind", FORMATS)
def test_equal_content_makes_equal_bytes_and_tells_nothing_private(kind: str) -> None:
    edition = small()
    one = export(edition, kind, layers=",".join(edition.layers))
    data_export.forget()
    again = export(edition, kind, layers=",".join(edition.layers))
    assert again == one
    archive = zipfile.ZipFile(io.BytesIO(one)) if kind == "zip" else None
    parts = [archive.read(name) for name in archive.namelist()] if archive else [one]
    assert not any(b"analyst@example.org" in part for part in parts)


def test_no_cell_begins_a_formula() -> None:
    edition = small(name="=HYPERLINK(1)", unit="@SUM(A1)", note="+1")
    rows = list(csv.DictReader(io.StringIO(export(edition, "csv", layers="position").decode("utf-8-sig"))))
    assert (rows[1]["name"], rows[1]["unit"], rows[1]["note"]) == ("'=HYPERLINK(1)", "'@SUM(A1)", "'+1")
    assert rows[0]["radius_km"] == "1.5"


def test_the_zip_says_where_the_data_come_from() -> None:
    edition = small()
    archive = zipfile.ZipFile(io.BytesIO(export(edition, "zip", date=DAY)))
    names = set(archive.namelist())
    assert names >= {"README.md", "CITATION.cff", "geojson/control.geojson", "csv/place.csv", "csv/river.csv"}
    assert {f"two-squares_{DAY}_v1.gpkg", f"two-squares_{DAY}_v1.topojson"} <= names
    text = archive.read("README.md").decode()
    for said in ("Version: v1", "2020-02-01", "An analyst", "made for tests", "CC0-1.0", "`share_estimated`", "a test"):
        assert said in text
    assert f"{SITE}?dataset=two-squares&date={DAY}&version=v1" in text
    citation = archive.read("CITATION.cff").decode()
    assert 'version: "v1"' in citation
    assert 'date-released: "2020-02-01"' in citation
    assert 'license: "CC0-1.0"' in citation
    assert 'name: "mapapp contributors"' in citation


def test_hostile_texts_stay_on_their_line() -> None:
    edition = small()
    hostile = replace(edition.dataset, title="# Own\n\n# Heading | <b>", credit='"\nauthors:\n  - name: x')
    archive = zipfile.ZipFile(io.BytesIO(export(Edition(hostile, "v1", edition.layers), "zip", date=DAY)))
    assert archive.read("README.md").decode().splitlines()[0] == r"# # Own # Heading \| \<b\>"
    assert archive.read("CITATION.cff").decode().count("authors:\n") == 1


@pytest.mark.parametrize("language", ["ar", "ru"])
def test_the_texts_speak_the_language_asked_for(language: str) -> None:
    edition = small()
    made = export_data(edition, read_order(edition, "zip", {"date": DAY}), SITE, language)
    text = zipfile.ZipFile(io.BytesIO(made.content)).read("README.md").decode()
    assert {"ar": "كيف تُقرأ الملفات", "ru": "Как читать файлы"}[language] in text


@pytest.mark.parametrize(
    ("kind", "asked", "error"),
    [
        ("xls", {}, BadOption),
        ("csv", {"date": "2019-12-31"}, DayOutsideDataset),
        ("csv", {"from": "2020-01-05", "to": "2020-01-04"}, DaysTurnedRound),
        ("csv", {"date": DAY, "to": DAY}, BadOption),
        ("gpkg", {"layers": "nothing"}, UnknownLayer),
        ("gpkg", {"layers": ""}, UnknownLayer),
    ],
)
def test_wrong_orders_are_refused(kind: str, asked: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        read_order(small(), kind, asked)


def test_names_say_what_is_inside() -> None:
    edition = small()
    assert base_name(edition, read_order(edition, "csv", {"date": DAY})) == f"two-squares_control_{DAY}_v1"
    assert base_name(edition, read_order(edition, "gpkg", {})) == "two-squares_2020-01-01_2020-01-10_v1"


def test_the_own_dataset_is_the_same_in_all_formats(edition: Edition, tmp_path: Path) -> None:
    asked = {"date": "2017-09-21", "layers": "control"}
    frames = {kind: read(export(edition, kind, **asked), kind, tmp_path) for kind in FORMATS if kind != "zip"}
    expected = edition.slice("control", "2017-09-21")
    for frame in frames.values():
        assert list(frame["id"]) == list(expected["id"])
        assert same_shapes(frame, expected)
