"""What lies on the map's corners: the scale bar, the north arrow and the locator, each where it covers the least.

The bar is drawn here rather than by matplotlib-scalebar: that one knows its own size only while it is being drawn, so
that no label could keep off it, and its units have no translation. The arrow is drawn here because
matplotlib-map-utils, made for it, is under the GPL.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10

import numpy as np
import shapely

from mapapp.render.frame import Extent, Frame
from mapapp.render.ground import glyph_boxes
from mapapp.render.look import Look
from mapapp.render.scene import Scene
from mapapp.render.shapes import Painter
from mapapp.render.sheet import Box, Sheet
from mapapp.resources.messages import Messages

FAR_BELOW = 0.35
"""A map that shows less than this share of the country's box gets a locator."""
LOCATOR = 118.0
NEEDLE = ((0.0, 1.0), (0.62, -0.8), (0.0, -0.42), (-0.62, -0.8))


@dataclass
class Plates:
    """Put plates on the corners of a scene; `taken` are the boxes of those that stand."""

    sheet: Sheet
    look: Look
    scene: Scene
    messages: Messages
    taken: list[Box] = field(default_factory=list)

    def draw(self, *, north: bool = False, locator: bool | None = None) -> list[Box]:
        """Draw the scale bar, the arrow if asked for, and the locator (None: where the map shows a small part)."""
        self._draw_scale()
        if north:
            self._draw_north()
        if locator or (locator is None and self._is_part):
            self._draw_locator()
        return self.taken

    @property
    def _paint(self) -> Painter:
        return Painter(self.sheet, self.scene.frame.box)

    @property
    def _is_part(self) -> bool:
        west, south, east, north = self.scene.edition.dataset.extent
        corners = self.scene.frame.place(np.array([[west, south], [east, north]]))
        whole = Box(*corners.ravel())
        box = self.scene.frame.box
        return box.width * box.height < FAR_BELOW * whole.width * whole.height

    def _draw_scale(self) -> None:
        """Draw a scale bar that is true at the middle of the map."""
        unit, frame = self.sheet.unit, self.scene.frame
        metres = round_length(0.2 * min(frame.box.width, 900 * unit) * frame.metres_per_pixel)
        length = metres / frame.metres_per_pixel
        key, number = ("picture.scale", metres / 1000) if metres >= 1000 else ("picture.scale.metres", metres)
        words, size = self.messages(key, length=f"{number:g}"), 10.5 * unit
        label = self.sheet.measure(words, size)
        plate = self._place(max(length, label.width) + 16 * unit, size + 19 * unit)
        left, low, paint = plate.left + 8 * unit, plate.bottom + 8 * unit, self._paint
        bar = [(left, low + 4 * unit), (left, low), (left + length, low), (left + length, low + 4 * unit)]
        with self.sheet.on("scale"):
            paint.area([_shape(plate)], 0, self.sheet.theme.plate)
            paint.lines([shapely.LineString(bar)], 1, self.sheet.theme.ink, 1.4 * unit)
            self.sheet.write(left, low + 7 * unit, words, size)

    def _draw_north(self) -> None:
        """Draw an arrow to the north, which is up everywhere on this map."""
        unit, words = self.sheet.unit, self.messages("picture.north")
        size = 11 * unit
        label = self.sheet.measure(words, size, 700)
        plate = self._place(max(label.width, 20 * unit) + 10 * unit, size + 34 * unit)
        middle = (plate.left + plate.right) / 2
        needle = np.array(NEEDLE) * 10 * unit + (middle, plate.bottom + 14 * unit)
        with self.sheet.on("north"):
            self._paint.area([_shape(plate)], 0, self.sheet.theme.plate)
            self._paint.area([shapely.Polygon(needle)], 1, self.sheet.theme.ink)
            self.sheet.write(middle - label.width / 2, plate.bottom + 28 * unit, words, size, weight=700)

    def _draw_locator(self) -> None:
        """Draw the country small, with a frame around what the map shows of it."""
        side = min(LOCATOR * self.sheet.unit, 0.3 * min(self.scene.frame.box.width, self.scene.frame.box.height))
        plate = self._place(side, side * _proportion(self.scene.edition.dataset.extent))
        inner = Frame(plate.grow(-0.06 * side), self.scene.edition.dataset.extent)
        rows = self.scene.edition.layers["boundary"]
        shapes = inner.project(rows[rows["kind"] == "country"].geometry.to_numpy())
        seen, unit, colours = self._seen(inner), self.sheet.unit, self.look.ground
        paint, theme = Painter(self.sheet, plate), self.sheet.theme
        with self.sheet.on("locator"):
            paint.area([_shape(plate)], 0, theme.halo, colours["country"], 0.6 * unit)
            land, frame = ("#DDDDDD", "#000000") if self.look.is_hatched else ("#D9D5CD", "#B3261E")
            paint.area(shapely.simplify(shapes, 0.4), 1, land, colours["country"], 0.7 * unit)
            paint.area([_shape(seen)], 2, f"{frame}40", frame, 1.3 * unit)

    def _seen(self, inner: Frame) -> Box:
        """Return the part of the locator that the map shows, at least so much that it can be seen."""
        box = self.scene.frame.box
        corners = self.scene.frame.degrees(np.array([[box.left, box.bottom], [box.right, box.top]]))
        seen = Box(*inner.place(corners).ravel())
        lacks = max(0.0, 5 * self.sheet.unit - min(seen.width, seen.height)) / 2
        return seen.grow(lacks)

    def _place(self, width: float, height: float) -> Box:
        """Return the quietest free corner for a plate of that size, and take it."""
        box = self.scene.frame.box.grow(-6 * self.sheet.unit)
        plate = Box(0, 0, width, height)
        corners = [
            plate.move(left, bottom)
            for bottom in (box.bottom, box.top - height)
            for left in (box.left, box.right - width)
        ]
        best = min(corners, key=lambda corner: self._busyness(corner, self.taken))
        self.taken.append(best)
        return best

    def _busyness(self, plate: Box, taken: Sequence[Box]) -> float:
        scene, shape = self.scene, _shape(plate)
        glyphs = sum(plate.meets(box) for box in glyph_boxes(scene))
        fronts = sum(shapely.intersection(line, shape).length for line in (*scene.fronts.firm, *scene.fronts.dotted))
        held = sum(shapely.intersection(area, shape).area for area in scene.boundaries["country"])
        return float(
            glyphs + fronts / plate.width + held / shape.area + 1000 * sum(plate.meets(other) for other in taken)
        )


def round_length(most: float) -> float:
    """Return the longest of 1, 2 or 5 times a power of ten that is not above `most`.

    >>> round_length(0.7), round_length(49), round_length(200)
    (0.5, 20.0, 200.0)
    """
    power = 10.0 ** floor(log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most * (1 + 1e-9))


def _proportion(extent: Extent) -> float:
    """Return height by width of an extent as the map shows it."""
    frame = Frame(Box(0, 0, 1, 1000), extent)
    low, high = frame.place(np.array([extent[:2], extent[2:]]))
    return float((high[1] - low[1]) / (high[0] - low[0]))


def _shape(box: Box) -> shapely.Polygon:
    return shapely.box(box.left, box.bottom, box.right, box.top)
