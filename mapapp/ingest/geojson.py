"""GeoJSON as RFC 7946 has it, gzipped or a feature a line; TopoJSON is told from it by its type."""

from typing import Any

from mapapp.domain.faults import Fault
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.reference_systems import declared_crs
from mapapp.ingest.strict_json import NotJson, Oddity, StrictReader, TooDeep, Value
from mapapp.ingest.topojson import read_topology

GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
FOREIGN = {"esriGeometryPolygon", "esriGeometryPoint", "esriGeometryPolyline"}
BELONGS_ELSEWHERE = {
    "FeatureCollection": ("geometry", "properties", "coordinates", "geometries"),
    "Feature": ("features", "coordinates", "geometries"),
    "geometry": ("features", "geometry", "properties"),
}
"""Members that RFC 7946, section 7.1, keeps for another kind of object."""


def read_geojson(file: str, name: str, text: str) -> list[Table]:
    """Return the layers of a text: one, or for a TopoJSON one for each object. Every fault of form is in them."""
    reader = StrictReader(text)
    table = Table(file, name, "geojson", [], text=text)
    try:
        documents = list(reader.documents())
    except NotJson as error:
        found = f"{error.reason} ({error.line}:{error.column})"
        return [_stopped(table, Fault("json-syntax", file, name, line=error.line, found=found))]
    except TooDeep:
        return [_stopped(table, Fault("json-depth", file, name))]
    root, features = documents[0]
    if len(documents) > 1:
        return [_sequence(table, documents)]
    if isinstance(root.value, dict) and root.value.get("type") == "Topology":
        return read_topology(file, name, root)
    return [_document(table, root, features)]


def _stopped(table: Table, *faults: Fault) -> Table:
    return Table(table.file, table.name, table.kind, [], faults)


def _sequence(table: Table, documents: list[tuple[Value, list[Value] | None]]) -> Table:
    """Read a file of one feature a line."""
    for value, _ in documents:
        if not (isinstance(value.value, dict) and value.value.get("type") == "Feature"):
            line = (table.text or "").count("\n", 0, value.offset) + 1
            found = f"{_kind_of(value.value)} ({line}:1)"
            return _stopped(table, Fault("json-syntax", table.file, table.name, line=line, found=found))
    return _with_features(table, [value for value, _ in documents], [])


def _document(table: Table, root: Value, features: list[Value] | None) -> Table:
    """Read a file of one object."""
    faults = [_odd_fault(table, oddity) for oddity in root.oddities]
    value = root.value
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "FeatureCollection":
        return _collection(table, value, features, faults)
    if kind == "Feature":
        crs, wrong = declared_crs(table, value)
        return _with_features(table, [Value(value, root.offset, root.oddities)], wrong, crs)
    if kind in GEOMETRIES:
        if features is not None:
            faults.append(Fault("geojson-root", table.file, table.name, found=f"{kind}, features"))
        feature = Feature(1, {}, value, offset=root.offset)
        crs, wrong = declared_crs(table, value)
        whole = Table(table.file, table.name, "geojson", [feature], (*faults, *wrong), crs, table.text)
        return _with_faults(whole, _members(whole, feature, value, "geometry"))
    return _stopped(table, *faults, Fault("geojson-root", table.file, table.name, found=_kind_of(value)))


def _collection(table: Table, value: dict[str, Any], features: list[Value] | None, faults: list[Fault]) -> Table:
    if features is None:
        found = _kind_of(value.get("features")) if "features" in value else "—"
        return _stopped(table, *faults, Fault("geojson-features", table.file, table.name, found=found))
    crs, wrong = declared_crs(table, value)
    faults += wrong
    for member in BELONGS_ELSEWHERE["FeatureCollection"]:
        if member in value:
            faults.append(Fault("member-misplaced", table.file, table.name, property=member, found=member))
    if "bbox" in value and not is_bbox(value["bbox"]):
        faults.append(Fault("bbox-form", table.file, table.name, property="bbox", found=str(value["bbox"])))
    if not features:
        faults.append(Fault("features-none", table.file, table.name))
    return _with_features(table, features, faults, crs)


