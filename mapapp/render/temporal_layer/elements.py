"""Folium and branca elements that never read data, JavaScript or CSS as a template."""

import base64
import hashlib
import json
from importlib.resources import files
from typing import Any, Literal

import folium
from branca.element import Element, Figure
from folium.template import Template
from jinja2 import Environment, PackageLoader

HERE = files(__package__)
PAGES = Environment(loader=PackageLoader(__package__, "."), autoescape=False)  # noqa: S701  (page.jinja escapes; its parts are finished markup)


class Verbatim(Element):
    """An element whose text goes out as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_: Any) -> str:
        """Return the text, untouched."""
        return self.text


class Inline(Verbatim):
    """A script or style of ours, inside the page; `source` is its hash for the page's policy."""

    def __init__(self, tag: Literal["script", "style"], text: str) -> None:
        if f"</{tag}" in text.lower():
            raise ValueError(f"a {tag} cannot hold its own end tag")
        super().__init__(f"<{tag}>{text}</{tag}>")
        self.tag = tag
        self.source = f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class JsonBlock(Verbatim):
    """Data as a JSON block that no parser of HTML or JavaScript can read as anything else."""

    def __init__(self, name: str, data: object) -> None:
        super().__init__(json_block(name, to_json(data)))


def json_block(name: str, text: str) -> str:
    """Return the markup of the JSON block of that name."""
    return f'<script type="application/json" id="mapapp-{name}">{text}</script>'


def to_json(data: object) -> str:
    """Return data as JSON without `<` and the line separators that scripts stumble over; ValueError for NaN."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class PageFigure(Figure):
    """A Folium figure rendered as one self-contained page, under a policy of hashes.

    `policy` is known after rendering; with `standalone` it stands in the page itself.
    """

    def __init__(self, *, title: str, language: str, direction: str, no_script: str, standalone: bool) -> None:
        super().__init__(title=title)
        self.header = Element()
        self.header._parent = self  # noqa: SLF001  (as branca's own constructor does)
        self.tail = Element()
        self.tail._parent = self  # noqa: SLF001  (the same)
        self.language, self.direction, self.no_script = language, direction, no_script
        self.standalone = standalone
        self.policy = ""

    def render(self, **kwargs: Any) -> str:
        """Return the page. Children are rendered first, as they put their parts into header, html, script and tail."""
        for child in self._children.values():
            child.render(**kwargs)
        start = Inline("script", self.script.render(**kwargs).strip())
        elements = [*self.header._children.values(), start, *self.tail._children.values()]  # noqa: SLF001  (ours)
        self.policy = page_policy([element for element in elements if isinstance(element, Inline)])
        return PAGES.get_template("page.jinja").render(
            title=self.title,
            language=self.language,
            direction=self.direction,
            no_script=self.no_script,
            policy=self.policy if self.standalone else "",
            header=_joined(self.header),
            body=_joined(self.html),
            tail="\n".join([start.text, _joined(self.tail)]),
        )


def _joined(element: Element) -> str:
    return "\n".join(child.render().strip() for child in element._children.values())  # noqa: SLF001  (branca has no other way)


def page_policy(inlines: list[Inline]) -> str:
    """Return a Content-Security-Policy that lets these scripts and styles run and nothing be fetched."""
    of = {
        tag: " ".join(dict.fromkeys(part.source for part in inlines if part.tag == tag)) for tag in ("script", "style")
    }
    return (
        f"default-src 'none'; script-src {of['script']}; style-src {of['style']}; "
        "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
    )


class PageMap(folium.Map):
    """A Folium map without anything from another host, and with a name that is the same in every process."""

    _template = Template((HERE / "map.jinja").read_text(encoding="utf-8"))

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(tiles=None, zoom_control=False, attribution_control=False, **options)
        self._id = name
        self.default_js = []
        self.default_css = []
