"""What one frame shows on a day: the shapes of every layer in layout pixels, before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.domain.measure import fronts, holders_of
from mapapp.render.frame import Frame
from mapapp.render.shapes import Points
from mapapp.render.sheet import Box
from mapapp.resources.messages import messages

Shapes = npt.NDArray[np.object_]
ON_ESTIMATE = 0.5
"""Pixels around estimated ground within which a front counts as estimated."""
DRAWN = ("control", "estimate", "zone", "position", "place", "event")
"""The layers that a picture may leave out."""
SPECK = 2.0
"""Square pixels of the layout."""
SMALL_SCALE = 500
"""Metres per unit of the layout."""


@dataclass(frozen=True)
class Position:
    """A position: where, in layout pixels, whose, and what kind."""

    x: float
    y: float
    actor: str
    kind: str


@dataclass(frozen=True)
class LabelChange:
    """What somebody wants of a place's label: another name, another place (degrees), or none at all."""

    name: str = ""
    at: tuple[float, float] | None = None
    hide: bool = False


@dataclass(frozen=True)
class PlaceName:
    """A place that may be named: where its dot is, and where its name must stand if somebody said so."""

    name: str
    size: float
    point: Points
    fixed: Points | None = None


@dataclass(frozen=True)
class Zone:
    """A zone at one of its stages, `named` or `agreed`."""

    name: str
    stage: str
    shape: shapely.Geometry


@dataclass(frozen=True)
class Fronts:
    """Lines between holders: sure, on estimated ground, and beside ground that one side only shares or contests."""

    firm: Shapes
    dotted: Shapes
    soft: Shapes


