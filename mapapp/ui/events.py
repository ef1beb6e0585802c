"""The events beside the map: filtered by who took part and by kind; choosing one goes to its day and place."""

from typing import Any

import streamlit as st

from mapapp.resources.pages import fill
from mapapp.services.events import Event, choose_events, events_of
from mapapp.services.words import day_in_words
from mapapp.ui.state import Visit
from mapapp.ui.teller import Teller

ACTOR, KIND, MONTH, LIST = "events-actor", "events-kind", "events-month", "events-list"


def show_events(visit: Visit) -> None:
    """Draw the filters and the events that fit them."""
    words, teller = visit.words, Teller(visit.edition, visit.words)
    events = events_of(visit.edition, words)
    with st.container(horizontal=True, gap="small"):
        actor = _select(visit, ACTOR, "events.actor", {key: teller.dot(key)["name"] for key in _actors(events)})
        kind = _select(visit, KIND, "events.kind", {key: _kind(visit, key) for key in _kinds(events)})
    month = st.checkbox(words("events.month"), key=MONTH)
    chosen = choose_events(events, actor, kind, visit.day if month else None)
    st.html(fill("note", note=words("events.told", count=len(chosen), total=len(events))))
    if not chosen:
        st.html(fill("search_none", sentence=words("events.none")))
        return
    listing = st.components.v2.component("mapapp.events", js="events.js", css="events.css")
    data = {
        "label": words("events.list"),
        "now": words("events.chosen"),
        "day": visit.day,
        "events": [_told(teller, event) for event in chosen],
    }
    listing(key=LIST, data=data, on_chosen_change=lambda: _follow(visit, events))


def _select(visit: Visit, key: str, label: str, options: dict[str, str]) -> str | None:
    """Draw a choice among options by key; None stands for all of them."""
    names = {"": visit.words("events.all")} | options
    return (
        st.selectbox(visit.words(label), list(names), format_func=lambda option: names.get(option, option), key=key)
        or None
    )


def _actors(events: list[Event]) -> list[str]:
    """Return the actors who took part, the most frequent first."""
    keys = [key for event in events for key in event.actors]
    return sorted(set(keys), key=lambda key: (-keys.count(key), key))


def _kinds(events: list[Event]) -> list[str]:
    return sorted({event.kind for event in events})


def _kind(visit: Visit, kind: str) -> str:
    return visit.words.under("page").get(f"kind_{kind}", kind)


def _told(teller: Teller, event: Event) -> dict[str, Any]:
    """Return an event as the list shows it."""
    words, url = teller.words, event.source_url
    return {
        "id": event.id,
        "day": event.day,
        "date": day_in_words(event.day, words),
        "title": event.title,
        "kind": _kind_of(teller, event),
        "actors": [teller.dot(key) for key in event.actors],
        "major": event.major,
        "source": words("app.source", source=event.source) if event.source else "",
        "url": url if url.startswith(("https://", "http://")) else "",
    }


def _kind_of(teller: Teller, event: Event) -> str:
    kind = teller.words.under("page").get(f"kind_{event.kind}", event.kind)
    return kind if event.plotted else f"{kind} · {teller.words('events.far')}"


def _follow(visit: Visit, events: list[Event]) -> None:
    """Go to the day of the event chosen, and to its place where it lies on the map."""
    told: Any = st.session_state.get(LIST) or {}
    event = next((event for event in events if event.id == told.get("chosen")), None)
    if event is None:
        return
    visit.go(event.day)
    if event.plotted:
        visit.visit_spot(event.lon, event.lat)
