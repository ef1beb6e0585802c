"""Lay a picture out: everything put on a sheet, nothing turned into bytes yet. The same for every format."""

import io
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import segno
from PIL import Image

from mapapp.domain.edition import Edition
from mapapp.domain.extents import COUNTRY, extents_of
from mapapp.render.caption import Caption
from mapapp.render.frame import Extent, Frame, frame_within
from mapapp.render.furniture import Furniture, Notes
from mapapp.render.ground import paint_scene
from mapapp.render.labels import Labels
from mapapp.render.look import Look
from mapapp.render.press.change import ChangeCaption, change_variants, of_change, paint_change
from mapapp.render.press.draw_marks import MarkPainter
from mapapp.render.press.looks import press_look, press_theme
from mapapp.render.press.options import PictureOptions
from mapapp.render.press.plates import Plates
from mapapp.render.scene import Scene
from mapapp.render.sheet import Box, Sheet
from mapapp.render.typeface import plain
from mapapp.resources.messages import Messages, messages

MARGIN_SHARE = 0.03


@dataclass(frozen=True)
class Composition:
    """A picture laid out: its sheet with every text and its box, its scene, caption, title and address."""

    options: PictureOptions
    edition: Edition
    sheet: Sheet
    caption: Caption
    scene: Scene
    look: Look
    title: str
    link: str

    @property
    def frame(self) -> Frame:
        """Return where on the sheet the map is, and how it is projected."""
        return self.scene.frame

    @property
    def texts(self) -> list[tuple[str, Box]]:
        """Return everything written with its box in layout pixels, origin lower left."""
        return self.sheet.texts

    @property
    def alternative(self) -> str:
        """Return the picture in words, for those who cannot see it."""
        return self.caption.alternative


def lay_out(edition: Edition, options: PictureOptions, link: str = "") -> Composition:
    """Put a day's map and its words on an empty sheet.

    `link` is the address under which the same map is found; it is written at the foot, and drawn as a QR code where
    the options ask for one. Cost: some tenths of a second of processor time. Not for several threads at once.
    """
    words, theme = messages(options.language), press_theme(options.palette, options.theme)
    caption = caption_of(edition, options, words)
    look = press_look(edition, options.palette, theme, options.style.own_colours)
    sheet = sheet_of(options)
    shown = shown_extent(edition, options)
    ground: Extent = edition.ground

    def survey(box: Box) -> Scene:
        frame = frame_within(box, shown, ground)
        scene = Scene(edition, options.day, frame, options.language, sheet.unit, options.layers)
        return of_change(scene, caption) if isinstance(caption, ChangeCaption) else scene

    title = plain(options.title) or default_title(edition, options)
    variants = change_variants if options.compare else None
    furniture = Furniture(sheet, caption, notes_of(options, caption, title, link), look, survey, variants)
    layout = furniture.plan()
    scene = (
        layout.scene if layout.explains_positions else replace(layout.scene, layers=layout.scene.layers - {"position"})
    )
    numbers = paint_change(sheet, look, scene) if options.compare else paint_scene(sheet, look, scene)
    furniture.write(layout)
    corners = Plates(sheet, look, scene, words, list(numbers))
    plates = corners.draw(north=options.north, locator=options.locator)
    marks = MarkPainter(sheet, look, scene, options.marks)
    kept_free = [*plates, *marks.draw(plates)]
    Labels(sheet, look, marks.scene, kept_free).draw()
    return Composition(options, edition, sheet, caption, scene, look, title, link)


def caption_of(edition: Edition, options: PictureOptions, words: Messages) -> Caption:
    """Return the words of a picture: of its day, or of what changed hands until then."""
    if options.compare:
        return ChangeCaption(edition, options.day, words, options.compare)
    return Caption(edition, options.day, words)


def default_title(edition: Edition, options: PictureOptions) -> str:
    """Return the title that a picture has when nobody gives it one."""
    named = extents_of(edition).get(options.where)
    own = {"ar": named.name_ar, "ru": named.name_ru}.get(options.language) or named.name if named else ""
    words = messages(options.language)
    if options.compare:
        first, last = ChangeCaption(edition, options.day, words, options.compare).span
        return (
            words("change.title.of", first=first, last=last, where=own)
            if own
            else words("change.title", first=first, last=last)
        )
    where = own or Caption(edition, options.day, messages(options.language)).title
    return messages(options.language)("picture.title", where=where)


def shown_extent(edition: Edition, options: PictureOptions) -> Extent:
    """Return what a picture shows: its extent, the whole map with some ground around it."""
    whole = edition.dataset.extent
    extent = options.extent or whole
    return _with_margin(extent) if options.where in ("", COUNTRY) and extent == whole else extent


def sheet_of(options: PictureOptions) -> Sheet:
    """Return an empty sheet for a picture."""
    width, height = options.sheet_size
    return Sheet(
        width,
        height,
        options.sheet_scale if options.format == "png" else 1,
        press_theme(options.palette, options.theme),
        from_right=messages(options.language).spoken.direction == "rtl",
        live_text=options.live_text and options.format == "svg",
        least_unit=options.least_unit,
        typeface=options.style.typeface,
    )


def notes_of(options: PictureOptions, caption: Caption, title: str, link: str) -> Notes:
    """Return title, credit and link of a picture, with its code and logo."""
    style = options.style
    return Notes(
        title=title,
        credit=f"{style.credit.rstrip('.')}. {caption.credit}" if style.credit else caption.credit,
        link=caption.messages("picture.link", link=link) if link else "",
        code=_code(link) if options.qr and link else None,
        logo=_pixels(style.logo) if style.logo else None,
        title_colour=style.title_colour,
        title_weight=700 if style.title_weight == 700 else 400,
    )


def _code(link: str) -> npt.NDArray[np.bool_]:
    """Return the squares of a QR code with the quiet ground that readers need."""
    code = segno.make_qr(link, error="l", boost_error=False)
    return np.array([[bool(cell) for cell in row] for row in code.matrix_iter(border=4)])


def _pixels(logo: bytes) -> npt.NDArray[np.uint8]:
    with Image.open(io.BytesIO(logo), formats=["PNG"]) as opened:
        return np.asarray(opened.convert("RGBA"))


def _with_margin(extent: Extent) -> Extent:
    """Return an extent with some ground around it."""
    west, south, east, north = extent
    side = MARGIN_SHARE * max(east - west, north - south)
    return west - side, south - side, east + side, north + side
