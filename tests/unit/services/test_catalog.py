"""Datasets, versions and layers are found by name, or refused with what there is."""

from pathlib import Path

import pytest

from mapapp import settings as settings_module
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadTable, UnknownDataset, UnknownLayer, UnknownVersion
from mapapp.services import catalog


def test_first_dataset_and_newest_version_unless_named() -> None:
    edition = catalog.open_edition()
    assert catalog.open_edition(edition.dataset.name, edition.version) is edition


@pytest.mark.parametrize("name", ["", "../../etc", "{{7*7}}", "x" * 10_000])
def test_unknown_dataset(name: str) -> None:
    with pytest.raises(UnknownDataset) as caught:
        catalog.open_edition(name)
    assert len(str(caught.value)) < 300


def test_unknown_version() -> None:
    with pytest.raises(UnknownVersion):
        catalog.open_edition(None, "000000000000")


def test_unknown_layer(edition: Edition) -> None:
    assert catalog.check_layer(edition, "control") == "control"
    with pytest.raises(UnknownLayer):
        catalog.check_layer(edition, "Control")


def test_layers_to_draw_come_in_one_order(edition: Edition) -> None:
    assert catalog.check_drawn(edition, "zone,control,zone") == ("control", "zone")
    assert catalog.check_drawn(edition, "") == ()
    with pytest.raises(UnknownLayer, match="bank"):
        catalog.check_drawn(edition, "control,bank")


def test_description_has_the_shape_of_the_api(edition: Edition) -> None:
    told = catalog.describe(edition)
    assert set(told) == {
        *("name", "title", "first_day", "last_day", "default_day", "version", "layers", "actors", "change_days")
    }
    assert told["layers"]["control"]["features"] == len(edition.layers["control"])
    assert told["layers"]["control"]["change_days"] == told["change_days"] == edition.change_days
    assert set(told["actors"][0]) == {"key", "name", "colour"}


def test_unreadable_folder_is_told_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dataset.json").write_text("{", encoding="utf-8")
    monkeypatch.setenv("MAPAPP_LAYERS_DIR", str(tmp_path))
    settings_module.settings.cache_clear()
    try:
        with pytest.raises(BadTable, match=str(tmp_path)):
            catalog.datasets()
    finally:
        settings_module.settings.cache_clear()
