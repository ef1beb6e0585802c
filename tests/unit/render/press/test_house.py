"""A newsroom's own style: read strictly, no file but those beside it, and seen in the picture."""

import base64
import io
import shutil
from pathlib import Path

import pytest
from PIL import Image

from mapapp.domain.edition import Edition
from mapapp.domain.picture_faults import Faults
from mapapp.render.fonts import static_font
from mapapp.render.press.house import HouseStyle, load_style, read_style
from mapapp.render.press.layout import lay_out
from mapapp.render.press.order import read_options

STYLE = """
name = "The Daily"
credit = "Graphic: The Daily"
logo = "logo.png"
font = {regular = "own.ttf"}
title = {colour = "#8F1D14", weight = 400}
colours.gov = {fill = "#E9F0A0"}
picture = {preset = "square", theme = "dark", north = true}
"""


def png(size: tuple[int, int] = (40, 20)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", size, (255, 0, 0, 128)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "style.toml").write_text(STYLE)
    (tmp_path / "logo.png").write_bytes(png())
    shutil.copy(static_font("sans", 700), tmp_path / "own.ttf")
    return tmp_path


def faults_of(text: str, folder: Path | None = None) -> str:
    with pytest.raises(Faults) as refused:
        read_style(text, folder)
    return str(refused.value)


def test_a_style_is_seen_in_the_picture(edition: Edition, folder: Path) -> None:
    style = load_style(folder / "style.toml")
    options = read_options(edition, {}, style)
    assert (options.width, options.theme, options.north) == (1080, "dark", True)
    assert read_options(edition, {"theme": "light"}, style).theme == "light"
    composition = lay_out(edition, options)
    assert composition.look.fills["gov"] == "#E9F0A0"
    assert any(words.startswith("Graphic: The Daily. Source:") for words, _ in composition.texts)
    assert any(str(artist.get_gid()).startswith("logo|") for artist in composition.sheet.axes.get_children())
    assert hash(options)


def test_an_empty_style_changes_nothing() -> None:
    assert read_style("") == read_style("{}") == HouseStyle()


def test_a_logo_may_stand_in_the_style_itself() -> None:
    data = base64.b64encode(png()).decode()
    style = read_style(f'logo = "data:image/png;base64,{data}"')
    assert Image.open(io.BytesIO(style.logo)).size == (40, 20)


def test_every_fault_is_said_with_its_part() -> None:
    said = faults_of('credit = 5\nlgo = "x"\ncolours.gov = {fill = "red"}\ntitle = {weight = 500}')
    for part in ("credit", "lgo", "colours.gov.fill", "title.weight"):
        assert f"“{part}”" in said


@pytest.mark.parametrize(
    "style",
    [
        'logo = "../logo.png"',
        'logo = "/etc/passwd"',
        'font = {regular = "../own.ttf"}',
        'font = {family = "No Such Face"}',
    ],
)
def test_a_style_reaches_no_other_file(style: str, folder: Path) -> None:
    assert "House style" in faults_of(style, folder / "inner")
    assert "House style" in faults_of(style)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", png((2001, 1))[:-4], b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_png_is_no_logo(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    assert "PNG" in faults_of('logo = "logo.png"', tmp_path)


@pytest.mark.parametrize("text", ["{", "= 5", "[" * 3000])
def test_what_is_neither_toml_nor_json_is_refused(text: str) -> None:
    assert "TOML" in faults_of(text)
