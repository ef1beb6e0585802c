"""The analyst's page: who may, the steps, and the one that is open; whatever is refused is said in a sentence."""

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from mapapp.domain.errors import MapappError
from mapapp.resources.pages import fill
from mapapp.ui.state import Visit
from mapapp.ui.update.columns import show_columns
from mapapp.ui.update.correction import show_correction
from mapapp.ui.update.desk import BESIDE, REFUSED, STEPS, Desk, desk_of
from mapapp.ui.update.difference import show_difference
from mapapp.ui.update.faults import show_faults
from mapapp.ui.update.history import show_history
from mapapp.ui.update.meaning import show_meaning
from mapapp.ui.update.publish import show_publish
from mapapp.ui.update.upload import show_upload

STYLE = Path(__file__).parents[1] / "frontend" / "update.css"
OPEN_TO_ALL = ("difference", "history")
"""Steps that show something to whoever has their address."""

OF_FILES = ("meaning", "columns", "faults")
"""Steps that a correction in place does not have."""

SHOWN: Mapping[str, Callable[[Desk], None]] = {
    "upload": show_upload,
    "meaning": show_meaning,
    "columns": show_columns,
    "faults": show_faults,
    "difference": show_difference,
    "publish": show_publish,
    "history": show_history,
    "correct": show_correction,
}


def show_update(visit: Visit) -> None:
    """Draw the page for the address that the session stands at."""
    st.html(STYLE)
    refused: list[MapappError] = [st.session_state.pop(REFUSED)] if REFUSED in st.session_state else []
    try:
        desk = desk_of(visit, st.query_params.to_dict())
    except MapappError as error:
        refused.append(error)
        desk = desk_of(visit, {"step": "upload"})
    with st.container(key="update", gap="small"):
        _show_head(desk, refused)
        _show_step(desk)


def _show_head(desk: Desk, refused: list[MapappError]) -> None:
    words = desk.words
    links = [_step(desk, step, number) for number, step in enumerate(STEPS, 1)]
    beside = [_step(desk, step, None) for step in BESIDE if step in ("history", desk.step)]
    sentences = [words.error(error) for error in refused]
    st.html(fill("update_head", steps=links, beside=beside, refused=sentences, t=words, step=desk.step))


def _step(desk: Desk, step: str, number: int | None) -> dict[str, object]:
    """Return a step as the row of steps shows it; one that is not to be reached yet has no link."""
    there = step in ("upload", *BESIDE) or desk.draft is not None
    own = desk.draft is None or desk.own or step in ("upload", *OPEN_TO_ALL)
    own = own and (step not in OF_FILES or desk.draft is None or bool(desk.draft.names))
    name = desk.words(f"analyst.step.{step}")
    return {"name": name, "number": number, "now": step == desk.step, "link": desk.link(step) if there and own else ""}


def _show_step(desk: Desk) -> None:
    """Draw the step, or why it is closed to whoever asks."""
    if desk.step not in OPEN_TO_ALL and not (desk.person.may_write and (desk.draft is None or desk.own)):
        why = "analyst.read_only" if not desk.person.may_write else "analyst.not_yours"
        st.html(fill("update_closed", title=desk.words("analyst.closed"), sentence=desk.words(why)))
        return
    try:
        SHOWN[desk.step](desk)
    except MapappError as error:
        st.html(fill("update_refused", sentence=desk.words.error(error)))
