"""Repairs on offer, by name: each mends the one fault it is offered for and leaves every other as it was.

A repair gets a feature and its argument (the text behind the colon) and returns the mended feature, or None to leave
the feature out. Nothing is repaired unless it is asked for; what a repair would do stands in the fault.
"""

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from mapapp.domain.faults import Fault
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.reference_systems import Positions, mover

AREAS = ("Polygon", "MultiPolygon")
DECIMALS = 7
Mend = Callable[[Feature, str, str], Feature | None]
"""From feature, argument and the property at fault to the mended feature."""


def repair(table: Table, chosen: Iterable[tuple[Fault, str]]) -> Table:
    """Return a table with each of the chosen repairs made; faults of other files are passed over."""
    features = {feature.number: feature for feature in table.features}
    gone: set[tuple[object, ...]] = set()
    left_out: set[int] = set()
    for fault, choice in chosen:
        name, _, argument = choice.partition(":")
        if choice not in fault.repairs or fault.layer != table.name:
            continue
        gone.add(fault.key)
        number = fault.feature
        if number is None:
            features = {at: _moved_to(feature, name, argument) for at, feature in features.items()}
        elif name == "leave-out":
            features.pop(number, None)
            left_out.add(number)
        elif name == "give-way":
            _give_way(features, number, int(argument))
        elif number in features and (features[number].file or table.file) == fault.file:
            mended = REPAIRS[name](copy.deepcopy(features[number]), argument, fault.property or "")
            features.pop(number) if mended is None else features.__setitem__(number, mended)
    kept = [fault for fault in table.faults if fault.key not in gone and fault.feature not in left_out]
    return replace(table, features=list(features.values()), faults=tuple(kept))


def _give_way(features: dict[int, Feature], number: int, other: int) -> None:
    """Take from an area the ground that another one of the same days has; leave it out when nothing is left."""
    if number not in features or other not in features:
        return
    left = shapely.difference(_shape(features[number].geometry), _shape(features[other].geometry))
    parts = [part for part in _flat_parts(left) if part.geom_type == "Polygon" and not part.is_empty]
    if parts:
        features[number] = _with(features[number], as_geojson(parts))
    else:
        features.pop(number)


def _moved_to(feature: Feature, name: str, argument: str) -> Feature:
    """Apply a repair of the whole file."""
    if name == "assume-crs" and argument == "EPSG:4326":
        return feature
    if name in {"assume-crs", "reproject"}:
        return _reprojected(copy.deepcopy(feature), argument, "")
    return _rounded(copy.deepcopy(feature), "", "") if name == "round" else feature


def reproject(table: Table, crs: str) -> Table:
    """Return a table with every position taken from a coordinate system to longitude and latitude."""
    move = mover(crs)
    features = [replace(feature, geometry=moved(feature.geometry, move)) for feature in table.features]
    return replace(table, features=features, crs="EPSG:4326")


def moved(geometry: Any, move: Callable[[Positions], Positions]) -> Any:
    """Return a GeoJSON geometry with its positions moved, rounded to a centimetre; one that is broken stays."""
    if not isinstance(geometry, dict):
        return geometry
    if isinstance(geometry.get("geometries"), list):
        return {**geometry, "geometries": [moved(part, move) for part in geometry["geometries"]]}
    positions: list[list[float]] = []
    _collect(geometry.get("coordinates"), positions)
    try:
        xy = np.array([position[:2] for position in positions], dtype=np.float64).reshape(-1, 2)
    except (TypeError, ValueError, OverflowError):
        return geometry
    placed = iter(np.round(move(xy), DECIMALS).tolist()) if len(xy) else iter(())
    return {**geometry, "coordinates": _rebuilt(geometry.get("coordinates"), placed)}


