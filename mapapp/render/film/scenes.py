"""Scenes of a film: all of its days at once, to make room for; and one day, cut from shapes projected once."""

from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from mapapp.domain.edition import Edition
from mapapp.render.frame import Frame
from mapapp.render.scene import DRAWN, Scene, Zone

Shapes = npt.NDArray[np.object_]


def rows_of_span(edition: Edition, layer: str, first: str, last: str) -> npt.NDArray[np.bool_]:
    """Say of each feature of a layer whether it is there on any day of a span, both ends included."""
    rows = edition.layers[layer]
    if "valid_from" in rows:
        ends = rows["valid_to"]
        return np.asarray((rows["valid_from"] <= last) & (ends.isna() | (ends > first)), dtype=bool)
    if "day" in rows:
        return np.asarray((rows["day"] >= first) & (rows["day"] <= last), dtype=bool)
    return np.ones(len(rows), dtype=bool)


@dataclass(frozen=True)
class SpanScene(Scene):
    """Everything that any day of a span shows, `first` to `day`; the fronts are those of the last day.

    With `once` a zone that was there in two stages is there in its last one only, so that it is named once.
    """

    first: str = ""
    once: bool = False

    @cached_property
    def zones(self) -> list[Zone]:
        """Return the zones."""
        found = super().zones
        return list({zone.name: zone for zone in found}.values()) if self.once else found

    def _slice(self, layer: str) -> tuple[gpd.GeoDataFrame, Shapes]:
        rows = self.edition.layers[layer][rows_of_span(self.edition, layer, self.first, self.day)]
        if layer in DRAWN and layer not in self.layers:
            rows = rows.iloc[:0]
        shapes = self.frame.project(rows.geometry.to_numpy())
        seen = shapely.intersects(shapes, _around(self.frame))
        return rows[seen], shapes[seen]


@dataclass
class Projected:
    """Layers of an edition in the pixels of one frame, each projected once for a whole film."""

    edition: Edition
    frame: Frame
    layers: frozenset[str]
    first: str
    last: str
    _known: dict[str, tuple[gpd.GeoDataFrame, Shapes]] = field(default_factory=dict)

    def slice(self, layer: str, day: str) -> tuple[gpd.GeoDataFrame, Shapes]:
        """Return the features of a day that reach into the frame, and their shapes."""
        rows, shapes = self._layer(layer)
        if "valid_from" in rows:
            ends = rows["valid_to"]
            there = np.asarray((rows["valid_from"] <= day) & (ends.isna() | (ends > day)), dtype=bool)
        elif "day" in rows:
            there = np.asarray(rows["day"] == day, dtype=bool)
        else:
            return rows, shapes
        return rows[there], shapes[there]

    def _layer(self, layer: str) -> tuple[gpd.GeoDataFrame, Shapes]:
        if layer not in self._known:
            rows = self.edition.layers[layer][rows_of_span(self.edition, layer, self.first, self.last)]
            if layer in DRAWN and layer not in self.layers:
                rows = rows.iloc[:0]
            shapes = self.frame.project(rows.geometry.to_numpy())
            seen = shapely.intersects(shapes, _around(self.frame))
            self._known[layer] = rows[seen], shapes[seen]
        return self._known[layer]


@dataclass(frozen=True)
class FrameScene(Scene):
    """One day of a film."""

    projected: Projected | None = None

    def _slice(self, layer: str) -> tuple[gpd.GeoDataFrame, Shapes]:
        assert self.projected is not None, "a scene of a film"
        return self.projected.slice(layer, self.day)

    @cached_property
    def signature(self) -> tuple[tuple[str, ...], ...]:
        """Return what the map shows on the day: equal for two days whose maps are equal."""
        drawn = ("control", "estimate", "zone", "position", "event")
        return tuple(tuple(map(str, self._slice(layer)[0].index)) for layer in drawn)


def _around(frame: Frame) -> shapely.Geometry:
    box = frame.box
    return shapely.box(box.left, box.bottom, box.right, box.top)
