"""What an older version wrote is still there, in the words of this one."""

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from storage import EditionState, Size, Storage, migrations
from tests.factories import NOON, SERVER

OLD_ROWS = (
    "INSERT INTO servers (server_id, added_at) VALUES (101, :now)",
    "INSERT INTO digests (digest_id, server_id, name, name_key, channel_id, time, days, timezone, stories, paused,"
    " created_at, active_since) VALUES (1, 101, 'Morning', 'morning', 7, '08:30', 'mon,fri', 'Europe/Berlin', 8, false,"
    " :now, :now)",
    "INSERT INTO sources (source_id, kind, address, title, for_everyone, added_at)"
    " VALUES (1, 'feed', 'https://example.org/feed', 'Post', false, :now)",
    "INSERT INTO subscriptions (server_id, source_id, label, label_key, paused, added_at)"
    " VALUES (101, 1, 'Post', 'post', false, :now)",
    "INSERT INTO editions (edition_id, digest_id, server_id, slot, due_at, window_start, window_end, state, created_at)"
    " VALUES (1, 1, 101, '2026-11-20T08:30 Europe/Berlin', :now, :now, :now, 'sent', :now)",
    "INSERT INTO editions (edition_id, digest_id, server_id, slot, due_at, window_start, window_end, state, created_at)"
    " VALUES (2, 1, 101, 'manual:5', :now, :now, :now, 'sent', :now)",
    "INSERT INTO deliveries (delivery_id, edition_id, part, channel_id, body, nonce, marker, state, attempts,"
    " message_id) VALUES (1, 1, 0, 7, '{}', 'n', 'm', 'sent', 1, 70)",
)


@pytest.fixture
async def old(request, tmp_path):
    """The address of a database as the first version left it."""
    if request.param == "sqlite":
        url, server = f"sqlite+aiosqlite:///{tmp_path / 'dateline.sqlite3'}", None
    else:
        server = request.getfixturevalue("postgres")
        url = server.create(template="template0")
    storage = Storage(url)
    async with storage._engine.begin() as connection:
        await connection.run_sync(first_version)
        now = NOON if server else f"{NOON:%Y-%m-%d %H:%M:%S.%f}"
        for statement in OLD_ROWS:
            await connection.execute(text(statement), {"now": now} if ":now" in statement else {})
    await storage.close()
    yield url
    if server:
        server.drop(url)


def first_version(connection):
    config = Config()
    config.set_main_option("script_location", migrations.__path__[0])
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


@pytest.mark.parametrize("old", ["sqlite", "postgresql"], indirect=True)
async def test_a_database_of_the_first_version_is_brought_up_to_date(old):
    storage = Storage(old)
    await storage.open()
    async with storage.begin() as tx:
        (digest,) = await tx.digests.list_active()
        assert (digest.schedule, digest.timezone, digest.size) == ("mon,fri 08:30", "Europe/Berlin", Size.FULL)
        assert (digest.rules, digest.per_hour, digest.says_when_empty) == ("", 6, False)
        (subscription,) = await tx.sources.list_subscriptions(SERVER)
        assert (subscription.weight, subscription.rules) == (1.0, "")
        scheduled, manual = await tx.editions.get(SERVER, 1), await tx.editions.get(SERVER, 2)
        assert (scheduled.state, scheduled.moves_window, manual.moves_window) == (EditionState.SENT, True, False)
        (part,) = await tx.editions.list_deliveries(1)
        assert (part.message_id, part.posted_in) == (70, 7)
        assert (await tx.servers.get(SERVER)).paused_until is None
    await storage.close()
