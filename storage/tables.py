"""The tables: columns are named like the fields of the dataclasses in `types`; rows never leave this package."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    func,
)

from storage.columns import EnumText, MeantDates, Text, UtcDateTime
from storage.types import Delivers, DeliveryState, EditionState, NoticeState, ReportState, Size, SourceKind

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite gives out row ids for INTEGER primary keys only; the others get the wide type.
_Id = BigInteger().with_variant(Integer, "sqlite")


def _lease() -> list[Column[object]]:
    """Who works on a row, and until when others keep away: a crash costs a lease, nothing else."""
    return [
        Column("lease_owner", String(40)),
        Column("lease_until", UtcDateTime),
        Column("lease_attempts", Integer, nullable=False, server_default="0"),
    ]


servers = Table(
    "servers",
    metadata,
    Column("server_id", BigInteger, primary_key=True, autoincrement=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("notices_channel_id", BigInteger),
    Column("timezone", String(60)),
    Column("rules", Text, nullable=False, server_default=""),
    Column("paused_until", UtcDateTime),
)

sources = Table(
    "sources",
    metadata,
    Column("source_id", _Id, primary_key=True),
    Column("kind", EnumText(SourceKind), nullable=False),
    Column("address", Text, nullable=False, unique=True),
    Column("login", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False),
    Column("site_url", Text),
    Column("language", Text),
    Column("for_everyone", Boolean, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("added_at", UtcDateTime, nullable=False),
    Column("next_poll_at", UtcDateTime, index=True),
    Column("last_polled_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("last_error", Text),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("body_hash", String(64)),
    Column("asked_interval", Integer),
    Column("delivers", EnumText(Delivers), nullable=False, server_default="unknown"),
    Column("delivers_checked_at", UtcDateTime),
    Column("moved_to", Text),
    Column("moved_polls", Integer, nullable=False, server_default="0"),
    Column("per_day", Float),
    *_lease(),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("server_id", ForeignKey("servers.server_id", ondelete="CASCADE"), primary_key=True),
    Column("source_id", ForeignKey("sources.source_id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("label", Text, nullable=False),
    Column("label_key", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("weight", Float, nullable=False, server_default="1"),
    Column("rules", Text, nullable=False, server_default=""),
    Column("category", Text, nullable=False, server_default=""),
    UniqueConstraint("server_id", "label_key"),
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", _Id, primary_key=True),
    Column("scope", String(40), nullable=False),
    Column("url", Text),
    Column("link", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("published", UtcDateTime),
    Column("language", Text),
    Column("text", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("first_seen", UtcDateTime, nullable=False, index=True),
    Column("updated_at", UtcDateTime, index=True),
    Column("site_name", Text),
    Column("place", Text),
    Column("filed_on", Date),
    Column("agency", Text),
    Column("embargo_until", UtcDateTime),
    Column("dates", MeantDates, nullable=False, server_default="[]"),
    UniqueConstraint("scope", "fingerprint"),
    Index(None, "scope", "url"),
)
Index("ix_articles_news_time", func.coalesce(articles.c.published, articles.c.first_seen), articles.c.article_id)

# Which sources carried an article, and what each of them last said: only a source that changes its own text updates
# an article, so two feeds that word one story differently do not overwrite each other at every poll.
appearances = Table(
    "appearances",
    metadata,
    Column("source_id", ForeignKey("sources.source_id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("key", String(64)),  # what the source knows the article by
    Column("link", Text),  # where the source has it
    Column("updates", Integer, nullable=False, server_default="0"),  # how often the source changed its text
    Column("backlog", Boolean, nullable=False, server_default=false()),  # was there when the source was first read
    Index(None, "source_id", "seen_at"),
    Index(None, "source_id", "key"),
)

# Locality-sensitive hashes of shared texts: two that have one of them in common may be copies of each other.
bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True, index=True),
)

briefs = Table(
    "briefs",
    metadata,
    Column("brief_id", _Id, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("scope", String(40), nullable=False),
    Column("content", JSON, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("digest_id", _Id, primary_key=True),
    Column("server_id", ForeignKey("servers.server_id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("schedule", Text, nullable=False),
    Column("timezone", String(60), nullable=False),
    Column("stories", Integer, nullable=False),
    Column("size", EnumText(Size), nullable=False),
    Column("per_source", Integer, nullable=False),
    Column("rules", Text, nullable=False),
    Column("says_when_empty", Boolean, nullable=False),
    Column("mention_role_id", BigInteger),
    Column("silent", Boolean, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("published", Boolean, nullable=False),
    Column("per_hour", Integer, nullable=False),
    Column("quiet_hours", String(20), nullable=False),
    Column("alert_words", Text, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("paused_until", UtcDateTime),
    Column("resumed_at", UtcDateTime),
    Column("trouble", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("active_since", UtcDateTime, nullable=False),
    UniqueConstraint("server_id", "name_key"),
)

editions = Table(
    "editions",
    metadata,
    Column("edition_id", _Id, primary_key=True),
    Column("digest_id", ForeignKey("digests.digest_id", ondelete="SET NULL")),
    Column("server_id", ForeignKey("servers.server_id", ondelete="CASCADE"), nullable=False, index=True),
    Column("slot", String(80), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("window_start", UtcDateTime, nullable=False),
    Column("window_end", UtcDateTime, nullable=False),
    Column("state", EnumText(EditionState), nullable=False, index=True),
    Column("content", JSON(none_as_null=True)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("moves_window", Boolean, nullable=False),
    Column("checked_at", UtcDateTime),  # when its articles were last looked at for corrections
    *_lease(),
    UniqueConstraint("digest_id", "slot"),
    Index(None, "digest_id", "due_at"),
)

# What an edition told: the same article is not told twice by one digest.
told = Table(
    "told",
    metadata,
    Column("edition_id", ForeignKey("editions.edition_id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", ForeignKey("articles.article_id", ondelete="CASCADE"), primary_key=True, index=True),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("delivery_id", _Id, primary_key=True),
    Column("edition_id", ForeignKey("editions.edition_id", ondelete="CASCADE"), nullable=False),
    Column("part", Integer, nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("nonce", String(25), nullable=False, unique=True),
    Column("marker", String(16), nullable=False),
    Column("state", EnumText(DeliveryState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_attempt_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("error", Text),
    Column("posted_in", BigInteger),
    Column("sent_at", UtcDateTime),
    Column("revised_body", JSON(none_as_null=True)),
    UniqueConstraint("edition_id", "part"),
)

# Points that members doubt, and what the admins decided.
reports = Table(
    "reports",
    metadata,
    Column("report_id", _Id, primary_key=True),
    Column("edition_id", ForeignKey("editions.edition_id", ondelete="CASCADE"), nullable=False),
    Column("server_id", ForeignKey("servers.server_id", ondelete="CASCADE"), nullable=False),
    Column("story", Integer, nullable=False),
    Column("point", Integer, nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of the sentence behind the point
    Column("state", EnumText(ReportState), nullable=False),
    Column("reported_at", UtcDateTime, nullable=False),
    Column("reported_by", BigInteger, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BigInteger),
    UniqueConstraint("edition_id", "story", "point"),
    Index(None, "server_id", "state"),
)

# What the admins of a server are told: one row a cause, closed when the cause is gone.
notices = Table(
    "notices",
    metadata,
    Column("notice_id", _Id, primary_key=True),
    Column("server_id", ForeignKey("servers.server_id", ondelete="CASCADE"), nullable=False),
    Column("cause", String(120), nullable=False),  # "source-failing:12"
    Column("body", JSON, nullable=False),
    Column("state", EnumText(NoticeState), nullable=False, index=True),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("told_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime),
    Column("channel_id", BigInteger),
    Column("message_id", BigInteger),
    *_lease(),
    UniqueConstraint("server_id", "cause"),
)