def _is_position(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and not isinstance(value[0], (list, dict, str, type(None)))


def _collect(value: Any, into: list[list[float]]) -> None:
    if _is_position(value):
        into.append(value)
    elif isinstance(value, list):
        for part in value:
            _collect(part, into)


def _rebuilt(value: Any, placed: Any) -> Any:
    if _is_position(value):
        return [*next(placed), *value[2:]]
    return [_rebuilt(part, placed) for part in value] if isinstance(value, list) else value


def _with(feature: Feature, geometry: Any) -> Feature:
    return replace(feature, geometry=geometry)


def _each_ring(feature: Feature, change: Callable[[list[Any], bool], list[Any] | None]) -> Feature | None:
    """Change every ring (told whether it is a shell); None leaves it out, and its part with a shell."""

    def polygon(rings: list[Any]) -> list[Any]:
        changed = [change(ring, number == 0) for number, ring in enumerate(rings)]
        return [ring for ring in changed if ring is not None] if changed and changed[0] is not None else []

    geometry = feature.geometry
    if geometry["type"] == "Polygon":
        rings = polygon(geometry["coordinates"])
        return _with(feature, {**geometry, "coordinates": rings}) if rings else None
    if geometry["type"] == "MultiPolygon":
        parts = [part for part in map(polygon, geometry["coordinates"]) if part]
        return _with(feature, {**geometry, "coordinates": parts}) if parts else None
    return feature


def _closed(feature: Feature, _: str, __: str) -> Feature | None:
    return _each_ring(feature, lambda ring, _: ring if not ring or ring[0][:2] == ring[-1][:2] else [*ring, ring[0]])


def _rewound(feature: Feature, _: str, __: str) -> Feature | None:
    def wind(ring: list[Any], shell: bool) -> list[Any]:
        xy = np.array([position[:2] for position in ring], dtype=np.float64)
        xy = xy - xy[0]
        twice = float((xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1]).sum())
        return ring[::-1] if (twice < 0) == shell and twice != 0 else ring

    return _each_ring(feature, wind)


def _without_repetition(feature: Feature, _: str, __: str) -> Feature | None:
    return _each_ring(
        feature,
        lambda ring, _: [at for number, at in enumerate(ring) if number == 0 or at[:2] != ring[number - 1][:2]],
    )


def _without_short_rings(feature: Feature, _: str, __: str) -> Feature | None:
    return _each_ring(feature, lambda ring, _: ring if len({tuple(at[:2]) for at in ring}) > 2 else None)


def _made_valid(feature: Feature, _: str, __: str) -> Feature | None:
    """Take the areas of what GEOS makes of it: shells untangled, holes taken off; lines that fall off are no ground."""
    closed = _closed(feature, "", "")
    if closed is None:
        return None
    made = untangled(_shape(closed.geometry))
    parts = [part for part in _flat_parts(made) if part.geom_type == "Polygon" and not part.is_empty]
    return _with(feature, as_geojson(parts)) if parts else None


def untangled(shape: Any) -> Any:
    """Return an area made valid: shells and holes untangled, holes that lie outside of their shell taken off."""
    parts = []
    for part in shapely.get_parts(shape):
        shell = shapely.make_valid(shapely.Polygon(part.exterior), method="structure", keep_collapsed=False)
        holes = [shapely.make_valid(shapely.Polygon(hole), method="structure") for hole in part.interiors]
        parts.append(shapely.difference(shell, shapely.union_all(holes)) if holes else shell)
    return shapely.union_all(parts)


def _flat_parts(shape: Any) -> Iterable[Any]:
    for part in shapely.get_parts(shape):
        yield from _flat_parts(part) if hasattr(part, "geoms") else [part]


