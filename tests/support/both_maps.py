"""The same piece of land from the screen and from a picture: whose each pixel is, on one grid."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pypdfium2
import shapely
from PIL import Image
from playwright.sync_api import Page

from mapapp.render.frame import mercator
from mapapp.render.press.layout import Composition
from support.pixels import LEGEND, LINE, owners_of, spread

CORNERS = """() => {
  const map = mapapp.map, size = map.getSize();
  const [west, north] = [[0, 0]].map(at => map.containerPointToLatLng(at)).flatMap(at => [at.lng, at.lat]);
  const [east, south] = [[size.x, size.y]].map(at => map.containerPointToLatLng(at)).flatMap(at => [at.lng, at.lat]);
  return [west, south, east, north];
}"""
COVERED = """() => {
  const map = document.querySelector('.folium-map').getBoundingClientRect();
  return [...document.querySelectorAll('.leaflet-control')].map(one => one.getBoundingClientRect())
    .map(box => [box.left - map.left, box.top - map.top, box.right - map.left, box.bottom - map.top]);
}"""
Grid = npt.NDArray[np.int_]
HIDDEN = 8
"""Pixels around what lies on the map that are left out."""


@dataclass(frozen=True)
class Shown:
    """The screen: whose each pixel is, by number in `holders`; what controls cover; its extent in degrees."""

    owners: Grid
    covered: npt.NDArray[np.bool_]
    extent: tuple[float, float, float, float]
    holders: list[str]
    colours: list[list[str]]


def read_screen(page: Page) -> Shown:
    """Read the map off the screen, one pixel a CSS pixel."""
    legend: list[tuple[str, str]] = page.evaluate(LEGEND)
    picture = np.asarray(Image.open(BytesIO(page.locator(".folium-map").screenshot())).convert("RGB")).astype(int)
    colours = [own.split() for _, own in legend]
    covered = np.zeros(picture.shape[:2], dtype=bool)
    for left, top, right, bottom in np.array(page.evaluate(COVERED)).round().astype(int):
        covered[max(0, top - HIDDEN) : bottom + HIDDEN, max(0, left - HIDDEN) : right + HIDDEN] = True
    return Shown(
        spread(without_specks(owners_of(picture, colours))),
        covered,
        tuple(page.evaluate(CORNERS)),
        [key for key, _ in legend],
        colours,
    )


def read_pdf(content: bytes, composition: Composition, shown: Shown) -> tuple[Grid, npt.NDArray[np.bool_]]:
    """Return whose each pixel of the screen is in the picture, and which of them the picture shows uncovered."""
    left, bottom, right, top = map_edges(composition)
    west, south, east, north = shown.extent
    rows, columns = shown.owners.shape
    low, high = mercator(np.array([[west, south], [east, north]]))
    metres = (high[0] - low[0]) / columns
    scale = 1 / (metres * composition.frame.pixels_per_metre)
    with pypdfium2.PdfDocument(content) as document:
        image = np.asarray(document[0].render(scale=scale).to_pil().convert("RGB")).astype(int)
    owners = spread(without_specks(owners_of(image, shown.colours)))
    x = low[0] + (np.arange(columns) + 0.5) * metres
    y = high[1] - (np.arange(rows) + 0.5) * metres
    sheet = composition.frame.place(degrees(np.array([x[0], x[-1]]), np.array([y[0], y[-1]])))
    across = np.linspace(sheet[0, 0], sheet[1, 0], columns) * scale
    down = (composition.sheet.height - np.linspace(sheet[0, 1], sheet[1, 1], rows)) * scale
    picked = owners[np.clip(down.astype(int), 0, len(owners) - 1)][
        :, np.clip(across.astype(int), 0, owners.shape[1] - 1)
    ]
    inside_x = (across / scale > left + 4) & (across / scale < right - 4)
    height = composition.sheet.height - down / scale
    inside_y = (height > bottom + 4) & (height < top - 4)
    seen = inside_y[:, None] & inside_x[None, :]
    for plate in plates(composition):
        seen &= ~(
            ((height > plate[1]) & (height < plate[3]))[:, None]
            & ((across / scale > plate[0]) & (across / scale < plate[2]))[None, :]
        )
    return picked, seen


def without_specks(owners: Grid) -> Grid:
    """Give single pixels and threads, where a line's edge happens to have a holder's colour, to the line."""
    kept = np.zeros(owners.shape, dtype=bool)
    square = owners[:-1, :-1]
    same = (square == owners[1:, :-1]) & (square == owners[:-1, 1:]) & (square == owners[1:, 1:])
    for down in (0, 1):
        for right in (0, 1):
            kept[down : down + same.shape[0], right : right + same.shape[1]] |= same
    return np.where(kept, owners, LINE)


def map_edges(composition: Composition) -> tuple[float, float, float, float]:
    """Return the edges of the map on the sheet."""
    box = composition.frame.box
    return box.left, box.bottom, box.right, box.top


def plates(composition: Composition) -> list[tuple[float, float, float, float]]:
    """Return the boxes that scale bar and locator take, from what was drawn there."""
    found: list[tuple[float, float, float, float]] = []
    for artist in composition.sheet.axes.get_children():
        if str(artist.get_gid()).startswith(("scale|", "locator|")) and hasattr(artist, "get_path"):
            low, high = artist.get_path().vertices.min(axis=0) - 3, artist.get_path().vertices.max(axis=0) + 3
            found.append((low[0], low[1], high[0], high[1]))
    return found


def degrees(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return points of EPSG:3857 in degrees."""
    radius = 6378137.0
    return np.column_stack([np.degrees(x / radius), np.degrees(np.arctan(np.sinh(y / radius)))])


def front_pixels(owners: Grid, seen: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return the points between pixels of two holders, in pixels."""
    points = []
    for axis, step in ((1, (0.5, 0.0)), (0, (0.0, 0.5))):
        one, other = np.moveaxis(owners, axis, 0)[:-1], np.moveaxis(owners, axis, 0)[1:]
        both = np.moveaxis(seen, axis, 0)[:-1] & np.moveaxis(seen, axis, 0)[1:]
        first, second = np.nonzero((one != other) & (one >= 0) & (other >= 0) & both)
        at = np.column_stack([second, first] if axis == 0 else [first, second]).astype(float)
        points.append(at + np.array(step))
    return np.concatenate(points)


def distances(points: npt.NDArray[np.float64], others: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return how far each point is from the nearest of the others."""
    tree = shapely.STRtree(shapely.points(others))
    _, found = tree.query_nearest(shapely.points(points), return_distance=True, all_matches=False)
    return np.asarray(found)
