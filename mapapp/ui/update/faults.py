"""Step 4: every fault, grouped; repairs chosen, warnings ticked, the report to take along."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from mapapp.domain.faults import Fault
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.check import repair_label, rule, summary
from mapapp.services.report import report_csv, report_json
from mapapp.ui.update.board import fly_to, show_board
from mapapp.ui.update.desk import Desk, attempt, next_button

PICKS, ALONE, SEEN = "update-picks", "update-alone", "update-seen"
SHOWN = 20
"""Faults of one kind on a page of their list."""

OPENED = 6
"""Groups that are open from the start."""

Picks = dict[tuple[str, object], str]
"""The repair picked for each fault, by draft and key."""


def show_faults(desk: Desk) -> None:
    """Draw the sum, the groups, the map, and the way on."""
    words, found = desk.words, desk.examination
    st.html(fill("update_title", title=words("analyst.faults.title"), note=""))
    st.html(fill("update_says", sentence=summary(found, words)))
    _show_repairs_made(desk)
    groups = found.report.groups
    if not groups:
        _show_way_on(desk)
        return
    with_map = desk.needed.base is not None and any(fault.zoom for fault in found.report.faults)
    left, right = st.columns([1.7, 1], gap="medium") if with_map else (st.container(), None)
    with left:
        _show_reports(desk)
        for number, (kind, faults) in enumerate(groups.items()):
            _show_group(desk, kind, faults, opened=number < OPENED)
        _show_apply(desk)
        _show_way_on(desk)
    if right is not None:
        with right, st.container(key="update-board"):
            show_board(desk, desk.edition, day=desk.edition.dataset.default_day)


def _picks() -> Picks:
    """Return the repairs that are picked and not yet made, of this session."""
    picks: Picks = st.session_state.setdefault(PICKS, {})
    return picks


def _show_reports(desk: Desk) -> None:
    words, found = desk.words, desk.examination
    with st.container(horizontal=True):
        for kind, media, make in (("csv", "text/csv", report_csv), ("json", "application/json", report_json)):
            st.download_button(
                words(f"analyst.faults.{kind}"),
                data=partial(make, found, words),
                file_name=f"faults.{kind}",
                mime=media,
                key=f"update-report-{kind}",
                on_click="ignore",
            )


def _show_group(desk: Desk, kind: str, faults: Sequence[Fault], *, opened: bool) -> None:
    words = desk.words
    mark = words(f"analyst.faults.{faults[0].severity}")
    title = words("analyst.faults.group", mark=mark, count=len(faults), rule=_short(rule(faults[0], words)))
    with st.expander(title, expanded=opened):
        contract = {"href": f"contract?lang={words.language}#{kind}", "text": words("analyst.faults.contract")}
        st.html(fill("update_links", links=[contract]))
        _offer_for_all(desk, kind, faults)
        first = _page(desk, kind, len(faults))
        for at, fault in enumerate(faults[first : first + SHOWN], first):
            _show_fault(desk, fault, f"{kind}-{at}")


def _short(text: str) -> str:
    """Return the first sentence, with nothing in it that a label would take for markup."""
    head = text.split(". ", maxsplit=1)[0].rstrip(".")
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>:$#~" else letter for letter in head)


def _page(desk: Desk, kind: str, count: int) -> int:
    """Return the number of the first fault to list; ask for it where there are many."""
    if count <= SHOWN:
        return 0
    pages = -(-count // SHOWN)
    page = st.number_input(
        desk.words("analyst.faults.page", pages=pages), 1, pages, 1, 1, key=f"update-page-{kind}", width=200
    )
    return (int(page) - 1) * SHOWN


def _offer_for_all(desk: Desk, kind: str, faults: Sequence[Fault]) -> None:
    """Offer each repair that several faults of a kind share, for all of them at once."""
    names = list(dict.fromkeys(name.partition(":")[0] for fault in faults for name in fault.repairs))
    if len(faults) < 2 or not names:
        return
    with st.container(horizontal=True):
        for name in names:
            label = repair_label(_whole(faults, name), desk.words)
            st.button(
                desk.words("analyst.faults.for_all", repair=label),
                key=f"update-all-{kind}-{name}",
                on_click=_pick_all,
                args=(desk, faults, name),
            )


def _whole(faults: Sequence[Fault], name: str) -> str:
    """Return a repair with its argument where all share it, with an ellipsis for those that do not."""
    wholes = {whole for fault in faults for whole in fault.repairs if whole.partition(":")[0] == name}
    return wholes.pop() if len(wholes) == 1 else f"{name}:…"


def _pick_all(desk: Desk, faults: Sequence[Fault], name: str) -> None:
    for fault in faults:
        whole = next((one for one in fault.repairs if one.partition(":")[0] == name), None)
        if whole:
            _picks()[desk.needed.id, fault.key] = whole


def _show_fault(desk: Desk, fault: Fault, key: str) -> None:
    """Draw one fault: where, found, expected; its repair, and the way to it on the map."""
    words = desk.words
    with st.container(horizontal=True, vertical_alignment="center", key=f"fault-{key}"):
        st.html(fill("update_fault", fault=fault_view(fault, words), t=words))
        if fault.repairs:
            _offer_repairs(desk, fault, key)
        if fault.zoom is not None and desk.needed.base is not None:
            st.button(words("analyst.faults.show"), key=f"update-show-{key}", on_click=fly_to, args=(fault.zoom,))


def fault_view(fault: Fault, words: Messages) -> dict[str, Any]:
    """Return one fault as its template shows it."""
    number = words("check.feature", number=fault.feature) if fault.feature is not None else ""
    return {
        "file": fault.file,
        "feature": f"{number} ({fault.id})" if number and fault.id else number,
        "property": fault.property or "",
        "line": words("check.line", number=fault.line) if fault.line else "",
        "found": "" if fault.found == "—" else fault.found,
        "expected": rule(fault, words),
    }


def _offer_repairs(desk: Desk, fault: Fault, key: str) -> None:
    picks, at = _picks(), (desk.needed.id, fault.key)
    options, name = ["", *fault.repairs], f"update-repair-{key}"
    st.session_state[name] = picks.get(at, "")

    def choose() -> None:
        picks[at] = st.session_state[name]

    st.selectbox(
        desk.words("analyst.faults.repair", what=fault_view(fault, desk.words)["feature"] or fault.file),
        options,
        format_func=lambda one: repair_label(one, desk.words) if one else desk.words("analyst.faults.leave"),
        key=name,
        on_change=choose,
        label_visibility="collapsed",
        width=260,
    )


def _picked(desk: Desk) -> list[tuple[Fault, str]]:
    picks = _picks()
    chosen = ((fault, picks.get((desk.needed.id, fault.key), "")) for fault in desk.examination.report.faults)
    return [(fault, name) for fault, name in chosen if name]


def _show_apply(desk: Desk) -> None:
    """Offer to make the repairs that were picked."""
    picked = _picked(desk)

    def make() -> None:
        made = desk.needed.choices.get("repairs", [])
        desk.keep(repairs=[*made, *([list(fault.key), name] for fault, name in picked)], accepted=False)

    if any(fault.repairs for fault in desk.examination.report.faults):
        label = desk.words("analyst.faults.apply", count=len(picked))
        st.button(label, key="update-apply", on_click=attempt(make), disabled=not picked)


def _show_repairs_made(desk: Desk) -> None:
    """Say which repairs are made, and offer to take them back."""
    made = desk.needed.choices.get("repairs", [])
    if not made:
        return
    labels = [repair_label(name, desk.words) for _key, name in made]
    counted = [f"{label} ({labels.count(label)})" for label in dict.fromkeys(labels)]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(fill("update_says", sentence=desk.words("analyst.faults.made", repairs="; ".join(counted))))
        st.button(
            desk.words("analyst.faults.undo"),
            key="update-undo-repairs",
            on_click=attempt(lambda: desk.keep(repairs=[], accepted=False)),
        )


def _show_way_on(desk: Desk) -> None:
    """Ask for the ticks that errors and warnings need, and offer the difference."""
    words, found, report = desk.words, desk.examination, desk.examination.report
    alone = seen = False
    if report.errors and found.good and not report.stops_all:
        kept = bool(desk.needed.choices.get("good_only"))
        alone = st.checkbox(words("analyst.faults.alone", good=found.good, features=found.features), kept, key=ALONE)
    if report.warnings:
        kept = bool(desk.needed.choices.get("accepted"))
        seen = st.checkbox(words("analyst.faults.seen", count=len(report.warnings)), kept, key=SEEN)
    ready = (not report.errors or alone) and (not report.warnings or seen)
    if not ready:
        why = "stops" if report.errors and not alone else "tick"
        st.html(fill("update_says", sentence=words(f"analyst.faults.{why}")))
    next_button(
        words("analyst.next.difference"),
        "difference",
        lambda: desk.keep(good_only=alone, accepted=seen),
        disabled=not ready,
    )
