import geopandas as gpd
import pytest
import shapely

from mapapp.domain.contact import closest_pairs, contact_lengths

CAMPS = (("red", "pink"), ("blue",))


def layers():
    def period(start, end, actor):
        return {"from": start, "to": end, "actor": actor}

    places = gpd.GeoDataFrame(
        {
            "id": ["west", "middle", "east"],
            "name": ["West", "Middle", "East"],
            "periods": [
                [period("2017-05-01", None, "red")],
                [period("2017-05-01", "2017-08-01", "grey"), period("2017-08-01", None, "red")],
                [period("2017-05-01", None, "blue")],
            ],
        },
        geometry=shapely.points([(40.0, 35), (40.5, 35), (41.0, 35)]),
        crs=4326,
    )
    positions = gpd.GeoDataFrame(
        {"id": ["p"], "name": ["Post"], "kind": ["base"], "actor": ["pink"], "valid_from": ["2017-09-01"],
         "valid_to": [None]},
        geometry=shapely.points([(40.9, 35)]),
        crs=4326,
    )  # fmt: skip
    return {"place": places, "position": positions}


def test_the_nearest_of_places_and_positions_counts_on_each_day():
    found = list(closest_pairs(layers(), CAMPS, ["2017-05-01", "2017-08-01", "2017-09-01"]))
    assert [(pair.one.name, pair.other.name) for pair in found] == [
        ("West", "East"), ("Middle", "East"), ("Post", "East")]  # fmt: skip
    degree = 91.29  # km of a degree of longitude at 35 N
    assert [pair.km for pair in found] == pytest.approx([degree, degree / 2, degree / 10], rel=1e-3)
    assert found[2].one.kind == "base"


def test_only_what_lies_within_counts_and_an_absent_camp_gives_nothing():
    west = shapely.box(39, 34, 40.7, 36)
    assert list(closest_pairs(layers(), CAMPS, ["2017-05-01"], within=west)) == []


def test_the_armies_of_the_theatre_come_face_to_face(edition):
    governorate = shapely.union_all(edition.layers["bank"].geometry.to_numpy())
    camps = (("gov", "russia"), ("sdf", "coalition"))
    days = ["2017-05-06", "2017-09-05", "2017-09-10", "2017-09-21"]
    km = [pair.km for pair in closest_pairs(edition.layers, camps, days, within=governorate)]
    assert km[0] == km[1] > 30
    assert km[1] > km[2] > km[3]
    assert km[3] < 5


def test_the_front_of_two_camps_is_measured_inside_only():
    control = gpd.GeoDataFrame(
        {
            "id": ["a", "b", "c", "d"],
            "status": "control",
            "actor": ["red", "blue", "grey", "red"],
            "parties": [[], [], [], []],
            "valid_from": ["2017-05-01", "2017-05-01", "2017-05-01", "2017-06-01"],
            "valid_to": ["2017-06-01", None, None, None],
        },
        geometry=[*(shapely.box(x, 35, x + 1, 37) for x in (40, 41, 42)), shapely.box(39, 35, 40, 37)],
        crs=4326,
    )
    inside = shapely.box(39, 34, 43, 36)
    found = dict(contact_lengths(control, "red", "blue", ["2017-05-01", "2017-05-02", "2017-06-01"], inside))
    meridian = 110.95  # km of a degree of the meridian at 35.5 N
    assert found == pytest.approx({"2017-05-01": meridian, "2017-05-02": meridian, "2017-06-01": 0.0}, rel=1e-3)


def test_figures_of_the_camps_hold_until_the_next(edition):
    later = next(day for day in edition.contact_days if day > "2017-09-21")
    assert edition.contact_days[0] == edition.dataset.first_day
    assert edition.contact_km_on("2017-09-21") > 0 == edition.contact_km_on("2017-05-06")
    assert edition.closest_on(later) != edition.closest_on("2017-09-21") or edition.contact_km_on(
        later
    ) != edition.contact_km_on("2017-09-21")
