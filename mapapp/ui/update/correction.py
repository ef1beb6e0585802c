"""A correction in place: who held a place from a day on, on whose word; the areas are derived again and compared."""

from datetime import date

import streamlit as st

from mapapp.domain.edition import Dataset
from mapapp.resources.pages import fill
from mapapp.services.place import find_place
from mapapp.services.update.correct import Correction, holder_choices
from mapapp.services.update.drafts import start_correction
from mapapp.services.words import actor_name, day_in_words
from mapapp.ui.state import Visit
from mapapp.ui.update.desk import Desk, attempt, go, this_person

HOLDER, FIRST, UNTIL, SOURCE = "correct-holder", "correct-first", "correct-until", "correct-source"
LONGEST = 500


def offer_correction(visit: Visit) -> None:
    """Offer an editor, beside the history of a place, to correct it."""
    place = visit.place
    if place is None or not this_person().may_write:
        return
    st.button(
        visit.words("analyst.correct.offer"),
        key="place-correct",
        on_click=go,
        args=("correct",),
        kwargs={"place": place.id, "date": visit.day, "draft": ""},
    )


def show_correction(desk: Desk) -> None:
    """Draw the form; going on shows the difference."""
    words, edition = desk.words, desk.visit.edition
    place = find_place(edition, st.query_params.get("place", ""))
    dataset, day = edition.dataset, desk.visit.day
    name = place.named(words.language)
    told = words("analyst.correct.note", day=day_in_words(day, words))
    st.html(fill("update_title", title=words("analyst.correct.title", name=name), note=told))
    choices = [actor.key for actor in holder_choices(edition)]
    st.selectbox(
        words("analyst.correct.holder"),
        choices,
        index=None,
        placeholder=words("analyst.correct.choose"),
        format_func=lambda key: actor_name(dataset, key, words),
        key=HOLDER,
    )
    with st.container(horizontal=True):
        _ask_day(dataset, words("analyst.correct.first"), FIRST, day)
        _ask_day(dataset, words("analyst.correct.until"), UNTIL, None)
    st.text_input(words("analyst.correct.source"), key=SOURCE, max_chars=LONGEST)
    st.button(
        words("analyst.next.difference"),
        type="primary",
        key="correct-preview",
        on_click=attempt(lambda: _preview(desk, place.id)),
    )


def _ask_day(dataset: Dataset, label: str, key: str, day: str | None) -> None:
    st.date_input(
        label,
        value=date.fromisoformat(day) if day else None,
        min_value=date.fromisoformat(dataset.first_day),
        max_value=date.fromisoformat(dataset.last_day),
        format="YYYY-MM-DD",
        key=key,
        width=260,
    )


def _preview(desk: Desk, place: str) -> None:
    """Make a draft of the correction, and show what it changes."""
    state = st.session_state
    first, until = state[FIRST], state.get(UNTIL)
    asked = Correction(
        place=place,
        actor=state.get(HOLDER) or "",
        first=first.isoformat() if isinstance(first, date) else "",
        last=until.isoformat() if isinstance(until, date) else None,
        source=str(state.get(SOURCE) or "").strip(),
    )
    draft = start_correction(desk.person, desk.visit.edition.dataset.name, asked)
    go("difference", draft=draft.id, place="")
