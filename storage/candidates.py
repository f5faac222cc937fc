"""What an edition is composed from, beside the articles themselves: who carried them, and what was told before."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, distinct, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.articles import sources_for
from storage.rows import values
from storage.tables import appearances, editions, sources, subscriptions
from storage.types import Carrier, EditionState, Told


class Candidates:
    """Repository of what selection asks for."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def carriers(self, article_ids: Sequence[int], server_id: int | None) -> dict[int, list[Carrier]]:
        """Which sources carried each article, oldest first, and what the server chose for them.

        A server is told only of sources it follows, paused ones not among them, and of the operator's own; None tells
        of all.
        """
        followed = and_(subscriptions.c.source_id == sources.c.source_id, subscriptions.c.server_id == server_id)
        query = (
            select(
                appearances.c.article_id,
                appearances.c.link,
                sources.c.source_id,
                sources.c.title,
                sources.c.address,
                func.coalesce(subscriptions.c.label, sources.c.title).label("name"),
                func.coalesce(subscriptions.c.weight, 1.0).label("weight"),
                func.coalesce(subscriptions.c.rules, "").label("rules"),
            )
            .join(sources, sources.c.source_id == appearances.c.source_id)
            .join(subscriptions, followed, isouter=True)
            .where(appearances.c.article_id.in_(article_ids))
            .order_by(appearances.c.seen_at, sources.c.source_id)
        )
        if server_id is not None:
            query = query.where(or_(sources.c.for_everyone, subscriptions.c.paused.is_(False)))
        found: dict[int, list[Carrier]] = {article_id: [] for article_id in article_ids}
        for carrier in values(Carrier, await self._connection.execute(query)):
            found[carrier.article_id].append(carrier)
        return found

    async def count_new(self, server_id: int, start: datetime, end: datetime) -> int:
        """How many articles the sources of a server carried for the first time in (start, end]."""
        its_sources = list(await self._connection.scalars(sources_for(server_id, paused_too=False)))
        earlier = appearances.alias()
        before = exists().where(
            earlier.c.article_id == appearances.c.article_id,
            earlier.c.source_id.in_(its_sources),
            earlier.c.seen_at <= start,
        )
        query = select(func.count(distinct(appearances.c.article_id))).where(
            appearances.c.source_id.in_(its_sources),
            appearances.c.seen_at > start,
            appearances.c.seen_at <= end,
            ~before,
        )
        return int(await self._connection.scalar(query) or 0)

    async def list_told(self, digest_id: int, since: datetime, limit: int) -> list[Told]:
        """What the latest editions of a digest told, newest first; those beside the schedule do not count."""
        query = (
            select(editions.c.edition_id, editions.c.due_at, editions.c.content)
            .where(editions.c.digest_id == digest_id, editions.c.moves_window, editions.c.due_at >= since)
            .where(editions.c.state != EditionState.FAILED, editions.c.content.is_not(None))
            .order_by(editions.c.due_at.desc(), editions.c.edition_id.desc())
            .limit(limit)
        )
        return values(Told, await self._connection.execute(query))
