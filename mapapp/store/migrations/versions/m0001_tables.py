"""The tables, and the triggers that keep them append-only."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry

revision = "0001"
down_revision = None

WITHDRAWAL = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")
KEPT = ("versions", "features", "version_features", "documents", "version_documents", "audit", "datasets")
"""Tables from which nothing is deleted; all but versions are never updated either."""

SAME = (
    *("key", "dataset", "sequence", "id", "parent", "restores", "author", "author_name", "message", "sources"),
    *("basis", "at", "content", "features", "size", "idempotency_key"),
)


def upgrade() -> None:
    """Take the step."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    _datasets_and_versions()
    _features(postgres)
    _documents_and_audit()
    for statement in _postgres() if postgres else _sqlite():
        op.execute(statement)


def _datasets_and_versions() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "datasets",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_datasets"),
        sa.UniqueConstraint("name", name="uq_datasets_name"),
    )
    op.create_table(
        "versions",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("dataset", sa.Integer, sa.ForeignKey("datasets.key", name="fk_versions_dataset"), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("parent", sa.Integer, sa.ForeignKey("versions.key", name="fk_versions_parent")),
        sa.Column("restores", sa.Integer, sa.ForeignKey("versions.key", name="fk_versions_restores")),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("features", sa.Integer, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("idempotency_key", sa.String(200)),
        sa.Column("withdrawn_at", moment),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_reason", sa.Text),
        sa.PrimaryKeyConstraint("key", name="pk_versions"),
        sa.UniqueConstraint("dataset", "sequence", name="uq_versions_dataset_sequence"),
        sa.UniqueConstraint("dataset", "id", name="uq_versions_dataset_id"),
        sa.UniqueConstraint("dataset", "idempotency_key", name="uq_versions_dataset_idempotency_key"),
    )


def _features(postgres: bool) -> None:
    shape = Geometry("GEOMETRY", srid=4326, spatial_index=False) if postgres else sa.LargeBinary()
    op.create_table(
        "features",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("properties", sa.Text, nullable=False),
        sa.Column("geometry", shape, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_features"),
        sa.UniqueConstraint("hash", name="uq_features_hash"),
    )
    op.create_table(
        "version_features",
        sa.Column("version", sa.Integer, sa.ForeignKey("versions.key", name="fk_version_features_version")),
        sa.Column("layer", sa.String(100), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column(
            "feature", sa.Integer, sa.ForeignKey("features.key", name="fk_version_features_feature"), nullable=False
        ),
        sa.PrimaryKeyConstraint("version", "layer", "position", name="pk_version_features"),
        sqlite_with_rowid=False,
    )


def _documents_and_audit() -> None:
    op.create_table(
        "documents",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("hash", name="uq_documents_hash"),
    )
    op.create_table(
        "version_documents",
        sa.Column("version", sa.Integer, sa.ForeignKey("versions.key", name="fk_version_documents_version")),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column(
            "document", sa.Integer, sa.ForeignKey("documents.key", name="fk_version_documents_document"), nullable=False
        ),
        sa.PrimaryKeyConstraint("version", "name", name="pk_version_documents"),
    )
    op.create_table(
        "audit",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("dataset", sa.String(200)),
        sa.Column("version", sa.String(64)),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_audit"),
    )


def _sqlite() -> list[str]:
    """Refuse deletes and updates; a version may get its withdrawal, once."""
    said = "BEGIN SELECT RAISE(ABORT, 'what is published stays'); END"
    same = " AND ".join(f'OLD."{column}" IS NEW."{column}"' for column in SAME)
    once = f"OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND {same}"
    deletes = [f"CREATE TRIGGER {name}_stay BEFORE DELETE ON {name} {said}" for name in KEPT]
    updates = [
        f"CREATE TRIGGER {name}_as_they_are BEFORE UPDATE ON {name} {said}" for name in KEPT if name != "versions"
    ]
    return [
        *deletes,
        *updates,
        f"CREATE TRIGGER versions_as_they_are BEFORE UPDATE ON versions WHEN NOT ({once}) {said}",
    ]


def _postgres() -> list[str]:
    """Refuse the same, and TRUNCATE."""
    columns = ", ".join(f"'{column}'" for column in WITHDRAWAL)
    stays = """
        CREATE FUNCTION mapapp_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what is published stays'; END $$"""
    once = f"""
        CREATE FUNCTION mapapp_withdrawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
                AND to_jsonb(OLD) - ARRAY[{columns}] = to_jsonb(NEW) - ARRAY[{columns}] THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'what is published stays';
        END $$"""
    whole = "FOR EACH STATEMENT EXECUTE FUNCTION mapapp_stays()"
    triggers = [f"CREATE TRIGGER {name}_stay BEFORE DELETE OR TRUNCATE ON {name} {whole}" for name in KEPT]
    triggers += [
        f"CREATE TRIGGER {name}_as_they_are BEFORE UPDATE ON {name} {whole}" for name in KEPT if name != "versions"
    ]
    row = "FOR EACH ROW EXECUTE FUNCTION mapapp_withdrawn_once()"
    return [stays, once, *triggers, f"CREATE TRIGGER versions_as_they_are BEFORE UPDATE ON versions {row}"]
