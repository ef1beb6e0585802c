"""Paint a scene on a sheet: ground, areas, estimates, water, fronts, zones, positions, events; no words.

`paint_scene` paints all of it; films paint what stays and what moves apart.
"""

import numpy as np
import shapely
from matplotlib.path import Path

from mapapp.render.beyond import carry_on, inner_borders
from mapapp.render.hatching import paint_hatched
from mapapp.render.look import HolderStyle, Look
from mapapp.render.scene import Scene
from mapapp.render.shapes import Geometries, Painter, Points, glyph_path
from mapapp.render.sheet import Box, Sheet

ESTIMATE_COLOUR, ESTIMATE_PITCH, ESTIMATE_DOT, ESTIMATE_HOLE = "#FFFFFFD0", 5.0, 0.8, 1.7
NUMBER_RING = 0.78
"""The radius of the ring around a number, as a share of the size of its type."""
NAMED_DASHES = (5.0, 4.0)
EVENT_RING, EVENT_RADIUS = 7.5, 9.0
EVENT_SIGN = (((0, -5 / 9), (4.8 / 9, 3.4 / 9), (-4.8 / 9, 3.4 / 9)),)
"""The triangle of the time bar, in the ring's radius, y down."""


def paint_scene(sheet: Sheet, look: Look, scene: Scene) -> list[Box]:
    """Paint everything but the words, cut to the scene's box; return the boxes of what must stay free: none."""
    paint_land(sheet, look, scene)
    paint_held(sheet, look, scene)
    paint_borders_and_water(sheet, look, scene)
    paint_over(sheet, look, scene)
    return []


def paint_held(sheet: Sheet, look: Look, scene: Scene) -> None:
    """Paint who holds what, and what of it is estimated."""
    paint, unit = Painter(sheet, scene.frame.box), sheet.unit
    with sheet.on("areas"):
        for number, (holder, shape) in enumerate(scene.areas):
            paint_area(paint, look.style(holder), [shape], look.stripe_period * unit, unit, number / 1000)
    with sheet.on("estimates"):
        paint_estimate(paint, scene.estimates, 0, unit, hatched=look.is_hatched)


def paint_over(sheet: Sheet, look: Look, scene: Scene) -> None:
    """Paint what lies over the ground: fronts, zones, positions, events."""
    paint, unit = Painter(sheet, scene.frame.box), sheet.unit
    with sheet.on("fronts"):
        paint_fronts(paint, look, scene, unit)
    with sheet.on("zones"):
        for zone in scene.zones:
            paint_zone(paint, look, zone.shape, zone.stage, unit)
    _paint_signs(paint, look, scene)


def glyph_boxes(scene: Scene) -> list[Box]:
    """Return the boxes that the glyphs of positions and events take."""
    positions = [Box(at.x, at.y, at.x, at.y).grow(scene.glyph) for at in scene.positions]
    return positions + [Box(x, y, x, y).grow(EVENT_RING * scene.unit) for x, y in scene.events]


def paint_land(sheet: Sheet, look: Look, scene: Scene) -> None:
    """Paint the ground under all: sea, the countries around, the country with nothing known of it."""
    with sheet.on("land"):
        _paint_land(Painter(sheet, scene.frame.box), look, scene, sheet.unit)


def _paint_land(paint: Painter, look: Look, scene: Scene, unit: float) -> None:
    colours, box = look.ground, scene.frame.box
    paint.area([shapely.box(box.left, box.bottom, box.right, box.top)], 0, colours["sea"])
    land = scene.boundaries["neighbour"]
    if colours["land"] != "none":
        for more in carry_on(land, scene.ground, box):
            paint.area([more], 0.1, colours["land"])
        paint.area(land, 0.1, colours["land"])
        paint.lines(inner_borders(land, scene.ground), 0.2, colours["coast"], 0.8 * unit)
    paint.area(scene.boundaries["country"], 0.3, colours["no_data"])


def paint_area(
    paint: Painter, style: HolderStyle, shapes: Geometries, period: float, unit: float, order: float = 0
) -> None:
    """Fill what a holder has in its colour, in stripes of the parties' colours or hatched, and edge it darker."""
    if style.hatches:
        paint_hatched(paint, style.hatches, shapes, unit, style.lean)
        paint.area(shapes, 2 + order, "none", style.line, 0.8 * unit)
        return
    paint.area(shapes, order, style.colours[0], style.colours[0], 0.3)
    period = period / np.sqrt(2)
    band = period / len(style.colours)
    for index, colour in enumerate(style.colours[1:], start=1):
        paint.stripes(shapes, 1 + order, colour, period, band, style.lean, index * band)
    paint.area(shapes, 2 + order, "none", style.line, 0.8 * unit)


