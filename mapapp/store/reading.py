"""What is asked of the tables, each inside one transaction that sees one state."""

import json
from typing import Any

from sqlalchemy import Connection, LargeBinary, Select, func, select
from sqlalchemy.orm import aliased

from mapapp.domain.edition import Edition
from mapapp.domain.history import Act, Author, Version, Withdrawal
from mapapp.store.codec import DATASET as FRAME
from mapapp.store.codec import FORMS, content_hash, decode, hash_bytes, hash_feature, read_dataset
from mapapp.store.models import (
    AuditRow,
    DatasetRow,
    Document,
    FeatureRow,
    VersionDocument,
    VersionFeature,
    VersionRow,
)

Parent, Restored = aliased(VersionRow), aliased(VersionRow)
Found = tuple[int, Version]
Layers = dict[str, tuple[list[bytes | None], list[str]]]
"""Geometries and properties of the features, by layer."""


class Damaged(Exception):
    """What is read is not what was written."""


def versions_of(connection: Connection, dataset: str, limit: int | None = None) -> list[Version]:
    """Return the versions of a dataset, newest first."""
    rows = connection.execute(_versions().where(DatasetRow.name == dataset).limit(limit))
    return [_version(row) for row in rows]


def find(connection: Connection, dataset: str, version: str) -> Found | None:
    """Return a version and its key; None when there is none."""
    return _one(connection, _versions().where(DatasetRow.name == dataset, VersionRow.id == version))


def find_head(connection: Connection, dataset: str) -> Found | None:
    """Return the newest version that is not withdrawn."""
    return _one(connection, _versions().where(DatasetRow.name == dataset, VersionRow.withdrawn_at.is_(None)))


def find_last(connection: Connection, dataset: str) -> Found | None:
    """Return the newest version, withdrawn or not."""
    return _one(connection, _versions().where(DatasetRow.name == dataset))


def find_by_key(connection: Connection, dataset: str, idempotency_key: str) -> Found | None:
    """Return the version that was published with an idempotency key."""
    return _one(
        connection, _versions().where(DatasetRow.name == dataset, VersionRow.idempotency_key == idempotency_key)
    )


def names_of_datasets(connection: Connection) -> list[str]:
    """Return the names of all datasets that have a version, the oldest first."""
    published = select(VersionRow.dataset)
    return list(
        connection.execute(
            select(DatasetRow.name).where(DatasetRow.key.in_(published)).order_by(DatasetRow.key)
        ).scalars()
    )


def head_ids(connection: Connection) -> dict[str, str]:
    """Return the id of the newest version of each dataset, without those whose every version is withdrawn."""
    newest = (
        select(VersionRow.dataset, func.max(VersionRow.sequence).label("sequence"))
        .where(VersionRow.withdrawn_at.is_(None))
        .group_by(VersionRow.dataset)
        .subquery()
    )
    rows = connection.execute(
        select(DatasetRow.name, VersionRow.id)
        .join(VersionRow, VersionRow.dataset == DatasetRow.key)
        .join(newest, (newest.c.dataset == VersionRow.dataset) & (newest.c.sequence == VersionRow.sequence))
        .order_by(DatasetRow.key)
    )
    return dict(rows.all())


def read_documents(connection: Connection, version: int) -> dict[str, bytes]:
    """Return the documents of a version by name; raises Damaged."""
    rows = connection.execute(
        select(VersionDocument.name, Document.hash, Document.content)
        .join(Document, Document.key == VersionDocument.document)
        .where(VersionDocument.version == version)
        .order_by(VersionDocument.name)
    )
    documents = {}
    for name, digest, content in rows:
        if hash_bytes(content) != digest:
            raise Damaged(f"document {name}")
        documents[name] = content
    return documents


def read_edition(connection: Connection, found: Found) -> Edition:
    """Return the edition of a version, after comparing all of it with its hash; raises Damaged."""
    documents, layers = compare(connection, found)
    return Edition(read_dataset(documents[FRAME]), found[1].id, decode(documents[FORMS], layers))


def compare(connection: Connection, found: Found) -> tuple[dict[str, bytes], Layers]:
    """Return documents and features of a version if they make its hash; raises Damaged."""
    key, version = found
    documents = read_documents(connection, key)
    layers: Layers = {name: ([], []) for name in json.loads(documents.get(FORMS, b"{}"))}
    layers |= read_layers(connection, key)
    hashes = {name: [hash_feature(*feature) for feature in zip(*parts, strict=True)] for name, parts in layers.items()}
    made = content_hash({name: hash_bytes(content) for name, content in documents.items()}, hashes)
    if made != version.content:
        raise Damaged(f"version {version.id} of {version.dataset}")
    return documents, layers


def read_layers(connection: Connection, version: int) -> Layers:
    """Return geometries and properties of the features of a version, by layer, in their order."""
    rows = connection.execute(
        select(VersionFeature.layer, shape_of(connection), FeatureRow.properties)
        .join(FeatureRow, FeatureRow.key == VersionFeature.feature)
        .where(VersionFeature.version == version)
        .order_by(VersionFeature.layer, VersionFeature.position)
    )
    layers: Layers = {}
    for layer, geometry, properties in rows:
        shapes, told = layers.setdefault(layer, ([], []))
        shapes.append(geometry)
        told.append(properties)
    return layers


def shape_of(connection: Connection) -> Any:
    """Return the expression that gives the geometry of a feature as WKB, little-endian."""
    if connection.dialect.name == "postgresql":
        return func.ST_AsBinary(FeatureRow.geometry, "NDR", type_=LargeBinary)
    return FeatureRow.geometry


def compare_all(connection: Connection) -> int:
    """Compare every version with its hash, and return how many there are; raises Damaged. Cost: reading all of them."""
    count = 0
    for dataset in names_of_datasets(connection):
        for version in versions_of(connection, dataset):
            found = find(connection, dataset, version.id)
            assert found is not None
            compare(connection, found)
            count += 1
    return count


def acts(connection: Connection, dataset: str | None, limit: int) -> list[Act]:
    """Return lines of the audit, newest first."""
    chosen = select(AuditRow.at, AuditRow.author, AuditRow.action, AuditRow.dataset, AuditRow.version, AuditRow.detail)
    if dataset is not None:
        chosen = chosen.where(AuditRow.dataset == dataset)
    return [Act(*row) for row in connection.execute(chosen.order_by(AuditRow.key.desc()).limit(limit))]


def _versions() -> Select[VersionRow, str, str, str]:
    return (
        select(
            VersionRow,
            DatasetRow.name.label("dataset_name"),
            Parent.id.label("parent_id"),
            Restored.id.label("restored_id"),
        )
        .join(DatasetRow, DatasetRow.key == VersionRow.dataset)
        .outerjoin(Parent, Parent.key == VersionRow.parent)
        .outerjoin(Restored, Restored.key == VersionRow.restores)
        .order_by(VersionRow.sequence.desc())
    )


def _one(connection: Connection, chosen: Select[VersionRow, str, str, str]) -> Found | None:
    row = connection.execute(chosen.limit(1)).first()
    return None if row is None else (row.key, _version(row))


def _version(row: Any) -> Version:
    withdrawn = None
    if row.withdrawn_at is not None:
        withdrawn = Withdrawal(row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason)
    return Version(
        dataset=row.dataset_name,
        id=row.id,
        sequence=row.sequence,
        parent=row.parent_id,
        restores=row.restored_id,
        author=Author(row.author, row.author_name),
        message=row.message,
        sources=row.sources,
        basis=row.basis,
        at=row.at,
        content=row.content,
        features=row.features,
        size=row.size,
        withdrawn=withdrawn,
    )
