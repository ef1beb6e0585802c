"""TemporalLayer: the Folium element that draws any day of an edition, in the browser, without asking a server."""

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any

from branca.element import Element, MacroElement
from xstatic.pkg import leaflet

from mapapp.render import fonts
from mapapp.render.temporal_layer.elements import HERE, Inline, JsonBlock, PageFigure, Verbatim

SCRIPTS = (
    "formats", "days", "dom", "icons", "topology", "fronts", "places", "history", "surface", "hatches", "base",
    "territory", "zones", "glyphs", "labels", "rivers", "distance", "overlay", "tiles", "popup", "tips", "player",
    "bars", "tongues", "timebar", "signs", "legend", "palette", "furniture", "story", "protocol", "views", "lock",
    "sides", "main",
)  # fmt: skip
STYLES = ("page", "story")
UNUSED_RULES = re.compile(r"[^{}]*\{[^{}]*(?:url\(|behavior:)[^{}]*\}")
COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
FACES: dict[fonts.Family, str] = {"sans": "Mapapp Sans", "arabic": "Mapapp Arabic"}


class TemporalLayer(MacroElement):
    """Puts Leaflet, fonts, our scripts and the data blocks of an edition into the page of the map it is added to.

    `blocks` are data by name; `start` is the finished block that differs from request to request; `letters` are those
    that may come with it.
    """

    def __init__(self, blocks: dict[str, object], start: Verbatim, letters: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's constructor is not typed
        self._name = "TemporalLayer"
        self.blocks = blocks
        self.start = start
        self.letters = letters

    def render(self, **_: Any) -> str:
        """Add all parts to the page's header and tail, nothing here; nothing passes through a template."""
        figure = self.get_root()
        assert isinstance(figure, PageFigure)
        data = {name: JsonBlock(name, block) for name, block in self.blocks.items()}
        letters = frozenset("".join(block.text for block in data.values()) + self.letters)
        for name, part in {
            "faces": Inline("style", font_faces(letters)),
            "leaflet_style": Inline("style", leaflet_style()),
            "page_style": Inline("style", own_style()),
            "leaflet": Inline("script", leaflet_script()),
        }.items():
            figure.header.add_child(part, name=name)
        parts: dict[str, Element] = {**data, "start": self.start, "scripts": Inline("script", own_script())}
        for name, element in parts.items():
            figure.tail.add_child(element, name=name)
        return ""


@cache
def own_script() -> str:
    """Return our scripts as one, in the order in which they build on each other."""
    texts = [(HERE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(texts) + "})();\n"


@cache
def own_style() -> str:
    """Return our style sheets as one."""
    return "\n".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


@cache
def leaflet_script() -> str:
    """Return Leaflet and what has to be set before a map is made."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.js").read_text(encoding="utf-8")
    return re.sub(r"//# sourceMappingURL=\S+\s*$", "", text) + (HERE / "motion.js").read_text(encoding="utf-8")


@cache
def leaflet_style() -> str:
    """Return Leaflet's style sheet without comments and without the rules that ask for pictures: we use none."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text(encoding="utf-8")
    return UNUSED_RULES.sub("", COMMENTS.sub("", text))


def font_faces(letters: frozenset[str]) -> str:
    """Return @font-face rules with the bundled fonts inside, cut to these letters and the basic ones."""
    rule = (HERE / "font-face.css").read_text(encoding="utf-8")
    return "".join(
        rule.replace("FAMILY", face).replace("FONT", base64.b64encode(fonts.web_font(family, letters)).decode())
        for family, face in FACES.items()
    )
