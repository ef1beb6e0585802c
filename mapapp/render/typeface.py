"""The type of pictures: which files draw a text, what of it can be drawn, how much room it takes."""

import unicodedata
from functools import cache, lru_cache
from typing import get_args

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.ft2font import LoadFlags

from mapapp.render import fonts
from mapapp.render.fonts import Family, Weight

FALLBACK = "DejaVu Sans"
UNKNOWN = "\N{WHITE SQUARE}"
TO_THE_LEFT = "\N{RIGHT-TO-LEFT MARK}"
MEASURED_AT = 100
"""Size in pixels at which texts are measured; nothing is hinted, so every other size is in proportion."""
Typeface = tuple[str, ...]
"""The regular and the bold file of a font that goes before the bundled ones; empty for none."""


@cache
def font_files(weight: Weight, before: Typeface = ()) -> tuple[str, ...]:
    """Return the files that draw a text, and make them known to Matplotlib.

    The first that has a letter draws it; the last is the one that Matplotlib carries.
    """
    bundled = [str(fonts.static_font(family, weight)) for family in get_args(Family)]
    for path in (*before, *bundled):
        fontManager.addfont(path)
    own = [before[weight > 400]] if before else []
    found = [findfont(FontProperties(family=get_font(path).family_name, weight=weight)) for path in own]
    return (*found, *bundled, findfont(FALLBACK))


@cache
def font(weight: Weight, before: Typeface = ()) -> FontProperties:
    """Return the families with Latin, Cyrillic and Arabic in that weight."""
    return FontProperties(family=[get_font(path).family_name for path in font_files(weight, before)], weight=weight)


@cache
def letters(before: Typeface = ()) -> frozenset[int]:
    """Return the characters that can be drawn."""
    return frozenset().union(*(get_font(path).get_charmap() for path in font_files(400, before)))


def clean(text: str, before: Typeface = ()) -> str:
    """Return text on one line, without control or direction-changing characters, the undrawable ones as squares."""
    known = letters(before)
    return "".join(letter if ord(letter) in known else UNKNOWN for letter in plain(text))


def plain(text: str) -> str:
    """Return text on one line, without control or direction-changing characters."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")


def is_arabic(text: str) -> bool:
    """Say whether any letter of a text is written from right to left."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def direct(line: str, *, from_right: bool) -> str:
    """Return a line that reads in the direction of its page: one that mixes scripts may begin with the other."""
    first = next((letter for letter in line if unicodedata.bidirectional(letter) in ("L", "R", "AL")), "")
    mixed = from_right and is_arabic(line) and first and not is_arabic(first)
    return f"{TO_THE_LEFT}{line}" if mixed else line


@lru_cache(maxsize=50_000)
def ink_of(words: str, weight: Weight, before: Typeface = ()) -> tuple[float, float, float]:
    """Return width, height above and depth below the baseline of a line of text of size 1, in pixels."""
    face = get_font(font_files(weight, before))
    face.set_size(MEASURED_AT, 72)
    face.set_text(words, 0, flags=LoadFlags.NO_HINTING)
    width, height = face.get_width_height()
    depth = face.get_descent()
    one = 64 * MEASURED_AT
    return width / one, (height - depth) / one, depth / one
