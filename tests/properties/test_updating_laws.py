"""Laws of uploads: what replaces a span shows on its days and on no other, and nothing comes of nothing."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from mapapp.domain.difference import days_of, different_days, feature_changes
from mapapp.domain.edition import Dataset, Edition
from mapapp.domain.measure import holders_of
from mapapp.domain.rebase import conflicts, rebase
from mapapp.domain.slicing import slice_on
from mapapp.domain.updating import append_days, clip, join_periods, replace_span
from support.boards import DAYS, FIRST, LAST, SPAN, boards, control_of

DATASET = Dataset("board", "Board", FIRST, LAST, FIRST, (40, 35, 41, 36), (40, 35), 9, "drawn", (), "", "")


def shown(control, day):
    """Who holds what on a day, as a value that can be compared."""
    rows = slice_on(control, day)
    shapes = rows.geometry.normalize().to_wkb()
    return {holder.key: shape for holder, shape in zip(holders_of(rows), shapes, strict=True)}


@settings(max_examples=40)
@given(boards(), boards(), st.integers(0, SPAN - 1), st.integers(0, SPAN - 1))
def test_a_replaced_span_shows_on_its_days_and_the_old_on_the_others(board, other, one, two):
    first, last = sorted((one, two))
    old, new = control_of(board), control_of(other)
    result = replace_span(old, new, DAYS[first], DAYS[last])
    for index, day in enumerate(DAYS):
        assert shown(result, day) == shown(new if first <= index <= last else old, day)
    assert result["id"].is_unique


@given(boards(), st.integers(0, SPAN - 1), st.integers(0, SPAN - 1))
def test_replacing_a_span_by_itself_changes_nothing(board, one, two):
    control = control_of(board)
    result = replace_span(control, control, *sorted((DAYS[one], DAYS[two])))
    assert not feature_changes(control, result)


@settings(max_examples=40)
@given(boards(), boards(), st.integers(0, SPAN - 1))
def test_days_appended_are_those_of_the_new_layer(board, other, index):
    old, new = control_of(board), control_of(other)
    result = append_days(old, new, DAYS[index])
    for number, day in enumerate(DAYS):
        assert shown(result, day) == shown(new if number >= index else old, day)


@given(boards(), st.integers(1, SPAN - 1))
def test_joining_what_was_cut_gives_back_the_layer(board, index):
    control = control_of(board)
    pieces = [clip(control, None, DAYS[index]), clip(control, DAYS[index], None)]
    cut = join_periods(gpd.GeoDataFrame(pd.concat(pieces, ignore_index=True), crs=4326))
    assert not feature_changes(control, cut)


@settings(max_examples=40)
@given(boards(), boards())
def test_different_days_are_the_days_whose_slices_differ(board, other):
    old, new = control_of(board), control_of(other)
    before = Edition(DATASET, "before", {"control": old})
    after = Edition(replace(DATASET, title="After"), "after", {"control": new})
    found = days_of(different_days(before, after))
    assert found == [day for day in DAYS if shown(old, day) != shown(new, day)]


@given(boards(), st.data())
def test_changes_of_different_features_go_together_and_of_the_same_do_not(board, data):
    base = control_of(board)
    keys = st.lists(st.sampled_from(base["id"].tolist()), min_size=1, max_size=3, unique=True)
    mine, theirs = data.draw(keys), data.draw(keys)

    def noted(ids, text):
        return base.assign(note=[text if key in ids else None for key in base["id"]])

    versions = [{"control": layer} for layer in (base, noted(theirs, "theirs"), noted(mine, "mine"))]
    clash = {conflict.id for conflict in conflicts(*versions)}
    assert clash == set(mine) & set(theirs)
    notes = rebase(*versions)["control"].set_index("id")["note"]
    for key in base["id"]:
        assert notes[key] == ("mine" if key in mine else "theirs" if key in theirs else None)
