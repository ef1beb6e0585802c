"""Daily files become one history; what was only drawn anew is put back; days that are missing are told."""

import json

import numpy as np
import shapely

from mapapp.domain.faults import Fault
from mapapp.ingest.check import examine
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.intake import Source
from mapapp.ingest.limits import command_limits
from mapapp.ingest.mapping import day_of, mapping_from, propose_mapping
from mapapp.ingest.prepare import Purpose
from support.planting import small_dataset

METRE = 1 / 111_320


def day_file(day: str, east: float = 40.5, nudge: float = 0.0) -> Source:
    ring = [[40.0, 35.0], [east + nudge, 35.0], [east, 35.5], [40.0, 35.5], [40.0, 35.0]]
    features = [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}]
    return Source(f"front_{day}.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode())


def check(*sources: Source):
    return examine(sources, Purpose(small_dataset(), actor="sdf"), command_limits())


def kinds(found) -> dict[str, Fault]:
    return {fault.kind: fault for fault in found.report.faults}


def test_equal_days_become_one_period() -> None:
    found = check(day_file("20170901"), day_file("2017-09-02"), day_file("20170903", 40.6))
    control = found.layers["control"]
    assert found.report.faults == ()
    assert control["valid_from"].tolist() == ["2017-09-01", "2017-09-03"]
    assert control["valid_to"].tolist() == ["2017-09-03", None]
    assert set(control["actor"]) == {"sdf"}
    assert control["id"].is_unique


def test_vertices_drawn_anew_are_put_back_and_that_is_told() -> None:
    found = check(day_file("20170901"), day_file("20170902", nudge=round(0.5 * METRE, 7)))
    assert len(found.layers["control"]) == 1
    assert kinds(found)["vertices-snapped"].found == "1"


def test_a_move_of_two_metres_is_a_move() -> None:
    found = check(day_file("20170901"), day_file("20170902", nudge=round(2 * METRE, 7)))
    assert len(found.layers["control"]) == 2
    assert found.report.faults == ()


def test_missing_days_are_told() -> None:
    found = check(day_file("20170901"), day_file("20170904", 40.6))
    assert kinds(found)["days-missing"].found == "2017-09-02 … 2017-09-03"
    assert shapely.is_valid(np.array(found.layers["control"].geometry)).all()


def test_days_are_read_from_names() -> None:
    assert day_of("Syria_20170921_final.geojson") == "2017-09-21"
    assert day_of("a/b-2017-09-21T10.zip") == "2017-09-21"
    assert day_of("20170231.geojson") is None
    assert day_of("2017-09-01_2017-09-02.geojson") is None


def table_of(*rows: dict[str, object]) -> Table:
    features = [Feature(number, row, {"type": "Polygon"}) for number, row in enumerate(rows, start=1)]
    return Table("other.geojson", "other", "geojson", features)


def test_columns_and_names_of_others_are_recognised() -> None:
    table = table_of(
        {"faction": "SAA", "as_of": "2017-09-01", "comment": "x", "area": 5}, {"faction": "YPG", "as_of": "2017-09-02"}
    )
    mapping = propose_mapping(table, small_dataset())
    assert mapping.layer == "control"
    assert {name: mapping.columns[name] for name in ("actor", "valid_from", "note")} == {
        "actor": "faction", "valid_from": "as_of", "note": "comment",
    }  # fmt: skip
    assert mapping.values == {"actor": {"SAA": "gov", "YPG": "sdf"}}
    assert mapping.ignored == ("area",)
    assert mapping_from(json.loads(json.dumps(mapping.plain()))) == mapping


def test_columns_are_recognised_by_what_is_in_them() -> None:
    mapping = propose_mapping(
        table_of({"a": "داعش", "b": "01/13/2017"}, {"a": "Режим", "b": "2017-02-01"}), small_dataset()
    )
    assert (mapping.columns["actor"], mapping.columns["valid_from"]) == ("a", "b")
    assert mapping.values["actor"] == {"داعش": "isis", "Режим": "gov"}
