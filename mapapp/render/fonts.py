"""Noto Sans for Latin, Cyrillic and Arabic, from installed packages: the same letters on screen and on paper."""

import os
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

Family = Literal["sans", "arabic"]
Weight = Literal[400, 700]
Span = tuple[int, int]

_FILES: dict[Family, Path] = {
    "sans": fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf",
    "arabic": fontpkg_noto_sans_arabic.ROOT / "files" / "NotoSansArabic[wdth,wght].ttf",
}
_SPANS: dict[Family, tuple[Span, ...]] = {
    "sans": ((0x20, 0x24F), (0x300, 0x36F), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x22FF)),
    "arabic": ((0x20, 0x20), (0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
}
_WEB_SPANS: dict[Family, tuple[Span, ...]] = {
    "sans": ((0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2026)),
    "arabic": ((0x60C, 0x60C), (0x61B, 0x61F), (0x621, 0x64A), (0x660, 0x669)),
}
_FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "liga", "rlig", "init", "medi", "fina", "tnum"]
_scratch = TemporaryDirectory(prefix="mapapp-fonts-")


def script_of(character: str) -> Family:
    """Return the family that draws a character."""
    return "arabic" if any(low <= ord(character) <= high for low, high in _SPANS["arabic"][1:]) else "sans"


@cache
def static_font(family: Family, weight: Weight) -> Path:
    """Return a TTF file of one weight, for Matplotlib. Cost: some seconds, once on a machine that keeps a cache."""
    path = _folder() / f"{family}-{weight}.ttf"
    if not path.exists():
        font = _subset(family, _codes(_SPANS[family]), {"wdth": 100, "wght": weight}, hinting=False)
        _rename(font, f"Mapapp {family.title()}")
        unfinished = path.with_suffix(f".{os.getpid()}")
        font.save(unfinished)
        unfinished.replace(path)
    return path


@cache
def _folder() -> Path:
    """Return where cut fonts are kept: the user's cache, by version of all that makes them, or for this process."""
    made_by = "-".join(version(name) for name in ("fonttools", "fontpkg-noto-sans", "fontpkg-noto-sans-arabic"))
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    try:
        folder = home / "mapapp" / f"fonts-{made_by}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(folder)
    except OSError:
        return Path(_scratch.name)
    return folder


def web_font(family: Family, characters: Iterable[str] = ()) -> bytes:
    """Return a WOFF2 of weights 400 to 700 with the family's basic letters and those of `characters` it can draw."""
    wanted = {ord(character) for character in characters if script_of(character) == family}
    return _web_font(family, frozenset(_codes(_WEB_SPANS[family]) | wanted))


@cache
def _web_font(family: Family, codes: frozenset[int]) -> bytes:
    font = _subset(family, codes, {"wdth": 100, "wght": (400, 700)}, hinting=False)
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def _codes(spans: Iterable[Span]) -> set[int]:
    return {code for low, high in spans for code in range(low, high + 1)}


def _subset(family: Family, codes: Iterable[int], axes: dict[str, object], *, hinting: bool) -> TTFont:
    font = TTFont(_FILES[family], recalcTimestamp=False)
    options = Options(layout_features=_FEATURES, hinting=hinting, notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return instantiateVariableFont(font, axes)


def _rename(font: TTFont, name: str) -> None:
    for identifier in (1, 4):
        font["name"].setName(name, identifier, 3, 1, 0x409)
