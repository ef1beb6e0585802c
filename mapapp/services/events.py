"""The events of an edition as a list: by date, by who took part, by kind."""

from dataclasses import dataclass

from mapapp.domain.edition import Edition
from mapapp.domain.periods import shift_day
from mapapp.resources.messages import Messages


@dataclass(frozen=True)
class Event:
    """A dated event; one that is not `plotted` lies off the map. Coordinates are EPSG:4326."""

    id: str
    day: str
    title: str
    kind: str
    actors: tuple[str, ...]
    source: str
    source_url: str
    lon: float
    lat: float
    major: bool
    plotted: bool


def events_of(edition: Edition, words: Messages) -> list[Event]:
    """Return every event by day, the major ones of a day first, titled in the language of the messages."""
    rows = edition.layers["event"].to_dict("records")
    found = [
        Event(
            id=row["id"],
            day=row["day"],
            title=str(row.get(f"name_{words.language}") or row["title"]),
            kind=row["kind"],
            actors=tuple(row["actors"]),
            source=str(row["source"] or ""),
            source_url=str(row["source_url"] or ""),
            lon=float(row["geometry"].x),
            lat=float(row["geometry"].y),
            major=bool(row["major"]),
            plotted=bool(row["plotted"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda event: (event.day, not event.major))


def choose_events(
    events: list[Event],
    actor: str | None = None,
    kind: str | None = None,
    around: str | None = None,
    days: int = 30,
) -> list[Event]:
    """Return the events in which an actor took part, of a kind, and at most `days` from the day `around`.

    None leaves a condition out; order is kept.
    """
    first, last = (shift_day(around, -days), shift_day(around, days)) if around else ("", "9999")
    return [
        event
        for event in events
        if actor in (None, *event.actors) and kind in (None, event.kind) and first <= event.day <= last
    ]
