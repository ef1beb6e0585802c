"""One place: found by any spelling of its name, and who held it when, on whose word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mapapp.domain.actors import Holder, holder_of
from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase, UnknownPlace
from mapapp.domain.evidence import Confidence, Evidence, evidence_in
from mapapp.domain.periods import is_valid_on
from mapapp.domain.search import Entry, Match, SearchIndex, build_index
from mapapp.services.memory import Memory

LONGEST_TEXT = 80
MOST_HITS = 50
NAMES = ("name", "name_ar", "name_ru")


@dataclass(frozen=True)
class Place:
    """A place of the map; degrees, EPSG:4326; a name that is not known is empty."""

    id: str
    name: str
    name_ar: str
    name_ru: str
    kind: str
    size: int
    lon: float
    lat: float

    def named(self, language: str) -> str:
        """Return the name in a language, in English where it has none."""
        return {"ar": self.name_ar, "ru": self.name_ru}.get(language) or self.name


@dataclass(frozen=True)
class Hit:
    """A place that answers a search, and how: exact, prefix, token or near."""

    place: Place
    match: Match


@dataclass(frozen=True)
class Tenure:
    """Who held a place from a day on, until the day before `end` (None: to the last day), and what that rests on."""

    start: str
    end: str | None
    holder: Holder
    confidence: Confidence
    source: str
    last_evidence: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class PlaceHistory:
    """All tenures of a place, gapless; which one the day is in, and the newest evidence known on that day."""

    place: Place
    day: str
    tenures: tuple[Tenure, ...]
    now: int
    newest: Evidence | None

    @property
    def known_on(self) -> str | None:
        """Return the day of the newest evidence known on the day."""
        return self.newest.day if self.newest else None

    @property
    def current(self) -> Tenure:
        """Return the tenure of the day."""
        return self.tenures[self.now]


@dataclass(frozen=True)
class _Gazetteer:
    index: SearchIndex
    rows: dict[str, dict[str, Any]]


_gazetteers: Memory[_Gazetteer] = Memory(entries=4)


def search(edition: Edition, text: str, limit: int = 10) -> list[Hit]:
    """Return up to `limit` places whose name is spelt like `text`, best first; none for a text without letters.

    Raises BadOption for a text that is too long, or a limit below 1 or above 50. Cost: a few milliseconds after
    the first call.
    """
    if len(text) > LONGEST_TEXT:
        raise BadOption(
            "q",
            value=text[:20] + "…",
            option="q",
            expected=Phrase("at_most", "at most {n} characters are read", n=LONGEST_TEXT),
        )
    if not 1 <= limit <= MOST_HITS:
        raise BadOption(
            "limit",
            value=limit,
            option="limit",
            expected=Phrase("number_to", "it is a number from 1 to {most}", most=MOST_HITS),
        )
    gazetteer = _gazetteer(edition)
    return [Hit(_place(gazetteer.rows[found.id]), found.match) for found in gazetteer.index.search(text, limit)]


def find_place(edition: Edition, place_id: str) -> Place:
    """Return the place of that id; raises UnknownPlace."""
    return _place(_row(edition, place_id))


def history(edition: Edition, place_id: str, day: str) -> PlaceHistory:
    """Return who held a place when, seen from a checked day; raises UnknownPlace."""
    row = _row(edition, place_id)
    tenures = tuple(_tenure(period) for period in row["periods"])
    now = next(at for at, tenure in enumerate(tenures) if is_valid_on(day, tenure.start, tenure.end))
    return PlaceHistory(_place(row), day, tenures, now, _known_on(tenures[: now + 1], day))


def _known_on(tenures: Iterable[Tenure], day: str) -> Evidence | None:
    """Return the newest evidence not after `day`: of a tenure, or its beginning where that is no estimate.

    The first tenure begins with the dataset, which is no evidence.
    """
    known = [(piece.day, at, piece) for at, tenure in enumerate(tenures) for piece in tenure.evidence]
    for at, tenure in enumerate(tenures):
        if at and tenure.confidence != "estimated":
            known.append((tenure.start, at, Evidence(tenure.start, tenure.source, tenure.confidence)))
    return max((entry for entry in known if entry[0] <= day), default=(None, None, None))[2]


def _row(edition: Edition, place_id: str) -> dict[str, Any]:
    row = _gazetteer(edition).rows.get(place_id)
    if row is None:
        raise UnknownPlace("place", name=place_id[:60])
    return row


def _gazetteer(edition: Edition) -> _Gazetteer:
    return _gazetteers.get((edition.dataset.name, edition.version), lambda: _read(edition))


def _read(edition: Edition) -> _Gazetteer:
    places = edition.layers["place"]
    points = places.assign(lon=places.geometry.x, lat=places.geometry.y).drop(columns=places.geometry.name)
    rows = {str(row["id"]): {str(key): value for key, value in row.items()} for row in points.to_dict("records")}
    return _Gazetteer(build_index(Entry(key, int(row["size"]), _spellings(row)) for key, row in rows.items()), rows)


def _spellings(row: dict[str, Any]) -> tuple[str, ...]:
    """Return all names of a place, each also without a remark in brackets at its end, then its variants."""
    names = [str(row[column]) for column in NAMES if row.get(column)]
    bare = [re.sub(r" \([^()]*\)$", "", name) for name in names]
    return tuple(dict.fromkeys([*names, *bare, *row.get("variants", ())]))


def _place(row: dict[str, Any]) -> Place:
    names = {column: str(row.get(column) or "") for column in NAMES}
    return Place(
        str(row["id"]), **names, kind=row["kind"], size=int(row["size"]), lon=float(row["lon"]), lat=float(row["lat"])
    )


def _tenure(period: dict[str, Any]) -> Tenure:
    return Tenure(
        period["from"],
        period["to"],
        holder_of(period["status"], period["actor"], period["parties"]),
        period["confidence"],
        period["source"],
        period["last_evidence"],
        evidence_in(period),
    )
