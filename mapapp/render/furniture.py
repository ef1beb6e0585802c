"""Where title, date, map, legend and credit stand on a sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.image import BboxImage
from matplotlib.transforms import Bbox, TransformedBbox

from mapapp.render.caption import Caption
from mapapp.render.fonts import Weight
from mapapp.render.legend import Group, Legend, legend_groups
from mapapp.render.look import Look
from mapapp.render.scene import Scene
from mapapp.render.shapes import Painter
from mapapp.render.sheet import Box, Sheet

TITLE, DATE, NOTE, CREDIT = 21.0, 31.0, 11.0, 9.5
LEAST_TITLE, MOST_TITLE_LINES = 14.0, 5
CODE, LEAST_MODULE = 66.0, 2.0
"""The side of a QR code in units of the layout, and the least size of its squares in pixels."""
LOGO = (150.0, 44.0)
MARGIN, GUTTER = 22.0, 18.0
WIDE = 1.25
COLUMN = 222.0
FACTORS = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62)
MOST_OF_HEIGHT = 0.45
COLUMN_SHARES = ((1.0,), (0.5, 0.5), (0.4, 0.25, 0.35))
Line = tuple[str, float, int, str]


@dataclass(frozen=True)
class Notes:
    """The words that are not the data's: title, credit and link; and the pictures at the foot's end, if any.

    `code` is the matrix of a QR code, `logo` rows of pixels (RGBA); `title_colour` is empty for the theme's ink.
    """

    title: str
    credit: str
    link: str
    code: npt.NDArray[np.bool_] | None = None
    logo: npt.NDArray[np.uint8] | None = None
    title_colour: str = ""
    title_weight: Weight = 700


@dataclass(frozen=True)
class Layout:
    """A sheet divided: the map's box, its scene, and what the legend holds, in columns of a size."""

    map: Box
    scene: Scene
    legend: Legend
    columns: list[tuple[Box, list[Group]]]

    @property
    def explains_positions(self) -> bool:
        """Say whether the legend has room for the signs of positions; without it they are not drawn."""
        return any(row.sample == "glyph" for _, groups in self.columns for group in groups for row in group)


