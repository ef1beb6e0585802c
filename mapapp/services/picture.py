"""Pictures for the press as a service: orders read, addresses written, what was drawn remembered."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import nullcontext
from importlib.metadata import version as installed_version
from urllib.parse import urlencode

from mapapp.domain.edition import Edition
from mapapp.render.press.house import HouseStyle
from mapapp.render.press.marks import write_marks
from mapapp.render.press.options import PictureOptions
from mapapp.render.press.order import read_options
from mapapp.render.press.picture import Picture, draw_picture, file_name
from mapapp.render.press.picture import warm_up as warm_up_drawing
from mapapp.render.scene import DRAWN
from mapapp.services.memory import Memory
from mapapp.services.turns import Queue
from mapapp.settings import settings

__all__ = ["file_name", "forget", "map_link", "order_picture", "order_tag", "picture", "warm_up"]

_pictures: Memory[Picture] = Memory(entries=24)
_queue = Queue()


def forget() -> None:
    """Drop every picture."""
    _pictures.clear()


def warm_up(edition: Edition) -> None:
    """Make what the first picture would wait for. Cost: seconds."""
    warm_up_drawing(edition)


def order_picture(edition: Edition, asked: Mapping[str, str], style: HouseStyle | None = None) -> PictureOptions:
    """Return the checked options of a picture; see `read_options`. Raises Faults with all that is wrong."""
    return read_options(edition, asked, style)


def picture(edition: Edition, options: PictureOptions, site: str = "") -> Picture:
    """Return a picture, drawn once per version, options and site; `site` is our own address, without it no link.

    Raises PicturesWaiting when it would have to be drawn and too many wait for theirs.
    """
    link = map_link(edition, options, site) if site else ""
    key = (edition.dataset.name, edition.version, options, link)
    with nullcontext() if _pictures.has(key) else _queue.place(settings().limits["SNAPSHOTS_WAITING"]):
        return _pictures.get(key, lambda: draw_picture(edition, options, link))


def order_tag(edition: Edition, kind: str, asked: Mapping[str, str], site: str) -> str:
    """Return a tag that two orders share only when their pictures are the same, known before anything is drawn."""
    releases = [installed_version(package) for package in ("mapapp", "matplotlib")]
    told = [edition.dataset.name, edition.version, kind, sorted(asked.items()), site, releases]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]


def map_link(edition: Edition, options: PictureOptions, site: str) -> str:
    """Return the address at which the map of a picture is found, on that day and in that version for good."""
    own = {
        "lang": "" if options.language == "en" else options.language,
        "compare": options.compare,
        "palette": "bright" if options.palette == "bright" else "",
        "layers": "" if options.layers == set(DRAWN) else ",".join(name for name in DRAWN if name in options.layers),
        "marks": write_marks(options.marks) if options.marks else "",
    }
    named = {"dataset": edition.dataset.name, "date": options.day, "version": edition.version}
    query = urlencode(named | {key: value for key, value in own.items() if value}, safe=",")
    return f"{site.rstrip('/')}/?{query}"
