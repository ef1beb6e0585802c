"""The sheet a picture is drawn on: one pixel grid (origin lower left) for map, texts and boxes, and its type."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, withStroke
from matplotlib.text import Text

from mapapp.render.fonts import Weight
from mapapp.render.theme import Theme, theme_of
from mapapp.render.typeface import Typeface, clean, direct, font, ink_of, is_arabic

POINTS_PER_INCH = 72
ASCENT, DESCENT = 0.78, 0.24
LEAST_UNIT = 0.72
HALO = 0.24
"""Width of a halo, as a share of the size of the type."""
GROUPS = (
    "background", "land", "areas", "estimates", "borders", "water", "fronts", "zones", "distance", "positions",
    "events", "marks", "labels", "frame", "scale", "north", "locator", "code", "title", "legend", "credit", "logo",
)  # fmt: skip
"""The layers of a drawing, from below; an SVG has each as a group of that name."""


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


@dataclass
class Sheet:
    """A figure with one pair of axes in pixels; `unit` is the size of a pixel in the layout's own measure.

    `width` and `height` are layout pixels; a PNG has `scale` times as many. `texts` keeps what was written and
    where, so that nothing is put on top of it. `from_right` turns the page round for a language written so; with
    `live_text` halos are left to the writer of the file.
    """

    width: float
    height: float
    scale: float = 1
    theme: Theme = field(default_factory=lambda: theme_of("light"))
    from_right: bool = False
    live_text: bool = False
    least_unit: float = LEAST_UNIT
    typeface: Typeface = ()
    texts: list[tuple[str, Box]] = field(default_factory=list)

    def __post_init__(self) -> None:
        dpi = POINTS_PER_INCH * self.scale
        size = (self.width / POINTS_PER_INCH, self.height / POINTS_PER_INCH)
        self.figure = Figure(figsize=size, dpi=dpi, facecolor="none", edgecolor="none")
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1), frameon=False)
        self.axes.set_axis_off()
        self.axes.set(xlim=(0, self.width), ylim=(0, self.height), autoscale_on=False)
        self._group, self._added = "background", 0

    @property
    def unit(self) -> float:
        """Return the size of one unit of type and spacing in layout pixels: 1 on a sheet of 1200 x 675."""
        return float(np.clip(np.sqrt(self.width * self.height) / 900, self.least_unit, 12))

    @property
    def frame(self) -> Box:
        """Return the whole sheet."""
        return Box(0, 0, self.width, self.height)

    @contextmanager
    def on(self, group: str) -> Iterator[None]:
        """Put what is added meanwhile into one of GROUPS, which lies over all those before it."""
        before, self._group = self._group, group
        try:
            yield
        finally:
            self._group = before

    def add(self, artist: Artist, order: float) -> None:
        """Put an artist on the sheet, at that order within its group."""
        self._added += 1
        artist.set_gid(f"{self._group}|{self._added}")
        artist.set_zorder(1000 * GROUPS.index(self._group) + order)
        self.axes.add_artist(artist)

    def mirror(self, box: Box) -> Box:
        """Return a box where the page has it: on the other side when it is read from the right."""
        return Box(self.width - box.right, box.bottom, self.width - box.left, box.top) if self.from_right else box

    def text(self, left: float, bottom: float, words: str, size: float, **options: Any) -> Text:
        """Put one line of text with its baseline's left end at a point, without noting its place.

        `size` is in layout pixels; `weight` 400 or 700, `colour`, `halo` (a colour) and `order` are options. Never
        parsed as mathematics.
        """
        weight: Weight = options.pop("weight", 400)
        colour, halo = options.pop("colour", self.theme.ink), options.pop("halo", None)
        order = options.pop("order", 10)
        drawn = Text(
            left, bottom, self.clean(words), color=colour, fontproperties=font(weight, self.typeface), fontsize=size,
            parse_math=False, usetex=False, verticalalignment="baseline", **options,
        )  # fmt: skip
        self.add(drawn, order)
        if halo and self.live_text:
            drawn.set_gid(f"{drawn.get_gid()}|{halo}|{size * HALO:.2f}")
        elif halo:
            drawn.set_path_effects([withStroke(linewidth=size * HALO, foreground=halo)])
        elif is_arabic(drawn.get_text()) and not self.live_text:
            # As outlines: Matplotlib's writer of PDF sets letters that join at the wrong distances.
            drawn.set_path_effects([Normal()])
        return drawn

    def clean(self, words: str) -> str:
        """Return a line as this sheet can draw it, in the direction of its page."""
        return direct(clean(words, self.typeface), from_right=self.from_right)

    def measure(self, words: str, size: float, weight: Weight = 400) -> Box:
        """Return the box of a line of text set at the origin, in layout pixels.

        It is as wide as the text's advance, and as high as its ink or that of plain letters if that is higher.
        """
        width, above, below = ink_of(self.clean(words), weight, self.typeface)
        return Box(0, -max(below, DESCENT) * size, width * size, max(above, ASCENT) * size)

    def write(self, left: float, bottom: float, words: str, size: float, **options: Any) -> Box:
        """Write one line of text, note its box and return it."""
        box = self.measure(words, size, options.get("weight", 400)).move(left, bottom)
        self.note(self.text(left, bottom, words, size, **options).get_text(), box)
        return box

    def note(self, words: str, box: Box) -> None:
        """Note that a text stands in a box."""
        self.texts.append((words, box))

    def wrap(self, words: str, size: float, width: float, weight: Weight = 400, lines: int = 3) -> list[str]:
        """Break text into at most `lines` lines of that width in layout pixels; what is over ends in an ellipsis."""
        broken: list[str] = [""]
        for word in clean(words, self.typeface).split(" "):
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
