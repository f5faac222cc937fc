"""What live digests told: editions of one story, whose slots are named after it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows import columns_of, values
from storage.tables import editions
from storage.types import LIVE, LiveBrief

_COLUMNS = columns_of(LiveBrief, editions)


class LiveBriefs:
    """Repository of the briefs of live digests."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_briefs(self, digest_id: int, since: datetime) -> list[LiveBrief]:
        """The briefs that a digest told, or began to tell, since then, in order."""
        query = select(*_COLUMNS).where(
            editions.c.digest_id == digest_id, editions.c.due_at >= since, editions.c.slot.startswith(LIVE)
        )
        return values(LiveBrief, await self._connection.execute(query.order_by(editions.c.due_at)))
