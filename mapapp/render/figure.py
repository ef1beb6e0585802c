"""The press picture of a day: a map that stands alone, with title, date, legend, scale, source and credit."""

import io
from importlib.metadata import version as installed_version
from threading import Lock

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption
from mapapp.render.caption import Caption
from mapapp.render.frame import Extent, check_extent, frame_within
from mapapp.render.furniture import Furniture
from mapapp.render.ground import paint_scene
from mapapp.render.labels import Labels
from mapapp.render.look import PALETTES, look_of
from mapapp.render.scene import Scene
from mapapp.render.sheet import Box, Sheet
from mapapp.resources.messages import Messages

LEAST_SIDE, MOST_SIDE, MOST_PIXELS, MOST_SCALE = 360, 8192, 40_000_000, 8
MARGIN_SHARE = 0.03
_one_at_a_time = Lock()
"""Matplotlib shares its font cache between threads and does not promise that they may draw together."""


def draw_png(
    edition: Edition,
    day: str,
    *,
    messages: Messages,
    width: int = 1200,
    height: int = 675,
    scale: float = 1,
    extent: Extent | None = None,
    palette: str = PALETTES[0],
) -> bytes:
    """Draw the map of a day as a PNG of `width` x `height` layout pixels, each side times `scale`.

    `extent` is west, south, east, north in degrees, by default the dataset's; the map shows at least that. The
    same input gives the same bytes. Raises NotADay, DayOutsideDataset, UnknownPalette, and BadOption for a size or an
    extent that cannot be drawn. Cost: half a second of processor time at the default size, and seconds for fonts once.
    """
    day = edition.dataset.check_day(day)
    check_size(width, height, scale)
    shown = check_extent(extent) if extent else _with_margin(edition.dataset.extent)
    with _one_at_a_time:
        sheet, caption = compose(edition, day, messages, Sheet(width, height, scale), shown, palette)
        return _png(sheet, caption)


def check_size(width: int, height: int, scale: float) -> None:
    """Raise BadOption unless the picture has sides of 360 to 8192 pixels, 40 megapixels at most."""
    for option, side in (("width", width), ("height", height)):
        if not LEAST_SIDE <= side <= MOST_SIDE:
            raise BadOption(option, value=side, option=option, expected=f"it takes {LEAST_SIDE} to {MOST_SIDE} pixels")
    if not 1 <= scale <= MOST_SCALE:
        raise BadOption("scale", value=scale, option="scale", expected=f"it takes a number from 1 to {MOST_SCALE}")
    if max(width, height) * scale > MOST_SIDE or width * height * scale**2 > MOST_PIXELS:
        size = f"{width}x{height}x{scale:g}"
        expected = f"the picture may have {MOST_SIDE} pixels a side and {MOST_PIXELS // 1_000_000} megapixels"
        raise BadOption("scale" if scale > 1 else "width", value=size, option="size", expected=expected)


def compose(
    edition: Edition, day: str, messages: Messages, sheet: Sheet, extent: Extent, palette: str = PALETTES[0]
) -> tuple[Sheet, Caption]:
    """Put a day's map and its words on an empty sheet; return it with its caption."""
    caption, look = Caption(edition, day, messages), look_of(edition, palette)
    ground: Extent = tuple(edition.layers["boundary"].total_bounds.tolist())

    def survey(box: Box) -> Scene:
        return Scene(edition, day, frame_within(box, extent, ground), messages.language, sheet.unit)

    furniture = Furniture(sheet, caption, look, survey)
    layout = furniture.plan()
    paint_scene(sheet, look, layout.scene)
    furniture.write(layout)
    plate = furniture.write_scale(layout.scene)
    Labels(sheet, look, layout.scene, [plate]).draw()
    return sheet, caption


def _with_margin(extent: Extent) -> Extent:
    """Return an extent with some ground around it."""
    west, south, east, north = extent
    side = MARGIN_SHARE * max(east - west, north - south)
    return west - side, south - side, east + side, north + side


def _png(sheet: Sheet, caption: Caption) -> bytes:
    buffer = io.BytesIO()
    metadata = {
        "Title": caption.title,
        "Date": caption.day,
        "Version": caption.edition.version,
        "Description": caption.alternative,
        "Software": f"mapapp {installed_version('mapapp')}",
    }
    sheet.canvas.print_png(buffer, metadata=metadata)  # type: ignore[no-untyped-call]  # Matplotlib's own gap
    return buffer.getvalue()
