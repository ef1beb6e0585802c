"""The interactive map as one file: it opens from a disk, asks no one for anything, and carries its own policy."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mapapp.domain.edition import Edition
from mapapp.domain.views import read_mode, read_view
from mapapp.render.look import PALETTES, check_palette
from mapapp.render.page import MapPage, Start, build_page
from mapapp.resources.messages import Messages, messages
from mapapp.services.catalog import check_drawn
from mapapp.services.compare import compare_geojson
from mapapp.services.deliver import map_page
from mapapp.services.heavy import HEAVY
from mapapp.services.memory import Memory
from mapapp.services.story import opening, story_block

ASKED = ("date", "layers", "palette", "view", "compare", "mode", "story")
"""What may be asked for beside dataset, version and language; each means what it means for the embedded page."""

MEDIA_TYPE = "text/html"

_pages: Memory[MapPage] = Memory(entries=4)


@dataclass(frozen=True)
class File:
    """A file to hand out: its bytes, what they are, and a name that says what it shows."""

    content: bytes
    media_type: str
    name: str


def forget() -> None:
    """Drop every page."""
    _pages.clear()


def order_html(edition: Edition, asked: Mapping[str, str], words: Messages) -> Start:
    """Return how the file opens, from checked texts; layers that are not named are all drawn.

    Raises NotADay, DayOutsideDataset, UnknownLayer, UnknownPalette, UnknownStop, BadView, BadMode or ModeAlone.
    """
    stop = opening(edition, asked.get("story") or None)
    compared = edition.dataset.check_day(asked["compare"], "compare") if asked.get("compare") else None
    day = asked.get("date") or (stop.day if stop else edition.dataset.default_day)
    return Start(
        day=edition.dataset.check_day(day),
        layers=check_drawn(edition, asked["layers"]) if "layers" in asked else None,
        lang=words.language,
        palette=check_palette(asked.get("palette") or PALETTES[0]),
        story="story" in asked,
        stop=stop.id if stop else None,
        compare=compared,
        mode=read_mode(asked["mode"], compared) if asked.get("mode") else None,
        view=read_view(asked["view"]) if asked.get("view") else None,
    )


def export_html(edition: Edition, start: Start) -> File:
    """Return the file. Cost: seconds for the first of a version and language; raises TooBusy when too many ask."""
    key = edition.dataset.name, edition.version, start.lang
    page = _pages.get(key, lambda: _build(edition, start.lang))
    story = story_block(edition, messages(start.lang)) if start.story else None
    html = page.html(start, story, _overlay(edition, start))
    return File(html.encode(), MEDIA_TYPE, html_name(edition, start))


def estimate_bytes(edition: Edition, start: Start) -> int:
    """Return how many bytes the file will have, to a hundredth: as many as the page that the server gives itself."""
    page = map_page(edition, start.lang)
    story = story_block(edition, messages(start.lang)) if start.story else None
    return len(page.html(start, story, _overlay(edition, start)).encode()) + len(page.policy)


def html_name(edition: Edition, start: Start) -> str:
    """Return the name of the file: ASCII whatever the dataset is called."""
    named = f"{edition.dataset.name}_{start.day}_{edition.version}_{start.lang}"
    return f"{plain_name(named)}.html"


def plain_name(text: str) -> str:
    """Return a text as part of a file's name: only letters, digits, dots and a few signs, all of them ASCII."""
    return re.sub(r"[^A-Za-z0-9._@-]+", "-", text)


def _build(edition: Edition, language: str) -> MapPage:
    with HEAVY.take():
        return build_page(edition, messages(language), standalone=True)


def _overlay(edition: Edition, start: Start) -> Any:
    """Return what is hatched: the ground that changed hands, where two days are compared and one is drawn."""
    if start.compare is None or start.mode or start.compare == start.day:
        return None
    first, last = sorted((start.compare, start.day))
    return json.loads(compare_geojson(edition, first, last).plain)
