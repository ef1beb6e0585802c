"""What data somebody asks for: which layers of an edition, of which days, in which format, under which name."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, DaysTurnedRound, Phrase
from mapapp.domain.slicing import slice_between
from mapapp.services.catalog import check_layer
from mapapp.services.export_html import plain_name
from mapapp.services.geojson import tidy_shapes

MEDIA_TYPES = {
    "zip": "application/zip",
    "gpkg": "application/geopackage+sqlite3",
    "geojson": "application/geo+json",
    "csv": "text/csv",
    "topojson": "application/json",
}
FORMATS = tuple(MEDIA_TYPES)
SINGLE = ("geojson", "csv")
"""Formats that hold one table: they give the control layer unless others are named."""

ASKED = ("date", "from", "to", "layers")


@dataclass(frozen=True)
class DataOrder:
    """Layers by name, and the days from `first` to `last`, both included."""

    format: str
    first: str
    last: str
    layers: tuple[str, ...]

    @property
    def day(self) -> str | None:
        """Return the day of a slice, None for a span."""
        return self.first if self.first == self.last else None


def read_order(edition: Edition, kind: str, asked: Mapping[str, str]) -> DataOrder:
    """Return an order from texts: `date` for a slice, `from` and `to` for a span, neither for the whole history.

    Raises NotADay, DayOutsideDataset, DaysTurnedRound, UnknownLayer or BadOption.
    """
    if kind not in MEDIA_TYPES:
        known = Phrase("data_formats", "it takes one of {known}", known=", ".join(FORMATS))
        raise BadOption("format", value=kind[:20], option="format", expected=known)
    first, last = _days(edition, asked)
    return DataOrder(kind, first, last, _layers(edition, kind, asked.get("layers")))


def _days(edition: Edition, asked: Mapping[str, str]) -> tuple[str, str]:
    dataset, date = edition.dataset, asked.get("date")
    if date and (asked.get("from") or asked.get("to")):
        either = Phrase("day_or_span", "give either one day, or the first and the last of a span")
        raise BadOption("date", value=date[:40], option="date", expected=either)
    if date:
        return (dataset.check_day(date),) * 2
    first = dataset.check_day(asked.get("from") or dataset.first_day, "from")
    last = dataset.check_day(asked.get("to") or dataset.last_day, "to")
    if first > last:
        raise DaysTurnedRound("to", first=first, last=last)
    return first, last


def _layers(edition: Edition, kind: str, text: str | None) -> tuple[str, ...]:
    """Return the layers named with commas, in the order of the edition."""
    if text is None:
        return ("control",) if kind in SINGLE else tuple(edition.layers)
    named = {check_layer(edition, name.strip(), "layers") for name in text.split(",")}
    return tuple(name for name in edition.layers if name in named)


def tables(edition: Edition, order: DataOrder) -> dict[str, gpd.GeoDataFrame]:
    """Return the rows of each layer asked for, with the coordinates that every format gives: 6 decimals, no heights.

    Periods stay as they are, even where they begin before the span or end after it.
    """
    return {name: _tidy(slice_between(edition.layers[name], order.first, order.last)) for name in order.layers}


def _tidy(rows: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shapes = gpd.GeoSeries(list(tidy_shapes(rows.geometry.to_numpy())), index=rows.index, crs=4326)
    return rows.set_geometry(shapes).reset_index(drop=True)


def base_name(edition: Edition, order: DataOrder) -> str:
    """Return the name of the files without an ending: dataset, layer if it is one, day or days, version."""
    layer = f"_{order.layers[0]}" if len(order.layers) == 1 else ""
    days = order.day or f"{order.first}_{order.last}"
    return plain_name(f"{edition.dataset.name}{layer}_{days}_{edition.version}")


def about(edition: Edition, order: DataOrder, link: str) -> dict[str, object]:
    """Return what a file says of itself beside its features."""
    dataset = edition.dataset
    told: dict[str, object] = {"dataset": dataset.name, "title": dataset.title, "version": edition.version}
    days = {"date": order.day} if order.day else {"from": order.first, "to": order.last}
    return told | days | {"credit": dataset.credit, "licence": dataset.licence} | ({"link": link} if link else {})
