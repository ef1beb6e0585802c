"""Cells in a row: each place has the one before and the one after as neighbours."""

from mapapp.domain.actors import holder_of
from mapapp.domain.enclosed import adjacency, settle_enclosed
from mapapp.domain.evidence import Evidence, HeldPeriod

RED, BLUE, GREEN = (holder_of("control", key, ()) for key in ("red", "blue", "green"))


def proof(day, confidence):
    return (Evidence(day, "report", confidence),)


def row(*histories):
    pairs = [(i, i + 1) for i in range(len(histories) - 1)]
    return settle_enclosed(histories, adjacency(pairs + [(b, a) for a, b in pairs]), "2017-12-31")


def sure(holder):
    return (HeldPeriod("2017-05-01", None, holder, "confirmed", "report", proof("2017-05-01", "confirmed")),)


def estimate(before, day, after):
    return (
        HeldPeriod("2017-05-01", day, before, "reported", "table", proof("2017-05-01", "reported")),
        HeldPeriod(day, None, after, "estimated", "estimated from afar", proof(day, "estimated")),
    )


def test_an_estimate_alone_among_others_takes_their_holder():
    made = row(sure(BLUE), estimate(RED, "2017-08-01", GREEN), sure(BLUE))
    assert [(p.valid_from, p.holder) for p in made[1]] == [("2017-05-01", RED), ("2017-08-01", BLUE)]
    assert "surrounded by blue" in made[1][1].source
    assert made[1][1].confidence == "estimated"


def test_estimates_that_touch_surer_ground_of_their_holder_stay():
    made = row(sure(BLUE), estimate(RED, "2017-08-01", GREEN), estimate(RED, "2017-08-01", GREEN), sure(GREEN))
    assert made[1][1].holder == GREEN
    assert made[2][1].holder == GREEN


def test_a_group_of_estimates_is_settled_together():
    made = row(sure(BLUE), estimate(RED, "2017-08-01", GREEN), estimate(RED, "2017-08-01", GREEN), sure(BLUE))
    assert [history[1].holder for history in made[1:3]] == [BLUE, BLUE]


def test_an_enclave_that_rests_on_a_report_stays():
    made = row(sure(BLUE), sure(RED), sure(BLUE))
    assert made[1] == sure(RED)


def test_ground_that_gets_cut_off_later_is_settled_from_that_day():
    lost = (
        HeldPeriod("2017-05-01", "2017-09-01", GREEN, "confirmed", "report", proof("2017-05-01", "confirmed")),
        HeldPeriod("2017-09-01", None, BLUE, "confirmed", "report", proof("2017-09-01", "confirmed")),
    )
    made = row(sure(BLUE), estimate(RED, "2017-08-01", GREEN), lost)
    assert [(p.valid_from, p.holder) for p in made[1]] == [
        ("2017-05-01", RED),
        ("2017-08-01", GREEN),
        ("2017-09-01", BLUE),
    ]
