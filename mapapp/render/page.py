"""The interactive map of an edition as one self-contained page; the same for app, newspapers and download."""

from dataclasses import asdict, dataclass, field
from typing import Any

from mapapp.domain.edition import Edition
from mapapp.domain.views import HIGHEST_ZOOM, LOWEST_ZOOM, Mode, View
from mapapp.render.look import PALETTES, look_of
from mapapp.render.temporal_layer import blocks
from mapapp.render.temporal_layer.contact import contact_block
from mapapp.render.temporal_layer.elements import PageFigure, PageMap, Verbatim, json_block, to_json
from mapapp.render.temporal_layer.layer import TemporalLayer
from mapapp.render.temporal_layer.places import places_block
from mapapp.render.tiles import Tiles
from mapapp.resources.languages import LANGUAGES
from mapapp.resources.messages import Messages


@dataclass(frozen=True)
class Start:
    """What differs between two requests for a page: the day, what is drawn, and who may command it.

    `layers` None draws all; `palette` is one of PALETTES. `story` brings the guided tour along, and `stop` opens it at
    the stop of that id. `parents` are the origins whose messages the page obeys ("self": its own address).
    With `compare` and `mode` it draws two days. Without a `view` it opens on the dataset's own.
    `newer` is the address, relative to the page's own, of a newer version of the map, None when this is the newest.
    `base` are the tiles under the map, `bases` the key and name of each that the reader may choose.
    `languages` offers the others, each at this page's own address with another `lang`.
    """

    day: str
    layers: tuple[str, ...] | None = None
    lang: str = "en"
    parents: tuple[str, ...] = ()
    palette: str = PALETTES[0]
    newer: str | None = None
    base: Tiles | None = None
    bases: tuple[tuple[str, str], ...] = ()
    story: bool = False
    stop: str | None = None
    compare: str | None = None
    mode: Mode | None = None
    view: View | None = None
    languages: bool = False


@dataclass(frozen=True)
class MapPage:
    """A rendered page with a gap for the start; `policy` is its Content-Security-Policy without sandbox."""

    before: str
    after: str
    policy: str
    weights: dict[str, int] = field(default_factory=dict)

    def policy_with(self, base: Tiles | None) -> str:
        """Return the policy under which the page may also fetch these tiles, and nothing else."""
        return self.policy.replace("img-src ", f"img-src {' '.join(base.origins)} ", 1) if base else self.policy

    def html(self, start: Start, story: object = None, overlay: object = None, head: str = "") -> str:
        """Return the page that opens as `start` says, with a story's block and a GeoJSON of what to hatch, if any.

        `head` is finished markup to stand behind the title.

        Cost: one copy of the text.
        """
        told = "" if story is None else json_block("story", to_json(story))
        view = start.view and (start.view.lat, start.view.lng, start.view.zoom)
        offered = [{"code": one.code, "name": one.name} for one in LANGUAGES] if start.languages else None
        more = {"compare": start.compare, "mode": start.mode, "view": view, "overlay": overlay, "languages": offered}
        data = {name: value for name, value in asdict(start).items() if name not in more}
        opening = json_block("start", to_json(data | {name: value for name, value in more.items() if value}))
        before = self.before.replace("</title>", f"</title>\n{head}", 1) if head else self.before
        return f"{before}{opening}{told}{self.after}"


def build_page(edition: Edition, messages: Messages, *, standalone: bool = False) -> MapPage:
    """Render the page of an edition, once for all days: with `standalone` it carries its own policy for file://.

    Cost: two to four seconds for a country, most of it for the statistics, the topology and the fonts.
    """
    edition = edition.speaking(messages.language)
    looks, name = {palette: look_of(edition, palette) for palette in PALETTES}, f"map_{edition.version}"
    look = looks[PALETTES[0]]
    gap = Verbatim("\N{OBJECT REPLACEMENT CHARACTER}" * 2)
    data: dict[str, object] = {
        "config": blocks.config_block(edition, looks, messages, name),
        "topology": blocks.topology_block(edition, look),
        "base": blocks.base_block(edition),
        "marks": blocks.marks_block(edition, look, messages),
        "places": places_block(edition, look),
        "stats": blocks.stats_block(edition, look),
        "contact": contact_block(edition),
    }
    figure = _figure(edition, messages, standalone=standalone)
    page_map = _map(edition)
    figure.add_child(page_map)
    page_map.add_child(TemporalLayer(data, gap, _letters(edition, messages)))
    before, after = figure.render().rsplit(gap.text, 1)
    return MapPage(before, after, figure.policy, {key: len(to_json(block).encode()) for key, block in data.items()})


def _letters(edition: Edition, messages: Messages) -> str:
    """Return the letters that the story needs beside those of the data and the page's texts."""
    story = edition.dataset.story
    if story is None:
        return ""
    texts = [story.credit, *(stop.title for stop in story.stops)]
    texts += [sentence.texts for stop in story.stops for sentence in stop.sentences]
    return "".join([*messages.under("story").values(), *(text.get(messages.language, "") for text in texts)])


def _figure(edition: Edition, messages: Messages, *, standalone: bool) -> PageFigure:
    return PageFigure(
        title=messages("page.title", title=edition.dataset.titled(messages.language)),
        language=messages.language,
        direction=messages.spoken.direction,
        no_script=messages("page.no_script"),
        standalone=standalone,
    )


def _map(edition: Edition) -> PageMap:
    longitude, latitude = edition.dataset.centre
    options: dict[str, Any] = {"zoom_snap": 0.25, "zoom_delta": 0.5, "wheel_px_per_zoom_level": 90}
    return PageMap(
        edition.version,
        location=(latitude, longitude),
        zoom_start=edition.dataset.zoom,
        min_zoom=LOWEST_ZOOM,
        max_zoom=HIGHEST_ZOOM,
        **options,
    )
