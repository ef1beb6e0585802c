"""Where title, date, map, legend and credit stand on a sheet, and the scale bar in the quietest corner of the map."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor, log10

import numpy as np
import shapely

from mapapp.render.caption import Caption
from mapapp.render.ground import glyph_boxes
from mapapp.render.legend import Group, Legend, legend_groups
from mapapp.render.look import Look
from mapapp.render.scene import Scene
from mapapp.render.shapes import Painter
from mapapp.render.sheet import INK, PAPER, QUIET, Box, Sheet

TITLE, DATE, NOTE, CREDIT = 21.0, 31.0, 11.0, 9.5
MARGIN, GUTTER = 22.0, 18.0
WIDE = 1.25
COLUMN = 222.0
FACTORS = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62)
MOST_OF_HEIGHT = 0.45
COLUMN_SHARES = ((1.0,), (0.5, 0.5), (0.4, 0.25, 0.35))
Line = tuple[str, float, int, str]


@dataclass(frozen=True)
class Layout:
    """A sheet divided: the map's box, its scene, and what the legend holds, in columns of a size."""

    map: Box
    scene: Scene
    legend: Legend
    columns: list[tuple[Box, list[Group]]]


@dataclass(frozen=True)
class Furniture:
    """Divide a sheet and write what stands around the map; `survey` gives the scene that a box would show.

    A wide sheet has the words in a column left of the map; another has them above it and the legend below, so that
    the legend covers no ground.
    """

    sheet: Sheet
    caption: Caption
    look: Look
    survey: Callable[[Box], Scene]

    @property
    def _margin(self) -> float:
        return MARGIN * self.sheet.unit

    @property
    def _gutter(self) -> float:
        return GUTTER * self.sheet.unit

    @property
    def _page(self) -> Box:
        return self.sheet.frame.grow(-self._margin)

    @property
    def _is_wide(self) -> bool:
        return self.sheet.width >= WIDE * self.sheet.height

    @property
    def _head_width(self) -> float:
        page = self._page.width
        return float(np.clip(0.27 * page, COLUMN * self.sheet.unit, 0.45 * page)) if self._is_wide else page

    def plan(self) -> Layout:
        """Divide the sheet."""
        bottom = self._page.bottom + self._height(self._foot()) + 8 * self.sheet.unit
        below_head = self._page.top - self._height(self._head()) - 10 * self.sheet.unit
        return self._plan_wide(bottom, below_head) if self._is_wide else self._plan_tall(bottom, below_head)

    def _plan_wide(self, bottom: float, below_head: float) -> Layout:
        page = self._page
        box = Box(page.left + self._head_width + self._gutter, bottom, page.right, page.top)
        scene = self.survey(box)
        groups = legend_groups(self.caption, self.look, scene)
        column = Box(page.left, bottom, page.left + self._head_width, below_head)
        return self._fit(scene, [column], [groups])

    def _plan_tall(self, bottom: float, below_head: float) -> Layout:
        page, gap = self._page, 12 * self.sheet.unit
        strip = Box(page.left, bottom, page.right, bottom + MOST_OF_HEIGHT * (below_head - bottom))
        groups = legend_groups(self.caption, self.look, self.survey(Box(page.left, strip.top, page.right, below_head)))
        boxes = self._columns(strip, len(groups))
        first = self._fit(self.survey(strip), boxes, _spread(groups, len(boxes)))
        height = max((first.legend.height(groups, box.width) for box, groups in first.columns), default=0.0)
        scene = self.survey(Box(page.left, bottom + height + gap, page.right, below_head))
        lowered = [(box.move(0, bottom + height - box.top), groups) for box, groups in first.columns]
        return Layout(scene.frame.box, scene, first.legend, lowered)

    def _columns(self, strip: Box, groups: int) -> list[Box]:
        """Divide a strip into as many columns as fit, the first wider: it has figures."""
        count = int(np.clip((strip.width + self._gutter) / (COLUMN * self.sheet.unit), 1, max(groups, 1)))
        shares = COLUMN_SHARES[count - 1] if count <= len(COLUMN_SHARES) else COLUMN_SHARES[-1]
        widths = np.array(shares) * (strip.width - (len(shares) - 1) * self._gutter)
        lefts = strip.left + np.concatenate([[0], np.cumsum(widths + self._gutter)[:-1]])
        return [Box(left, strip.bottom, left + width, strip.top) for left, width in zip(lefts, widths, strict=True)]

    def _fit(self, scene: Scene, boxes: list[Box], columns: list[list[Group]]) -> Layout:
        """Set the legend in the largest type that fits; without its last groups where even the smallest does not."""
        for dropped in range(sum(map(len, columns)) + 1):
            kept = list(zip(boxes, _without_last(columns, dropped), strict=True))
            for factor in FACTORS:
                legend = Legend(self.sheet, self.look, factor)
                if all(legend.fits(groups, box) for box, groups in kept):
                    return Layout(scene.frame.box, scene, legend, kept)
        return Layout(scene.frame.box, scene, legend, kept)

    def write(self, layout: Layout) -> None:
        """Write head, legend and foot, and frame the map."""
        page, unit = self._page, self.sheet.unit
        self._stack(self._head(), page.top)
        foot = self._foot()
        self._stack(foot, page.bottom + self._height(foot))
        for box, groups in layout.columns:
            layout.legend.draw(groups, box.left, box.top, box.width)
        box = layout.map
        edge = [shapely.box(box.left, box.bottom, box.right, box.top)]
        Painter(self.sheet, box.grow(2)).area(edge, 20, "none", self.look.ground["coast"], 0.8 * unit)

    def _head(self) -> list[Line]:
        """Return the lines of title, date and evidence: words, size, weight, colour."""
        unit, width, wrap = self.sheet.unit, self._head_width, self.sheet.wrap
        date = DATE * unit
        while date > NOTE * unit and self.sheet.measure(self.caption.day_in_words, date, 700).width > width:
            date *= 0.94
        title = wrap(self.caption.title, TITLE * unit, width, 700, lines=3 if self._is_wide else 2)
        notes = wrap(self.caption.evidence, NOTE * unit, width, lines=4)
        return [
            *[(line, TITLE * unit, 700, INK) for line in title],
            (self.caption.day_in_words, date, 700, INK),
            *[(line, NOTE * unit, 400, QUIET) for line in notes],
        ]

    def _foot(self) -> list[Line]:
        size = CREDIT * self.sheet.unit
        texts = [self.caption.credit, self.caption.version]
        lines = [line for text in texts for line in self.sheet.wrap(text, size, self._page.width, lines=4)]
        return [(line, size, 400, QUIET) for line in lines]

    def _height(self, lines: Sequence[Line]) -> float:
        return sum(1.28 * size for _, size, _, _ in lines)

    def _stack(self, lines: Sequence[Line], top: float) -> None:
        """Write lines one below the other from the left margin."""
        for words, size, weight, colour in lines:
            self.sheet.write(self._page.left, top - 1.02 * size, words, size, weight=weight, colour=colour)
            top -= 1.28 * size

    def write_scale(self, scene: Scene) -> Box:
        """Draw a scale bar that is true at the middle of the map, in its quietest corner; return its box."""
        unit, box = self.sheet.unit, scene.frame.box
        kilometres = round_length(0.2 * min(box.width, 900 * unit) * scene.frame.metres_per_pixel / 1000)
        length = kilometres * 1000 / scene.frame.metres_per_pixel
        words, size = self.caption.messages("picture.scale", length=f"{kilometres:g}"), 10.5 * unit
        label = self.sheet.measure(words, size)
        plate = Box(0, 0, max(length, label.width) + 16 * unit, size + 19 * unit)
        plate = self._quietest(scene, plate)
        paint = Painter(self.sheet, box)
        paint.area([shapely.box(plate.left, plate.bottom, plate.right, plate.top)], 11, f"{PAPER}D8")
        left, low = plate.left + 8 * unit, plate.bottom + 8 * unit
        bar = [(left, low + 4 * unit), (left, low), (left + length, low), (left + length, low + 4 * unit)]
        paint.lines([shapely.LineString(bar)], 12, INK, 1.4 * unit)
        self.sheet.write(left, low + 7 * unit, words, size, zorder=12)
        return plate

    def _quietest(self, scene: Scene, plate: Box) -> Box:
        """Return the plate in the corner of the map where it covers the least: glyphs, fronts, held ground."""
        box = scene.frame.box.grow(-6 * self.sheet.unit)
        corners = [
            plate.move(left, bottom)
            for bottom in (box.bottom, box.top - plate.height)
            for left in (box.left, box.right - plate.width)
        ]
        return min(corners, key=lambda corner: self._busyness(scene, corner))

    def _busyness(self, scene: Scene, plate: Box) -> float:
        shape = shapely.box(plate.left, plate.bottom, plate.right, plate.top)
        glyphs = sum(plate.meets(box) for box in glyph_boxes(scene))
        fronts = sum(shapely.intersection(line, shape).length for line in (*scene.fronts.firm, *scene.fronts.dotted))
        held = sum(shapely.intersection(area, shape).area for area in scene.boundaries["country"])
        return float(glyphs + fronts / plate.width + held / shape.area)


def round_length(most: float) -> float:
    """Return the longest of 1, 2 or 5 times a power of ten that is not above `most`.

    >>> round_length(0.7), round_length(49), round_length(200)
    (0.5, 20.0, 200.0)
    """
    power = 10.0 ** floor(log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most * (1 + 1e-9))


def _spread(groups: list[Group], count: int) -> list[list[Group]]:
    """Put groups into columns, one each, the rest into the last."""
    return [groups[number : number + 1] for number in range(count - 1)] + [groups[count - 1 :]]


def _without_last(columns: list[list[Group]], dropped: int) -> list[list[Group]]:
    """Return the columns without their last `dropped` groups."""
    kept = [list(column) for column in columns]
    for _ in range(dropped):
        last = max((number for number, column in enumerate(kept) if column), default=None)
        if last is not None:
            kept[last].pop()
    return kept
