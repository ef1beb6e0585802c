"""The program's own data are the first version; what others publish stays; the heads are always the present ones."""

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mapapp import settings as settings_module
from mapapp.domain.errors import StoreUnavailable, VersionWithdrawn
from mapapp.domain.history import Author, Content
from mapapp.ingest.layers import built_in_folder, content_hash, load_sources
from mapapp.services import catalog, stock
from mapapp.store import open_store
from support.theatre import theatre, with_row

ANALYST = Author("analyst@example.org", "Analyst")
SMALL = ("bank", "boundary", "river", "zone")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a few of the built-in layers, and settings that name it and an empty store."""
    folder = tmp_path / "layers"
    folder.mkdir()
    for name in ("dataset.json", *(f"{layer}.geojson" for layer in SMALL)):
        shutil.copy(built_in_folder() / name, folder)
    monkeypatch.setenv("MAPAPP_LAYERS_DIR", str(folder))
    monkeypatch.setenv("MAPAPP_DATA_DIR", str(tmp_path / "data" / "deep"))
    settings_module.settings.cache_clear()
    yield folder
    settings_module.settings.cache_clear()


def new_release(folder: Path) -> str:
    """Change the data of the folder as a newer release would, and return their hash."""
    frame = json.loads((folder / "dataset.json").read_text())
    frame["title"] += "!"
    (folder / "dataset.json").write_text(json.dumps(frame))
    stock._stocks.clear()
    return content_hash(folder)


def test_the_programs_data_are_the_first_version_under_their_hash(folder: Path, tmp_path: Path) -> None:
    edition = catalog.open_edition()
    assert edition.version == content_hash(folder)
    stock._stocks.clear()
    assert catalog.open_edition() is edition
    (version,) = stock.stock().store.versions(edition.dataset.name)
    assert (version.author, version.sources) == (stock.PROGRAM, edition.dataset.credit)
    assert (tmp_path / "data" / "deep" / "mapapp.sqlite").is_file()


def test_the_tables_behind_the_built_in_layers_go_with_them() -> None:
    sources = load_sources(built_in_folder())
    assert {"sources/changes.csv", "sources/settlements.csv", "sources/theatre.json"} <= set(sources)
    assert catalog.open_edition().version == content_hash(built_in_folder())
    assert stock.stock().store.documents("deir-ez-zor-2017") == sources


def test_a_newer_release_publishes_its_data(folder: Path) -> None:
    first = catalog.open_edition()
    newer = new_release(folder)
    second = catalog.open_edition()
    assert second.version == newer != first.version
    assert catalog.open_edition(first.dataset.name, first.version).dataset.title == first.dataset.title
    assert catalog.newer_than(first) == newer
    assert catalog.newer_than(second) is None


def test_a_newer_release_does_not_replace_what_others_published(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    first = catalog.open_edition()
    changed = Content(first.dataset, {name: layer.iloc[:1] for name, layer in first.layers.items()})
    told = {"author": ANALYST, "message": "fewer"}
    head = stock.stock().store.publish(changed, parent=first.version, **told)
    newer = new_release(folder)
    with caplog.at_level(logging.WARNING):
        assert catalog.open_edition().version == head.id
    assert newer in caplog.text


@pytest.mark.usefixtures("folder")
def test_a_publish_by_another_process_is_seen_at_once() -> None:
    first = catalog.open_edition()
    other = open_store(stock.address(settings_module.settings()))
    small = theatre()
    version = other.publish(small, parent=None, author=ANALYST, message="another")
    assert list(catalog.heads()) == [first.dataset.name, "two-squares"]
    assert catalog.open_edition("two-squares").version == version.id
    changed = with_row(small, "place", "west-town", note="news")
    newer = other.publish(changed, parent=version.id, author=ANALYST, message="news")
    assert catalog.open_edition("two-squares").version == newer.id
    assert [dataset.title for dataset, _version in catalog.listed()] == [first.dataset.title, "Two squares"]
    other.close()


@pytest.mark.usefixtures("folder")
def test_a_withdrawn_version_is_not_given_out_of_memory() -> None:
    first = catalog.open_edition()
    store = stock.stock().store
    store.withdraw(first.dataset.name, first.version, author=ANALYST, reason="wrong")
    with pytest.raises(VersionWithdrawn):
        catalog.open_edition(first.dataset.name, first.version)
    with pytest.raises(VersionWithdrawn):
        catalog.open_edition(first.dataset.name)
    stock._stocks.clear()
    assert catalog.heads() == {}


@pytest.mark.usefixtures("folder")
def test_readers_keep_what_was_seen_last_while_the_store_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first = catalog.open_edition()

    def fail() -> dict[str, str]:
        raise StoreUnavailable("store", place="here", reason="locked")

    monkeypatch.setattr(stock.stock().store, "head_ids", fail)
    assert catalog.open_edition() is first
    assert "locked" in caplog.text
    with pytest.raises(StoreUnavailable):
        catalog.check_heads()
