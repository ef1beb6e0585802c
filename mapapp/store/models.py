"""The tables. Everything published is only ever added; a version may be withdrawn, which fills three columns, once."""

from datetime import UTC, datetime
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import BigInteger, DateTime, ForeignKey, LargeBinary, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SHAPE = LargeBinary().with_variant(Geometry("GEOMETRY", srid=4326, spatial_index=False), "postgresql")
"""A geometry: WKB in SQLite, a real one in PostGIS."""


class Moment(TypeDecorator[datetime]):
    """A time in UTC, with its zone in Python whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Turn a time to UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give a time its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The tables together."""

    metadata = MetaData(naming_convention=NAMES)


class DatasetRow(Base):
    """A dataset; its row is what a publish locks."""

    __tablename__ = "datasets"
    key: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)


class VersionRow(Base):
    """A version and who made it; `sequence` counts from 1 within the dataset."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("dataset", "sequence"),
        UniqueConstraint("dataset", "id"),
        UniqueConstraint("dataset", "idempotency_key"),
    )
    key: Mapped[int] = mapped_column(primary_key=True)
    dataset: Mapped[int] = mapped_column(ForeignKey("datasets.key"))
    sequence: Mapped[int]
    id: Mapped[str] = mapped_column(String(64))
    parent: Mapped[int | None] = mapped_column(ForeignKey("versions.key"))
    restores: Mapped[int | None] = mapped_column(ForeignKey("versions.key"))
    author: Mapped[str] = mapped_column(Text)
    author_name: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    sources: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[str] = mapped_column(String(64))
    features: Mapped[int]
    size: Mapped[int] = mapped_column(BigInteger)
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(Text)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)


class FeatureRow(Base):
    """A feature, once for all versions and layers that have it; `hash` is of geometry and properties."""

    __tablename__ = "features"
    key: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    properties: Mapped[str] = mapped_column(Text)
    geometry: Mapped[Any] = mapped_column(SHAPE, nullable=True)


class VersionFeature(Base):
    """The place of a feature in a version: which layer, which position."""

    __tablename__ = "version_features"
    __table_args__ = ({"sqlite_with_rowid": False},)
    version: Mapped[int] = mapped_column(ForeignKey("versions.key"), primary_key=True)
    layer: Mapped[str] = mapped_column(String(100), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    feature: Mapped[int] = mapped_column(ForeignKey("features.key"))


class Document(Base):
    """A document, once for all versions that have it."""

    __tablename__ = "documents"
    key: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class VersionDocument(Base):
    """The name of a document in a version."""

    __tablename__ = "version_documents"
    version: Mapped[int] = mapped_column(ForeignKey("versions.key"), primary_key=True)
    name: Mapped[str] = mapped_column(String(400), primary_key=True)
    document: Mapped[int] = mapped_column(ForeignKey("documents.key"))


class AuditRow(Base):
    """One act; dataset and version by name, so that the line says all by itself."""

    __tablename__ = "audit"
    key: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    author: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(String(40))
    dataset: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[str | None] = mapped_column(String(64))
    detail: Mapped[str] = mapped_column(Text)


class DraftRow(Base):
    """An update that nobody has published yet; the one table whose rows change and go."""

    __tablename__ = "drafts"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    dataset: Mapped[str | None] = mapped_column(String(200))
    base: Mapped[str | None] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(Text)
    author_name: Mapped[str] = mapped_column(Text)
    told: Mapped[str] = mapped_column(Text)
    uploads: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(Moment)
    updated: Mapped[datetime] = mapped_column(Moment)


class MappingRow(Base):
    """How the columns of an upload were read, to be proposed when the same columns come again."""

    __tablename__ = "mappings"
    dataset: Mapped[str] = mapped_column(String(200), primary_key=True)
    columns: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[str] = mapped_column(Text)
