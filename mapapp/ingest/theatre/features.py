"""The layers that are not derived areas: places, positions, zones, events, rivers and boundaries."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.domain.evidence import HeldPeriod, History
from mapapp.domain.spelling import slug
from mapapp.ingest.theatre.tables import PlaceRow, read_geometry, read_table

UNNAMED: dict[str, str | None] = {"name_ar": None, "name_ru": None}
NAMELESS = {"name_ar": "", "name_ru": "", "variants": ""}
RADIUS = re.compile(r"radius_km=([0-9.]+)")
RING_NOTE = (
    "No official boundary was published. This ring is a reconstruction: the edge, on {day}, of the ground of those "
    "whom the memorandum meant, as far as it belongs to the area it names."
)


def unique_ids(names: Iterable[str]) -> list[str]:
    """Return a slug for each name; equal ones are numbered in order."""
    seen: Counter[str] = Counter()
    ids = []
    for base in (slug(name) for name in names):
        seen[base] += 1
        ids.append(base if seen[base] == 1 else f"{base}-{seen[base]}")
    return ids


def known_names(folder: Path) -> pd.DataFrame:
    """Return the table of Arabic and Russian names whose spelling is known or likely, by name."""
    table = read_table("names.csv", folder)
    return table[table["sure"] != "guess"].drop_duplicates("name").set_index("name")


def labels_of(kind: str, folder: Path) -> dict[str, dict[str, str | None]]:
    """Return the Arabic and Russian names of things of one kind, by the key that their own table uses."""
    table = read_table("labels.csv", folder)
    mine = table[table["kind"] == kind]
    return {
        str(row["key"]): {"name_ar": row["name_ar"] or None, "name_ru": row["name_ru"] or None}
        for row in mine.to_dict("records")
    }


def label_columns(kind: str, names: Iterable[str], folder: Path) -> dict[str, list[str | None]]:
    """Return the two columns of Arabic and Russian names for a list of keys of one kind."""
    return _columns(names, labels_of(kind, folder))


def _columns(names: Iterable[str], labels: dict[str, dict[str, str | None]]) -> dict[str, list[str | None]]:
    """Return the two columns of names for a list of names."""
    found = [labels.get(name, UNNAMED) for name in names]
    return {column: [label[column] for label in found] for column in UNNAMED}


def place_layer(
    places: Sequence[PlaceRow], ids: Sequence[str], sides: Sequence[str], histories: Sequence[History], folder: Path
) -> gpd.GeoDataFrame:
    """Return the places with who held them when."""
    names = known_names(folder)
    rows = []
    for place, key, side, history in zip(places, ids, sides, histories, strict=True):
        known = names.loc[place.name] if place.name in names.index else NAMELESS
        rows.append(
            {
                "id": key,
                "name": place.name,
                "name_ar": known["name_ar"] or place.name_ar or None,
                "name_ru": known["name_ru"] or None,
                "kind": place.kind,
                "size": place.size,
                "side": side,
                "source": place.source,
                "source_url": None,
                "note": place.note or None,
                "periods": [_period(period) for period in history],
                "variants": [text for text in known["variants"].split(";") if text],
                "geometry": shapely.Point(place.lon, place.lat),
            }
        )
    return gpd.GeoDataFrame(rows, crs=4326)


def _period(period: HeldPeriod) -> dict[str, Any]:
    """Return a period as the property of a place."""
    return {
        "from": period.valid_from,
        "to": period.valid_to,
        "actor": period.holder.actor,
        "status": period.holder.status,
        "parties": list(period.holder.parties),
        "source": period.source,
        "confidence": period.confidence,
        "last_evidence": period.last_evidence,
        "evidence": [asdict(piece) for piece in period.evidence],
    }


def position_layer(folder: Path) -> gpd.GeoDataFrame:
    """Return forces, bases and posts with their periods."""
    rows, labels = [], labels_of("position", folder)
    for row in read_table("positions.csv", folder).to_dict("records"):
        radius = RADIUS.search(f"{row['name']} {row['note']}")
        rows.append(
            {
                "id": row["id"],
                "name": row["name"],
                **labels.get(row["id"], UNNAMED),
                "actor": row["actor"],
                "kind": row["kind"],
                "unit": row["unit"] or None,
                "radius_km": float(radius[1]) if radius else None,
                "valid_from": row["valid_from"],
                "valid_to": row["valid_to"] or None,
                "confidence": row["confidence"],
                "source": row["source"],
                "source_url": None,
                "note": row["note"] or None,
                "geometry": shapely.Point(row["lon"], row["lat"]),
            }
        )
    return gpd.GeoDataFrame(rows, crs=4326)


def zone_layer(rings: Mapping[str, BaseGeometry], source: str, folder: Path) -> gpd.GeoDataFrame:
    """Return each zone twice, as named until it was agreed, and as agreed, with the ring derived for it."""
    rows, labels = [], labels_of("zone", folder)
    for zone in read_zones(folder).to_dict("records"):
        for stage, start, end in (("named", zone["named"], zone["agreed"]), ("agreed", zone["agreed"], None)):
            rows.append(
                {
                    "id": f"{zone['id']}-{stage}",
                    "name": zone["name"],
                    **labels.get(zone["id"], UNNAMED),
                    "zone": zone["id"],
                    "stage": stage,
                    "valid_from": start,
                    "valid_to": end,
                    "source": source,
                    "note": RING_NOTE.format(day=zone["agreed"]),
                    "geometry": rings[zone["id"]],
                }
            )
    return gpd.GeoDataFrame(rows, crs=4326)


def read_zones(folder: Path) -> gpd.GeoDataFrame:
    """Read the hand-drawn rings of the zones with their days as text."""
    zones = gpd.read_file(folder / "zones.geojson")
    return zones.assign(named=zones["named"].astype(str).str[:10], agreed=zones["agreed"].astype(str).str[:10])


def event_layer(country: BaseGeometry, first_day: str, last_day: str, folder: Path) -> gpd.GeoDataFrame:
    """Return the events of the span; those beyond half a degree around the country are listed, not plotted."""
    rows = [row for row in read_table("events.csv", folder).to_dict("records") if first_day <= row["date"] <= last_day]
    reach = shapely.buffer(shapely.box(*country.bounds), 0.5)
    labels, turns = labels_of("event", folder), labels_of("since", folder)
    ids = unique_ids(f"{row['date']} {row['title'][:48]}" for row in rows)
    features = [
        {
            "id": key,
            "name": row["title"],
            **labels.get(row["title"], UNNAMED),
            "day": row["date"],
            "title": row["title"],
            "actors": row["actors"].split(";"),
            "kind": row["kind"],
            "major": row["major"] == "yes",
            **_since(str(row.get("since") or ""), turns),
            "plotted": bool(shapely.contains_xy(reach, row["lon"], row["lat"])),
            "source": row["source"],
            "source_url": None,
            "note": None,
            "geometry": shapely.Point(row["lon"], row["lat"]),
        }
        for key, row in zip(ids, rows, strict=True)
    ]
    return gpd.GeoDataFrame(features, crs=4326)


def _since(text: str, labels: dict[str, dict[str, str | None]]) -> dict[str, str | None]:
    """Return in three languages what has been so since an event; nothing for most."""
    known = labels.get(text, UNNAMED)
    return {"since": text or None, "since_ar": known["name_ar"], "since_ru": known["name_ru"]}


def river_layer(folder: Path) -> gpd.GeoDataFrame:
    """Return the centre lines of the rivers."""
    rivers = read_geometry("rivers", folder)
    return gpd.GeoDataFrame(
        {
            "id": unique_ids(rivers["name"]),
            "name": rivers["name"],
            **_columns(rivers["name"], labels_of("river", folder)),
            "kind": "river",
            "source": "© OpenStreetMap contributors, ODbL 1.0",
            "source_url": "https://www.openstreetmap.org/copyright",
        },
        geometry=rivers.geometry.to_numpy(),
        crs=4326,
    )


SPECK = 1e-9
"""Square degrees: about ten square metres."""


def boundary_layer(name: str, country: BaseGeometry, sides: dict[str, BaseGeometry], folder: Path) -> gpd.GeoDataFrame:
    """Return the country, its governorates, its neighbours, lakes, and the two sides of the river."""
    ocha = "OCHA / UN Cartographic Section, CC BY 3.0 IGO"
    own = "Derived from the boundary, the river and the places"
    governorates = _boundaries("governorate", read_geometry("governorates", folder), ocha)
    parts = [
        _boundary("country", [name], [country], ocha).assign(**label_columns("country", [name], folder)),
        governorates.assign(**_columns(governorates["name"], labels_of("governorate", folder))),
        _boundaries("neighbour", read_geometry("neighbours", folder), "Natural Earth 1:10m, public domain"),
        _boundaries("lake", read_geometry("lakes", folder), "© OpenStreetMap contributors, ODbL 1.0"),
        _boundary("side", list(sides), list(sides.values()), own),
    ]
    layer = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=4326)
    layer.insert(0, "id", unique_ids(layer["kind"] + " " + layer["name"]))
    return layer


def _boundaries(kind: str, frame: gpd.GeoDataFrame, source: str) -> gpd.GeoDataFrame:
    """Return the polygons of a source file as boundaries of one kind."""
    arabic = frame["name_ar"].tolist() if "name_ar" in frame else None
    return _boundary(kind, frame["name"].tolist(), list(frame.geometry), source, arabic)


def _boundary(
    kind: str, names: list[str], geometries: list[Any], source: str, arabic: list[str] | None = None
) -> gpd.GeoDataFrame:
    """Return polygons as boundaries of one kind, with the right-hand rule; lines left by a cut are dropped."""
    polygons = [shapely.multipolygons(_polygons(geometry)) for geometry in geometries]
    oriented = shapely.orient_polygons(np.array(polygons, dtype=object), exterior_cw=False)
    return gpd.GeoDataFrame(
        {"name": names, "name_ar": arabic, "kind": kind, "source": source}, geometry=oriented, crs=4326
    )


def _polygons(geometry: Any) -> "np.ndarray[Any, np.dtype[np.object_]]":
    """Return the polygons among the parts of a geometry; specks that rounding makes a point are dropped."""
    parts = np.asarray(shapely.get_parts(shapely.get_parts(geometry)), dtype=object)
    polygons: np.ndarray[Any, np.dtype[np.object_]] = parts[shapely.get_type_id(parts) == 3]
    return np.array([_without_specks(part) for part in polygons if part.area > SPECK], dtype=object)


def _without_specks(polygon: shapely.Polygon) -> shapely.Polygon:
    """Return a polygon without holes that rounding would make a point."""
    return shapely.Polygon(polygon.exterior, [hole for hole in polygon.interiors if shapely.Polygon(hole).area > SPECK])
