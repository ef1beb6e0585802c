"""What a place takes from its neighbours where its own evidence is silent: always an estimate, never across the river.

A *follower* is an actor whose undated places went the way of their neighbours (a retreating side). Four rules, in
order; each speaks only of days on which the place has no evidence of its own:

1. After its last evidence, a place held or contested by a follower takes the later history of the nearest dated place
   that the same follower held on that day.
2. A place that the snapshot does not know has, before its first claim, the history of the nearest place that it does
   know and that was held on the eve by whom the claim names as the holder before.
3. A contest with a follower begins on the day when the follower lost the nearest place, if that is near enough.
4. A place whose holder is first known from the snapshot was a follower's until the day when the same holder took the
   nearest dated place from it, if that is near enough.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.evidence import Claim, Evidence, HeldPeriod, History, Site, holder_on, own_history
from mapapp.domain.periods import shift_day


@dataclass(frozen=True)
class FollowRule:
    """Whose places follow, when the snapshot was taken, and how far a neighbour may be, in metres.

    `reach` is for rules 1 and 2, `near` for rule 3, `back` for rule 4.
    """

    first_day: str
    snapshot_day: str
    followers: frozenset[str]
    reach: float
    near: float = 0.0
    back: float = 0.0

    def anchor(self, site: Site) -> str:
        """Return the day of the last evidence of a place's own."""
        days = [claim.day for claim in site.claims]
        return max([*days, self.snapshot_day] if site.snapshot is not None else days)

    def followers_in(self, holder: Holder) -> frozenset[str]:
        """Return the followers among those who hold or contest."""
        return self.followers & set(holder.members)


