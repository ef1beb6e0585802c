"""Layers as one GeoPackage, the same bytes for the same edition whenever it is written."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import geopandas as gpd
import pyogrio

from mapapp.domain.schema import LAYERS
from mapapp.services.data_formats import flatten

TIME = "OGR_CURRENT_DATE"
_clock = Lock()


def write_geopackage(
    layers: Mapping[str, gpd.GeoDataFrame], day: str | None, told: Mapping[str, object], moment: str
) -> bytes:
    """Return a file with a table for each layer; `moment`, in RFC 3339, is when it says it was last changed.

    It is written in a folder of its own that is gone afterwards. Cost: a second for a whole history.
    """
    with tempfile.TemporaryDirectory(prefix="mapapp-") as folder, _at(moment):
        file = Path(folder) / "layers.gpkg"
        for name, rows in layers.items():
            _append(file, name, flatten(rows, day), {key: str(value) for key, value in told.items()})
        return file.read_bytes()


def _append(file: Path, name: str, rows: gpd.GeoDataFrame, told: dict[str, str]) -> None:
    about = {"DESCRIPTION": LAYERS[name].meaning} if name in LAYERS else {}
    kinds = set(rows.geom_type)
    multi = len(kinds) > 1 and kinds <= {"Polygon", "MultiPolygon"}
    pyogrio.write_dataframe(
        rows,
        file,
        layer=name,
        driver="GPKG",
        append=file.exists(),
        geometry_type=None if len(rows) else "Unknown",
        promote_to_multi=multi,
        layer_options={"IDENTIFIER": name, **about},
        dataset_metadata=None if file.exists() else told,
    )


@contextmanager
def _at(moment: str) -> Iterator[None]:
    """Let GDAL believe that it is this moment; its clock is the process's, so one file is written at a time."""
    with _clock:
        pyogrio.set_gdal_config_options({TIME: moment})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({TIME: None})
