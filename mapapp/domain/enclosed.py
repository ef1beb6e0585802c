"""Estimated ground that is cut off from all other ground of its holder takes the holder that surrounds it.

Rule 5 of the derivation (the others are in `following`): an enclave is a claim, and an estimate must not make one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mapapp.domain.actors import Holder
from mapapp.domain.evidence import Evidence, HeldPeriod, History, period_on

Neighbours = Mapping[int, Sequence[int]]


def settle_enclosed(histories: Sequence[History], neighbours: Neighbours, last_day: str) -> list[History]:
    """Return the histories with every enclosed estimate given to its surroundings, day after day.

    `neighbours` lists the places whose cells share an edge. Contested surroundings do not count. Cost: linear in the
    estimated periods and the change days.
    """
    settled = list(histories)
    days = sorted({period.valid_from for history in histories for period in history if period.valid_from <= last_day})
    for day in days:
        now = [period_on(history, day) for history in settled]
        for group in _enclosed(now, neighbours):
            around = _surroundings(group, now, neighbours)
            if around is not None:
                for place in group:
                    settled[place] = _given(settled[place], now[place], day, around)
    return settled


def adjacency(pairs: Iterable[tuple[int, int]]) -> Neighbours:
    """Return the neighbours of each place from pairs that are listed both ways round."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found


def _enclosed(now: Sequence[HeldPeriod], neighbours: Neighbours) -> list[set[int]]:
    """Return the connected groups of one holder in which every place is an estimate."""
    seen: set[int] = set()
    groups = []
    for start, period in enumerate(now):
        if start in seen or period.confidence != "estimated" or not period.source.startswith("estimated"):
            continue
        group, anchored = _group_of(start, now, neighbours)
        seen |= group
        if not anchored:
            groups.append(group)
    return groups


def _group_of(start: int, now: Sequence[HeldPeriod], neighbours: Neighbours) -> tuple[set[int], bool]:
    """Return the estimated places connected with one, and whether they touch surer ground of the same holder."""
    group, queue, anchored = {start}, [start], False
    while queue:
        for other in neighbours.get(queue.pop(), ()):
            if other in group or now[other].holder != now[start].holder:
                continue
            if now[other].source.startswith("estimated"):
                group.add(other)
                queue.append(other)
            else:
                anchored = True
    return group, anchored


def _surroundings(group: set[int], now: Sequence[HeldPeriod], neighbours: Neighbours) -> Holder | None:
    """Return the holder that most neighbours of a group have, None when there is none."""
    around = Counter(
        now[other].holder
        for place in sorted(group)
        for other in neighbours.get(place, ())
        if other not in group and now[other].holder.status == "control"
    )
    return max(around, key=lambda holder: (around[holder], holder.key), default=None)


def _given(history: History, period: HeldPeriod, day: str, holder: Holder) -> History:
    """Return a history in which the rest of a period, from a day on, is another holder's."""
    at = history.index(period)
    source = f"estimated: cut off from other ground of {period.holder.key}, surrounded by {holder.key}"
    given = replace(period, valid_from=day, holder=holder, source=source)
    if period.last_evidence < day:
        given = given.resting_also_on(Evidence(day, source, "estimated"))
    kept = [replace(period, valid_to=day)] if period.valid_from < day else []
    return _joined([*history[:at], *kept, given, *history[at + 1 :]])


def _joined(periods: Sequence[HeldPeriod]) -> History:
    """Unite neighbouring periods of one holder."""
    joined: list[HeldPeriod] = []
    for period in periods:
        if joined and joined[-1].holder == period.holder:
            joined[-1] = replace(joined[-1].resting_also_on(*period.evidence), valid_to=period.valid_to)
        else:
            joined.append(period)
    return tuple(joined)
