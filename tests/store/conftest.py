"""An empty store for each test, on both databases; and a small theatre whose every figure is known."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from mapapp.domain.history import Content
from mapapp.ingest.theatre.write import json_bytes, layer_bytes
from mapapp.services.stock import stock
from mapapp.settings import settings
from mapapp.store import Store, open_store
from support.machine import go_without
from support.postgres import Postgres, postgres, programs
from support.theatre import DATASET, theatre

MODEL = "mapapp_model"
numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """PostgreSQL with PostGIS, and in it a database that has the tables, to be copied."""
    folder = programs()
    if folder is None:
        go_without("PostgreSQL with PostGIS is not installed; `make tools` installs it where apt-get can.")
    with postgres(folder) as running:
        running.run(f"CREATE DATABASE {MODEL}")
        open_store(running.url(MODEL)).close()
        yield running


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Make empty databases: new_url("sqlite"), new_url("postgres")."""
    made: list[str] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'{next(numbers)}.sqlite'}"
        server: Postgres = request.getfixturevalue("server")
        made.append(f"t{next(numbers)}")
        server.run(f"CREATE DATABASE {made[-1]} TEMPLATE {MODEL}")
        return server.url(made[-1])

    yield make
    for name in made:
        request.getfixturevalue("server").run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    """The address of an empty database, of each kind in turn."""
    return new_url(request.param)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store."""
    store = open_store(url)
    yield store
    store.close()


@pytest.fixture
def content() -> Content:
    """The small theatre: two actors, two squares of ground, two places, a table of changes."""
    return theatre()


@pytest.fixture
def desk(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A store that holds the small theatre alone; its first version."""
    folder = tmp_path / "layers"
    folder.mkdir()
    content = theatre()
    (folder / "dataset.json").write_bytes(json_bytes(asdict(content.dataset)))
    for name, layer in content.layers.items():
        (folder / f"{name}.geojson").write_bytes(layer_bytes(layer))
    for variable, value in (("LAYERS_DIR", folder), ("DATABASE_URL", url)):
        monkeypatch.setenv(f"MAPAPP_{variable}", str(value))
    settings.cache_clear()
    yield stock().store.head(DATASET.name).id
    stock().store.close()
    monkeypatch.undo()
    settings.cache_clear()
