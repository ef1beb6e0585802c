"""A plain Folium map of one day, for notebooks and scripts; it needs no other host and runs none of its data."""

import re
from collections.abc import Iterable
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
from branca.element import Figure

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.domain.errors import UnknownLayer
from mapapp.domain.measure import holders_of
from mapapp.render import leaflet_files
from mapapp.render.caption import Caption
from mapapp.render.look import Look, look_of
from mapapp.resources.messages import Messages

SHOWN = ("control", "zone", "river", "position")
HARMLESS = re.compile(r"[\w \-.,:()/]", re.ASCII)
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
NO_COLOUR = "#888888"
FIELDS = {
    "zone": ("name", "stage", "note", "source"),
    "position": ("name", "kind", "unit", "since", "confidence", "note", "source"),
    "place": ("name", "kind", "note", "source"),
    "event": ("title", "source"),
    "bank": ("bank", "source"),
    "river": ("name", "source"),
    "estimate": ("name",),
}


def plain_text(value: object) -> str:
    """Return text as HTML that shows it as it is and that no template reads as code.

    Folium compiles what it is given as a Jinja template on the server, and puts it into a script and into HTML in the
    browser. Everything but plain letters, digits and a few marks becomes a numeric character reference.
    """
    text = str(value).encode("utf-8", "replace").decode("utf-8")
    return "".join(letter if letter.isalpha() or HARMLESS.match(letter) else f"&#{ord(letter)};" for letter in text)


def map_of(edition: Edition, day: str, *, messages: Messages, show: Iterable[str] = SHOWN) -> folium.Map:
    """Return a Folium map of the layers `show` of an edition on a day, an ISO text.

    It is a folium.Map like any other: add to it, save it, show it in a notebook; Leaflet travels inside it. Raises
    NotADay, DayOutsideDataset, UnknownLayer. Cost: about a tenth of a second, and 0.7 MB of HTML.
    """
    day = edition.dataset.check_day(day)
    names = list(dict.fromkeys(show))
    for name in names:
        if name not in edition.layers:
            raise UnknownLayer("layer", name=name, known=", ".join(sorted(edition.layers)))
    return _PlainMap(edition, day, messages).build(names)


