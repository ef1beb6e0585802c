"""The derivation against what it was not made from; the figures that the method page prints are limits here."""

import pytest

from geodata.build.__main__ import main
from geodata.build.sources import SOURCES
from geodata.build.validation.checks import check_claims, compare_directions, compare_shares
from geodata.build.validation.left_out import leave_one_out
from geodata.build.validation.weak_spots import largest_estimates, lone_islands
from mapapp.ingest.theatre.derivation import derive


@pytest.fixture(scope="module")
def made():
    return derive(SOURCES)


@pytest.fixture(scope="module")
def shares(made):
    table = compare_shares(made)
    return table[table["counts"] == "yes"]


def test_each_share_of_mid_september_is_within_two_points(shares):
    september = shares[shares["date"] == "2017-09-15"]
    assert len(september) == 4
    assert september["error"].abs().max() <= 2


def test_the_mean_error_over_all_dates_is_below_a_point(shares):
    assert shares["date"].nunique() >= 6
    assert shares["error"].abs().mean() <= 1


def test_every_share_moved_the_way_it_was_published(shares):
    moved = compare_directions(shares)
    assert len(moved) >= 20
    assert moved["right"].all(), moved[~moved["right"]]


def test_sure_claims_about_single_places_are_right(made):
    sure = [claim for claim in check_claims(made) if claim.counts]
    assert len(sure) >= 150
    assert sum(claim.right for claim in sure) / len(sure) >= 0.93


def test_dropped_changes_are_predicted_from_their_neighbours(made):
    tried = leave_one_out(made)
    assert len(tried) > 200
    assert sum(found.right for found in tried) / len(tried) > 0.55


def test_no_lone_island_rests_on_an_estimate(made):
    islands = lone_islands(made)
    assert islands
    assert [island.place for island in islands if island.settled_by == "estimate"] == []


def test_the_largest_estimates_are_listed_largest_first(made):
    found = largest_estimates(made)
    assert len(found) == 20
    assert [km2 for _, km2, _ in found] == sorted((km2 for _, km2, _ in found), reverse=True)


def test_the_report_prints_all_of_it(capsys):
    assert main(["--validate"]) == 0
    printed = capsys.readouterr().out
    for part in ("Published shares", "direction of change", "Independent claims", "Leave one out", "Lone islands"):
        assert part in printed
