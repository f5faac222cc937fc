"""Whether the bot is well, over HTTP, for those who watch over processes.

`/live`: the event loop answers. `/ready`: the database takes changes and Discord is connected; 503 and what is wrong
otherwise. Both answer in JSON.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import SettingsError
from storage import Storage, Unavailable

log = logging.getLogger(__name__)

WELL = "ok"
PATIENCE = 5.0  # seconds

Check = Callable[[], Awaitable[str | None]]
"""What is wrong, in words; None when all is well."""


class GatewayWatch:
    """Whether Discord is connected, by what discord.py's events say."""

    def __init__(self) -> None:
        self._connected = False

    async def on_ready(self) -> None:
        """A session began."""
        self._connected = True

    async def on_resumed(self) -> None:
        """A session goes on after a loss."""
        self._connected = True

    async def on_disconnect(self) -> None:
        """The connection was lost, or could not be made."""
        self._connected = False

    async def check(self) -> str | None:
        """For `/ready`."""
        return None if self._connected else "Discord is not connected."


def database_check(storage: Storage) -> Check:
    """Whether the database takes changes at this moment."""

    async def check() -> str | None:
        try:
            await storage.check()
        except Unavailable as outage:
            return f"The database is not available: {outage.reason}."
        return None

    return check


def health_app(checks: Mapping[str, Check], patience: float = PATIENCE) -> web.Application:
    """The two pages; `checks` are named by what they look at."""

    async def live(_: web.Request) -> web.Response:
        return web.json_response({"live": True})

    async def ready(_: web.Request) -> web.Response:
        found = dict(
            zip(checks, await asyncio.gather(*(_run(check, patience) for check in checks.values())), strict=True)
        )
        is_ready = all(state == WELL for state in found.values())
        return web.json_response({"ready": is_ready, **found}, status=200 if is_ready else 503)

    app = web.Application()
    app.add_routes([web.get("/live", live), web.get("/ready", ready)])
    return app


async def _run(check: Check, patience: float) -> str:
    try:
        async with asyncio.timeout(patience):
            return await check() or WELL
    except TimeoutError:
        return f"No answer within {patience:g} seconds."


@asynccontextmanager
async def serving_health(
    host: str, port: int | None, checks: Mapping[str, Check], patience: float = PATIENCE
) -> AsyncIterator[int | None]:
    """Serve the pages, unless `port` is None; gives the port, which 0 lets the system choose. Raises SettingsError."""
    if port is None:
        yield None
        return
    runner = web.AppRunner(health_app(checks, patience), access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise SettingsError(f"DATELINE_METRICS_PORT: {host}:{port} cannot be used: {error.strerror}.") from None
        chosen = int(runner.addresses[0][1])
        log.info("health pages are served on %s port %d", host, chosen)
        yield chosen
    finally:
        await runner.cleanup()
