import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from mapapp.domain.actors import holder_of
from mapapp.domain.measure import area_km2, contact_km, fronts, length_km, measure

WEST, EAST = shapely.box(40, 35, 40.5, 36), shapely.box(40.5, 35, 41, 36)
NORTH = shapely.box(40.5, 35.5, 41, 36)


def control(*rows):
    return gpd.GeoDataFrame(
        [
            {"status": "control", "actor": actor, "parties": (), "valid_from": start, "valid_to": end, "geometry": area}
            for actor, area, start, end in rows
        ],
        crs=4326,
    )


@pytest.fixture
def history():
    south = shapely.difference(EAST, NORTH)
    return control(
        ("red", WEST, "2017-05-01", "2017-06-01"),
        ("red", shapely.union(WEST, NORTH), "2017-06-01", None),
        ("blue", EAST, "2017-05-01", "2017-06-01"),
        ("blue", south, "2017-06-01", None),
    )


def test_areas_agree_with_the_geodesic_ones():
    box = shapely.segmentize(WEST, 0.001)
    geodesic = abs(Geod(ellps="WGS84").geometry_area_perimeter(box)[0]) / 1e6
    assert area_km2([box])[0] == pytest.approx(geodesic, rel=1e-5)


def test_a_degree_of_the_meridian_is_about_111_km():
    assert length_km([shapely.LineString([(40, 35), (40, 36)])])[0] == pytest.approx(110.96, abs=0.1)


def test_the_front_is_the_line_between_two_holders(history):
    day = history[history["valid_to"].notna()]
    assert contact_km(day, "red", "blue") == pytest.approx(110.96, abs=0.1)
    assert contact_km(day, "blue", "red") == contact_km(day, "red", "blue")
    assert contact_km(day, "red", "green") == 0.0
    assert fronts(day)[["holder_a", "holder_b"]].to_numpy().tolist() == [["blue", "red"]]


def test_areas_that_touch_in_a_point_have_no_front():
    corner = control(("red", shapely.box(0, 0, 1, 1), "a", None), ("blue", shapely.box(1, 1, 2, 2), "a", None))
    assert fronts(corner).empty


def test_what_each_holder_has_and_what_changed_hands(history):
    banks = gpd.GeoDataFrame({"bank": ["east", "west"]}, geometry=[EAST, WEST], crs=4326)
    stats = measure(history, banks, None, "2017-05-01", "2017-12-31")
    red, blue = holder_of("control", "red", ()), holder_of("control", "blue", ())
    assert stats.days == ["2017-05-01", "2017-06-01"]
    assert stats.country_km2 == pytest.approx(area_km2([shapely.union(WEST, EAST)])[0])
    north = area_km2([NORTH])[0]
    assert stats.changed_km2 == {"2017-06-01": pytest.approx(north)}
    assert stats.areas_on("2017-05-31")[blue] - stats.areas_on("2017-09-01")[blue] == pytest.approx(north)
    assert stats.banks_on("2017-05-01")["east"] == {blue: pytest.approx(area_km2([EAST])[0])}
    assert stats.banks_on("2017-06-01")["east"][red] == pytest.approx(north)
    assert list(stats.areas_on("2017-06-01")) == [red, blue]
    assert stats.estimated_on("2017-08-01") == 0.0


def test_banks_add_up_to_what_lies_on_them(history):
    banks = gpd.GeoDataFrame({"bank": ["east"]}, geometry=[EAST], crs=4326)
    stats = measure(history, banks, None, "2017-05-01", "2017-12-31")
    for day in stats.days:
        assert sum(stats.banks_on(day)["east"].values()) == pytest.approx(area_km2([EAST])[0])
