"""Step 5: what a publish would change, on the map and in km², on any day; for a second pair of eyes as well."""

from typing import Any
from urllib.parse import quote, urlencode

import streamlit as st

from mapapp.domain.actors import Holder
from mapapp.domain.difference import DifferentDays, FeatureChanges
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.draft_map import draft_difference, draft_edition
from mapapp.services.tell_compare import area, span_in_words
from mapapp.services.tell_compare import difference as signed
from mapapp.services.update.difference import Difference
from mapapp.services.update.drafts import proposal
from mapapp.services.words import day_in_words
from mapapp.ui.teller import Teller
from mapapp.ui.update.board import board_key, day_of, jump_to, show_board
from mapapp.ui.update.desk import Desk, next_button
from mapapp.ui.update.faults import fault_view
from mapapp.ui.update.words import layer_name

CANCELLED, DAYS = "update-cancelled", "update-days"
NAMED = 40
"""Features of a layer that are listed by name."""


def show_difference(desk: Desk) -> None:
    """Draw the difference; while it is worked out, how far that is, and a way to stop it."""
    st.html(fill("update_title", title=desk.words("analyst.difference.title"), note=""))
    _show_faults_of_the_whole(desk)
    if st.session_state.pop(CANCELLED, False):
        st.html(fill("update_says", sentence=desk.words("analyst.difference.cancelled")))
        st.button(desk.words("analyst.difference.again"), key="update-again")
        return
    found = _worked_out(desk)
    if found is None:
        _show_new(desk)
    else:
        _show_found(desk, found)
    if desk.own:
        next_button(desk.words("analyst.next.publish"), "publish")
    _show_review_link(desk)


def _worked_out(desk: Desk) -> Difference | None:
    """Return the difference; a click on the button ends this run at the next report of progress."""
    words, room = desk.words, st.empty()
    with room.container():
        bar = st.progress(0.0, words("analyst.difference.working"))
        st.button(
            words("analyst.difference.cancel"),
            key="update-cancel",
            on_click=st.session_state.update,
            args=({CANCELLED: True},),
        )

        def tell(share: float) -> bool:
            bar.progress(min(1.0, max(0.0, share)), words("analyst.difference.working"))
            return True

        found = draft_difference(desk.needed, tell)
    room.empty()
    return found


def _show_faults_of_the_whole(desk: Desk) -> None:
    faults = proposal(desk.needed).faults
    if faults:
        st.html(fill("update_says", sentence=desk.words("analyst.difference.faults", count=len(faults))))
        for fault in faults[:NAMED]:
            st.html(fill("update_fault", fault=fault_view(fault, desk.words), t=desk.words))


def _show_new(desk: Desk) -> None:
    """Show a map that nobody has seen yet: there is nothing to compare it with."""
    edition = draft_edition(desk.needed)
    st.html(fill("update_says", sentence=desk.words("analyst.difference.new", title=edition.dataset.titled("en"))))
    show_board(desk, edition, day=edition.dataset.default_day, draft=desk.needed.id)


def _show_found(desk: Desk, found: Difference) -> None:
    words, edition = desk.words, draft_edition(desk.needed)
    st.html(fill("update_says", sentence=sum_of(found, words)))
    opening = found.busiest() or edition.dataset.default_day
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        day = day_of(board_key(edition, desk.needed.id), opening)
        show_board(desk, edition, day=opening, draft=desk.needed.id, overlay=_overlay(desk, found, day))
    with right:
        _show_days(desk, found)
        st.html(day_html(found, day, Teller(edition, words), _address(desk, day)))
    st.html(features_html(found, words))


def _overlay(desk: Desk, found: Difference, day: str) -> dict[str, str] | None:
    """Return what the map hatches on a day: the ground that changes its holder; None where none does."""
    differs = any(days.first <= day <= days.last for days in found.days)
    return {"day": day, "path": _address(desk, day)} if differs else None


def _address(desk: Desk, day: str) -> str:
    return f"api/drafts/{quote(desk.needed.id)}/diff.geojson?{urlencode({'date': day})}"


