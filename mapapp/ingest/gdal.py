"""GeoPackage, Shapefile and KML: formats for which GDAL is needed, looked over first and then read in a child process.

In the child only the one driver that the format needs exists; GDAL tells drivers by content, and others open what a
file names. What comes back is JSON: properties, and geometries as GeoJSON.
"""

import json
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from mapapp.domain.faults import Fault
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.limited import ReaderStopped, run_limited
from mapapp.ingest.limits import Limits
from mapapp.ingest.reference_systems import SAME

DRIVERS = {"gpkg": "GPKG", "shapefile": "ESRI Shapefile", "kml": "LIBKML"}
SUFFIXES = {"gpkg": ".gpkg", "shapefile": ".shp", "kml": ".kml"}
SHAPEFILE_NEEDS = (".shp", ".shx", ".dbf")
FETCHED = ("NetworkLink", "GroundOverlay", "PhotoOverlay", "ScreenOverlay", "href")
MOST_LAYERS = 50


def read_vector(file: str, kind: str, contents: Mapping[str, bytes], limits: Limits) -> list[Table]:
    """Return the layers of a file; `contents` are its parts by ending. Every fault is in the tables."""
    look = {"gpkg": _look_at_geopackage, "kml": _look_at_kml, "shapefile": _look_at_shapefile}[kind]
    faults = look(file, contents)
    stopping = [fault for fault in faults if fault.severity == "error"]
    if stopping:
        return [Table(file, _stem(file), kind, [], tuple(faults))]
    with tempfile.TemporaryDirectory(prefix="mapapp-") as folder:
        for suffix, content in contents.items():
            (Path(folder) / f"layer{suffix}").write_bytes(content)
        path = str(Path(folder) / f"layer{SUFFIXES[kind]}")
        skipped = ",".join(name for name in sorted(pyogrio.list_drivers()) if name != DRIVERS[kind])
        try:
            layers = run_limited(read_layers, path, DRIVERS[kind], limits=limits, gdal_skip=skipped)
        except ReaderStopped as stop:
            found = str(stop.values["reason"]).replace(path, file)
            return [Table(file, _stem(file), kind, [], (*faults, Fault("reader-stopped", file, found=found)))]
    tables = [_table(file, kind, layer, faults) for layer in layers]
    there = [table for table in tables if table.features]
    return there or [Table(file, _stem(file), kind, [], (*faults, Fault("layers-none", file)))]


def _stem(file: str) -> str:
    return file.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _table(file: str, kind: str, layer: dict[str, Any], faults: list[Fault]) -> Table:
    """Make a table of what the child answered."""
    features = [
        Feature(number, properties, geometry)
        for number, (properties, geometry) in enumerate(layer["features"], start=1)
    ]
    name = _stem(file) if kind == "shapefile" else layer["name"]
    crs, more = "EPSG:4326", []
    told = layer["crs"]
    if kind == "kml" or told in SAME:
        pass
    elif told is None:
        more.append(Fault("crs-missing", file, name, repairs=("assume-crs:EPSG:4326",)))
    else:
        crs = told
        more.append(Fault("crs-changed", file, name, property="crs", found=told[:60]))
    return Table(file, name, kind, features, (*faults, *more), crs)


def _look_at_kml(file: str, contents: Mapping[str, bytes]) -> list[Fault]:
    """Refuse entities and what is no XML; tell the links that are not followed."""
    try:
        root = ElementTree.fromstring(contents[".kml"], forbid_dtd=True)
    except DefusedXmlException as error:
        return [Fault("xml-doctype", file, found=type(error).__name__)]
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        position = getattr(error, "position", (None, None))
        return [Fault("xml-syntax", file, line=position[0], found=str(error))]
    links = [element for element in root.iter() if str(element.tag).rpartition("}")[2] in FETCHED]
    named = sorted({str(element.tag).rpartition("}")[2] for element in links})
    return [Fault("link-ignored", file, found=", ".join(named))] if links else []


ALLOWED_TABLES = ("gpkg_", "rtree_", "sqlite_")


def _look_at_geopackage(file: str, contents: Mapping[str, bytes]) -> list[Fault]:
    """Open the database read-only and refuse what runs code or never ends: views, foreign triggers, virtual tables."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg", prefix="mapapp-") as copy:
        copy.write(contents[".gpkg"])
        copy.flush()
        connection = sqlite3.connect(f"file:{copy.name}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            objects = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            check = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            return [Fault("file-unreadable", file, found=str(error))]
        finally:
            connection.close()
    if check != "ok":
        return [Fault("file-unreadable", file, found=str(check))]
    bad = [f"{kind} {name}" for kind, name, table, sql in objects if _runs(kind, name, table, sql or "")]
    return [Fault("gpkg-object", file, found=", ".join(bad))] if bad else []


def _runs(kind: str, name: str, table: str, sql: str) -> bool:
    """Say whether an object of the database is a view, a trigger that the format does not bring, or no real table."""
    if kind == "view":
        return True
    if kind == "trigger":
        return not name.startswith(("rtree_", "gpkg_", "trigger_", f"trigger_insert_feature_count_{table}"))
    virtual = sql.lstrip().upper().startswith("CREATE VIRTUAL")
    return virtual and not name.startswith("rtree_")


def _look_at_shapefile(file: str, contents: Mapping[str, bytes]) -> list[Fault]:
    missing = [suffix for suffix in SHAPEFILE_NEEDS if suffix not in contents]
    return [Fault("shapefile-part", file, found=", ".join(missing))] if missing else []


def read_layers(path: str, driver: str) -> list[dict[str, Any]]:
    """Read every layer of a file with one of GDAL's drivers; called in the child process.

    Returns for each its name, coordinate system (None: not declared) and features as [properties, geometry]. Dates
    stay the texts they are; rings are wound as GeoJSON wants them, for the other formats wind them otherwise.
    """
    there = set(pyogrio.list_drivers())
    if there != {driver}:
        raise RuntimeError(f"GDAL has other drivers than {driver}: {sorted(there - {driver})}")
    layers = []
    for name, _ in pyogrio.list_layers(path)[:MOST_LAYERS]:
        meta, _, geometries, columns = pyogrio.raw.read(path, layer=name, datetime_as_string=True)
        shapes = [] if geometries is None else shapely.orient_polygons(shapely.from_wkb(geometries))
        shapes = [_without_idle_heights(shape) for shape in shapes]
        texts = [None if shape is None else json.loads(shapely.to_geojson(shape)) for shape in shapes]
        names = [str(field) for field in meta["fields"]]
        rows = zip(*(_cells(column) for column in columns), strict=True) if columns else [()] * len(texts)
        features = [[dict(zip(names, row, strict=True)), text] for row, text in zip(rows, texts, strict=True)]
        layers.append({"name": str(name), "crs": meta["crs"], "features": features})
    return layers


def _without_idle_heights(shape: Any) -> Any:
    """Return a shape in two dimensions when its heights are all 0, as programs write them that have none."""
    if shape is None or not shapely.has_z(shape):
        return shape
    heights = shapely.get_coordinates(shape, include_z=True)[:, 2]
    return shapely.force_2d(shape) if (heights == 0).all() else shape


def _cells(column: Any) -> list[Any]:
    """Return a column's cells as JSON has them."""
    return [_cell(value) for value in column.tolist()]


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return None if value != value else value  # noqa: PLR0124 -- only NaN differs from itself
    return value.hex() if isinstance(value, bytes) else str(value)
