"""The search box: a name and Enter list places, choosing one shows who held it when and sends the map there."""

from typing import Any

import streamlit as st

from mapapp.resources.pages import fill
from mapapp.services.place import LONGEST_TEXT, Hit, find_place, search
from mapapp.ui.state import Visit
from mapapp.ui.strip import kind_name, strip
from mapapp.ui.update.correction import offer_correction

TEXT = "place-text"
HITS = "place-hits"
LISTED = 8


def show_search(visit: Visit) -> None:
    """Draw the box, what it found, and the place on show."""
    words = visit.words
    with st.container(key="search", gap="small"):
        text = st.text_input(
            words("search.label"),
            key=TEXT,
            placeholder=words("search.placeholder"),
            label_visibility="collapsed",
            max_chars=LONGEST_TEXT,
        ).strip()
        if text:
            _show_hits(visit, text)
        if visit.place:
            st.html(strip(visit, visit.place))
            offer_correction(visit)
            st.button(words("search.close"), key="place-close", on_click=visit.visit_place, args=(None,))


def _show_hits(visit: Visit, text: str) -> None:
    hits = search(visit.edition, text[:LONGEST_TEXT], LISTED)
    if not hits:
        st.html(fill("search_none", sentence=visit.words("search.none", text=text)))
        return
    st.html(fill("search_found", sentence=visit.words.count("search.found", len(hits), count=len(hits))))
    listing = st.components.v2.component("mapapp.hits", js="hits.js", css="hits.css")
    data = {"label": visit.words("search.hits"), "hits": [_told(visit, hit) for hit in hits]}
    listing(key=HITS, data=data, on_chosen_change=lambda: _choose(visit))


def _told(visit: Visit, hit: Hit) -> dict[str, str]:
    """Return a hit as the list shows it: its name, and a name in another script to tell it by."""
    name = hit.place.named(visit.words.language)
    other = hit.place.name_ar if name != hit.place.name_ar else hit.place.name
    return {"id": hit.place.id, "name": name, "other": other, "kind": kind_name(visit, hit.place)}


def _choose(visit: Visit) -> None:
    """Follow the reader to a place, and empty the box."""
    told: Any = st.session_state.get(HITS) or {}
    chosen = told.get("chosen")
    if isinstance(chosen, str):
        visit.visit_place(find_place(visit.edition, chosen))
        st.session_state[TEXT] = ""