def _with_features(table: Table, values: list[Value], faults: list[Fault], crs: str = "EPSG:4326") -> Table:
    """Return the table with its features, and what is wrong with the form of each."""
    made = Table(table.file, table.name, "geojson", [], (), crs, table.text)
    for number, value in enumerate(values, start=1):
        if not isinstance(value.value, dict):
            stray = Feature(number, None, None, offset=value.offset)
            faults.append(made.fault("feature-form", stray, _kind_of(value.value), repairs=("leave-out",)))
            continue
        raw = value.value
        feature = Feature(number, raw.get("properties"), raw.get("geometry"), raw.get("id"), value.offset)
        faults += [made.fault(odd.kind, feature, odd.found, repairs=("leave-out",)) for odd in value.oddities]
        wrong = _form_faults(made, feature, raw)
        if any(fault.kind in {"feature-form", "properties-form"} for fault in wrong) or value.oddities:
            feature.geometry = BROKEN
        faults += wrong
        made.features.append(feature)
    return _with_faults(made, faults)


BROKEN: dict[str, Any] = {"type": "broken"}
"""The geometry of a feature whose form is already found wrong, so that it is not found wrong twice."""


def _form_faults(table: Table, feature: Feature, raw: dict[str, Any]) -> list[Fault]:
    """Return what is wrong with the members of a feature."""
    if raw.get("type") != "Feature":
        found = raw["type"] if isinstance(raw.get("type"), str) else _kind_of(raw.get("type"))
        return [table.fault("feature-form", feature, found, repairs=("leave-out",))]
    faults = []
    if "geometry" not in raw:
        faults.append(table.fault("feature-form", feature, "—", property="geometry", repairs=("leave-out",)))
    elif not isinstance(feature.properties, (dict, type(None))):
        faults.append(
            table.fault("properties-form", feature, _kind_of(feature.properties), repairs=("leave-out",))
        )  # fmt: skip
    if not isinstance(feature.id, (str, int, float, type(None))) or isinstance(feature.id, bool):
        faults.append(table.fault("id-form", feature, _kind_of(feature.id), property="id", repairs=("drop-id",)))
    if feature.properties is None:
        feature.properties = {}
    return [*faults, *_members(table, feature, raw, "Feature")]


def _members(table: Table, feature: Feature, raw: dict[str, Any], kind: str) -> list[Fault]:
    """Return what is wrong with the members beside the prescribed ones."""
    faults = [
        table.fault("member-misplaced", feature, member, property=member, repairs=("drop-member",))
        for member in BELONGS_ELSEWHERE[kind]
        if member in raw
    ]
    for part in (raw, feature.geometry):
        if isinstance(part, dict) and "bbox" in part and not is_bbox(part["bbox"]):
            found = str(part["bbox"])
            faults.append(table.fault("bbox-form", feature, found, property="bbox", repairs=("drop-member",)))
            break
    if kind == "Feature" and isinstance(feature.geometry, dict):
        faults += _members(table, feature, {**feature.geometry, "bbox": [0, 0, 0, 0]}, "geometry")
    return faults


def is_bbox(value: Any) -> bool:
    """Say whether a value is a bounding box: four or six numbers."""
    numbers = isinstance(value, list) and all(type(part) in (int, float) for part in value)
    return numbers and len(value) in (4, 6)


def _odd_fault(table: Table, oddity: Oddity) -> Fault:
    return Fault(oddity.kind, table.file, table.name, found=oddity.found)


def _with_faults(table: Table, faults: list[Fault]) -> Table:
    together = (*table.faults, *faults)
    return Table(table.file, table.name, table.kind, table.features, together, table.crs, table.text)


def _kind_of(value: Any) -> str:
    """Name a JSON value by its kind, a type by what it says."""
    if isinstance(value, dict):
        told = value.get("type", value.get("geometryType"))
        return f"{{type: {told}}}" if isinstance(told, str) else "{…}"
    names = {list: "[…]", bool: "true/false", type(None): "null"}
    return names.get(type(value), f"{value!r}"[:40])
