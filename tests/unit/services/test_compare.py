"""A comparison as figures and as a sentence."""

import json
from dataclasses import replace

import pytest

from mapapp.domain.actors import Holder
from mapapp.domain.edition import Edition
from mapapp.domain.errors import DaysTurnedRound
from mapapp.resources.messages import messages
from mapapp.services.compare import Pair, compare, compare_either_way, compare_json, month_before, presets
from mapapp.services.tell_compare import difference, sentence, span_in_words

FIRST, LAST = "2017-09-05", "2017-09-21"
GOV, ISIS = Holder("control", "gov"), Holder("control", "isis")
CONTESTED, SHARED = Holder("contested", None, ("gov", "isis")), Holder("joint", None, ("hts", "opposition"))


def test_pairs_and_nets_tell_the_same(edition: Edition) -> None:
    found = compare(edition, FIRST, LAST)
    assert found.km2 == pytest.approx(sum(pair.km2 for pair in found.pairs), abs=0.1)
    assert sum(net.net for net in found.nets) == pytest.approx(0, abs=1e-6)
    before, after = edition.stats.areas_on(FIRST), edition.stats.areas_on(LAST)
    for net in found.nets:
        assert net.net == pytest.approx(after.get(net.holder, 0) - before.get(net.holder, 0), abs=0.01)


def test_a_comparison_is_made_once(edition: Edition) -> None:
    assert compare(edition, FIRST, LAST) is compare_either_way(edition, LAST, FIRST)


def test_days_turned_round_are_refused(edition: Edition) -> None:
    with pytest.raises(DaysTurnedRound, match="wrong way round"):
        compare(edition, LAST, FIRST)


def test_the_sentence_names_days_and_largest_pairs(edition: Edition) -> None:
    found = compare(edition, FIRST, LAST)
    told = sentence(edition.dataset, found, messages())
    assert told.startswith("Between 5 and 21 September 2017, ")
    assert f"{found.pairs[0].km2:,.0f} km² from Islamic State" in told


def test_ground_that_none_holds_alone_became_so(edition: Edition) -> None:
    pairs = (Pair(CONTESTED, ISIS, 1234.0), Pair(GOV, CONTESTED, 5.0), Pair(SHARED, CONTESTED, 0.2))
    found = replace(compare(edition, FIRST, LAST), pairs=pairs, km2=1240.0)
    assert sentence(edition.dataset, found, messages()).endswith(
        "1,234 km² of Islamic State became contested; Syrian government and allies took 5 km² of contested ground; "
        "less than 1 km² of contested ground became shared; 1 km² passed in other ways."
    )


def test_a_day_with_itself(edition: Edition) -> None:
    found = compare(edition, LAST, LAST)
    assert (found.km2, found.pairs, found.nets) == (0, (), ())
    assert "no ground changed hands" in sentence(edition.dataset, found, messages())


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2017-09-05", "2017-09-21", ("5", "21 September 2017")),
        ("2017-08-05", "2017-09-21", ("5 August", "21 September 2017")),
        ("2016-09-05", "2017-09-21", ("5 September 2016", "21 September 2017")),
        ("2017-09-21", "2017-09-21", ("21 September 2017", "21 September 2017")),
    ],
)
def test_days_do_not_repeat_what_they_share(first: str, last: str, told: tuple[str, str]) -> None:
    assert span_in_words(first, last, messages()) == told


@pytest.mark.parametrize(("km2", "told"), [(1234.4, "+1,234"), (-0.6, "−1"), (0.2, "±0"), (-0.2, "±0")])
def test_differences_have_a_sign(km2: float, told: str) -> None:
    assert difference(km2, messages()) == told


def test_json_adds_up(edition: Edition) -> None:
    told = json.loads(compare_json(edition, FIRST, LAST).plain)
    assert (told["from"], told["to"]) == (FIRST, LAST)
    assert sum(row["gained_km2"] for row in told["holders"]) == pytest.approx(told["changed_km2"], abs=0.01)
    assert sum(row["lost_km2"] for row in told["holders"]) == pytest.approx(told["changed_km2"], abs=0.01)


def test_presets_are_a_day_a_week_a_month_and_the_major_events(edition: Edition) -> None:
    offered = presets(edition, LAST)
    assert [(preset.key, preset.day) for preset in offered[:3]] == [
        ("yesterday", "2017-09-20"),
        ("week", "2017-09-14"),
        ("month", "2017-08-21"),
    ]
    events = edition.layers["event"]
    titles = set(events.loc[events["major"].astype(bool) & (events["day"] != LAST), "title"])
    assert {preset.title for preset in offered[3:]} == titles
    assert offered[3].since["en"] == "the siege of Deir ez-Zor was broken"
    assert (offered[3].day, set(offered[3].since)) == ("2017-09-05", {"en", "ar", "ru"})
    assert not any(preset.since for preset in offered[4:])


def test_presets_stay_within_the_dataset(edition: Edition) -> None:
    assert {preset.key for preset in presets(edition, "2017-05-10")}.isdisjoint({"week", "month"})


@pytest.mark.parametrize(
    ("day", "before"), [("2017-12-31", "2017-11-30"), ("2017-01-15", "2016-12-15"), ("2017-03-30", "2017-02-28")]
)
def test_month_before(day: str, before: str) -> None:
    assert month_before(day) == before
