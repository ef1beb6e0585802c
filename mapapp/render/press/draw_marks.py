"""Draw marks of one's own on the map, and change labels as they say."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from mapapp.render.look import Look
from mapapp.render.press.marks import Mark, Point
from mapapp.render.scene import LabelChange, Scene
from mapapp.render.shapes import Painter, Points
from mapapp.render.sheet import Box, Sheet

TYPE, LINE, HEAD = 12.0, 2.2, 9.0
WIDEST = 190.0
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


class MarkPainter:
    """Put marks on one scene; a mark outside the map's box is not drawn, its text is moved inside."""

    def __init__(self, sheet: Sheet, look: Look, scene: Scene, marks: Sequence[Mark]) -> None:
        self.sheet, self.look, self.marks = sheet, look, marks
        changes = {mark.place: LabelChange(mark.text, mark.at, mark.hide) for mark in marks if mark.kind == "label"}
        self.scene = replace(scene, label_changes=changes) if changes else scene
        self.paint = Painter(sheet, scene.frame.box)
        self.taken: list[Box] = []

    def draw(self, plates: Sequence[Box]) -> list[Box]:
        """Draw all but the labels; return the boxes that the texts take."""
        self._plates = list(plates)
        with self.sheet.on("marks"):
            for number, mark in enumerate(self.marks):
                match mark.kind:
                    case "arrow":
                        self._arrow(mark, number)
                    case "circle":
                        self._circle(mark, number)
                    case "callout":
                        self._callout(mark, number)
        return self.taken

    def _at(self, point: Point | None) -> Points:
        assert point is not None, "the schema asks for this point"
        return np.asarray(self.scene.frame.place(np.array([point]))[0])

    def _colour(self, mark: Mark) -> str:
        return mark.colour or self.look.ground["event"]

    def _arrow(self, mark: Mark, order: float) -> None:
        start, end = self._at(mark.start), self._at(mark.end)
        length = float(np.hypot(*(end - start)))
        if length < 1:
            return
        unit, along = self.sheet.unit, (end - start) / length
        across = np.array([-along[1], along[0]])
        neck, half = end - along * HEAD * unit, 0.55 * HEAD * unit * across
        head = shapely.Polygon([end, neck + half, neck - half])
        shaft = shapely.LineString([start, end - along * HEAD * 0.8 * unit])
        casing, colour = self.sheet.theme.halo, self._colour(mark)
        self.paint.lines([shaft], order, casing, (LINE + 2.4) * unit)
        self.paint.area([head], order, casing, casing, 2.4 * unit)
        self.paint.lines([shaft], order + 0.1, colour, LINE * unit)
        self.paint.area([head], order + 0.2, colour)
        self._write(mark, start, order + 0.3, gap=4 * unit, first=-along)

    def _circle(self, mark: Mark, order: float) -> None:
        middle = self._at(mark.at)
        radius = 1000 * mark.km / self.scene.frame.metres_per_pixel_at(mark.at[1] if mark.at else 0.0)
        ring = [shapely.Point(middle).buffer(radius, quad_segs=32).exterior]
        self.paint.lines(ring, order, self.sheet.theme.halo, (LINE + 2.4) * self.sheet.unit)
        self.paint.lines(ring, order + 0.1, self._colour(mark), LINE * self.sheet.unit)
        self._write(mark, middle, order + 0.3, gap=radius + 4 * self.sheet.unit)

    def _callout(self, mark: Mark, order: float) -> None:
        unit, point = self.sheet.unit, self._at(mark.at)
        box = self._write(mark, self._at(mark.end) if mark.end else point, order + 0.3, gap=22 * unit, fixed=mark.end)
        if box is None:
            return
        near = np.clip(point, [box.left, box.bottom], [box.right, box.top])
        line = [shapely.LineString([near, point])]
        self.paint.lines(line, order, self.sheet.theme.halo, 3.2 * unit)
        self.paint.lines(line, order + 0.1, self._colour(mark), 1.1 * unit)
        self.paint.area([shapely.Point(point).buffer(2.6 * unit)], order + 0.2, self._colour(mark))

    def _write(
        self, mark: Mark, point: Points, order: float, *, gap: float, first: Points | None = None,
        fixed: Point | None = None,
    ) -> Box | None:  # fmt: skip
        """Write a mark's text beside a point, where it meets no other text; return its box."""
        inside = self.scene.frame.box.grow(-5 * self.sheet.unit)
        if not mark.text or not inside.holds(Box(*point, *point)):
            return None
        size = TYPE * self.sheet.unit
        lines = self.sheet.wrap(mark.text, size, min(WIDEST * self.sheet.unit, 0.45 * inside.width), 700, lines=6)
        shapes = [self.sheet.measure(line, size, 700) for line in lines]
        width, height = max(shape.width for shape in shapes), 1.25 * size * len(lines)
        sides = [(0, 0)] if fixed else sorted(SIDES, key=lambda side: -np.dot(side, first) if first is not None else 0)
        spots = [_within(_beside(point, side, width, height, gap), inside) for side in sides]
        free = [spot for spot in spots if not any(spot.meets(other) for other in (*self._plates, *self.taken))]
        spot = (free or self._moved(spots[0], inside))[0] if not free else free[0]
        if any(spot.meets(other) for other in (*self._plates, *self.taken)):
            return None
        for number, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
            left = spot.right - shape.width if self.sheet.from_right else spot.left
            baseline = spot.top - (0.95 + 1.25 * number) * size
            self.sheet.write(
                left, baseline, line, size, weight=700, colour=self._colour(mark), halo=self.sheet.theme.halo,
                order=order,
            )  # fmt: skip
        self.taken.append(spot.grow(2 * self.sheet.unit))
        return spot

    def _moved(self, spot: Box, inside: Box) -> list[Box]:
        """Return the spot moved up or down until it is free, else as it is."""
        for step in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5):
            moved = _within(spot.move(0, step * spot.height), inside)
            if not any(moved.meets(other) for other in (*self._plates, *self.taken)):
                return [moved]
        return [spot]


def _beside(point: Points, side: tuple[int, int], width: float, height: float, gap: float) -> Box:
    """Return a box of that size beside a point; side (0, 0) is around it."""
    x = point[0] + side[0] * (gap + width / 2)
    y = point[1] + side[1] * (gap + height / 2)
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _within(box: Box, inside: Box) -> Box:
    """Return a box moved inside another."""
    right = max(0.0, inside.left - box.left) - max(0.0, box.right - inside.right)
    up = max(0.0, inside.bottom - box.bottom) - max(0.0, box.top - inside.top)
    return box.move(right, up)
