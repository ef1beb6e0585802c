"""Load the layers of a folder as GeoDataFrames; the only loader of the built-in data."""

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from mapapp.domain.edition import Dataset, Edition, Layers

FRAME = "dataset.json"
LISTS = {"parties": tuple, "actors": tuple, "variants": tuple, "periods": list}
"""Columns whose cells are lists in the files."""


def built_in_folder() -> Path:
    """Return the folder of the theatre that comes with the package."""
    return Path(str(files("geodata"))) / "layers"


def load_layers(folder: str | Path | None = None) -> Layers:
    """Read every layer of a folder, `None` for the built-in theatre.

    Layers are GeoDataFrames in EPSG:4326 by name; days are ISO text, an open `valid_to` is None, `parties`,
    `actors` and `variants` are tuples, `periods` is a list of dicts. Cost: about half a second for the built-in
    theatre.
    """
    place = Path(folder) if folder is not None else built_in_folder()
    return {path.stem: _read_layer(path) for path in sorted(place.glob("*.geojson"))}


def _read_layer(path: Path) -> gpd.GeoDataFrame:
    """Read one layer and give its cells the types of the schema."""
    frame = gpd.read_file(path)
    for column in frame.columns.drop("geometry"):
        if column in LISTS:
            frame[column] = pd.Series(
                [_list(cell, LISTS[column]) for cell in frame[column]], index=frame.index, dtype=object
            )
        elif frame[column].dtype.kind in "mM":
            frame[column] = frame[column].dt.strftime("%Y-%m-%d")
        if frame[column].dtype.kind not in "biuf":
            cells = frame[column].astype(object)
            frame[column] = cells.where(cells.notna(), None) if column not in LISTS else cells
    return frame


def _list(cell: Any, kind: type) -> Any:
    """Return a cell that holds a list, however the reader passed it on: as text, as an array, or missing."""
    if isinstance(cell, str):
        cell = json.loads(cell)
    return kind(cell if cell is not None and not isinstance(cell, float) else ())


def load_edition(folder: str | Path | None = None) -> Edition:
    """Read a folder as an edition: its layers, its frame (dataset.json), and as version the hash of all its bytes."""
    place = Path(folder) if folder is not None else built_in_folder()
    return Edition(load_frame(place), content_hash(place), load_layers(place))


def load_frame(folder: Path) -> Dataset:
    """Read what a folder says of its dataset, without the layers."""
    return Dataset.of(json.loads((folder / FRAME).read_text(encoding="utf-8")))


def load_sources(folder: Path) -> dict[str, bytes]:
    """Return the files that the layers of a folder were derived from, by name; they lie in `sources` beside it.

    Only the built-in theatre has them: a folder that somebody names holds what it holds, and nothing beside it is read.
    """
    if folder != built_in_folder():
        return {}
    sources = folder.parent / "sources"
    found = sorted(path for path in sources.rglob("*") if path.is_file())
    return {f"sources/{path.relative_to(sources).as_posix()}": path.read_bytes() for path in found}


def content_hash(folder: Path) -> str:
    """Return 12 hexadecimal digits that change with any byte of any file of the folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.name == FRAME or path.suffix == ".geojson":
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
