"""Single features taken over, events of a span, and layers without days."""

import geopandas as gpd
import pytest
import shapely

from mapapp.domain.errors import NoPeriods
from mapapp.domain.updating import patch, replace_span


def points(**columns: list[object]) -> gpd.GeoDataFrame:
    count = len(columns["id"])
    return gpd.GeoDataFrame(columns, geometry=[shapely.Point(i, 0) for i in range(count)], crs=4326)


def test_a_patch_keeps_the_columns_it_does_not_have_and_the_order() -> None:
    old = points(id=["a", "b", "c"], name=["A", "B", "C"], note=["x", None, "z"])
    new = points(id=["d", "b"], name=["D", "Bee"])
    result = patch(old, new, removed={"c"})
    assert result["id"].tolist() == ["a", "b", "d"]
    assert result["name"].tolist() == ["A", "Bee", "D"]
    assert result["note"].tolist() == ["x", None, None]
    assert [point.x for point in result.geometry] == [0, 1, 0]


def test_events_of_a_span_are_replaced_and_the_others_stay() -> None:
    old = points(id=["a", "b", "c"], day=["2017-09-01", "2017-09-05", "2017-09-09"])
    new = points(id=["d", "e"], day=["2017-09-04", "2017-09-30"])
    assert replace_span(old, new, "2017-09-02", "2017-09-05")["id"].tolist() == ["a", "d", "c"]


def test_a_layer_without_days_has_no_spans() -> None:
    rivers = points(id=["a"], kind=["river"])
    with pytest.raises(NoPeriods, match="no days"):
        replace_span(rivers, rivers, "2017-09-02", "2017-09-05")
