"""Read the tables of facts into sites with their claims; every fault of a table is told at once."""

import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from mapapp.domain.actors import Actor, Holder, holder_of
from mapapp.domain.errors import BadTable, NotADay
from mapapp.domain.evidence import Claim
from mapapp.domain.periods import parse_day

STORY = "story.json"


@dataclass(frozen=True)
class Theatre:
    """The frame of the dataset, the rules of the derivation and some texts, as sources/theatre.json states them."""

    frame: dict[str, Any]
    rules: dict[str, Any]
    texts: dict[str, str]
    actors: tuple[Actor, ...]


@dataclass
class PlaceRow:
    """A place before its geometry is known: where it comes from, what is claimed of it."""

    name: str
    lon: float
    lat: float
    kind: str
    size: int
    name_ar: str
    source: str
    note: str
    snapshot: Holder | None
    claims: list[Claim] = field(default_factory=list)


Row = dict[Hashable, Any]


def read_table(name: str, folder: Path) -> pd.DataFrame:
    """Read a table as text, blank for empty; `lat` and `lon` become numbers."""
    table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
    for column in table.columns.intersection(["lat", "lon"]):
        table[column] = table[column].astype(float)
    return table


def read_theatre(folder: Path) -> Theatre:
    """Read the frame with its story, if there is one, the rules and the actors."""
    frame = json.loads((folder / "theatre.json").read_text(encoding="utf-8"))
    if (folder / STORY).exists():
        frame["story"] = json.loads((folder / STORY).read_text(encoding="utf-8"))
    rules, texts = frame.pop("rules"), frame.pop("texts")
    actors = tuple(
        Actor(
            key=row["key"],
            name=row["name"],
            name_ar=row["name_ar"],
            name_ru=row["name_ru"],
            colour=row["colour"],
            line=row["line"],
            may_hold=row["may_hold"] == "yes",
            note=row["note"],
        )
        for row in read_table("actors.csv", folder).to_dict("records")
    )
    return Theatre(frame, rules, texts, actors)


def read_places(theatre: Theatre, folder: Path) -> list[PlaceRow]:
    """Return settlements, and the places of changes that lie apart from any settlement, with their claims.

    A change belongs to the settlement of its own name within `same_place_km`, else to the nearest within it, unless
    its row says `own` in the column `match`; what is left over is gathered into places of its own. Changes to an actor
    that may not hold ground are left out: they lie outside the country.
    """
    places = [_settlement(row) for row in read_table("settlements.csv", folder).to_dict("records")]
    changes = read_table("changes.csv", folder).to_dict("records")
    _check_changes(changes, theatre.actors)
    holders = {actor.key for actor in theatre.actors if actor.may_hold}
    changes = [row for row in changes if row["use"] == "yes" and row["after"] in holders | {""}]
    settled = len(places)
    for row in changes:
        place = None
        if row["match"] != "own":
            place = _place_of(row, places[:settled], theatre) or _place_of(row, places[settled:], theatre)
        if place is None:
            place = PlaceRow(
                row["place"], row["lon"], row["lat"], "point", 4, "", row["source"], row["note"], snapshot=None
            )
            places.append(place)
        place.claims.append(_claim(row))
    for place in places:
        place.claims.sort(key=lambda claim: claim.day)
    return places


def _settlement(row: Row) -> PlaceRow:
    """Make a place of a row of the settlement table."""
    return PlaceRow(
        name=row["name"],
        lon=row["lon"],
        lat=row["lat"],
        kind=row["kind"],
        size=int(row["size"]),
        name_ar=row["name_ar"],
        source=row["source"],
        note=row["note"],
        snapshot=holder_of_columns(row["status"], row["actor"], row["parties"]),
    )


def holder_of_columns(status: str, actor: str, parties: str) -> Holder:
    """Make a holder from the columns of a table; a contested place that names an actor too is its parties'."""
    if status == "control":
        return holder_of("control", actor, ())
    return holder_of("joint" if status == "joint" else "contested", None, parties.split(";"))


def _claim(row: Row) -> Claim:
    """Make a claim of a row of the table of changes."""
    before = holder_of("control", row["before"], ()) if row["before"] else None
    return Claim(
        row["date"],
        before,
        holder_of_columns(row["status"], row["after"], row["parties"]),
        row["confidence"],
        row["source"],
    )


def _place_of(row: Row, places: list[PlaceRow], theatre: Theatre) -> PlaceRow | None:
    """Return the place a change is about, or None when none is near enough."""
    if not places:
        return None
    reach = float(theatre.rules["same_place_km"])
    away = _kilometres(row["lon"], row["lat"], places)
    named = [i for i in np.flatnonzero(away <= reach) if places[i].name == row["place"]]
    best = int(named[0]) if named else int(away.argmin())
    return places[best] if away[best] <= reach else None


def _kilometres(lon: float, lat: float, places: list[PlaceRow]) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Return the distances in kilometres from a point to places nearby (local plane, good to 0.1 % there)."""
    there = np.array([(place.lon, place.lat) for place in places])
    east = (there[:, 0] - lon) * 111.32 * np.cos(np.radians(lat))
    north = (there[:, 1] - lat) * 110.95
    return np.asarray(np.hypot(east, north))


def _check_changes(rows: Iterable[Row], actors: tuple[Actor, ...]) -> None:
    """Raise BadTable with every fault of the table of changes."""
    known = {actor.key for actor in actors}
    faults = []
    for number, row in enumerate(rows, start=2):
        where = f"line {number}, {row['place']}"
        try:
            parse_day(row["date"])
        except NotADay as error:
            faults.append(f"{where}: {error.message}")
        named = {key for key in (row["before"], row["after"], *row["parties"].split(";")) if key}
        faults.extend(f"{where}: unknown actor “{key}”" for key in sorted(named - known))
        if row["confidence"] not in {"confirmed", "reported", "estimated"}:
            faults.append(f"{where}: confidence “{row['confidence']}” is not confirmed, reported or estimated")
    if faults:
        raise BadTable(table="changes.csv", reason="; ".join(faults))


def read_geometry(name: str, folder: Path) -> gpd.GeoDataFrame:
    """Read one file of sources/geometry."""
    return gpd.read_file(folder / "geometry" / f"{name}.geojson")


def named_geometry(frame: gpd.GeoDataFrame, name: str) -> BaseGeometry:
    """Return the one geometry of that name."""
    return shapely.union_all(frame.loc[frame["name"] == name].geometry.to_numpy())
