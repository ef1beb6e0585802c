"""All positions of all geometries in one array, with the rings, parts and features that they belong to.

Ring rules are then a few array operations, whatever the number of features.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

FAMILY = {"Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 1, "Polygon": 2, "MultiPolygon": 2}
DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Item:
    """A simple geometry and the feature (its place in the list) that owns it; a collection gives several."""

    owner: int
    kind: str
    coordinates: Any


@dataclass(frozen=True)
class Soup:
    """Positions (x, y) with what they belong to: `ring_of` a position, `part_of` a ring, `item_of` a part."""

    items: Sequence[Item]
    xy: npt.NDArray[np.float64]
    ring_sizes: Ints
    part_of: Ints
    item_of: Ints
    heights: frozenset[int]

    @cached_property
    def owners(self) -> Ints:
        """Return the feature of each item."""
        return np.array([item.owner for item in self.items], dtype=np.int64)

    @cached_property
    def family(self) -> Ints:
        """Return for each item 0 for points, 1 for lines, 2 for areas."""
        return np.array([FAMILY[item.kind] for item in self.items], dtype=np.int64)

    @cached_property
    def item_of_ring(self) -> Ints:
        """Return the item of each ring."""
        return self.item_of[self.part_of]

    @cached_property
    def item_of_position(self) -> Ints:
        """Return the item of each position."""
        return np.repeat(self.item_of_ring, self.ring_sizes)

    @cached_property
    def starts(self) -> Ints:
        """Return the first position of each ring."""
        return np.concatenate([[0], np.cumsum(self.ring_sizes)[:-1]]).astype(np.int64)

    @cached_property
    def is_shell(self) -> Bools:
        """Say of each ring whether it is the first of its part."""
        first = np.ones(len(self.part_of), dtype=bool)
        first[1:] = self.part_of[1:] != self.part_of[:-1]
        return first

    def where(self, items: Ints) -> dict[int, int]:
        """Return how many of something each feature has, from the items that have it."""
        owners, counts = np.unique(self.owners[items], return_counts=True)
        return dict(zip(owners.tolist(), counts.tolist(), strict=True))

    def bounds(self, count: int) -> npt.NDArray[np.float64]:
        """Return west, south, east, north of each of `count` features; NaN where it has no position."""
        box = np.full((count, 4), np.nan)
        if len(self.xy):
            owners = self.owners[self.item_of_position]
            order = np.argsort(owners, kind="stable")
            first = np.flatnonzero(np.diff(owners[order], prepend=-1))
            box[owners[order][first], :2] = np.minimum.reduceat(self.xy[order], first)
            box[owners[order][first], 2:] = np.maximum.reduceat(self.xy[order], first)
        return box


def flatten(items: Sequence[Item]) -> Soup | None:
    """Return the positions of geometries; None when any of them is not nested as its type asks, or not of numbers.

    Cost: a tenth of a second for a million positions.
    """
    positions: list[list[float]] = []
    ring_sizes: list[int] = []
    part_of: list[int] = []
    item_of: list[int] = []
    try:
        for number, item in enumerate(items):
            for part in parts_of(item.kind, item.coordinates):
                for ring in part:
                    ring_sizes.append(len(ring))
                    part_of.append(len(item_of))
                    positions += ring
                item_of.append(number)
        sizes = set(map(len, positions))
        lists, numbers = set(map(type, positions)), set(map(type, chain.from_iterable(positions)))
    except TypeError:
        return None
    if not (lists <= {list} and numbers <= {int, float}) or (sizes and min(sizes) < 2):
        return None
    flat = positions if sizes <= {2} else [position[:2] for position in positions]
    try:
        xy = np.array(flat, dtype=np.float64).reshape(-1, 2)
    except (OverflowError, ValueError):
        return None
    high = {owner for owner, there in zip(_owners(items, part_of, item_of, ring_sizes), positions, strict=True)
            if len(there) > 2} if sizes - {2} else set()  # fmt: skip
    return Soup(items, xy, _ints(ring_sizes), _ints(part_of), _ints(item_of), frozenset(high))


def _owners(items: Sequence[Item], part_of: list[int], item_of: list[int], ring_sizes: list[int]) -> list[int]:
    """Return the feature of each position."""
    of_ring = [items[item_of[part]].owner for part in part_of]
    return np.repeat(of_ring, ring_sizes).tolist() if of_ring else []


def _ints(numbers: list[int]) -> Ints:
    return np.array(numbers, dtype=np.int64)


def parts_of(kind: str, coordinates: Any) -> Any:
    """Return coordinates as parts of rings of positions, whatever their type."""
    if kind == "Polygon":
        return [coordinates]
    if kind == "MultiPolygon":
        return coordinates
    if kind == "Point":
        return [[[coordinates]]]
    if kind == "LineString":
        return [[coordinates]]
    return [[[part]] if kind == "MultiPoint" else [part] for part in coordinates]


def misnested(kind: str, coordinates: Any) -> str | None:
    """Return the place and text of the first part of coordinates that is not as the type asks; None when all is."""
    return _misnested(coordinates, DEPTH[kind], "")


def _misnested(value: Any, depth: int, place: str) -> str | None:
    if not isinstance(value, list) or (depth == 0 and not _is_position(value)):
        return f"{place}: {value!r}"[:100].lstrip(": ")
    if depth == 0:
        return None
    for number, part in enumerate(value):
        found = _misnested(part, depth - 1, f"{place}[{number}]")
        if found is not None:
            return found
    return None


def _is_position(value: list[Any]) -> bool:
    """Say whether a value is two or more numbers that a float can hold."""
    if len(value) < 2 or not all(type(number) in (int, float) for number in value):
        return False
    return all(abs(number) < 1e300 for number in value if type(number) is int)


def build(soup: Soup, sound: Bools) -> npt.NDArray[np.object_]:
    """Return the geometry of each item that is sound (its rings are long enough and finite), None for the others."""
    made: npt.NDArray[np.object_] = np.full(len(soup.items), None, dtype=object)
    for family, (simple, multi) in enumerate(MAKERS):
        chosen = sound & (soup.family == family)
        if not chosen.any():
            continue
        rings = chosen[soup.item_of_ring]
        positions = np.repeat(rings, soup.ring_sizes)
        ring_number = np.repeat(np.arange(int(rings.sum())), soup.ring_sizes[rings])
        parts, part_number = np.unique(soup.part_of[rings], return_inverse=True)
        pieces = simple(soup.xy[positions], ring_number, part_number)
        items, item_number = np.unique(soup.item_of[parts], return_inverse=True)
        several = np.array([soup.items[item].kind.startswith("Multi") for item in items])
        singles = ~several[item_number]
        made[items[item_number[singles]]] = pieces[singles]
        if several.any():
            kept = several[item_number]
            _, numbers = np.unique(item_number[kept], return_inverse=True)
            made[items[several]] = multi(pieces[kept], indices=numbers)
    return made


def _polygons(xy: Any, ring_number: Ints, part_number: Ints) -> Any:
    return shapely.polygons(shapely.linearrings(xy, indices=ring_number), indices=part_number)


def _lines(xy: Any, ring_number: Ints, _: Ints) -> Any:
    return shapely.linestrings(xy, indices=ring_number)


def _points(xy: Any, _: Ints, __: Ints) -> Any:
    return shapely.points(xy)


MAKERS: tuple[tuple[Callable[..., Any], Callable[..., Any]], ...] = (
    (_points, shapely.multipoints),
    (_lines, shapely.multilinestrings),
    (_polygons, shapely.multipolygons),
)
