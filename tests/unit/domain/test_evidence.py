"""Histories whose answer is known by construction: places on a line, kilometres apart, red and blue."""

import pytest

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.evidence import Claim, Site, holder_on
from mapapp.domain.following import FollowRule, derive_histories

RED, BLUE = holder_of("control", "red", ()), holder_of("control", "blue", ())
BOTH = Holder("contested", None, ("blue", "red"))
RULE = FollowRule(
    first_day="2017-05-01",
    snapshot_day="2017-07-01",
    followers=frozenset({"red"}),
    reach=50_000,
    near=5_000,
    back=5_000,
)


def site(name, x, *claims, snapshot=RED, side="left"):
    return Site(name, name, x * 1000.0, 0.0, side, snapshot, "table, 2017-07-01", tuple(claims))


def claim(day, before, after, confidence="confirmed"):
    return Claim(day, before, after, confidence, f"report of {day}")


def history(name, *sites):
    return dict(zip([s.id for s in sites], derive_histories(sites, RULE), strict=True))[name]


def told(periods):
    return [(p.valid_from, p.valid_to, p.holder) for p in periods]


def test_a_dated_place_follows_its_claims_forward_and_backward():
    found = history("a", site("a", 0, claim("2017-08-01", RED, BLUE)))
    assert told(found) == [("2017-05-01", "2017-08-01", RED), ("2017-08-01", None, BLUE)]
    assert found[1].confidence == "confirmed"
    assert found[1].last_evidence == "2017-08-01"


def test_an_undated_place_of_a_follower_takes_the_day_of_its_neighbour_and_is_estimated():
    guide, far = site("a", 0, claim("2017-08-01", RED, BLUE)), site("b", 12)
    found = history("b", guide, far)
    assert told(found) == [("2017-05-01", "2017-08-01", RED), ("2017-08-01", None, BLUE)]
    assert found[1].confidence == "estimated"
    assert "a, 12 km away" in found[1].source


@pytest.mark.parametrize(
    "undated",
    [site("b", 60), site("b", 12, side="right"), site("b", 12, snapshot=BLUE)],
    ids=["out of reach", "other bank", "not a follower"],
)
def test_other_undated_places_keep_their_holder(undated):
    found = history("b", site("a", 0, claim("2017-08-01", RED, BLUE)), undated)
    assert told(found) == [("2017-05-01", None, undated.snapshot)]


def test_a_confirmation_keeps_its_neighbours_from_flipping():
    still = site("a", 0, claim("2017-09-01", RED, RED))
    flips = site("c", 40, claim("2017-08-01", RED, BLUE))
    assert told(history("b", still, flips, site("b", 10))) == [("2017-05-01", None, RED)]
    assert history("a", still, flips)[0].last_evidence == "2017-09-01"


def test_neighbours_whose_change_came_before_the_snapshot_say_nothing_of_what_came_after():
    early = site("a", 0, claim("2017-06-01", BLUE, RED))
    assert told(history("b", early, site("b", 5))) == [("2017-05-01", None, RED)]


def test_a_place_may_change_hands_again_and_again():
    found = history("a", site("a", 0, claim("2017-08-01", RED, BLUE), claim("2017-08-05", BLUE, RED),
                              claim("2017-08-09", RED, BOTH)))  # fmt: skip
    assert [p.holder for p in found] == [RED, BLUE, RED, BOTH]
    assert holder_on(found, "2017-08-04") == BLUE
    assert holder_on(found, "2017-08-05") == RED


def test_an_empty_before_means_what_the_snapshot_says():
    found = history("a", site("a", 0, claim("2017-08-01", None, BLUE)))
    assert told(found) == [("2017-05-01", "2017-08-01", RED), ("2017-08-01", None, BLUE)]


def test_a_repeated_claim_is_newer_evidence_not_a_change():
    found = history("a", site("a", 0, claim("2017-08-01", RED, BLUE, "reported"), claim("2017-08-20", RED, BLUE)))
    assert told(found) == [("2017-05-01", "2017-08-01", RED), ("2017-08-01", None, BLUE)]
    assert found[1].last_evidence == "2017-08-20"
    assert found[1].confidence == "confirmed"


def test_a_claim_on_the_first_day_leaves_no_empty_period():
    found = history("a", site("a", 0, claim("2017-05-01", RED, BLUE), snapshot=BLUE))
    assert told(found) == [("2017-05-01", None, BLUE)]


