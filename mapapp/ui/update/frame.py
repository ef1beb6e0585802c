"""The form of a new map: its title, actors with colours, extent, days; blanks are taken from the files."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import streamlit as st

from mapapp.domain.actors import Actor
from mapapp.domain.updates import Frame
from mapapp.resources.messages import Messages
from mapapp.resources.pages import fill
from mapapp.services.update import drafts
from mapapp.ui.update.desk import Desk, next_button

COLOURS = (
    ("#D9A3A0", "#A93A36"),
    ("#E8D48B", "#8A6D00"),
    ("#9A9EA3", "#3F454B"),
    ("#A5C8A0", "#3C7A36"),
    ("#B5A8CC", "#5D4A86"),
    ("#9DC0DC", "#2B6796"),
    ("#D8B58E", "#8A5A22"),
    ("#A9D0CB", "#2C746C"),
)
"""Fill and line for actors in the order in which they come, when nobody chose any."""

LONGEST, MOST_ACTORS = 200, 20
KEYED = re.compile(r"[a-z0-9]+")
BLANK = Frame(name="", title="", actors=())


def show_frame(desk: Desk) -> None:
    """Draw the form; going on keeps it in the draft."""
    words, frame = desk.words, desk.needed.frame or BLANK
    st.html(fill("update_title", title=words("analyst.new.about"), note=words("analyst.new.note")))
    title = _text(words("analyst.new.title"), "title", frame.title)
    with st.container(horizontal=True):
        names = {code: _text(words(f"analyst.new.title_{code}"), code, getattr(frame, f"title_{code}"))
                 for code in ("ar", "ru")}  # fmt: skip
    with st.container(horizontal=True):
        days = {name: _text(words(f"analyst.new.{name}"), name, getattr(frame, name), "YYYY-MM-DD")
                for name in ("first_day", "last_day", "default_day")}  # fmt: skip
    extent = _text(words("analyst.new.extent"), "extent", _written(frame.extent), "38.0, 33.5, 42.0, 37.0")
    with st.container(horizontal=True):
        credit = _text(words("analyst.new.credit"), "credit", frame.credit)
        licence = _text(words("analyst.new.licence"), "licence", frame.licence)
    actors = _actors(desk, frame)
    told = _box(extent) if extent else None
    if extent and told is None:
        st.html(fill("update_refused", sentence=words("analyst.new.extent_wrong")))
    fresh = replace(
        frame,
        name=frame.name or name_from(title),
        title=title,
        title_ar=names["ar"],
        title_ru=names["ru"],
        credit=credit,
        licence=licence,
        extent=told,
        actors=actors,
        **days,
    )
    ready = bool(title and actors) and (told is not None or not extent)
    next_button(words("analyst.next.columns"), "columns", lambda: _keep(desk, fresh), disabled=not ready)


def _keep(desk: Desk, frame: Frame) -> None:
    drafts.change(desk.person, desk.needed.id, frame=frame)


def name_from(title: str) -> str:
    """Return the name under which a title goes into addresses: small Latin letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", title).casefold().encode("ascii", "ignore").decode()
    return "-".join(KEYED.findall(plain))[:60] or "map"


def actors_in(values: Iterable[object]) -> tuple[Actor, ...]:
    """Return an actor for each distinct text, with a colour of its own each."""
    found = list(dict.fromkeys(value for value in values if isinstance(value, str) and value.strip()))[:MOST_ACTORS]
    return tuple(Actor(key, key, "", "", *COLOURS[at % len(COLOURS)], may_hold=True) for at, key in enumerate(found))


def _held_by(desk: Desk) -> Iterable[object]:
    for table in desk.examination.prepared.tables:
        for feature in table.features:
            if isinstance(feature.properties, dict):
                yield feature.properties.get("actor")
                yield from feature.properties.get("parties") or ()


def _actors(desk: Desk, frame: Frame) -> tuple[Actor, ...]:
    """Ask for the actors: those that the files name are there already."""
    words = desk.words
    actors = frame.actors or actors_in(_held_by(desk))
    st.html(fill("update_title", title=words("analyst.new.actors"), note=words("analyst.new.actors_note")))
    count = st.number_input(
        words("analyst.new.actors_count"), 1, MOST_ACTORS, max(1, len(actors)), 1, key="update-actors", width=200
    )
    asked = [_actor(words, at, actors[at] if at < len(actors) else None) for at in range(int(count))]
    return tuple(actor for actor in asked if actor is not None)


def _actor(words: Messages, at: int, actor: Actor | None) -> Actor | None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        known: dict[str, Any] = {"key": "", "name": "", "name_ar": "", "name_ru": ""}
        if actor is not None:
            known = {name: getattr(actor, name) for name in known}
        told = {
            name: _text(words(f"analyst.new.actor_{name}", number=at + 1), f"{name}-{at}", value)
            for name, value in known.items()
        }
        colour, line = (actor.colour, actor.line) if actor else COLOURS[at % len(COLOURS)]
        fill_colour = st.color_picker(words("analyst.new.actor_colour", number=at + 1), colour, key=f"update-fill-{at}")
        line_colour = st.color_picker(words("analyst.new.actor_line", number=at + 1), line, key=f"update-line-{at}")
    if not told["key"]:
        return None
    return Actor(
        told["key"], told["name"] or told["key"], told["name_ar"], told["name_ru"],
        fill_colour.upper(), line_colour.upper(), may_hold=True,
    )  # fmt: skip


def _text(label: str, name: str, value: str, placeholder: str = "") -> str:
    return st.text_input(
        label, value=value, key=f"update-new-{name}", max_chars=LONGEST, placeholder=placeholder or None
    ).strip()


def _written(extent: tuple[float, float, float, float] | None) -> str:
    return ", ".join(f"{degree:g}" for degree in extent) if extent else ""


def _box(text: str) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north; None for anything else."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    fits = -180 <= west < east <= 180 and -90 <= south < north <= 90
    return (west, south, east, north) if fits else None
