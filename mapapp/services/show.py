"""What the map shows on a day: who holds how much, and what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.edition import Dataset, Edition
from mapapp.domain.periods import shift_day
from mapapp.resources.messages import Messages
from mapapp.services.memory import Memory
from mapapp.services.words import day_in_words, holder_name, percent

COUNTRY = "country"
NOTABLE = 0.03
"""Shares below this are left out of the sentence, not of the figures."""


@dataclass(frozen=True)
class Share:
    """What one holder has of an area on a day; shares are 0-1, `change` is against the day before."""

    holder: Holder
    km2: float
    share: float
    change: float | None


@dataclass(frozen=True)
class Handover:
    """A place that passed from one holder to another; `size` ranks places, larger first."""

    name: str
    size: float
    before: Holder
    after: Holder
    confidence: str
    source: str
    source_url: str


@dataclass(frozen=True)
class Happening:
    """A dated event, or a zone that came into being on the day; one that is not `plotted` lies off the map."""

    title: str
    kind: str
    actors: tuple[str, ...]
    source: str
    source_url: str
    major: bool = False
    plotted: bool = True


@dataclass(frozen=True)
class Changes:
    """What is new on a day; major events first; places in order of size, the well sourced before the estimated."""

    handovers: tuple[Handover, ...]
    happenings: tuple[Happening, ...]
    km2: float


_handovers: Memory[dict[str, tuple[Handover, ...]]] = Memory(entries=4)


def nearest_day(dataset: Dataset, day: str) -> str:
    """Return the day of the dataset that is nearest to a calendar day."""
    return min(max(day, dataset.first_day), dataset.last_day)


def shares(edition: Edition, day: str) -> dict[str, list[Share]]:
    """Return the shares of the country and of each bank on a day, largest first.

    Keys: `country`, then the banks (`east`, `west`). A holder that lost everything since the day before has 0.
    """
    before = shift_day(day, -1) if day > edition.dataset.first_day else None
    stats = edition.stats
    areas = {COUNTRY: stats.areas_on(day)} | stats.banks_on(day)
    earlier = {COUNTRY: stats.areas_on(before)} | stats.banks_on(before) if before else {}
    return {name: _shares(now, earlier.get(name)) for name, now in areas.items()}


def _shares(now: Mapping[Holder, float], earlier: Mapping[Holder, float] | None) -> list[Share]:
    whole = sum(now.values()) or 1.0
    lost = [holder for holder in earlier or () if holder not in now]
    held = [*sorted(now, key=lambda holder: -now[holder]), *lost]
    return [
        Share(
            holder=holder,
            km2=now.get(holder, 0.0),
            share=now.get(holder, 0.0) / whole,
            change=None if earlier is None else (now.get(holder, 0.0) - earlier.get(holder, 0.0)) / whole,
        )
        for holder in held
    ]


def sentence(edition: Edition, day: str, messages: Messages) -> str:
    """Return the sentence that says what the map shows on a day, for those who cannot see it and for captions."""
    parts = shares(edition, day)
    opening = messages(
        "app.sentence.country",
        date=day_in_words(day, messages),
        list=_list(edition.dataset, parts[COUNTRY], messages),
    )
    banks = [
        messages("app.sentence.bank", bank=messages(f"app.bank.{bank}"), list=_list(edition.dataset, held, messages))
        for bank, held in parts.items()
        if bank != COUNTRY
    ]
    return " ".join([opening, *banks])


def _list(dataset: Dataset, held: list[Share], messages: Messages) -> str:
    items = [
        messages(
            "app.sentence.item",
            holder=holder_name(dataset, share.holder, messages),
            percent=percent(share.share, messages, decimals=0),
        )
        for share in held
        if share.share >= NOTABLE
    ]
    return messages("app.sentence.comma").join(items)


def changes_on(edition: Edition, day: str) -> Changes:
    """Return what changed on a day: places that passed to another holder, events, zones that came into being."""
    handovers = _handovers.get(
        (edition.dataset.name, edition.version, edition.language), lambda: _index_handovers(edition)
    )
    return Changes(
        handovers=handovers.get(day, ()),
        happenings=(*_events(edition, day), *_zones(edition, day)),
        km2=edition.stats.changed_km2.get(day, 0.0),
    )


def _index_handovers(edition: Edition) -> dict[str, tuple[Handover, ...]]:
    """Find every handover of every place, by day."""
    found: dict[str, list[Handover]] = {}
    for place in edition.layers["place"].itertuples(index=False):
        for before, after in zip(place.periods, place.periods[1:], strict=False):
            handover = _handover(place, before, after)
            if handover.before != handover.after:
                found.setdefault(str(after["from"]), []).append(handover)
    return {day: tuple(sorted(rows, key=_rank)) for day, rows in found.items()}


def _handover(place: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Handover:
    return Handover(
        name=str(place.name),
        size=float(place.size),
        before=_holder(before),
        after=_holder(after),
        confidence=str(after["confidence"]),
        source=str(after.get("source") or place.source or ""),
        source_url=str(place.source_url or ""),
    )


def _holder(period: Mapping[str, Any]) -> Holder:
    return holder_of(period["status"], period["actor"], period["parties"])


def _rank(handover: Handover) -> tuple[bool, float, str]:
    return handover.confidence == "estimated", -handover.size, handover.name


def _events(edition: Edition, day: str) -> Iterator[Happening]:
    events = edition.slice("event", day).sort_values("major", ascending=False, kind="stable")
    for event in events.itertuples(index=False):
        yield Happening(
            title=str(event.title or event.name),
            kind=str(event.kind),
            actors=tuple(event.actors),
            source=str(event.source or ""),
            source_url=str(event.source_url or ""),
            major=bool(event.major),
            plotted=bool(event.plotted),
        )


def _zones(edition: Edition, day: str) -> Iterator[Happening]:
    zones = edition.slice("zone", day)
    for zone in zones[zones["valid_from"] == day].itertuples(index=False):
        yield Happening(
            title=str(zone.name),
            kind=f"zone-{zone.stage}",
            actors=(),
            source=str(zone.source or ""),
            source_url=str(zone.source_url or ""),
        )
