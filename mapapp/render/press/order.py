"""From words to options: read the order for a picture as a link, a form or a command gives it, and check all of it."""

from collections.abc import Callable, Collection, Mapping
from math import isfinite
from typing import Any, TypeVar, cast

import shapely

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, MapappError
from mapapp.domain.extents import extents_of
from mapapp.domain.picture_faults import (
    BadExtent,
    ExtentOutside,
    Faults,
    NotANumber,
    OutOfRange,
    PictureTooLarge,
    SameDay,
    TextTooLong,
    TwoOptions,
    UnknownChoice,
)
from mapapp.render.frame import Extent, check_extent
from mapapp.render.press.house import HouseStyle
from mapapp.render.press.looks import PRESS_PALETTES
from mapapp.render.press.marks import read_marks
from mapapp.render.press.options import FORMATS, PictureOptions
from mapapp.render.press.presets import presets
from mapapp.render.scene import DRAWN
from mapapp.render.theme import THEMES
from mapapp.resources.languages import LANGUAGES

LEAST = {"px": 360, "mm": 85}
MOST_SIDE, MOST_PIXELS, MOST_DPI, MOST_SCALE = 8192, 40_000_000, 600, 8
LEAST_DPI = 72
MOST_TITLE = 160
SHOWN = 60
YES, NO, AUTO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}, {"auto", ""}
KNOWN = frozenset(
    [
        "date",
        "compare",
        "format",
        "preset",
        "width",
        "height",
        "unit",
        "scale",
        "dpi",
        "bbox",
        "extent",
        "layers",
        "lang",
        "palette",
        "theme",
        "title",
        "north",
        "qr",
        "locator",
        "text",
        "marks",
    ]
)
"""The options by the names that they have in a link, in the page's form and on the command line."""
T = TypeVar("T")


def read_options(edition: Edition, asked: Mapping[str, str], style: HouseStyle | None = None) -> PictureOptions:
    """Return the checked options of a picture from texts by the names of KNOWN; what is absent has its default.

    A house style's own options count where `asked` has none. Names that are not known are left to the caller.
    Raises Faults with one clear error, each with its parameter, for everything that is wrong.
    """
    style = style or HouseStyle()
    texts = {**dict(style.picture), **{key: value for key, value in asked.items() if value.strip()}}
    return _Reader(edition, texts, style).read()


