"""What an analyst may start from: a layer as it is with all its days, and small files that show the form."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
from shapely.geometry import box

from mapapp.domain.edition import Dataset, Edition
from mapapp.ingest.requirements import fill_in
from mapapp.services.geojson import write_geojson

SOURCE = "https://example.org/report"
CHANGES, PLACES, CONTROL = "changes.csv", "places.csv", "control.geojson"
SQUARE = 0.05
"""Side of the template's area, as a part of the map's width."""


@dataclass(frozen=True)
class Download:
    """A file to take along; its bytes are made when somebody asks for them."""

    name: str
    media_type: str
    make: Callable[[], bytes]


def whole_layer(edition: Edition, layer: str) -> Download:
    """Return a layer with every period, as it would be uploaded again."""
    name = f"{edition.dataset.name}-{layer}-{edition.version}.geojson"
    return Download(name, "application/geo+json", lambda: write_geojson(edition.layers[layer]))


def templates(edition: Edition) -> tuple[Download, ...]:
    """Return one file for each way of bringing something: changes of hands, places, areas."""
    dataset = edition.dataset
    return (
        Download(CHANGES, "text/csv", lambda: _changes(edition)),
        Download(PLACES, "text/csv", lambda: _places(dataset)),
        Download(CONTROL, "application/geo+json", lambda: _control(dataset)),
    )


def _holders(dataset: Dataset) -> list[str]:
    return [actor.key for actor in dataset.actors if actor.may_hold]


def _changes(edition: Edition) -> bytes:
    """Show one change: of the first place, on the dataset's last day."""
    place = edition.layers["place"].iloc[0]
    held = place["periods"][-1]["actor"]
    after = next((key for key in _holders(edition.dataset) if key != held), held)
    row = [place["id"], edition.dataset.last_day, held or "", after, SOURCE]
    return _csv(["place", "date", "before", "after", "source"], row)


def _places(dataset: Dataset) -> bytes:
    lon, lat = dataset.centre
    header = ["id", "name", "latitude", "longitude", "kind", "actor", "source"]
    return _csv(header, ["sample", "Sample", f"{lat:.4f}", f"{lon:.4f}", "settlement", _holders(dataset)[0], SOURCE])


def _csv(*rows: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def _control(dataset: Dataset) -> bytes:
    """Show one area of one holder, from the first day on."""
    west, _south, east, _north = dataset.extent
    (lon, lat), side = dataset.centre, (east - west) * SQUARE
    given = {"id": "sample", "name": "Sample", "actor": _holders(dataset)[0], "valid_from": dataset.first_day}
    row = fill_in("control", given | {"source": SOURCE}, CONTROL)
    cells = pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in row.items()})
    return write_geojson(gpd.GeoDataFrame(cells, geometry=[box(lon, lat, lon + side, lat + side)], crs=4326))
