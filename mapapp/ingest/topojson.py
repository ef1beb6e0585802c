"""TopoJSON read strictly into GeoJSON geometries, one layer for each of its objects."""

from typing import Any

from mapapp.domain.faults import Fault
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.strict_json import Value

DEPTH = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}


class _Broken(ValueError):
    """A part of the topology is not what the format says."""


def read_topology(file: str, name: str, root: Value) -> list[Table]:
    """Return a layer for each object of a topology; a layer that cannot be read says why."""
    value, oddities = root.value, root.oddities
    odd = tuple(Fault(oddity.kind, file, name, found=oddity.found) for oddity in oddities)
    objects = value.get("objects")
    if not isinstance(objects, dict) or not objects:
        return [Table(file, name, "topojson", [], (*odd, Fault("topology-broken", file, name, found="objects")))]
    try:
        arcs = _arcs(value.get("arcs"), value.get("transform"))
        tables = [_table(file, key, member, arcs, odd, value.get("transform")) for key, member in objects.items()]
    except (_Broken, TypeError, ValueError, KeyError, IndexError, RecursionError) as error:
        return [Table(file, name, "topojson", [], (*odd, Fault("topology-broken", file, name, found=str(error))))]
    return tables


def _table(
    file: str, name: str, member: Any, arcs: list[list[list[float]]], odd: tuple[Fault, ...], transform: Any
) -> Table:
    if not isinstance(member, dict):
        raise _Broken(name)
    members = member.get("geometries") if member.get("type") == "GeometryCollection" else [member]
    if not isinstance(members, list) or not all(isinstance(part, dict) for part in members):
        raise _Broken(f"{name}.geometries")
    features = []
    for number, part in enumerate(members, start=1):
        properties = part.get("properties") or {}
        features.append(Feature(number, properties, _geometry(part, arcs, transform), part.get("id")))
    faults = odd if features else (*odd, Fault("features-none", file, name))
    return Table(file, name, "topojson", features, faults)


def _arcs(arcs: Any, transform: Any) -> list[list[list[float]]]:
    """Return the arcs as positions: differences on the grid of the transform, or plain positions without one."""
    if not isinstance(arcs, list):
        raise _Broken("arcs")
    if transform is None:
        return arcs
    (scale_x, scale_y), (x_0, y_0) = transform["scale"], transform["translate"]
    made = []
    for arc in arcs:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append([x * scale_x + x_0, y * scale_y + y_0])
        made.append(points)
    return made


def _geometry(part: dict[str, Any], arcs: list[list[list[float]]], transform: Any) -> dict[str, Any] | None:
    kind = part.get("type")
    if kind is None:
        return None
    if kind in DEPTH:
        return {"type": kind, "coordinates": _joined(part.get("arcs"), DEPTH[kind], arcs)}
    if kind in {"Point", "MultiPoint"}:
        points = [part["coordinates"]] if kind == "Point" else part["coordinates"]
        moved = [_point(point, transform) for point in points]
        return {"type": kind, "coordinates": moved[0] if kind == "Point" else moved}
    if kind == "GeometryCollection":
        return {"type": kind, "geometries": [_geometry(inner, arcs, transform) for inner in part["geometries"]]}
    return {"type": kind}


def _point(point: list[float], transform: Any) -> list[float]:
    if transform is None:
        return point
    (scale_x, scale_y), (x_0, y_0) = transform["scale"], transform["translate"]
    return [point[0] * scale_x + x_0, point[1] * scale_y + y_0]


def _joined(numbers: Any, depth: int, arcs: list[list[list[float]]]) -> Any:
    """Return the positions along arcs, nested as their numbers are."""
    if not isinstance(numbers, list):
        raise _Broken("arcs")
    if depth:
        return [_joined(inner, depth - 1, arcs) for inner in numbers]
    line: list[list[float]] = []
    for number in numbers:
        if type(number) is not int or not -len(arcs) <= number < len(arcs):
            raise _Broken(f"arcs[{number}]")
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(arc[1:] if line else arc)
    return line
