"""The picture of what changed hands between two days: numbered ground, and the same numbers in its table."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from babel.dates import format_date
from babel.numbers import format_decimal

from mapapp.domain.actors import Holder
from mapapp.domain.compare import gains, net_km2
from mapapp.domain.measure import HECTARE, holders_of
from mapapp.render.caption import Caption
from mapapp.render.ground import (
    NUMBER_RING,
    paint_area,
    paint_borders_and_water,
    paint_fronts,
    paint_land,
    paint_number,
)
from mapapp.render.legend import Group, Row, any_line
from mapapp.render.look import HolderStyle, Look, mix, short_name
from mapapp.render.scene import SPECK, Scene
from mapapp.render.shapes import Painter
from mapapp.render.sheet import Box, Sheet

PALE, PAPER = 0.74, "#FFFFFF"
LEAST_KM2 = 0.5
"""What rounds to no whole km² is summed up with the other small ones."""
STEPS = (12, 8, 5, 3)
"""How many pairs the table names where there is no room for all."""
NUMBER = 8.5
LOSER_PERIOD, LOSER_BAND = 9.0, 1.3


@dataclass(frozen=True)
class Change:
    """Ground that one holder took from another: its number in the table, both (None: nobody known), and its size."""

    number: int
    winner: Holder | None
    loser: Holder | None
    km2: float


@dataclass(frozen=True)
class ChangeCaption(Caption):
    """Say what changed hands from the day `since` on."""

    since: str = ""

    @cached_property
    def _found(self) -> tuple[list[Change], list[shapely.Geometry], dict[str, tuple[float, float]], float]:
        edition = self.edition
        found = gains(edition.slice("control", self.since), edition.slice("control", self.day))
        known = {holder.key: holder for holder in holders_of(edition.layers["control"])}
        kept = found[found["km2"] >= HECTARE]
        pairs = enumerate(zip(kept["winner"], kept["loser"], kept["km2"], strict=True), start=1)
        listed = [Change(number, known.get(won), known.get(lost), float(km2)) for number, (won, lost, km2) in pairs]
        return listed, list(kept.geometry), net_km2(found), float(found["km2"].sum())

    @property
    def changes(self) -> list[Change]:
        """Return who took how much from whom, the most first."""
        return self._found[0]

    @property
    def grounds(self) -> list[shapely.Geometry]:
        """Return the ground of each change, EPSG:4326."""
        return self._found[1]

    @property
    def nets(self) -> list[tuple[Holder, float]]:
        """Return by how many km² each holder has more, the most first."""
        known = {holder.key: holder for holder in holders_of(self.edition.layers["control"])}
        nets = [(known[key], won - lost) for key, (won, lost) in self._found[2].items()]
        return sorted(nets, key=lambda net: (-net[1], net[0]))

    @property
    def km2(self) -> float:
        """Return how much changed hands in all, in km²."""
        return self._found[3]

    @property
    def span(self) -> tuple[str, str]:
        """Return both days, without repeating the year that they share."""
        pattern = "d MMMM" if self.since[:4] == self.day[:4] else "d MMMM y"
        first = format_date(date.fromisoformat(self.since), pattern, locale=self.messages.spoken.locale)
        return str(first), self._words_of(self.day)

    @property
    def day_in_words(self) -> str:
        """Return both days: 5 August to 21 September 2017."""
        return self.messages("change.span", first=self.span[0], last=self.span[1])

    @property
    def evidence(self) -> str:
        """Return how much changed hands, and the age of the evidence."""
        found = self.messages("change.sum", km2=self.area(self.km2)) if self.changes else self.messages("change.none")
        return f"{found} {self._newest}"

    @property
    def alternative(self) -> str:
        """Return the picture in words, from the data."""
        items = [
            self.messages("change.alt.item", change=self.pair(change), km2=self.area(change.km2))
            for change in self.changes
            if change.km2 >= LEAST_KM2
        ]
        listed = self.messages("change.alt.semicolon").join(items[: STEPS[0]]) or self.messages("change.none")
        return self.messages("change.alt", title=self.title, dates=self.day_in_words, changes=listed)

    def pair(self, change: Change) -> str:
        """Return who took from whom, by short names."""
        how = "became" if change.winner and change.winner.status != "control" else "from"
        return self.messages(f"change.{how}", winner=self._short(change.winner), loser=self._short(change.loser))

    def area(self, km2: float) -> str:
        """Return an area as a whole number of km², without the unit."""
        if km2 < LEAST_KM2:
            return self.messages("compare.under_one")
        return str(format_decimal(round(km2), "#,##0", locale=self.messages.spoken.locale))

    def difference(self, km2: float) -> str:
        """Return a difference in whole km² with its sign, without the unit."""
        if abs(km2) < LEAST_KM2:
            return self.messages("compare.about_none")
        return f"{'+' if km2 > 0 else '−'}{self.area(abs(km2))}"

    def _short(self, holder: Holder | None) -> str:
        if holder is None:
            return self.messages("change.nobody")
        return short_name(self.holder(holder)) if holder.status == "control" else self.holder(holder)


@dataclass(frozen=True)
class ChangeScene(Scene):
    """The later day of a comparison, with the ground of each change that the frame shows."""

    caption: ChangeCaption | None = None

    @cached_property
    def seen(self) -> list[tuple[Change, shapely.Geometry]]:
        """Return the changes of which more than a speck can be seen, with their ground in layout pixels."""
        if self.caption is None or "control" not in self.layers:
            return []
        box = self.frame.box
        shapes = self.frame.project(np.array(self.caption.grounds, dtype=object), margin=0)
        shapes = shapely.clip_by_rect(shapes, box.left, box.bottom, box.right, box.top)
        pairs = zip(self.caption.changes, shapes, strict=True)
        return [(change, shape) for change, shape in pairs if shape.area >= SPECK]


def of_change(scene: Scene, caption: ChangeCaption) -> ChangeScene:
    """Return the scene of a comparison from that of its later day: without positions, zones, events."""
    layers = scene.layers & {"control", "estimate", "place"}
    return ChangeScene(scene.edition, scene.day, scene.frame, scene.language, scene.unit, layers, caption=caption)


def change_variants(scene: Scene) -> list[list[Group]]:
    """Return what the table may hold, the fullest first: pairs with their numbers, and what each has more."""
    assert isinstance(scene, ChangeScene), "the scene of a comparison"
    assert scene.caption is not None, "the scene of a comparison"
    caption = scene.caption
    count = sum(change.km2 >= LEAST_KM2 for change, _ in scene.seen)
    lines, nets = _lines(scene), _nets(caption)
    steps = [count, *(step for step in STEPS if step < count)]
    tables = [_pairs(scene, caption, step) for step in steps]
    full = [[table, nets, lines] for table in tables] + [[tables[-1], nets], [tables[-1]]]
    return [[group for group in groups if group] for groups in full]


def _pairs(scene: ChangeScene, caption: ChangeCaption, most: int) -> Group:
    seen = [change for change, _ in scene.seen]
    named = [change for change in seen if change.km2 >= LEAST_KM2][:most]
    rows = [Row(f"change:{each.number}", caption.pair(each), each.winner, caption.area(each.km2)) for each in named]
    if rest := seen[len(named) :]:
        figure = caption.area(sum(change.km2 for change in rest))
        rows.append(Row("note", caption.messages("change.rest"), figure=figure))
    return [Row("head", caption.messages("change.head")), *rows] if rows else []


def _nets(caption: ChangeCaption) -> Group:
    nets = [(holder, net) for holder, net in caption.nets if abs(net) >= LEAST_KM2 and holder.status == "control"]
    rows = [Row("area", caption.actor(holder.members[0]), holder, caption.difference(net)) for holder, net in nets]
    return [Row("head", caption.messages("change.nets")), *rows] if rows else []


def _lines(scene: ChangeScene) -> Group:
    assert scene.caption is not None, "the scene of a comparison"
    say = scene.caption.messages
    rows = [Row("front", say("change.front", date=scene.caption.span[1]))] if any_line(scene.fronts.firm) else []
    rows += [Row("dotted", say("page.legend_dotted"))] if any_line(scene.fronts.dotted) else []
    return [*rows, Row("note", say("change.pale"))]


def paint_change(sheet: Sheet, look: Look, scene: Scene) -> list[Box]:
    """Paint what changed hands in the winner's style, the rest pale; return the boxes of the numbers on it."""
    assert isinstance(scene, ChangeScene), "the scene of a comparison"
    paint, unit = Painter(sheet, scene.frame.box), sheet.unit
    paint_land(sheet, look, scene)
    with sheet.on("areas"):
        for order, (holder, shape) in enumerate(scene.areas):
            style = _pale(look, look.style(holder))
            paint_area(paint, style, [shape], look.stripe_period * unit, unit, order / 1000)
    with sheet.on("estimates"):
        for order, (change, shape) in enumerate(scene.seen):
            _paint_one(paint, look, change, shape, unit, order * 10)
    paint_borders_and_water(sheet, look, scene)
    with sheet.on("fronts"):
        paint_fronts(paint, look, scene, unit)
    return _write_numbers(sheet, look, scene)


