"""The legend: only what the map shows, with the shares; as rows that flow into a column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.domain.actors import Holder
from mapapp.render.caption import Caption
from mapapp.render.fonts import Weight
from mapapp.render.ground import paint_area, paint_estimate, paint_event, paint_glyph, paint_number, paint_zone
from mapapp.render.hatching import paint_hatched
from mapapp.render.look import Look, short_name
from mapapp.render.scene import Scene
from mapapp.render.shapes import Painter, glyph_path
from mapapp.render.sheet import Box, Sheet
from mapapp.render.typeface import is_arabic

TYPE_SIZE, HEAD_SIZE, LEADING, ARABIC_LEADING = 12.0, 11.0, 1.28, 1.46
SWATCH, GAP, ROW_GAP, GROUP_GAP = 24.0, 8.0, 4.0, 12.0
PAIRS_NAMED = 2
SMALLEST_UNCUT, CUT = 0.74, "…"


@dataclass(frozen=True)
class Row:
    """One line of the legend: its kind of sample, what the sample shows, its words and its figure.

    `half` rows stand two in a line; `room` is the widest figure that the row may have, where that changes.
    """

    sample: str
    words: str
    of: Holder | str | None = None
    figure: str = ""
    half: bool = False
    room: str = ""


Group = list[Row]


def legend_groups(caption: Caption, look: Look, scene: Scene, *, briefly: bool = False) -> list[Group]:
    """Return the groups of the legend: holders with shares, lines and zones, positions; the empty ones left out.

    Briefly, only the first pairs of those who share or contest ground are named and the others make one row.
    """
    groups = [
        _holders(caption, scene, PAIRS_NAMED if briefly else None),
        _lines(caption, scene),
        _positions(caption, look, scene),
    ]
    return [group for group in groups if group]


def _holders(caption: Caption, scene: Scene, most: int | None) -> Group:
    seen = scene.present
    visible = {holder: share for holder, share in caption.shares.items() if holder in seen}
    single = [holder for holder in visible if holder.status == "control"]
    pairs = [holder for holder in visible if holder.status != "control"]
    named = pairs if most is None or len(pairs) == most + 1 else pairs[:most]
    rows = [Row("area", caption.holder(of), of, caption.percent(visible[of])) for of in [*single, *named]]
    if rest := pairs[len(named) :]:
        figure = caption.percent(sum(visible[holder] for holder in rest))
        rows.append(Row("area", caption.messages("picture.legend.other"), rest[0], figure))
    return [Row("head", caption.messages("picture.legend.share")), *rows] if rows else []


def _lines(caption: Caption, scene: Scene) -> Group:
    say = caption.messages
    rows = [Row("front", say("page.legend_front"))] if any_line(scene.fronts.firm) else []
    rows += [Row("dotted", say("page.legend_dotted"))] if any_line(scene.fronts.dotted) else []
    rows += [Row("estimate", say("page.legend_estimate"))] if len(scene.estimates) else []
    stages = {zone.stage for zone in scene.zones}
    rows += [Row(stage, say(f"page.legend_{stage}")) for stage in ("agreed", "named") if stage in stages]
    rows += [Row("note", say("picture.legend.reconstructed"))] if stages else []
    rows += [Row("event", say("page.legend_event"))] if len(scene.events) else []
    return rows


def any_line(shapes: npt.NDArray[np.object_]) -> bool:
    """Say whether there is any line among shapes."""
    return bool(np.any(shapely.length(shapes) > 0))


def _positions(caption: Caption, look: Look, scene: Scene) -> Group:
    if not scene.positions:
        return []
    present = {at.actor for at in scene.positions} - {holder.actor for holder, _ in scene.areas}
    drawn = {at.kind if at.kind in look.glyphs else "other" for at in scene.positions}
    actors = [actor.key for actor in caption.edition.dataset.actors if actor.key in present]
    rows = [Row("actor", short_name(caption.actor(key)), key) for key in actors]
    rows += [Row("glyph", caption.kind(kind), kind, half=True) for kind in look.glyphs if kind in drawn]
    return [Row("head", caption.messages("picture.legend.positions")), *rows]


@dataclass(frozen=True)
class Legend:
    """Set groups of rows into columns; `factor` makes all of it smaller."""

    sheet: Sheet
    look: Look
    factor: float = 1

    @property
    def _unit(self) -> float:
        return self.sheet.unit * self.factor

    def height(self, groups: Sequence[Group], width: float) -> float:
        """Return the height in pixels of groups one below the other in a column of that width."""
        heights = [sum(self._row_height(line, width) for line in _lines_of(group)) for group in groups]
        return sum(heights) + GROUP_GAP * self._unit * max(0, len(groups) - 1)

    def fits(self, groups: Sequence[Group], box: Box) -> bool:
        """Say whether groups fit into a box, and no word has to be cut."""
        if self.height(groups, box.width) > box.height:
            return False
        rows = [row for group in groups for row in group]
        widths = [box.width / 2 if row.half else box.width for row in rows]
        return self.factor <= SMALLEST_UNCUT or not any(
            line.endswith(CUT) for row, width in zip(rows, widths, strict=True) for line in self._words(row, width)
        )

    def draw(
        self, groups: Sequence[Group], left: float, top: float, width: float, *, only_figures: bool = False
    ) -> Box:
        """Draw groups, or only their figures, one below the other from that corner; return the box they take."""
        below = top
        for number, group in enumerate(groups):
            below -= GROUP_GAP * self._unit if number else 0
            for line in _lines_of(group):
                each = width / 2 if len(line) == 2 or line[0].half else width
                for place, row in enumerate(line):
                    draw = self._draw_figure if only_figures else self._draw_row
                    draw(row, left + place * width / 2, below, each)
                below -= self._row_height(line, width)
        return Box(left, below, left + width, top)

    def _row_height(self, line: Sequence[Row], width: float) -> float:
        each = width / 2 if line[0].half else width
        size = HEAD_SIZE if line[0].sample == "head" else TYPE_SIZE
        lines = [self._words(row, each) for row in line]
        reach = max(LEADING + (len(words) - 1) * _leading(words) for words in lines)
        return (reach * size + ROW_GAP) * self._unit

    def _words(self, row: Row, width: float) -> list[str]:
        """Return the words of a row broken to the width that sample and figure leave."""
        size, weight = self._type(row)
        widest = row.room or row.figure
        figure = self.sheet.measure(widest, size).width + GAP * self._unit if widest else 0.0
        return self.sheet.wrap(row.words, size, width - self._indent(row) - figure - 4 * self._unit, weight, lines=3)

    def _type(self, row: Row) -> tuple[float, Weight]:
        return (HEAD_SIZE * self._unit, 700) if row.sample == "head" else (TYPE_SIZE * self._unit, 400)

    def _indent(self, row: Row) -> float:
        return 0.0 if row.sample == "head" else (SWATCH + GAP) * self._unit

    def _draw_row(self, row: Row, left: float, top: float, width: float) -> None:
        size, weight = self._type(row)
        theme = self.sheet.theme
        colour = theme.quiet if row.sample in ("head", "note") else theme.ink
        baseline = top - size
        words = self._words(row, width)
        for number, line in enumerate(words):
            at = baseline - number * size * _leading(words)
            self._write(left + self._indent(row), at, line, size, weight, colour)
        self._draw_figure(row, left, top, width)
        middle, half = baseline + 0.36 * size, SWATCH / 2 * self._unit
        box = Box(left, middle - 0.42 * size, left + 2 * half, middle + 0.42 * size)
        self._draw_sample(row, self.sheet.mirror(box))

    def _draw_figure(self, row: Row, left: float, top: float, width: float) -> None:
        size, _ = self._type(row)
        if row.figure:
            right = left + width - self.sheet.measure(row.figure, size).width
            self._write(right, top - size, row.figure, size, 400, self.sheet.theme.ink)

    def _write(self, left: float, baseline: float, words: str, size: float, weight: Weight, colour: str) -> None:
        """Write where the page has it: on the other side when it is read from the right."""
        width = self.sheet.measure(words, size, weight).width
        place = self.sheet.mirror(Box(left, 0, left + width, 0)).left
        self.sheet.write(place, baseline, words, size, weight=weight, colour=colour)

    def _draw_sample(self, row: Row, box: Box) -> None:
        kind, _, number = row.sample.partition(":")
        paint, colours, unit = Painter(self.sheet, box.grow(3)), self.look.ground, self._unit
        shape = [shapely.box(box.left, box.bottom, box.right, box.top)]
        middle = (box.bottom + box.top) / 2
        line = [shapely.LineString([(box.left, middle), (box.right, middle)])]
        if kind in ("area", "change") and isinstance(row.of, Holder):
            paint_area(paint, self.look.style(row.of), shape, self.look.stripe_period * unit, unit)
        elif row.sample in ("front", "dotted"):
            paint.lines(line, 0, colours["casing"], 3.6 * unit)
            dashes = (2 * unit, 2.6 * unit) if row.sample == "dotted" else ()
            paint.lines(line, 1, colours["front"], 1.5 * unit, dashes)
        elif row.sample == "estimate":
            if self.look.is_hatched:
                paint_hatched(paint, next(iter(self.look.holders.values())).hatches, shape, unit)
            else:
                paint.area(shape, 0, colours["faint"])
            paint_estimate(paint, shape, 1, unit, hatched=self.look.is_hatched)
        elif row.sample in ("agreed", "named"):
            paint_zone(paint, self.look, shape[0], row.sample, unit)
        elif row.sample == "event":
            paint_event(paint, self.look, np.array([[(box.left + box.right) / 2, middle]]), 0.8 * unit)
        elif row.sample in ("actor", "glyph"):
            self._draw_position(row, box, paint)
        if number:
            paint_number(self.sheet, self.look, number, ((box.left + box.right) / 2, middle), 7.6 * unit)

    def _draw_position(self, row: Row, box: Box, paint: Painter) -> None:
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        size = 5 * self._unit
        if row.sample == "actor":
            angles = np.linspace(0, 2 * np.pi, 33)
            circle = shapely.Polygon(np.column_stack([x + size * np.cos(angles), y + size * np.sin(angles)]))
            paint.area([circle], 1, self.look.lines[str(row.of)])
        else:
            shape = glyph_path(self.look.glyph(str(row.of)))
            paint_glyph(paint, shape, (x, y), size, 1, self.sheet.theme.ink)


def _leading(words: Sequence[str]) -> float:
    """Return the distance of lines of one row: Arabic reaches farther above and below."""
    return ARABIC_LEADING if any(map(is_arabic, words)) else LEADING


def _lines_of(group: Group) -> list[list[Row]]:
    """Put half rows two in a line."""
    lines: list[list[Row]] = []
    for row in group:
        if row.half and lines and lines[-1][0].half and len(lines[-1]) == 1:
            lines[-1].append(row)
        else:
            lines.append([row])
    return lines
