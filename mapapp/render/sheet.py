"""The sheet a picture is drawn on: one pixel grid (origin lower left) for map, texts and boxes, and its type."""

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.patheffects import withStroke
from matplotlib.text import Text

from mapapp.render import fonts
from mapapp.render.fonts import Family, Weight

POINTS_PER_INCH = 72
ASCENT, DESCENT = 0.78, 0.24
INK, QUIET, PAPER = "#1d2126", "#5c636b", "#ffffff"
FAMILIES: tuple[Family, ...] = get_args(Family)
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
FALLBACK = "DejaVu Sans"
UNKNOWN = "\N{WHITE SQUARE}"


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels of the sheet, origin lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return the width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height in pixels."""
        return self.top - self.bottom

    def grow(self, pixels: float) -> "Box":
        """Return the box with a margin on every side (a negative one shrinks it)."""
        return Box(self.left - pixels, self.bottom - pixels, self.right + pixels, self.top + pixels)

    def move(self, right: float, up: float) -> "Box":
        """Return the box moved."""
        return Box(self.left + right, self.bottom + up, self.right + right, self.top + up)

    def meets(self, other: "Box") -> bool:
        """Say whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.bottom < other.top and other.bottom < self.top
        )

    def holds(self, other: "Box") -> bool:
        """Say whether the other lies inside."""
        return (
            self.left <= other.left
            and self.bottom <= other.bottom
            and self.right >= other.right
            and self.top >= other.top
        )


@cache
def register_fonts() -> tuple[list[str], frozenset[int]]:
    """Make the bundled fonts known to Matplotlib, once; return their families and the characters they can draw.

    The last family is the one that Matplotlib carries itself, for letters that the others lack.
    """
    families: list[str] = []
    known = set(get_font(findfont(FALLBACK)).get_charmap())
    for family in FAMILIES:
        for weight in WEIGHTS:
            path = str(fonts.static_font(family, weight))
            fontManager.addfont(path)
            known |= set(get_font(path).get_charmap())
        families.append(get_font(path).family_name)
    return [*families, FALLBACK], frozenset(known)


@cache
def font(weight: Weight) -> FontProperties:
    """Return the families with Latin, Cyrillic and Arabic in that weight."""
    return FontProperties(family=register_fonts()[0], weight=weight)


def clean(text: str) -> str:
    """Return text on one line, without control or direction-changing characters, the undrawable ones as squares."""
    _, known = register_fonts()
    line = " ".join(unicodedata.normalize("NFC", text).split())
    shown = (letter for letter in line if unicodedata.category(letter)[0] != "C")
    return "".join(letter if ord(letter) in known else UNKNOWN for letter in shown)


@dataclass
class Sheet:
    """A figure with one pair of axes in pixels; `unit` is the size of a pixel in the layout's own measure.

    `width` and `height` are layout pixels; the PNG has `scale` times as many. `texts` keeps what was written and
    where, so that nothing is put on top of it.
    """

    width: int
    height: int
    scale: float = 1
    texts: list[tuple[str, Box]] = field(default_factory=list)

    def __post_init__(self) -> None:
        dpi = POINTS_PER_INCH * self.scale
        size = (self.width / POINTS_PER_INCH, self.height / POINTS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=dpi, facecolor=PAPER, edgecolor="none")
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1), frameon=False)
        self.axes.set_axis_off()
        self.axes.set(xlim=(0, self.width), ylim=(0, self.height), autoscale_on=False)
        self._measured: dict[tuple[str, float, int], Box] = {}
        self.renderer = cast("RendererAgg", self.canvas.get_renderer())  # type: ignore[no-untyped-call]  # Matplotlib's own gap

    @property
    def unit(self) -> float:
        """Return the size of one unit of type and spacing in layout pixels: 1 on a sheet of 1200 x 675."""
        return float(np.clip(np.sqrt(self.width * self.height) / 900, 0.72, 12))

    @property
    def frame(self) -> Box:
        """Return the whole sheet."""
        return Box(0, 0, self.width, self.height)

    def text(self, left: float, bottom: float, words: str, size: float, **options: Any) -> Text:
        """Put one line of text with its baseline's left end at a point, without noting its place.

        `size` is in layout pixels; `weight` 400 or 700, `colour` and `halo` (a colour) are options. Never parsed
        as mathematics.
        """
        weight: Weight = options.pop("weight", 400)
        colour, halo = options.pop("colour", INK), options.pop("halo", None)
        drawn = Text(
            left, bottom, clean(words), color=colour, fontproperties=font(weight), fontsize=size, parse_math=False,
            usetex=False, verticalalignment="baseline", **options,
        )  # fmt: skip
        if halo:
            drawn.set_path_effects([withStroke(linewidth=size * 0.24, foreground=halo)])
        self.axes.add_artist(drawn)
        return drawn

    def box_of(self, drawn: Text) -> Box:
        """Return the box of a text in layout pixels: its advance, and its ink or that of plain letters if higher.

        A turned text has the box around the whole line.
        """
        extent = drawn.get_window_extent(self.renderer)
        box = Box(*(float(edge) / self.scale for edge in extent.extents))
        if drawn.get_rotation():
            return box
        words, type_face = drawn.get_text(), drawn.get_fontproperties()
        ink = self.renderer.get_text_width_height_descent(words, type_face, ismath=False)  # type: ignore[no-untyped-call]  # Matplotlib's own gap
        _, height, descent = ink
        baseline, size = drawn.get_position()[1], float(drawn.get_fontsize())
        below = max(descent / self.scale, DESCENT * size)
        above = max((height - descent) / self.scale, ASCENT * size)
        return Box(box.left, baseline - below, box.right, baseline + above)

    def measure(self, words: str, size: float, weight: Weight = 400) -> Box:
        """Return the box of a line of text set at the origin, in layout pixels."""
        key = (words, size, weight)
        if key not in self._measured:
            drawn = self.text(0, 0, words, size, weight=weight)
            self._measured[key] = self.box_of(drawn)
            drawn.remove()
        return self._measured[key]

    def write(self, left: float, bottom: float, words: str, size: float, **options: Any) -> Box:
        """Write one line of text, note its box and return it."""
        drawn = self.text(left, bottom, words, size, **options)
        box = self.box_of(drawn)
        self.texts.append((drawn.get_text(), box))
        return box

    def wrap(self, words: str, size: float, width: float, weight: Weight = 400, lines: int = 3) -> list[str]:
        """Break text into at most `lines` lines of that width in layout pixels; what is over ends in an ellipsis."""
        broken: list[str] = [""]
        for word in clean(words).split(" "):
            longer = f"{broken[-1]} {word}".strip()
            if not broken[-1] or self.measure(longer, size, weight).width <= width:
                broken[-1] = longer
            else:
                broken.append(word)
        kept = broken[:lines]
        if len(broken) > lines:
            kept[-1] += "…"
        return [self.shorten(line, size, width, weight) for line in kept]

    def shorten(self, words: str, size: float, width: float, weight: Weight = 400) -> str:
        """Cut one line to a width in layout pixels, with an ellipsis where something went."""
        if self.measure(words, size, weight).width <= width:
            return words
        keep, over = 0, len(words)
        while over - keep > 1:
            middle = (keep + over) // 2
            fits = self.measure(f"{words[:middle].rstrip()}…", size, weight).width <= width
            keep, over = (middle, over) if fits else (keep, middle)
        return f"{words[:keep].rstrip(' …')}…"
