"""What a version changes against another: days, ground by pair and holder, single features."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd

from mapapp.domain.actors import Holder
from mapapp.domain.compare import NOBODY, gains, net_km2
from mapapp.domain.difference import DifferentDays, FeatureChanges, different_days, feature_changes, shown_on
from mapapp.domain.edition import Edition
from mapapp.domain.errors import DayOutsideDataset
from mapapp.domain.measure import HECTARE, holders_of
from mapapp.domain.periods import parse_day
from mapapp.domain.slicing import slice_on
from mapapp.domain.update_errors import Cancelled
from mapapp.services.deliver import Body
from mapapp.services.geojson import write_geojson
from mapapp.services.memory import Memory

Progress = Callable[[float], bool]
"""Is told how much is done, from 0 to 1, and answers whether to go on."""

NO_DATA = "no-data"
"""Stands in files for the holder of ground of which a version says nothing."""


@dataclass(frozen=True)
class Ground:
    """Ground that the later version gives to `winner` and the earlier one gave to `loser`; None: it said nothing."""

    winner: Holder | None
    loser: Holder | None
    km2: float


@dataclass(frozen=True)
class Balance:
    """What a holder has more and less in the later version, in km²."""

    holder: Holder
    gained: float
    lost: float

    @property
    def net(self) -> float:
        """Return the difference of the holder's areas in the two versions, in km²."""
        return self.gained - self.lost


@dataclass(frozen=True)
class DayDifference:
    """How one day differs: `km2` of it all, pairs and `areas` from a hectare on, balances of every sliver.

    `areas` has the columns loser, winner (keys, `no-data`), km2, geometry (EPSG:4326).
    """

    day: str
    km2: float
    pairs: tuple[Ground, ...]
    balances: tuple[Balance, ...]
    areas: gpd.GeoDataFrame


