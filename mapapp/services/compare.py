"""Two days of an edition side by side: who took what from whom, as figures, a sentence and areas."""

import calendar
import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import geopandas as gpd

from mapapp.domain.actors import Holder
from mapapp.domain.compare import NOBODY, gains, net_km2
from mapapp.domain.edition import Dataset, Edition
from mapapp.domain.errors import DaysTurnedRound
from mapapp.domain.measure import HECTARE, holders_of
from mapapp.domain.periods import shift_day
from mapapp.services.deliver import Body
from mapapp.services.geojson import write_geojson
from mapapp.services.memory import Memory


@dataclass(frozen=True)
class Pair:
    """Ground that one holder took from another, in km²."""

    winner: Holder
    loser: Holder
    km2: float


@dataclass(frozen=True)
class Net:
    """What one holder gained and lost, in km²."""

    holder: Holder
    gained: float
    lost: float

    @property
    def net(self) -> float:
        """Return the difference of the holder's areas on the two days, in km²."""
        return self.gained - self.lost


@dataclass(frozen=True)
class Comparison:
    """What changed hands between two days, `first` the earlier; `km2` is all of it.

    Ground of which one of the days says nothing has no holder to lose or win it: it counts in `nets` alone.

    `pairs` and the rows of `areas` (columns loser, winner, km2, geometry in EPSG:4326) are listed from a hectare on,
    the largest first; `nets` and `km2` count the smallest sliver.
    """

    first: str
    last: str
    km2: float
    pairs: tuple[Pair, ...]
    nets: tuple[Net, ...]
    areas: gpd.GeoDataFrame


@dataclass(frozen=True)
class Preset:
    """A day to compare with: the day, a week or a month before (`key`), or a major event, which has a title.

    `since` says, by language, what has been so since the event, for the few that have it.
    """

    key: str
    day: str
    title: str = ""
    since: Mapping[str, str] = field(default_factory=dict)


_comparisons: Memory[Comparison] = Memory(entries=64)
_bodies: Memory[Body] = Memory(entries=64)


def compare(edition: Edition, first: str, last: str) -> Comparison:
    """Compare two checked days, the earlier first; raises DaysTurnedRound. Cost: a twentieth of a second at first."""
    if first > last:
        raise DaysTurnedRound("to", first=first, last=last)
    return _comparisons.get((*_key(edition), first, last), lambda: _compare(edition, first, last))


def compare_either_way(edition: Edition, one: str, other: str) -> Comparison:
    """Compare two checked days, whichever is the earlier."""
    return compare(edition, min(one, other), max(one, other))


def _compare(edition: Edition, first: str, last: str) -> Comparison:
    changed = gains(edition.slice("control", first), edition.slice("control", last))
    holders = {holder.key: holder for holder in holders_of(edition.layers["control"])}
    nets = [Net(holders[key], *both) for key, both in net_km2(changed).items()]
    changed = changed[(changed["winner"] != NOBODY) & (changed["loser"] != NOBODY)]
    listed = changed[changed["km2"] >= HECTARE]
    rows = listed[["winner", "loser", "km2"]].itertuples(index=False)
    return Comparison(
        first=first,
        last=last,
        km2=float(changed["km2"].sum()),
        pairs=tuple(Pair(holders[row.winner], holders[row.loser], float(row.km2)) for row in rows),
        nets=tuple(sorted(nets, key=lambda net: (-net.net, net.holder))),
        areas=listed,
    )


def compare_json(edition: Edition, first: str, last: str) -> Body:
    """Return km² for each pair of winner and loser, and what each holder gained, lost and has more, as JSON.

    Holders are keys such as `gov` or `contested-gov-isis`. Raises DaysTurnedRound.
    """
    found = compare(edition, first, last)
    return _bodies.get((*_key(edition), "json", first, last), lambda: Body(_json(_told(edition, found))))


def compare_geojson(edition: Edition, first: str, last: str) -> Body:
    """Return the ground of each pair of winner and loser as GeoJSON in EPSG:4326. Raises DaysTurnedRound."""
    found = compare(edition, first, last)
    return _bodies.get((*_key(edition), "geojson", first, last), lambda: Body(_areas(edition, found)))


def _told(edition: Edition, found: Comparison) -> dict[str, Any]:
    return {
        "dataset": edition.dataset.name,
        "version": edition.version,
        "from": found.first,
        "to": found.last,
        "changed_km2": round(found.km2, 3),
        "pairs": [
            {"winner": pair.winner.key, "loser": pair.loser.key, "km2": round(pair.km2, 3)} for pair in found.pairs
        ],
        "holders": [_told_net(net) for net in found.nets],
    }


def _told_net(net: Net) -> dict[str, Any]:
    return {
        "holder": net.holder.key,
        "status": net.holder.status,
        "actor": net.holder.actor,
        "parties": list(net.holder.parties) or None,
        "gained_km2": round(net.gained, 3),
        "lost_km2": round(net.lost, 3),
        "net_km2": round(net.net, 3),
    }


def _areas(edition: Edition, found: Comparison) -> bytes:
    rows = found.areas
    named = rows.assign(id=rows["loser"] + ">" + rows["winner"], km2=rows["km2"].round(3))
    members = {"dataset": edition.dataset.name, "version": edition.version, "from": found.first, "to": found.last}
    return write_geojson(named[["id", "loser", "winner", "km2", "geometry"]], **members)


def presets(edition: Edition, day: str) -> list[Preset]:
    """Return the days worth comparing a checked day with: the day, a week, a month before, each major event."""
    relative = [
        Preset("yesterday", shift_day(day, -1)),
        Preset("week", shift_day(day, -7)),
        Preset("month", month_before(day)),
    ]
    events = edition.layers.get("event", gpd.GeoDataFrame({"day": [], "major": [], "title": []}))
    major = events[events["major"].astype(bool)].sort_values("day", kind="stable")
    told = [_turn(row) for row in major.to_dict("records")]
    told.sort(key=lambda preset: not preset.since)
    return [preset for preset in (*relative, *told) if preset.day != day and _covers(edition.dataset, preset.day)]


def _turn(row: Mapping[Hashable, Any]) -> Preset:
    names = {"en": row.get("since"), "ar": row.get("since_ar"), "ru": row.get("since_ru")}
    since = {language: name for language, name in names.items() if isinstance(name, str) and name}
    return Preset(f"event-{row['id']}", str(row["day"]), str(row["title"]), since)


def month_before(day: str) -> str:
    """Return the same day of the month before, the last of that month where it is shorter.

    >>> month_before("2017-12-31")
    '2017-11-30'
    """
    at = date.fromisoformat(day)
    year, month = (at.year, at.month - 1) if at.month > 1 else (at.year - 1, 12)
    return date(year, month, min(at.day, calendar.monthrange(year, month)[1])).isoformat()


def _covers(dataset: Dataset, day: str) -> bool:
    return dataset.first_day <= day <= dataset.last_day


def _key(edition: Edition) -> tuple[str, str]:
    return edition.dataset.name, edition.version


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
