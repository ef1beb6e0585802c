"""Paint a scene on a sheet: ground, areas, estimates, water, fronts, zones, positions; no words."""

import numpy as np
import shapely
from matplotlib.path import Path

from mapapp.render.beyond import carry_on, inner_borders
from mapapp.render.look import HolderStyle, Look
from mapapp.render.scene import Scene
from mapapp.render.shapes import Geometries, Painter, glyph_path
from mapapp.render.sheet import PAPER, Box, Sheet

SEA, AREAS, ESTIMATE, BORDERS, WATER, FRONTS, ZONES, POSITIONS = range(8)
ESTIMATE_COLOUR, ESTIMATE_PITCH, ESTIMATE_DOT = "#FFFFFFD0", 5.0, 0.8
NAMED_DASHES = (5.0, 4.0)


def paint_scene(sheet: Sheet, look: Look, scene: Scene) -> None:
    """Paint everything but the words, cut to the scene's box."""
    paint, unit = Painter(sheet, scene.frame.box), sheet.unit
    _paint_land(paint, look, scene, unit)
    for holder, shape in scene.areas:
        paint_area(paint, look.style(holder), [shape], look.stripe_period * unit, unit)
    paint_estimate(paint, scene.estimates, ESTIMATE, unit)
    _paint_borders_and_water(paint, look, scene, unit)
    _paint_fronts(paint, look, scene, unit)
    for zone in scene.zones:
        paint_zone(paint, look, zone.shape, zone.stage, unit)
    for index, at in enumerate(scene.positions):
        glyph, colour = glyph_path(look.glyph(at.kind)), look.lines[at.actor]
        paint_glyph(paint, glyph, (at.x, at.y), scene.glyph, POSITIONS + index / 10000, colour)


def glyph_boxes(scene: Scene) -> list[Box]:
    """Return the boxes that the glyphs of the positions take."""
    return [Box(at.x, at.y, at.x, at.y).grow(scene.glyph) for at in scene.positions]


def _paint_land(paint: Painter, look: Look, scene: Scene, unit: float) -> None:
    colours, box = look.ground, scene.frame.box
    paint.area([shapely.box(box.left, box.bottom, box.right, box.top)], SEA, colours["sea"])
    land = scene.boundaries["neighbour"]
    for more in carry_on(land, scene.ground, box):
        paint.area([more], SEA + 0.1, colours["land"])
    paint.area(land, SEA + 0.1, colours["land"])
    paint.lines(inner_borders(land, scene.ground), SEA + 0.2, colours["coast"], 0.8 * unit)
    paint.area(scene.boundaries["country"], SEA + 0.3, colours["no_data"])


def paint_area(paint: Painter, style: HolderStyle, shapes: Geometries, period: float, unit: float) -> None:
    """Fill what a holder has in its colour, or in stripes of the parties' colours, and edge it darker."""
    paint.area(shapes, AREAS, style.colours[0], style.colours[0], 0.3)
    period = period / np.sqrt(2)
    band = period / len(style.colours)
    for index, colour in enumerate(style.colours[1:], start=1):
        paint.stripes(shapes, AREAS + 0.1, colour, period, band, style.lean, index * band)
    paint.area(shapes, AREAS + 0.2, "none", style.line, 0.8 * unit)


def paint_estimate(paint: Painter, shapes: Geometries, order: float, unit: float) -> None:
    """Dot the ground whose holder is estimated."""
    paint.dots(shapes, order, ESTIMATE_COLOUR, ESTIMATE_PITCH * unit, ESTIMATE_DOT * unit)


def _paint_borders_and_water(paint: Painter, look: Look, scene: Scene, unit: float) -> None:
    colours = look.ground
    paint.area(scene.boundaries["governorate"], BORDERS, "none", f"{colours['governorate']}55", 0.6 * unit)
    paint.area(scene.boundaries["lake"], WATER, colours["lake"], colours["river"], 0.4 * unit)
    rivers = [river for _, river in scene.rivers]
    paint.lines(rivers, WATER + 0.05, f"{colours['casing']}F2", 2.9 * unit)
    paint.lines(rivers, WATER + 0.1, colours["river"], 1.5 * unit)
    paint.area(scene.boundaries["country"], WATER + 0.2, "none", colours["country"], 1.3 * unit)


def _paint_fronts(paint: Painter, look: Look, scene: Scene, unit: float) -> None:
    colours, lines = look.ground, scene.fronts
    paint.lines(np.concatenate([lines.firm, lines.dotted]), FRONTS, colours["casing"], 3.6 * unit)
    paint.lines(lines.soft, FRONTS + 0.1, colours["front"], 0.6 * unit, (3 * unit, 2.5 * unit))
    paint.lines(lines.dotted, FRONTS + 0.2, colours["front"], 1.5 * unit, (2 * unit, 2.6 * unit))
    paint.lines(lines.firm, FRONTS + 0.3, colours["front"], 1.5 * unit)


def paint_zone(paint: Painter, look: Look, shape: shapely.Geometry, stage: str, unit: float) -> None:
    """Outline a zone, in dashes until it is agreed, and hatch it; the ground stays visible."""
    colour = look.ground["zone"]
    dashes = () if stage == "agreed" else tuple(length * unit for length in NAMED_DASHES)
    paint.stripes([shape], ZONES, f"{colour}90", 9 * unit, 0.9 * unit, 1)
    paint.lines([shapely.boundary(shape)], ZONES + 0.1, f"{PAPER}F2", 3.2 * unit)
    paint.lines([shapely.boundary(shape)], ZONES + 0.2, colour, 1.7 * unit, dashes)


def paint_glyph(
    paint: Painter, shape: Path, point: tuple[float, float], size: float, order: float, colour: str
) -> None:
    """Draw a glyph of that radius in pixels in one colour, with a white casing."""
    at = np.array([point])
    paint.marks(at, shape, size, order, PAPER, PAPER, size * 0.55)
    paint.marks(at, shape, size, order, colour, colour, size * 0.1)
