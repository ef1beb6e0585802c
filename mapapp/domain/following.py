"""What a place without evidence of its own takes from its neighbours: always an estimate, never across the river.

A site follows its own claims. A site without any keeps the holder of the snapshot, unless one of its holders is a
*follower*, an actor whose undated places went the way of their neighbours: then it takes the later history of the
nearest dated site on its own side of the river.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.evidence import HeldPeriod, History, Site, holder_on, own_history


@dataclass(frozen=True)
class FollowRule:
    """When the snapshot was taken, whose undated places follow a dated neighbour, and within how many metres.

    `contest_reach` is how far from a place that was contested on the snapshot day the fight for it may have begun.
    """

    first_day: str
    snapshot_day: str
    followers: frozenset[str]
    reach: float
    contest_reach: float = 0.0

    def applies_to(self, site: Site) -> bool:
        """Say whether the history after the snapshot has to come from a neighbour."""
        undated = all(claim.day < self.snapshot_day for claim in site.claims)
        return undated and site.snapshot is not None and bool(self.followers & set(site.snapshot.members))


def derive_histories(sites: Sequence[Site], rule: FollowRule) -> list[History]:
    """Return for each site its periods, sorted, gapless, from the first day on; the last one is open.

    Cost: one nearest-neighbour search for the undated sites, one for the contested ones.
    """
    own = {site.id: own_history(site, rule.first_day, rule.snapshot_day) for site in sites}
    guides = [site for site in sites if may_guide(site, own[site.id], rule)]
    needing = [site for site in sites if rule.applies_to(site)]
    for site, guide in zip(needing, nearest_sites(needing, guides, rule.reach), strict=True):
        if guide is not None:
            own[site.id] = follow(site, own[site.id], guide, own[guide.id], rule)
    _begin_contests(sites, own, rule)
    return [own[site.id] for site in sites]


def may_guide(site: Site, history: History, rule: FollowRule) -> bool:
    """Say whether undated places may follow this one: a follower held it, and it has evidence since the snapshot."""
    dated = any(claim.day >= rule.snapshot_day for claim in site.claims)
    return dated and holder_on(history, rule.snapshot_day).actor in rule.followers


def nearest_sites(needing: Sequence[Site], offered: Sequence[Site], reach: float) -> list[Site | None]:
    """Return for each site the nearest other one on its side within `reach` metres, or None."""
    found: list[Site | None] = [None] * len(needing)
    for side in sorted({site.side for site in needing}):
        near = [site for site in offered if site.side == side]
        if not near:
            continue
        tree = shapely.STRtree(shapely.points([(site.x, site.y) for site in near]))
        mine = [index for index, site in enumerate(needing) if site.side == side]
        points = shapely.points([(needing[index].x, needing[index].y) for index in mine])
        rows, hits = tree.query_nearest(points, max_distance=reach, exclusive=True, all_matches=False)
        for row, hit in zip(np.asarray(rows).tolist(), np.asarray(hits).tolist(), strict=True):
            found[mine[row]] = near[hit]
    return found


def follow(site: Site, own: History, guide: Site, guided: History, rule: FollowRule) -> History:
    """Append to a site's own history what happened at its guide after the snapshot, as an estimate."""
    shared = set(own[-1].holder.members) & set(holder_on(guided, rule.snapshot_day).members)
    later = [period for period in guided if period.valid_from > rule.snapshot_day]
    if not later or not shared:
        return own
    borrowed = [_estimated(period, site, guide) for period in later]
    return (*own[:-1], replace(own[-1], valid_to=borrowed[0].valid_from), *borrowed)


def _estimated(period: HeldPeriod, site: Site, guide: Site) -> HeldPeriod:
    """Return a period of the guide as an estimate for the site."""
    kilometres = round(float(np.hypot(site.x - guide.x, site.y - guide.y)) / 1000)
    source = f"estimated from {guide.name}, {kilometres} km away: {period.source}"
    return replace(period, confidence="estimated", source=source)


def _begin_contests(sites: Sequence[Site], own: dict[str, History], rule: FollowRule) -> None:
    """Let a contest over a follower's place begin when the follower lost the nearest place, if that was near enough.

    Before that day the follower held the place, as an estimate. The snapshot only says that the contest was on.
    """
    contested = [site for site in sites if _contested_by_follower(site.snapshot, own[site.id][0].holder, rule)]
    for follower in sorted(rule.followers):
        mine = [site for site in contested if site.snapshot and follower in site.snapshot.members]
        lost = [site for site in sites if _loss_of(site, follower, rule)]
        for site, place in zip(mine, nearest_sites(mine, lost, rule.contest_reach), strict=True):
            day = _loss_of(place, follower, rule) if place else None
            if place and day and day > rule.first_day:
                first, *rest = own[site.id]
                before = _before_contest(follower, place, day, rule.first_day)
                own[site.id] = (before, replace(first, valid_from=day), *rest)


def _before_contest(follower: str, place: Site, day: str, first_day: str) -> HeldPeriod:
    """Return the time before a contest that began on the day when `place` fell."""
    source = f"estimated: the fight for it began when {place.name} fell, {day}"
    return HeldPeriod(first_day, day, holder_of("control", follower, ()), "estimated", source, day)


def _contested_by_follower(snapshot: Holder | None, first: Holder, rule: FollowRule) -> bool:
    """Say whether a place begins contested only because the snapshot, taken later, shows it so."""
    return (
        snapshot is not None
        and first == snapshot
        and first.status == "contested"
        and bool(rule.followers & set(first.members))
    )


def _loss_of(site: Site, follower: str, rule: FollowRule) -> str | None:
    """Return the day, up to the snapshot, on which a follower lost the place, or None."""
    days = [
        claim.day
        for claim in site.claims
        if claim.day <= rule.snapshot_day and claim.before and claim.before.actor == follower and not claim.confirms
    ]
    return min(days, default=None)
