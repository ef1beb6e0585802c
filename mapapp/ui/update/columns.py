"""Step 3: which of their columns is which of our properties, with reasons, to be changed and remembered."""

from dataclasses import replace
from typing import Any

import streamlit as st

from mapapp.domain.schema import LAYERS
from mapapp.ingest.mapping import POINT_COLUMNS, Mapping
from mapapp.ingest.requirements import CHANGES, NEEDED
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.update import drafts
from mapapp.services.words import actor_name
from mapapp.ui.update.desk import Desk, next_button
from mapapp.ui.update.words import layer_name

NONE = ""
ALWAYS = ("id", "name", "source")
REMEMBER = "update-remember"
SAMPLES = 3


def show_columns(desk: Desk) -> None:
    """Draw the proposals, each changeable where the files are for one layer."""
    words, mappings = desk.words, desk.examination.mappings
    st.html(fill("update_title", title=words("analyst.columns.title"), note=words("analyst.columns.note")))
    if len(mappings) != 1:
        several = words("analyst.columns.several" if mappings else "analyst.columns.none")
        st.html(fill("update_says", sentence=several))
        for mapping in mappings:
            st.html(fill("update_columns", rows=_rows(desk, mapping), layer=layer_name(mapping.layer, words), t=words))
        next_button(words("analyst.next.faults"), "faults")
        return
    _show_one(desk, mappings[0])


def _show_one(desk: Desk, mapping: Mapping) -> None:
    words = desk.words
    st.html(fill("update_columns", rows=_rows(desk, mapping), layer=layer_name(mapping.layer, words), t=words))
    with st.expander(words("analyst.columns.change"), expanded=not mapping.is_identity):
        columns = _ask_columns(desk, mapping)
        values = _ask_values(desk, mapping, columns)
    remember = st.checkbox(words("analyst.columns.remember"), value=True, key=REMEMBER)
    theirs = their_columns(mapping)
    ignored = tuple(name for name in theirs if name not in columns.values())
    chosen = replace(mapping, columns=columns, values=values, ignored=ignored)
    next_button(words("analyst.next.faults"), "faults", lambda: _keep(desk, chosen, theirs, remember=remember))


def _keep(desk: Desk, mapping: Mapping, theirs: list[str], *, remember: bool) -> None:
    desk.keep(mapping=mapping.plain())
    if remember and desk.needed.base is not None and desk.needed.dataset:
        drafts.remember_mapping(desk.person, desk.needed.dataset, theirs, mapping)


def their_columns(mapping: Mapping) -> list[str]:
    """Return the names of all their columns."""
    return list(dict.fromkeys([*mapping.columns.values(), *mapping.ignored]))


def _ours(mapping: Mapping) -> list[str]:
    if mapping.layer == CHANGES:
        return ["place", "date", "before", "after", "source"]
    own = [prop.name for prop in LAYERS[mapping.layer].properties]
    return [*own, *(name for name in POINT_COLUMNS if mapping.layer == "place")]


def _offered(mapping: Mapping) -> list[str]:
    """Return the properties to ask for: those needed, those everybody has, those that were found."""
    needed = NEEDED[mapping.layer]
    held = ("actor", "valid_from", "valid_to") if mapping.layer in ("control", "place") else ()
    wanted = {*needed, *held, *ALWAYS, *mapping.columns}
    return [name for name in _ours(mapping) if name in wanted]


def _ask_columns(desk: Desk, mapping: Mapping) -> dict[str, str]:
    words, theirs = desk.words, their_columns(mapping)
    columns = {}
    for at in range(0, len(_offered(mapping)), 3):
        with st.container(horizontal=True):
            for ours in _offered(mapping)[at : at + 3]:
                taken = mapping.columns.get(ours, NONE)
                chosen = st.selectbox(
                    ours,
                    [NONE, *theirs],
                    index=theirs.index(taken) + 1 if taken else 0,
                    format_func=lambda name: name or words("analyst.columns.not_there"),
                    key=f"update-column-{ours}",
                )
                if chosen:
                    columns[ours] = chosen
    rest = {ours: column for ours, column in mapping.columns.items() if ours not in _offered(mapping)}
    return {**columns, **{ours: column for ours, column in rest.items() if column not in columns.values()}}


def _ask_values(desk: Desk, mapping: Mapping, columns: dict[str, str]) -> dict[str, dict[str, str]]:
    """Ask what each name of an actor means that is not a key already."""
    words, dataset = desk.words, desk.edition.dataset
    keys = [actor.key for actor in dataset.actors]
    values: dict[str, dict[str, str]] = {}
    for ours in ("actor", "before", "after"):
        found = _foreign(desk, mapping, ours, keys) if ours in columns or ours in mapping.values else {}
        for number, (theirs, meant) in enumerate(found.items()):
            chosen = st.selectbox(
                words("analyst.columns.means", property=ours, value=theirs),
                [NONE, *keys],
                index=keys.index(meant) + 1 if meant in keys else 0,
                format_func=lambda key: actor_name(dataset, key, words) if key else words("analyst.columns.as_is"),
                key=f"update-value-{ours}-{number}",
            )
            if chosen:
                values.setdefault(ours, {})[theirs] = chosen
    return values


def _foreign(desk: Desk, mapping: Mapping, ours: str, keys: list[str]) -> dict[str, str]:
    """Return the names of actors in the files that are no keys, with the key that each is taken for."""
    given = {
        feature.properties.get(ours)
        for table in desk.examination.prepared.tables
        for feature in table.features
        if isinstance(feature.properties, dict)
    }
    unknown = sorted(text for text in given if isinstance(text, str) and text and text not in keys)
    return {**mapping.values.get(ours, {}), **dict.fromkeys(unknown[:30], NONE)}


def _rows(desk: Desk, mapping: Mapping) -> list[dict[str, Any]]:
    """Return the proposals as the table shows them: ours, theirs, why, some of what is there."""
    words = desk.words
    rows = []
    for ours in _offered(mapping):
        theirs, fixed = mapping.columns.get(ours), mapping.fixed.get(ours)
        if theirs is None and fixed is None and ours not in NEEDED[mapping.layer]:
            continue
        why = (
            _why(mapping, ours, words)
            if theirs
            else words("analyst.columns.fixed" if fixed else "analyst.columns.lacks")
        )
        rows.append({"ours": ours, "theirs": theirs or "", "why": why, "sample": _sample(desk, mapping, ours)})
    rows += [
        {"ours": "", "theirs": name, "why": words("analyst.columns.ignored"), "sample": ""} for name in mapping.ignored
    ]
    return rows


def _why(mapping: Mapping, ours: str, words: Messages) -> str:
    reason = mapping.reasons.get(ours)
    if reason is None or mapping.columns[ours] == ours:
        return words("analyst.columns.same")
    return words(f"analyst.columns.by_{reason.why}", percent=round(100 * reason.score))


def _sample(desk: Desk, mapping: Mapping, ours: str) -> str:
    """Return a few of the values, as they were read."""
    prepared, seen = desk.examination.prepared, dict[str, None]()
    for table, layer in zip(prepared.tables, prepared.layers, strict=True):
        for feature in table.features[:200] if layer == mapping.layer else ():
            value = feature.properties.get(ours) if isinstance(feature.properties, dict) else None
            if value not in (None, "", [], ()):
                seen[str(value)[:40]] = None
            if len(seen) >= SAMPLES:
                return ", ".join(seen)
    return ", ".join(seen)