def paint_estimate(paint: Painter, shapes: Geometries, order: float, unit: float, *, hatched: bool = False) -> None:
    """Dot the ground whose holder is estimated; a hatching shows it as holes."""
    size = ESTIMATE_HOLE if hatched else ESTIMATE_DOT
    paint.dots(shapes, order, ESTIMATE_COLOUR, ESTIMATE_PITCH * (1.6 if hatched else 1) * unit, size * unit)


def paint_borders_and_water(sheet: Sheet, look: Look, scene: Scene) -> None:
    """Paint borders, lakes and rivers, which lie over the areas."""
    colours, paint, unit = look.ground, Painter(sheet, scene.frame.box), sheet.unit
    with sheet.on("borders"):
        paint.area(scene.boundaries["governorate"], 0, "none", f"{colours['governorate']}55", 0.6 * unit)
    with sheet.on("water"):
        if scene.layers != {"control"}:  # as on screen: alone, it is nothing but who holds what
            paint.area(scene.boundaries["lake"], 0, colours["lake"], colours["river"], 0.4 * unit)
            rivers = [river for _, river in scene.rivers]
            paint.lines(rivers, 0.05, f"{colours['casing']}F2", 2.9 * unit)
            paint.lines(rivers, 0.1, colours["river"], 1.5 * unit)
        paint.area(scene.boundaries["country"], 0.2, "none", colours["country"], 1.3 * unit)


def paint_fronts(paint: Painter, look: Look, scene: Scene, unit: float) -> None:
    """Draw the lines between holders with their casing."""
    colours, lines = look.ground, scene.fronts
    paint.lines(np.concatenate([lines.firm, lines.dotted]), 0, colours["casing"], 3.6 * unit)
    paint.lines(lines.soft, 0.1, colours["front"], 0.6 * unit, (3 * unit, 2.5 * unit))
    paint.lines(lines.dotted, 0.2, colours["front"], 1.5 * unit, (2 * unit, 2.6 * unit))
    paint.lines(lines.firm, 0.3, colours["front"], 1.5 * unit)


def paint_zone(paint: Painter, look: Look, shape: shapely.Geometry, stage: str, unit: float) -> None:
    """Outline a zone, in dashes until it is agreed, and hatch it; the ground stays visible."""
    colour = look.ground["zone"]
    dashes = () if stage == "agreed" else tuple(length * unit for length in NAMED_DASHES)
    paint.stripes([shape], 0, f"{colour}90", 9 * unit, 0.9 * unit, 1)
    paint.lines([shapely.boundary(shape)], 0.1, f"{look.ground['casing']}F2", 3.2 * unit)
    paint.lines([shapely.boundary(shape)], 0.2, colour, 1.7 * unit, dashes)


def _paint_signs(paint: Painter, look: Look, scene: Scene) -> None:
    with paint.sheet.on("positions"):
        for index, at in enumerate(scene.positions):
            glyph, colour = glyph_path(look.glyph(at.kind)), look.lines[at.actor]
            paint_glyph(paint, glyph, (at.x, at.y), scene.glyph, index / 1000, colour)
    with paint.sheet.on("events"):
        paint_event(paint, look, scene.events, scene.unit)


def paint_glyph(
    paint: Painter, shape: Path, point: tuple[float, float], size: float, order: float, colour: str
) -> None:
    """Draw a glyph of that radius in pixels in one colour, with a white casing."""
    at, casing = np.array([point]), paint.sheet.theme.halo
    paint.marks(at, shape, size, order, casing, casing, size * 0.55)
    paint.marks(at, shape, size, order, colour, colour, size * 0.1)


def paint_event(paint: Painter, look: Look, points: Points, unit: float) -> None:
    """Draw the sign of an event at each point: a triangle in a white ring, as on screen."""
    if not len(points):
        return
    colour, casing = look.ground["event"], look.ground["casing"]
    paint.marks(points, Path.unit_circle(), (EVENT_RING - 0.8) * unit, 0, casing, colour, 1.4 * unit)
    paint.marks(points, glyph_path(EVENT_SIGN), (EVENT_RING - 0.8) * unit, 1, colour)


def paint_number(sheet: Sheet, look: Look, number: str, at: tuple[float, float], size: float) -> None:
    """Write a number in a ring, on the map and in its table alike."""
    ring = shapely.Point(at).buffer(NUMBER_RING * size, quad_segs=12)
    ink, casing = look.ground["front"], look.ground["casing"]
    Painter(sheet, Box(*ring.bounds).grow(2)).area([ring], 20, casing, ink, 0.1 * size)
    width = sheet.measure(number, size, 700).width
    left = at[0] - width / 2
    sheet.write(left, at[1] - 0.36 * size, number, size, weight=700, colour=ink, order=21)