@dataclass(frozen=True)
class Scene:
    """The layers of one day of an edition in a frame; each part is worked out when it is first asked for."""

    edition: Edition
    day: str
    frame: Frame
    language: str
    unit: float = 1
    layers: frozenset[str] = frozenset(DRAWN)
    label_changes: Mapping[str, LabelChange] = field(default_factory=dict)

    def _slice(self, layer: str) -> tuple[gpd.GeoDataFrame, Shapes]:
        """Return the features of the day that reach into the box, and their shapes."""
        rows = self.edition.slice(layer, self.day)
        if layer in DRAWN and layer not in self.layers:
            rows = rows.iloc[:0]
        shapes = self.frame.project(rows.geometry.to_numpy())
        box = self.frame.box
        seen = shapely.intersects(shapes, shapely.box(box.left, box.bottom, box.right, box.top))
        return rows[seen], shapes[seen]

    @cached_property
    def boundaries(self) -> dict[str, Shapes]:
        """Return the polygons of the ground by kind: country, governorate, neighbour, lake."""
        rows, shapes = self._slice("boundary")
        kinds = rows["kind"].to_numpy()
        return {kind: shapes[kinds == kind] for kind in ("country", "governorate", "neighbour", "lake")}

    @cached_property
    def ground(self) -> Box:
        """Return the box that the data of the ground covers; it may reach beyond the frame, or end within it."""
        west, south, east, north = self.edition.ground
        return Box(*self.frame.place(np.array([[west, south], [east, north]])).ravel())

    @cached_property
    def areas(self) -> list[tuple[Holder, shapely.Geometry]]:
        """Return who holds what."""
        rows, shapes = self._slice("control")
        return list(zip(holders_of(rows), shapes, strict=True))

    @cached_property
    def present(self) -> frozenset[Holder]:
        """Return the holders of which more than a speck can be seen."""
        box = self.frame.box
        edges = box.left, box.bottom, box.right, box.top
        return frozenset(holder for holder, shape in self.areas if shapely.clip_by_rect(shape, *edges).area >= SPECK)

    @cached_property
    def estimates(self) -> Shapes:
        """Return the ground whose holder is estimated."""
        return self._slice("estimate")[1]

    @cached_property
    def rivers(self) -> list[tuple[str, shapely.Geometry]]:
        """Return names and lines of rivers."""
        rows, shapes = self._slice("river")
        return list(zip(names_of(rows, self.language), shapes, strict=True))

    @cached_property
    def neighbours(self) -> list[tuple[str, shapely.Geometry]]:
        """Return names and polygons of the countries around."""
        rows, shapes = self._slice("boundary")
        kept = (rows["kind"] == "neighbour").to_numpy()
        known = messages(self.language).under("country")
        names = [known.get(name, name) for name in names_of(rows[kept], self.language)]
        return list(zip(names, shapes[kept], strict=True))

    @cached_property
    def zones(self) -> list[Zone]:
        """Return the zones."""
        rows, shapes = self._slice("zone")
        return [Zone(*values) for values in zip(names_of(rows, self.language), rows["stage"], shapes, strict=True)]

    @cached_property
    def positions(self) -> list[Position]:
        """Return the positions; where they crowd, the first of the layer stands for its neighbours, as on screen."""
        rows, shapes = self._slice("position")
        kept: list[Position] = []
        reach = self.glyph * (1.5 if self.is_small_scale else 0.8)
        for shape, actor, kind in zip(shapes, rows["actor"], rows["kind"], strict=True):
            if not any(abs(shape.x - other.x) < reach and abs(shape.y - other.y) < reach for other in kept):
                kept.append(Position(shape.x, shape.y, actor, kind))
        return kept

    @cached_property
    def events(self) -> Points:
        """Return where the day's events are, those that have a place of their own."""
        rows, shapes = self._slice("event")
        return shapely.get_coordinates(shapes[rows["plotted"].to_numpy(dtype=bool)])

    @property
    def is_small_scale(self) -> bool:
        """Say whether the map shows a country rather than a part of it."""
        return self.frame.metres_per_pixel * self.unit > SMALL_SCALE

    @property
    def glyph(self) -> float:
        """Return the radius of a position's glyph in pixels."""
        return (3.9 if self.is_small_scale else 5.4) * self.unit

    @cached_property
    def fronts(self) -> Fronts:
        """Return the lines between holders."""
        rows = self.edition.slice("control", self.day)
        if rows.empty or "control" not in self.layers:
            return Fronts(*[np.array([], dtype=object)] * 3)
        found = fronts(rows)
        members = {holder.key: set(holder.members) for holder in holders_of(rows)}
        pairs = zip(found["holder_a"], found["holder_b"], strict=True)
        soft = np.array([_is_party(members[one], members[other]) for one, other in pairs], dtype=bool)
        shapes = self.frame.project(found.geometry.to_numpy())
        guessed = shapely.union_all(shapely.buffer(self.estimates, ON_ESTIMATE))
        strong = shapes[~soft]
        return Fronts(shapely.difference(strong, guessed), shapely.intersection(strong, guessed), shapes[soft])

    def places(self, ranks: npt.NDArray[np.float64], most: float) -> list[PlaceName]:
        """Return the places inside the box whose rank is `most` or less, the lowest first.

        Those whose label was renamed or moved come before all others.
        """
        if "place" not in self.layers:
            return []
        rows = self.edition.layers["place"]
        points = self.frame.place(shapely.get_coordinates(rows.geometry.to_numpy()))
        names, sizes, ids = names_of(rows, self.language), rows["size"].to_numpy(), rows["id"].to_numpy().astype(str)
        wanted = np.isin(ids, [key for key, change in self.label_changes.items() if not change.hide])
        hidden = np.isin(ids, [key for key, change in self.label_changes.items() if change.hide])
        ranks = np.where(wanted, -1.0, ranks)
        found = []
        for index in np.lexsort([ids, -sizes, ranks]):
            if ranks[index] > most or hidden[index] or not self.frame.box.holds(Box(*points[index], *points[index])):
                continue
            change = self.label_changes.get(ids[index], LabelChange())
            fixed = self.frame.place(np.array([change.at]))[0] if change.at else None
            found.append(PlaceName(change.name or names[index], float(sizes[index]), points[index], fixed))
        return found


def names_of(rows: gpd.GeoDataFrame, language: str) -> list[str]:
    """Return the names of features in a language, where there is none their own; empty when they have neither."""
    own = rows["name"]
    names = rows[f"name_{language}"].where(rows[f"name_{language}"].notna(), own) if f"name_{language}" in rows else own
    return [str(name or "") for name in names]


def _is_party(one: set[str], other: set[str]) -> bool:
    """Say whether one side is a party to what the other side contests or shares."""
    return one < other or other < one
