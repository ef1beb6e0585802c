"""Draw the frames of a film: what stands still once, and of the rest only what changed since the frame before."""

from dataclasses import replace
from functools import cached_property

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from mapapp.domain.edition import Edition
from mapapp.render.film.captions import FrameCaption, ReelCaption
from mapapp.render.film.encode import palette_of
from mapapp.render.film.furniture import FilmFurniture
from mapapp.render.film.scenes import FrameScene, Projected, SpanScene
from mapapp.render.frame import Extent, frame_within
from mapapp.render.furniture import Layout
from mapapp.render.ground import paint_borders_and_water, paint_held, paint_land, paint_over
from mapapp.render.labels import Labels
from mapapp.render.look import Look
from mapapp.render.press.draw_marks import MarkPainter
from mapapp.render.press.layout import default_title, notes_of, sheet_of, shown_extent
from mapapp.render.press.looks import press_look
from mapapp.render.press.options import PictureOptions
from mapapp.render.press.picture import SETTINGS, one_at_a_time
from mapapp.render.press.plates import Plates
from mapapp.render.sheet import Box, Sheet
from mapapp.render.typeface import plain
from mapapp.resources.messages import messages


class Reel:
    """The frames of a film of those days, drawn when they are asked for; `options` are those of its last picture.

    Every word stands in the same place in every frame: the legend names all holders of the film, the names of places
    are put where they suit the last day and all positions. Cost: a second at first, some tenths of a second a frame.
    """

    def __init__(self, edition: Edition, options: PictureOptions, days: tuple[str, ...], link: str = "") -> None:
        self.edition, self.options, self.days, self.link = edition, options, days, link
        self.words = messages(options.language)
        self._caption = ReelCaption(edition, days[-1], self.words, days)
        self._map: tuple[object, Image.Image] | None = None
        self.texts: list[tuple[str, Box]] = []

    def frame(self, day: str) -> Image.Image:
        """Return the frame of one of the days, RGB."""
        with one_at_a_time, mpl.rc_context(SETTINGS):
            return self._frame(day)

    @property
    def still_texts(self) -> list[tuple[str, Box]]:
        """Return what is written in every frame alike, with its boxes."""
        return self._furniture[0].sheet.texts

    @cached_property
    def palette(self) -> Image.Image:
        """Return one palette for all frames, from the first, the middle and the last."""
        days = self.days[0], self.days[len(self.days) // 2], self.days[-1]
        return palette_of([self.frame(day) for day in dict.fromkeys(days)])

    def _frame(self, day: str) -> Image.Image:
        furniture, layout = self._furniture
        scene = FrameScene(
            self.edition, day, layout.scene.frame, self.options.language, furniture.sheet.unit, self._drawn,
            projected=self._projected,
        )  # fmt: skip
        if self._map is None or self._map[0] != scene.signature:
            self._map = scene.signature, self._draw_map(scene)
        sheet = sheet_of(self.options)
        caption = FrameCaption(self.edition, day, self.words, widest=self._caption.widest_day)
        furniture.write_moving(layout, sheet, caption)
        self.texts = [*self.still_texts, *sheet.texts]
        return Image.alpha_composite(self._map[1], _raster(sheet)).convert("RGB")

    def _draw_map(self, scene: FrameScene) -> Image.Image:
        """Return everything but date, evidence and figures."""
        under, water, over = self._still
        held, signs = sheet_of(self.options), sheet_of(self.options)
        paint_held(held, self._look, scene)
        paint_over(signs, self._look, scene)
        drawn = under
        for layer in (_raster(held), water, _raster(signs), over):
            drawn = Image.alpha_composite(drawn, layer)
        return drawn

    @cached_property
    def _look(self) -> Look:
        theme = sheet_of(self.options).theme
        return press_look(self.edition, self.options.palette, theme, self.options.style.own_colours)

    @cached_property
    def _furniture(self) -> tuple[FilmFurniture, Layout]:
        """Return the furniture and how it divides the sheet."""
        edition, options, sheet = self.edition, self.options, sheet_of(self.options)
        ground: Extent = edition.ground

        def survey(box: Box) -> SpanScene:
            frame = frame_within(box, shown_extent(edition, options), ground)
            day, language = self.days[-1], options.language
            return SpanScene(edition, day, frame, language, sheet.unit, options.layers, first=self.days[0])

        title = plain(options.title) or default_title(edition, options)
        notes = notes_of(options, self._caption, title, self.link)
        furniture = FilmFurniture(sheet, self._caption, notes, self._look, survey)
        return furniture, furniture.plan()

    @property
    def _drawn(self) -> frozenset[str]:
        layers = self.options.layers
        return layers if self._furniture[1].explains_positions else layers - {"position"}

    @cached_property
    def _projected(self) -> Projected:
        frame = self._furniture[1].scene.frame
        return Projected(self.edition, frame, self._drawn, self.days[0], self.days[-1])

    @cached_property
    def _still(self) -> tuple[Image.Image, Image.Image, Image.Image]:
        """Return what lies under the areas, between areas and fronts, and over all."""
        furniture, layout = self._furniture
        scene = replace(layout.scene, layers=self._drawn)
        under, water, over = sheet_of(self.options), sheet_of(self.options), furniture.sheet
        paint_land(under, self._look, scene)
        paint_borders_and_water(water, self._look, scene)
        furniture.write_still(layout)
        plates = Plates(over, self._look, scene, self.words)
        corners = plates.draw(north=self.options.north, locator=self.options.locator)
        marks = MarkPainter(over, self._look, scene, self.options.marks)
        named = replace(marks.scene, once=True) if isinstance(marks.scene, SpanScene) else marks.scene
        kept_free = [*corners, *marks.draw(corners)]
        Labels(over, self._look, named, kept_free).draw()
        return _raster(under, under.theme.paper), _raster(water), _raster(over)


def _raster(sheet: Sheet, paper: str = "none") -> Image.Image:
    """Return what is on a sheet as RGBA, on nothing or on paper."""
    sheet.figure.set_facecolor(paper)
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba()).copy())
