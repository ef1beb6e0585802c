"""What a publish writes, statement by statement, inside the one transaction that `Store` opens."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, LargeBinary, bindparam, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from mapapp.domain.history import Author
from mapapp.store.codec import Encoded, Row, hash_bytes
from mapapp.store.models import (
    AuditRow,
    DatasetRow,
    Document,
    FeatureRow,
    VersionDocument,
    VersionFeature,
    VersionRow,
)

T = TypeVar("T")
AT_ONCE = 500
"""Rows that one statement names."""


def lock_dataset(connection: Connection, name: str) -> int:
    """Return the key of a dataset, making its row when there is none; others who publish to it wait until we end."""
    _insert_new(connection, DatasetRow.__table__, [{"name": name}], "name")
    return int(connection.execute(select(DatasetRow.key).where(DatasetRow.name == name).with_for_update()).scalar_one())


def add_version(connection: Connection, values: Mapping[str, Any]) -> int:
    """Write the row of a version and return its key."""
    return int(connection.execute(insert(VersionRow).values(values).returning(VersionRow.key)).scalar_one())


def add_content(connection: Connection, version: int, encoded: Encoded) -> None:
    """Write the features and documents that are new, and what belongs to the version."""
    features = _keep_features(connection, [row for rows in encoded.layers.values() for row in rows])
    places = [
        {"version": version, "layer": layer, "position": position, "feature": features[row.hash]}
        for layer, rows in encoded.layers.items()
        for position, row in enumerate(rows)
    ]
    if places:
        connection.execute(insert(VersionFeature), places)
    documents = _keep_documents(connection, encoded.documents.values())
    named = [
        {"version": version, "name": name, "document": documents[hash_bytes(content)]}
        for name, content in encoded.documents.items()
    ]
    connection.execute(insert(VersionDocument), named)


def repeat_content(connection: Connection, old: int, new: int) -> None:
    """Give a version what another has."""
    for table, columns in (
        (VersionFeature, (VersionFeature.layer, VersionFeature.position, VersionFeature.feature)),
        (VersionDocument, (VersionDocument.name, VersionDocument.document)),
    ):
        chosen = select(literal(new), *columns).where(table.version == old)
        connection.execute(insert(table).from_select(["version", *(column.key for column in columns)], chosen))


def add_act(
    connection: Connection, author: Author, action: str, dataset: str | None, version: str | None, detail: str
) -> None:
    """Write a line of the audit."""
    told = {"author": author.key, "action": action, "dataset": dataset, "version": version, "detail": detail}
    connection.execute(insert(AuditRow).values(at=datetime.now(UTC), **told))


def shape_in(connection: Connection, name: str) -> Any:
    """Return the expression that takes WKB under a name and gives what the database keeps."""
    shape = bindparam(name, type_=LargeBinary)
    return func.ST_GeomFromWKB(shape, 4326) if connection.dialect.name == "postgresql" else shape


def in_chunks(items: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield the items in runs of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _keep_features(connection: Connection, rows: Iterable[Row]) -> dict[str, int]:
    """Return the key of each feature by its hash, after those that were missing are written."""
    wanted = {row.hash: row for row in rows}
    known = _keys(connection, FeatureRow, sorted(wanted))
    missing = sorted(wanted.keys() - known.keys())  # in one order, so that two who publish at once never wait crosswise
    if not missing:
        return known
    told = [{"feature_hash": key, "told": wanted[key].properties, "shape": wanted[key].geometry} for key in missing]
    statement = _unless_there(connection, FeatureRow.__table__, "hash").values(
        hash=bindparam("feature_hash"), properties=bindparam("told"), geometry=shape_in(connection, "shape")
    )
    connection.execute(statement, told)
    return known | _keys(connection, FeatureRow, missing)


def _keep_documents(connection: Connection, documents: Iterable[bytes]) -> dict[str, int]:
    wanted = {hash_bytes(content): content for content in documents}
    known = _keys(connection, Document, sorted(wanted))
    missing = sorted(wanted.keys() - known.keys())
    rows = [{"hash": key, "content": wanted[key]} for key in missing]
    _insert_new(connection, Document.__table__, rows, "hash")
    return known | _keys(connection, Document, missing)


def _keys(connection: Connection, table: type[FeatureRow | Document], hashes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in in_chunks(hashes):
        rows = connection.execute(select(table.hash, table.key).where(table.hash.in_(chunk)))
        found.update(dict(rows.all()))
    return found


def _insert_new(connection: Connection, table: Any, rows: list[dict[str, Any]], unique: str) -> None:
    if rows:
        connection.execute(_unless_there(connection, table, unique), rows)


def _unless_there(connection: Connection, table: Any, unique: str) -> Any:
    """Return an INSERT that passes over rows whose `unique` column is there already."""
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    return kind.insert(table).on_conflict_do_nothing(index_elements=[unique])
