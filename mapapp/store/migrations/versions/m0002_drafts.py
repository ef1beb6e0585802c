"""Drafts of updates, which come and go, and how the columns of earlier uploads were read."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Take the step."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("dataset", sa.String(200)),
        sa.Column("base", sa.String(64)),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("uploads", sa.LargeBinary, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("updated", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_table(
        "mappings",
        sa.Column("dataset", sa.String(200), nullable=False),
        sa.Column("columns", sa.String(64), nullable=False),
        sa.Column("mapping", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "columns", name="pk_mappings"),
    )
