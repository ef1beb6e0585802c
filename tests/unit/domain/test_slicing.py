import geopandas as gpd
from shapely import Point

from mapapp.domain.slicing import change_days, slice_on


def layer(*periods):
    return gpd.GeoDataFrame(
        {"id": range(len(periods)), "valid_from": [p[0] for p in periods], "valid_to": [p[1] for p in periods]},
        geometry=[Point(i, i) for i in range(len(periods))],
        crs=4326,
    )


def test_the_first_day_is_shown_and_the_last_is_not():
    frame = layer(("2017-06-01", "2017-06-03"), ("2017-06-03", None))
    assert slice_on(frame, "2017-06-01")["id"].tolist() == [0]
    assert slice_on(frame, "2017-06-02")["id"].tolist() == [0]
    assert slice_on(frame, "2017-06-03")["id"].tolist() == [1]
    assert slice_on(frame, "2017-05-31").empty


def test_change_days_leave_out_the_first_day_and_what_lies_outside():
    frame = layer(("2017-06-01", "2017-06-03"), ("2017-06-03", "2017-07-09"), ("2017-05-01", None))
    assert change_days(frame, "2017-06-01", "2017-06-30") == ["2017-06-03"]


def test_events_show_on_their_own_day_only_and_layers_without_time_always():
    events = gpd.GeoDataFrame({"day": ["2017-06-01", "2017-06-02"]}, geometry=[Point(0, 0), Point(1, 1)], crs=4326)
    assert len(slice_on(events, "2017-06-02")) == 1
    assert change_days(events, "2017-06-01", "2017-06-02") == ["2017-06-02"]
    rivers = gpd.GeoDataFrame({"id": ["a"]}, geometry=[Point(0, 0)], crs=4326)
    assert len(slice_on(rivers, "2017-06-02")) == 1
    assert change_days(rivers, "2017-06-01", "2017-06-02") == []
