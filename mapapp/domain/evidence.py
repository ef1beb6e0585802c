"""From dated claims about places to who held each place on each day.

A site follows its own claims. A site without any keeps the holder of the snapshot, unless that holder is one whose
undated places follow their neighbours: then it takes the later history of the nearest dated site on its own side of
the river, and says that this is an estimate.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely

from mapapp.domain.actors import Holder
from mapapp.domain.periods import is_valid_on

Confidence = Literal["confirmed", "reported", "estimated"]


@dataclass(frozen=True)
class Claim:
    """A dated report that a place changed hands, or (before == after) that it was still held."""

    day: str
    before: Holder | None
    after: Holder
    confidence: Confidence
    source: str

    @property
    def confirms(self) -> bool:
        """Say whether the claim reports no change."""
        return self.before == self.after


@dataclass(frozen=True)
class Site:
    """A place as the tables know it; x and y are metres in one projection, claims are sorted by day."""

    id: str
    name: str
    x: float
    y: float
    side: str
    snapshot: Holder | None
    snapshot_source: str
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class HeldPeriod:
    """Who held a place in [valid_from, valid_to), and what that rests on."""

    valid_from: str
    valid_to: str | None
    holder: Holder
    confidence: Confidence
    source: str
    last_evidence: str


@dataclass(frozen=True)
class FollowRule:
    """When the snapshot was taken, and whose undated places follow a dated neighbour within how many metres."""

    first_day: str
    snapshot_day: str
    followers: frozenset[str]
    reach: float

    def applies_to(self, site: Site) -> bool:
        """Say whether the history after the snapshot has to come from a neighbour."""
        holder = site.snapshot
        undated = all(claim.day < self.snapshot_day for claim in site.claims)
        return undated and holder is not None and holder.actor in self.followers


History = tuple[HeldPeriod, ...]


def derive_histories(sites: Sequence[Site], rule: FollowRule) -> list[History]:
    """Return for each site its periods, sorted, gapless, from the first day on; the last one is open.

    Sites whose first claim has no `before` are derived last: until then they are treated as if that claim were
    missing. Cost: one nearest-neighbour search for the undated sites.
    """
    own = {site.id: own_history(site, rule) for site in sites}
    guides = [site for site in sites if _guides(site, own[site.id], rule)]
    needing = [site for site in sites if rule.applies_to(site) or _starts_unknown(site)]
    found = nearest_guides(needing, guides, rule.reach)
    for site, guide in zip(needing, found, strict=True):
        own[site.id] = _follow(site, own[site.id], guide, own[guide.id] if guide else (), rule)
    return [own[site.id] for site in sites]


def own_history(site: Site, rule: FollowRule) -> History:
    """Return the periods that the site's own claims and the snapshot give."""
    first = site.claims[0] if site.claims else None
    start = (first.before if first else None) or site.snapshot or (first.after if first else None)
    if start is None:
        raise ValueError(f"{site.name} has neither a holder nor a claim")
    source = first.source if first and first.before else site.snapshot_source
    confidence: Confidence = first.confidence if first and first.before else "reported"
    evidence = first.day if first else rule.snapshot_day
    periods = [HeldPeriod(rule.first_day, None, start, confidence, source, evidence)]
    for claim in site.claims:
        _apply(periods, claim, rule.first_day)
    return tuple(_confirm_by_snapshot(period, site, rule) for period in periods)


def _apply(periods: list[HeldPeriod], claim: Claim, first_day: str) -> None:
    """Extend the list of periods by one claim, later than all before it."""
    last = periods[-1]
    if claim.after == last.holder:
        if claim.day >= last.last_evidence or claim.confirms:
            periods[-1] = replace(
                last, last_evidence=claim.day, source=claim.source, confidence=_surer(last.confidence, claim.confidence)
            )
        return
    new = HeldPeriod(max(claim.day, first_day), None, claim.after, claim.confidence, claim.source, claim.day)
    if last.valid_from >= new.valid_from:
        periods.pop()
    else:
        periods[-1] = replace(last, valid_to=new.valid_from)
    periods.append(new)


def _surer(one: Confidence, other: Confidence) -> Confidence:
    """Return the surer of two confidences."""
    order: tuple[Confidence, ...] = ("confirmed", "reported", "estimated")
    return min(one, other, key=order.index)


def _confirm_by_snapshot(period: HeldPeriod, site: Site, rule: FollowRule) -> HeldPeriod:
    """Let the snapshot count as evidence for a period that contains its day and agrees with it."""
    inside = is_valid_on(rule.snapshot_day, period.valid_from, period.valid_to)
    if not inside or period.holder != site.snapshot:
        return period
    if period.valid_from < period.last_evidence <= rule.snapshot_day or period.last_evidence < rule.snapshot_day:
        return replace(
            period,
            last_evidence=rule.snapshot_day,
            source=_joined(period.source, site.snapshot_source),
            confidence=_surer(period.confidence, "reported"),
        )
    return period


def _joined(*sources: str) -> str:
    """Join sources by semicolons, each once."""
    return "; ".join(dict.fromkeys(source for source in sources if source))


def _starts_unknown(site: Site) -> bool:
    """Say whether the first claim leaves open who held the place before, and no snapshot tells."""
    return bool(site.claims) and site.claims[0].before is None and site.snapshot is None


def _guides(site: Site, history: History, rule: FollowRule) -> bool:
    """Say whether a follower's undated place may take its history from this site."""
    if not any(claim.day >= rule.snapshot_day for claim in site.claims) or _starts_unknown(site):
        return False
    return holder_on(history, rule.snapshot_day).actor in rule.followers


def holder_on(history: History, day: str) -> Holder:
    """Return who holds the place on a day that the history covers."""
    return next(period.holder for period in history if is_valid_on(day, period.valid_from, period.valid_to))


def nearest_guides(needing: Sequence[Site], guides: Sequence[Site], reach: float) -> list[Site | None]:
    """Return for each site the nearest other guide on its side within `reach` metres, or None."""
    found: list[Site | None] = [None] * len(needing)
    for side in sorted({site.side for site in needing}):
        near = [guide for guide in guides if guide.side == side]
        if not near:
            continue
        tree = shapely.STRtree(shapely.points([(guide.x, guide.y) for guide in near]))
        mine = [index for index, site in enumerate(needing) if site.side == side]
        points = shapely.points([(needing[index].x, needing[index].y) for index in mine])
        rows, hits = tree.query_nearest(points, max_distance=reach, exclusive=True, all_matches=False)
        for row, hit in zip(np.asarray(rows), np.asarray(hits), strict=True):
            found[mine[row]] = near[hit]
    return found


def _follow(site: Site, own: History, guide: Site | None, guided: History, rule: FollowRule) -> History:
    """Append the guide's later periods to a site that has none of its own after the snapshot."""
    if guide is None or _starts_unknown(site):
        return own
    kilometres = round(float(np.hypot(site.x - guide.x, site.y - guide.y)) / 1000)
    later = [period for period in guided if period.valid_from > rule.snapshot_day]
    if not later or own[-1].holder != holder_on(guided, rule.snapshot_day):
        return own
    borrowed = [
        replace(
            period, confidence="estimated", source=f"estimated from {guide.name}, {kilometres} km away: {period.source}"
        )
        for period in later
    ]
    return (*own[:-1], replace(own[-1], valid_to=borrowed[0].valid_from), *borrowed)
