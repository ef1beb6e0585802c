"""The page with the map, for the application's own frame and for those of newspapers."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mapapp.domain.edition import Edition
from mapapp.domain.errors import DayOutsideDataset, MapappError
from mapapp.domain.views import read_mode, read_view
from mapapp.render.look import PALETTES, check_palette
from mapapp.render.page import Start
from mapapp.resources.messages import Messages, messages
from mapapp.resources.pages import fill, text_of
from mapapp.services import catalog, deliver
from mapapp.services.base_maps import base_map, base_maps
from mapapp.services.compare import compare_geojson
from mapapp.services.draft_map import draft_edition
from mapapp.services.frame import Framed, discovery, introduction
from mapapp.services.show import nearest_day
from mapapp.services.story import opening
from mapapp.services.update.drafts import find
from mapapp.settings import settings
from mapapp.web.answers import PINNED, REVALIDATE, answer, broken, status_of
from mapapp.web.parameters import LANG, Query, accepted_language, words_for

SANDBOX = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
SHOWN = ("dataset", "version", "date", "layers", "lang", "palette", "compare", "mode", "view", "base", "story")
KNOWN = (*SHOWN, "frame", "draft")
VARY = "Accept-Encoding, Accept-Language"


def embed(request: Request) -> Response:
    """Answer with the map on a day; a wrong value gives a small page with the sentence and a way on."""
    try:
        return _page(request)
    except MapappError as error:
        return _error_page(error, words_for(request, guess=True))


def _page(request: Request) -> Response:
    query = Query(request, KNOWN, strict=False)  # sites and mailers add parameters of their own to links
    draft = query.get("draft")
    edition = draft_edition(find(draft)) if draft else query.edition(query.get("dataset"))
    stop = opening(edition, query.get("story"))
    day = query.day(edition, "date", stop.day if stop else edition.dataset.default_day)
    language = query.words(accepted_language(request)).language
    layers = catalog.check_drawn(edition, query.get("layers") or "") if query.has("layers") else None
    base = base_map(query.get("base"))
    inside = query.get("frame") == "app"  # where the application says itself what there is to choose, and what is newer
    newer = None if inside else getattr(request.state, "newer", None)
    bases = () if inside else tuple((tiles.key, tiles.name) for tiles in base_maps())
    start = Start(
        day=day,
        layers=layers,
        lang=language,
        parents=("self", *settings().embed_parents),
        palette=check_palette(query.get("palette") or PALETTES[0]),
        newer=newer,
        base=base,
        bases=bases,
        story=query.has("story"),
        stop=stop.id if stop else None,
        view=read_view(query.get("view") or "") if query.has("view") else None,
        languages=not inside,
        **_compared(query, edition),
    )
    head = "" if inside else _introduction(query, request, edition, start)
    policy = f"{SANDBOX}; {deliver.map_page(edition, language).policy_with(base)}; frame-ancestors *"
    headers = {"Content-Security-Policy": policy, "Link": discovery(str(request.url), str(request.base_url))}
    headers |= {} if query.get(LANG) else {"Vary": VARY}
    cache = "no-store" if draft else PINNED if query.get("version") else REVALIDATE
    return answer(
        request, deliver.page_html(edition, start, _overlay(edition, start), head), "text/html", cache, headers
    )


def _compared(query: Query, edition: Edition) -> dict[str, Any]:
    """Return the day to compare with and the way to show both, where the query names them."""
    text = query.get("compare")
    other = edition.dataset.check_day(text, "compare") if text else None
    mode = query.get("mode")
    return {"compare": other, "mode": read_mode(mode, other) if mode else None}


def _introduction(query: Query, request: Request, edition: Edition, start: Start) -> str:
    """Return the tags of the head; an address that names no version has none in them either."""
    framed = Framed(
        edition,
        start.day,
        catalog.DRAWN if start.layers is None else start.layers,
        query.has("version"),
        start.lang,
        palette=start.palette,
        base=start.base.key if start.base else "",
        compare=start.compare,
        mode=start.mode,
        view=start.view,
        story=start.stop or query.get("story"),
    )
    return introduction(framed, settings().public_url or str(request.base_url), messages(start.lang))


def _overlay(edition: Edition, start: Start) -> bytes:
    """Return what the page hatches: the ground that changed hands, where two days are compared and one is drawn."""
    if start.compare is None or start.mode or start.compare == start.day:
        return b"null"
    first, last = sorted((start.compare, start.day))
    return compare_geojson(edition, first, last).plain


def _error_page(error: MapappError, words: Messages) -> Response:
    status = status_of(error)
    if status == 500:
        return broken(error, words)
    style = text_of("embed_error.css")
    sentence = words("web.not_ready") if status == 503 else words.error(error)
    html = fill("embed_error", sentence=sentence, link=_way_on(error, words.language), words=words, style=style)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"{SANDBOX}; default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors *"
    return HTMLResponse(html, status, headers={"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def _way_on(error: MapappError, language: str) -> str:
    """Return an address that works: the nearest day for one outside the span, else the page as it opens."""
    if not isinstance(error, DayOutsideDataset):
        return "embed?" + urlencode({LANG: language})
    spans = [dataset for dataset, _version in catalog.listed()]
    dataset = next(span for span in spans if span.first_day == error.values["first_day"])
    return "embed?" + urlencode(
        {"dataset": dataset.name, "date": nearest_day(dataset, str(error.values["day"])), LANG: language}
    )


ROUTES = [Route("/embed", embed)]
