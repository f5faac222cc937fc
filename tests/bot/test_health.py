"""The health pages say what is wrong, and with a status that machines read. FAULTS 47: readiness is red meanwhile."""

import asyncio

import aiohttp
import pytest

from bot.errors import SettingsError
from bot.health import GatewayWatch, database_check, serving_health
from storage import Storage


async def get(port, page):
    async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{port}{page}") as answer:
        return answer.status, await answer.json()


async def well():
    return None


async def test_a_process_that_is_well_is_live_and_ready():
    async with serving_health("127.0.0.1", 0, {"database": well, "discord": well}) as port:
        assert await get(port, "/live") == (200, {"live": True})
        assert await get(port, "/ready") == (200, {"ready": True, "database": "ok", "discord": "ok"})


async def test_a_lost_database_is_not_ready_until_it_is_back(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    storage = Storage(f"sqlite+aiosqlite:///{home / 'dateline.sqlite3'}")
    await storage.open()
    await storage.close()  # the next transaction opens the file anew
    async with serving_health("127.0.0.1", 0, {"database": database_check(storage), "discord": well}) as port:
        assert (await get(port, "/ready"))[0] == 200
        await storage.close()
        home.rename(tmp_path / "elsewhere")
        status, found = await get(port, "/ready")
        assert (status, found["ready"], found["discord"]) == (503, False, "ok")
        assert found["database"] == "The database is not available: its file cannot be opened."
        assert (await get(port, "/live"))[0] == 200
        (tmp_path / "elsewhere").rename(home)
        assert (await get(port, "/ready"))[0] == 200
    await storage.close()


async def test_discord_is_ready_between_its_events():
    watch = GatewayWatch()
    async with serving_health("127.0.0.1", 0, {"discord": watch.check}) as port:
        seen = [(await get(port, "/ready"))[0]]
        for event in (watch.on_ready, watch.on_disconnect, watch.on_resumed, watch.on_disconnect, watch.on_ready):
            await event()
            seen.append((await get(port, "/ready"))[0])
    assert seen == [503, 200, 503, 200, 503, 200]


async def test_a_check_that_hangs_is_an_answer_too():
    async with serving_health("127.0.0.1", 0, {"database": asyncio.Event().wait}, patience=0.05) as port:
        status, found = await get(port, "/ready")
    assert status == 503
    assert found["database"] == "No answer within 0.05 seconds."


async def test_without_a_port_nothing_is_served():
    async with serving_health("127.0.0.1", None, {}) as port:
        assert port is None


async def test_a_port_in_use_is_refused_in_words():
    async with serving_health("127.0.0.1", 0, {}) as port:
        with pytest.raises(SettingsError, match=f"DATELINE_METRICS_PORT: 127.0.0.1:{port} cannot be used"):
            async with serving_health("127.0.0.1", port, {}):
                pass
