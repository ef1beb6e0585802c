"""`mapapp export`: every option of a picture, many days at once, whole files or none, faults named by their option."""

import inspect
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from mapapp import settings as settings_module
from mapapp.cli import app, options, pictures, whole
from mapapp.cli.export import export
from mapapp.domain.edition import Edition
from mapapp.render.press.marks import Mark
from mapapp.render.press.options import PictureOptions
from mapapp.render.press.order import KNOWN
from mapapp.render.press.picture import Picture

DAYS = ("2017-09-05", "2017-09-21")
SMALL = ("--width", "360", "--height", "360", "--layers", "control", "--extent", "deir-ez-zor")


def run(*arguments: str, **environment: str) -> Result:
    settings_module.settings.cache_clear()
    try:
        return CliRunner().invoke(app, ["export", *arguments], env={"COLUMNS": "400", **environment})
    finally:
        settings_module.settings.cache_clear()


@pytest.fixture
def ordered(monkeypatch: pytest.MonkeyPatch) -> list[PictureOptions]:
    """The options of every picture that the command has drawn; nothing is drawn."""
    kept: list[PictureOptions] = []

    def keep(_edition: Edition, options: PictureOptions, _site: str = "") -> Picture:
        kept.append(options)
        return Picture(b"drawn", "", "", 1, 1, "")

    monkeypatch.setattr(pictures, "picture", keep)
    return kept


def test_the_command_has_every_option_of_a_picture() -> None:
    parameters = {options.NAMES.get(name, name) for name in inspect.signature(export).parameters}
    assert parameters >= KNOWN | options.PICTURE | options.FILM | options.PAGE | options.DATA


def test_every_option_reaches_the_order(ordered: list[PictureOptions], tmp_path: Path) -> None:
    marks, style = tmp_path / "marks.json", tmp_path / "house.toml"
    marks.write_text(json.dumps([{"kind": "label", "place": "hajin", "hide": True}]))
    style.write_text('credit = "Graphic: The Daily"\npicture = {palette = "mono", north = true}')
    asked = (
        "--date 2017-09-21 --compare 2017-09-05 --preset column --width 100 --height 120 --unit mm --dpi 200 --lang ru"
        " --theme dark --extent deir-ez-zor --layers control,place --no-north --locator --qr --text live"
    )
    more = ("--title", "A title", "--marks", str(marks), "--style", str(style))
    site = {"MAPAPP_PUBLIC_URL": "https://map.example.org"}
    result = run("--to", str(tmp_path / "map.svg"), *asked.split(), *more, **site)
    assert result.exit_code == 0, result.output
    (one,) = ordered
    assert (one.day, one.compare, one.format, one.language) == ("2017-09-21", "2017-09-05", "svg", "ru")
    assert (one.width, one.height, one.unit, one.dpi) == (100, 120, "mm", 200)
    assert (one.theme, one.palette, one.where, one.layers) == ("dark", "mono", "deir-ez-zor", {"control", "place"})
    assert (one.north, one.locator, one.qr, one.live_text, one.title) == (False, True, True, True, "A title")
    assert one.marks == (Mark("label", place="hajin", hide=True),)
    assert one.style.credit == "Graphic: The Daily"