def _shape(geometry: Any) -> Any:
    """Return the Shapely geometry of an area."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    made = [shapely.Polygon([at[:2] for at in rings[0]], [[at[:2] for at in hole] for hole in rings[1:]])
            for rings in polygons]  # fmt: skip
    return made[0] if len(made) == 1 else shapely.MultiPolygon(made)


def as_geojson(polygons: list[Any]) -> Any:
    """Return polygons as one GeoJSON geometry, wound as RFC 7946 wants."""
    wound = [shapely.orient_polygons(part) for part in polygons]
    shape = wound[0] if len(wound) == 1 else shapely.MultiPolygon(wound)
    return json.loads(shapely.to_geojson(shape))


def _flattened(feature: Feature, _: str, __: str) -> Feature:
    def low(value: Any) -> Any:
        if _is_position(value):
            return value[:2]
        return [low(part) for part in value] if isinstance(value, list) else value

    geometry = feature.geometry
    if "geometries" in geometry:
        members = [{**part, "coordinates": low(part["coordinates"])} for part in geometry["geometries"]]
        return _with(feature, {**geometry, "geometries": members})
    return _with(feature, {**geometry, "coordinates": low(geometry["coordinates"])})


def _taken(feature: Feature, _: str, __: str) -> Feature | None:
    """Take the areas out of a collection, or its one member."""
    members = feature.geometry["geometries"]
    if len(members) == 1:
        return _with(feature, members[0])
    areas = [part for part in members if part.get("type") in AREAS]
    polygons = [
        rings
        for part in areas
        for rings in ([part["coordinates"]] if part["type"] == "Polygon" else part["coordinates"])
    ]
    return _with(feature, {"type": "MultiPolygon", "coordinates": polygons}) if polygons else None


def _swapped(feature: Feature, _: str, __: str) -> Feature:
    swapped = _with(feature, moved(feature.geometry, lambda xy: xy[:, ::-1]))
    return _keep_winding(swapped)


def _reprojected(feature: Feature, crs: str, _: str) -> Feature:
    return _with(feature, moved(feature.geometry, mover(crs)))


def _keep_winding(feature: Feature) -> Feature:
    """Turn rings round that a mirror image turned round."""
    return _each_ring(feature, lambda ring, _: ring[::-1]) or feature


def _rounded(feature: Feature, _: str, __: str) -> Feature:
    return _with(feature, moved(feature.geometry, lambda xy: xy))


def _cut(feature: Feature, extent: str, _: str) -> Feature | None:
    """Cut an area off at the edge of the map: west, south, east, north with commas."""
    inside = shapely.intersection(_shape(feature.geometry), _box(extent))
    parts = [part for part in _flat_parts(inside) if part.geom_type == "Polygon" and not part.is_empty]
    return _with(feature, as_geojson(parts)) if parts else None


def _box(extent: str) -> shapely.Polygon:
    west, south, east, north = (float(number) for number in extent.split(","))
    return shapely.box(west, south, east, north)


def _set(feature: Feature, value: str, name: str) -> Feature:
    """Give the property at fault another value; `parties[1]` names one of a list."""
    name, _, place = name.partition("[")
    if place:
        values = list(feature.properties[name])
        values[int(place.rstrip("]"))] = value
        feature.properties[name] = sorted(values)
    else:
        feature.properties[name] = value
    return feature


def _numbered(feature: Feature, value: str, _: str) -> Feature:
    feature.properties["id"] = value
    return replace(feature, id=value)


def _without_id(feature: Feature, _: str, __: str) -> Feature:
    return replace(feature, id=None)


def _without_property(feature: Feature, _: str, name: str) -> Feature:
    feature.properties.pop(name, None)
    return feature


def _turned(feature: Feature, _: str, __: str) -> Feature:
    days = feature.properties
    days["valid_from"], days["valid_to"] = days["valid_to"], days["valid_from"]
    return feature


def _cleared(feature: Feature, _: str, name: str) -> Feature:
    feature.properties[name] = "".join(letter for letter in feature.properties[name] if not is_control(letter))
    return feature


def is_control(letter: str) -> bool:
    """Say whether a character has no place in a text: control characters, and those that turn its direction."""
    code = ord(letter)
    turns = code in range(0x202A, 0x202F) or code in range(0x2066, 0x206A)
    return turns or (code < 32 and letter not in "\n\t") or 127 <= code < 160


def _same(feature: Feature, _: str, __: str) -> Feature:
    return feature


REPAIRS: dict[str, Mend] = {
    "leave-out": lambda *_: None,
    "close-rings": _closed,
    "rewind": _rewound,
    "drop-repeated-vertices": _without_repetition,
    "drop-short-rings": _without_short_rings,
    "make-valid": _made_valid,
    "drop-height": _flattened,
    "take-parts": _taken,
    "swap": _swapped,
    "reproject": _reprojected,
    "assume-crs": _reprojected,
    "round": _rounded,
    "cut": _cut,
    "use": _set,
    "number-id": _numbered,
    "drop-id": _without_id,
    "drop-member": _same,
    "drop-property": _without_property,
    "swap-days": _turned,
    "drop-controls": _cleared,
}
"""Every repair by name; all but `leave-out` keep the feature."""
