"""The bytes that are handed out: topology, slices, statistics, the page; each made once per version."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import brotli
import geopandas as gpd
import pandas as pd

from mapapp.domain.contact import Post
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.domain.topology import encode, plain
from mapapp.render.page import MapPage, Start, build_page
from mapapp.resources.messages import messages
from mapapp.services.catalog import datasets
from mapapp.services.geojson import write_geojson
from mapapp.services.memory import Memory
from mapapp.services.picture import warm_up as warm_up_pictures
from mapapp.services.story import story_block

POLYGONS = {"Polygon", "MultiPolygon"}


@dataclass(frozen=True)
class Body:
    """The bytes of an answer, with a tag that changes when they do; compressed when first asked for.

    `known_as` is the tag where one was known before the bytes were; what is `packed` gains nothing by compression.
    """

    plain: bytes
    lasting: bool = False
    known_as: str = ""
    packed: bool = False

    @cached_property
    def tag(self) -> str:
        """Return the entity tag, quoted; weak, for it is one for all encodings."""
        return f'W/"{self.known_as or hashlib.sha256(self.plain).hexdigest()[:20]}"'

    @cached_property
    def gzip(self) -> bytes:
        """Return the bytes compressed with gzip, hard when they are kept for long."""
        return gzip.compress(self.plain, 9 if self.lasting else 6, mtime=0)

    @cached_property
    def brotli(self) -> bytes:
        """Return the bytes compressed with Brotli, hard (a second) when they are kept for long."""
        return bytes(brotli.compress(self.plain, quality=10 if self.lasting else 5))


_topologies: Memory[Body] = Memory(entries=4)
_slices: Memory[Body] = Memory(entries=96)
_statistics: Memory[Body] = Memory(entries=32)
_pages: Memory[MapPage] = Memory(entries=6)
_openings: Memory[Body] = Memory(entries=48)


def forget() -> None:
    """Drop everything that was made, for tests and after a change of settings."""
    for memory in (_topologies, _slices, _statistics, _pages, _openings):
        memory.clear()


def warm_up() -> None:
    """Make what people ask for first: the figures, the page, the type of pictures. Cost: seconds."""
    for edition in datasets():
        map_page(edition, messages().language)
        warm_up_pictures(edition)


def topology_json(edition: Edition) -> Body:
    """Return the whole history of every area layer as TopoJSON. Cost: seconds at first."""
    return _topologies.get(_key(edition), lambda: Body(_json(encode(_area_layers(edition))), lasting=True))


def layer_geojson(edition: Edition, layer: str, day: str) -> Body:
    """Return the slice of a layer on a checked day as GeoJSON; `layer` is one of the edition's."""
    dataset = edition.dataset.name
    return _slices.get(
        (*_key(edition), layer, day),
        lambda: Body(
            write_geojson(edition.slice(layer, day), dataset=dataset, version=edition.version, layer=layer, day=day)
        ),
    )


def stats_json(edition: Edition, first: str, last: str) -> Body:
    """Return km² by holder for the country and for each bank, from `first` to `last`, both included.

    One row per holder for the first day asked for and for each change day after it; it holds until the next.
    Raises BadOption when `first` is after `last`.
    """
    _check_span(first, last)
    return _statistics.get((*_key(edition), "stats", first, last), lambda: Body(_json(_stats(edition, first, last))))


def closest_json(edition: Edition, first: str, last: str) -> Body:
    """Return the closest posts of the two camps and their front, from `first` to `last`, both included.

    One row for the first day asked for and for each day on which something differs; it holds until the next.
    Raises BadOption when `first` is after `last`.
    """
    _check_span(first, last)
    return _statistics.get(
        (*_key(edition), "closest", first, last), lambda: Body(_json(_closest(edition, first, last)))
    )


def _check_span(first: str, last: str) -> None:
    if first > last:
        raise BadOption(
            "to", value=last, option="to", expected=Phrase("not_before", "it must not be before {first}", first=first)
        )


def map_page(edition: Edition, language: str) -> MapPage:
    """Return the page with the map and its time bar. Cost: seconds at first, free from then on."""
    return _pages.get((*_key(edition), language), lambda: build_page(edition, messages(language)))


def page_html(edition: Edition, start: Start, overlay: bytes = b"null", head: str = "") -> Body:
    """Return the page as `start` says it opens; `overlay` is the GeoJSON of what it hatches, `head` its tags."""
    return _openings.get((*_key(edition), start, head), lambda: Body(_page(edition, start, overlay, head).encode()))


def _page(edition: Edition, start: Start, overlay: bytes, head: str) -> str:
    story = story_block(edition, messages(start.lang)) if start.story else None
    return map_page(edition, start.lang).html(start, story, json.loads(overlay), head)


def _key(edition: Edition) -> tuple[str, str]:
    return edition.dataset.name, edition.version


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _area_layers(edition: Edition) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers whose features are polygons, control first."""
    areas = {name: layer for name, layer in edition.layers.items() if POLYGONS.issuperset(layer.geom_type)}
    return {"control": edition.layers["control"]} | {name: layer for name, layer in areas.items() if len(layer)}


def _stats(edition: Edition, first: str, last: str) -> dict[str, Any]:
    return {
        "dataset": edition.dataset.name,
        "version": edition.version,
        "area_km2": _rows(edition.stats.area_km2, ["day", "actor", "status", "parties", "km2"], first, last),
        "bank_km2": _rows(edition.stats.bank_km2, ["day", "bank", "actor", "status", "parties", "km2"], first, last),
    }


def _rows(table: pd.DataFrame, columns: list[str], first: str, last: str) -> list[dict[str, Any]]:
    """Return the rows in force on `first`, told as of that day, and those of the change days up to `last`."""
    start = table.loc[table["day"] <= first, "day"].max()
    chosen = table[(table["day"] >= start) & (table["day"] <= last)]
    days = chosen["day"].where(chosen["day"] > first, first)
    return [_row(row) for row in chosen.assign(day=days)[columns].to_dict("records")]


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    told = {str(key): plain(value) for key, value in row.items()}
    return told | {"actor": told["actor"] or None, "parties": told["parties"] or None, "km2": round(told["km2"], 3)}


def _closest(edition: Edition, first: str, last: str) -> dict[str, Any]:
    days = [day for day in edition.contact_days if first < day <= last]
    told = ((day, edition.closest_on(day)) for day in (first, *days))
    rows = [
        {
            "day": day,
            "km": round(pair.km, 3),
            "one": _post(pair.one),
            "other": _post(pair.other),
            "contact_km": round(edition.contact_km_on(day), 3),
        }
        for day, pair in told
        if pair
    ]
    return {"dataset": edition.dataset.name, "version": edition.version, "closest": rows}


def _post(post: Post) -> dict[str, Any]:
    return {"name": post.name, "kind": post.kind, "actor": post.actor, "lon": post.lon, "lat": post.lat}
