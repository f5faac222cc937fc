"""Sources with a login and habits of their own, what texts say of themselves, and near copies."""

import hashlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_AT_A_TIME = 2_000


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
    _keep_recognisable()


def _keep_recognisable() -> None:
    """What sources brought before they had names for it, as it is recognised from now on: by its address as it is
    written, whatever is made of addresses, and short texts by their titles too. It would come in as news otherwise.
    """
    op.execute(
        "UPDATE appearances SET link ="
        " (SELECT link FROM articles WHERE articles.article_id = appearances.article_id AND url IS NOT NULL)"
    )
    for some in _rows("SELECT article_id, link FROM articles WHERE url IS NOT NULL AND link IS NOT NULL"):
        _execute(
            "UPDATE appearances SET key = :key WHERE article_id = :this",
            [{"this": row.article_id, "key": _hash(f"former {row.link}")} for row in some],
        )
    for some in _rows(_SHORT):
        marks = [{"this": row.article_id, "was": row.was, "mark": _mark(row.title, row.text)} for row in some]
        # A mark that another text has is not given again: each is of one article.
        _execute(_MARK, marks)
        _execute("UPDATE appearances SET fingerprint = :mark WHERE article_id = :this AND fingerprint = :was", marks)


_SHORT = (
    "SELECT article_id, title, text, fingerprint AS was FROM articles"
    " WHERE scope = 'shared' AND length(text) < 200 AND title IS NOT NULL AND title <> text"
)
_MARK = (
    "UPDATE articles SET fingerprint = :mark WHERE article_id = :this"
    " AND NOT EXISTS (SELECT 1 FROM articles WHERE scope = 'shared' AND fingerprint = :mark)"
)


def _rows(query: str) -> Iterator[list[Any]]:
    """Some at a time, along the ids."""
    last, some = 0, sa.text(f"{query} AND article_id > :last ORDER BY article_id LIMIT {_AT_A_TIME}")
    while rows := list(op.get_bind().execute(some, {"last": last})):
        yield rows
        last = rows[-1].article_id


def _execute(statement: str, rows: list[dict[str, Any]]) -> None:
    clause = sa.text(statement)
    names = clause.compile().params.keys()
    op.get_bind().execute(clause, [{name: row[name] for name in names} for row in rows])


def _mark(title: str, text: str) -> str:
    return _hash(" ".join(f"{title}\n{text}".casefold().split()))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
