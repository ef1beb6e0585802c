"""The data of an edition as files of other programs: a day or a span, some layers or all, each made once."""

import io
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from urllib.parse import urlencode

import geopandas as gpd

from mapapp.domain.edition import Edition
from mapapp.domain.history import Version
from mapapp.resources.messages import Messages, messages
from mapapp.services.data_formats import write_csv, write_topojson
from mapapp.services.data_geopackage import write_geopackage
from mapapp.services.data_order import MEDIA_TYPES, DataOrder, about, base_name, tables
from mapapp.services.data_readme import citation_cff, readme
from mapapp.services.export_html import File
from mapapp.services.geojson import write_geojson, write_layers
from mapapp.services.heavy import HEAVY
from mapapp.services.memory import Memory
from mapapp.services.stock import stock
from mapapp.services.versions import find_version, moment
from mapapp.settings import settings

LARGEST_KEPT = 16_000_000
"""Bytes of a file that is remembered for the next who asks; larger ones are made anew."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a zip, so that equal content makes equal bytes."""

Tables = dict[str, gpd.GeoDataFrame]

_files: Memory[File] = Memory(entries=6)
_sizes: Memory[int] = Memory(entries=400)


def forget() -> None:
    """Drop every file."""
    _files.clear()
    _sizes.clear()


def export_data(edition: Edition, order: DataOrder, site: str = "", language: str = "en") -> File:
    """Return the file of an order; `site` is our own address, without it no link; `language` is of a zip's texts.

    Cost: up to seconds for a whole history; raises TooBusy when too many ask at once.
    """
    key = _key(edition, order, site, language)
    made = _files.get(key, lambda: _make(edition, order, site, messages(language)))
    _sizes.get(key, lambda: len(made.content))
    if len(made.content) > LARGEST_KEPT:
        _files.drop(key)
    return made


def size_made(edition: Edition, order: DataOrder, site: str = "", language: str = "en") -> int | None:
    """Return how many bytes the file of an order has, None where nobody asked for it yet."""
    key = _key(edition, order, site, language)
    return _sizes.get(key, lambda: 0) if _sizes.has(key) else None


def _key(edition: Edition, order: DataOrder, site: str, language: str) -> tuple[object, ...]:
    return edition.dataset.name, edition.version, order, site.rstrip("/"), language if order.format == "zip" else ""


def map_link(edition: Edition, order: DataOrder, site: str) -> str:
    """Return the address at which the map of these data stays; empty without a site."""
    named = {"dataset": edition.dataset.name, "date": order.day, "version": edition.version}
    query = urlencode({name: value for name, value in named.items() if value})
    return f"{site.rstrip('/')}/?{query}" if site else ""


def _make(edition: Edition, order: DataOrder, site: str, words: Messages) -> File:
    link, version = map_link(edition, order, site), find_version(edition.dataset.name, edition.version)
    with HEAVY.take():
        rows = tables(edition, order)
        if order.format == "zip":
            content = _zip(_members(edition, order, rows, version, link, words))
        else:
            content = _write(edition, order, order.format, rows, version, link)
    return File(content, MEDIA_TYPES[order.format], f"{base_name(edition, order)}.{order.format}")


def _write(edition: Edition, order: DataOrder, kind: str, rows: Tables, version: Version, link: str) -> bytes:
    """Return the layers in one of the formats that is a single file."""
    told = about(edition, order, link)
    if kind == "gpkg":
        return write_geopackage(rows, order.day, told, moment(version.at))
    if kind == "topojson":
        return write_topojson(rows, {"about": told})
    if kind == "csv":
        return write_csv(rows, order.day)
    if len(rows) == 1:
        ((name, only),) = rows.items()
        return write_geojson(only, **{**told, "layer": name})
    return write_layers(rows, **told)


def _members(
    edition: Edition, order: DataOrder, rows: Tables, version: Version, link: str, words: Messages
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a zip: the texts, then all layers in every format."""
    yield "README.md", readme(edition, order, rows, version, link, words).encode()
    yield "CITATION.cff", citation_cff(edition, order, version, link).encode()
    if settings().layers_dir is None and edition.dataset.name == stock().first:
        yield "LICENCES.md", (files("geodata") / "LICENCES.md").read_bytes()
    for name, only in rows.items():
        for kind in ("geojson", "csv"):
            yield f"{kind}/{name}.{kind}", _write(edition, order, kind, {name: only}, version, link)
    for kind in ("gpkg", "topojson"):
        yield f"{base_name(edition, order)}.{kind}", _write(edition, order, kind, rows, version, link)


def _zip(members: Iterator[tuple[str, bytes]]) -> bytes:
    """Return a zip whose bytes depend on nothing but its members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