class Neighbourhood:
    """The sites of one dataset, and the nearest of those that a question allows."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sides = np.array([site.side for site in sites])
        self._xy = np.array([(site.x, site.y) for site in sites]).reshape(-1, 2)
        self._index = {site.id: index for index, site in enumerate(sites)}
        self.sites = sites

    def nearest(self, site: Site, offered: Iterable[Site], reach: float) -> tuple[Site, float] | None:
        """Return the nearest other site on the same side among those offered, and its distance in metres."""
        chosen = np.array([self._index[other.id] for other in offered if other.id != site.id], dtype=np.intp)
        chosen = chosen[self._sides[chosen] == site.side]
        if not len(chosen):
            return None
        away = np.hypot(*(self._xy[chosen] - (site.x, site.y)).T)
        best = int(away.argmin())
        return (self.sites[int(chosen[best])], float(away[best])) if away[best] <= reach else None


def derive_histories(sites: Sequence[Site], rule: FollowRule) -> list[History]:
    """Return for each site its periods, sorted, gapless, from the first day on; the last one is open.

    Cost: for each place that follows, one distance to each dated place.
    """
    around = Neighbourhood(sites)
    own = {site.id: own_history(site, rule.first_day, rule.snapshot_day) for site in sites}
    ahead = {site.id: follow_ahead(site, own, around, rule) for site in sites}
    begun = {site.id: _before_contest(site, ahead[site.id], around, rule) for site in sites}
    back = {site.id: _before_snapshot(site, begun[site.id], around, rule) for site in sites}
    return [_before_first_claim(site, back, around, rule) for site in sites]


def follow_ahead(site: Site, own: dict[str, History], around: Neighbourhood, rule: FollowRule) -> History:
    """Rule 1: append to a site's own history what happened at its guide after the site's last evidence."""
    history, anchor = own[site.id], rule.anchor(site)
    followers = rule.followers_in(history[-1].holder)
    if not followers:
        return history

    def guides(other: Site) -> bool:
        return (
            rule.anchor(other) >= anchor
            and _has_claim_since(other, anchor)
            and bool(followers & {holder_on(own[other.id], anchor).actor})
        )

    found = around.nearest(site, filter(guides, _dated(around.sites)), rule.reach)
    later = [period for period in own[found[0].id] if period.valid_from > anchor] if found else []
    if not found or not later:
        return history
    borrowed = [_estimated(period, *found) for period in later]
    return (*history[:-1], replace(history[-1], valid_to=borrowed[0].valid_from), *borrowed)


def _dated(sites: Iterable[Site]) -> Iterable[Site]:
    """Return the sites that have claims."""
    return (site for site in sites if site.claims)


def _has_claim_since(site: Site, day: str) -> bool:
    """Say whether any claim about the place is of that day or later."""
    return site.claims[-1].day >= day


def _estimated(period: HeldPeriod, guide: Site, metres: float) -> HeldPeriod:
    """Return a period of a neighbour as an estimate."""
    source = f"estimated from {guide.name}, {metres / 1000:.0f} km away: {period.source}"
    evidence = tuple(replace(piece, confidence="estimated") for piece in period.evidence)
    return replace(period, confidence="estimated", source=source, evidence=evidence)


def _before_contest(site: Site, history: History, around: Neighbourhood, rule: FollowRule) -> History:
    """Rule 3."""
    first = history[0]
    if first.holder.status != "contested" or first.holder != site.snapshot:
        return history
    for follower in sorted(rule.followers_in(first.holder)):
        found = _nearest_loss(site, around, rule, follower, rule.near, lambda _claim: True)
        if found:
            return _prefixed(history, holder_of("control", follower, ()), *found, rule)
    return history


def _before_snapshot(site: Site, history: History, around: Neighbourhood, rule: FollowRule) -> History:
    """Rule 4."""
    first = history[0]
    speaks = any(claim.before is not None and not claim.confirms for claim in site.claims[:1])
    if speaks or first.holder != site.snapshot or first.holder.status != "control" or rule.followers_in(first.holder):
        return history
    for follower in sorted(rule.followers):
        found = _nearest_loss(site, around, rule, follower, rule.back, lambda claim: claim.after == first.holder)
        if found and (first.valid_to is None or found[1] < first.valid_to):
            return _prefixed(history, holder_of("control", follower, ()), *found, rule)
    return history


def _nearest_loss(
    site: Site,
    around: Neighbourhood,
    rule: FollowRule,
    follower: str,
    reach: float,
    counts: Callable[[Claim], bool],
) -> tuple[Site, str] | None:
    """Return the nearest dated place, and the day up to the snapshot on which the follower lost it, if that counts.

    It is the nearest place that decides: when it was not the follower's, or was lost to another, nothing follows.
    """
    found = around.nearest(site, _dated(around.sites), reach)
    if found is None:
        return None
    for claim in found[0].claims:
        lost = claim.before is not None and claim.before.actor == follower and not claim.confirms
        if lost and rule.first_day < claim.day <= rule.snapshot_day:
            return (found[0], claim.day) if counts(claim) else None
    return None


def _prefixed(history: History, holder: Holder, place: Site, day: str, rule: FollowRule) -> History:
    """Return a history whose time before `day`, when `place` fell, was the holder's, as an estimate."""
    source = f"estimated from {place.name}, lost {day}"
    evidence = (Evidence(day, source, "estimated"),)
    before = HeldPeriod(rule.first_day, day, holder, "estimated", source, evidence)
    return (before, replace(history[0], valid_from=day), *history[1:])


def _before_first_claim(site: Site, known: dict[str, History], around: Neighbourhood, rule: FollowRule) -> History:
    """Rule 2."""
    history = known[site.id]
    if site.snapshot is not None or site.claims[0].day <= rule.first_day:
        return history
    claim = site.claims[0]
    eve = shift_day(claim.day, -1)
    offered = (
        other
        for other in around.sites
        if other.snapshot is not None and claim.before in {None, holder_on(known[other.id], eve)}
    )
    found = around.nearest(site, offered, rule.reach)
    if found is None:
        return history
    earlier = [_estimated(period, *found) for period in known[found[0].id] if period.valid_from < claim.day]
    if not earlier or (claim.before is not None and len(earlier) == 1):
        return history
    first, *rest = [period for period in history if period.valid_to is None or period.valid_to > claim.day]
    own = (replace(first, valid_from=max(first.valid_from, claim.day)), *rest)
    if earlier[-1].holder == own[0].holder:
        return (*earlier[:-1], replace(own[0], valid_from=earlier[-1].valid_from), *own[1:])
    return (*earlier[:-1], replace(earlier[-1], valid_to=own[0].valid_from), *own)
