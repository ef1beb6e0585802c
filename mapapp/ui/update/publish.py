"""Step 6: message and sources, and the version is there for every reader; or another one came first."""

from urllib.parse import urlencode

import streamlit as st

from mapapp.domain.errors import MapappError
from mapapp.domain.history import Version
from mapapp.resources.pages import fill
from mapapp.services.draft_map import draft_edition
from mapapp.services.update import drafts, publish
from mapapp.services.update.publish import Moved
from mapapp.services.versions import public_author
from mapapp.ui.teller import Teller
from mapapp.ui.update.desk import Desk, attempt, go
from mapapp.ui.update.difference import day_html, features_html, sum_of
from mapapp.ui.update.words import moment_in_words

MESSAGE, SOURCES, DONE = "update-message", "update-sources", "update-done"
LONGEST = 2000


def show_publish(desk: Desk) -> None:
    """Draw the form, or what came in between."""
    words, draft = desk.words, desk.needed
    moved = publish.moved(draft)
    if moved is not None:
        _show_moved(desk, moved)
        return
    title = draft_edition(draft).dataset.titled(words.language)
    st.html(fill("update_title", title=words("analyst.publish.title"), note=words("analyst.publish.note", title=title)))
    st.text_input(words("analyst.publish.message"), value=draft.message, key=MESSAGE, max_chars=LONGEST)
    st.text_area(words("analyst.publish.sources"), value=draft.sources, key=SOURCES, max_chars=LONGEST, height=110)
    st.button(
        words("analyst.publish.do"), type="primary", key="update-publish", on_click=attempt(lambda: _publish(desk))
    )


def _publish(desk: Desk) -> None:
    """Publish, and show the history with the new version on top."""
    message, sources = (str(st.session_state.get(key) or "").strip() for key in (MESSAGE, SOURCES))
    try:
        version = publish.publish(desk.person, desk.needed.id, message, sources)
    except MapappError:
        drafts.change(desk.person, desk.needed.id, message=message, sources=sources)
        raise
    st.session_state[DONE] = version
    go("history", draft="", dataset=version.dataset, version="")


def show_done(desk: Desk) -> None:
    """Say once that a version was published, and where readers see it."""
    version: Version | None = st.session_state.pop(DONE, None)
    if version is None:
        return
    words, base = desk.words, {"dataset": version.dataset}
    links = [
        {"href": f"?{urlencode(base)}", "text": words("analyst.publish.see")},
        {"href": f"?{urlencode(base | {'version': version.id})}", "text": words("analyst.publish.pinned")},
    ]
    st.html(fill("update_done", sentence=words("analyst.publish.done", number=version.sequence), links=links))


def _show_moved(desk: Desk, moved: Moved) -> None:
    """Tell that somebody published first, show what they changed, and offer to put this on top of it."""
    words, head = desk.words, moved.head
    who = public_author(head) or words("analyst.history.nobody")
    told = words("analyst.moved.told", who=who, when=moment_in_words(head.at, words), message=head.message)
    st.html(fill("update_title", title=words("analyst.moved.title"), note=told))
    teller = Teller(moved.theirs.after, words)
    st.html(fill("update_says", sentence=sum_of(moved.theirs, words)))
    if busiest := moved.theirs.busiest():
        st.html(day_html(moved.theirs, busiest, teller))
    st.html(features_html(moved.theirs, words))
    if moved.can_rebase:
        st.html(fill("update_says", sentence=words("analyst.moved.can")))

        def rebase() -> None:
            publish.rebase(desk.person, desk.needed.id)
            go("difference")

        st.button(words("analyst.moved.rebase"), type="primary", key="update-rebase", on_click=attempt(rebase))
    else:
        both = [f"{conflict.layer}: {conflict.id}" for conflict in moved.conflicts]
        st.html(fill("update_moved", sentence=words("analyst.moved.cannot"), both=both[:40]))
    st.html(fill("update_says", sentence=words("analyst.moved.kept")))
