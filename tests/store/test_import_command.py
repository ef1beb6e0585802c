"""`mapapp import` and `mapapp diff`: daily files become one history, errors publish nothing."""

import json
from pathlib import Path

import pytest
from shapely.geometry import box, mapping
from typer.testing import CliRunner

from mapapp.cli import app
from mapapp.ingest.theatre.write import layer_bytes
from mapapp.services import catalog
from support.theatre import theatre, with_row

NAME = "two-squares"
run = CliRunner()


def day_file(folder: Path, day: str, east: float) -> Path:
    """A daily file without a single property: one area that reaches to `east`."""
    path = folder / f"front_{day}.geojson"
    area = {"type": "Feature", "properties": {}, "geometry": mapping(box(40.0, 35.0, east, 35.1))}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    return path


@pytest.mark.usefixtures("desk")
def test_daily_files_become_a_new_dataset(tmp_path: Path) -> None:
    days = {"2020-03-01": 40.1, "2020-03-02": 40.1, "2020-03-03": 40.15, "2020-03-04": 40.15}
    files = [str(day_file(tmp_path, day, east)) for day, east in days.items()]
    options = ["--dataset", "front", "--title", "A front", "--actor", "gov", "--layer", "control", "-m", "four days"]
    done = run.invoke(app, ["import", *files, *options])
    assert done.exit_code == 0, done.output
    edition = catalog.open_edition("front")
    control = edition.layers["control"]
    assert list(zip(control["valid_from"], control["valid_to"], strict=True)) == [
        ("2020-03-01", "2020-03-03"),
        ("2020-03-03", None),
    ]
    assert (edition.dataset.first_day, edition.dataset.last_day) == ("2020-03-01", "2020-03-04")
    more = [str(day_file(tmp_path, "2020-03-05", 40.2)), str(day_file(tmp_path, "2020-03-06", 40.2))]
    done = run.invoke(app, ["import", *more, "--dataset", "front", "--actor", "gov", "--layer", "control", "-m", "two"])
    assert done.exit_code == 0, done.output
    assert catalog.open_edition("front").dataset.last_day == "2020-03-06"


def test_an_update_is_told_then_published(desk: str, tmp_path: Path) -> None:
    frame = with_row(theatre(), "control", "red-0", actor="blue").layers["control"]
    file = tmp_path / "control.geojson"
    file.write_bytes(layer_bytes(frame))
    asked = ["import", str(file), "--dataset", NAME, "-m", "blue holds the west", "--mode", "replace"]
    dry = run.invoke(app, [*asked, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "Blue instead of Red: 101 km²" in dry.output
    assert catalog.heads()[NAME] == desk
    assert run.invoke(app, asked).exit_code == 0
    made = catalog.heads()[NAME]
    told = json.loads(run.invoke(app, ["diff", desk, made, "--dataset", NAME, "--json"]).output)
    assert told["layers"]["control"]["changed"] == {"red-0": ["actor"]}
    assert "control: 0 added, 0 removed, 1 changed" in run.invoke(app, ["diff", desk, made, "--dataset", NAME]).output
    again = run.invoke(app, asked)
    assert again.exit_code == 2
    assert "nothing to publish" in again.output


def test_errors_publish_nothing(desk: str, tmp_path: Path) -> None:
    file = tmp_path / "control.geojson"
    file.write_bytes(layer_bytes(theatre().layers["control"]).replace(b'"red"', b'"nobody"'))
    done = run.invoke(app, ["import", str(file), "--dataset", NAME, "-m", "wrong"])
    assert done.exit_code == 1
    assert "nobody" in done.output
    assert run.invoke(app, ["import", str(tmp_path / "none"), "--dataset", NAME, "-m", "x"]).exit_code == 2
    assert run.invoke(app, ["import", str(file), "--dataset", "nowhere", "-m", "x"]).exit_code == 2
    assert catalog.heads()[NAME] == desk
