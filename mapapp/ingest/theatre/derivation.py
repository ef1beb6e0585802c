"""The whole build: tables of facts in, files of layers out, nothing else read and nothing written."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from mapapp.domain import areas
from mapapp.domain.actors import Actor, Holder
from mapapp.domain.enclosed import adjacency, settle_enclosed
from mapapp.domain.evidence import History, Site
from mapapp.domain.following import FollowRule, derive_histories
from mapapp.domain.projection import GEOGRAPHIC, local_projection, project
from mapapp.domain.schema import LAYERS, LayerSchema, json_schema
from mapapp.domain.territory import Partition, nearest_side, partition_country, split_by_river
from mapapp.ingest.theatre import features
from mapapp.ingest.theatre.tables import (
    PlaceRow,
    Theatre,
    named_geometry,
    read_geometry,
    read_places,
    read_table,
    read_theatre,
)
from mapapp.ingest.theatre.write import json_bytes, layer_bytes

SNAPSHOT_SOURCE = "{source}, {day}"


@dataclass(frozen=True)
class Derivation:
    """All that lies between the tables and the layers; lists run parallel, one entry a place."""

    theatre: Theatre
    country: BaseGeometry
    governorate: BaseGeometry
    places: list[PlaceRow]
    ids: list[str]
    sites: list[Site]
    rule: FollowRule
    histories: list[History]
    partition: Partition
    crs: CRS

    @property
    def sides(self) -> npt.NDArray[np.str_]:
        """Return the side of the river that each place counts with."""
        return np.array([site.side for site in self.sites])


def build_files(folder: Path) -> dict[str, bytes]:
    """Return every file of a dataset by name: its layers, its frame, the schema. Cost: some five seconds."""
    derivation = derive(folder)
    files = {f"{name}.geojson": layer_bytes(layer) for name, layer in build_layers(derivation, folder).items()}
    files["dataset.json"] = json_bytes(_frame(derivation.theatre, derivation.country))
    files["schema.json"] = json_bytes(json_schema())
    return files


def derive(folder: Path) -> Derivation:
    """Read the tables, find who held each place when, and cut the country into the cells of its places."""
    theatre = read_theatre(folder)
    rules = theatre.rules
    governorates = read_geometry("governorates", folder)
    country = shapely.coverage_union_all(governorates.geometry.to_numpy())
    shores = split_by_river(country, named_geometry(read_geometry("rivers", folder), rules["river"]))
    crs = local_projection(country.bounds)
    places = read_places(theatre, folder)
    ids = features.unique_ids(place.name for place in places)
    points = shapely.points([(place.lon, place.lat) for place in places])
    lie = nearest_side(points, shores)
    sites = _sites(places, ids, points, _named_sides(points, lie, rules, folder), crs, rules["snapshot_day"])
    rule = FollowRule(
        first_day=theatre.frame["first_day"],
        snapshot_day=rules["snapshot_day"],
        followers=frozenset(rules["followers"]),
        reach=1000 * float(rules["follow_km"]),
        near=1000 * float(rules["near_km"]),
        back=1000 * float(rules["back_km"]),
    )
    partition = partition_country(points, lie.tolist(), shores, crs, float(rules["grid"]))
    histories = settle_enclosed(
        derive_histories(sites, rule), adjacency(partition.neighbours()), theatre.frame["last_day"]
    )
    return Derivation(
        theatre=theatre,
        country=country,
        governorate=named_geometry(governorates, rules["bank_governorate"]),
        places=places,
        ids=ids,
        sites=sites,
        rule=rule,
        histories=histories,
        partition=partition,
        crs=crs,
    )


def build_layers(made: Derivation, folder: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers by name, each with the columns of its schema."""
    first, last = made.theatre.frame["first_day"], made.theatre.frame["last_day"]
    rules, grid = made.theatre.rules, float(made.theatre.rules["grid"])
    texts = made.theatre.texts
    sides = areas.side_areas(made.partition, made.sides)
    names = _area_names(made.histories, made.theatre.actors)
    meant = frozenset(rules["zone_actors"])
    rings = areas.zone_rings(made.partition, made.histories, features.read_zones(folder), meant)
    layers = {
        "control": areas.control_layer(made.partition, made.histories, names, first, last),
        "estimate": areas.estimate_layer(made.partition, made.histories, first, last),
        "place": features.place_layer(made.places, made.ids, made.sides.tolist(), made.histories, folder),
        "position": features.position_layer(folder),
        "zone": features.zone_layer(rings, texts["zone_source"], folder),
        "event": features.event_layer(made.country, first, last, folder),
        "bank": _bank_layer(areas.bank_areas(sides, made.governorate, rules["banks"], grid), texts["bank"], folder),
        "river": features.river_layer(folder),
        "boundary": features.boundary_layer(texts["country"], made.country, sides, folder),
    }
    return {name: _complete(layer, LAYERS[name]) for name, layer in layers.items()}


