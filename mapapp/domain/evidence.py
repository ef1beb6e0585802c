"""From dated claims about a place to who held it on each day, as far as its own evidence goes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

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


@dataclass(frozen=True, order=True)
class Evidence:
    """What a source says of a place on a day."""

    day: str
    source: str
    confidence: Confidence


@dataclass(frozen=True)
class HeldPeriod:
    """Who held a place in [valid_from, valid_to), and what that rests on: one piece of evidence or more, by day."""

    valid_from: str
    valid_to: str | None
    holder: Holder
    confidence: Confidence
    source: str
    evidence: tuple[Evidence, ...]

    @property
    def last_evidence(self) -> str:
        """Return the day of the newest evidence, which may lie outside the period."""
        return max(piece.day for piece in self.evidence)

    def resting_also_on(self, *pieces: Evidence) -> "HeldPeriod":
        """Return the period with more evidence; what is known already is not repeated."""
        return replace(self, evidence=tuple(sorted({*self.evidence, *pieces})))


History = tuple[HeldPeriod, ...]


def evidence_in(period: Mapping[str, Any]) -> tuple[Evidence, ...]:
    """Return the evidence of a period as a layer carries it; one without a list has its newest piece alone."""
    pieces = period.get("evidence") or ()
    if pieces:
        return tuple(Evidence(piece["day"], piece["source"], piece["confidence"]) for piece in pieces)
    day = period["last_evidence"]
    return (Evidence(day, period["source"], period["confidence"]),) if day else ()


def own_history(site: Site, first_day: str, snapshot_day: str) -> History:
    """Return the periods that the site's own claims and the snapshot give."""
    first = site.claims[0] if site.claims else None
    start = (first.before if first else None) or site.snapshot or (first.after if first else None)
    if start is None:
        raise ValueError(f"{site.name} has neither a holder nor a claim")
    source = first.source if first and first.before else site.snapshot_source
    confidence: Confidence = first.confidence if first and first.before else "reported"
    evidence = (evidence_of(first) if first else Evidence(snapshot_day, site.snapshot_source, "reported"),)
    periods = [HeldPeriod(first_day, None, start, confidence, source, evidence)]
    for claim in site.claims:
        _apply(periods, claim, first_day)
    return tuple(_confirm_by_snapshot(period, site, snapshot_day) for period in periods)


def evidence_of(claim: Claim) -> Evidence:
    """Return a claim as evidence, also for the holder whom it names as the one before."""
    return Evidence(claim.day, claim.source, claim.confidence)


def _apply(periods: list[HeldPeriod], claim: Claim, first_day: str) -> None:
    """Extend the list of periods by one claim, later than all before it."""
    last = periods[-1]
    if claim.after == last.holder:
        surer = _surer(last.confidence, claim.confidence)
        periods[-1] = replace(last.resting_also_on(evidence_of(claim)), source=claim.source, confidence=surer)
        return
    new = HeldPeriod(
        max(claim.day, first_day), None, claim.after, claim.confidence, claim.source, (evidence_of(claim),)
    )
    if last.valid_from >= new.valid_from:
        periods.pop()
    else:
        periods[-1] = replace(last, valid_to=new.valid_from)
    periods.append(new)


def _surer(one: Confidence, other: Confidence) -> Confidence:
    """Return the surer of two confidences."""
    order: tuple[Confidence, ...] = ("confirmed", "reported", "estimated")
    return min(one, other, key=order.index)


def _confirm_by_snapshot(period: HeldPeriod, site: Site, snapshot_day: str) -> HeldPeriod:
    """Let the snapshot count as evidence for a period that contains its day and agrees with it."""
    inside = is_valid_on(snapshot_day, period.valid_from, period.valid_to)
    if not inside or period.holder != site.snapshot:
        return period
    confirmed = period.resting_also_on(Evidence(snapshot_day, site.snapshot_source, "reported"))
    if period.valid_from < period.last_evidence <= snapshot_day or period.last_evidence < snapshot_day:
        source = _joined(period.source, site.snapshot_source)
        return replace(confirmed, source=source, confidence=_surer(period.confidence, "reported"))
    return confirmed


def _joined(*sources: str) -> str:
    """Join sources by semicolons, each once."""
    return "; ".join(dict.fromkeys(source for source in sources if source))


def period_on(history: History, day: str) -> HeldPeriod:
    """Return the period that contains a day which the history covers."""
    return next(period for period in history if is_valid_on(day, period.valid_from, period.valid_to))


def holder_on(history: History, day: str) -> Holder:
    """Return who holds the place on a day that the history covers."""
    return period_on(history, day).holder
