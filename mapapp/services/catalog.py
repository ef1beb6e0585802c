"""The datasets there are, and how to find one version or one layer of them."""

from typing import Any

from mapapp.domain.edition import Dataset, Edition
from mapapp.domain.errors import UnknownDataset, UnknownLayer
from mapapp.domain.slicing import change_days
from mapapp.services.memory import Memory
from mapapp.services.stock import stock

DRAWN = ("control", "estimate", "zone", "position", "place", "event", "distance")
"""The layers that the map draws and a reader may switch, in the order in which they are offered.

`distance`, the line between the two camps' closest posts, is derived: it is there where a dataset has camps.
"""

_editions: Memory[Edition] = Memory(entries=6)
_frames: Memory[Dataset] = Memory(entries=200)


def datasets() -> list[Edition]:
    """Return the newest version of every dataset, opened. Cost: a fifth of a second for each at first, then free."""
    return [_open(name, version) for name, version in heads().items()]


def heads() -> dict[str, str]:
    """Return the version that each dataset stands at now, the program’s own dataset first. Cost: a millisecond.

    Asked of the store at every call, so that a publish by any process is seen at once.
    """
    return stock().heads()


def check_heads() -> dict[str, str]:
    """Return what `heads` returns, but raise StoreUnavailable rather than answer from memory."""
    return stock().store.head_ids()


def listed() -> list[tuple[Dataset, str]]:
    """Return each dataset with its newest version, without opening the layers."""
    return [(_frame(name, version), version) for name, version in heads().items()]


def title_of(name: str, language: str) -> str:
    """Return the title of a dataset in a language; its name when its every version is withdrawn."""
    version = heads().get(name)
    return _frame(name, version).titled(language) if version else name


def open_edition(name: str | None = None, version: str | None = None) -> Edition:
    """Return one version of a dataset: the first dataset and its newest version unless named.

    Raises UnknownDataset, UnknownVersion or VersionWithdrawn.
    """
    known = heads()
    chosen = next(iter(known), None) if name is None else name
    if chosen is None:
        raise UnknownDataset("dataset", name="", known="")
    if version is not None and version != known.get(chosen):
        stock().check_given_out(chosen, version)
        return _open(chosen, version)
    if chosen not in known:  # there is none of that name, or its every version is withdrawn
        stock().store.head(chosen)
    return _open(chosen, known[chosen])


def newer_than(edition: Edition) -> str | None:
    """Return the version that a dataset stands at when it is another than this edition’s."""
    newest = heads().get(edition.dataset.name)
    return newest if newest != edition.version else None


def _open(name: str, version: str) -> Edition:
    return _editions.get((stock().place, name, version), lambda: stock().store.open(name, version))


def _frame(name: str, version: str) -> Dataset:
    return _frames.get((stock().place, name, version), lambda: stock().store.frame(name, version))


def check_layer(edition: Edition, layer: str, parameter: str = "layer") -> str:
    """Return the name of a layer that the edition has; UnknownLayer otherwise."""
    if layer not in edition.layers:
        raise UnknownLayer(parameter, name=layer[:60], known=", ".join(edition.layers))
    return layer


def check_drawn(edition: Edition, names: str, parameter: str = "layers") -> tuple[str, ...]:
    """Return the layers to draw from a list with commas, in the order of DRAWN; UnknownLayer for any other name.

    One that this edition happens not to have is left out: an address keeps its meaning from dataset to dataset.
    """
    there = {*edition.layers, *(["distance"] if edition.dataset.camps else [])}
    drawn = [name for name in DRAWN if name in there]
    asked = [name for name in names.split(",") if name]
    for name in asked:
        if name not in DRAWN:
            raise UnknownLayer(parameter, name=name[:60], known=", ".join(drawn))
    return tuple(name for name in drawn if name in asked)


def summarise(dataset: Dataset, version: str) -> dict[str, Any]:
    """Return name, title, span and version of a dataset, for a list of datasets."""
    return {
        "name": dataset.name,
        "title": dataset.title,
        "first_day": dataset.first_day,
        "last_day": dataset.last_day,
        "default_day": dataset.default_day,
        "version": version,
    }


def describe(edition: Edition) -> dict[str, Any]:
    """Return what a client needs to know before it asks for data: span, layers, actors, days of change."""
    span = edition.dataset.first_day, edition.dataset.last_day
    layers = {
        name: {"features": len(layer), "change_days": change_days(layer, *span)}
        for name, layer in edition.layers.items()
    }
    actors = [{"key": actor.key, "name": actor.name, "colour": actor.colour} for actor in edition.dataset.actors]
    return summarise(edition.dataset, edition.version) | {
        "layers": layers,
        "actors": actors,
        "change_days": edition.change_days,
    }
