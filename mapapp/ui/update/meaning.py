"""Step 2: what the upload means for the dataset, chosen and shown before anything; the frame of a new one."""

from collections import Counter
from datetime import date
from typing import Any

import streamlit as st

from mapapp.domain.updates import Meaning
from mapapp.resources.pages import fill
from mapapp.services.check import summary
from mapapp.services.update.propose import meanings_for, proposed_meaning
from mapapp.services.words import day_in_words
from mapapp.ui.update.desk import Desk, next_button
from mapapp.ui.update.frame import show_frame
from mapapp.ui.update.words import layer_name

MODE, FIRST, LAST, REMOVED = "update-mode", "update-first", "update-last", "update-removed"


def show_meaning(desk: Desk) -> None:
    """Draw what came, and the choice of what it does."""
    words, found = desk.words, desk.examination
    st.html(fill("update_title", title=words("analyst.meaning.title"), note=words("analyst.meaning.note")))
    st.html(fill("update_came", rows=_came(desk), sentence=summary(found, words), t=words))
    if desk.needed.base is None:
        show_frame(desk)
        return
    modes = meanings_for(desk.edition, found)
    if not modes:
        next_button(words("analyst.next.faults"), "faults")
        return
    chosen = meaning_of(desk)
    mode = st.radio(
        words("analyst.meaning.choose"),
        modes,
        index=modes.index(chosen.mode) if chosen.mode in modes else 0,
        format_func=lambda each: words(f"analyst.mode.{each}"),
        captions=[words(f"analyst.mode.{each}.about") for each in modes],
        key=MODE,
    )
    meaning = _with_days(desk, Meaning(mode, chosen.layer, chosen.first, chosen.last, chosen.removed))
    st.html(fill("update_says", sentence=told(desk, meaning)))
    next_button(words("analyst.next.columns"), "columns", lambda: desk.keep(meaning=meaning.plain()))


def meaning_of(desk: Desk) -> Meaning:
    """Return what was chosen, else what is proposed for these files."""
    plain = desk.needed.choices.get("meaning")
    return Meaning.of(plain) if plain else proposed_meaning(desk.edition, desk.examination)


def told(desk: Desk, meaning: Meaning) -> str:
    """Return in a sentence what will happen to which layer of which map."""
    words = desk.words
    days = {name: day_in_words(day, words) for name, day in (("first", meaning.first), ("last", meaning.last)) if day}
    return words(
        f"analyst.mode.{meaning.mode}.told",
        **{"first": "—", "last": "—", **days},
        layer=layer_name(meaning.layer, words),
        title=desk.edition.dataset.titled(words.language),
        count=len(meaning.removed),
    )


def _came(desk: Desk) -> list[dict[str, Any]]:
    """Return what the files hold: features by layer, and how many files they came in."""
    features: Counter[str] = Counter()
    files: dict[str, set[str]] = {}
    prepared = desk.examination.prepared
    for table, layer in zip(prepared.tables, prepared.layers, strict=True):
        features[layer] += len(table.features)
        files.setdefault(layer, set()).add(table.file)
    return [
        {"layer": layer_name(layer, desk.words), "features": count, "files": len(files[layer])}
        for layer, count in features.items()
    ]


def _with_days(desk: Desk, meaning: Meaning) -> Meaning:
    """Ask for the days or the ids that a mode needs."""
    words, first, last, removed = desk.words, meaning.first, meaning.last, meaning.removed
    if meaning.mode in ("span", "append"):
        with st.container(horizontal=True):
            first = _day(words("analyst.meaning.first"), FIRST, first or desk.edition.dataset.first_day)
            if meaning.mode == "span":
                last = _day(words("analyst.meaning.last"), LAST, last or desk.edition.dataset.last_day)
    if meaning.mode == "patch":
        text = st.text_area(words("analyst.meaning.removed"), value="\n".join(removed), key=REMOVED, height=80)
        removed = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Meaning(meaning.mode, meaning.layer, first, last, removed)


def _day(label: str, key: str, day: str) -> str:
    chosen = st.date_input(
        label,
        value=date.fromisoformat(day),
        min_value=date(1800, 1, 1),
        max_value=date(2199, 12, 31),
        format="YYYY-MM-DD",
        key=key,
        width=200,
    )
    return chosen.isoformat() if isinstance(chosen, date) else day
