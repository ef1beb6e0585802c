"""What the properties of features must be: the schema of the layer, days, holders, and ids that are there once."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from mapapp.domain.edition import Dataset
from mapapp.domain.faults import Fault
from mapapp.domain.periods import ISO_DAY
from mapapp.domain.schema import LAYERS, Property
from mapapp.ingest.actors import ActorNames
from mapapp.ingest.features import Feature, Table, told_id
from mapapp.ingest.repairs import is_control
from mapapp.ingest.requirements import CHANGES, NEEDED

LONGEST_TEXT = 10_000
DAYS = ("valid_from", "valid_to", "day", "evidence_from", "evidence_to", "date")
LISTS_OF_ACTORS = ("parties", "actors")
LINK = re.compile(r"https?://[^\s<>\"'`{}\\]+", re.IGNORECASE)
TIMED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.]+(Z|[+-][0-9:]+)?")
DOTTED = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
COMPACT = re.compile(r"([0-9]{4})[./]?([0-9]{2})[./]?([0-9]{2})")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
LEAVE = ("leave-out",)


class Rules:
    """The rules for one layer of one dataset; `faults_of` applies them to a table."""

    def __init__(self, layer: str, dataset: Dataset | None) -> None:
        self.layer, self.dataset = layer, dataset
        self.schema = {} if layer == CHANGES else {prop.name: prop for prop in LAYERS[layer].properties}
        self.names = ActorNames(dataset.actors) if dataset is not None else None
        self.seen: dict[tuple[str, Any], bool] = {}

    def faults_of(self, table: Table) -> list[Fault]:
        """Return what is wrong with the properties of every feature, and with all of them together."""
        faults: list[Fault] = []
        for feature in table.features:
            if isinstance(feature.properties, dict):
                faults += self._feature(table, feature)
        return faults + repeated_ids(table) + repeated_keys(table, self.layer)

    def _feature(self, table: Table, feature: Feature) -> Iterator[Fault]:
        properties = feature.properties
        for name in NEEDED[self.layer]:
            if properties.get(name) in (None, "", []):
                yield table.fault("property-missing", feature, "—", property=name, repairs=LEAVE)
        for name, value in properties.items():
            if self.layer != CHANGES and name not in self.schema:
                yield table.fault("property-unknown", feature, name, property=name, repairs=("drop-property",))
            elif value is not None:
                yield from self._value(table, feature, name, value)
        if "status" in self.schema:
            yield from holder_faults(table, feature)
        yield from self._span(table, feature)

    def _value(self, table: Table, feature: Feature, name: str, value: Any) -> Iterator[Fault]:
        if name in DAYS:
            yield from self._day(table, feature, name, value)
        elif name in ("actor", "before", "after") and isinstance(value, str):
            yield from self._actor(table, feature, name, value)
        elif name == "periods":
            yield from self._history(table, feature, value)
        elif name in self.schema and not self._fits(self.schema[name], value):
            values = {"rule": str(self.schema[name].schema)}
            yield table.fault("property-value", feature, repr(value), property=name, values=values, repairs=LEAVE)
        elif name in LISTS_OF_ACTORS:
            for number, actor in enumerate(value):
                yield from self._actor(table, feature, f"{name}[{number}]", actor)
        if isinstance(value, str):
            yield from text_faults(table, feature, name, value)

    def _fits(self, prop: Property, value: Any) -> bool:
        """Say whether a value fits the schema; each value is looked at once."""
        if isinstance(value, str) and prop.schema.get("type") in ("string", ["string", "null"]):
            return len(value) >= int(prop.schema.get("minLength", 0))
        if not isinstance(value, (str, int, float, bool)):
            return bool(_validator(self.layer, prop.name).is_valid(value))
        key = (f"{prop.name}{type(value)}", value)
        if key not in self.seen:
            self.seen[key] = bool(_validator(self.layer, prop.name).is_valid(value))
        return self.seen[key]

    def _day(self, table: Table, feature: Feature, name: str, value: Any) -> Iterator[Fault]:
        if is_day(value):
            if self.dataset and name in ("valid_from", "day", "date") and not self._covered(value):
                span = {"first": self.dataset.first_day, "last": self.dataset.last_day}
                yield table.fault("day-outside", feature, value, property=name, values=span, repairs=LEAVE)
            return
        meant, kind = meant_day(value)
        repairs = (f"use:{meant}", *LEAVE) if meant else LEAVE
        yield table.fault(kind, feature, repr(value), property=name, repairs=repairs)

    def _covered(self, day: str) -> bool:
        assert self.dataset is not None
        return self.layer == "position" or self.dataset.first_day <= day <= self.dataset.last_day

    def _actor(self, table: Table, feature: Feature, name: str, value: str) -> Iterator[Fault]:
        """Refuse actors that the dataset does not have, and for ground those that hold none."""
        if self.names is None:
            return
        known = self.names.actors.get(value)
        if known is None:
            near = self.names.nearest(value)
            values = {"known": ", ".join(self.names.actors), "nearest": near or "—"}
            repairs = (f"use:{near}", *LEAVE) if near else LEAVE
            yield table.fault("actor-unknown", feature, value, property=name, values=values, repairs=repairs)
        elif not known.may_hold and self.layer == "control":
            yield table.fault("actor-holds-nothing", feature, value, property=name, repairs=LEAVE)

    def _history(self, table: Table, feature: Feature, periods: Any) -> Iterator[Fault]:
        """Refuse histories of places that have gaps, overlaps or days turned round."""
        if not self._fits(self.schema["periods"], periods):
            yield table.fault("property-value", feature, repr(periods), property="periods",
                              values={"rule": "periods"}, repairs=LEAVE)  # fmt: skip
            return
        for number, period in enumerate(periods):
            if period["actor"] is not None:
                yield from self._actor(table, feature, f"periods[{number}].actor", period["actor"])
        found = broken_history(periods)
        if found:
            yield table.fault("history-broken", feature, found, property="periods", repairs=LEAVE)

    def _span(self, table: Table, feature: Feature) -> Iterator[Fault]:
        begin, end = feature.properties.get("valid_from"), feature.properties.get("valid_to")
        if not (is_day(begin) and is_day(end)):
            return
        if end < begin:
            yield table.fault(
                "days-reversed", feature, f"{begin} … {end}", property="valid_to", repairs=("swap-days", *LEAVE)
            )
        elif end == begin:
            yield table.fault("days-equal", feature, f"{begin} … {end}", property="valid_to", repairs=LEAVE)


@cache
def _validator(layer: str, name: str) -> Draft202012Validator:
    """Return the validator of one property."""
    return Draft202012Validator({prop.name: prop for prop in LAYERS[layer].properties}[name].schema)


@cache
def _is_calendar_day(text: str) -> bool:
    if not ISO_DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_day(value: Any) -> bool:
    """Say whether a value is a calendar day written YYYY-MM-DD."""
    return isinstance(value, str) and _is_calendar_day(value)


def meant_day(value: Any) -> tuple[str | None, str]:
    """Return the day that a value can only mean, if any, and the kind of fault that it is.

    12.13.2017 means 2017-12-13; 04.05.2017 may mean two days, so nothing is proposed. A day with a time means that
    day, whatever the time zone; a number may be a spreadsheet's count of days.
    """
    if type(value) is int and 36_526 <= value <= 54_788:
        return (date(1899, 12, 30) + timedelta(value)).isoformat(), "day-impossible"
    if not isinstance(value, str):
        return None, "day-impossible"
    text = value.strip().translate(DIGITS)
    timed = TIMED.fullmatch(text)
    if timed and is_day(timed[1]):
        return timed[1], "day-with-time"
    return _meant_text(text), "day-impossible"


def _meant_text(text: str) -> str | None:
    if is_day(text):
        return text
    compact = COMPACT.fullmatch(text)
    if compact:
        day = "-".join(compact.groups())
        return day if is_day(day) else None
    dotted = DOTTED.fullmatch(text)
    if not dotted:
        return None
    first, second, year = (int(part) for part in dotted.groups())
    days = {f"{year}-{month:02d}-{day:02d}" for day, month in ((first, second), (second, first))}
    possible = [day for day in days if is_day(day)]
    return possible[0] if len(possible) == 1 else None


def broken_history(periods: Iterable[dict[str, Any]]) -> str | None:
    """Return the first place at which periods do not follow one another without a gap; None when they do."""
    before: str | None = ""
    for period in periods:
        begin, end = period["from"], period["to"]
        if before is None or (before and begin != before):
            return f"{before or 'null'} → {begin}"
        if not is_day(begin) or (end is not None and (not is_day(end) or end <= begin)):
            return f"{begin} … {end}"
        before = end
    return None


def holder_faults(table: Table, feature: Feature) -> Iterator[Fault]:
    """Refuse holders that contradict themselves: an actor goes with control, parties with everything else."""
    properties = feature.properties
    actor, parties = properties.get("actor"), properties.get("parties") or []
    status = properties.get("status") or ("control" if actor else None)
    if status is None:
        yield table.fault("property-missing", feature, "—", property="actor", repairs=LEAVE)
    elif status == "control":
        if actor in (None, ""):
            yield table.fault("property-missing", feature, "—", property="actor", repairs=LEAVE)
        elif parties:
            yield _inconsistent(table, feature, status, actor, parties)
    elif status in ("contested", "joint") and (actor or not isinstance(parties, list) or len(parties) < 2):
        yield _inconsistent(table, feature, status, actor, parties)


def _inconsistent(table: Table, feature: Feature, *holder: Any) -> Fault:
    status, actor, parties = holder
    found = f"status {status}, actor {actor}, parties {parties}"
    return table.fault("holder-inconsistent", feature, found, property="status", repairs=LEAVE)


def text_faults(table: Table, feature: Feature, name: str, value: str) -> Iterator[Fault]:
    """Tell texts that are long beyond reason, that carry control characters, and addresses that are none."""
    if len(value) > LONGEST_TEXT:
        yield table.fault("text-long", feature, f"{len(value)}", property=name, repairs=("drop-property",))
    if not value.isprintable() and any(map(is_control, value)):
        found = ", ".join(sorted({f"U+{ord(letter):04X}" for letter in value if is_control(letter)}))
        yield table.fault("text-controls", feature, found, property=name, repairs=("drop-controls",))
    if name == "source_url" and value and not LINK.fullmatch(value):
        values = {"rule": "https://…"}
        yield table.fault("property-value", feature, value, property=name, values=values, repairs=("drop-property",))


def repeated_ids(table: Table) -> list[Fault]:
    """Return a fault for each feature whose id another one before it has, and for those without where others have."""
    ids = [told_id(feature) for feature in table.features]
    there = [text for text in ids if text is not None]
    if len(set(there)) == len(ids):
        return []
    faults, seen = [], set()
    for feature, text in zip(table.features, ids, strict=True):
        if text is None:
            if there and isinstance(feature.properties, dict):
                faults.append(table.fault("id-missing", feature, "—", property="id",
                                          repairs=(f"number-id:{feature.number}-{table.name}",)))  # fmt: skip
        elif text in seen:
            fresh = next(f"{text}-{number}" for number in range(2, len(ids) + 3) if f"{text}-{number}" not in there)
            faults.append(table.fault("id-twice", feature, text, property="id", repairs=(f"number-id:{fresh}", *LEAVE)))
        seen.add(text)
    return faults


def repeated_keys(table: Table, layer: str) -> list[Fault]:
    """Return features that are the same as one before them, and rows that change the same place on the same day."""
    faults: list[Fault] = []
    seen: dict[Any, int] = {}
    for feature in table.features if layer == CHANGES else _alike(table.features):
        properties = feature.properties if isinstance(feature.properties, dict) else {}
        if layer == CHANGES:
            key: Any = (properties.get("place"), properties.get("date"))
        else:
            rest = {name: value for name, value in properties.items() if name != "id"}
            key = (repr(rest), repr(feature.geometry)) if feature.geometry else None
        if key is None:
            continue
        before = seen.setdefault(key, feature.number)
        if before != feature.number:
            kind = "key-twice" if layer == CHANGES else "feature-twice"
            faults.append(table.fault(kind, feature, f"= {before}", repairs=LEAVE))
    return faults


def _alike(features: Iterable[Feature]) -> Iterable[Feature]:
    """Return the features of which another one has the same type, first position and number of parts."""
    groups: dict[str, list[Feature]] = {}
    for feature in features:
        if isinstance(feature.geometry, dict):
            first = feature.geometry.get("coordinates")
            while isinstance(first, list) and first and isinstance(first[0], list):
                first = first[0]
            groups.setdefault(f"{feature.geometry.get('type')} {first}", []).append(feature)
    alike = [feature for group in groups.values() if len(group) > 1 for feature in group]
    return sorted(alike, key=lambda feature: feature.number)