def _complete(layer: gpd.GeoDataFrame, schema: LayerSchema) -> gpd.GeoDataFrame:
    """Give a layer the columns of its schema, in that order; what it has not is null."""
    names = [prop.name for prop in schema.properties]
    unknown = set(layer.columns) - {*names, "geometry"}
    assert not unknown, f"{schema.name} has columns that its schema does not know: {unknown}"
    missing = {name: None for name in names if name not in layer}
    return layer.assign(**missing)[[*names, "geometry"]]


def _named_sides(
    points: npt.NDArray[np.object_], lie: npt.NDArray[np.str_], rules: dict[str, Any], folder: Path
) -> npt.NDArray[np.str_]:
    """Return the side each place counts with: where it lies, unless the table of banks says otherwise."""
    side_of = {bank: side for side, bank in rules["banks"].items()}
    table = read_table("banks.csv", folder)
    rows, hits = shapely.STRtree(points).query_nearest(
        shapely.points(table["lon"], table["lat"]), max_distance=float(rules["same_place_km"]) / 111, all_matches=False
    )
    sides = lie.copy()
    sides[hits] = table["bank"].map(side_of).to_numpy()[rows]
    return sides


def _sites(
    places: list[PlaceRow],
    ids: list[str],
    points: npt.NDArray[np.object_],
    sides: npt.NDArray[np.str_],
    crs: CRS,
    snapshot_day: str,
) -> list[Site]:
    """Return the places as the derivation needs them, in metres."""
    metric = shapely.get_coordinates(project(points, GEOGRAPHIC, crs))
    return [
        Site(
            id=key,
            name=place.name,
            x=float(x),
            y=float(y),
            side=str(side),
            snapshot=place.snapshot,
            snapshot_source=SNAPSHOT_SOURCE.format(source=place.source, day=snapshot_day),
            claims=tuple(place.claims),
        )
        for place, key, (x, y), side in zip(places, ids, metric, sides, strict=True)
    ]


def _area_names(histories: list[History], actors: tuple[Actor, ...]) -> dict[Holder, dict[str, str]]:
    """Return the names of the area of each holder, in three languages."""
    by_key = {actor.key: actor for actor in actors}
    holders = {period.holder for history in histories for period in history}
    return {
        holder: {
            column: " / ".join(getattr(by_key[key], column) for key in holder.members)
            for column in ("name", "name_ar", "name_ru")
        }
        for holder in holders
    }


def _bank_layer(banks: dict[str, Any], name: str, folder: Path) -> gpd.GeoDataFrame:
    """Return the banks of the river in their governorate."""
    names = sorted(banks)
    return gpd.GeoDataFrame(
        {
            "id": names,
            "name": [name.format(bank=bank.capitalize()) for bank in names],
            **features.label_columns("bank", names, folder),
            "bank": names,
            "source": "Governorate: OCHA, CC BY 3.0 IGO; river: © OpenStreetMap contributors, ODbL 1.0",
        },
        geometry=[banks[name] for name in names],
        crs=4326,
    )


def _frame(theatre: Theatre, country: Any) -> dict[str, Any]:
    """Return what dataset.json says: title, span, opening view, actors."""
    return {
        **theatre.frame,
        "extent": [round(value, 4) for value in country.bounds],
        "basis": "derived",
        "actors": [asdict(actor) for actor in theatre.actors],
    }
