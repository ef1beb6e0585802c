"""Laws of reading and checking: what was written is read back; whatever arrives is answered, never a trace."""

import json

from hypothesis import given
from hypothesis import strategies as st

from mapapp.ingest.check import examine
from mapapp.ingest.geojson import read_geojson
from mapapp.ingest.intake import Source
from mapapp.ingest.limits import command_limits
from mapapp.ingest.prepare import Purpose
from support.planting import PLANTED, planted_file, small_dataset, written

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
PURPOSE = Purpose(small_dataset(), {}, "control")


@given(st.lists(st.dictionaries(st.text(), VALUES, max_size=4), min_size=1, max_size=5))
def test_properties_are_read_back_as_they_were_written(rows):
    features = [{"type": "Feature", "properties": row, "geometry": None} for row in rows]
    (table,) = read_geojson("a.geojson", "a", json.dumps({"type": "FeatureCollection", "features": features}))
    assert [feature.properties for feature in table.features] == rows


@given(VALUES)
def test_any_json_is_answered(value):
    found = examine([Source("a.geojson", json.dumps(value).encode())], PURPOSE, command_limits())
    assert found.report.errors


@given(VALUES, st.sampled_from(["geometry", "properties", "type", "id"]))
def test_any_member_of_a_feature_is_answered(value, name):
    collection = planted_file(())
    collection["features"] = collection["features"][:3]
    collection["features"][1][name] = value
    found = examine([Source("a.geojson", json.dumps(collection).encode())], PURPOSE, command_limits())
    assert {fault.feature for fault in found.report.faults} <= {2, None}


@given(st.sets(st.sampled_from(PLANTED), max_size=12))
def test_any_choice_of_planted_faults_comes_back(chosen):
    found = examine([Source("a.geojson", written(planted_file(tuple(chosen))))], PURPOSE, command_limits())
    wanted = {(each.kind, each.cell + 1) for each in chosen}
    assert {(fault.kind, fault.feature) for fault in found.report.faults} == wanted


@given(st.binary(max_size=200), st.sampled_from(["a.geojson", "a.csv", "a.zip", "a", "a.gz"]))
def test_any_bytes_are_answered(content, name):
    found = examine([Source(name, content)], PURPOSE, command_limits())
    assert found.report.faults or found.features
