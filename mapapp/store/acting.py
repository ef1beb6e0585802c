"""The rules of publishing, restoring and withdrawing, inside a transaction that somebody else opens and ends."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, update

from mapapp.domain.edition import Dataset
from mapapp.domain.errors import HeadMoved, KeyUsed, NothingChanged, UnknownDataset, UnknownVersion, VersionWithdrawn
from mapapp.domain.history import Author, Version
from mapapp.store.codec import Encoded
from mapapp.store.models import VersionRow
from mapapp.store.reading import (
    Found,
    find,
    find_by_key,
    find_head,
    find_last,
    names_of_datasets,
)
from mapapp.store.writing import add_act, add_content, add_version, lock_dataset, repeat_content

ID_DIGITS = 12


@dataclass(frozen=True)
class Note:
    """What an author says of a publish: the head it is based on, who, why, on what sources; the key of the click."""

    parent: str | None
    author: Author
    message: str
    sources: str
    idempotency_key: str | None


def publish(
    connection: Connection, dataset: Dataset, encoded: Encoded, note: Note, version_id: str | None = None
) -> Version:
    """Append a version with new content; `Store.publish` says the rest."""
    key = lock_dataset(connection, dataset.name)
    if before := _made_before(connection, dataset.name, note, encoded.content):
        return before
    parent = _parent(connection, dataset.name, note)
    if parent and parent[1].content == encoded.content:
        raise NothingChanged("version", head=parent[1].id)
    values = {"basis": dataset.basis, "features": encoded.features, "size": encoded.size, "content": encoded.content}
    new, version = _append(connection, (key, dataset.name), parent, note, values, version_id)
    add_content(connection, new, encoded)
    _tell(connection, "publish", note.author, version, note.message)
    return version


def restore(connection: Connection, dataset: str, version: str, note: Note) -> Version:
    """Append a version equal to an old one; `Store.restore` says the rest."""
    old, told = given_out(connection, dataset, version)
    key = lock_dataset(connection, dataset)
    if before := _made_before(connection, dataset, note, told.content):
        return before
    parent = _parent(connection, dataset, note)
    if parent and parent[1].content == told.content:
        raise NothingChanged("version", head=parent[1].id)
    values = {"basis": told.basis, "features": told.features, "size": told.size, "content": told.content}
    values |= {"sources": told.sources, "restores": old}
    new, restored = _append(connection, (key, dataset), parent, note, values)
    repeat_content(connection, old, new)
    _tell(connection, "restore", note.author, restored, f"{version}: {note.message}")
    return restored


def withdraw(connection: Connection, dataset: str, version: str, author: Author, reason: str) -> Version:
    """Fill in the withdrawal of a version; `Store.withdraw` says the rest."""
    key, told = known(connection, dataset, version)
    lock_dataset(connection, dataset)
    if told.withdrawn:
        return told
    withdrawal = {"withdrawn_at": datetime.now(UTC), "withdrawn_by": author.key, "withdrawn_reason": reason}
    connection.execute(update(VersionRow).where(VersionRow.key == key).values(withdrawal))
    _tell(connection, "withdraw", author, told, reason)
    return known(connection, dataset, version)[1]


def known(connection: Connection, dataset: str, version: str) -> Found:
    """Return a version, withdrawn or not, and its key; raises UnknownDataset or UnknownVersion."""
    found = find(connection, dataset, version)
    if found is None:
        raise UnknownVersion("version", name=version[:60], known=last(connection, dataset)[1].id)
    return found


def last(connection: Connection, dataset: str) -> Found:
    """Return the newest version, withdrawn or not; raises UnknownDataset."""
    found = find_last(connection, dataset)
    if found is None:
        raise UnknownDataset("dataset", name=dataset[:60], known=", ".join(names_of_datasets(connection)))
    return found


def head(connection: Connection, dataset: str) -> Found:
    """Return the newest version that is not withdrawn; raises UnknownDataset, or VersionWithdrawn when all are."""
    found = find_head(connection, dataset)
    return found if found is not None else _unless_withdrawn(last(connection, dataset))


def given_out(connection: Connection, dataset: str, version: str | None) -> Found:
    """Return a version whose content may be read, the head unless named; raises VersionWithdrawn."""
    return head(connection, dataset) if version is None else _unless_withdrawn(known(connection, dataset, version))


def _unless_withdrawn(found: Found) -> Found:
    if found[1].withdrawn:
        raise VersionWithdrawn("version", name=found[1].id)
    return found


def _made_before(connection: Connection, dataset: str, note: Note, content: str) -> Version | None:
    """Return the version that the same click made; raises KeyUsed when its content was another."""
    found = find_by_key(connection, dataset, note.idempotency_key) if note.idempotency_key else None
    if found is None:
        return None
    if found[1].content != content:
        raise KeyUsed("idempotency_key", version=found[1].id)
    return found[1]


def _parent(connection: Connection, dataset: str, note: Note) -> Found | None:
    """Return the head if it is what the author saw; None for a dataset without versions."""
    newest = find_head(connection, dataset)
    if note.parent is None:
        if newest is not None:
            raise HeadMoved("parent", head=newest[1].id, parent="")
        return None
    _unless_withdrawn(known(connection, dataset, note.parent))
    assert newest is not None  # the parent is not withdrawn, so there is one
    if newest[1].id != note.parent:
        raise HeadMoved("parent", head=newest[1].id, parent=note.parent)
    return newest


def _append(
    connection: Connection,
    dataset: tuple[int, str],
    parent: Found | None,
    note: Note,
    values: dict[str, Any],
    version_id: str | None = None,
) -> Found:
    """Write the row of a version, the next of its dataset."""
    key, name = dataset
    newest = find_last(connection, name)
    sequence = newest[1].sequence + 1 if newest else 1
    free = version_id is not None and find(connection, name, version_id) is None
    chosen = version_id if free else _id_of(name, values["content"], note.parent, sequence)
    row = {
        "dataset": key,
        "sequence": sequence,
        "id": chosen,
        "parent": parent and parent[0],
        "author": note.author.key,
        "author_name": note.author.name,
        "message": note.message,
        "sources": note.sources,
        "at": datetime.now(UTC),
        "idempotency_key": note.idempotency_key,
    }
    add_version(connection, row | values)
    return known(connection, name, str(chosen))


def _id_of(dataset: str, content: str, parent: str | None, sequence: int) -> str:
    """Return an id that names a content at a place in a history: equal content restored gets another."""
    told = "\0".join((dataset, content, parent or "", str(sequence)))
    return hashlib.sha256(told.encode()).hexdigest()[:ID_DIGITS]


def _tell(connection: Connection, action: str, author: Author, version: Version, detail: str) -> None:
    add_act(connection, author, action, version.dataset, version.id, detail)
