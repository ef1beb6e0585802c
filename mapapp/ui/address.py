"""What an address asks for, and what it gets: every wrong value falls back to a sensible one, with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mapapp.domain.edition import Edition
from mapapp.domain.errors import (
    BadOption,
    BadView,
    DayOutsideDataset,
    MapappError,
    UnknownDataset,
    UnknownLayer,
    UnknownPalette,
    UnknownPlace,
    UnknownStop,
)
from mapapp.domain.story import Stop
from mapapp.domain.views import Mode, View, read_mode, read_view
from mapapp.render.look import PALETTES, check_palette
from mapapp.resources.languages import ENGLISH, LANGUAGES, language_of
from mapapp.resources.messages import Messages, messages
from mapapp.services.base_maps import base_map
from mapapp.services.catalog import DRAWN, check_drawn, open_edition
from mapapp.services.place import Place, find_place
from mapapp.services.show import nearest_day
from mapapp.services.story import opening
from mapapp.services.words import day_in_words


@dataclass(frozen=True)
class Asked:
    """What an address stands for, with a sentence for every value that could not be followed."""

    edition: Edition
    day: str
    layers: tuple[str, ...]
    compare: str | None
    notices: tuple[str, ...]
    place: Place | None = None
    palette: str = PALETTES[0]
    base: str = ""
    stop: Stop | None = None
    mode: Mode | None = None
    view: View | None = None
    words: Messages = field(default_factory=messages)


def follow(address: Mapping[str, str], words: Messages) -> Asked:
    """Return what the parameters of an address stand for; a stop of the story brings day and layers.

    `words` speak where no language is asked for; one that the map does not speak gets English.
    """
    notices: list[str] = []
    words = _words(address.get("lang"), words, notices)
    edition = _edition(address.get("dataset"), address.get("version"), words, notices)
    compare = _compare(edition, address.get("compare"), words, notices)
    stop = _stop(edition, address.get("story"), words, notices)
    return Asked(
        edition=edition,
        stop=stop,
        day=_day(edition, address.get("date", stop.day if stop else None), words, notices),
        layers=_layers(edition, address.get("layers", ",".join(stop.layers) if stop else None), words, notices),
        compare=compare,
        mode=_mode(address.get("mode"), compare, words, notices),
        place=_place(edition, address.get("place"), words, notices),
        palette=_palette(address.get("palette"), words, notices),
        base=_base(address.get("base"), words, notices),
        view=_view(address.get("view"), words, notices),
        words=words,
        notices=tuple(notices),
    )


def _edition(dataset: str | None, version: str | None, words: Messages, notices: list[str]) -> Edition:
    try:
        return open_edition(dataset, version)
    except UnknownDataset as error:
        edition = open_edition()
        notices.append(
            _notice(error, words, words("app.instead.dataset", title=edition.dataset.titled(words.language)))
        )
    except MapappError as error:
        edition = open_edition(dataset)
        notices.append(_notice(error, words, words("app.instead.version")))
    return edition


def _words(code: str | None, words: Messages, notices: list[str]) -> Messages:
    if not code:
        return words
    try:
        return messages(language_of(code).code)
    except KeyError:
        offered = ", ".join(f"{language.name} ({language.code})" for language in LANGUAGES)
        words = messages(ENGLISH)
        notices.append(words("language.unknown", code=code[:20], offered=offered))
    return words


def _day(edition: Edition, text: str | None, words: Messages, notices: list[str]) -> str:
    if text is None:
        return edition.dataset.default_day
    try:
        return edition.dataset.check_day(text)
    except DayOutsideDataset as error:
        day = nearest_day(edition.dataset, text)
        notices.append(_notice(error, words, words("app.instead.nearest", date=day_in_words(day, words))))
    except MapappError as error:
        day = edition.dataset.default_day
        notices.append(_notice(error, words, words("app.instead.default", date=day_in_words(day, words))))
    return day


def _layers(edition: Edition, text: str | None, words: Messages, notices: list[str]) -> tuple[str, ...]:
    if text is None:
        return DRAWN
    try:
        return check_drawn(edition, text)
    except UnknownLayer as error:
        notices.append(_notice(error, words, words("app.instead.layers")))
    return tuple(name for name in DRAWN if name in text.split(",")) or DRAWN


def _compare(edition: Edition, text: str | None, words: Messages, notices: list[str]) -> str | None:
    if not text:
        return None
    try:
        return edition.dataset.check_day(text, "compare")
    except MapappError as error:
        notices.append(_notice(error, words, words("app.instead.no_compare")))
    return None


def _mode(text: str | None, compare: str | None, words: Messages, notices: list[str]) -> Mode | None:
    try:
        return read_mode(text, compare) if text else None
    except MapappError as error:
        notices.append(_notice(error, words, words("view.instead_mode")))
    return None


def _view(text: str | None, words: Messages, notices: list[str]) -> View | None:
    try:
        return read_view(text) if text else None
    except BadView as error:
        notices.append(_notice(error, words, words("view.instead")))
    return None


def _place(edition: Edition, text: str | None, words: Messages, notices: list[str]) -> Place | None:
    try:
        return find_place(edition, text) if text else None
    except UnknownPlace as error:
        notices.append(_notice(error, words, words("search.instead")))
    return None


def _palette(text: str | None, words: Messages, notices: list[str]) -> str:
    try:
        return check_palette(text) if text else PALETTES[0]
    except UnknownPalette as error:
        notices.append(_notice(error, words, words("app.instead.palette")))
    return PALETTES[0]


def _base(text: str | None, words: Messages, notices: list[str]) -> str:
    """Return the key of the background map, an empty one for the built-in map."""
    try:
        tiles = base_map(text)
    except BadOption as error:
        notices.append(_notice(error, words, words("base.instead")))
        return ""
    return tiles.key if tiles else ""


def _stop(edition: Edition, text: str | None, words: Messages, notices: list[str]) -> Stop | None:
    try:
        return opening(edition, text or None)
    except UnknownStop as error:
        notices.append(_notice(error, words, words("story.instead")))
    return None


def _notice(error: MapappError, words: Messages, instead: str) -> str:
    return f"{words.error(error)} {instead}"
