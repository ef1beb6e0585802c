"""Metric coordinates for one region, derived from the region itself."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

GEOGRAPHIC = CRS.from_epsg(4326)


def local_projection(extent: Sequence[float]) -> CRS:
    """Return the Lambert azimuthal equal-area CRS, in metres, centred on (west, south, east, north) in degrees."""
    west, south, east, north = extent
    return CRS.from_proj4(
        f"+proj=laea +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +datum=WGS84 +units=m"
    )


def project(geometries: npt.NDArray[np.object_], source: CRS, target: CRS) -> npt.NDArray[np.object_]:
    """Return the geometries with every vertex moved from one CRS to the other (x = longitude or easting)."""
    transformer = Transformer.from_crs(source, target, always_xy=True)
    moved: npt.NDArray[np.object_] = shapely.transform(
        geometries, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )
    return moved
