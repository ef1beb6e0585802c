"""A house style: a newsroom's own font, colours, logo, credit and title, and the options its pictures begin with.

A file in TOML or JSON, everything in it optional; files that it names lie beside it:

    name = "The Daily"
    credit = "Graphic: The Daily"
    logo = "logo.png"
    font = {regular = "Daily-Regular.ttf", bold = "Daily-Bold.ttf"}      # or {family = "an installed family"}
    title = {colour = "#8F1D14", weight = 700, text = "…"}
    colours.gov = {fill = "#E2988C", line = "#A3281E"}
    picture = {preset = "column", palette = "default", north = true}
"""

import base64
import binascii
import io
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from matplotlib.font_manager import FontProperties, findfont, get_font
from PIL import Image

from mapapp.domain.errors import MapappError
from mapapp.domain.picture_faults import BadStyle, BadStyleFile, Faults
from mapapp.render.typeface import Typeface

MOST_BYTES, MOST_SIDE, SHOWN = 1_000_000, 2000, 40
LOGO_KIND = f"PNG (1 MB, {MOST_SIDE} px)"
DATA = "data:image/png;base64,"


@dataclass(frozen=True)
class HouseStyle:
    """A style that was checked; `colours` lists actor, fill and line (either may be empty), `logo` is a PNG."""

    name: str = ""
    typeface: Typeface = ()
    colours: tuple[tuple[str, str, str], ...] = ()
    logo: bytes = b""
    credit: str = ""
    title: str = ""
    title_colour: str = ""
    title_weight: int = 700
    picture: tuple[tuple[str, str], ...] = ()

    @property
    def own_colours(self) -> dict[str, dict[str, str]]:
        """Return `fill` and `line` by actor."""
        return {actor: {"fill": fill, "line": line} for actor, fill, line in self.colours}


def load_style(path: Path) -> HouseStyle:
    """Read a style from a file; fonts and logo are read from its folder. Raises Faults."""
    try:
        text = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Faults([BadStyleFile("style", file=path.name, kind="TOML, JSON")]) from error
    return read_style(text, path.parent)


def read_style(text: str, folder: Path | None = None) -> HouseStyle:
    """Read a style from TOML or JSON; without a folder it may name no file. Raises Faults with every fault.

    A logo may also stand in the text itself, as a data address of a PNG; fonts may be named by an installed family.
    """
    raw = _parse(text)
    faults = [_fault(error) for error in sorted(_validator().iter_errors(raw), key=lambda error: list(error.path))]
    if faults:
        raise Faults(faults)
    title = raw.get("title", {})
    return HouseStyle(
        name=raw.get("name", ""),
        typeface=_typeface(raw.get("font", {}), folder),
        colours=tuple((key, own.get("fill", ""), own.get("line", "")) for key, own in raw.get("colours", {}).items()),
        logo=_logo(raw["logo"], folder) if "logo" in raw else b"",
        credit=raw.get("credit", ""),
        title=title.get("text", ""),
        title_colour=title.get("colour", ""),
        title_weight=title.get("weight", 700),
        picture=tuple((key, _plain(value)) for key, value in raw.get("picture", {}).items()),
    )


def _plain(value: object) -> str:
    """Return a value as it would stand in a link."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parse(text: str) -> Any:
    try:
        return json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Faults([BadStyleFile("style", file="…", kind="TOML, JSON")]) from error


@cache
def _validator() -> Draft202012Validator:
    text = (files("mapapp.resources") / "house.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _fault(error: ValidationError) -> MapappError:
    path, found, schema = (
        [str(part) for part in error.absolute_path],
        cast("Any", error.instance),
        cast("Any", error.schema),
    )
    if error.validator == "additionalProperties":
        extra = next(key for key in found if key not in schema["properties"])
        path, found = [*path, str(extra)], found[extra]
    shown = json.dumps(found, ensure_ascii=False, default=str)
    return BadStyle("style", part=".".join(path)[:SHOWN], found=shown[:SHOWN])


def _beside(name: str, folder: Path | None, part: str) -> Path:
    """Return a file that the style names; it must lie in the style's own folder."""
    if folder is None or not (folder / name).resolve().is_relative_to(folder.resolve()):
        raise Faults([BadStyle("style", part=part, found=name[:SHOWN])])
    return folder / name


def _typeface(font: dict[str, str], folder: Path | None) -> Typeface:
    if "family" in font:
        return _installed(font["family"])
    if "regular" not in font:
        return ()
    regular = _font_file(font["regular"], folder)
    return (regular, _font_file(font["bold"], folder) if "bold" in font else regular)


def _installed(family: str) -> Typeface:
    try:
        found = [
            findfont(FontProperties(family=family, weight=weight), fallback_to_default=False) for weight in (400, 700)
        ]
    except ValueError as error:
        raise Faults([BadStyle("style", part="font.family", found=family)]) from error
    return tuple(found)


def _font_file(name: str, folder: Path | None) -> str:
    path = _beside(name, folder, "font")
    try:
        get_font(str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise Faults([BadStyleFile("style", file=name[:SHOWN], kind="TrueType, OpenType")]) from error
    return str(path)


def _logo(text: str, folder: Path | None) -> bytes:
    """Return a PNG of at most MOST_SIDE pixels a side, written anew so that nothing else travels with it."""
    named = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    try:
        if text.startswith(DATA):
            content = base64.b64decode(text.removeprefix(DATA), validate=True)
        else:
            path = _beside(text, folder, "logo")
            content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            buffer = io.BytesIO()
            if max(opened.size) <= MOST_SIDE:
                opened.convert("RGBA").save(buffer, "PNG")
    except (OSError, ValueError, SyntaxError, binascii.Error, Image.DecompressionBombError) as error:
        raise Faults([BadStyleFile("style", file=named, kind=LOGO_KIND)]) from error
    if not buffer.getvalue():
        raise Faults([BadStyleFile("style", file=named, kind=LOGO_KIND)])
    return buffer.getvalue()
