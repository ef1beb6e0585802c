"""Step 1: for which map, which files; what is taken, templates and the contract beside it."""

from typing import Any

import streamlit as st

from mapapp.domain.schema import LAYERS
from mapapp.domain.updates import Frame
from mapapp.ingest.intake import Source
from mapapp.ingest.requirements import CHANGES
from mapapp.resources.pages import fill
from mapapp.services.catalog import listed
from mapapp.services.templates import templates, whole_layer
from mapapp.services.update import drafts
from mapapp.settings import settings
from mapapp.ui.update.columns import their_columns
from mapapp.ui.update.desk import Desk, go
from mapapp.ui.update.words import layer_name, moment_in_words

NEW = ""
TARGET, LAYER, HOLDER, SOURCE, FILES, TITLE = (
    "update-target",
    "update-layer",
    "update-holder",
    "update-source",
    "update-files",
    "update-new-title",
)
TAKE = "update-take-layer"
LONGEST = 300


def show_upload(desk: Desk) -> None:
    """Draw the form, what may be taken along, and the drafts that wait."""
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        _show_form(desk)
    with right:
        _show_downloads(desk)
        _show_drafts(desk)


def _show_form(desk: Desk) -> None:
    words = desk.words
    st.html(fill("update_title", title=words("analyst.upload.title"), note=words("analyst.upload.note")))
    titles = {dataset.name: dataset.titled(words.language) for dataset, _version in listed()}
    target = st.selectbox(
        words("analyst.upload.target"),
        [*titles, NEW],
        index=list(titles).index(desk.visit.edition.dataset.name),
        format_func=lambda name: titles.get(name, words("analyst.upload.new")),
        key=TARGET,
    )
    if target == NEW:
        st.text_input(words("analyst.new.title"), key=TITLE, max_chars=LONGEST)
    most = settings().limits
    files = st.file_uploader(
        words("analyst.upload.files"),
        accept_multiple_files=True,
        key=FILES,
        help=words("analyst.upload.limits", megabytes=most["UPLOAD_MB"], files=most["UPLOAD_FILES"]),
    )
    with st.expander(words("analyst.upload.more")):
        _show_more(desk)
    if st.button(words("analyst.upload.read"), type="primary", disabled=not files, key="update-read"):
        _begin(desk, target or None, [Source(file.name, file.getvalue()) for file in files])


def _show_more(desk: Desk) -> None:
    """Ask for what files often do not say themselves."""
    words, actors = desk.words, [actor for actor in desk.visit.edition.dataset.actors if actor.may_hold]
    names = {actor.key: actor.named(words.language) for actor in actors}
    st.selectbox(
        words("analyst.upload.layer"),
        [NEW, *LAYERS, CHANGES],
        format_func=lambda layer: layer_name(layer, words) if layer else words("analyst.upload.layer_guess"),
        key=LAYER,
    )
    st.selectbox(
        words("analyst.upload.holder"),
        [NEW, *names],
        format_func=lambda key: names.get(key, words("analyst.upload.holder_told")),
        key=HOLDER,
    )
    st.text_input(words("analyst.upload.source"), key=SOURCE, max_chars=LONGEST)


def _begin(desk: Desk, dataset: str | None, files: list[Source]) -> None:
    """Store the files as a draft and check them, telling what is done."""
    words, state = desk.words, st.session_state
    asked = {"layer": state.get(LAYER), "actor": state.get(HOLDER), "source": state.get(SOURCE)}
    choices: dict[str, Any] = {name: text for name, text in asked.items() if text}
    frame = None if dataset else Frame(name="", title=str(state.get(TITLE) or "").strip(), actors=())
    with st.status(words("analyst.upload.reading")) as status:
        draft = drafts.start(desk.person, dataset, files, choices, frame)
        status.update(label=words("analyst.upload.checking"))
        _read_as_before(Desk(desk.visit, desk.person, "columns", draft))
    go("meaning", draft=draft.id)
    st.rerun()


def _read_as_before(desk: Desk) -> None:
    """Read columns as they were read the last time; the check stays in memory for the next step."""
    mappings, draft = desk.examination.mappings, desk.needed
    if len(mappings) != 1 or draft.base is None or not draft.dataset:
        return
    known = drafts.remembered_mapping(draft.dataset, their_columns(mappings[0]))
    if known is not None and known.layer == mappings[0].layer and not mappings[0].is_identity:
        desk.keep(mapping=known.plain())


def _show_downloads(desk: Desk) -> None:
    words, edition = desk.words, desk.visit.edition
    st.html(fill("update_title", title=words("analyst.take.title"), note=words("analyst.take.note")))
    layer = st.selectbox(
        words("analyst.take.layer"),
        list(edition.layers),
        index=list(edition.layers).index("control"),
        format_func=lambda name: layer_name(name, words),
        key=TAKE,
    )
    for key, label, offered in [
        ("layer", words("analyst.take.whole"), whole_layer(edition, layer)),
        *((each.name, words("analyst.take.template", name=each.name), each) for each in templates(edition)),
    ]:
        st.download_button(
            label,
            data=offered.make,
            file_name=offered.name,
            mime=offered.media_type,
            key=f"update-download-{key}",
            on_click="ignore",
        )
    contract = {"href": f"contract?lang={words.language}", "text": words("analyst.take.contract")}
    schema = {"href": "contract/schema.json", "text": words("analyst.take.schema")}
    st.html(fill("update_links", links=[contract, schema]))


def _show_drafts(desk: Desk) -> None:
    """List the drafts of this person, to go on with or to drop."""
    words, waiting = desk.words, drafts.listed(desk.person)
    if not waiting:
        return
    st.html(fill("update_title", title=words("analyst.drafts.title"), note=""))
    for draft in waiting:
        names = ", ".join(draft.names[:3]) or words("analyst.drafts.typed")
        label = words("analyst.drafts.item", files=names, when=moment_in_words(draft.updated, words))
        with st.container(horizontal=True, vertical_alignment="center"):
            step = desk.link("faults" if draft.names else "difference", draft=draft.id)
            st.html(fill("update_links", links=[{"href": step, "text": label}]))
            st.button(
                words("analyst.drafts.drop"),
                key=f"drop-{draft.id}",
                on_click=drafts.delete,
                args=(desk.person, draft.id),
            )
