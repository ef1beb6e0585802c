"""The background maps that the settings allow: none unless named, each under its own provider's terms."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import xyzservices
from xyzservices import providers

from mapapp.domain.errors import BadOption, Phrase
from mapapp.render.tiles import Tiles
from mapapp.settings import Settings, refuse, settings

OWN = "own"
"""The key of the tiles whose address stands in MAPAPP_BASE_MAP_URL."""

LEFT_TO_THE_PAGE = frozenset("xyzsr")
MERCATOR = "EPSG:3857"
WANT_A_REFERER = frozenset({"tile.openstreetmap.org"})
"""Hosts whose terms ask for the address of the page, which a page in a sandbox never sends."""


def base_maps(chosen: Settings | None = None) -> tuple[Tiles, ...]:
    """Return what a reader may choose from, in the order of the settings; nothing is asked of any provider.

    Raises BadOption for a name that xyzservices does not know and for a provider that cannot be used here.
    """
    chosen = chosen or settings()
    named = tuple(_provided(name) for name in chosen.base_maps)
    return (*_own(chosen), *named)


def base_map(key: str | None) -> Tiles | None:
    """Return the background map of that key; None for none. Raises BadOption where the settings do not allow it."""
    if not key:
        return None
    offered = base_maps()
    for tiles in offered:
        if tiles.key == key:
            return tiles
    keys = ", ".join(tiles.key for tiles in offered)
    expected = (
        Phrase("bases", "the background maps here are {known}", known=keys)
        if keys
        else Phrase("no_bases", "no background map is offered here")
    )
    raise BadOption("base", value=key[:60], option="base", expected=expected)


def _own(chosen: Settings) -> Iterator[Tiles]:
    if chosen.base_map_url:
        host = urlsplit(chosen.base_map_url).hostname or ""
        yield Tiles(OWN, host, chosen.base_map_url, ((chosen.base_map_credit, ""),))


def _provided(name: str) -> Tiles:
    known = providers.flatten()
    if name not in known:
        raise refuse("BASE_MAPS", name, "it takes names of xyzservices such as OpenTopoMap")
    provider = known[name]
    if reason := _reason_against(provider):
        raise refuse("BASE_MAPS", name, reason)
    return Tiles(
        key=name,
        name=name.replace(".", " "),
        url=_template(provider),
        credit=_links(str(provider["html_attribution"])),
        subdomains=tuple(provider.get("subdomains", "abc")) if "{s}" in provider.url else (),
        min_zoom=int(provider.get("min_zoom", 0)),
        max_zoom=int(provider.get("max_zoom", 18)),
    )


def _reason_against(provider: xyzservices.TileProvider) -> str:
    """Return why tiles of a provider cannot be shown, nothing where they can."""
    parts = urlsplit(provider.url)
    reasons: dict[str, Any] = {
        "it needs a key; put its address with the key into MAPAPP_BASE_MAP_URL": provider.requires_token(),
        "xyzservices marks it as broken": provider.get("status") == "broken",
        "it must be in web Mercator": provider.get("crs", MERCATOR) != MERCATOR or provider.get("tms"),
        "it must be served over https": parts.scheme != "https",
        "it must use tiles of 256 pixels": provider.get("tileSize", 256) != 256 or provider.get("zoomOffset"),
        "its terms ask for the address of the page, which a page in a sandbox does not send; serve tiles of your own "
        "under MAPAPP_BASE_MAP_URL": parts.netloc in WANT_A_REFERER,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _template(provider: xyzservices.TileProvider) -> str:
    """Return the address with everything filled in that does not differ from tile to tile."""
    return re.sub(
        r"\{(\w+)\}",
        lambda found: found[0] if found[1] in LEFT_TO_THE_PAGE else str(provider[found[1]]),
        provider.url,
    )


def _links(html: str) -> tuple[tuple[str, str], ...]:
    parser = _Credit()
    parser.feed(html)
    parser.close()
    return tuple((text, href) for text, href in parser.pieces if text)


class _Credit(HTMLParser):
    """Reads an attribution as pieces of text, each with the https address that it links to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, str]] = []
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where a link goes."""
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.startswith(("https://", "http://")):
            self._href = href

    def handle_endtag(self, tag: str) -> None:
        """Forget it where the link ends."""
        if tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        """Keep a piece."""
        self.pieces.append((data, self._href))
