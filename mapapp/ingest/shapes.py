"""The rules of RFC 7946 for geometries: nesting, numbers, rings, winding; then what Shapely calls invalid."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.domain.faults import Box, Fault
from mapapp.domain.measure import area_km2
from mapapp.ingest.features import Feature, Table, box_of
from mapapp.ingest.repairs import untangled
from mapapp.ingest.soup import FAMILY, Bools, Ints, Item, Soup, build, flatten, misnested

MOST_DECIMALS = 9
"""Decimals of a degree; seven are a centimetre, and some programs write two more."""

SMALLEST = {0: 1, 1: 2, 2: 4}
"""The fewest positions of a point, a line, a ring."""

INVALID = {
    "Hole lies outside shell": "hole-outside",
    "Holes are nested": "hole-outside",
    "Nested shells": "parts-overlap",
    "Too few points in geometry component": "ring-short",
    "Invalid Coordinate": "position-form",
}
LEAVE = ("leave-out",)


@dataclass
class Shapes:
    """What the geometries of a table are: one for each feature, None where it is broken; bounds; and the faults."""

    geometries: npt.NDArray[np.object_]
    bounds: npt.NDArray[np.float64]
    faults: list[Fault]
    vertices: int


def examine_shapes(table: Table, allowed: tuple[str, ...] | None = None) -> Shapes:
    """Build the geometries of a table and find every fault of their form; `allowed` names the layer's types.

    Cost: about as long as reading the text. A ring that is only left open, wound the wrong way or crosses itself is
    built all the same, so that its other faults are found.
    """
    items, faults = _items(table, allowed)
    soup = flatten(items)
    if soup is None:
        items, wrong = _well_nested(table, items)
        faults += wrong
        soup = flatten(items)
        assert soup is not None, "what is well nested can be flattened"
    sound, wrong = _sound_items(table, soup)
    built = build(soup, sound)
    faults += wrong + _ring_faults(table, soup, sound) + _validity_faults(table, soup, built)
    faults += [table.fault("position-height", table.features[at], "x, y, z", repairs=("drop-height",))
               for at in sorted(soup.heights)]  # fmt: skip
    faults += _needless_decimals(table, soup)
    count = len(table.features)
    return Shapes(_by_feature(soup, built, count), soup.bounds(count), faults, len(soup.xy))


def _needless_decimals(table: Table, soup: Soup) -> list[Fault]:
    """Return one fault for the file when its positions are finer than a centimetre by far."""
    finite = soup.xy[np.isfinite(soup.xy).all(axis=1) & (abs(soup.xy) <= 180).all(axis=1)]
    finer = (abs(finite - np.round(finite, MOST_DECIMALS)) > 1e-12).any(axis=1)
    if table.kind not in ("geojson", "places") or not finer.any():
        return []
    found = _exactly(finite[np.flatnonzero(finer)[0]])
    return [Fault("position-precision", table.file, table.name, found=found, repairs=("round",))]


def _exactly(xy: npt.NDArray[np.float64]) -> str:
    return f"[{xy[0]!r}, {xy[1]!r}]".replace("np.float64(", "").replace(")", "")


def _items(table: Table, allowed: tuple[str, ...] | None) -> tuple[list[Item], list[Fault]]:
    """Take the simple geometries out of the features."""
    items: list[Item] = []
    faults: list[Fault] = []
    for at, feature in enumerate(table.features):
        geometry = feature.geometry
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind == "broken":
            continue
        if isinstance(kind, str) and kind in FAMILY and "coordinates" in geometry:
            if allowed is not None and kind not in allowed:
                faults.append(_wrong_kind(table, feature, kind, allowed))
            items.append(Item(at, kind, geometry["coordinates"]))
        elif geometry is None:
            faults.append(table.fault("geometry-null", feature, "null", repairs=LEAVE))
        elif kind == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
            faults += _collection(table, feature, at, items, allowed)
        else:
            found = kind if isinstance(kind, str) else f"{geometry!r}"
            faults.append(table.fault("geometry-form", feature, found, property="geometry", repairs=LEAVE))
    return items, faults


def _wrong_kind(table: Table, feature: Feature, kind: str, allowed: tuple[str, ...]) -> Fault:
    expected = {"allowed": ", ".join(allowed)}
    return table.fault("geometry-kind", feature, kind, property="geometry", values=expected, repairs=LEAVE)


def _collection(
    table: Table, feature: Feature, at: int, items: list[Item], allowed: tuple[str, ...] | None
) -> list[Fault]:
    """Take the members of a collection; nested and broken ones are faults."""
    members = feature.geometry["geometries"]
    kinds = [str(member.get("type")) if isinstance(member, dict) else "" for member in members]
    if not members:
        return [table.fault("geometry-empty", feature, "GeometryCollection", repairs=LEAVE)]
    for kind, member in zip(kinds, members, strict=True):
        if not (kind in FAMILY and "coordinates" in member):
            found = f"GeometryCollection: {kind or repr(member)}"
            return [table.fault("geometry-form", feature, found, property="geometry", repairs=LEAVE)]
    items += [Item(at, kind, member["coordinates"]) for kind, member in zip(kinds, members, strict=True)]
    if allowed is not None:
        repairs = ("take-parts", *LEAVE) if set(kinds) & set(allowed) else LEAVE
        values = {"allowed": ", ".join(allowed)}
        found = f"GeometryCollection ({', '.join(kinds)})"
        return [table.fault("geometry-kind", feature, found, property="geometry", values=values, repairs=repairs)]
    if len(members) == 1:
        return [table.fault("geometry-collection", feature, kinds[0], repairs=("take-parts",))]
    return []


def _well_nested(table: Table, items: Iterable[Item]) -> tuple[list[Item], list[Fault]]:
    """Return the items whose coordinates are nested as their type asks, and a fault for each other."""
    kept, faults = [], []
    for item in items:
        found = misnested(item.kind, item.coordinates)
        if found is None:
            kept.append(item)
        else:
            feature = table.features[item.owner]
            values = {"kind": item.kind}
            faults.append(
                table.fault("position-form", feature, found, property="coordinates", values=values, repairs=LEAVE)
            )
    return kept, faults


def _sound_items(table: Table, soup: Soup) -> tuple[Bools, list[Fault]]:
    """Say which items have positions, finite ones, and enough of them in each ring; and what the others lack."""
    count = len(soup.items)
    sizes = np.bincount(soup.item_of_ring, weights=soup.ring_sizes, minlength=count)
    parts_empty = np.ones(len(soup.item_of), dtype=bool)
    parts_empty[soup.part_of] = False
    empty = sizes == 0
    empty[soup.item_of[parts_empty]] = True
    infinite = np.zeros(count, dtype=bool)
    infinite[soup.item_of_position[~np.isfinite(soup.xy).all(axis=1)]] = True
    needed = np.array([SMALLEST[kind] for kind in range(3)])[soup.family[soup.item_of_ring]]
    closed = _closed(soup)
    short_rings = np.where(closed | (needed < 4), soup.ring_sizes < needed, soup.ring_sizes < needed - 1)
    short = np.zeros(count, dtype=bool)
    short[soup.item_of_ring[short_rings]] = True
    short &= ~empty
    area = soup.family == 2
    faults = [
        *_each(table, soup, np.flatnonzero(empty), "geometry-empty", LEAVE),
        *_each(table, soup, np.flatnonzero(infinite), "json-number", LEAVE),
        *_each(table, soup, np.flatnonzero(short & area), "ring-short", ("drop-short-rings", *LEAVE)),
        *_each(table, soup, np.flatnonzero(short & ~area), "line-short", LEAVE),
    ]
    return ~(empty | infinite | short), faults


def _each(table: Table, soup: Soup, items: Ints, kind: str, repairs: tuple[str, ...]) -> list[Fault]:
    """Make one fault for each feature that has such items."""
    found = {soup.items[item].owner: soup.items[item].kind for item in items[::-1].tolist()}
    return [table.fault(kind, table.features[at], what, repairs=repairs) for at, what in sorted(found.items())]


def _closed(soup: Soup) -> Bools:
    """Say of each ring whether it ends where it begins."""
    last = np.maximum(soup.starts + soup.ring_sizes - 1, 0)
    there = soup.ring_sizes > 0
    closed = np.zeros(len(soup.starts), dtype=bool)
    closed[there] = (soup.xy[soup.starts[there]] == soup.xy[last[there]]).all(axis=1)
    return closed


def _ring_faults(table: Table, soup: Soup, sound: Bools) -> list[Fault]:
    """Return open rings, repeated vertices and needless decimals; winding belongs to what is valid."""
    rings = sound[soup.item_of_ring] & (soup.family[soup.item_of_ring] == 2)
    faults = []
    opened = np.flatnonzero(rings & ~_closed(soup))
    for at, ring in _first_by_owner(soup, opened):
        begin, end = soup.xy[soup.starts[ring]], soup.xy[soup.starts[ring] + soup.ring_sizes[ring] - 1]
        found = f"{_told(begin)} … {_told(end)}"
        faults.append(
            table.fault("ring-open", table.features[at], found, zoom=_around(soup, ring), repairs=("close-rings",))
        )
    same = np.zeros(len(soup.xy), dtype=bool)
    same[1:] = (soup.xy[1:] == soup.xy[:-1]).all(axis=1)
    same[soup.starts[soup.starts < len(soup.xy)]] = False
    same &= np.repeat(rings, soup.ring_sizes)
    for at, position in _first_by_owner(soup, np.flatnonzero(same), soup.item_of_position):
        xy = soup.xy[position]
        zoom = box_of((*(xy - 0.001), *(xy + 0.001)))
        found = f"{_told(xy)} ×{int(same[soup.owners[soup.item_of_position] == at].sum()) + 1}"
        faults.append(
            table.fault("vertex-twice", table.features[at], found, zoom=zoom, repairs=("drop-repeated-vertices",))
        )
    return faults


def _first_by_owner(soup: Soup, numbers: Ints, item_of: Ints | None = None) -> list[tuple[int, int]]:
    """Return for each feature the first of the rings (or positions) given."""
    owners = soup.owners[(soup.item_of_ring if item_of is None else item_of)[numbers]]
    first = dict(zip(owners[::-1].tolist(), numbers[::-1].tolist(), strict=True))
    return sorted(first.items())


def _around(soup: Soup, ring: int) -> Box:
    xy = soup.xy[soup.starts[ring] : soup.starts[ring] + soup.ring_sizes[ring]]
    return box_of((*xy.min(axis=0), *xy.max(axis=0)))


def _told(xy: npt.NDArray[np.float64]) -> str:
    return f"[{xy[0]:.7g}, {xy[1]:.7g}]"


def _validity_faults(table: Table, soup: Soup, built: npt.NDArray[np.object_]) -> list[Fault]:
    """Return what Shapely finds invalid, with the area that the repair would change, and rings wound wrongly."""
    area = (soup.family == 2) & np.array([shape is not None for shape in built], dtype=bool)
    valid = np.ones(len(built), dtype=bool)
    valid[area] = shapely.is_valid(built[area])
    faults = []
    for item in np.flatnonzero(area & ~valid).tolist():
        reason = shapely.is_valid_reason(built[item])
        kind = INVALID.get(reason.partition("[")[0], "ring-crosses")
        values = {"km2": f"{_changed_km2(built[item]):.4f}"}
        repairs = ("make-valid", *LEAVE) if kind != "ring-short" else ("drop-short-rings", *LEAVE)
        feature = table.features[soup.items[item].owner]
        zoom = box_of(shapely.bounds(built[item]))
        faults.append(table.fault(kind, feature, reason, values=values, zoom=zoom, repairs=repairs))
    wound = _wound_wrongly(soup, area & valid)
    for at, ring in _first_by_owner(soup, wound):
        found = _told(soup.xy[soup.starts[ring]])
        faults.append(
            table.fault("ring-winding", table.features[at], found, zoom=_around(soup, ring), repairs=("rewind",))
        )
    return faults


def _changed_km2(shape: Any) -> float:
    """Return by how many km² making a geometry valid changes the area that its rings enclose."""
    bounds = shapely.bounds(shape)
    if not (np.isfinite(bounds).all() and abs(bounds).max() <= 180 and abs(bounds[[1, 3]]).max() <= 90):
        return 0.0
    signed = float(area_km2([shape])[0])
    return abs(float(area_km2([untangled(shape)])[0]) - signed)


def _wound_wrongly(soup: Soup, items: Bools) -> Ints:
    """Return the rings of these items whose winding is not that of RFC 7946: shells anticlockwise, holes clockwise."""
    if not len(soup.xy):
        return np.empty(0, dtype=np.int64)
    there = soup.ring_sizes > 0
    finite = np.where(np.isfinite(soup.xy), soup.xy, 0.0)
    xy = finite - np.repeat(finite[np.minimum(soup.starts, len(finite) - 1)], soup.ring_sizes, axis=0)
    cross = np.zeros(len(xy))
    cross[:-1] = xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1]
    cross[(soup.starts + soup.ring_sizes - 1)[there]] = 0
    twice = np.zeros(len(soup.starts))
    twice[there] = np.add.reduceat(cross, soup.starts[there])
    wrong = np.where(soup.is_shell, twice < 0, twice > 0)
    return np.flatnonzero(wrong & items[soup.item_of_ring])


def _by_feature(soup: Soup, built: npt.NDArray[np.object_], count: int) -> npt.NDArray[np.object_]:
    """Return one geometry for each feature: its own, or the collection of its members when all are there."""
    shapes: npt.NDArray[np.object_] = np.full(count, None, dtype=object)
    if len(soup.items) == len(set(soup.owners.tolist())):
        shapes[soup.owners] = built
        return shapes
    for at in np.unique(soup.owners).tolist():
        members = built[soup.owners == at]
        if all(member is not None for member in members):
            shapes[at] = members[0] if len(members) == 1 else shapely.geometrycollections(list(members))
    return shapes
