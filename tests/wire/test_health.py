"""FAULTS 47: a watcher sees the real process turn red while its database or Discord is lost, and green again."""

import asyncio
import re
import sqlite3
from contextlib import closing

import aiohttp

from tests.wire.fakediscord import FakeDiscord
from tests.wire.running import RunningBot, running

LONG = 60.0


async def test_readiness_follows_the_database_and_discord(tmp_path):
    async with FakeDiscord() as fake, running(fake, tmp_path, {"DATELINE_METRICS_PORT": "0"}) as bot:
        await fake.ready(timeout=LONG)
        await fake.until(lambda: "health pages are served" in bot.output, LONG, "the health pages")
        assert await becomes(bot, 200) == {"ready": True, "database": "ok", "discord": "ok"}
        with closing(sqlite3.connect(tmp_path / "dateline.sqlite3", isolation_level=None, timeout=LONG)) as other:
            other.execute("BEGIN IMMEDIATE")
            found = await becomes(bot, 503)
            assert (found["ready"], found["discord"]) == (False, "ok")
            assert found["database"] != "ok"
            assert (await page(bot, "/live"))[0] == 200
        assert (await becomes(bot, 200))["ready"]
        fake.gateway.accepting = False
        fake.gateway.cut()
        assert (await becomes(bot, 503))["discord"] == "Discord is not connected."
        fake.gateway.accepting = True
        assert (await becomes(bot, 200))["ready"]
        assert await bot.terminate() == 0


async def page(bot: RunningBot, path: str) -> tuple[int, dict[str, object]]:
    (port,) = re.findall(r"health pages are served on 127\.0\.0\.1 port (\d+)", bot.output)
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.json()


async def becomes(bot: RunningBot, status: int) -> dict[str, object]:
    """What `/ready` says when it first answers so."""
    async with asyncio.timeout(LONG):
        while True:
            found, said = await page(bot, "/ready")
            if found == status:
                return said
            await asyncio.sleep(0.1)
