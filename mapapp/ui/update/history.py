"""Who published what, when and why; any two versions compared; an old one restored by one click and a word."""

from urllib.parse import quote, urlencode

import streamlit as st

from mapapp.domain.history import Version
from mapapp.resources.pages import fill
from mapapp.services.catalog import open_edition
from mapapp.services.update import publish
from mapapp.services.update.difference import difference
from mapapp.services.versions import history, public_author
from mapapp.ui.teller import Teller
from mapapp.ui.update.desk import Desk, attempt, go
from mapapp.ui.update.difference import day_html, features_html, sum_of
from mapapp.ui.update.publish import DONE, show_done
from mapapp.ui.update.words import moment_in_words, size_in_words

LISTED = 50
FROM, TO, WHY = "update-compare-from", "update-compare-to", "update-restore-why"


def show_history(desk: Desk) -> None:
    """Draw the list, newest first, and the comparison of two."""
    words, dataset = desk.words, desk.visit.edition.dataset
    versions = history(dataset.name, LISTED)
    show_done(desk)
    title = words("analyst.history.title", title=dataset.titled(words.language))
    st.html(fill("update_title", title=title, note=""))
    feed = f"api/datasets/{quote(dataset.name)}/versions.atom?{urlencode({'lang': words.language})}"
    st.html(fill("update_links", links=[{"href": feed, "text": words("analyst.history.feed")}]))
    for at, version in enumerate(versions):
        _show_version(desk, version, newest=at == 0)
    _show_comparison(desk, [version for version in versions if not version.withdrawn])


def _show_version(desk: Desk, version: Version, *, newest: bool) -> None:
    words = desk.words
    address = f"?{urlencode({'dataset': version.dataset, 'version': version.id})}"
    view = {
        "number": words("analyst.history.number", number=version.sequence),
        "message": version.message,
        "sources": version.sources,
        "who": public_author(version) or words("analyst.history.nobody"),
        "when": moment_in_words(version.at, words),
        "size": words("analyst.history.size", features=version.features, size=size_in_words(version.size, words)),
        "withdrawn": words("analyst.history.withdrawn", reason=version.withdrawn.reason) if version.withdrawn else "",
        "newest": newest,
        "link": "" if version.withdrawn else address,
    }
    with st.container(horizontal=True, vertical_alignment="center", key=f"version-{version.id}"):
        st.html(fill("update_version", view=view, t=words))
        if desk.person.may_write and not newest and not version.withdrawn:
            label = words("analyst.history.restore", number=version.sequence)
            if st.button(label, key=f"update-restore-{version.id}"):
                st.dialog(words("analyst.restore.title", number=version.sequence))(_confirm)(desk, version)


def _confirm(desk: Desk, version: Version) -> None:
    """Ask for a word why, and restore."""
    words = desk.words
    st.html(fill("note", note=words("analyst.restore.note", message=version.message)))
    proposed = words("analyst.restore.message", number=version.sequence)
    st.text_input(words("analyst.publish.message"), value=proposed, key=WHY, max_chars=500)

    def restore() -> None:
        message = str(st.session_state.get(WHY) or "").strip()
        st.session_state[DONE] = publish.undo(desk.person, version.dataset, version.id, message)
        go("history", version="")

    if st.button(words("analyst.restore.do"), type="primary", key="update-restore-do", on_click=attempt(restore)):
        st.rerun()


def _show_comparison(desk: Desk, versions: list[Version]) -> None:
    """Compare any two versions."""
    if len(versions) < 2:
        return
    words, names = desk.words, {version.id: version for version in versions}
    st.html(fill("update_title", title=words("analyst.history.compare"), note=""))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = [
            st.selectbox(
                words(f"analyst.history.{name}"),
                list(names),
                index=at,
                format_func=lambda one: words(
                    "analyst.history.item", number=names[one].sequence, message=names[one].message
                ),
                key=key,
            )
            for name, key, at in (("before", FROM, 1), ("after", TO, 0))
        ]
        asked = st.button(words("analyst.history.do_compare"), key="update-compare-do")
    if asked and chosen[0] and chosen[1]:
        _show_two(desk, chosen[0], chosen[1])


def _show_two(desk: Desk, before: str, after: str) -> None:
    words, dataset = desk.words, desk.visit.edition.dataset.name
    with st.spinner(words("analyst.difference.working")):
        found = difference(open_edition(dataset, before), open_edition(dataset, after))
    st.html(fill("update_says", sentence=sum_of(found, words)))
    if busiest := found.busiest():
        st.html(day_html(found, busiest, Teller(found.after, words)))
    st.html(features_html(found, words))
