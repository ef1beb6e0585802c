"""The commands, their exit codes, and errors as one sentence."""

import json
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mapapp import settings as settings_module
from mapapp.cli import app
from mapapp.domain.edition import Edition
from mapapp.ingest.layers import built_in_folder
from mapapp.services import stock


@pytest.fixture(autouse=True)
def _fresh_settings() -> None:
    settings_module.settings.cache_clear()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "160"})


def test_help_lists_the_commands() -> None:
    text = run("--help").output
    assert all(command in text for command in ("serve", "stats", "export", "doctor"))


def test_version() -> None:
    assert run("--version").output.startswith("mapapp ")


def test_stats_as_tables() -> None:
    result = run("stats", "--date", "2017-09-21")
    assert result.exit_code == 0
    for text in ("21 September 2017", "Syrian Democratic Forces", "West bank", "Since the day before"):
        assert text in result.output


def test_stats_as_json(edition: Edition) -> None:
    told = json.loads(run("stats", "--json").output)
    assert (told["dataset"], told["version"], told["day"]) == (edition.dataset.name, edition.version, "2017-09-21")
    assert set(told["areas"]) == {"country", "east", "west"}
    assert sum(row["percent"] for row in told["areas"]["country"]) == pytest.approx(100, abs=0.1)


def test_export_draws_a_picture(tmp_path: Path) -> None:
    to = tmp_path / "map.png"
    result = run("export", "--to", str(to), "--date", "2017-09-05", "--width", "800", "--height", "600", "--scale", "2")
    assert result.exit_code == 0, result.output
    head = to.read_bytes()[:24]
    assert head.startswith(b"\x89PNG")
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1600, 1200)
    assert "1600 × 1200" in result.output


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("map.html", b"<!DOCTYPE html>"),
        ("data.zip", b"PK"),
        ("data.gpkg", b"SQLite format 3"),
        ("data.csv", b"\xef\xbb\xbfid,"),
        ("data.geojson", b'{"type": "FeatureCollection"'),
        ("data.topojson", b'{"type":"Topology"'),
    ],
)
def test_export_keeps_map_and_data(edition: Edition, tmp_path: Path, name: str, begins: bytes) -> None:
    to = tmp_path / name
    result = run("export", "--to", str(to), "--date", "2017-09-05", "--layers", "control", "--lang", "ar")
    assert result.exit_code == 0, result.output
    assert to.read_bytes().startswith(begins)
    assert edition.version in result.output


def test_export_of_a_span(tmp_path: Path) -> None:
    to = tmp_path / "zone.geojson"
    span = ("--from", "2017-05-06", "--until", "2017-05-07", "--layers", "zone")
    assert run("export", "--to", str(to), *span).exit_code == 0
    assert len(json.loads(to.read_bytes())["features"]) == 4


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--to", "data.csv", "--layers", "nothing"),
        ("export", "--to", "data.csv", "--from", "2017-09-21", "--until", "2017-09-01"),
        ("export", "--to", "map.html", "--lang", "xx"),
        ("stats", "--date", "2017-02-30"),
        ("stats", "--date", "2018-01-01"),
        ("stats", "--dataset", "nowhere"),
        ("export", "--to", "map.bmp"),
        ("export", "--to", "no/such/folder/map.png"),
        ("export", "--to", "map.png", "--width", "100000"),
        ("export", "--to", "map.png", "--scale", "nan"),
    ],
)
def test_wrong_use_is_2_with_one_sentence(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert len(result.output.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [("nothing",), ("export",), ("serve", "--port", "99999"), ("stats", "--what")])
def test_unknown_commands_and_options_are_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("command", [("stats",), ("serve", "--port", "0"), ("export", "--to", "x.png")])
def test_data_at_fault_is_1(command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_LAYERS_DIR", str(tmp_path))
    result = run(*command)
    assert result.exit_code == 1
    assert str(tmp_path) in result.output
    assert "Traceback" not in result.output


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "map.png").mkdir()
    result = run("export", "--to", str(tmp_path / "map.png"))
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_a_wrong_setting_is_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_PORT", "eighty")
    result = run("serve")
    assert result.exit_code == 2
    assert "MAPAPP_PORT" in result.output


def test_a_taken_port_is_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "--port" in result.output


def test_doctor_names_what_is_to_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAPP_PORT", "0")
    good = run("doctor")
    assert good.exit_code == 0, good.output
    assert all(line.startswith("ok") for line in good.output.splitlines())
    monkeypatch.setenv("MAPAPP_LOG_LEVEL", "loud")
    bad = run("doctor")
    assert bad.exit_code == 1
    assert "TO DO" in bad.output


@pytest.fixture
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of the tests' store, so that what happens to it concerns nobody else."""
    data = tmp_path / "data"
    data.mkdir()
    stock.stock()
    stock.stock().store.close()
    shutil.copytree(os.environ["MAPAPP_DATA_DIR"], data, dirs_exist_ok=True)
    monkeypatch.setenv("MAPAPP_DATA_DIR", str(data))
    settings_module.settings.cache_clear()
    yield
    monkeypatch.undo()
    settings_module.settings.cache_clear()


@pytest.mark.usefixtures("_own_store")
def test_versions_are_listed_restored_and_withdrawn(edition: Edition) -> None:
    (row,) = json.loads(run("versions", "--json").output)
    assert (row["version"], row["author"]) == (edition.version, None)
    assert edition.version in run("versions").output
    same = run("restore", edition.version, "-m", "back")
    assert same.exit_code == 2
    assert "nothing to publish" in same.output
    assert run("restore", "0123456789ab", "-m", "back").exit_code == 2
    gone = run("withdraw", edition.version, "--reason", "a test", "--author", "editor@example.org")
    assert gone.exit_code == 0, gone.output
    assert "a test" in run("versions", "--dataset", edition.dataset.name).output
    assert run("stats", "--dataset", edition.dataset.name).exit_code == 2


@pytest.mark.usefixtures("_own_store")
def test_a_backup_goes_into_an_empty_store(edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "backup.sqlite"
    assert "1 versions" in run("backup", str(file)).output
    again = run("backup", str(file))
    assert (again.exit_code, "exists" in again.output) == (1, True)
    assert run("restore-backup", str(file)).exit_code == 1
    monkeypatch.setenv("MAPAPP_DATA_DIR", str(tmp_path / "new"))
    settings_module.settings.cache_clear()
    done = run("restore-backup", str(file))
    assert done.exit_code == 0, done.output
    (row,) = json.loads(run("versions", "--json").output)
    assert row["version"] == edition.version
    assert "each as it was published" in run("doctor").output


def test_check_lists_faults_and_says_so_by_its_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "control.geojson"
    path.write_text('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}]}')
    result = run("check", str(path))
    assert result.exit_code == 1
    assert "geometry-null" in result.output
    assert "feature 1" in result.output
    told = json.loads(run("check", str(path), "--json").output)
    assert {row["kind"] for row in told["faults"]} == {"geometry-null", "property-missing"}
    assert all(row["file"] == "control.geojson" and row["message"] for row in told["faults"])


def test_check_is_content_with_good_files() -> None:
    result = run("check", str(built_in_folder() / "zone.geojson"))
    assert (result.exit_code, result.output.strip()) == (0, "No faults. Features: 8, files: 1.")


@pytest.mark.parametrize("more", [("nowhere.geojson",), ("README.md", "--layer", "x"), ("README.md", "--actor", "x")])
def test_check_used_wrongly(more: tuple[str, ...]) -> None:
    assert run("check", *more).exit_code == 2
