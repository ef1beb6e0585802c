"""Hostile files of our own making, and where the folder of foreign ones is when it is there."""

import gzip
import io
import sqlite3
import struct
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from support.machine import ROOT

OWN = ROOT / "tests" / "hostile"
SHARED = next((up / "shared" / "hostile" for up in ROOT.parents if (up / "shared" / "hostile").is_dir()), None)
"""Files by other people, kept beside the repository where it is checked; the own ones run everywhere."""

POLYGON = '{"type":"Polygon","coordinates":[[[36,35],[37,35],[37,36],[36,36],[36,35]]]}'


def feature(geometry: str = POLYGON, properties: str = '{"actor":"gov"}', more: str = "") -> str:
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}{more}}}'


def collection(*features: str, more: str = "") -> bytes:
    return f'{{"type":"FeatureCollection"{more},"features":[{",".join(features)}]}}'.encode()


def zipped(**members: bytes) -> bytes:
    """Return a zip of files; `__` in a name stands for a dot, `_S_` for a slash."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", ".").replace("_S_", "/"), content)
    return packed.getvalue()


@cache
def geopackage(statement: str) -> bytes:
    """Return an SQLite file that says it is a GeoPackage, with one more object in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE t(a)")
        connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()


def symlinked() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        link = zipfile.ZipInfo("a.geojson")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return packed.getvalue()


VRT = b'<OGRVRTDataSource><OGRVRTLayer name="l"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>'
KML = b'<kml xmlns="http://www.opengis.net/kml/2.2">%s</kml>'


def own_files() -> list[tuple[str, bytes, str]]:
    """Return name, content and the kind of fault that must be among those told; empty for a good file."""
    good = collection(feature())
    written = [(path.name, path.read_bytes(), path.name.split(".")[0]) for path in sorted(OWN.glob("*.*"))]
    made = [
        ("good.geojson", good, ""),
        ("good.geojson.gz", gzip.compress(good), ""),
        ("lines.geojsonl", feature().encode() + b"\n" + feature().encode() + b"\n", ""),
        ("mark.geojson", b"\xef\xbb\xbf" + good, ""),
        ("wide.geojson", good.decode().encode("utf-16"), ""),
        ("good.zip", zipped(a__geojson=good), ""),
        ("empty.geojson", b"", "file-empty"),
        ("empty.gpkg", b"", "file-empty"),
        ("cut.geojson", good[:-40], "json-syntax"),
        ("cut.zip", zipped(a__geojson=good)[:-30], "archive-broken"),
        ("cut.gz", gzip.compress(good)[:-9], "archive-broken"),
        ("cut.gpkg", geopackage("CREATE TABLE u(b)")[:5000], "file-unreadable"),
        ("../../etc/passwd.geojson", good[:-1], "json-syntax"),
        ("a/b\\c.geojson", b"\x89PNG\r\n\x1a\n", "file-encoding"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "file-kind"),
        ("vrt.geojson", VRT, "file-kind"),
        ("page.geojson", b"<!DOCTYPE html><html><body>Log in</body></html>", "file-kind"),
        ("zip.geojson", zipped(a__geojson=good), "file-name"),
        ("bomb.zip", zipped(a__geojson=b" " * 60_000_000), "archive-bomb"),
        ("bomb.gz", gzip.compress(b" " * 60_000_000), "archive-bomb"),
        ("slip.zip", zipped(**{"../../a.geojson": good}), "archive-path"),
        ("link.zip", symlinked(), "archive-path"),
        ("nested.zip", zipped(b__zip=zipped(a__geojson=good)), "archive-nested"),
        ("none.zip", zipped(), "archive-empty"),
        ("readme.zip", zipped(readme__txt=b"hello"), "member-ignored"),
        ("many.zip", zipped(**{f"a{n}__geojson": b"{}" for n in range(1001)}), "files-many"),
        ("half.zip", zipped(a__shp=b"\x00\x00\x27\x0a" + bytes(96)), "shapefile-part"),
        ("alone.shp", b"\x00\x00\x27\x0a" + struct.pack(">5i", 0, 0, 0, 0, 0), "shapefile-part"),
        ("view.gpkg", geopackage("CREATE VIEW v AS SELECT * FROM v"), "gpkg-object"),
        ("trigger.gpkg", geopackage("CREATE TRIGGER evil AFTER INSERT ON t BEGIN SELECT 1; END"), "gpkg-object"),
        ("laughs.kml", b'<!DOCTYPE k [<!ENTITY a "aa">]>' + KML % b"&a;", "xml-doctype"),
        ("cut.kml", (KML % b"<Placemark>")[:-9], "xml-syntax"),
        ("far.kml", KML % b"<NetworkLink/><Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>",
         "link-ignored"),
        ("link.geojson", collection(feature(), more=',"crs":{"type":"link","properties":{"href":"http://127.0.0.1:1"}}'),
         "crs-link"),
        ("far.geojson", collection(feature(), more=',"crs":{"type":"name","properties":{"name":"EPSG:99999"}}'),
         "crs-unknown"),
        ("twice.geojson", collection(feature(properties='{"actor":"a","actor":"b"}')), "json-key-twice"),
        ("nan.geojson", collection(feature('{"type":"Point","coordinates":[NaN,1]}')), "json-number"),
        ("huge.geojson", collection(feature('{"type":"Point","coordinates":[1e999,1]}')), "json-number"),
        ("digits.geojson", collection(feature('{"type":"Point","coordinates":[' + "9" * 5000 + ",1]}")), "json-number"),
        ("deep.geojson", b"[" * 100_000, "json-depth"),
        ("half.geojson", collection(feature(properties='{"a":"\\ud800"}')), "json-text"),
        ("latin.geojson", collection(feature(properties='{"a":"é"}')).decode().encode("latin-1"), "file-encoding"),
        ("null.geojson", b"null", "geojson-root"),
        ("esri.json", b'{"geometryType":"esriGeometryPoint","features":[]}', "geojson-root"),
        ("topo.json", b'{"type":"Topology","objects":{"a":{"type":"Polygon","arcs":[[7]]}},"arcs":[]}',
         "topology-broken"),
        ("none.geojson", collection(), "features-none"),
        ("one.csv", b"name;lat;lon\nA;35,1;40,2\n", ""),
        ("twice.csv", b"name,lat,lat,lon\nA,1,2,3\n", "table-header"),
        ("ragged.csv", b"name,lat,lon\nA,1\n", "table-row"),
        ("quote.csv", b'name,lat,lon\n"A,1,2\n', "table-row"),
        ("words.csv", b"name,lat,lon\nA,north,east\n", "position-form"),
        ("other.csv", b"a,b,c\n1,2,x\n", "table-header"),
    ]  # fmt: skip
    return [*written, *made]
