"""The store of this process, with the program's own data in it, and what is remembered when it does not answer."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version as installed
from pathlib import Path

from mapapp.domain.errors import BadTable, StoreUnavailable, UnknownDataset, VersionWithdrawn
from mapapp.domain.history import Author, Content, Version
from mapapp.ingest.layers import built_in_folder, content_hash, load_edition, load_frame, load_sources
from mapapp.services.memory import Memory
from mapapp.settings import Settings, settings
from mapapp.store import Store, open_store

PROGRAM = Author("mapapp")
"""The author of the data that come with the program."""

log = logging.getLogger(__name__)


class Stock:
    """A store, the dataset that comes first, the hash of the program's own data, and the heads as last seen."""

    def __init__(self, store: Store, first: str, own: str) -> None:
        self.store = store
        self.first = first
        self.own = own
        self._seen: dict[str, str] = {}

    @property
    def place(self) -> str:
        """Return where the store is, for keys of what is remembered."""
        return self.store.place

    def heads(self) -> dict[str, str]:
        """Return the head of each dataset; what was seen last when the store does not answer, which the log tells."""
        try:
            found = self.store.head_ids()
        except StoreUnavailable as error:
            if not self._seen:
                raise
            log.warning("%s Showing what was seen last.", error)
            return self._seen
        self._seen = dict(sorted(found.items(), key=lambda named: named[0] != self.first))
        return self._seen

    def check_given_out(self, dataset: str, version: str) -> None:
        """Raise UnknownDataset, UnknownVersion or VersionWithdrawn for a version that nobody may read."""
        if self.store.version(dataset, version).withdrawn:
            raise VersionWithdrawn("version", name=version)


_stocks: Memory[Stock] = Memory(entries=4)


def stock() -> Stock:
    """Return the store that the settings name, opened once; the first call publishes the program's own data into it.

    Raises BadTable when those cannot be read, StoreUnavailable, StoreDamaged or StoreNewer. Cost: a second at first.
    """
    chosen = settings()
    folder = chosen.layers_dir or built_in_folder()
    return _stocks.get((address(chosen), folder), lambda: _open(address(chosen), folder))


def address(chosen: Settings) -> str:
    """Return the address of the database: the one that is set, or a file in the data folder."""
    return chosen.database_url or f"sqlite:///{chosen.data_dir / 'mapapp.sqlite'}"


def _open(url: str, folder: Path) -> Stock:
    with _readable(folder):
        name, own = load_frame(folder).name, content_hash(folder)
    store = open_store(url)
    publish_own(store, folder, name, own)
    return Stock(store, name, own)


def publish_own(store: Store, folder: Path, name: str, own: str) -> Version | None:
    """Publish the data of a folder, whose hash is `own`, unless the store has or had them.

    They follow only their own kind: where somebody else has published since, that stays the newest, and the log says
    so. The version’s id is the hash, the same on every machine.
    """
    history = _history(store, name)
    head = next((version for version in history if not version.withdrawn), None)
    if any(version.id == own for version in history) or (history and head is None):
        return None
    if head is not None and head.author != PROGRAM:
        log.warning("%s: the program’s data %s differ from %s, which others published; it stays.", name, own, head.id)
        return None
    with _readable(folder):
        edition, sources = load_edition(folder), load_sources(folder)
    return store.publish(
        Content(edition.dataset, edition.layers, sources),
        parent=head.id if head else None,
        author=PROGRAM,
        message=f"mapapp {installed('mapapp')}",
        sources=edition.dataset.credit,
        idempotency_key=f"own:{own}",
        version_id=own,
    )


def _history(store: Store, name: str) -> list[Version]:
    try:
        return store.versions(name)
    except UnknownDataset:
        return []


@contextmanager
def _readable(folder: Path) -> Iterator[None]:
    """Turn what JSON, GDAL and pandas raise for a folder into BadTable."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise BadTable("layers", table=folder, reason=f"{type(error).__name__}: {error}") from error