def sum_of(found: Difference, words: Messages) -> str:
    """Return in a sentence how many features and days differ."""
    layers = found.layers.values()
    added, removed, changed = (
        (
            sum(len(part) for part in parts)
            for parts in zip(*((each.added, each.removed, each.changed) for each in layers), strict=True)
        )
        if layers
        else (0, 0, 0)
    )
    key = "analyst.difference.sum" if found.days else "analyst.difference.sum_no_day"
    return words(key, added=added, removed=removed, changed=changed, spans=len(found.days))


def _show_days(desk: Desk, found: Difference) -> None:
    """Offer the days that differ; the map goes to the first of those chosen."""
    if not found.days:
        return
    words, km2 = desk.words, found.by_days()
    names = [_days_in_words(days, size, words) for days, size in km2]
    busiest = next((at for at, (days, _) in enumerate(km2) if days.first <= (found.busiest() or "") <= days.last), 0)
    st.selectbox(
        words("analyst.difference.days"),
        range(len(km2)),
        index=busiest,
        format_func=lambda at: names[at],
        key=DAYS,
        on_change=lambda: jump_to(km2[st.session_state[DAYS]][0].first),
    )


def _days_in_words(days: DifferentDays, km2: float, words: Messages) -> str:
    if days.first == days.last:
        return words("analyst.difference.day", day=day_in_words(days.first, words), km2=area(km2, words))
    first, last = span_in_words(days.first, days.last, words)
    return words("analyst.difference.span", first=first, last=last, km2=area(km2, words))


def day_html(found: Difference, day: str, teller: Teller, geojson: str = "") -> str:
    """Return who gains what from whom on a day, in km², as HTML."""
    words, told = teller.words, found.on(day)
    date = day_in_words(day, words)
    key = "analyst.difference.on" if told.pairs else "analyst.difference.on_none"
    view: dict[str, Any] = {
        "sentence": words(key, date=date, km2=area(told.km2, words)),
        "note": "",
        "pairs": [
            {"winner": _named(teller, p.winner), "loser": _named(teller, p.loser), "km2": area(p.km2, words)}
            for p in told.pairs
        ],
        "nets": [
            _named(teller, net.holder)
            | {
                "gained": area(net.gained, words) if net.gained else "",
                "lost": area(net.lost, words) if net.lost else "",
                "net": signed(net.net, words),
            }
            for net in told.balances
        ],
        "geojson": geojson,
    }
    return fill("update_day", view=view, t=words)


def _named(teller: Teller, holder: Holder | None) -> dict[str, Any]:
    if holder is None:
        return {"name": teller.words("analyst.difference.nobody"), "paint": "transparent"}
    return {"name": teller.short(holder), "paint": teller.paint(holder)}


def features_html(found: Difference, words: Messages) -> str:
    """Return the features that are new, gone or changed, by layer, as HTML."""
    rows = [_layer(name, changes, words) for name, changes in found.layers.items() if changes]
    return fill("update_features", rows=rows, t=words)


def _layer(name: str, changes: FeatureChanges, words: Messages) -> dict[str, Any]:
    changed = [f"{feature} ({', '.join(parts)})" for feature, parts in changes.changed.items()]
    parts = {"added": list(changes.added), "removed": list(changes.removed), "changed": changed}
    lists = [
        {"title": words(f"analyst.difference.{kind}"), "names": names[:NAMED], "more": max(0, len(names) - NAMED)}
        for kind, names in parts.items()
        if names
    ]
    return {"layer": layer_name(name, words), **{kind: len(names) for kind, names in parts.items()}, "lists": lists}


def _show_review_link(desk: Desk) -> None:
    """Give the address under which somebody else sees this."""
    site = (st.context.url or "").partition("?")[0].rstrip("/")
    st.html(fill("update_says", sentence=desk.words("analyst.difference.review")))
    st.code(f"{site}/{desk.link('difference')}", language=None, wrap_lines=True)
