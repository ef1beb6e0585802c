"""The history of a dataset, as readers are told it: who by the name they chose, never by address."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

from mapapp import store as stores
from mapapp.domain.history import Version
from mapapp.resources.messages import Messages
from mapapp.services.catalog import open_edition
from mapapp.services.rights import Person, check_may
from mapapp.services.stock import address, stock
from mapapp.settings import settings

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 100
"""Versions that the feed names."""

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, even escaped."""


def history(dataset: str, limit: int | None = None) -> list[Version]:
    """Return the versions of a dataset, newest first; raises UnknownDataset."""
    return stock().store.versions(dataset, limit)


def find_version(dataset: str, version: str) -> Version:
    """Return what is known of a version, withdrawn or not; raises UnknownDataset or UnknownVersion."""
    return stock().store.version(dataset, version)


def first_dataset() -> str:
    """Return the name of the dataset that is meant when none is named; raises UnknownDataset where there is none."""
    return open_edition().dataset.name


def restore(person: Person, dataset: str, version: str, message: str) -> Version:
    """Publish an old version again on top of the present head; raises NotAllowed and what `Store.restore` raises."""
    check_may(person, "restore")
    store = stock().store
    return store.restore(dataset, version, parent=store.head(dataset).id, author=person.author, message=message)


def withdraw(person: Person, dataset: str, version: str, reason: str) -> Version:
    """Stop giving out a version; raises NotAllowed and what `Store.withdraw` raises."""
    check_may(person, "withdraw")
    return stock().store.withdraw(dataset, version, author=person.author, reason=reason)


def back_up(file: Path) -> int:
    """Write all versions into a new file and return how many; raises BadBackup."""
    return stores.back_up(stock().store, file)


def restore_backup(file: Path) -> tuple[str, int]:
    """Bring the versions of a backup into the empty store that the settings name; return its place and how many.

    Nothing is published into it before. Raises BadBackup or StoreNotEmpty.
    """
    store = stores.open_store(address(settings()))
    try:
        return store.place, stores.restore_backup(file, store)
    finally:
        store.close()


def public_author(version: Version) -> str | None:
    """Return the name that readers see; None for nobody, and for what looks like an address."""
    name = version.author.name
    return name if name and "@" not in name else None


def tell(version: Version) -> dict[str, Any]:
    """Return what readers may know of a version."""
    gone = version.withdrawn
    return {
        "dataset": version.dataset,
        "version": version.id,
        "sequence": version.sequence,
        "parent": version.parent,
        "restores": version.restores,
        "published": moment(version.at),
        "author": public_author(version),
        "message": version.message,
        "sources": version.sources,
        "basis": version.basis,
        "features": version.features,
        "bytes": version.size,
        "content": version.content,
        "withdrawn": gone and {"at": moment(gone.at), "reason": gone.reason},
    }


def moment(at: datetime) -> str:
    """Return a time as RFC 3339 has it, in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def atom(versions: Iterable[Version], title: str, site: str, words: Messages) -> bytes:
    """Return a feed of versions (RFC 4287), newest first; `site` is our own address, and there is at least one."""
    listed = list(versions)
    base = f"{site.rstrip('/')}/api/datasets/{quote(listed[0].dataset)}/versions"
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": words.language})
    _text(feed, "id", f"{base}.atom")
    _text(feed, "title", words("feed.title", title=title))
    _text(feed, "updated", moment(max(_updated(version) for version in listed)))
    ET.SubElement(feed, "link", rel="self", href=f"{base}.atom", type="application/atom+xml")
    ET.SubElement(feed, "link", rel="alternate", href=_page(site, listed[0].dataset), type="text/html")
    _author(feed, words("feed.nobody"))
    for version in listed:
        _entry(feed, version, base, site, words)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode").encode()


def _entry(feed: ET.Element, version: Version, base: str, site: str, words: Messages) -> None:
    entry, gone = ET.SubElement(feed, "entry"), version.withdrawn
    _text(entry, "id", f"{base}/{version.id}")
    if gone:
        title = words("feed.withdrawn", sequence=version.sequence, reason=gone.reason)
    else:
        title = words("feed.entry", sequence=version.sequence, message=version.message)
    _text(entry, "title", title)
    _text(entry, "published", moment(version.at))
    _text(entry, "updated", moment(_updated(version)))
    if name := public_author(version):
        _author(entry, name)
    if gone:
        ET.SubElement(entry, "link", rel="alternate", href=f"{base}/{version.id}", type="application/json")
    else:
        ET.SubElement(entry, "link", rel="alternate", href=_page(site, version.dataset, version.id), type="text/html")
        _text(entry, "summary", words("feed.sources", sources=version.sources) if version.sources else version.message)


def _updated(version: Version) -> datetime:
    return version.withdrawn.at if version.withdrawn else version.at


def _page(site: str, dataset: str, version: str | None = None) -> str:
    named = {"dataset": dataset} | ({"version": version} if version else {})
    return f"{site.rstrip('/')}/?{urlencode(named)}"


def _author(parent: ET.Element, name: str) -> None:
    _text(ET.SubElement(parent, "author"), "name", name)


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