@dataclass(frozen=True)
class Furniture:
    """Divide a sheet and write what stands around the map; `survey` gives the scene that a box would show.

    `variants` are what the legend may hold of a scene, the fullest first; None for the legend of a day.

    A wide sheet has the words in a column left of the map; another has them above it and the legend below, so that
    the legend covers no ground.
    """

    sheet: Sheet
    caption: Caption
    notes: Notes
    look: Look
    survey: Callable[[Box], Scene]
    variants: Callable[[Scene], list[list[Group]]] | None = None

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
        bottom = self._page.bottom + self._foot_height + 8 * self.sheet.unit
        below_head = self._page.top - self._height(self._head()) - 10 * self.sheet.unit
        return self._plan_wide(bottom, below_head) if self._is_wide else self._plan_tall(bottom, below_head)

    def _plan_wide(self, bottom: float, below_head: float) -> Layout:
        page = self._page
        box = Box(page.left + self._head_width + self._gutter, bottom, page.right, page.top)
        scene = self.survey(self.sheet.mirror(box))
        column = Box(page.left, bottom, page.left + self._head_width, below_head)
        return self._fit(scene, [column], self._variants(scene))

    def _plan_tall(self, bottom: float, below_head: float) -> Layout:
        page, gap = self._page, 12 * self.sheet.unit
        strip = Box(page.left, bottom, page.right, bottom + MOST_OF_HEIGHT * (below_head - bottom))
        variants = self._variants(self.survey(Box(page.left, strip.top, page.right, below_head)))
        first = self._fit(self.survey(strip), self._columns(strip, len(variants[0])), variants)
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

    def _variants(self, scene: Scene) -> list[list[Group]]:
        """Return what the legend may hold, the fullest first."""
        if self.variants:
            return self.variants(scene)
        full = legend_groups(self.caption, self.look, scene)
        brief = legend_groups(self.caption, self.look, scene, briefly=True)
        return [full, brief, *(brief[:kept] for kept in range(len(brief) - 1, -1, -1))]

    def _fit(self, scene: Scene, boxes: list[Box], variants: list[list[Group]]) -> Layout:
        """Set the fullest legend in the largest type that fits."""
        for groups in variants:
            kept = list(zip(boxes, _spread(groups, len(boxes)), strict=True))
            for factor in FACTORS:
                legend = Legend(self.sheet, self.look, factor)
                if all(legend.fits(groups, box) for box, groups in kept):
                    return Layout(scene.frame.box, scene, legend, kept)
        return Layout(scene.frame.box, scene, legend, kept)

    def write(self, layout: Layout) -> None:
        """Write head, legend and foot, and frame the map."""
        with self.sheet.on("title"):
            self._stack(self._head(), self._page.top)
        self.write_around(layout)

    def write_around(self, layout: Layout) -> None:
        """Write legend and foot, and frame the map."""
        page, sheet = self._page, self.sheet
        with sheet.on("credit"):
            self._stack(self._foot(), page.bottom + self._foot_height)
        with sheet.on("legend"):
            for box, groups in layout.columns:
                layout.legend.draw(groups, box.left, box.top, box.width)
        self._draw_code()
        self._draw_logo()
        with sheet.on("frame"):
            edge = [shapely.box(layout.map.left, layout.map.bottom, layout.map.right, layout.map.top)]
            Painter(sheet, layout.map.grow(2)).area(edge, 0, "none", sheet.theme.rule, 0.8 * sheet.unit)

    def _head(self) -> list[Line]:
        """Return the lines of title, date and evidence: words, size, weight, colour."""
        return [*self._title_lines(), *self._date_lines()]

    def _title_lines(self) -> list[Line]:
        unit, width, wrap = self.sheet.unit, self._head_width, self.sheet.wrap
        weight, lines, size = self.notes.title_weight, MOST_TITLE_LINES, TITLE * unit
        while size > LEAST_TITLE * unit and len(wrap(self.notes.title, size, width, weight, lines=lines + 1)) > lines:
            size *= 0.94
        colour = self.notes.title_colour or self.sheet.theme.ink
        return [(line, size, weight, colour) for line in wrap(self.notes.title, size, width, weight, lines=lines)]

    def _date_lines(self) -> list[Line]:
        unit, width, theme = self.sheet.unit, self._head_width, self.sheet.theme
        date = DATE * unit
        while date > NOTE * unit and self.sheet.measure(self.caption.widest_day, date, 700).width > width:
            date *= 0.94
        notes = self.sheet.wrap(self.caption.evidence, NOTE * unit, width, lines=4)
        return [
            (self.caption.day_in_words, date, 700, theme.ink),
            *[(line, NOTE * unit, 400, theme.quiet) for line in notes],
        ]

    def _foot(self) -> list[Line]:
        size, width = CREDIT * self.sheet.unit, self._page.width - self._end_width
        texts = [self.notes.credit, self.caption.version, self.notes.link]
        lines = [line for text in texts if text for line in self.sheet.wrap(text, size, width, lines=6)]
        return [(line, size, 400, self.sheet.theme.quiet) for line in lines]

    @property
    def _foot_height(self) -> float:
        ends = [self._code_side, self._logo_size[1]]
        return max(self._height(self._foot()), *ends)

    @property
    def _code_side(self) -> float:
        return 0.0 if self.notes.code is None else max(CODE * self.sheet.unit, LEAST_MODULE * len(self.notes.code))

    @property
    def _logo_size(self) -> tuple[float, float]:
        """Return width and height of the logo: at most LOGO units."""
        if self.notes.logo is None:
            return 0.0, 0.0
        height, width = self.notes.logo.shape[:2]
        share = min(LOGO[0] / width, LOGO[1] / height) * self.sheet.unit
        return width * share, height * share

    @property
    def _end_width(self) -> float:
        """Return the width at the foot's end that belongs to code and logo."""
        widths = [width for width in (self._code_side, self._logo_size[0]) if width]
        return sum(widths) + self._gutter * len(widths)

    def _draw_code(self) -> None:
        """Draw the QR code in squares, black on white whatever the theme."""
        if self.notes.code is None:
            return
        page, side = self._page, self._code_side
        box = self.sheet.mirror(Box(page.right - side, page.bottom, page.right, page.bottom + side))
        step, paint = side / len(self.notes.code), Painter(self.sheet, box)
        rows, columns = np.nonzero(self.notes.code)
        lefts, tops = box.left + columns * step, box.top - rows * step
        with self.sheet.on("code"):
            paint.area([shapely.box(box.left, box.bottom, box.right, box.top)], 0, "#FFFFFF")
            squares = shapely.box(lefts, tops - step, lefts + step, tops)
            paint.area([shapely.union_all(squares, grid_size=step / 100)], 1, "#000000")

    def _draw_logo(self) -> None:
        if self.notes.logo is None:
            return
        page, (width, height) = self._page, self._logo_size
        right = page.right - (self._code_side + self._gutter if self._code_side else 0)
        box = self.sheet.mirror(Box(right - width, page.bottom, right, page.bottom + height))
        place = TransformedBbox(Bbox.from_extents(box.left, box.bottom, box.right, box.top), self.sheet.axes.transData)
        drawn = BboxImage(place, interpolation="lanczos")
        drawn.set_data(self.notes.logo)
        with self.sheet.on("logo"):
            self.sheet.add(drawn, 0)

    def _height(self, lines: Sequence[Line]) -> float:
        return sum(sum(self._reach(line)) for line in lines)

    def _reach(self, line: Line) -> tuple[float, float]:
        """Return how far a line reaches above and below its baseline; some scripts reach farther than others."""
        words, size, weight, _ = line
        box = self.sheet.measure(words, size, 700 if weight == 700 else 400)
        return max(1.02 * size, box.top + 0.04 * size), max(0.26 * size, 0.04 * size - box.bottom)

    def _stack(self, lines: Sequence[Line], top: float) -> None:
        """Write lines one below the other from the margin where the page's language begins."""
        for line in lines:
            words, size, weight, colour = line
            above, below = self._reach(line)
            width = self.sheet.measure(words, size, 700 if weight == 700 else 400).width
            left = self.sheet.mirror(Box(self._page.left, 0, self._page.left + width, 0)).left
            self.sheet.write(left, top - above, words, size, weight=weight, colour=colour)
            top -= above + below


def _spread(groups: list[Group], count: int) -> list[list[Group]]:
    """Put groups into columns, one each, the rest into the last."""
    return [groups[number : number + 1] for number in range(count - 1)] + [groups[count - 1 :]]
