"""The method page: the document beside the data, its corrections, how to cite a slice, whom to tell of an error."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote, urlencode

from mapapp.domain.edition import Edition
from mapapp.domain.errors import BadOption, Phrase
from mapapp.render.document import Document, read_document
from mapapp.resources.messages import Messages
from mapapp.services.place import NAMES
from mapapp.services.words import day_in_words

ADDRESSES = {"LICENCES.md": "licences", "README.md": "method"}
"""The documents that have a page, and its address."""


@dataclass(frozen=True)
class About:
    """What a reader looked at: an edition, and a day and a place where they are known."""

    edition: Edition
    day: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Correction:
    """A change of the tables: when it was made, the days of the map that it concerns (both included), and why."""

    changed: str
    first: str
    last: str
    place: str
    what: str
    why: str
    source: str


@cache
def document(name: str) -> Document:
    """Return a document of geodata by its file name."""
    return read_document((files("geodata") / name).read_text(encoding="utf-8"), ADDRESSES)


@cache
def corrections() -> tuple[Correction, ...]:
    """Return the log of corrections, the newest first, each day's in the order of the slices concerned."""
    text = (files("geodata") / "corrections.csv").read_text(encoding="utf-8")
    rows = [Correction(*row) for row in list(csv.reader(text.splitlines()))[1:]]
    rows.sort(key=lambda row: (row.first, row.last, row.place))
    return tuple(sorted(rows, key=lambda row: row.changed, reverse=True))


def check_place(edition: Edition, text: str, parameter: str = "place") -> str:
    """Return the name of a place, position, zone or event, given by its id or any of its names; else BadOption."""
    for layer in edition.layers.values():
        if not {"id", "name"} <= set(layer.columns):
            continue
        keys = [key for key in ("id", *NAMES) if key in layer.columns]
        found = layer.loc[(layer[keys] == text).any(axis=1), "name"]
        if len(found):
            return str(found.iloc[0])
    raise BadOption(
        parameter, value=text[:40], option=parameter, expected=Phrase("no_name", "nothing on this map has that name")
    )


def map_link(about: About, language: str = "en") -> str:
    """Return the address of what a reader looked at, relative to the site."""
    named = {"dataset": about.edition.dataset.name, "version": about.edition.version}
    spoken = {"lang": language} if language != "en" else {}
    return "./?" + urlencode(named | ({"date": about.day} if about.day else {}) | spoken)


def citation(about: About, words: Messages) -> str:
    """Return how to cite it, but for the address."""
    dataset = about.edition.dataset
    day = words("method.cite.day", date=day_in_words(about.day, words)) if about.day else ""
    return words(
        "method.cite",
        title=dataset.titled(words.language),
        version=about.edition.version,
        day=day,
        licence=dataset.licence,
    )


def report_link(address: str, about: About, words: Messages) -> str:
    """Return the link that opens a report to an e-mail or https address, with day, edition and place filled in."""
    dataset = about.edition.dataset
    title = ": ".join([dataset.titled(words.language), *filter(None, [about.place, about.day])])
    lines = [
        words(f"method.report.{name}", value=value)
        for name, value in (
            ("edition", f"{dataset.name} {about.edition.version}"),
            ("day", about.day or ""),
            ("place", about.place or ""),
            ("shows", ""),
            ("right", ""),
            ("source", ""),
        )
    ]
    if not address.startswith("https://"):
        told = urlencode({"subject": title, "body": "\r\n".join(lines)}, quote_via=quote)
        return f"mailto:{quote(address, safe='@')}?{told}"
    joint = "&" if "?" in address else "?"
    return address + joint + urlencode({"title": title, "body": "\n".join(lines)}, quote_via=quote)
