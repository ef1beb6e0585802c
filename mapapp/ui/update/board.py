"""The map beside a step: the version at hand or the draft's own, sent to where a fault lies or to a day."""

import math
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from mapapp.domain.edition import Edition
from mapapp.domain.faults import Box
from mapapp.services.catalog import DRAWN
from mapapp.ui.update.desk import Desk

SPOT, JUMP = "update-spot", "update-jump"
WIDTH_PIXELS, TILE_PIXELS = 420, 256
NEAREST, FARTHEST = 13.0, 4.0
SHARE = 0.5
"""The part of the map's width that a feature is to take."""


def show_board(
    desk: Desk, edition: Edition, *, day: str, draft: str = "", overlay: dict[str, str] | None = None
) -> str:
    """Mount the map and return the day that it shows; `draft` names the one to show in place of the version."""
    key = f"update-pane-{draft or edition.version}"
    told: Any = (st.session_state.get(key) or {}).get("at") or {}
    jump = st.session_state.get(JUMP) or {"seq": 0, "day": day}
    pane = st.components.v2.component("mapapp.pane", js="pane.js", css="pane.css")
    data = {
        "path": _path(desk, edition, jump["day"], draft),
        "title": desk.words("app.frame", title=edition.dataset.titled(desk.words.language)),
        "failed": desk.words("app.map_failed"),
        "retry": desk.words("app.retry"),
        "sid": desk.visit.sid,
        "seq": jump["seq"],
        "day": jump["day"],
        "layers": list(DRAWN),
        "palette": desk.visit.palette,
        "stop": None,
        "heard": told.get("n"),
        "base": "",
        "overlay": overlay,
        "show": st.session_state.get(SPOT) or {"n": 0},
        "look": {"n": 0},
        "compare": {"day": None, "mode": None},
    }
    pane(key=key, data=data, on_at_change=_nothing)
    return day_of(key, jump["day"])


def board_key(edition: Edition, draft: str = "") -> str:
    """Return the key under which the map keeps what it tells."""
    return f"update-pane-{draft or edition.version}"


def day_of(key: str, otherwise: str) -> str:
    """Return the day that the map told last."""
    told: Any = (st.session_state.get(key) or {}).get("at") or {}
    day = told.get("day")
    return day if isinstance(day, str) else otherwise


def jump_to(day: str) -> None:
    """Send the map to a day."""
    before = st.session_state.get(JUMP) or {"seq": 0}
    st.session_state[JUMP] = {"seq": before["seq"] + 1, "day": day}


def fly_to(box: Box) -> None:
    """Send the map to a feature, and ring it."""
    west, south, east, north = box
    before = st.session_state.get(SPOT) or {"n": 0}
    spot = {"lon": (west + east) / 2, "lat": (south + north) / 2, "zoom": zoom_for(box)}
    st.session_state[SPOT] = {"n": before["n"] + 1, **spot}


def zoom_for(box: Box) -> float:
    """Return the zoom at which a box fills about half of the map."""
    west, south, east, north = box
    degrees = max(east - west, (north - south) / max(0.2, math.cos(math.radians((south + north) / 2))), 1e-6)
    zoom = math.log2(SHARE * WIDTH_PIXELS * 360 / (TILE_PIXELS * degrees))
    return round(min(NEAREST, max(FARTHEST, zoom)), 1)


def _path(desk: Desk, edition: Edition, day: str, draft: str) -> str:
    """Return the address of the map's page, relative to ours."""
    what = {"draft": draft} if draft else {"dataset": edition.dataset.name, "version": edition.version}
    return f"embed?{urlencode({**what, 'date': day, 'lang': desk.words.language, 'frame': 'app'})}"


def _nothing() -> None:
    """Make the component report the state `at`."""
