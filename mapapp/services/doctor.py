"""Examine an installation: each finding is fine, or says what to do."""

import os
import platform
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from mapapp.domain.errors import MapappError
from mapapp.render.fonts import static_font
from mapapp.resources.messages import Messages
from mapapp.services.catalog import datasets
from mapapp.services.stock import stock
from mapapp.settings import SETTINGS, read_settings

LIBRARIES = ("streamlit", "starlette", "folium", "geopandas", "shapely", "pyogrio", "matplotlib", "XStatic-Leaflet")
OLDEST = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One line of the examination."""

    fine: bool
    text: str


def examine(words: Messages) -> Iterator[Finding]:
    """Yield the findings in order: Python, libraries, component, settings, data, store, fonts, port."""
    yield _python(words)
    yield from (_library(name, words) for name in LIBRARIES)
    yield _component(words)
    setting = _settings(words)
    yield setting
    if setting.fine:
        yield _data(words)
        yield from _store(words)
    yield _fonts(words)
    if setting.fine:
        yield _port(words)


def _python(words: Messages) -> Finding:
    fine = sys.version_info >= OLDEST
    return Finding(
        fine, words("cli.doctor.python" if fine else "cli.doctor.old_python", version=platform.python_version())
    )


def _library(name: str, words: Messages) -> Finding:
    try:
        return Finding(fine=True, text=words("cli.doctor.library", name=name, version=version(name)))
    except PackageNotFoundError:
        return Finding(fine=False, text=words("cli.doctor.no_library", name=name))


def _component(words: Messages) -> Finding:
    """Streamlit finds the packaged component through the installed distribution."""
    try:
        version("mapapp")
    except PackageNotFoundError:
        return Finding(fine=False, text=words("cli.doctor.no_component"))
    return Finding(fine=True, text=words("cli.doctor.component"))


def _settings(words: Messages) -> Finding:
    try:
        read_settings(os.environ)
    except MapappError as error:
        return Finding(fine=False, text=words.error(error))
    return Finding(fine=True, text=words("cli.doctor.settings", count=len(SETTINGS)))


def _data(words: Messages) -> Finding:
    try:
        edition = datasets()[0]
    except MapappError as error:
        return Finding(fine=False, text=words("cli.doctor.no_data", reason=words.error(error)))
    frame, count = edition.dataset, len(edition.change_days)
    told = {"name": frame.name, "version": edition.version, "first": frame.first_day, "last": frame.last_day}
    return Finding(fine=True, text=words("cli.doctor.data", **told, count=count))


def _store(words: Messages) -> Iterator[Finding]:
    """Compare every version with its hash; say whether the program's own data are the newest."""
    try:
        told = stock()
        count, own, head = told.store.check(), told.own, told.heads().get(told.first)
    except MapappError as error:
        yield Finding(fine=False, text=words("cli.doctor.no_store", reason=words.error(error)))
        return
    yield Finding(fine=True, text=words("cli.doctor.store", place=told.place, count=count))
    key = "cli.doctor.own" if head == own else "cli.doctor.own_not_head"
    yield Finding(fine=True, text=words(key, version=own, **({} if head == own else {"head": head})))


def _fonts(words: Messages) -> Finding:
    try:
        static_font("sans", 400), static_font("arabic", 400)
    except OSError as error:
        return Finding(fine=False, text=words("cli.doctor.no_fonts", reason=error))
    return Finding(fine=True, text=words("cli.doctor.fonts"))


def _port(words: Messages) -> Finding:
    chosen = read_settings(os.environ)
    told = {"host": chosen.host, "port": chosen.port}
    try:
        with socket.create_server((chosen.host, chosen.port)):
            return Finding(fine=True, text=words("cli.doctor.port", **told))
    except OSError:
        return Finding(fine=False, text=words("cli.doctor.no_port", **told))
