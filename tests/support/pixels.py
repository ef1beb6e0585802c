"""Areas read off the screen: whose colour each pixel of the map has."""

import json
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

OUTSIDE = -2
LINE = -1
LEGEND = "[...document.querySelectorAll('[data-colours]')].map(row => [row.dataset.holder, row.dataset.colours])"
LATITUDES = (
    "h => [...Array(h).keys()].map(y => mapapp.map.containerPointToLatLng([0, (y + .5) / devicePixelRatio]).lat)"
)


def pixel_shares(page: Page) -> dict[str, float]:
    """Return each holder's share of the country by true area, from the pixels that have a colour of the legend.

    The pixels of lines and edges have none: each goes to the area beside it.
    """
    legend: list[tuple[str, str]] = page.evaluate(LEGEND)
    picture = np.asarray(Image.open(BytesIO(page.locator(".folium-map").screenshot())).convert("RGB")).astype(int)
    owners = spread(owners_of(picture, [colours.split() for _, colours in legend]))
    weights = np.cos(np.radians(page.evaluate(LATITUDES, len(owners)))) ** 2
    areas = [float(((owners == number).sum(axis=1) * weights).sum()) for number in range(len(legend))]
    return {holder: area / sum(areas) for (holder, _), area in zip(legend, areas, strict=True)}


def owners_of(picture: np.ndarray, colours: list[list[str]]) -> np.ndarray:
    """Return for each pixel the number of its holder, OUTSIDE on land and sea around, LINE where it is neither."""
    ground = look_of_default()["ground"]
    land, sea = (np.array([int(ground[key][at : at + 2], 16) for at in (1, 3, 5)]) for key in ("land", "sea"))
    along = np.clip((picture - land) @ (sea - land) / ((sea - land) @ (sea - land)), 0, 1)
    outside = np.abs(picture - land - along[..., None] * (sea - land)).max(axis=2) <= 2
    owners = np.where(outside, OUTSIDE, LINE)
    codes = picture @ np.array([65536, 256, 1])
    for number, own in enumerate(colours):
        owners[np.isin(codes, [int(colour[1:], 16) for colour in own])] = number
    return owners


def look_of_default() -> dict[str, Any]:
    return dict(json.loads((files("mapapp.resources") / "palettes" / "default.json").read_text()))


def spread(owners: np.ndarray) -> np.ndarray:
    """Give line pixels to a neighbour, ring by ring, in turn from each side."""
    for turn in range(24):
        axis, step = turn % 2, 1 if turn % 4 < 2 else -1
        beside = np.roll(owners, step, axis)
        owners = np.where((owners == LINE) & (beside != LINE), beside, owners)
    return owners
