"""Draw a picture for the press: `draw_picture(edition, read_options(edition, asked), link)`.

The same layout (`lay_out`) becomes a PNG, an SVG with a group per layer, or a PDF with its fonts inside; the same
order gives the same bytes.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mapapp.domain.edition import Edition
from mapapp.render.press.about import About, about
from mapapp.render.press.layout import Composition, lay_out
from mapapp.render.press.options import MEDIA_TYPES, PictureOptions
from mapapp.render.press.pdf import write_pdf
from mapapp.render.press.svg import write_svg

SETTINGS: Any = {"text.hinting": "none", "pdf.fonttype": 42, "svg.hashsalt": "mapapp", "path.simplify": False}
one_at_a_time = Lock()
"""Matplotlib shares its font cache between threads and does not promise that they may draw together."""


@dataclass(frozen=True)
class Picture:
    """A file with a picture: its bytes, its name and kind, its pixels (of a PNG of it), and the picture in words."""

    content: bytes
    media_type: str
    file_name: str
    width: int
    height: int
    alternative: str


def draw_picture(edition: Edition, options: PictureOptions, link: str = "") -> Picture:
    """Draw the picture that the options describe; `link` is the address at which the same map is found.

    The same input gives the same bytes. Pictures are drawn one after the other, whichever thread asks. Cost: some
    tenths of a second of processor time for 1200 x 675, and seconds for fonts once on a machine.
    """
    with one_at_a_time, mpl.rc_context(SETTINGS):
        return render(lay_out(edition, options, link))


def render(composition: Composition) -> Picture:
    """Turn what is laid out into bytes; only `draw_picture` makes sure that nobody else draws meanwhile."""
    options, told = composition.options, about(composition)
    write: Callable[[Composition, About], bytes] = {"png": _write_png, "svg": write_svg, "pdf": write_pdf}[
        options.format
    ]
    content = write(composition, told)
    width, height = options.pixels
    return Picture(
        content,
        MEDIA_TYPES[options.format],
        file_name(composition.edition, options),
        width,
        height,
        composition.alternative,
    )


def file_name(edition: Edition, options: PictureOptions) -> str:
    """Return a name that says what the picture shows: dataset, day, version, language, size."""
    where = f"_{options.where}" if options.where else ""
    days = f"{options.compare}_{options.day}" if options.compare else options.day
    named = f"{edition.dataset.name}{where}_{days}_{edition.version}_{options.language}_{options.size_in_words}"
    return f"{re.sub(r'[^A-Za-z0-9._@-]+', '-', named)}.{options.format}"


def _write_png(composition: Composition, told: About) -> bytes:
    sheet, options = composition.sheet, composition.options
    sheet.figure.set_facecolor(sheet.theme.paper)
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    image = Image.fromarray(np.asarray(canvas.buffer_rgba()))
    if options.theme != "transparent":
        image = image.convert("RGB")
    info = PngInfo()
    for key, text in told.items():
        info.add_itxt(key, text, lang=options.language)
    density = options.dpi if options.unit == "mm" else 72 * options.scale
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=info, dpi=(density, density), compress_level=6)
    return buffer.getvalue()


def warm_up(edition: Edition) -> None:
    """Make what the first picture would wait for: fonts, the day's figures, the layers' shapes. Cost: seconds."""
    draw_picture(edition, PictureOptions(edition.dataset.default_day, width=480, height=360))
