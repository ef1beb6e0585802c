"""The section below the map that compares its day with another: choice, sentence, figures."""

from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from mapapp.domain.views import MODES
from mapapp.resources.pages import fill
from mapapp.services.compare import Comparison, Net, Pair, Preset, compare_either_way, presets
from mapapp.services.tell_compare import area, difference, sentence
from mapapp.services.words import day_in_words
from mapapp.ui.state import Visit
from mapapp.ui.teller import Teller

CHOICE, TYPED, MODE = "compare-choice", "compare-day", "compare-mode"
NONE, HATCH = "none", "hatch"


def show_compare(visit: Visit) -> None:
    """Draw the choice of a day to compare with, and below it what changed hands between the two days."""
    with st.container(key="compare", gap="small"):
        st.html(fill("compare_title", t=visit.words))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _show_presets(visit)
            _show_day(visit)
            if visit.compare:
                _show_modes(visit)
        if visit.compare:
            st.html(comparison_html(visit, visit.compare))


def _show_presets(visit: Visit) -> None:
    words = visit.words
    spoken = visit.edition.speaking(words.language)
    offered = {preset.key: preset for preset in presets(spoken, visit.day)}
    st.session_state[CHOICE] = _chosen(visit.compare, offered)

    def choose() -> None:
        preset = offered.get(st.session_state[CHOICE])
        visit.compare_with(preset.day if preset else None)

    st.selectbox(
        words("compare.choose"),
        [NONE, *offered],
        format_func=lambda key: _label(visit, offered.get(key)),
        key=CHOICE,
        placeholder=words("compare.other"),
        on_change=choose,
    )


def _chosen(day: str | None, offered: dict[str, Preset]) -> str | None:
    """Return the option that stands for the compared day; None when the day is none of those offered."""
    return NONE if day is None else next((key for key, preset in offered.items() if preset.day == day), None)


def _label(visit: Visit, preset: Preset | None) -> str:
    if preset is None:
        return visit.words("compare.none")
    words, told = visit.words, day_in_words(preset.day, visit.words)
    if preset.since:
        return words("compare.since", title=preset.since.get(words.language, preset.since["en"]), date=told)
    return words(f"compare.{'event' if preset.title else preset.key}", date=told, title=preset.title)


def _show_day(visit: Visit) -> None:
    dataset = visit.edition.dataset
    st.session_state[TYPED] = date.fromisoformat(visit.compare) if visit.compare else None

    def choose() -> None:
        day = st.session_state[TYPED]
        visit.compare_with(day.isoformat() if day else None)

    st.date_input(
        visit.words("compare.date"),
        min_value=date.fromisoformat(dataset.first_day),
        max_value=date.fromisoformat(dataset.last_day),
        key=TYPED,
        format="YYYY-MM-DD",
        width=200,
        on_change=choose,
    )


def _show_modes(visit: Visit) -> None:
    st.session_state[MODE] = visit.mode or HATCH

    def choose() -> None:
        chosen = st.session_state[MODE]
        visit.mode = chosen if chosen in MODES else None

    st.segmented_control(
        visit.words("view.mode"),
        [HATCH, *MODES],
        format_func=lambda mode: visit.words(f"view.mode.{mode}"),
        key=MODE,
        on_change=choose,
    )


def overlay_address(visit: Visit) -> dict[str, str] | None:
    """Return the day on show and the address, relative to ours, of what the map hatches on it; None for nothing."""
    if not visit.compare or visit.mode or visit.compare == visit.day:
        return None
    return {"day": visit.day, "path": _address(visit, visit.compare, "geojson")}


def _address(visit: Visit, other: str, kind: str) -> str:
    first, last = sorted((visit.day, other))
    asked = urlencode({"from": first, "to": last, "version": visit.edition.version})
    return f"api/datasets/{quote(visit.edition.dataset.name)}/compare.{kind}?{asked}"


def comparison_html(visit: Visit, other: str) -> str:
    """Return what changed hands between the day on show and another day, as HTML."""
    words = visit.words
    if other == visit.day:
        return fill("compare", view={"sentence": words("compare.same_day"), "pairs": [], "note": ""}, t=words)
    found, teller = compare_either_way(visit.edition, visit.day, other), Teller(visit.edition, words, visit.palette)
    return fill("compare", view=_view(visit, found, teller), t=words)


def _view(visit: Visit, found: Comparison, teller: Teller) -> dict[str, Any]:
    words, other = visit.words, visit.compare or visit.day
    return {
        "sentence": sentence(visit.edition.dataset, found, words),
        "note": _turned(visit) if other > visit.day and (visit.mode or found.pairs) else "",
        "pairs": [_pair(teller, pair) for pair in found.pairs],
        "nets": [_net(teller, net) for net in found.nets],
        "json": _address(visit, other, "json"),
        "geojson": _address(visit, other, "geojson"),
    }


def _turned(visit: Visit) -> str:
    """Return what to know of a map whose day to compare with is the later one."""
    return visit.words(
        "compare.turned_two" if visit.mode else "compare.turned", first=day_in_words(visit.day, visit.words)
    )


def _pair(teller: Teller, pair: Pair) -> dict[str, Any]:
    return {
        "winner": {"name": teller.short(pair.winner), "paint": teller.paint(pair.winner)},
        "loser": {"name": teller.short(pair.loser), "paint": teller.paint(pair.loser)},
        "km2": area(pair.km2, teller.words),
    }


def _net(teller: Teller, net: Net) -> dict[str, Any]:
    words = teller.words
    return {
        "name": teller.short(net.holder),
        "paint": teller.paint(net.holder),
        "gained": area(net.gained, words) if net.gained else "",
        "lost": area(net.lost, words) if net.lost else "",
        "net": difference(net.net, words),
    }
