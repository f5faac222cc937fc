"""Richer schedules, pauses, editions made ahead, revisions of messages, reports and notices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("servers") as table:
        table.add_column(sa.Column("notices_channel_id", sa.BigInteger()))
        table.add_column(sa.Column("timezone", sa.String(60)))
        table.add_column(sa.Column("rules", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("paused_until", _TIME))
    with op.batch_alter_table("subscriptions") as table:
        table.add_column(sa.Column("weight", sa.Float(), server_default="1", nullable=False))
        table.add_column(sa.Column("rules", sa.Text(), server_default="", nullable=False))
    op.add_column("articles", sa.Column("updated_at", _TIME))
    op.create_index("ix_articles_updated_at", "articles", ["updated_at"])
    op.create_index("ix_articles_news_time", "articles", [sa.text("coalesce(published, first_seen)"), "article_id"])
    op.create_index("ix_editions_digest_id_due_at", "editions", ["digest_id", "due_at"])
    op.create_index("ix_appearances_source_id_seen_at", "appearances", ["source_id", "seen_at"])
    _change_digests()
    op.add_column("editions", sa.Column("moves_window", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("editions", sa.Column("checked_at", _TIME))
    op.execute("UPDATE editions SET moves_window = false WHERE slot LIKE 'manual:%'")
    op.execute("DELETE FROM told WHERE edition_id IN (SELECT edition_id FROM editions WHERE state = 'failed')")
    op.add_column("deliveries", sa.Column("posted_in", sa.BigInteger()))
    op.add_column("deliveries", sa.Column("sent_at", _TIME))
    op.add_column("deliveries", sa.Column("revised_body", sa.JSON()))
    op.execute("UPDATE deliveries SET posted_in = channel_id WHERE message_id IS NOT NULL")
    _create_reports()
    _create_notices()


def _change_digests() -> None:
    op.add_column("digests", sa.Column("schedule", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE digests SET schedule = days || ' ' || time")
    for column in (
        sa.Column("size", sa.String(20), server_default="full", nullable=False),
        sa.Column("per_source", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rules", sa.Text(), server_default="", nullable=False),
        sa.Column("says_when_empty", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("mention_role_id", sa.BigInteger()),
        sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("published", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("per_hour", sa.Integer(), server_default="6", nullable=False),
        sa.Column("quiet_hours", sa.String(20), server_default="", nullable=False),
        sa.Column("alert_words", sa.Text(), server_default="", nullable=False),
        sa.Column("paused_until", _TIME),
        sa.Column("resumed_at", _TIME),
    ):
        op.add_column("digests", column)
    op.drop_column("digests", "days")
    op.drop_column("digests", "time")


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("report_id", _ID, nullable=False),
        sa.Column("edition_id", _ID, nullable=False),
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("point", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("reported_at", _TIME, nullable=False),
        sa.Column("reported_by", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", _TIME),
        sa.Column("decided_by", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["editions.edition_id"], name="fk_reports_edition_id_editions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["server_id"], ["servers.server_id"], name="fk_reports_server_id_servers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("report_id", name="pk_reports"),
        sa.UniqueConstraint("edition_id", "story", "point", name="uq_reports_edition_id_story_point"),
    )
    op.create_index("ix_reports_server_id_state", "reports", ["server_id", "state"])


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("server_id", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(120), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("raised_at", _TIME, nullable=False),
        sa.Column("told_at", _TIME),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_attempt_at", _TIME),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("lease_owner", sa.String(40)),
        sa.Column("lease_until", _TIME),
        sa.Column("lease_attempts", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["server_id"], ["servers.server_id"], name="fk_notices_server_id_servers", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notice_id", name="pk_notices"),
        sa.UniqueConstraint("server_id", "cause", name="uq_notices_server_id_cause"),
    )
    op.create_index("ix_notices_state", "notices", ["state"])
