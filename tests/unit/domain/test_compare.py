"""What changed hands between two days adds up, whatever the days."""

import geopandas as gpd
import pytest
import shapely

from mapapp.domain.compare import NOBODY, gains, net_km2
from mapapp.domain.edition import Edition

PAIRS = [
    ("2017-05-06", "2017-12-31"),
    ("2017-09-05", "2017-09-21"),
    ("2017-09-20", "2017-09-21"),
    ("2017-06-09", "2017-07-09"),
    ("2017-10-14", "2017-10-22"),
    ("2017-12-31", "2017-05-06"),
]


def board(*actors: str) -> gpd.GeoDataFrame:
    """Unit squares in a row, west to east, each held by its actor; those of one actor are united."""
    cells = {actor: [shapely.box(i, 0, i + 1, 1) for i, own in enumerate(actors) if own == actor] for actor in actors}
    rows = [{"status": "control", "actor": actor, "parties": ()} for actor in cells]
    return gpd.GeoDataFrame(rows, geometry=[shapely.union_all(own) for own in cells.values()], crs=4326)


@pytest.mark.parametrize(("first", "last"), PAIRS)
def test_gains_less_losses_are_the_difference_of_the_areas(edition: Edition, first: str, last: str) -> None:
    changed = gains(edition.slice("control", first), edition.slice("control", last))
    net = net_km2(changed)
    before, after = ({h.key: km2 for h, km2 in edition.stats.areas_on(day).items()} for day in (first, last))
    for key in {*before, *after}:
        gained, lost = net.get(key, (0.0, 0.0))
        assert gained - lost == pytest.approx(after.get(key, 0.0) - before.get(key, 0.0), abs=0.01)
    assert sum(gained for gained, _ in net.values()) == pytest.approx(sum(lost for _, lost in net.values()), abs=1e-6)


@pytest.mark.parametrize(("first", "last"), PAIRS[:2])
def test_the_areas_are_sound_and_turn_round_with_the_days(edition: Edition, first: str, last: str) -> None:
    there, back = (
        gains(edition.slice("control", one), edition.slice("control", other))
        for one, other in ((first, last), (last, first))
    )
    assert shapely.is_valid(there.geometry.to_numpy()).all()
    assert {*there.geom_type} <= {"Polygon", "MultiPolygon"}
    assert there.crs.to_epsg() == 4326
    assert list(there["km2"]) == sorted(there["km2"], reverse=True)
    assert {(row.loser, row.winner) for row in there.itertuples()} == {
        (row.winner, row.loser) for row in back.itertuples()
    }


def test_a_row_for_each_loser_and_winner() -> None:
    changed = gains(board("red", "blue", "red", "green"), board("red", "red", "blue", "blue"))
    assert {(row.loser, row.winner) for row in changed.itertuples()} == {
        ("blue", "red"),
        ("red", "blue"),
        ("green", "blue"),
    }
    assert changed.set_index("loser").geometry["green"].equals(shapely.box(3, 0, 4, 1))


def test_nothing_changed() -> None:
    same = gains(board("red", "blue"), board("red", "blue"))
    assert (len(same), list(same), net_km2(same)) == (0, ["loser", "winner", "km2", "geometry"], {})


def test_ground_of_which_one_slice_says_nothing_comes_from_nobody_and_goes_to_nobody() -> None:
    moved = board("red", "red", "green")
    moved = moved.set_geometry(moved.translate(1), crs=4326)
    changed = gains(board("red", "blue"), moved)
    rows = {(row.loser, row.winner): row.geometry for row in changed.itertuples()}
    assert set(rows) == {("red", NOBODY), ("blue", "red"), (NOBODY, "red"), (NOBODY, "green")}
    assert rows["red", NOBODY].equals(shapely.box(0, 0, 1, 1))
    assert NOBODY not in net_km2(changed)
