"""The page: the map, what it shows on the day, what to take along."""

from pathlib import Path
from typing import cast

import streamlit as st

from mapapp.render.look import PALETTES
from mapapp.resources.languages import LANGUAGES, language_of, preferred
from mapapp.resources.messages import messages
from mapapp.resources.pages import fill
from mapapp.services.base_maps import base_maps
from mapapp.services.catalog import DRAWN
from mapapp.services.picture import file_name, order_picture, picture
from mapapp.services.words import day_in_words, day_number
from mapapp.ui.charts import show_charts
from mapapp.ui.compare import show_compare
from mapapp.ui.embed import offer_embed
from mapapp.ui.events import show_events
from mapapp.ui.links import links, newer_link
from mapapp.ui.pane import show_pane, told_by_map
from mapapp.ui.panel import panel
from mapapp.ui.search import show_search
from mapapp.ui.state import REMOVED, Visit, begin
from mapapp.ui.update.page import show_update

STYLE = Path(__file__).parent / "frontend" / "page.css"
CHOICE, BRIGHT, BASE, SPOKEN = "layers-shown", "bright", "base-map", "language"


def show_page() -> None:
    """Draw the whole page; a run of its own for each new address, fragments for all that follows."""
    visit = _visit()
    title = visit.edition.dataset.titled(visit.words.language)
    st.set_page_config(page_title=visit.words("app.page_title", title=title), layout="wide")
    st.html(STYLE)
    _show_head(visit, title)
    if st.query_params.get("page") == "update":
        show_update(visit)
    else:
        _follow(visit)


def _show_head(visit: Visit, title: str) -> None:
    """Draw the title and the choice of language, each named in itself; tell the document which one it is in."""
    spoken = visit.words.spoken
    with st.container(key="head", horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(fill("title", title=title, t=visit.words))
        st.session_state[SPOKEN] = spoken.code
        st.segmented_control(
            visit.words("language.choose"),
            [language.code for language in LANGUAGES],
            format_func=lambda code: language_of(code).name,
            key=SPOKEN,
            label_visibility="collapsed",
            required=True,
            on_change=lambda: visit.speak(st.session_state[SPOKEN]),
        )
    tongue = st.components.v2.component("mapapp.tongue", js="tongue.js")
    tongue(key="tongue", data={"lang": spoken.tag, "dir": spoken.direction})


def _visit() -> Visit:
    """Return this session's visit, brought up to the address it stands at."""
    address = st.query_params.to_dict()
    if "visit" not in st.session_state:
        st.session_state["visit"] = begin(address, messages(preferred(st.context.headers.get("Accept-Language") or "")))
    visit = cast("Visit", st.session_state["visit"])
    visit.hear(told_by_map(visit))
    visit.arrive(address)
    return visit


@st.fragment
def _follow(visit: Visit) -> None:
    """Draw all that follows the day; runs alone when the map settles on another one."""
    visit.hear(told_by_map(visit))
    st.html(fill("notices", notices=visit.notices))
    st.html(newer_link(visit))
    left, right = st.columns([2.6, 1], gap="medium")
    with left:
        show_pane(visit)
    with right, st.container(key="panel", gap="small"):
        show_search(visit)
        today, events = st.tabs([visit.words("events.tab_day"), visit.words("events.tab")])
        with today:
            _show_day(visit)
        with events:
            show_events(visit)
    _show_choices(visit)
    show_compare(visit)
    show_charts(visit)
    _write(visit)


def _write(visit: Visit) -> None:
    """Bring the address up to date, in one step of the browser's history; writing nothing would undo a view there."""
    news = visit.unwritten()
    if not news:
        return
    gone = {name for name in REMOVED if news.get(name) == ""}
    if gone:
        whole = st.query_params.to_dict() | news
        st.query_params.from_dict({name: text for name, text in whole.items() if name not in gone})
    else:
        st.query_params.update(news)


def _show_day(visit: Visit) -> None:
    words, dataset = visit.words, visit.edition.dataset
    number, count = day_number(dataset, visit.day)
    st.html(
        fill(
            "heading",
            date=day_in_words(visit.day, words),
            number=words("app.day_of", number=number, count=count),
        )
    )
    with st.container(horizontal=True, gap="small"):
        _jump_button(visit, "app.previous_change", max((d for d in _stops(visit) if d < visit.day), default=None))
        _jump_button(visit, "app.next_change", min((d for d in _stops(visit) if d > visit.day), default=None))
    st.html(panel(visit.edition, visit.day, words, visit.palette))


def _stops(visit: Visit) -> list[str]:
    return [visit.edition.dataset.first_day, *visit.edition.change_days]


def _jump_button(visit: Visit, label: str, day: str | None) -> None:
    st.button(visit.words(label), key=label, disabled=day is None, on_click=visit.go, args=(day,))


def _show_choices(visit: Visit) -> None:
    words = visit.words
    with st.container(key="choices", horizontal=True, vertical_alignment="bottom"):
        st.session_state[CHOICE] = list(visit.layers)
        st.pills(
            words("app.layers"),
            DRAWN,
            selection_mode="multi",
            format_func=lambda name: words(f"app.layer.{name}"),
            key=CHOICE,
            wrap=True,
            on_change=lambda: visit.choose(tuple(st.session_state[CHOICE])),
        )
        _show_palette(visit)
        ordered = order_picture(visit.edition, {"date": visit.day, "lang": words.language, "palette": visit.palette})
        st.download_button(
            words("app.picture"),
            data=lambda: picture(visit.edition, ordered).content,
            file_name=file_name(visit.edition, ordered),
            mime="image/png",
            on_click="ignore",
        )
        _offer_base(visit)
        offer_embed(visit)
    st.html(links(visit))


def _show_palette(visit: Visit) -> None:
    default, bright = PALETTES
    st.session_state[BRIGHT] = visit.palette == bright
    st.checkbox(
        visit.words("app.palette.bright"),
        key=BRIGHT,
        help=visit.words("app.palette.help"),
        on_change=lambda: visit.paint(bright if st.session_state[BRIGHT] else default),
    )


def _offer_base(visit: Visit) -> None:
    """Offer the background maps that the settings allow; nothing where there are none."""
    names = {"": visit.words("base.none")} | {tiles.key: tiles.name for tiles in base_maps()}
    if len(names) == 1:
        return
    st.session_state[BASE] = visit.base
    st.selectbox(
        visit.words("base.choice"),
        list(names),
        format_func=lambda key: names[key],
        key=BASE,
        on_change=lambda: visit.lay_under(st.session_state[BASE]),
    )
