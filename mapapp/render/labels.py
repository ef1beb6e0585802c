"""Names on the map: chosen by importance, put where they meet neither one another, nor glyphs, nor a front."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import log2

import numpy as np
import shapely
import shapely.affinity

from mapapp.render.fonts import Weight
from mapapp.render.frame import EARTH_RADIUS
from mapapp.render.ground import glyph_boxes
from mapapp.render.look import Look, short_name
from mapapp.render.scene import PlaceName, Scene
from mapapp.render.shapes import Painter, Points
from mapapp.render.sheet import Box, Sheet

SURELY_NAMED, DENSER, ROOM = 18, 0.75, 130
AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
NEAR, FAR = (1.0, 2.2), (4.0, 6.0, 8.0, 11.0, 14.0)
UNIT_CIRCLE = 16
TILE_METRES = 2 * np.pi * EARTH_RADIUS / 256


@dataclass
class Labels:
    """Place the names of one frame; `kept_free` are boxes on the map that no name may enter (layout pixels)."""

    sheet: Sheet
    look: Look
    scene: Scene
    kept_free: Sequence[Box] = ()
    taken: list[Box] = field(default_factory=list)
    texts: list[Box] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._glyphs = glyph_boxes(self.scene)
        self.taken = [*self.kept_free, *self._glyphs]
        self._inside = self.scene.frame.box.grow(-4 * self.sheet.unit)
        fronts = np.concatenate([self.scene.fronts.firm, self.scene.fronts.dotted])
        self._fronts = shapely.STRtree(shapely.get_parts(fronts))

    def draw(self) -> int:
        """Write the names of places, zones, rivers and neighbours; return how many places got theirs."""
        with self.sheet.on("labels"):
            return self._name_all()

    def _name_all(self) -> int:
        named = self._name_places(at_least=SURELY_NAMED)
        self._name_zones()
        self._name_neighbours()
        self._name_rivers()
        return named + self._name_places(below=SURELY_NAMED)

    def _is_free(self, box: Box, *, may_cross: bool = False) -> bool:
        if not self._inside.holds(box) or any(box.meets(other) for other in self.taken):
            return False
        return may_cross or not len(self._fronts.query(shapely.box(*_edges(box)), "intersects"))

    def _name_places(self, *, at_least: float = 0, below: float = np.inf) -> int:
        box = self.scene.frame.box
        named, room = 0, int(box.width * box.height / (ROOM * self.sheet.unit) ** 2) + 4
        for place in self._places():
            if at_least <= place.size < below and named < room:
                named += self._name_place(place)
        return named

    def _places(self) -> list[PlaceName]:
        """Return the places that a map of this scale may name, the most important first."""
        zoom = log2(TILE_METRES * self.scene.frame.pixels_per_metre / self.sheet.unit) + DENSER
        rows = self.scene.edition.layers["place"]
        ranks = [self.look.label_zoom(*of) for of in zip(rows["name"], rows["kind"], rows["size"], strict=True)]
        return self.scene.places(np.array(ranks), zoom)

    def _name_place(self, place: PlaceName) -> bool:
        name, size, point = place.name, place.size, place.point
        unit, large = self.sheet.unit, size >= SURELY_NAMED
        type_size = (13.5 if large else 11.5 if size >= 13 else 10.5) * unit
        has_glyph = any(glyph.holds(Box(*point, *point)) for glyph in self._glyphs)
        radius = self.scene.glyph if has_glyph else (2.9 if large else 2.1) * unit
        dot = Box(point[0] - radius, point[1] - radius, point[0] + radius, point[1] + radius)
        if not name or any(dot.meets(other) for other in self.texts):
            return False
        words = self.sheet.shorten(short_name(name), type_size, 170 * unit)
        weight: Weight = 700 if large else 400
        shape = self.sheet.measure(words, type_size, weight)
        tries = ((NEAR, False), (NEAR, True), (FAR, False), (FAR, True)) if large else ((NEAR, False),)
        fixed = [] if place.fixed is None else [_centred(shape, place.fixed)]
        beside = (
            spot
            for reaches, may_cross in tries
            for spot in _around(shape, point, radius + 2.5 * unit, reaches)
            if self._is_free(spot, may_cross=may_cross)
        )
        held = [spot for spot in fixed if self._is_free(spot, may_cross=True)]
        if (chosen := next(chain(held, beside), None)) is None:
            return False
        self._lead(point, chosen, 3 * radius + 5 * unit)
        if not has_glyph:
            self._mark(point, radius)
        self._write(words, chosen, shape, type_size, weight=weight, colour=self.look.ground["label"])
        self.taken.append(dot.grow(unit))
        self.texts.append(dot.grow(unit))
        return True

    def _lead(self, point: Points, spot: Box, least: float) -> None:
        """Draw a thin line from a place to a name that stands off."""
        near = np.clip(point, [spot.left, spot.bottom], [spot.right, spot.top])
        if np.hypot(*(near - point)) > least:
            paint, line = Painter(self.sheet, self.scene.frame.box), [shapely.LineString([point, near])]
            paint.lines(line, 8.9, self.sheet.theme.halo, 2.6 * self.sheet.unit)
            paint.lines(line, 8.95, self.look.ground["label"], 0.9 * self.sheet.unit)

    def _mark(self, point: Points, radius: float) -> None:
        paint, ink = Painter(self.sheet, self.scene.frame.box), self.look.ground["label"]
        angles = np.linspace(0, 2 * np.pi, UNIT_CIRCLE * 2)
        circle = shapely.Polygon(point + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
        paint.area([circle], 9, self.sheet.theme.halo, ink, radius * 0.45)

    def _write(self, words: str, spot: Box, shape: Box, size: float, **options: str | int) -> None:
        options.setdefault("halo", self.sheet.theme.halo)
        box = self.sheet.write(spot.left - shape.left, spot.bottom - shape.bottom, words, size, **options)
        self.taken.append(box.grow(1.5 * self.sheet.unit))
        self.texts.append(box)

    def _name_zones(self) -> None:
        """Write the name of each zone beside its edge, in two or three short lines."""
        size, colour = 10 * self.sheet.unit, self.look.ground["zone"]
        for zone in self.scene.zones:
            lines = self.sheet.wrap(zone.name, size, 120 * self.sheet.unit)
            boxes = [self.sheet.measure(line, size, 700) for line in lines]
            leading = 1.2 * size
            block = Box(0, 0, max(box.width for box in boxes), leading * (len(lines) - 1) + boxes[0].height)
            seen = shapely.clip_by_rect(zone.shape, *_edges(self._inside))
            if seen.is_empty:
                continue
            spots = _beside(block, Box(*seen.bounds), 4 * self.sheet.unit)
            spot = next((spot for spot in spots if self._is_free(spot)), None)
            if spot is None:
                continue
            for number, (line, box) in enumerate(zip(lines, boxes, strict=True)):
                drop = leading * (len(lines) - 1 - number)
                self._write(line, spot.move(0, drop), box, size, weight=700, colour=colour)

    def _name_neighbours(self) -> None:
        """Write the name of a neighbouring country where it fits inside."""
        size, halo = 10.5 * self.sheet.unit, self.sheet.theme.halo
        for name, whole in self.scene.neighbours:
            words, land = name.upper(), shapely.clip_by_rect(whole, *_edges(self._inside))
            if not words or land.is_empty:
                continue
            shape = self.sheet.measure(words, size)
            centre = shapely.get_coordinates(shapely.maximum_inscribed_circle([land]))[0]
            spot = Box(0, 0, shape.width, shape.height).move(centre[0] - shape.width / 2, centre[1] - shape.height / 2)
            if self._is_free(spot, may_cross=True) and land.contains(shapely.box(*_edges(spot))):
                colours = self.look.ground
                self._write(words, spot, shape, size, colour=colours["faint"], halo=colours.get("faint_halo", halo))

    def _name_rivers(self) -> None:
        """Write the name of a river along it, where it runs straight enough."""
        for name, river in self.scene.rivers:
            parts = [part for part in shapely.get_parts(river) if part.geom_type == "LineString"]
            if parts and name:
                self._name_river(name, max(parts, key=shapely.length), 10.5 * self.sheet.unit)

    def _name_river(self, name: str, line: shapely.LineString, size: float) -> None:
        width = self.sheet.measure(name, size).width
        for start in np.linspace(0.05, 0.95, 37) * line.length:
            ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [start, start + width]))
            run = ends[1] - ends[0]
            if start + width > line.length or np.hypot(*run) < 0.9 * width:
                continue
            run = run if run[0] > 0 else -run
            across = np.array([-run[1], run[0]]) / np.hypot(*run)
            angle = float(np.degrees(np.arctan2(run[1], run[0])))
            for away in (0.5, -1.2):
                if self._write_turned(name, ends.mean(axis=0) + across * away * size, angle, size):
                    return

    def _write_turned(self, words: str, middle: Points, angle: float, size: float) -> bool:
        shape = self.sheet.measure(words, size)
        corners = shapely.box(-shape.width / 2, shape.bottom, shape.width / 2, shape.top)
        box = Box(*shapely.affinity.rotate(corners, angle, origin=(0, 0)).bounds).move(*middle)
        if not self._is_free(box):
            return False
        drawn = self.sheet.text(
            middle[0], middle[1], words, size, colour=self.look.ground["river_name"], halo=self.sheet.theme.halo,
            rotation=angle, rotation_mode="anchor", horizontalalignment="center",
        )  # fmt: skip
        self.sheet.note(drawn.get_text(), box)
        self.taken.append(box)
        self.texts.append(box)
        return True


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.bottom, box.right, box.top


def _around(shape: Box, point: Points, gap: float, reaches: Sequence[float]) -> Iterator[Box]:
    """Yield boxes of that size beside a point: right, left, above, below, then the corners; then farther off."""
    for reach in (gap * times for times in reaches):
        for right, up in AROUND:
            left = point[0] + (right - 1) / 2 * shape.width + right * reach * (0.75 if up else 1)
            bottom = point[1] + (up - 1) / 2 * shape.height + up * reach * (0.75 if right else 1)
            yield Box(left, bottom, left + shape.width, bottom + shape.height)


def _centred(shape: Box, point: Points) -> Box:
    """Return a box of that size with its middle at a point."""
    left, bottom = point[0] - shape.width / 2, point[1] - shape.height / 2
    return Box(left, bottom, left + shape.width, bottom + shape.height)


def _beside(block: Box, of: Box, gap: float) -> Iterator[Box]:
    """Yield places for a block around a box: on each side, at five heights or widths."""
    for share in (0.5, 0.75, 0.25, 1.0, 0.0):
        x = of.left + share * (of.width - block.width)
        y = of.bottom + share * (of.height - block.height)
        yield block.move(of.left - gap - block.width, y)
        yield block.move(x, of.top + gap)
        yield block.move(of.right + gap, y)
        yield block.move(x, of.bottom - gap - block.height)
