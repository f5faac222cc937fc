"""What an older version wrote is still there, in the words of this one."""

from dataclasses import replace

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from storage import SHARED, EditionState, NewArticle, Outcome, Size, Storage, fingerprint, migrations
from tests.factories import NOON, SERVER

NEWS = (  # address, as it was made then; link; title; text
    ("https://example.org/1?maca=rss", "https://www.example.org/1?maca=rss", "Ferry", "It runs again. " * 20),
    ("https://example.org/2?maca=rss", "https://www.example.org/2?maca=rss", "Status", "Closed until Monday."),
    (None, "https://example.org/", "Trains", "They are late."),
    (None, "https://example.org/", "Late", "Trains. They are late."),
    ("https://example.org/5", "https://www.example.org/5", "Trains.", "They are late"),
)

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
OLD_NEWS = (
    "INSERT INTO articles (article_id, scope, url, link, title, text, fingerprint, first_seen)"
    " VALUES (:id, 'shared', :url, :link, :title, :text, :mark, :now)",
    "INSERT INTO appearances (source_id, article_id, fingerprint, seen_at) VALUES (1, :id, :mark, :now)",
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
        for number, (address, link, title, words) in enumerate(NEWS, 901):
            row = {"id": number, "url": address, "link": link, "title": title, "text": words, "now": now}
            for statement in OLD_NEWS:
                names = [name for name in row if f":{name}" in statement]
                mark = {"mark": fingerprint(words)}
                await connection.execute(text(statement), {name: row[name] for name in names} | mark)
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


@pytest.mark.parametrize("old", ["sqlite", "postgresql"], indirect=True)
async def test_what_an_older_version_took_in_does_not_come_in_again(old):
    """Addresses are spelled differently today, some texts cleaned differently, short ones known by their titles too."""
    storage = Storage(old)
    await storage.open()
    cleaned = replace(
        entry(1, "https://example.org/1", mark=""), text="It runs again, one hears. " * 20, fingerprint="f"
    )
    new = [
        cleaned,
        entry(2, "https://example.org/2", mark="Status\nClosed until Monday."),
        entry(3, None, mark="Trains\nThey are late."),
        entry(4, None, mark="Late\nTrains. They are late."),
        entry(5, "https://example.org/five", mark="Trains.\nThey are late"),
        NewArticle("They run.", "Trains", "https://example.org/6", "https://example.org/", key="six"),
    ]
    for first, unknown in ((Outcome.UPDATED, [5]), (Outcome.DUPLICATE, [])):
        async with storage.reading() as tx:
            assert await tx.arrivals.list_unknown(1, SHARED, new) == unknown
        async with storage.begin() as tx:
            kept = await tx.articles.keep(new, scope=SHARED, source_id=1, now=NOON)
        assert kept[:5] == [(first, 901), *((Outcome.DUPLICATE, number) for number in (902, 903, 904, 905))]
        assert kept[5][0] is (Outcome.STORED if unknown else Outcome.DUPLICATE)
    await storage.close()


def entry(number, address, mark):
    _, link, title, words = NEWS[number - 1]
    return NewArticle(
        words, title, address, link if address else None, key=f"guid {number}", fingerprint=mark and fingerprint(mark)
    )
