"""A correction in place: who held a place from a day on, or for some days, as rows of the table of changes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from mapapp.domain.actors import Actor
from mapapp.domain.edition import Edition
from mapapp.domain.errors import DaysTurnedRound, Phrase, UnknownPlace
from mapapp.domain.periods import is_valid_on, shift_day
from mapapp.domain.update_errors import BadCorrection, SourcesMissing
from mapapp.domain.updates import Meaning, Proposal
from mapapp.services.update import derive
from mapapp.services.update.propose import rederive

KILOMETRES_A_DEGREE = 111.2


@dataclass(frozen=True)
class Correction:
    """Who held a place (by id) from `first` to `last`, both included; without `last` from that day on; on what."""

    place: str
    actor: str
    first: str
    last: str | None
    source: str

    def plain(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)


def holder_choices(base: Edition) -> tuple[Actor, ...]:
    """Return the actors that may hold ground."""
    return tuple(actor for actor in base.dataset.actors if actor.may_hold)


def propose_correction(base: Edition, documents: Mapping[str, bytes], asked: Correction) -> Proposal:
    """Return the version with the corrected history of a place, its areas derived anew.

    Rows of the place that say otherwise for those days get `use` = no and stay in the table. Raises BadCorrection,
    SourcesMissing, UnknownPlace, NotADay, DayOutsideDataset, DaysTurnedRound, CannotAddChanges.
    """
    derive.check_derivable(base, documents)
    place, periods = _checked(base, asked)
    rows, columns = derive.read_changes(documents)
    own = [row for row in rows if _is_of(row, place, base, documents)]
    for row in own:
        if asked.first <= row["date"] and (asked.last is None or row["date"] <= shift_day(asked.last, 1)):
            row["use"] = "no"
    known = {row["date"] for row in own if row["use"] == "yes"}
    added = [row for row in _history(base, periods, asked) if row["date"] not in known]
    at = {"place": place["name"], "lon": f"{place.geometry.x:.10g}", "lat": f"{place.geometry.y:.10g}"}
    fresh = [{"confidence": "reported", **at, "use": "yes", **row} for row in added]
    new = {**documents, derive.CHANGES: derive.write_changes([*rows, *fresh], columns)}
    return rederive(base, documents, new, Meaning("changes"))


def _checked(base: Edition, asked: Correction) -> tuple[Any, list[dict[str, Any]]]:
    """Return the place and its history, after every question that a correction must answer."""
    places = base.layers["place"]
    found = places[places["id"] == asked.place]
    if found.empty:
        raise UnknownPlace("place", name=asked.place[:60])
    place = found.iloc[0]
    first = base.dataset.check_day(asked.first, "first")
    if asked.last is not None and base.dataset.check_day(asked.last, "last") < first:
        raise DaysTurnedRound("last", first=first, last=asked.last)
    if asked.actor not in {actor.key for actor in holder_choices(base)}:
        reason = Phrase("holds_nothing", "“{actor}” is nobody who holds ground on this map", actor=asked.actor[:40])
        raise BadCorrection("actor", place=place["name"], reason=reason)
    if not asked.source.strip():
        raise SourcesMissing("source")
    periods = list(place["periods"])
    days = [asked.first, *(p["from"] for p in periods if asked.first < p["from"] <= (asked.last or "9999"))]
    if all(_period_on(periods, day)["actor"] == asked.actor for day in days):
        reason = Phrase("holds_already", "the map says so already for those days")
        raise BadCorrection("actor", place=place["name"], reason=reason)
    return place, periods


def _period_on(periods: Sequence[dict[str, Any]], day: str) -> dict[str, Any]:
    return next(period for period in periods if is_valid_on(day, period["from"], period["to"]))


def _history(base: Edition, periods: Sequence[dict[str, Any]], asked: Correction) -> list[dict[str, Any]]:
    """Return the whole history of the place as rows: what was known before and after, and the correction between.

    A place that only followed others has no rows of its own; with them its other days stay as they are.
    """
    first_day, rows = base.dataset.first_day, []
    before: dict[str, Any] | None = None
    for period in periods:
        if period["from"] > first_day and period["from"] < asked.first:
            rows.append(_row(period["from"], before, period))
        if period["from"] < asked.first:
            before = period
    corrected = {"actor": asked.actor, "status": "control", "parties": [], "source": asked.source.strip()}
    rows.append({**_row(asked.first, before, corrected), "confidence": "reported"})
    if asked.last is not None and asked.last < base.dataset.last_day:
        after = shift_day(asked.last, 1)
        following = _period_on(periods, after)
        rows.append(_row(after, corrected, following))
        for period in periods:
            if period["from"] > after:
                rows.append(_row(period["from"], following, period))
                following = period
    return rows


def _row(day: str, before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "date": day,
        "before": (before or {}).get("actor") or "",
        "after": now["actor"] or "",
        "status": now["status"],
        "parties": ";".join(now["parties"]),
        "confidence": now.get("confidence", "reported"),
        "source": now["source"],
    }


def _is_of(row: Mapping[str, str], place: Any, base: Edition, documents: Mapping[str, bytes]) -> bool:
    """Say whether a row of the table is about a place: the nearest to it, or of its name, within the reach."""
    places = base.layers["place"]
    lon, lat = float(row["lon"]), float(row["lat"])
    reach = derive.same_place_km(documents)
    if _kilometres(lon, lat, place.geometry.x, place.geometry.y) > reach:
        return False
    if row["place"] == place["name"]:
        return True
    away = _kilometres(lon, lat, places.geometry.x.to_numpy(), places.geometry.y.to_numpy())
    near = places[away <= reach]
    return row["place"] not in set(near["name"]) and str(places["id"].iloc[int(np.argmin(away))]) == place["id"]


def _kilometres(lon: float, lat: float, x: Any, y: Any) -> Any:
    return KILOMETRES_A_DEGREE * np.hypot((x - lon) * np.cos(np.radians(lat)), y - lat)
