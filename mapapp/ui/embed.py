"""The dialog that gives the code to put the map into another page."""

import streamlit as st

from mapapp.resources.pages import fill
from mapapp.services.frame import HEIGHT, Framed, frame_code
from mapapp.ui.state import Visit

LOWEST, HIGHEST, STEP = 320, 1600, 20


def offer_embed(visit: Visit) -> None:
    """Offer the dialog."""
    if st.button(visit.words("embed.open"), key="embed"):
        st.dialog(visit.words("embed.title"), width="large")(_show_embed)(visit)


def _show_embed(visit: Visit) -> None:
    """Show the code for the day and the layers on show; the reader chooses height and version."""
    words = visit.words
    st.html(fill("note", note=words("embed.note")))
    height = st.number_input(words("embed.height"), LOWEST, HIGHEST, HEIGHT, STEP, key="embed-height")
    pinned = st.checkbox(words("embed.pinned"), key="embed-pinned")
    framed = Framed(
        visit.edition,
        visit.day,
        visit.layers,
        pinned,
        words.language,
        palette=visit.palette,
        base=visit.base,
        compare=visit.compare,
        mode=visit.mode,
        view=visit.view,
        story=visit.stop.id if visit.stop else None,
    )
    st.code(frame_code(framed, _site(), words, height=height), language="html", wrap_lines=True)
    st.html(fill("note", note=words("embed.messages")))
    st.html(fill("note", note=words("embed.follow")))
    st.code(fill("embed_height").strip(), language="html", wrap_lines=True)


def _site() -> str:
    """Return the address under which the reader sees us, without what follows the host and path."""
    return (st.context.url or "").partition("?")[0]
