"""The bot as an operator runs it, while Discord does not take what it posts (FAULTS 34, 35, 36)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import PERMISSIONS
from storage import SHARED, SourceKind, Storage
from tests.factories import DAILY, a_digest, an_article
from tests.wire.fakediscord import FakeDiscord
from tests.wire.running import RunningBot, running
from tests.wire.world import Channel

SLOWEST = 60.0


async def due_now(fake: FakeDiscord, home: Path) -> Channel:
    """A database with a digest whose slot has just come; returns its channel."""
    guild = fake.add_guild("Norrby", bot_permissions=PERMISSIONS.value)
    channel, now = fake.add_channel(guild), datetime.now(UTC)
    storage = Storage(f"sqlite+aiosqlite:///{home / 'dateline.sqlite3'}")
    await storage.open()
    async with storage.begin() as tx:
        source = await tx.sources.ensure(SourceKind.FILES, "archive", title="Archive", now=now, next_poll_at=None)
        await tx.servers.ensure(guild.id, now)
        await tx.sources.subscribe(guild.id, source.source_id, "Archive", now)
        article = an_article(published=now - timedelta(hours=2))
        an_hour_ago = now - timedelta(hours=1)
        await tx.articles.keep([article], scope=SHARED, source_id=source.source_id, now=an_hour_ago)
        schedule = f"{DAILY} {now - timedelta(minutes=1):%H:%M}"
        new = a_digest(channel_id=channel.id, schedule=schedule, timezone="UTC")
        await tx.digests.add(guild.id, new, an_hour_ago)
    await storage.close()
    return channel


def states(bot: RunningBot) -> list[tuple[str]]:
    """How far the editions are."""
    return bot.rows("SELECT state FROM editions")


@pytest.mark.timeout(240)
async def test_stopped_during_a_global_limit_the_next_start_posts_it_once(tmp_path: Path) -> None:
    """FAULTS 35: SIGTERM while discord.py waits for the global limit."""
    async with FakeDiscord() as fake:
        channel = await due_now(fake, tmp_path)
        fake.fail_next("POST", rf"/channels/{channel.id}/messages", status=429, retry_after=50, everywhere=True)
        async with running(fake, tmp_path) as bot:
            await fake.until(lambda: bool(fake.sent("POST", r"/channels/\d+/messages")), SLOWEST, "the post")
            assert await bot.terminate(timeout=45) == 0
        assert fake.messages(channel) == []
        async with running(fake, tmp_path) as bot:
            await fake.until(lambda: states(bot) == [("sent",)], SLOWEST, "the record")
            assert await bot.terminate() == 0
        assert len(fake.messages(channel)) == 1


@pytest.mark.timeout(240)
async def test_a_revoked_token_ends_the_process_and_loses_nothing(tmp_path: Path) -> None:
    """FAULTS 36: 401 in mid-flight."""
    async with FakeDiscord() as fake:
        channel = await due_now(fake, tmp_path)
        fake.fail_next("POST", rf"/channels/{channel.id}/messages", status=401)
        async with running(fake, tmp_path) as bot:
            assert await bot.ended(SLOWEST) == 1
        assert "Discord does not accept DATELINE_DISCORD_TOKEN" in bot.output
        assert "Traceback" not in bot.output
        assert len(fake.sent("POST", r"/channels/\d+/messages")) == 1
        async with running(fake, tmp_path) as bot:
            await fake.until(lambda: states(bot) == [("sent",)], SLOWEST, "the record")
        assert len(fake.messages(channel)) == 1


@pytest.mark.timeout(240)
async def test_a_gateway_that_closes_with_a_refused_token_ends_the_process(tmp_path: Path) -> None:
    """FAULTS 36: close code 4004."""
    async with FakeDiscord() as fake:
        async with running(fake, tmp_path) as bot:
            await fake.ready(timeout=SLOWEST)
            await fake.gateway.close(4004)
            assert await bot.ended(SLOWEST) == 1
        assert "Discord does not accept DATELINE_DISCORD_TOKEN" in bot.output
        assert "Traceback" not in bot.output


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("method", "path"), [("GET", r"/users/@me$"), ("PUT", r"/applications/\d+/commands$")])
async def test_refused_by_cloudflare_at_the_start_it_waits_instead_of_being_started_again_and_again(
    tmp_path: Path, method: str, path: str
) -> None:
    """FAULTS 34: a service manager would start at once what ended, and each log-in counts as one more refused."""
    async with FakeDiscord() as fake:
        fake.fail_next(method, path, status=429, times=9)
        async with running(fake, tmp_path) as bot:
            await fake.until(lambda: "trying again in 600 s" in bot.output, SLOWEST, "the wait")
            assert await bot.terminate() == 0
        assert len(fake.sent(method, path)) == 1
        assert "Traceback" not in bot.output
