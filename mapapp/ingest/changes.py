"""Rows of changes of hands against the places that there are: is the place known, did the other side hold it."""

from collections.abc import Iterator
from functools import lru_cache

import geopandas as gpd
from rapidfuzz import fuzz, process

from mapapp.domain.faults import Fault
from mapapp.domain.periods import is_valid_on
from mapapp.domain.spelling import normalise
from mapapp.ingest.features import Table
from mapapp.ingest.prepare import Purpose
from mapapp.ingest.rules import is_day

NEAR = 70


def change_faults(table: Table, purpose: Purpose) -> Iterator[Fault]:
    """Yield rows whose place nobody knows, and rows whose `before` is not who held it, as far as there are places."""
    places = purpose.previous.get("place")
    if places is None:
        return
    known = Places(places)
    for feature in table.features:
        name = feature.properties.get("place")
        if not isinstance(name, str) or not name:
            continue
        row = known.find(name)
        if row is None:
            near = known.nearest(name)
            repairs = (f"use:{near}", "leave-out") if near else ("leave-out",)
            yield table.fault(
                "place-unknown", feature, name, property="place", values={"nearest": near or "—"}, repairs=repairs
            )
        else:
            yield from _holder_before(table, feature.number, known, row)


def _holder_before(table: Table, number: int, known: "Places", row: int) -> Iterator[Fault]:
    feature = next(each for each in table.features if each.number == number)
    before, day = feature.properties.get("before"), feature.properties.get("date")
    if not before or not is_day(day):
        return
    holder = known.holder_on(row, day)
    if holder is not None and holder != before:
        yield table.fault("before-differs", feature, before, property="before", values={"holder": holder},
                          zoom=known.box(row), repairs=(f"use:{holder}",))  # fmt: skip


class Places:
    """The places of a dataset, found by id or by any spelling of their names."""

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self.frame = frame
        self.rows: dict[str, int] = {}
        names = zip(frame["id"], frame["name"], frame["name_ar"], frame["name_ru"], frame["variants"], strict=True)
        for at, (own, english, arabic, russian, variants) in enumerate(names):
            for text in (*variants, russian, arabic, english, own):
                if text:
                    self.rows.setdefault(_form(text), at)

    def find(self, name: str) -> int | None:
        """Return the row of the place of that name; None when there is none."""
        return self.rows.get(_form(name))

    def nearest(self, name: str) -> str | None:
        """Return the English name of the place that is spelt most like it."""
        found = process.extractOne(_form(name), list(self.rows), scorer=fuzz.ratio, score_cutoff=NEAR)
        return str(self.frame["name"].iloc[self.rows[found[0]]]) if found else None

    def holder_on(self, row: int, day: str) -> str | None:
        """Return who held it the day before a change: an actor's key, or the parties; None outside its history."""
        for period in self.frame["periods"].iloc[row]:
            if period["to"] == day or (is_valid_on(day, period["from"], period["to"]) and period["from"] != day):
                return str(period["actor"] or "-".join(period["parties"]))
        return None

    def box(self, row: int) -> tuple[float, float, float, float]:
        """Return bounds around a place, two kilometres each way."""
        point = self.frame.geometry.iloc[row]
        return (point.x - 0.02, point.y - 0.02, point.x + 0.02, point.y + 0.02)


@lru_cache(maxsize=20_000)
def _form(text: str) -> str:
    return normalise(text)