@dataclass(frozen=True)
class Difference:
    """Two versions beside each other; `days` are those on which control differs, `layers` what changed in each."""

    before: Edition
    after: Edition
    days: tuple[DifferentDays, ...]
    layers: dict[str, FeatureChanges]
    _told: dict[str, DayDifference] = field(default_factory=dict, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Say whether anything differs that a map can show."""
        return bool(self.days or self.layers)

    def on(self, day: str) -> DayDifference:
        """Return how one day differs. Cost: a tenth of a second at most, at first."""
        if day not in self._told:
            self._told[day] = _on(self.before, self.after, day)
        return self._told[day]

    def by_days(self, progress: Progress | None = None) -> list[tuple[DifferentDays, float]]:
        """Return every run of days that differs with its km²; raises Cancelled. Cost: `on` for each run."""
        found = []
        for number, run in enumerate(self.days):
            _go_on(progress, number / len(self.days))
            found.append((run, self.on(run.first).km2))
        _go_on(progress, 1.0)
        return found

    def busiest(self, progress: Progress | None = None) -> str | None:
        """Return the first of the days that differ most, None when none does."""
        rows = self.by_days(progress)
        return max(rows, key=lambda row: row[1])[0].first if rows else None


_differences: Memory[Difference] = Memory(entries=8)


def difference(before: Edition, after: Edition, progress: Progress | None = None) -> Difference:
    """Compare two editions of one dataset; raises Cancelled. Cost: under a second for a country."""
    names = list(dict.fromkeys([*before.layers, *after.layers]))
    layers: dict[str, FeatureChanges] = {}
    for number, name in enumerate(names):
        _go_on(progress, 0.8 * number / len(names))
        if before.layers[name] is not after.layers[name]:
            changes = feature_changes(before.layers[name], after.layers[name])
            layers |= {name: changes} if changes else {}
    _go_on(progress, 0.8)
    same_days = _span(before) == _span(after)
    days = () if same_days and "control" not in layers else tuple(different_days(before, after))
    _go_on(progress, 1.0)
    return Difference(before, after, days, layers)


def between(before: Edition, after: Edition) -> Difference:
    """Return the difference of two published versions, remembered."""
    key = before.dataset.name, before.version, after.version
    return _differences.get(key, lambda: difference(before, after))


def _span(edition: Edition) -> tuple[str, str]:
    return edition.dataset.first_day, edition.dataset.last_day


def _go_on(progress: Progress | None, done: float) -> None:
    if progress is not None and not progress(done):
        raise Cancelled


def _on(before: Edition, after: Edition, day: str) -> DayDifference:
    """Compare only the areas that are not in both: what both have cancels out."""
    was, now = (_slice(edition, day) for edition in (before, after))
    marks = [shown_on(rows) for rows in (was, now)]
    was, now = was[~marks[0].isin(marks[1])], now[~marks[1].isin(marks[0])]
    changed = gains(was, now)
    holders = {holder.key: holder for rows in (was, now) for holder in holders_of(rows)}
    listed = changed[changed["km2"] >= HECTARE]
    rows = listed[["winner", "loser", "km2"]].itertuples(index=False)
    balances = (Balance(holders[key], *both) for key, both in net_km2(changed).items())
    return DayDifference(
        day=day,
        km2=float(changed["km2"].sum()),
        pairs=tuple(Ground(holders.get(row.winner), holders.get(row.loser), float(row.km2)) for row in rows),
        balances=tuple(sorted(balances, key=lambda one: (-one.net, one.holder))),
        areas=listed.replace({"winner": {NOBODY: NO_DATA}, "loser": {NOBODY: NO_DATA}}),
    )


def _slice(edition: Edition, day: str) -> gpd.GeoDataFrame:
    """Return the control of a day, nothing on a day that the edition does not cover."""
    control = edition.layers["control"]
    return slice_on(control, day) if edition.dataset.first_day <= day <= edition.dataset.last_day else control.iloc[:0]


def check_day(before: Edition, after: Edition, text: str | None) -> str:
    """Return the day to compare: the one asked for, else the first that differs, else the later edition's own.

    Raises NotADay, and DayOutsideDataset for a day that neither version covers.
    """
    if text is None:
        days = between(before, after).days
        return days[0].first if days else after.dataset.default_day
    day = parse_day(text)
    first = min(before.dataset.first_day, after.dataset.first_day)
    last = max(before.dataset.last_day, after.dataset.last_day)
    if not first <= day <= last:
        raise DayOutsideDataset("date", day=day, first_day=first, last_day=last)
    return day


def tell(found: Difference, day: str) -> dict[str, Any]:
    """Return a difference as JSON has it: km² of one day, the days that differ, features by layer."""
    one = found.on(day)
    return {
        "dataset": found.after.dataset.name,
        "from": found.before.version,
        "to": found.after.version,
        "days": [{"first": run.first, "last": run.last} for run in found.days],
        "date": day,
        "changed_km2": round(one.km2, 3),
        "pairs": [{"winner": _key(p.winner), "loser": _key(p.loser), "km2": round(p.km2, 3)} for p in one.pairs],
        "holders": [_told_balance(balance) for balance in one.balances],
        "layers": {
            name: {
                "added": list(changes.added),
                "removed": list(changes.removed),
                "changed": {key: list(names) for key, names in changes.changed.items()},
            }
            for name, changes in found.layers.items()
        },
    }


def _told_balance(balance: Balance) -> dict[str, Any]:
    return {
        "holder": balance.holder.key,
        "gained_km2": round(balance.gained, 3),
        "lost_km2": round(balance.lost, 3),
        "net_km2": round(balance.net, 3),
    }


def _key(holder: Holder | None) -> str | None:
    return holder.key if holder else None


def difference_json(before: Edition, after: Edition, day: str) -> Body:
    """Return the difference of two published versions, with the km² of a checked day, as JSON."""
    return Body(json.dumps(tell(between(before, after), day), ensure_ascii=False, separators=(",", ":")).encode())


def difference_geojson(before: Edition, after: Edition, day: str) -> Body:
    """Return the ground that two published versions treat differently on a checked day, as GeoJSON in EPSG:4326."""
    return Body(areas_geojson(between(before, after), day))


def areas_geojson(found: Difference, day: str) -> bytes:
    """Return the ground that differs on a checked day as GeoJSON, one feature for each winner and loser."""
    rows = found.on(day).areas
    named = rows.assign(id=rows["loser"] + ">" + rows["winner"], km2=rows["km2"].round(3))
    members = {"dataset": found.after.dataset.name, "from": found.before.version, "to": found.after.version}
    return write_geojson(named[["id", "loser", "winner", "km2", "geometry"]], **members, date=day)
