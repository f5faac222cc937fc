"""The first schema: servers, sources, articles, briefs, digests, editions, deliveries, and full-text search."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("link", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("byline", sa.Text()),
        sa.Column("published", _TIME),
        sa.Column("language", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("first_seen", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_articles"),
        sa.UniqueConstraint("scope", "fingerprint", name="uq_articles_scope_fingerprint"),
    )
    op.create_index("ix_articles_first_seen", "articles", ["first_seen"])
    op.create_index("ix_articles_scope_url", "articles", ["scope", "url"])
    op.create_table(
        "briefs",
        sa.Column("brief_id", _ID, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("scope", sa.String(40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("brief_id", name="pk_briefs"),
        sa.UniqueConstraint("key", name="uq_briefs_key"),
    )
    op.create_table(
        "servers",
        sa.Column("server_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("server_id", name="pk_servers"),
    )
    op.create_table(
        "sources",
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("site_url", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("for_everyone", sa.Boolean(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("added_at", _TIME, nullable=False),
        sa.Column("next_poll_at", _TIME),
        sa.Column("last_polled_at", _TIME),
        sa.Column("last_success_at", _TIME),
        sa.Column("last_error", sa.Text()),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lease_owner", sa.String(40)),
        sa.Column("lease_until", _TIME),
        sa.Column("lease_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_sources"),
        sa.UniqueConstraint("address", name="uq_sources_address"),
    )
    op.create_index("ix_sources_next_poll_at", "sources", ["next_poll_at"])
    op.create_table(
        "appearances",
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("seen_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.article_id"], name="fk_appearances_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.source_id"], name="fk_appearances_source_id_sources", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source_id", "article_id", name="pk_appearances"),
    )
    op.create_index("ix_appearances_article_id", "appearances", ["article_id"])
    op.create_table(
        "digests",
        sa.Column("digest_id", _ID, nullable=False),
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.String(5), nullable=False),
        sa.Column("days", sa.String(40), nullable=False),
        sa.Column("timezone", sa.String(60), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("trouble", sa.Text()),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("active_since", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id"], ["servers.server_id"], name="fk_digests_server_id_servers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest_id", name="pk_digests"),
        sa.UniqueConstraint("server_id", "name_key", name="uq_digests_server_id_name_key"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("source_id", _ID, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_key", sa.Text(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id"], ["servers.server_id"], name="fk_subscriptions_server_id_servers", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.source_id"], name="fk_subscriptions_source_id_sources", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("server_id", "source_id", name="pk_subscriptions"),
        sa.UniqueConstraint("server_id", "label_key", name="uq_subscriptions_server_id_label_key"),
    )
    op.create_index("ix_subscriptions_source_id", "subscriptions", ["source_id"])
    op.create_table(
        "editions",
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("digest_id", _ID),
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("slot", sa.String(80), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("window_start", _TIME, nullable=False),
        sa.Column("window_end", _TIME, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("content", sa.JSON()),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("lease_owner", sa.String(40)),
        sa.Column("lease_until", _TIME),
        sa.Column("lease_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.digest_id"], name="fk_editions_digest_id_digests", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["server_id"], ["servers.server_id"], name="fk_editions_server_id_servers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", name="pk_editions"),
        sa.UniqueConstraint("digest_id", "slot", name="uq_editions_digest_id_slot"),
    )
    op.create_index("ix_editions_server_id", "editions", ["server_id"])
    op.create_index("ix_editions_state", "editions", ["state"])
    op.create_table(
        "deliveries",
        sa.Column("delivery_id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("nonce", sa.String(25), nullable=False),
        sa.Column("marker", sa.String(16), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", _TIME),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.edition_id"], name="fk_deliveries_edition_id_editions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery_id", name="pk_deliveries"),
        sa.UniqueConstraint("edition_id", "part", name="uq_deliveries_edition_id_part"),
        sa.UniqueConstraint("nonce", name="uq_deliveries_nonce"),
    )
    op.create_table(
        "told",
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.article_id"], name="fk_told_article_id_articles", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.edition_id"], name="fk_told_edition_id_editions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edition_id", "article_id", name="pk_told"),
    )
    op.create_index("ix_told_article_id", "told", ["article_id"])

    for statement in _SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)


# The index keeps no copy of the texts (external content); the triggers follow every change of an article.
# https://www.sqlite.org/fts5.html#external_content_tables
_ON_SQLITE = (
    """
    CREATE VIRTUAL TABLE article_search USING fts5(
        title, text, content='articles', content_rowid='article_id', tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER article_search_insert AFTER INSERT ON articles BEGIN
        INSERT INTO article_search(rowid, title, text) VALUES (new.article_id, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER article_search_delete AFTER DELETE ON articles BEGIN
        INSERT INTO article_search(article_search, rowid, title, text)
        VALUES ('delete', old.article_id, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER article_search_update AFTER UPDATE OF title, text ON articles BEGIN
        INSERT INTO article_search(article_search, rowid, title, text)
        VALUES ('delete', old.article_id, old.title, old.text);
        INSERT INTO article_search(rowid, title, text) VALUES (new.article_id, new.title, new.text);
    END
    """,
)

# Words come folded by `storage.searching`; stems are English, as those of SQLite are, and no word is left out.
_ON_POSTGRESQL = (
    "CREATE TEXT SEARCH DICTIONARY dateline_stems (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION dateline (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION dateline ALTER MAPPING FOR asciiword, word, numword WITH dateline_stems",
    """
    CREATE TABLE article_search (
        article_id BIGINT PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
        words TSVECTOR NOT NULL
    )
    """,
    "CREATE INDEX ix_article_search_words ON article_search USING gin (words)",
)
_SEARCH = {"sqlite": _ON_SQLITE, "postgresql": _ON_POSTGRESQL}
