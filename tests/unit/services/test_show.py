"""What is told about a day agrees with the statistics and with the places."""

import pytest

from mapapp.domain.edition import Edition
from mapapp.domain.periods import each_day, shift_day
from mapapp.resources.messages import messages
from mapapp.services import show
from mapapp.services.words import day_number

FIRST = "2017-05-06"


@pytest.mark.parametrize("day", [FIRST, "2017-09-21", "2017-12-31"])
def test_shares_of_an_area_make_a_whole(edition: Edition, day: str) -> None:
    for held in show.shares(edition, day).values():
        assert sum(share.share for share in held) == pytest.approx(1)


def test_areas_are_the_country_and_the_two_banks(edition: Edition) -> None:
    assert list(show.shares(edition, FIRST)) == ["country", "east", "west"]


def test_change_is_against_the_day_before(edition: Edition) -> None:
    day = edition.change_days[40]
    before = {share.holder: share.share for share in show.shares(edition, shift_day(day, -1))["country"]}
    for share in show.shares(edition, day)["country"]:
        assert share.change == pytest.approx(share.share - before.get(share.holder, 0.0), abs=1e-9)


def test_changes_sum_to_nothing(edition: Edition) -> None:
    for day in edition.change_days[::20]:
        for held in show.shares(edition, day).values():
            assert sum(share.change or 0.0 for share in held) == pytest.approx(0, abs=1e-4)


def test_first_day_has_no_day_before(edition: Edition) -> None:
    assert all(share.change is None for share in show.shares(edition, FIRST)["country"])


def test_a_holder_that_lost_everything_is_listed_with_nothing(edition: Edition) -> None:
    lost = [
        share
        for day in edition.change_days
        for held in show.shares(edition, day).values()
        for share in held
        if share.km2 == 0.0
    ]
    assert lost
    assert all(share.change is not None and share.change < 0 for share in lost)


def test_sentence_names_day_and_holders(edition: Edition) -> None:
    text = show.sentence(edition, "2017-09-21", messages())
    assert text.startswith("On 21 September 2017 ")
    assert "Syrian government and allies (" in text
    assert "East bank" in text
    assert "West bank" in text


def test_every_handover_changes_the_holder(edition: Edition) -> None:
    for day in edition.change_days:
        for handover in show.changes_on(edition, day).handovers:
            assert handover.before != handover.after
            assert handover.source


def test_well_sourced_places_come_before_estimated_ones(edition: Edition) -> None:
    for day in edition.change_days:
        marks = [item.confidence == "estimated" for item in show.changes_on(edition, day).handovers]
        assert marks == sorted(marks)


def test_events_and_zones_of_the_day_are_told(edition: Edition) -> None:
    kinds = [item.kind for item in show.changes_on(edition, FIRST).happenings]
    assert kinds.count("zone-named") == 4
    assert any(not kind.startswith("zone-") for kind in kinds)


def test_major_events_are_told_first_and_far_ones_marked(edition: Edition) -> None:
    told = [show.changes_on(edition, day).happenings for day in each_day(FIRST, "2017-12-31")]
    for happenings in told:
        majors = [item.major for item in happenings if not item.kind.startswith("zone-")]
        assert majors == sorted(majors, reverse=True)
    assert any(item.major for happenings in told for item in happenings)
    far = [item for happenings in told for item in happenings if not item.plotted]
    assert len(far) == (~edition.layers["event"]["plotted"].astype(bool)).sum() > 0


def test_a_quiet_day_has_no_changes(edition: Edition) -> None:
    quiet = next(day for day in each_day(FIRST, "2017-12-31") if day > FIRST and day not in edition.change_days)
    changes = show.changes_on(edition, quiet)
    assert changes.km2 == 0.0


@pytest.mark.parametrize(
    ("day", "nearest"), [("2016-01-01", FIRST), ("2018-01-01", "2017-12-31"), ("2017-09-21", "2017-09-21")]
)
def test_nearest_day(edition: Edition, day: str, nearest: str) -> None:
    assert show.nearest_day(edition.dataset, day) == nearest


def test_days_are_counted_from_one(edition: Edition) -> None:
    assert day_number(edition.dataset, FIRST) == (1, 240)
    assert day_number(edition.dataset, "2017-09-21") == (139, 240)
