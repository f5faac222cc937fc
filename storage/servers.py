"""The Discord servers Dateline is in."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialects import upsert
from storage.errors import NotFound
from storage.rows import columns_of, value
from storage.tables import articles, briefs, servers
from storage.types import Server, server_scope

_COLUMNS = columns_of(Server, servers)


class Servers:
    """Repository of servers."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ensure(self, server_id: int, now: datetime) -> None:
        """Know the server from now on; nothing happens when it is known already."""
        await self._connection.execute(
            upsert(self._connection, servers).values(server_id=server_id, added_at=now).on_conflict_do_nothing()
        )

    async def get(self, server_id: int) -> Server:
        """One server; raises NotFound."""
        row = (await self._connection.execute(select(*_COLUMNS).where(servers.c.server_id == server_id))).one_or_none()
        if row is None:
            raise NotFound("server", server_id)
        return value(Server, row)

    async def change(self, server_id: int, **changes: Any) -> Server:
        """Give a server other settings, named like the fields of Server. Raises NotFound."""
        await self._connection.execute(update(servers).where(servers.c.server_id == server_id).values(changes))
        return await self.get(server_id)

    async def list_ids(self) -> list[int]:
        """All known servers."""
        return list(await self._connection.scalars(select(servers.c.server_id).order_by(servers.c.server_id)))

    async def remove(self, server_id: int) -> None:
        """Forget a server with its subscriptions, digests and editions, and what its members handed in."""
        for table in (articles, briefs):
            await self._connection.execute(delete(table).where(table.c.scope == server_scope(server_id)))
        await self._connection.execute(delete(servers).where(servers.c.server_id == server_id))
