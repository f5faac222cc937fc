"""Briefs that were made already: the same text with the same options is condensed once."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialects import upsert
from storage.errors import NotFound
from storage.tables import briefs


class Briefs:
    """Repository of briefs, as JSON; `key` covers the text, the options, and whose text it is."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, key: str) -> tuple[int, dict[str, Any]] | None:
        """The id and content of the brief with that key."""
        row = (await self._connection.execute(select(briefs).where(briefs.c.key == key))).one_or_none()
        return None if row is None else (row.brief_id, row.content)

    async def get(self, brief_id: int, scope: str) -> dict[str, Any]:
        """The content of a brief of a text with that scope; raises NotFound, also for texts of others."""
        query = select(briefs.c.content).where(briefs.c.brief_id == brief_id, briefs.c.scope == scope)
        content = await self._connection.scalar(query)
        if content is None:
            raise NotFound("brief", brief_id)
        return dict(content)

    async def keep(self, key: str, scope: str, content: dict[str, Any], now: datetime) -> int:
        """Store a brief and return its id; one that is there already under that key stays as it is."""
        await self._connection.execute(
            upsert(self._connection, briefs)
            .values(key=key, scope=scope, content=content, made_at=now)
            .on_conflict_do_nothing()
        )
        return int((await self._connection.execute(select(briefs.c.brief_id).where(briefs.c.key == key))).scalar_one())
