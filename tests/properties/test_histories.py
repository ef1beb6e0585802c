"""Whatever the tables claim, every place has a gapless history from the first day on."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.evidence import Claim, Site
from mapapp.domain.following import FollowRule, derive_histories
from mapapp.domain.periods import shift_day

FIRST = "2017-05-01"
HOLDERS = [
    *(holder_of("control", key, ()) for key in ("red", "blue", "green")),
    Holder("contested", None, ("blue", "red")),
]
days = st.integers(0, 200).map(lambda n: shift_day(FIRST, n))
claims = st.lists(
    st.builds(
        Claim,
        day=days,
        before=st.none() | st.sampled_from(HOLDERS[:3]),
        after=st.sampled_from(HOLDERS),
        confidence=st.sampled_from(["confirmed", "reported", "estimated"]),
        source=st.just("report"),
    ),
    max_size=4,
)


@st.composite
def maps(draw):
    sites = []
    for number in range(draw(st.integers(1, 8))):
        told = tuple(sorted(draw(claims), key=lambda claim: claim.day))
        snapshot = draw(st.sampled_from(HOLDERS) if not told else st.none() | st.sampled_from(HOLDERS))
        x, side = draw(st.integers(0, 100)), draw(st.sampled_from(["left", "right"]))
        sites.append(Site(str(number), str(number), x * 1000.0, 0.0, side, snapshot, "table", told))
    return sites


@given(maps(), st.integers(0, 120), st.integers(0, 40))
def test_histories_are_gapless_and_begin_on_the_first_day(sites, reach, near):
    rule = FollowRule(FIRST, "2017-07-01", frozenset({"red"}), reach * 1000.0, near * 1000.0, near * 1000.0)
    for history in derive_histories(sites, rule):
        assert history[0].valid_from == FIRST
        assert history[-1].valid_to is None
        assert all(one.valid_to == two.valid_from for one, two in pairwise(history))
        assert all(one.valid_from < one.valid_to for one in history[:-1])
