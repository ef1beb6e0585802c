"""The map's place on the sheet: Web Mercator as on screen, laid onto the sheet's pixels, and true distances there."""

from dataclasses import dataclass
from functools import cached_property
from math import atan, cos, degrees, isfinite, radians, sinh

import numpy as np
import numpy.typing as npt
import shapely

from mapapp.domain.errors import BadOption
from mapapp.render.sheet import Box

Extent = tuple[float, float, float, float]
EARTH_RADIUS = 6378137.0
LAST_LATITUDE = 85.0
SMALLEST_SPAN = 0.01


def check_extent(extent: Extent) -> Extent:
    """Return west, south, east, north in degrees if they make a piece of the map; raises BadOption."""
    west, south, east, north = extent
    inside = -180 <= west < east <= 180 and -LAST_LATITUDE <= south < north <= LAST_LATITUDE
    if not all(map(isfinite, extent)) or not inside or min(east - west, north - south) < SMALLEST_SPAN:
        shown = ",".join(f"{value:g}" for value in extent)
        expected = "it takes west,south,east,north in degrees, at least 0.01 apart, between 85° south and north"
        raise BadOption("bbox", value=shown, option="bbox", expected=expected)
    return extent


def mercator(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return EPSG:4326 points (longitude, latitude in degrees) as EPSG:3857 metres."""
    longitude, latitude = np.radians(lonlat[:, 0]), np.radians(np.clip(lonlat[:, 1], -LAST_LATITUDE, LAST_LATITUDE))
    return EARTH_RADIUS * np.column_stack([longitude, np.arctanh(np.sin(latitude))])


def frame_within(box: Box, extent: Extent, ground: Extent) -> "Frame":
    """Return the frame of an extent, moved aside so that as little as may be of it lies beyond the ground drawn."""
    wish = Frame(box, extent)
    if not Box(*ground).holds(Box(*extent)):
        return wish
    (west, south), (east, north) = wish.place(_corners(ground))
    return Frame(box, extent, (_shift(west, east, box.left, box.right), _shift(south, north, box.bottom, box.top)))


def _shift(first: float, last: float, low: float, high: float) -> float:
    """Return how far to move [first, last] so that it covers [low, high], or begins with it where it is too short."""
    if last - first < high - low:
        return low - first
    return max(0.0, high - last) - max(0.0, first - low)


def _corners(extent: Extent) -> npt.NDArray[np.float64]:
    """Return the south-west and the north-east corner."""
    return np.array([extent[:2], extent[2:]], dtype=float)


@dataclass(frozen=True)
class Frame:
    """A box of the sheet that shows at least `extent` (degrees), its middle in the box's middle or `aside` of it."""

    box: Box
    extent: Extent
    aside: tuple[float, float] = (0.0, 0.0)

    @cached_property
    def pixels_per_metre(self) -> float:
        """Return layout pixels per metre of EPSG:3857."""
        width, height = np.diff(mercator(_corners(self.extent)), axis=0)[0]
        return float(min(self.box.width / width, self.box.height / height))

    @cached_property
    def _origin(self) -> npt.NDArray[np.float64]:
        """Return the EPSG:3857 point at the middle of the box."""
        middle = mercator(_corners(self.extent)).mean(axis=0)
        return np.asarray(middle - np.array(self.aside) / self.pixels_per_metre)

    def place(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return points in degrees as layout pixels."""
        middle = np.array([self.box.left + self.box.width / 2, self.box.bottom + self.box.height / 2])
        return np.asarray((mercator(lonlat) - self._origin) * self.pixels_per_metre + middle)

    def degrees(self, pixels: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return layout pixels as points in degrees, the reverse of `place`."""
        middle = np.array([self.box.left + self.box.width / 2, self.box.bottom + self.box.height / 2])
        x, y = (((pixels - middle) / self.pixels_per_metre + self._origin) / EARTH_RADIUS).T
        return np.asarray(np.degrees(np.column_stack([x, np.arctan(np.sinh(y))])))

    def project(self, geometries: npt.ArrayLike, margin: float = 60) -> npt.NDArray[np.object_]:
        """Return geometries in EPSG:4326 as layout pixels, cut to the box and a margin around it."""
        placed = shapely.transform(np.asarray(geometries, dtype=object), self.place)
        around = self.box.grow(margin)
        return np.asarray(shapely.clip_by_rect(placed, around.left, around.bottom, around.right, around.top))

    @property
    def latitude(self) -> float:
        """Return the latitude at the middle of the box, in degrees."""
        return degrees(atan(sinh(self._origin[1] / EARTH_RADIUS)))

    @property
    def metres_per_pixel(self) -> float:
        """Return the true length of a layout pixel at the middle of the box, east to west."""
        return self.metres_per_pixel_at(self.latitude)

    def metres_per_pixel_at(self, latitude: float) -> float:
        """Return the true length of a layout pixel at a latitude in degrees, east to west."""
        return cos(radians(latitude)) / self.pixels_per_metre
