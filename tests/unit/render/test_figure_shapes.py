"""What is painted covers what it should: holes stay open, stripes share the ground, pixels agree with areas."""

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg

from mapapp.domain.edition import Edition
from mapapp.render.beyond import carry_on, inner_borders
from mapapp.render.frame import Extent, Frame
from mapapp.render.ground import paint_scene
from mapapp.render.look import look_of
from mapapp.render.scene import Scene
from mapapp.render.shapes import Painter
from mapapp.render.sheet import Box, Sheet

RED, BLUE = "#CC1122", "#2211CC"
DEIR_EZ_ZOR: Extent = (38.9, 34.15, 41.5, 36.1)


def pixels_of(sheet: Sheet) -> npt.NDArray[np.uint8]:
    """Return the red, green and blue of every pixel, the lowest row first."""
    sheet.figure.set_facecolor("#FFFFFF")
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[::-1, :, :3]


def share_of(pixels: npt.NDArray[np.uint8], colour: str) -> float:
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
    return float((pixels == wanted).all(axis=-1).mean())


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(400, 400)


@pytest.mark.parametrize("hole", [shapely.box(150, 150, 250, 250), shapely.box(150, 150, 250, 250, ccw=False)])
def test_holes_stay_open_whichever_way_they_run(sheet: Sheet, hole: shapely.Polygon) -> None:
    ring = shapely.Polygon(shapely.box(100, 100, 300, 300).exterior, [hole.exterior])
    Painter(sheet, sheet.frame).area([ring], 1, RED)
    pixels = pixels_of(sheet)
    assert share_of(pixels[160:240, 160:240], RED) == 0
    assert share_of(pixels[110:140, 110:290], RED) == 1


@pytest.mark.parametrize("lean", [1, -1])
def test_stripes_take_their_share_and_stay_inside(sheet: Sheet, lean: int) -> None:
    paint, square = Painter(sheet, sheet.frame), [shapely.box(100, 100, 300, 300)]
    paint.area(square, 1, RED)
    paint.stripes(square, 2, BLUE, 20, 10, lean)
    pixels = pixels_of(sheet)
    inside = pixels[102:298, 102:298]
    assert share_of(inside, RED) == pytest.approx(share_of(inside, BLUE), abs=0.05)
    assert share_of(pixels[:95], BLUE) == 0
    line = (inside == inside[60, 60]).all(axis=-1)
    assert line[60 - 40 * lean, 20] == line[60, 60]
    assert line[20:60, 60].mean() < 1


def test_nothing_is_painted_outside_the_box(sheet: Sheet) -> None:
    paint = Painter(sheet, Box(100, 100, 300, 300))
    everything = [shapely.box(0, 0, 400, 400)]
    paint.area(everything, 1, RED)
    paint.stripes(everything, 2, BLUE, 20, 10, 1)
    paint.dots(everything, 3, BLUE, 10, 3)
    pixels = pixels_of(sheet)
    assert share_of(pixels[:99], "#FFFFFF") == 1
    assert share_of(pixels[:, 302:], "#FFFFFF") == 1


@pytest.mark.parametrize("day", ["2017-05-06", "2017-09-05", "2017-12-31"])
def test_pixels_of_each_colour_agree_with_the_areas(edition: Edition, day: str) -> None:
    sheet, look = Sheet(800, 600), look_of(edition)
    scene = Scene(edition, day, Frame(sheet.frame, DEIR_EZ_ZOR), "en")
    paint_scene(sheet, look, scene)
    pixels, page = pixels_of(sheet), shapely.box(0, 0, 800, 600)
    held = {holder: shapely.intersection(area, page).area for holder, area in scene.areas if holder.actor}
    seen = {holder: share_of(pixels, look.style(holder).colours[0]) for holder in held}
    for holder, area in held.items():
        assert seen[holder] / sum(seen.values()) == pytest.approx(area / sum(held.values()), abs=0.03), holder


def test_land_is_carried_on_past_the_edge_of_the_data() -> None:
    ground, frame = Box(100, 100, 300, 300), Box(0, 50, 400, 350)
    land = np.array([shapely.box(200, 100, 300, 250)], dtype=object)
    more = shapely.union_all([*land, *carry_on(land, ground, frame)])
    assert more.covers(shapely.box(310, 110, 390, 240))
    assert more.covers(shapely.box(210, 60, 390, 90))
    assert not more.intersects(shapely.box(310, 260, 390, 340))
    assert not more.intersects(shapely.box(10, 110, 190, 290))


def test_the_edge_of_the_data_is_no_border() -> None:
    ground = Box(100, 100, 300, 300)
    land = np.array([shapely.box(200, 100, 300, 250)], dtype=object)
    borders = shapely.union_all(inner_borders(land, ground))
    assert borders.length == pytest.approx(250, abs=4)
