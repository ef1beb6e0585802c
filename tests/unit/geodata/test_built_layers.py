"""What the built theatre must be, checked on the files that are served."""

import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from jsonschema import Draft202012Validator

from geodata.build.sources import SOURCES
from mapapp.domain.edition import Edition
from mapapp.domain.measure import area_km2, holders_of
from mapapp.domain.projection import GEOGRAPHIC, local_projection, project
from mapapp.domain.schema import LAYERS
from mapapp.domain.slicing import change_days, slice_on
from mapapp.ingest.check import examine
from mapapp.ingest.intake import Source
from mapapp.ingest.layers import built_in_folder
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from mapapp.ingest.theatre.tables import read_table

SEED_DAY = "2017-09-21"


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_each_file_keeps_the_schema_and_its_ids_are_unique(name):
    folder = Path(built_in_folder())
    schema = json.loads((folder / "schema.json").read_text())["$defs"][name]
    layer = json.loads((folder / f"{name}.geojson").read_text())
    faults = [f"{list(e.path)}: {e.message[:120]}" for e in Draft202012Validator(schema).iter_errors(layer)]
    assert faults == []
    ids = [feature["properties"]["id"] for feature in layer["features"]]
    assert len(ids) == len(set(ids))


def test_every_change_day_is_an_exact_coverage_of_the_country(edition):
    country = area_km2(edition.layers["boundary"].query("kind == 'country'").geometry)[0]
    for day in [edition.dataset.first_day, *edition.change_days]:
        areas = edition.slice("control", day).geometry.to_numpy()
        assert shapely.is_valid(areas).all()
        assert shapely.coverage_is_valid(areas), day
        assert area_km2(areas).sum() == pytest.approx(country, rel=1e-3)


def test_change_days_are_true_changes(edition):
    control, days = edition.layers["control"], [edition.dataset.first_day, *edition.change_days]
    slices = [set(slice_on(control, day)["id"]) for day in days]
    assert all(one != other for one, other in pairwise(slices))
    assert change_days(control, *days[:1], edition.dataset.last_day) == edition.change_days


def test_every_place_whose_bank_is_known_lies_on_it(edition):
    sides = edition.layers["boundary"].query("kind == 'side'").set_index("name").geometry
    banks = edition.layers["bank"].set_index("bank").geometry
    governorate = shapely.union_all(banks.to_numpy())
    table = read_table("banks.csv", SOURCES)
    assert len(table) == 37
    for row in table.itertuples():
        point = shapely.Point(row.lon, row.lat)
        assert sides["left" if row.bank == "east" else "right"].contains(point), row.name
        if governorate.contains(point):
            assert banks[row.bank].contains(point), row.name


def test_enough_positions_stand_where_their_holder_stands(edition):
    crs = local_projection(edition.dataset.extent)
    governorate = shapely.union_all(edition.layers["bank"].geometry.to_numpy())
    positions = edition.slice("position", SEED_DAY)
    positions = positions[shapely.within(positions.geometry.to_numpy(), governorate)]
    areas = edition.slice("control", SEED_DAY)
    metric = project(areas.geometry.to_numpy(), GEOGRAPHIC, crs)
    members = [holder.members for holder in holders_of(areas)]
    for actor in ("gov", "sdf"):
        mine = positions[positions["actor"] == actor]
        assert len(mine) >= 12
        own = metric[[actor in names for names in members]]
        points = project(mine.geometry.to_numpy(), GEOGRAPHIC, crs)
        away = np.array([shapely.distance(own, point).min() for point in points])
        far = mine[(away > 2000) & mine["note"].isna()]
        assert far["name"].tolist() == []


def test_positions_stand_on_ground_of_their_holder_on_every_day_or_say_why_not(edition):
    crs = local_projection(edition.dataset.extent)
    areas, positions = edition.layers["control"], edition.layers["position"]
    metric = project(areas.geometry.to_numpy(), GEOGRAPHIC, crs)
    shapely.prepare(metric)
    points = project(positions.geometry.to_numpy(), GEOGRAPHIC, crs)
    members = [holder.members for holder in holders_of(areas)]
    may_hold = {actor.key for actor in edition.dataset.actors if actor.may_hold}
    shown = {day: set(edition.slice("control", day).index) for day in [edition.dataset.first_day, *edition.change_days]}
    unexplained = []
    for point, row in zip(points, positions.itertuples(), strict=True):
        if row.actor not in may_hold or row.note:
            continue
        near = {i for i in np.flatnonzero(shapely.dwithin(metric, point, 2000)).tolist() if row.actor in members[i]}
        days = [day for day in shown if row.valid_from <= day and (row.valid_to is None or day < row.valid_to)]
        unexplained += [(row.id, row.name, day) for day in days if not near & shown[day]]
    assert unexplained == []