def _paint_one(paint: Painter, look: Look, change: Change, shape: shapely.Geometry, unit: float, order: float) -> None:
    """Fill what was won in the winner's style, with thin lines in the colour of who lost it."""
    period = look.stripe_period * unit
    if change.winner is None:
        paint.area([shape], order, look.ground["no_data"])
    else:
        paint_area(paint, look.style(change.winner), [shape], period, unit, order)
    if change.loser and not look.is_hatched:
        colour = look.style(change.loser).line
        paint.stripes([shape], order + 3, f"{colour}B0", LOSER_PERIOD * unit, LOSER_BAND * unit, -1)
    paint.area([shape], order + 4, "none", look.ground["front"], 1.2 * unit)


def _pale(look: Look, style: HolderStyle) -> HolderStyle:
    if look.is_hatched:
        return HolderStyle((PAPER,), look.ground["governorate"], 0)
    base = look.ground["no_data"]
    colours = tuple(mix(colour, base, PALE) for colour in style.colours)
    return replace(style, colours=colours, line=mix(style.line, base, PALE / 2))


def _write_numbers(sheet: Sheet, look: Look, scene: ChangeScene) -> list[Box]:
    """Write each number on the largest of its pieces of ground where no other stands, the largest change first."""
    taken: list[Box] = []
    size = NUMBER * sheet.unit
    inside = scene.frame.box.grow(-3 * sheet.unit)
    for change, shape in scene.seen:
        if change.km2 < LEAST_KM2:
            continue
        for piece in sorted(_pieces(shape), key=lambda part: -part.area)[:3]:
            centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(piece))[0]
            x, y = float(centre[0]), float(centre[1])
            box = Box(x, y, x, y).grow(NUMBER_RING * size)
            if inside.holds(box) and not any(box.meets(other) for other in taken):
                with sheet.on("marks"):
                    paint_number(sheet, look, str(change.number), (x, y), size)
                taken.append(box.grow(sheet.unit))
                break
    return taken


def _pieces(shape: shapely.Geometry) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
