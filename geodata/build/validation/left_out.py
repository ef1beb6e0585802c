"""Leave one out: drop a dated change, derive its place from its neighbours, and see how far off the answer is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mapapp.domain.actors import Holder
from mapapp.domain.evidence import Claim, History, Site, holder_on, own_history
from mapapp.domain.following import FollowRule, Neighbourhood, follow_ahead
from mapapp.domain.periods import days_between, shift_day
from mapapp.ingest.theatre.derivation import Derivation


@dataclass(frozen=True)
class LeftOut:
    """What the derivation says of a change that it was not told: the holder on the day after, and the day."""

    place: str
    claim: Claim
    predicted: Holder
    day_error: int | None

    @property
    def right(self) -> bool:
        """Say whether the predicted holder on the last day that the change speaks for is the right one."""
        return self.predicted == self.claim.after


def leave_one_out(made: Derivation, grace: int = 14) -> list[LeftOut]:
    """Return the prediction for each dated change of a place that the snapshot knows.

    `right` asks for the holder `grace` days after the change (a neighbour's date is seldom the very day), or on the
    day before the place's next change; `day_error` is the distance in days to the day on which the prediction gets
    the right holder, None when it never does.
    """
    rule, last_day = made.rule, made.theatre.frame["last_day"]
    own = {site.id: own_history(site, rule.first_day, rule.snapshot_day) for site in made.sites}
    around = Neighbourhood(made.sites)
    return [
        _predict(site, index, own, around, rule, _asked_day(site.claims, index, last_day, grace))
        for site in made.sites
        if site.snapshot is not None
        for index, claim in enumerate(site.claims)
        if not claim.confirms and claim.day >= rule.snapshot_day
    ]


def _predict(
    site: Site, index: int, own: dict[str, History], around: Neighbourhood, rule: FollowRule, asked: str
) -> LeftOut:
    """Derive one place without one of its claims."""
    claim = site.claims[index]
    without = replace(site, claims=site.claims[:index] + site.claims[index + 1 :])
    bare = {**own, site.id: own_history(without, rule.first_day, rule.snapshot_day)}
    history = follow_ahead(without, bare, around, rule)
    days = [
        days_between(claim.day, period.valid_from)
        for period in history
        if period.holder == claim.after and period.valid_from > rule.first_day
    ]
    return LeftOut(site.name, claim, holder_on(history, asked), min(days, key=abs, default=None))


def _asked_day(claims: Sequence[Claim], index: int, last_day: str, grace: int) -> str:
    """Return the day for which the holder is asked: some days after the change, before the next one."""
    later = [claim.day for claim in claims[index + 1 :] if claim.day > claims[index].day]
    day = claims[index].day
    end = min([shift_day(day, grace), last_day, *(shift_day(next_day, -1) for next_day in later[:1])])
    return max(day, end)
