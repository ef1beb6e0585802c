import numpy as np
import pytest
import shapely

from mapapp.domain.projection import local_projection
from mapapp.domain.territory import nearest_side, partition_country, split_by_river, unite_coverage

COUNTRY = shapely.box(40, 35, 41, 36)
RIVER = shapely.LineString([(39.9, 36.1), (40.4, 35.6), (40.6, 35.5), (41.1, 34.9)])
GRID = 1e-4


@pytest.fixture(scope="module")
def sides():
    return split_by_river(COUNTRY, RIVER)


def parted(points, sides):
    made = shapely.points(points)
    return partition_country(made, nearest_side(made, sides).tolist(), sides, local_projection(COUNTRY.bounds), GRID)


def test_left_is_left_for_someone_who_looks_downstream(sides):
    assert shapely.contains_xy(sides["left"], 40.9, 35.9)
    assert shapely.contains_xy(sides["right"], 40.1, 35.1)
    assert sides["left"].area + sides["right"].area == pytest.approx(COUNTRY.area)


def test_cells_tile_the_country_exactly_and_do_not_cross_the_river(sides):
    draw = np.random.default_rng(1)
    partition = parted(draw.uniform((40, 35), (41, 36), (200, 2)), sides)
    assert shapely.coverage_is_valid(partition.faces)
    assert shapely.is_valid(partition.faces).all()
    assert shapely.area(partition.faces).sum() == pytest.approx(COUNTRY.area, rel=1e-6)
    assert not shapely.intersects(shapely.buffer(partition.faces, -GRID), RIVER).any()
    xy = shapely.get_coordinates(partition.faces) / GRID
    assert np.abs(xy - np.round(xy)).max() < 1e-5


def test_every_cell_holds_its_own_place_and_the_nearest_place_wins(sides):
    points = np.random.default_rng(2).uniform((40, 35), (41, 36), (60, 2))
    partition = parted(points, sides)
    for index, xy in enumerate(points):
        assert partition.unite(np.arange(len(points)) == index).distance(shapely.Point(xy)) < 2 * GRID


def test_a_place_does_not_hold_the_bank_across_the_water(sides):
    partition = parted([(40.45, 35.60), (40.9, 35.9), (40.1, 35.1)], sides)
    across = shapely.Point(40.40, 35.58)
    right = partition.unite(np.array([False, False, True]))
    assert right.contains(across)


def test_united_areas_follow_the_right_hand_rule(sides):
    partition = parted(np.random.default_rng(3).uniform((40, 35), (41, 36), (30, 2)), sides)
    united = unite_coverage(partition.faces)
    assert united.area == pytest.approx(COUNTRY.area, rel=1e-6)
    assert all(shapely.is_ccw(part.exterior) for part in shapely.get_parts(united))


def test_places_outside_the_country_take_the_nearest_ground(sides):
    partition = parted([(39.99, 35.1), (41.01, 35.9)], sides)
    assert set(partition.owner.tolist()) == {0, 1}