class _Reader:
    """Read one option after the other and keep what is wrong."""

    def __init__(self, edition: Edition, texts: Mapping[str, str], style: HouseStyle) -> None:
        self.edition, self.texts, self.style = edition, texts, style
        self.faults: list[MapappError] = []

    def read(self) -> PictureOptions:
        size = self._size()
        where, extent = self._extent()
        compare, day = self._days()
        options = PictureOptions(
            day=day,
            compare=compare,
            format=cast("Any", self._choice("format", FORMATS)),
            **size,
            extent=extent,
            where=where,
            layers=self._layers(),
            language=self._choice("lang", [language.code for language in LANGUAGES]),
            palette=self._choice("palette", PRESS_PALETTES),
            theme=self._choice("theme", THEMES),
            title=self._title(),
            north=bool(self._switch("north", default=False)),
            qr=bool(self._switch("qr", default=False)),
            locator=self._switch("locator", default=None),
            live_text=self._choice("text", ("outlines", "live")) == "live",
            marks=self._tried((), lambda: read_marks(self._text("marks"))),
            style=self.style,
        )
        self._check_size(options)
        if self.faults:
            raise Faults(self.faults)
        return options

    @property
    def _default_day(self) -> str:
        return self.edition.dataset.default_day

    def _days(self) -> tuple[str, str]:
        """Return the day that the date is compared with, or none, and the date: the earlier first."""
        check = self.edition.dataset.check_day
        day = self._tried("", lambda: check(self._text("date") or self._default_day))
        if not (other := self._text("compare")):
            return "", day
        compared = self._tried("", lambda: check(other, "compare"))
        if compared and compared == day:
            self.faults.append(SameDay("compare", day=day))
        return min(compared, day), max(compared, day)

    def _text(self, option: str) -> str:
        return self.texts.get(option, "").strip()

    def _tried(self, otherwise: T, read: Callable[[], T]) -> T:
        """Return what is read, or keep what is wrong with it."""
        try:
            return read()
        except Faults as error:
            self.faults += error.faults
        except MapappError as error:
            self.faults.append(error)
        return otherwise

    def _choice(self, option: str, known: Collection[str]) -> str:
        """Return one of several words, by default the first."""
        value = self._text(option) or next(iter(known))
        if value not in known:
            self.faults.append(UnknownChoice(option, value=value[:SHOWN], option=option, known=", ".join(known)))
        return value

    def _switch(self, option: str, *, default: bool | None) -> bool | None:
        value = self._text(option).lower()
        if value in YES | NO:
            return value in YES
        if value not in AUTO:
            self.faults.append(UnknownChoice(option, value=value[:SHOWN], option=option, known="1, 0"))
        return default

    def _number(self, option: str, default: float) -> float:
        text = self._text(option)
        try:
            number = float(text) if text else default
        except ValueError:
            number = float("nan")
        if not isfinite(number):
            self.faults.append(NotANumber(option, value=text[:SHOWN], option=option))
            return default
        return number

    def _size(self) -> dict[str, Any]:
        """Return width, height, unit, scale and dpi: a preset's, over which single ones have precedence."""
        preset = presets().get(self._choice("preset", presets()), presets()["article"])
        unit = self._choice("unit", ("px", "mm")) if self._text("unit") else preset.unit
        if unit != preset.unit and not (self._text("width") and self._text("height")):
            self.faults.append(TwoOptions("unit", one="unit", other="preset"))
            unit = preset.unit
        return {
            "width": self._number("width", preset.width),
            "height": self._number("height", preset.height),
            "unit": unit,
            "scale": self._number("scale", 1),
            "dpi": round(self._number("dpi", preset.dpi if unit == preset.unit else 300)),
        }

    def _check_size(self, options: PictureOptions) -> None:
        unit = options.unit if options.unit in LEAST else "px"
        most = MOST_SIDE if unit == "px" else 2 * MOST_SIDE
        in_range = [
            self._check_range(side, getattr(options, side), LEAST[unit], most, unit) for side in ("width", "height")
        ]
        in_range.append(self._check_range("scale", options.scale, 1, MOST_SCALE))
        in_range.append(self._check_range("dpi", options.dpi, LEAST_DPI, MOST_DPI))
        width, height = options.pixels
        if all(in_range) and (max(width, height) > MOST_SIDE or width * height > MOST_PIXELS):
            told = {"width": width, "height": height, "side": MOST_SIDE, "most": MOST_PIXELS // 1_000_000}
            at_fault = "width" if unit == "px" and options.scale == 1 else "scale" if unit == "px" else "dpi"
            self.faults.append(PictureTooLarge(at_fault, **told))

    def _check_range(self, option: str, value: float, least: float, most: float, unit: str = "") -> bool:
        if least <= value <= most:
            return True
        told = {"value": f"{value:g}", "least": f"{least:g}", "most": f"{most:g} {unit}".strip()}
        self.faults.append(OutOfRange(option, option=option, **told))
        return False

    def _extent(self) -> tuple[str, Extent | None]:
        named, drawn = self._text("extent"), self._text("bbox")
        if named and drawn:
            self.faults.append(TwoOptions("bbox", one="bbox", other="extent"))
        if drawn:
            return "", self._bbox(drawn)
        if not named:
            return "", None
        known = extents_of(self.edition)
        if named not in known:
            self.faults.append(UnknownChoice("extent", value=named[:SHOWN], option="extent", known=", ".join(known)))
            return "", None
        return named, known[named].bbox

    def _bbox(self, text: str) -> Extent | None:
        """Return four numbers that bound a piece of this map."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
            extent = check_extent((west, south, east, north))
        except (ValueError, BadOption):
            self.faults.append(BadExtent("bbox", value=text[:SHOWN]))
            return None
        if not shapely.box(*extent).intersects(shapely.box(*self.edition.dataset.extent)):
            covers = ",".join(f"{value:g}" for value in self.edition.dataset.extent)
            self.faults.append(ExtentOutside("bbox", value=text[:SHOWN], covers=covers))
            return None
        return extent

    def _layers(self) -> frozenset[str]:
        if "layers" not in self.texts:
            return frozenset(DRAWN)
        asked = [name.strip() for name in self._text("layers").split(",") if name.strip()]
        offered = (*DRAWN, "distance", "none")
        for name in asked:
            if name not in offered:
                known = ", ".join(offered)
                self.faults.append(UnknownChoice("layers", value=name[:SHOWN], option="layers", known=known))
        return frozenset(asked) & frozenset(DRAWN)

    def _title(self) -> str:
        title = self._text("title") or self.style.title
        if len(title) > MOST_TITLE:
            self.faults.append(TextTooLong("title", option="title", length=len(title), most=MOST_TITLE))
        return title[:MOST_TITLE]
