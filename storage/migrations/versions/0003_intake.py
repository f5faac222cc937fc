"""Sources with a login and habits of their own, what texts say of themselves, and near copies."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    sources: tuple[sa.Column[Any], ...] = (
        sa.Column("login", sa.Text(), server_default="", nullable=False),
        sa.Column("body_hash", sa.String(64)),
        sa.Column("asked_interval", sa.Integer()),
        sa.Column("delivers", sa.String(20), server_default="unknown", nullable=False),
        sa.Column("delivers_checked_at", _TIME),
        sa.Column("moved_to", sa.Text()),
        sa.Column("moved_polls", sa.Integer(), server_default="0", nullable=False),
        sa.Column("per_day", sa.Float()),
    )
    articles: tuple[sa.Column[Any], ...] = (
        sa.Column("site_name", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("filed_on", sa.Date()),
        sa.Column("agency", sa.Text()),
        sa.Column("embargo_until", _TIME),
        sa.Column("dates", sa.JSON(), server_default="[]", nullable=False),
    )
    appearances: tuple[sa.Column[Any], ...] = (
        sa.Column("key", sa.String(64)),
        sa.Column("link", sa.Text()),
        sa.Column("updates", sa.Integer(), server_default="0", nullable=False),
        sa.Column("backlog", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    for table, columns in (("sources", sources), ("articles", articles), ("appearances", appearances)):
        for column in columns:
            op.add_column(table, column)
    op.add_column("subscriptions", sa.Column("category", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_appearances_source_id_key", "appearances", ["source_id", "key"])
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.article_id"], name="fk_bands_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "article_id", name="pk_bands"),
    )
    op.create_index("ix_bands_article_id", "bands", ["article_id"])