def test_the_snapshot_counts_as_evidence_when_it_agrees():
    found = history("a", site("a", 0, claim("2017-06-01", RED, BLUE), snapshot=BLUE))
    assert found[1].last_evidence == "2017-07-01"
    assert "table" in found[1].source


def test_a_place_without_any_knowledge_is_refused():
    with pytest.raises(ValueError, match="neither a holder nor a claim"):
        derive_histories([site("a", 0, snapshot=None)], RULE)


def test_an_undated_contested_place_goes_the_way_of_its_neighbour():
    found = history("b", site("a", 0, claim("2017-08-01", RED, BLUE)), site("b", 12, snapshot=BOTH))
    assert told(found) == [("2017-05-01", "2017-08-01", BOTH), ("2017-08-01", None, BLUE)]


def test_a_contest_begins_when_the_nearest_place_fell():
    fell = site("a", 0, claim("2017-06-10", RED, BLUE), snapshot=BLUE)
    found = history("b", fell, site("b", 3, claim("2017-08-01", None, BLUE), snapshot=BOTH))
    assert told(found) == [
        ("2017-05-01", "2017-06-10", RED),
        ("2017-06-10", "2017-08-01", BOTH),
        ("2017-08-01", None, BLUE),
    ]
    assert found[0].confidence == "estimated"
    far = history("b", fell, site("b", 9, claim("2017-08-01", None, BLUE), snapshot=BOTH))
    assert told(far)[0] == ("2017-05-01", "2017-08-01", BOTH)


def test_a_place_the_snapshot_does_not_know_has_the_earlier_history_of_a_neighbour():
    known = site("a", 0, claim("2017-08-01", RED, BLUE))
    raid = site("b", 3, claim("2017-09-01", BLUE, RED), claim("2017-09-04", RED, BLUE), snapshot=None)
    found = history("b", known, site("c", 1), raid)
    assert told(found) == [
        ("2017-05-01", "2017-08-01", RED),
        ("2017-08-01", "2017-09-01", BLUE),
        ("2017-09-01", "2017-09-04", RED),
        ("2017-09-04", None, BLUE),
    ]
    assert found[0].confidence == found[1].confidence == "estimated"


def test_what_a_follower_retook_later_follows_again():
    retook = site("b", 3, claim("2017-08-01", RED, BLUE), claim("2017-09-01", BLUE, RED))
    last = site("a", 0, claim("2017-10-01", RED, BLUE))
    assert told(history("b", last, retook))[-2:] == [("2017-09-01", "2017-10-01", RED), ("2017-10-01", None, BLUE)]


def test_a_quarter_in_other_hands_at_the_snapshot_fell_with_its_neighbour():
    fell = site("a", 0, claim("2017-06-10", RED, BLUE), snapshot=BLUE)
    found = history("b", fell, site("b", 2, snapshot=BLUE))
    assert told(found) == [("2017-05-01", "2017-06-10", RED), ("2017-06-10", None, BLUE)]
    assert told(history("b", fell, site("b", 9, snapshot=BLUE))) == [("2017-05-01", None, BLUE)]


def test_a_first_row_that_confirms_leaves_no_gap():
    known = site("a", 0, claim("2017-08-01", RED, BLUE))
    late = site("b", 3, claim("2017-09-01", BLUE, BLUE), claim("2017-10-01", BLUE, RED), snapshot=None)
    found = history("b", known, late)
    assert told(found) == [
        ("2017-05-01", "2017-08-01", RED),
        ("2017-08-01", "2017-10-01", BLUE),
        ("2017-10-01", None, RED),
    ]


def test_a_period_keeps_every_day_of_its_evidence():
    found = history("a", site("a", 0, claim("2017-06-01", RED, BLUE), claim("2017-08-20", BLUE, BLUE, "reported"),
                              snapshot=BLUE))  # fmt: skip
    assert [piece.day for piece in found[0].evidence] == ["2017-06-01"]
    assert [(piece.day, piece.confidence) for piece in found[1].evidence] == [
        ("2017-06-01", "confirmed"),
        ("2017-07-01", "reported"),
        ("2017-08-20", "reported"),
    ]


def test_borrowed_evidence_is_an_estimate():
    found = history("b", site("a", 0, claim("2017-08-01", RED, BLUE)), site("b", 12))
    assert {piece.confidence for piece in found[1].evidence} == {"estimated"}
