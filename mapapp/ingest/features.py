"""Features as a file has them: not yet clean, but counted and found again."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from mapapp.domain.faults import Box, Fault


@dataclass(slots=True)
class Feature:
    """One feature: its number in the file from 1, and its three members as they are; `offset` counts characters."""

    number: int
    properties: Any
    geometry: Any
    id: Any = None
    offset: int | None = None
    file: str = ""
    day: str | None = None


@dataclass(frozen=True)
class Table:
    """The features of one layer of one file, with what is known to be wrong so far; `text` is there for lines.

    `crs` names the coordinate system that the file declares, `EPSG:4326` unless it says otherwise. `kind` is the
    format: geojson, topojson, places, changes, gpkg, shapefile, kml.
    """

    file: str
    name: str
    kind: str
    features: list[Feature]
    faults: tuple[Fault, ...] = ()
    crs: str = "EPSG:4326"
    text: str | None = field(default=None, repr=False)
    first_line: int | None = None

    def line_of(self, feature: Feature) -> int | None:
        """Return the line on which a feature begins, from 1; a table's rows have one each."""
        if feature.offset is None:
            return None
        if self.text is None:
            return feature.offset
        return bisect_right(self._line_ends, feature.offset) + 1

    @cached_property
    def _line_ends(self) -> list[int]:
        """The offsets at which lines begin, but for the first; made when a fault first asks."""
        lines = (self.text or "").splitlines(keepends=True)
        return list(accumulate(map(len, lines)))

    def fault(self, kind: str, feature: Feature, found: object = "", **more: Any) -> Fault:
        """Make a fault of one of its features."""
        return Fault(
            kind,
            file=feature.file or self.file,
            layer=self.name,
            feature=feature.number,
            id=told_id(feature),
            line=self.line_of(feature),
            found=str(found),
            **more,
        )

    def with_features(self, features: Iterable[Feature]) -> "Table":
        """Return the same table with other features."""
        return replace(self, features=list(features))


def told_id(feature: Feature) -> str | None:
    """Return the id of a feature as text, from its own member or from its properties; None when it has none."""
    inner = feature.properties.get("id") if isinstance(feature.properties, dict) else None
    for own in (feature.id, inner):
        if isinstance(own, (str, int, float)) and not isinstance(own, bool) and own != "":
            return str(own)[:80]
    return None


def box_of(bounds: Iterable[float]) -> Box:
    """Return west, south, east, north rounded to a metre, for a link."""
    west, south, east, north = (round(float(value), 5) for value in bounds)
    return west, south, east, north
