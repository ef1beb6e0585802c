"""Where a map looks, and in what way it shows two days: as an address says it."""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from mapapp.domain.errors import BadMode, BadView, ModeAlone

LOWEST_ZOOM, HIGHEST_ZOOM = 5, 13
"""Zooms of the web Mercator tiles, of 256 pixels; between them the map may stand."""

Mode = Literal["side", "swipe"]
"""Two maps beside each other, or one over the other with a divider."""

MODES: tuple[Mode, ...] = get_args(Mode)
NUMBERS = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")


@dataclass(frozen=True)
class View:
    """The middle of a map in degrees, EPSG:4326, and its zoom."""

    lat: float
    lng: float
    zoom: float

    def __str__(self) -> str:
        """Return the view as addresses carry it, metres apart at most."""
        return f"{self.lat:.4f},{self.lng:.4f},{round(self.zoom, 2):g}"


def read_view(text: str) -> View:
    """Return the view written `lat,lng,zoom`; raises BadView for any other text or a place beyond the map.

    >>> str(read_view("35.336,40.141,9.25"))
    '35.3360,40.1410,9.25'
    """
    parts = text.split(",")
    if len(parts) == 3 and all(NUMBERS.fullmatch(part) for part in parts):
        lat, lng, zoom = map(float, parts)
        if abs(lat) <= 85 and abs(lng) <= 180 and LOWEST_ZOOM <= zoom <= HIGHEST_ZOOM:
            return View(lat, lng, zoom)
    raise BadView("view", text=text[:40], lowest=LOWEST_ZOOM, highest=HIGHEST_ZOOM)


def read_mode(text: str, compared: str | None) -> Mode:
    """Return the way to show a day beside the one `compared` with; raises BadMode, ModeAlone without such a day."""
    for mode in MODES:
        if text == mode:
            if compared is None:
                raise ModeAlone("mode")
            return mode
    raise BadMode("mode", text=text[:40])