def test_periods_of_places_are_gapless_and_name_their_source(edition):
    for place in edition.layers["place"].itertuples():
        assert place.periods[0]["from"] == edition.dataset.first_day, place.id
        assert place.periods[-1]["to"] is None
        assert all(a["to"] == b["from"] for a, b in pairwise(place.periods)), place.id
        assert all(a["from"] < b["from"] for a, b in pairwise(place.periods)), place.id
        assert all(period["source"] for period in place.periods)


def test_each_place_lies_in_an_area_of_its_holder(edition):
    places = edition.layers["place"]
    tree = None
    for day in ("2017-05-06", SEED_DAY, "2017-12-31"):
        areas = edition.slice("control", day)
        keys = np.array([holder.key for holder in holders_of(areas)])
        tree = shapely.STRtree(areas.geometry.to_numpy())
        wrong = defaultdict(list)
        rows, hits = tree.query(places.geometry.to_numpy(), predicate="within")
        for row, hit in zip(rows, hits, strict=True):
            period = next(p for p in places["periods"].iloc[row] if p["to"] is None or day < p["to"])
            expected = period["actor"] or "-".join([period["status"], *period["parties"]])
            if expected != keys[hit]:
                wrong[day].append(places["name"].iloc[row])
        assert len(rows) > 0.98 * len(places)
        assert len(wrong[day]) <= 2, wrong


def test_the_four_zones_are_named_first_and_agreed_on_their_own_days(edition):
    zones = edition.layers["zone"]
    assert edition.slice("zone", "2017-05-06")["stage"].tolist() == ["named"] * 4
    assert edition.slice("zone", SEED_DAY)["stage"].tolist() == ["agreed"] * 4
    agreed = zones[zones["stage"] == "agreed"].set_index("zone")["valid_from"]
    assert agreed["idlib"] == "2017-09-15"
    assert zones["note"].str.contains("reconstruction").all()


def test_the_story_of_the_theatre_can_be_seen(edition):
    stats = edition.stats

    def share(day, actor, bank):
        held = stats.banks_on(day)[bank]
        return sum(km2 for holder, km2 in held.items() if holder.actor == actor) / sum(held.values())

    assert share("2017-12-31", "gov", "west") > share(SEED_DAY, "gov", "west") > share("2017-05-06", "gov", "west")
    assert share("2017-12-31", "sdf", "east") > share(SEED_DAY, "sdf", "east") > share("2017-05-06", "sdf", "east")
    assert share("2017-12-31", "isis", "east") < share(SEED_DAY, "isis", "east") < share("2017-05-06", "isis", "east")


def test_tables_name_their_sources():
    described = json.loads((SOURCES / "datapackage.json").read_text())
    assert {resource["path"] for resource in described["resources"]} == {
        str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*") if path.suffix in {".csv", ".geojson"}
    } | {"theatre.json", "story.json"}
    for resource in described["resources"]:
        assert resource["licenses"], resource["path"]
        assert resource["sources"], resource["path"]
        if resource["path"].endswith(".csv"):
            columns = pd.read_csv(SOURCES / resource["path"], nrows=1).columns.tolist()
            assert [field["name"] for field in resource["schema"]["fields"]] == columns


@pytest.mark.parametrize("path", sorted(built_in_folder().glob("*.geojson")), ids=lambda path: path.stem)
def test_the_built_layers_pass_the_check_for_files_of_analysts(path: Path, edition: Edition) -> None:
    purpose = Purpose(edition.dataset, edition.layers)
    found = examine([Source(path.name, path.read_bytes())], purpose, command_limits())
    assert found.report.faults == ()
    assert found.good == found.features == len(edition.layers[path.stem])
