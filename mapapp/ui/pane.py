"""The frame with the map: a packaged component, for an inline script is refused by our policy."""

from typing import Any
from urllib.parse import urlencode

import streamlit as st

from mapapp.services.story import OFFERED
from mapapp.ui.compare import overlay_address
from mapapp.ui.state import Visit

PLACE_ZOOM = 11


def pane_key(visit: Visit) -> str:
    """Return the key under which the component keeps its state: another version or language gets a frame of its own."""
    return f"pane-{visit.edition.version}-{visit.words.language}"


def told_by_map(visit: Visit) -> Any:
    """Return what the map told last, `{day, n}`, or None."""
    state = st.session_state.get(pane_key(visit)) or {}
    return state.get("at")


def show_pane(visit: Visit) -> None:
    """Mount the map once, then only pass days and layers on."""
    pane = st.components.v2.component("mapapp.pane", js="pane.js", css="pane.css")
    data = {
        "path": _path(visit),
        "title": visit.words("app.frame", title=visit.edition.dataset.titled(visit.words.language)),
        "failed": visit.words("app.map_failed"),
        "retry": visit.words("app.retry"),
        "sid": visit.sid,
        "seq": visit.seq,
        "day": visit.jump,
        "layers": list(visit.layers),
        "palette": visit.palette,
        "stop": visit.stop.id if visit.stop else None,
        "heard": visit.heard,
        "base": visit.base,
        "overlay": overlay_address(visit),
        "show": _show(visit),
        "look": _look(visit),
        "compare": {"day": visit.compare, "mode": visit.mode},
    }
    pane(key=pane_key(visit), data=data, on_at_change=_nothing)


def _show(visit: Visit) -> dict[str, float]:
    """Return what the map is to ring, once for every new n, and to fly to if there is a zoom; nothing when no place."""
    place = visit.place
    if visit.spot:
        lon, lat = visit.spot
        return {"n": visit.flights, "lon": lon, "lat": lat, "zoom": PLACE_ZOOM}
    spot = {"lon": place.lon, "lat": place.lat} if place else {}
    return {"n": visit.flights, **spot, **({"zoom": PLACE_ZOOM} if place and visit.flies else {})}


def _look(visit: Visit) -> dict[str, float]:
    """Return where the map is to look, once for every new n; without a place where it opens."""
    view = visit.view
    return {"n": visit.looks, **({"lat": view.lat, "lng": view.lng, "zoom": view.zoom} if view else {})}


def _path(visit: Visit) -> str:
    """Return the page's address relative to ours; it is opened when mounted, and anew for another base map only."""
    asked = {
        "dataset": visit.edition.dataset.name,
        "version": visit.edition.version,
        "date": visit.jump,
        "layers": ",".join(visit.layers),
        "lang": visit.words.language,
        "palette": visit.palette,
        "frame": "app",
    }
    if visit.edition.dataset.story:
        asked["story"] = visit.stop.id if visit.stop else OFFERED
    others = {"base": visit.base, "view": visit.view}
    two = {"compare": visit.compare, "mode": visit.mode} if visit.mode else {}
    return f"embed?{urlencode(asked | {name: value for name, value in (others | two).items() if value})}"


def _nothing() -> None:
    """Make the component report the state `at`; what it says is read at the top of the next run."""
