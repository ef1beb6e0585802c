"""The difference of two versions: its rows and columns are the difference of their statistics."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from mapapp.domain.edition import Edition
from mapapp.domain.history import Content
from mapapp.domain.update_errors import Cancelled
from mapapp.services.update.difference import NO_DATA, areas_geojson, difference, tell
from support.theatre import EAST, WEST, theatre, with_row


def edition(content: Content, version: str = "a") -> Edition:
    return Edition(content.dataset, version, dict(content.layers))


@pytest.fixture
def before() -> Edition:
    return edition(theatre())


def net(found, day: str) -> dict[str, float]:
    return {balance.holder.key: balance.net for balance in found.on(day).balances}


def assert_balanced(found, day: str) -> None:
    was, now = (one.stats.areas_on(day) for one in (found.before, found.after))
    balance = net(found, day)
    for holder in was.keys() | now.keys():
        assert now.get(holder, 0) - was.get(holder, 0) == pytest.approx(balance.get(holder.key, 0), abs=0.01)
    one = found.on(day)
    for key, gained in ((b.holder.key, b.gained) for b in one.balances):
        row = sum(pair.km2 for pair in one.pairs if pair.winner and pair.winner.key == key)
        assert row == pytest.approx(gained, abs=0.01 * (1 + len(one.pairs)))


def test_a_changed_holder(before: Edition) -> None:
    after = edition(with_row(theatre(), "control", "red-0", actor="blue"), "b")
    found = difference(before, after)
    assert [(run.first, run.last) for run in found.days] == [("2020-01-01", "2020-01-02"), ("2020-01-03", "2020-01-10")]
    assert found.layers["control"].changed == {"red-0": ("actor",)}
    day = found.on("2020-01-05")
    assert [(pair.winner.key, pair.loser.key) for pair in day.pairs] == [("blue", "red")]
    assert_balanced(found, "2020-01-02")
    assert_balanced(found, "2020-01-05")


def test_ground_of_which_one_version_says_nothing_is_no_data(before: Edition) -> None:
    content = with_row(theatre(), "control", "red-0", geometry=box(40.0, 35.0, 40.05, 35.1))
    found = difference(before, edition(content, "b"))
    (pair,) = found.on("2020-01-02").pairs
    assert pair.winner is None
    assert pair.loser.key == "red"
    assert_balanced(found, "2020-01-02")
    assert NO_DATA.encode() in areas_geojson(found, "2020-01-02")
    assert tell(found, "2020-01-02")["pairs"][0]["winner"] is None


def test_days_that_one_version_does_not_cover(before: Edition) -> None:
    content = theatre()
    after = edition(replace(content, dataset=replace(content.dataset, last_day="2020-01-12")), "b")
    found = difference(before, after)
    assert [(run.first, run.last) for run in found.days] == [("2020-01-11", "2020-01-12")]
    assert {(pair.winner.key, pair.loser) for pair in found.on("2020-01-11").pairs} == {("red", None)}


def test_equal_versions_do_not_differ(before: Edition) -> None:
    found = difference(before, edition(theatre(), "b"))
    assert not found
    assert found.busiest() is None


def test_other_layers_count_without_ground(before: Edition) -> None:
    found = difference(before, edition(with_row(theatre(), "event", "capture", title="Another"), "b"))
    assert found
    assert found.days == ()
    assert list(found.layers) == ["event"]


def test_it_can_be_watched_and_cancelled(before: Edition) -> None:
    after = edition(with_row(theatre(), "control", "red-0", actor="blue"), "b")
    seen: list[float] = []
    assert difference(before, after, lambda done: not seen.append(done)).busiest() == "2020-01-01"
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    with pytest.raises(Cancelled):
        difference(before, after, lambda done: done < 0.5)


def test_the_areas_lie_where_the_ground_differs(before: Edition) -> None:
    after = edition(with_row(theatre(), "control", "red-2", actor="blue"), "b")
    areas = difference(before, after).on("2020-01-05").areas
    assert areas.geometry.iloc[0].equals(EAST)
    assert not areas.geometry.iloc[0].equals(WEST)
