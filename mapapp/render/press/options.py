"""What a picture shall be: every choice there is, with its default, and how a size becomes a sheet."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from mapapp.render.frame import Extent
from mapapp.render.press.house import HouseStyle
from mapapp.render.press.marks import Mark
from mapapp.render.press.presets import MILLIMETRES_PER_INCH, Unit
from mapapp.render.scene import DRAWN
from mapapp.render.sheet import LEAST_UNIT, POINTS_PER_INCH

Format = Literal["png", "svg", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
LEAST_UNIT_ON_PAPER = 0.62


@dataclass(frozen=True)
class PictureOptions:
    """One picture; make it by `read_options`, which checks everything. Hashable: the key of a cache.

    `width` and `height` are in `unit`; `scale` multiplies the pixels of a PNG in px, `dpi` gives them in mm. `extent`
    is west, south, east, north in degrees (None: the whole dataset), `where` the key of the named extent it is.
    `locator` None puts one where the map shows a small part. An empty `title` is the one made from the data.
    With `compare`, a day before `day`, the picture shows what changed hands between the two.
    """

    day: str
    compare: str = ""
    format: Format = "png"
    width: float = 1200
    height: float = 675
    unit: Unit = "px"
    scale: float = 1
    dpi: int = 300
    extent: Extent | None = None
    where: str = ""
    layers: frozenset[str] = field(default=frozenset(DRAWN))
    language: str = "en"
    palette: str = "default"
    theme: str = "light"
    title: str = ""
    north: bool = False
    qr: bool = False
    locator: bool | None = None
    live_text: bool = False
    marks: tuple[Mark, ...] = ()
    style: HouseStyle = field(default_factory=HouseStyle)

    @property
    def points_per_unit(self) -> float:
        """Return layout pixels per unit of the size: on paper a layout pixel is a point, 1/72 inch."""
        return 1.0 if self.unit == "px" else POINTS_PER_INCH / MILLIMETRES_PER_INCH

    @property
    def sheet_size(self) -> tuple[float, float]:
        """Return width and height in layout pixels, on paper such that the PNG has whole pixels."""
        if self.unit == "px":
            return self.width, self.height
        width, height = self.pixels
        return width / self.sheet_scale, height / self.sheet_scale

    @property
    def sheet_scale(self) -> float:
        """Return pixels of the PNG per layout pixel."""
        return self.scale if self.unit == "px" else self.dpi / POINTS_PER_INCH

    @property
    def pixels(self) -> tuple[int, int]:
        """Return the pixels of the PNG."""
        per_unit = self.scale if self.unit == "px" else self.dpi / MILLIMETRES_PER_INCH
        return round(self.width * per_unit), round(self.height * per_unit)

    @property
    def least_unit(self) -> float:
        """Return how small type may be set: paper is read from nearer than a screen."""
        return LEAST_UNIT if self.unit == "px" else LEAST_UNIT_ON_PAPER

    @property
    def size_in_words(self) -> str:
        """Return the size as a file's name has it: 1200x675, 1200x675@2x or 90x150mm."""
        size = f"{self.width:g}x{self.height:g}"
        if self.unit == "mm":
            return f"{size}mm"
        return f"{size}@{self.scale:g}x" if self.format == "png" and self.scale != 1 else size