def test_several_days_go_into_a_folder_under_names_that_say_what_they_show(edition: Edition, tmp_path: Path) -> None:
    to = tmp_path / "pictures"
    result = run("--to", str(to), "--dates", "2017-09-05, 2017-09-21", *SMALL)
    assert result.exit_code == 0, result.output
    names = [f"deir-ez-zor-2017_deir-ez-zor_{day}_{edition.version}_en_360x360.png" for day in DAYS]
    assert sorted(path.name for path in to.iterdir()) == names
    assert all(Image.open(io.BytesIO((to / name).read_bytes())).size == (360, 360) for name in names)
    assert [name in line for name, line in zip(names, result.stdout.splitlines(), strict=True)] == [True, True]


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("7d", ["2017-09-01", "2017-09-08", "2017-09-15"]),
        ("day", [f"2017-09-{day:02}" for day in range(1, 17)]),
        ("change", None),
        (None, None),
    ],
)
def test_a_span_is_walked_by_steps(
    every: str | None, days: list[str] | None, ordered: list[PictureOptions], edition: Edition, tmp_path: Path
) -> None:
    step = ("--every", every) if every else ()
    result = run("--to", str(tmp_path / "map.png"), "--from", "2017-09-01", "--until", "2017-09-16", *step)
    assert result.exit_code == 0, result.output
    change = ["2017-09-01", *(day for day in edition.change_days if "2017-09-01" < day <= "2017-09-16")]
    assert [one.day for one in ordered] == (days or change)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"map_{day}.png" for day in days or change]


def test_ctrl_c_leaves_whole_files_only(
    ordered: list[PictureOptions], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def half(path: Path, content: bytes) -> int:
        if len(ordered) < 2:
            return write(path, content)
        write(path, content[:1])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", half)
    result = run("--to", str(tmp_path / "map.png"), "--dates", "2017-09-05,2017-09-21,2017-10-01")
    assert result.exit_code == pictures.INTERRUPTED
    assert "1 of 3" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["map_2017-09-05.png"]
    assert (tmp_path / "map_2017-09-05.png").read_bytes() == b"drawn"


def test_a_file_that_is_there_stays_when_the_new_one_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map.png").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(whole.BadOption, match="no space left"):
        whole.write_whole(tmp_path / "map.png", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("map.png", b"old")]


def full(_path: Path, _to: Path) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--to x.png --preset poster", "--preset"),
        ("--to x.png --width wide", "--width"),
        ("--to x.png --theme pink --palette pink", "--theme"),
        ("--to x.png --extent moon", "--extent"),
        ("--to x.png --bbox 0,0,1,1", "--bbox"),
        ("--to x.png --title " + "x" * 10_000, "--title"),
        ("--to x.png --compare 2017-13-01", "--compare"),
        ("--to x.png --marks nothing.json", "--marks"),
        ('--to x.png --marks [{"kind":"star"}]', "--marks"),
        ("--to x.png --style nothing.toml", "--style"),
        ("--to x.png --qr", "--qr"),
        ("--to x.png --date 2017-09-21 --dates 2017-09-05", "--date"),
        ("--to x.png --dates 2017-09-05 --every 7d", "--every"),
        ("--to x.png --dates 2017-09-05,never", "--dates"),
        ("--to x.png --dates ,", "--dates"),
        ("--to x.png --every never", "--every"),
        ("--to x.png --from 2017-09-05 --until 2017-09-01", "--until"),
        ("--to x.png --format svg", "--format"),
        ("--to x.png --story 1", "--story"),
        ("--to x.csv --preset square", "--preset"),
        ("--to x.html --dates 2017-09-05,2017-09-21", "--dates"),
        ("--to x.gif --date 2017-09-21", "--date"),
        ("--to pictures", "--to"),
        ("--to pictures --format bmp", "--format"),
        ("--to no/such/folder --format png", "--to"),
    ],
)
def test_what_cannot_be_made_is_told_by_its_option(
    arguments: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments.split(" "))
    assert result.exit_code == 2
    assert told in result.output
    assert "Traceback" not in result.output
    assert len(result.output) < 2000
    assert not list(tmp_path.iterdir())


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    result = run("--to", str(tmp_path / "x.png"), "--theme", "pink", "--width", "1", "--date", "never")
    assert [line.split(":")[0] for line in result.output.splitlines()] == ["--date", "--theme", "--width"]


def test_a_link_stands_in_the_picture_where_the_address_is_known(tmp_path: Path) -> None:
    to = tmp_path / "map.svg"
    assert run("--to", str(to), *SMALL, MAPAPP_PUBLIC_URL="https://map.example.org").exit_code == 0
    assert "https://map.example.org/?dataset=" in to.read_text()
