import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from mapapp.domain.errors import BadTopology
from mapapp.domain.topology import decode, encode


def frame(*geometries, **columns):
    ids = [f"f{i}" for i in range(len(geometries))]
    return gpd.GeoDataFrame({"id": ids, **columns}, geometry=list(geometries), crs=4326)


def same(topology, name, expected):
    return shapely.equals(decode(topology, name).geometry.to_numpy(), expected.geometry.to_numpy()).all()


def used(topology):
    found = []

    def walk(arcs):
        for arc in arcs:
            walk(arc) if isinstance(arc, list) else found.append(arc)

    for collection in topology["objects"].values():
        for geometry in collection["geometries"]:
            walk(geometry["arcs"])
    return found


LEFT, RIGHT = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)


def test_neighbours_use_one_arc_with_opposite_sign():
    areas = frame(LEFT, RIGHT)
    topology = encode({"control": areas})
    arcs = used(topology)
    assert len(topology["arcs"]) == 3
    shared = [arc for arc in arcs if ~arc in arcs]
    assert len(shared) == 2
    assert same(topology, "control", areas)


def test_an_area_that_comes_back_costs_no_new_arc():
    once, twice = frame(LEFT, RIGHT), frame(LEFT, RIGHT, LEFT, shapely.union(LEFT, RIGHT))
    assert len(encode({"control": twice})["arcs"]) == len(encode({"control": once})["arcs"])


def test_every_arc_is_used_and_every_number_is_an_arc():
    topology = encode({"control": frame(LEFT, RIGHT, shapely.box(0.2, 0.2, 0.4, 0.4))})
    numbers = {arc if arc >= 0 else ~arc for arc in used(topology)}
    assert numbers == set(range(len(topology["arcs"])))


def test_holes_islands_and_touching_corners_come_back():
    hole = shapely.Polygon(LEFT.exterior, [shapely.box(0.2, 0.2, 0.6, 0.6).exterior])
    island = shapely.box(0.3, 0.3, 0.5, 0.5)
    corners = shapely.multipolygons([shapely.box(3, 0, 4, 1), shapely.box(4, 1, 5, 2)])
    areas = frame(hole, island, corners)
    assert same(encode({"control": areas}), "control", areas)


def test_lines_are_cut_where_areas_use_them():
    river = frame(shapely.LineString([(1, -1), (1, 0), (1, 1), (1, 2)]))
    areas = frame(LEFT, RIGHT)
    topology = encode({"control": areas, "river": river})
    assert same(topology, "river", river)
    assert same(topology, "control", areas)


def test_properties_are_json_and_missing_ones_null():
    areas = frame(LEFT, RIGHT, valid_to=["2017-06-01", None], km2=[1.5, np.nan], parties=[("a", "b"), ()])
    topology = json.loads(json.dumps(encode({"control": areas}), allow_nan=False))
    first, second = topology["objects"]["control"]["geometries"]
    assert first["id"] == "f0"
    assert first["properties"] == {"valid_to": "2017-06-01", "km2": 1.5, "parties": ["a", "b"]}
    assert second["properties"] == {"valid_to": None, "km2": None, "parties": []}


def test_rings_that_vanish_on_the_grid_are_left_out():
    crumb = shapely.box(5.00001, 5.00001, 5.00002, 5.00002)
    areas = frame(shapely.multipolygons([LEFT, crumb]))
    assert same(encode({"control": areas}), "control", frame(LEFT))


def test_an_empty_layer_is_an_empty_collection():
    topology = encode({"control": frame(LEFT), "zone": frame()})
    assert topology["objects"]["zone"]["geometries"] == []


@pytest.mark.parametrize(
    "broken", [{}, {"transform": {"scale": [1, 1], "translate": [0, 0]}, "objects": {}, "arcs": []}]
)
def test_a_topology_without_its_parts_is_refused(broken):
    with pytest.raises(BadTopology):
        decode(broken, "control")


def test_an_arc_that_is_not_there_is_refused():
    topology = encode({"control": frame(LEFT)})
    topology["arcs"] = []
    with pytest.raises(BadTopology):
        decode(topology, "control")
