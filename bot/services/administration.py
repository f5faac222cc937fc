"""What the admins of a server choose for all of it."""

from datetime import datetime
from typing import Any

from bot.errors import DigestError
from bot.services.editions import Editions
from bot.services.moments import parse_until
from bot.services.ports import Clock
from bot.services.rules import parse_rules
from bot.services.timezones import parse_timezone
from storage import NotFound, Server, Storage

UTC_NAME = "UTC"


class Administration:
    """Use cases around a server's own settings."""

    def __init__(self, storage: Storage, editions: Editions, clock: Clock) -> None:
        self._storage = storage
        self._editions = editions
        self._clock = clock

    async def get(self, server_id: int) -> Server:
        """What holds now; a server that was not known yet has chosen nothing."""
        async with self._storage.begin() as tx:
            await tx.servers.ensure(server_id, self._clock.now())
            return await tx.servers.get(server_id)

    async def choose_notices_channel(self, server_id: int, channel_id: int | None) -> Server:
        """Have notices told there; None: to the owner. Raises DigestError for a channel in which a digest is posted."""
        async with self._storage.reading() as tx:
            posted_there = [d for d in await tx.digests.list_all(server_id) if d.channel_id == channel_id]
        if posted_there:
            name = posted_there[0].name
            raise DigestError(f"“{name}” is posted there, and notices are not for its readers. Choose another channel.")
        return await self._change(server_id, notices_channel_id=channel_id)

    async def choose_timezone(self, server_id: int, text: str) -> Server:
        """The zone that is offered where one is asked for; nothing typed: none. Raises DigestError."""
        return await self._change(server_id, timezone=parse_timezone(text) if text.strip() else None)

    async def choose_rules(self, server_id: int, text: str) -> Server:
        """What no digest of the server tells, and what all of them do. Raises DigestError."""
        server = await self._change(server_id, rules=str(parse_rules(text)))
        await self._withdraw_editions(server_id)
        return server

    async def end_of_pause(self, server_id: int, text: str) -> datetime:
        """When a pause would end, by the clock of the server. Raises DigestError for what is no date ahead."""
        until = parse_until(text, await self.timezone(server_id), self._clock.now())
        if until is None:
            raise DigestError("A pause of the whole server needs an end. Write a date like `2026-12-24` or `2 weeks`.")
        return until

    async def pause(self, server_id: int, until: datetime) -> Server:
        """Post nothing in the whole server until then; what was made ahead is dropped."""
        server = await self._change(server_id, paused_until=until)
        await self._withdraw_editions(server_id)
        return server

    async def end_pause(self, server_id: int) -> Server:
        """Go on now; what came during the pause is counted, and its last day told."""
        server = await self.get(server_id)
        now = self._clock.now()
        if server.paused_until is None or server.paused_until <= now:
            return server
        return await self._change(server_id, paused_until=now)

    async def timezone(self, server_id: int) -> str:
        """Whose clock is meant in a server: its own zone, else that of its first digest, else UTC."""
        server = await self.get(server_id)
        async with self._storage.reading() as tx:
            digests = await tx.digests.list_all(server_id)
        return server.timezone or next((digest.timezone for digest in digests), UTC_NAME)

    async def lose_channel(self, server_id: int, channel_id: int) -> None:
        """A channel was deleted: notices that went there go to the owner."""
        async with self._storage.begin() as tx:
            try:
                server = await tx.servers.get(server_id)
            except NotFound:
                return
            if server.notices_channel_id == channel_id:
                await tx.servers.change(server_id, notices_channel_id=None)

    async def forget(self, server_id: int) -> None:
        """Keep nothing of a server."""
        async with self._storage.begin() as tx:
            await tx.servers.remove(server_id)

    async def _change(self, server_id: int, **changes: Any) -> Server:
        async with self._storage.begin() as tx:
            await tx.servers.ensure(server_id, self._clock.now())
            return await tx.servers.change(server_id, **changes)

    async def _withdraw_editions(self, server_id: int) -> None:
        """What was made ahead was made for what held before."""
        async with self._storage.reading() as tx:
            digests = await tx.digests.list_all(server_id)
        for digest in digests:
            await self._editions.withdraw(digest)