class _PlainMap:
    """Put the layers of one day on a folium.Map."""

    def __init__(self, edition: Edition, day: str, messages: Messages) -> None:
        self.edition, self.day, self.say = edition.speaking(messages.language), day, messages
        self.look: Look = look_of(edition)
        self.caption = Caption(edition, day, messages)
        self.map = _empty_map(self.edition, day, colour_of(self.look.ground["sea"]))

    def build(self, names: list[str]) -> folium.Map:
        self._add_ground()
        for name in names:
            if name == "control":
                self._add_holders()
            elif name != "boundary":
                self._add_layer(name)
        folium.LayerControl(collapsed=False).add_to(self.map)
        return self.map

    def _add_ground(self) -> None:
        rows = self.edition.layers["boundary"]
        credit = plain_text(self.caption.credit)
        colours = {"neighbour": ("land", "coast"), "country": ("no_data", "country"), "lake": ("lake", "river")}
        for kind, (fill, line) in colours.items():
            style = self._style(self.look.ground[fill], self.look.ground[line], weight=1, opacity=1)
            own = rows[rows["kind"] == kind]
            self._add(own, style, "", (), control=False, interactive=False, attribution=credit)

    def _add_holders(self) -> None:
        """Add a layer for each actor that holds ground, largest first: the control of layers is the legend."""
        rows = self.edition.slice("control", self.day)
        holders = holders_of(rows)
        rows = rows.assign(holder=[self.caption.holder(holder) for holder in holders], since=rows["valid_from"])
        for holder, share in self.caption.shares.items():
            if holder.status == "control":
                words = f"{self.caption.holder(holder)} {self.caption.percent(share)}"
                self._add_held(rows[[one == holder for one in holders]], [holder], words, holder)
        pairs = [holder for holder in self.caption.shares if holder.status != "control"]
        for holder in pairs[:1]:
            shared = rows[[one.status != "control" for one in holders]]
            parties = [one for one in holders if one.status != "control"]
            self._add_held(shared, parties, self.say("plain.layer.shared"), holder)

    def _add_held(self, rows: gpd.GeoDataFrame, holders: list[Holder], words: str, sample: Holder) -> None:
        """Add areas of `holders`, one each row, under a name with a square of each colour of the sample."""
        colours = [colour_of(colour) for colour in self.look.style(sample).colours]
        own = [self._held_style(holder) for holder in holders]
        styled = rows.assign(own=own if len(own) == len(rows) else own * len(rows))
        self._add(styled, own[0], _swatch(colours, words), ("holder", "since"))

    def _held_style(self, holder: Holder) -> dict[str, Any]:
        look = self.look.style(holder)
        first, *others = look.colours
        style = self._style(first, others[0] if others else look.line, weight=1, opacity=1)
        return style | ({"dashArray": "6 6", "weight": 3} if others else {})

    def _add_layer(self, name: str) -> None:
        rows = self.edition.slice(name, self.day)
        rows = rows.assign(since=rows["valid_from"]) if "valid_from" in rows else rows
        if name == "position":
            rows = rows.assign(own=[{"fillColor": colour_of(self.look.lines.get(key, ""))} for key in rows["actor"]])
        ground = self.look.ground
        style = {
            "zone": self._style(ground["zone"], ground["zone"], weight=2, opacity=0.08),
            "river": {**self._style("", ground["river"], weight=2, opacity=0), "fill": False},
            "estimate": self._style(ground["casing"], ground["faint"], weight=1, opacity=0.35),
            "bank": {**self._style(ground["zone"], ground["zone"], weight=2, opacity=0.05), "dashArray": "6 4"},
        }.get(name, self._style(ground["label"], ground["casing"], weight=1.5, opacity=1))
        fields = tuple(field for field in FIELDS[name] if field in rows)
        self._add(rows, style, plain_text(self.say(f"plain.layer.{name}")), fields)

    def _add(
        self, rows: gpd.GeoDataFrame, style: dict[str, Any], name: str, fields: tuple[str, ...], **options: Any
    ) -> None:
        """Add rows as one layer with a tooltip of `fields`; every text is made harmless on the way."""
        if rows.empty:
            return
        features = [self._feature(index, row, fields) for index, row in enumerate(rows.itertuples(index=False))]
        layer = folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            name=name,
            style_function=lambda feature: style | feature["properties"].get("own", {}),
            marker=folium.CircleMarker(radius=5),
            smooth_factor=0.5,
            **options,
        )
        if fields:
            labels = [plain_text(self.say(f"plain.field.{field}")) for field in fields]
            folium.GeoJsonTooltip(list(fields), labels, sticky=True).add_to(layer)
        layer.add_to(self.map)

    def _feature(self, index: int, row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
        values = {field: plain_text(_shown(getattr(row, field))) for field in fields}
        own = {"own": row.own} if hasattr(row, "own") else {}
        return {
            "type": "Feature",
            "id": index,
            "properties": values | own,
            "geometry": row.geometry.__geo_interface__,
        }

    def _style(self, fill: str, line: str, *, weight: float, opacity: float) -> dict[str, Any]:
        colours = {"fillColor": colour_of(fill), "color": colour_of(line)}
        return {**colours, "weight": weight, "fill": True, "fillOpacity": opacity, "opacity": 0.9}


def colour_of(text: str) -> str:
    """Return a colour #RRGGBB; grey for any other text, which is data and must not reach a script."""
    return text if COLOUR.fullmatch(text) else NO_COLOUR


def _empty_map(edition: Edition, day: str, sea: str) -> folium.Map:
    dataset = edition.dataset
    made = folium.Map(
        location=(dataset.centre[1], dataset.centre[0]), zoom_start=round(dataset.zoom), tiles=None, control_scale=True,
        prefer_canvas=True, font_size="13px",
    )  # fmt: skip
    made.default_js = [("leaflet", leaflet_files.script_url())]
    made.default_css = [("leaflet_css", leaflet_files.style_url(sea))]
    figure = made.get_root()
    assert isinstance(figure, Figure)
    figure.title = plain_text(f"{dataset.titled(edition.language)}, {day}")
    return made


def _swatch(colours: Iterable[str], words: str) -> str:
    """Return the words of a row of the legend behind a square of each colour."""
    squares = "".join(f'<span style="color:{colour}">&#9632;</span>' for colour in colours)
    return f"{squares} {plain_text(words)}"


def _shown(value: Any) -> Any:
    return "" if pd.isna(value) else value
