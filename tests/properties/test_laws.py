"""Laws that hold for every control map, tried on maps that Hypothesis draws: a board of cells that change hands."""

import geopandas as gpd
import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapapp.domain.compare import gains, net_km2
from mapapp.domain.measure import area_km2, holders_of, measure
from mapapp.domain.periods import is_valid_on
from mapapp.domain.slicing import change_days, slice_on
from mapapp.domain.topology import decode, encode
from support.boards import ACTORS, DAYS, FIRST, GRID, LAST, SPAN, boards, control_of


@given(boards())
def test_decoding_what_was_encoded_gives_back_every_feature(board):
    control = control_of(board)
    back = decode(encode({"control": control}, GRID), "control")
    assert back["id"].tolist() == control["id"].tolist()
    assert back["valid_from"].tolist() == control["valid_from"].tolist()
    assert shapely.equals(back.geometry.to_numpy(), control.geometry.to_numpy()).all()


@given(boards())
def test_every_day_of_the_topology_is_an_exact_coverage(board):
    back = decode(encode({"control": control_of(board)}, GRID), "control")
    whole = shapely.area(board[1]).sum()
    for day in DAYS:
        areas = slice_on(back, day).geometry.to_numpy()
        assert shapely.is_valid(areas).all()
        assert shapely.coverage_is_valid(areas)
        assert abs(shapely.area(areas).sum() - whole) < 1e-9


@given(boards())
def test_every_arc_is_used_and_neighbours_run_it_in_opposite_directions(board):
    control = control_of(board)
    topology = encode({"control": control}, GRID)
    seen = set()
    for day in DAYS:
        signs = {}
        for feature, row in zip(topology["objects"]["control"]["geometries"], control.itertuples(), strict=True):
            if not is_valid_on(day, row.valid_from, row.valid_to):
                continue
            polygons = [feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"]
            for arc in (arc for rings in polygons for ring in rings for arc in ring):
                number = arc if arc >= 0 else ~arc
                seen.add(number)
                signs.setdefault(number, []).append(arc >= 0)
        assert all(len(directions) == len(set(directions)) for directions in signs.values())
    assert seen == set(range(len(topology["arcs"])))


@given(boards(), st.integers(0, 10_000))
def test_rounding_moves_no_vertex_by_more_than_half_a_grid(board, seed):
    _, cells = board
    noise = np.random.default_rng(seed).uniform(-0.4, 0.4, 2) * GRID
    moved = shapely.transform(cells, lambda xy: xy + noise)
    frame = gpd.GeoDataFrame({"id": range(len(moved))}, geometry=list(moved), crs=4326)
    back = decode(encode({"control": frame}, GRID), "control").geometry.to_numpy()
    assert shapely.hausdorff_distance(back, moved).max() <= GRID * np.sqrt(0.5)


@given(boards())
def test_a_slice_is_idempotent_and_a_feature_shows_on_exactly_its_days(board):
    control = control_of(board)
    for day in DAYS:
        shown = slice_on(control, day)
        assert slice_on(shown, day).equals(shown)
        expected = [is_valid_on(day, row.valid_from, row.valid_to) for row in control.itertuples()]
        assert control.index.isin(shown.index).tolist() == expected


@given(boards())
def test_change_days_are_the_days_whose_slice_differs_from_the_day_before(board):
    control = control_of(board)
    slices = [frozenset(slice_on(control, day)["id"]) for day in DAYS]
    differ = [day for day, before, now in zip(DAYS[1:], slices, slices[1:], strict=False) if before != now]
    assert change_days(control, FIRST, LAST) == differ


@given(boards())
def test_areas_of_the_holders_sum_to_the_country_and_banks_to_themselves(board):
    held, cells = board
    control = control_of(board)
    banks = gpd.GeoDataFrame(
        {"bank": ["one"]}, geometry=[shapely.coverage_union_all(cells[: len(cells) // 2 + 1])], crs=4326
    )
    stats = measure(control, banks, None, FIRST, LAST)
    country, bank = area_km2([shapely.coverage_union_all(cells)])[0], area_km2(banks.geometry)[0]
    for day in DAYS:
        assert abs(sum(stats.areas_on(day).values()) - country) < 1e-6 * country
        assert abs(sum(stats.banks_on(day)["one"].values()) - bank) < max(0.01 * len(ACTORS), 1e-6 * bank)
        assert set(stats.areas_on(day)) == set(holders_of(slice_on(control, day)))
    km2 = area_km2(cells)
    for day, changed in stats.changed_km2.items():
        index = DAYS.index(day)
        assert abs(changed - km2[held[index] != held[index - 1]].sum()) < 1e-6 * country


@given(boards(), st.integers(0, SPAN - 1), st.integers(0, SPAN - 1))
def test_gains_and_losses_are_those_of_the_cells_and_the_difference_of_the_areas(board, one, other):
    held, cells = board
    control = control_of(board)
    first, last = slice_on(control, DAYS[one]), slice_on(control, DAYS[other])
    changed = gains(first, last)
    net, km2 = net_km2(changed), area_km2(cells)
    assert abs(sum(gained for gained, _ in net.values()) - sum(lost for _, lost in net.values())) < 1e-6
    assert abs(changed["km2"].sum() - km2[held[one] != held[other]].sum()) < 0.01
    for row in changed.itertuples():
        assert abs(row.km2 - km2[(held[one] == row.loser) & (held[other] == row.winner)].sum()) < 0.01
    for actor in ACTORS:
        gained, lost = net.get(actor, (0.0, 0.0))
        assert abs(gained - lost - (km2[held[other] == actor].sum() - km2[held[one] == actor].sum())) < 0.01
