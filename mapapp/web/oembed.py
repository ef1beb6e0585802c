"""What others need to put the map into their pages: oEmbed, and the picture where scripts are off."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mapapp.domain.errors import BadOption, MapappError, Phrase
from mapapp.render.look import PALETTES, check_palette
from mapapp.resources.languages import ENGLISH, LANGUAGES
from mapapp.resources.messages import Messages
from mapapp.services import deliver
from mapapp.services.frame import HEIGHT, WIDTH, Framed, oembed, read_address
from mapapp.services.picture import order_picture
from mapapp.services.picture import picture as drawn
from mapapp.web.answers import OURS, PINNED, REVALIDATE, answer, as_json
from mapapp.web.parameters import Query

LARGEST = 10_000
"""Pixels; a larger limit is none."""


def oembed_json(request: Request) -> Response:
    """Answer what oEmbed says of an address of ours: 404 for any other address, 501 for another format than JSON."""
    query = Query(request, ("url", "format", "maxwidth", "maxheight"), strict=False)
    words = query.words(_language_of(query.get("url") or ""))
    if (query.get("format") or "json") != "json":
        raise HTTPException(501, words("embed.only_json"))
    widest, highest = _pixels(query, "maxwidth", WIDTH), _pixels(query, "maxheight", HEIGHT)
    framed = _framed(query.get("url") or "", str(request.base_url), words)
    told = oembed(replace(framed, language=words.language), str(request.base_url), words, widest, highest)
    return answer(request, as_json(told), "application/json", REVALIDATE)


def _framed(url: str, site: str, words: Messages) -> Framed:
    """Return the map at an address; whatever is wrong with the address, there is no map: 404."""
    try:
        framed = read_address(url, site)
    except MapappError as error:
        if isinstance(error, OURS):
            raise
        raise HTTPException(404, words.error(error)) from None
    if framed is None:
        raise HTTPException(404, words("embed.no_map_at"))
    return framed


def _language_of(url: str) -> str:
    """Return the language that an address names, English where it names none of ours."""
    try:
        asked = parse_qs(urlsplit(url).query).get("lang", [""])[0]
    except ValueError:
        return ENGLISH
    return asked if asked in (language.code for language in LANGUAGES) else ENGLISH


def _pixels(query: Query, name: str, default: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise BadOption(name, value=text[:20], option=name, expected=Phrase("pixels", "it is a number of pixels"))
    return min(int(text), LARGEST)


def picture(request: Request) -> Response:
    """Give the picture of a day, the dataset's own day when none is named; one is drawn at a time."""
    query = Query(request, ("date", "version", "palette"))
    edition = query.edition(request.path_params["name"])
    day, words = query.day(edition, "date", edition.dataset.default_day), query.words()
    palette = check_palette(query.get("palette") or PALETTES[0])
    png = drawn(edition, order_picture(edition, {"date": day, "palette": palette, "lang": words.language}))
    return answer(request, deliver.Body(png.content), "image/png", PINNED if query.get("version") else REVALIDATE)


ROUTES = [Route("/oembed", oembed_json), Route("/api/datasets/{name}/picture.png", picture)]
