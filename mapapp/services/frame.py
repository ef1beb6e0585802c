"""The map as others put it into their pages: the code of a frame, and what oEmbed answers about an address of ours."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from mapapp.domain.edition import Edition
from mapapp.domain.views import Mode, View, read_mode, read_view
from mapapp.render.look import PALETTES, check_palette
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.base_maps import base_map
from mapapp.services.catalog import DRAWN, check_drawn, open_edition
from mapapp.services.story import opening
from mapapp.services.words import day_in_words

WIDTH, HEIGHT = 960, 640
"""Pixels of a frame that nobody limits."""

PATHS = ("/", "/embed")
"""The addresses that show a map."""

SCHEMES = ("http", "https")
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Framed:
    """The map that a frame opens on; `pinned` names the version, so that the frame never shows another."""

    edition: Edition
    day: str
    layers: tuple[str, ...] = DRAWN
    pinned: bool = False
    language: str = "en"
    palette: str = PALETTES[0]
    base: str = ""
    compare: str | None = None
    mode: Mode | None = None
    view: View | None = None
    story: str | None = None

    @property
    def query(self) -> str:
        """Return the parameters under which both the map and its page open."""
        named = {"dataset": self.edition.dataset.name, "date": self.day}
        chosen = {"layers": ",".join(self.layers)} if self.layers != DRAWN else {}
        others = {"base": self.base, "compare": self.compare, "mode": self.mode, "view": self.view, "story": self.story}
        more = {key: value for key, value in others.items() if value}
        return urlencode(named | self._version | chosen | {"lang": self.language} | self._painted | more, safe=",")

    @property
    def _version(self) -> dict[str, str]:
        return {"version": self.edition.version} if self.pinned else {}

    @property
    def _painted(self) -> dict[str, str]:
        return {"palette": self.palette} if self.palette != PALETTES[0] else {}

    @property
    def picture(self) -> str:
        """Return the address of the picture of the day, relative to the site."""
        asked = urlencode({"date": self.day} | self._version | {"lang": self.language} | self._painted)
        return f"api/datasets/{quote(self.edition.dataset.name)}/picture.png?{asked}"


def frame_code(framed: Framed, site: str, words: Messages, width: str = "100%", height: int = HEIGHT) -> str:
    """Return the HTML of a frame with the map, and of the picture where scripts are off; `site` is our own address."""
    base, title = site.rstrip("/"), framed.edition.dataset.titled(words.language)
    date = day_in_words(framed.day, words)
    return fill(
        "embed_code",
        src=f"{base}/embed?{framed.query}",
        title=words("embed.frame_title", title=title, date=date),
        width=width,
        height=height,
        link=f"{base}/?{framed.query}",
        picture=f"{base}/{framed.picture}",
        alt=words("embed.picture", title=title, date=date),
    ).strip()


def read_address(url: str, site: str) -> Framed | None:
    """Return the map that an address of ours shows; None for any other address.

    Raises UnknownDataset, UnknownVersion, UnknownLayer, UnknownPalette, NotADay, DayOutsideDataset, BadMode, ModeAlone,
    BadView or UnknownStop for one that shows none.
    """
    try:
        asked, own = urlsplit(url), urlsplit(site)
    except ValueError:
        return None
    if asked.scheme not in SCHEMES or asked.netloc.lower() != own.netloc.lower() or (asked.path or "/") not in PATHS:
        return None
    named = {name: values[0] for name, values in parse_qs(asked.query).items()}
    edition = open_edition(named.get("dataset"), named.get("version"))
    stop = opening(edition, named.get("story"))
    compare = edition.dataset.check_day(named["compare"], "compare") if named.get("compare") else None
    return Framed(
        edition=edition,
        day=edition.dataset.check_day(named.get("date", stop.day if stop else edition.dataset.default_day)),
        layers=check_drawn(edition, named["layers"]) if "layers" in named else DRAWN,
        pinned="version" in named,
        palette=check_palette(named.get("palette", PALETTES[0])),
        base=tiles.key if (tiles := base_map(named.get("base"))) else "",
        compare=compare,
        mode=read_mode(named["mode"], compare) if named.get("mode") else None,
        view=read_view(named["view"]) if named.get("view") else None,
        story=stop.id if stop else named.get("story"),
    )


def oembed(framed: Framed, site: str, words: Messages, widest: int = WIDTH, highest: int = HEIGHT) -> dict[str, Any]:
    """Return the answer of oEmbed 1.0 of the type rich, within the pixels that the asking page allows."""
    width, height = min(widest, WIDTH), min(highest, HEIGHT)
    title, date = framed.edition.dataset.titled(words.language), day_in_words(framed.day, words)
    return {
        "version": "1.0",
        "type": "rich",
        "title": words("embed.frame_title", title=title, date=date),
        "provider_name": words("app.name"),
        "provider_url": f"{site.rstrip('/')}/",
        "cache_age": KEPT_SECONDS,
        "html": frame_code(framed, site, words, str(width), height),
        "width": width,
        "height": height,
    }


def discovery(url: str, site: str) -> str:
    """Return the `Link` header by which others find what oEmbed says of an address of ours."""
    return f'<{_told_at(url, site)}>; rel="alternate"; type="application/json+oembed"'


def introduction(framed: Framed, site: str, words: Messages) -> str:
    """Return the tags of a page's head by which others link to it: address, oEmbed, and the picture of its day."""
    base, title = site.rstrip("/"), framed.edition.dataset.titled(words.language)
    date, url = day_in_words(framed.day, words), f"{base}/embed?{framed.query}"
    return fill(
        "embed_head",
        url=url,
        oembed=_told_at(url, site),
        title=words("embed.frame_title", title=title, date=date),
        site=words("app.name"),
        locale=words.spoken.tag.replace("-", "_"),
        picture=f"{base}/{framed.picture}",
        alt=words("embed.picture", title=title, date=date),
    ).strip()


def _told_at(url: str, site: str) -> str:
    return f"{site.rstrip('/')}/oembed?{urlencode({'url': url, 'format': 'json'})}"
