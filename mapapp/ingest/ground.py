"""Ground on one day: held twice, lost against the version before, jumping from one holder to another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.domain.measure import area_km2
from mapapp.domain.periods import days_between
from mapapp.ingest.features import box_of

SLIGHT = 0.01
"""km² (a hectare) below which an overlap or a gap is a matter of drawing."""

NOTHING = 1e-6
"""km² (a square metre) below which nothing is said."""

FOREVER = "9999-12-31"
Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Held:
    """Areas with their periods and holders; arrays of one length, `to` is FOREVER where the period is open."""

    shapes: Shapes
    begin: npt.NDArray[np.object_]
    to: npt.NDArray[np.object_]
    holder: npt.NDArray[np.object_]

    def on(self, day: str) -> npt.NDArray[np.int64]:
        """Return the areas of a day."""
        return np.flatnonzero((self.begin <= day) & (self.to > day))


@dataclass(frozen=True)
class Overlap:
    """Two areas that share ground on the days from `day`; km², and where."""

    one: int
    other: int
    day: str
    km2: float
    shape: BaseGeometry


def overlaps(held: Held) -> Iterator[Overlap]:
    """Yield each pair of areas that share ground on a day, once, with the first day on which they do.

    Cost: what is new on each day is tested as a coverage with its neighbours of that day; only where an edge does
    not fit are areas cut with one another.
    """
    seen: set[tuple[int, int]] = set()
    for day in sorted(set(held.begin.tolist())):
        there = held.on(day)
        fresh = there[held.begin[there] == day]
        if len(fresh) < len(there):
            near = np.unique(shapely.STRtree(held.shapes[there]).query(held.shapes[fresh], predicate=None)[1])
            there = there[near]
        for one, other in _suspects(held.shapes, there):
            if (one, other) in seen:
                continue
            seen.add((one, other))
            shape = shapely.intersection(held.shapes[one], held.shapes[other])
            km2 = float(area_km2([shape])[0])
            if km2 > NOTHING:
                yield Overlap(one, other, day, km2, shape)


def _suspects(shapes: Shapes, there: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a day whose boundaries do not fit together, or one of which lies in the other."""
    misfits = there[~shapely.is_empty(shapely.coverage_invalid_edges(shapes[there]))]
    if not len(misfits):
        return
    left, right = shapely.STRtree(shapes[there]).query(shapes[misfits], predicate="intersects")
    pairs = {
        (min(a, b), max(a, b)) for a, b in zip(misfits[left].tolist(), there[right].tolist(), strict=True) if a != b
    }
    yield from sorted(pairs)


@dataclass(frozen=True)
class Change:
    """Ground that was there before and is no more, or a strip between areas; km², where, from which day."""

    day: str
    km2: float
    shape: BaseGeometry
    narrow: bool


NARROW = 0.1
"""A part is a sliver when it has less than this share of the area of a circle with its outline."""


def lost(before: Held, now: Held, days: Sequence[str]) -> Iterator[Change]:
    """Yield the parts that somebody held in the version before and nobody holds now, told once however long it lasts.

    Cost: one union and one difference a day; days on which neither version changes give what the day before gave.
    """
    known: BaseGeometry = shapely.Polygon()
    for day in days:
        was, is_now = (shapely.union_all(each.shapes[each.on(day)]) for each in (before, now))
        missing = shapely.difference(was, is_now)
        fresh = shapely.difference(missing, known)
        for part in shapely.get_parts(fresh):
            if part.geom_type == "Polygon" and not part.is_empty:
                km2 = float(area_km2([part])[0])
                round_ = 4 * np.pi * part.area / max(part.length, 1e-12) ** 2
                if km2 > 1e-4:
                    yield Change(day, km2, part, bool(round_ < NARROW or km2 < SLIGHT))
        known = shapely.union(known, missing)


@dataclass(frozen=True)
class Jump:
    """A holder whose ground changes by far more than a day of war does: km² before and after."""

    day: str
    holder: str
    before: float
    after: float


JUMP_SHARE, JUMP_KM2, JUMP_DAYS = 0.5, 2000.0, 7


def jumps(held: Held) -> Iterator[Jump]:
    """Yield the days on which a holder gains or loses half of its ground and 2,000 km² or more at once.

    The days compared lie within a week; where the data skip more, a great change is no jump. A holder that was not
    there the day before, or is gone, does not count: that is a question of coverage.
    """
    days = sorted(set(held.begin.tolist()) | {end for end in held.to.tolist() if end != FOREVER})
    if len(days) < 2:
        return
    km2 = area_km2(held.shapes)
    before: dict[str, float] = {}
    earlier = ""
    for day in days:
        there = held.on(day)
        now: dict[str, float] = {}
        for index in there.tolist():
            now[held.holder[index]] = now.get(held.holder[index], 0.0) + float(km2[index])
        if earlier and days_between(earlier, day) <= JUMP_DAYS:
            for holder in sorted(before.keys() & now.keys()):
                was, area = before[holder], now[holder]
                if abs(area - was) >= JUMP_KM2 and abs(area - was) >= JUMP_SHARE * max(was, area):
                    yield Jump(day, holder, was, area)
        before, earlier = now, day


def box_around(shape: BaseGeometry) -> tuple[float, float, float, float]:
    """Return the bounds of a shape with a margin of a hundred metres, for a link."""
    west, south, east, north = shapely.bounds(shape)
    return box_of((west - 0.001, south - 0.001, east + 0.001, north + 0.001))
