"""The datasets there are, and how to find one version or one layer of them."""

from pathlib import Path
from typing import Any

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadTable, UnknownDataset, UnknownLayer, UnknownVersion
from mapapp.domain.slicing import change_days
from mapapp.ingest.layers import built_in_folder, load_edition
from mapapp.services.memory import Memory
from mapapp.settings import settings

DRAWN = ("control", "estimate", "zone", "position", "place", "event", "distance")
"""The layers that the map draws and a reader may switch, in the order in which they are offered.

`distance`, the line between the two camps' closest posts, is derived: it is there where a dataset has camps.
"""

_editions: Memory[Edition] = Memory(entries=4)


def datasets() -> list[Edition]:
    """Return the newest version of every dataset; the first call reads the files (seconds), later ones are free.

    Raises BadTable when the files cannot be read.
    """
    folder = settings().layers_dir or built_in_folder()
    return [_editions.get(folder, lambda: _read(folder))]


def _read(folder: Path) -> Edition:
    try:
        return load_edition(folder)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:  # what JSON, GDAL and pandas raise
        raise BadTable("layers", table=folder, reason=f"{type(error).__name__}: {error}") from error


def open_edition(name: str | None = None, version: str | None = None) -> Edition:
    """Return one version of a dataset: the first dataset and its newest version unless named.

    Raises UnknownDataset or UnknownVersion.
    """
    known = {edition.dataset.name: edition for edition in datasets()}
    edition = next(iter(known.values())) if name is None else known.get(name)
    if edition is None:
        raise UnknownDataset("dataset", name=(name or "")[:60], known=", ".join(known))
    if version is not None and version != edition.version:
        raise UnknownVersion("version", name=version[:60], known=edition.version)
    return edition


def check_layer(edition: Edition, layer: str, parameter: str = "layer") -> str:
    """Return the name of a layer that the edition has; UnknownLayer otherwise."""
    if layer not in edition.layers:
        raise UnknownLayer(parameter, name=layer[:60], known=", ".join(edition.layers))
    return layer


def check_drawn(edition: Edition, names: str, parameter: str = "layers") -> tuple[str, ...]:
    """Return the layers to draw from a list with commas, in the order of DRAWN; UnknownLayer for any other name."""
    there = {*edition.layers, *(["distance"] if edition.dataset.camps else [])}
    drawn = [name for name in DRAWN if name in there]
    asked = [name for name in names.split(",") if name]
    for name in asked:
        if name not in drawn:
            raise UnknownLayer(parameter, name=name[:60], known=", ".join(drawn))
    return tuple(name for name in drawn if name in asked)


def summarise(edition: Edition) -> dict[str, Any]:
    """Return name, title, span and version of a dataset, for a list of datasets."""
    dataset = edition.dataset
    return {
        "name": dataset.name,
        "title": dataset.title,
        "first_day": dataset.first_day,
        "last_day": dataset.last_day,
        "default_day": dataset.default_day,
        "version": edition.version,
    }


def describe(edition: Edition) -> dict[str, Any]:
    """Return what a client needs to know before it asks for data: span, layers, actors, days of change."""
    span = edition.dataset.first_day, edition.dataset.last_day
    layers = {
        name: {"features": len(layer), "change_days": change_days(layer, *span)}
        for name, layer in edition.layers.items()
    }
    actors = [{"key": actor.key, "name": actor.name, "colour": actor.colour} for actor in edition.dataset.actors]
    return summarise(edition) | {"layers": layers, "actors": actors, "change_days": edition.change_days}
