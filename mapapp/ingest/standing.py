"""What areas say about each other: ground held twice, days without any, ground lost, holders that jump."""

from collections.abc import Iterator, Sequence

import geopandas as gpd
import numpy as np

from mapapp.domain.faults import Fault
from mapapp.domain.measure import area_km2, holders_of
from mapapp.domain.periods import shift_day
from mapapp.ingest.features import Feature, Table
from mapapp.ingest.frames import Laid
from mapapp.ingest.ground import FOREVER, SLIGHT, Held, box_around, jumps, lost, overlaps
from mapapp.ingest.prepare import Purpose
from mapapp.ingest.rules import is_day

MOST_DAYS = 12
"""Days on which an upload is laid over the version before; more are taken evenly from its span."""

SAME_GROUND = 0.5
"""The share of the ground before that an upload must have to be measured against it."""

Owner = tuple[Table, Feature]


def standing_faults(laid: Sequence[Laid], is_series: bool, purpose: Purpose) -> list[Fault]:
    """Return the faults between the areas of the control layer."""
    areas = [part for part in laid if part.layer == "control"]
    if not areas:
        return []
    faults: list[Fault] = []
    for group in [[part] for part in areas] if is_series else [areas]:
        held, owners = held_of(group)
        if len(owners):
            faults += _twice(held, owners)
            if not is_series:
                faults += [*_days_missing(held), *_jumps(held, owners), *_lost(held, purpose)]
    return faults


def held_of(parts: Sequence[Laid]) -> tuple[Held, list[Owner]]:
    """Return the areas of good features with their periods and holders, and whose they are."""
    shapes, begin, to, holder, owners = [], [], [], [], []
    for part in parts:
        for at in part.good().tolist():
            feature = part.table.features[at]
            given = feature.properties
            end = given.get("valid_to")
            if not is_day(given.get("valid_from")) or not (end is None or is_day(end)):
                continue
            shapes.append(part.shapes.geometries[at])
            begin.append(given["valid_from"])
            to.append(end or FOREVER)
            holder.append(_holder(given))
            owners.append((part.table, feature))
    columns = (np.array(column, dtype=object) for column in (begin, to, holder))
    return Held(np.array(shapes, dtype=object), *columns), owners


def _holder(given: dict[str, object]) -> str:
    parties = given.get("parties")
    return str(given.get("actor") or "-".join(map(str, parties if isinstance(parties, (list, tuple)) else ())))


def _twice(held: Held, owners: Sequence[Owner]) -> Iterator[Fault]:
    """Yield ground that two areas hold on one day: told at the later of the two."""
    for both in overlaps(held):
        (first, one), (table, other) = owners[both.one], owners[both.other]
        kind = "ground-held-twice" if both.km2 >= SLIGHT else "ground-overlaps-slightly"
        holders = f"{held.holder[both.one]}, {held.holder[both.other]}"
        whose = f"{first.file} {one.number}" if first.file != table.file else f"{one.number}"
        found = f"{both.km2:.4g} km²: {holders}; {both.day}; ↔ {whose}"
        within = held.begin[both.one] <= held.begin[both.other] and held.to[both.other] <= held.to[both.one]
        repairs = (f"give-way:{one.number}", "leave-out") if within and first is table else ("leave-out",)
        yield table.fault(kind, other, found, zoom=box_around(both.shape), repairs=repairs)


def _days_missing(held: Held) -> Iterator[Fault]:
    """Yield the stretches of days within the span on which nobody holds anything."""
    ends = ""
    for begin, to in sorted(zip(held.begin.tolist(), held.to.tolist(), strict=True)):
        if ends and begin > ends:
            last = shift_day(begin, -1)
            yield Fault("days-missing", layer="control", found=ends if ends == last else f"{ends} … {last}")
        ends = max(ends, to)


def _jumps(held: Held, owners: Sequence[Owner]) -> Iterator[Fault]:
    for jump in jumps(held):
        found = f"{jump.holder}, {jump.day}: {jump.before:.0f} → {jump.after:.0f} km²"
        yield Fault("area-jumps", owners[0][0].file, "control", property="actor", found=found)


def _lost(held: Held, purpose: Purpose) -> Iterator[Fault]:
    """Yield ground that the version before had and the upload does not, where they cover the same ground."""
    previous = purpose.previous.get("control")
    if previous is None or previous.empty:
        return
    before = frame_held(previous)
    days = [day for day in sorted(set(held.begin.tolist())) if len(before.on(day))]
    if not days or not _covers(before, held, days[0]):
        return
    chosen = [days[at] for at in np.unique(np.linspace(0, len(days) - 1, MOST_DAYS).astype(int))]
    for change in lost(before, held, chosen):
        kind = "ground-sliver" if change.narrow else "ground-lost"
        found = f"{change.km2:.4g} km², {change.day}"
        yield Fault(kind, layer="control", found=found, zoom=box_around(change.shape))


def frame_held(frame: gpd.GeoDataFrame) -> Held:
    """Return a control layer as areas with periods and holders."""
    ends = np.array([end if isinstance(end, str) else FOREVER for end in frame["valid_to"]], dtype=object)
    keys = np.array([holder.key for holder in holders_of(frame)], dtype=object)
    return Held(frame.geometry.to_numpy(), frame["valid_from"].to_numpy(dtype=object), ends, keys)


def _covers(before: Held, now: Held, day: str) -> bool:
    was, is_now = (float(area_km2(each.shapes[each.on(day)]).sum()) for each in (before, now))
    return is_now >= SAME_GROUND * was
