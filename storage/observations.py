"""What a look over all servers shows: sources that fail, sources that fell silent, editions with nothing in them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, func, null, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.sources import SUBSCRIPTIONS, subscription_of
from storage.tables import appearances, digests, editions, sources, subscriptions, told
from storage.types import EditionState, Subscription

_UNREADABLE = and_(sources.c.last_error.is_not(None), sources.c.next_poll_at.is_(None))
_DONE = editions.c.state.in_([EditionState.SENT, EditionState.EMPTY])


@dataclass(frozen=True)
class Result:
    """What came of one scheduled edition."""

    server_id: int
    digest_id: int
    name: str  # of the digest
    due_at: datetime
    has_told: bool  # at least one article
    content: dict[str, Any] | None  # only of one that told nothing


class Observations:
    """Questions over all servers, for those who watch over them; paused subscriptions and digests are left out."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_failing(self, failures: int) -> list[Subscription]:
        """Sources that failed at least so many times in a row, or are not asked any more, once per server."""
        failing = or_(sources.c.failures >= failures, _UNREADABLE)
        return await self._followed(failing)

    async def list_quiet(self, since: datetime) -> list[Subscription]:
        """Sources that are read well and brought something once, but nothing since then."""
        latest = exists().where(appearances.c.source_id == sources.c.source_id, appearances.c.seen_at > since)
        anything = exists().where(appearances.c.source_id == sources.c.source_id)
        return await self._followed(
            and_(sources.c.last_success_at > since, sources.c.last_error.is_(None), ~latest, anything)
        )

    async def list_arrivals(self, source_id: int, since: datetime) -> list[tuple[datetime, int]]:
        """When articles of a source came since then, and how many at once; oldest first."""
        query = (
            select(appearances.c.seen_at, func.count().label("articles"))
            .where(appearances.c.source_id == source_id, appearances.c.seen_at > since)
            .group_by(appearances.c.seen_at)
            .order_by(appearances.c.seen_at)
        )
        return [(row.seen_at, row.articles) for row in await self._connection.execute(query)]

    async def list_results(self, count: int, since: datetime) -> list[Result]:
        """The last `count` scheduled editions of every digest, newest first per digest.

        Only those that were due since then, and since the digest was last edited or resumed.
        """
        something = exists().where(told.c.edition_id == editions.c.edition_id)
        newest_first = func.row_number().over(
            partition_by=editions.c.digest_id, order_by=(editions.c.due_at.desc(), editions.c.edition_id.desc())
        )
        ranked = (
            select(editions.c.edition_id, newest_first.label("place"))
            .where(_DONE, editions.c.moves_window, editions.c.due_at > since, editions.c.digest_id.is_not(None))
            .subquery()
        )
        query = (
            select(
                editions.c.server_id,
                editions.c.digest_id,
                digests.c.name,
                editions.c.due_at,
                something.label("has_told"),
                # What was told is not read: a month of it weighs megabytes.
                case((something, null()), else_=editions.c.content).label("content"),
            )
            .join(ranked, ranked.c.edition_id == editions.c.edition_id)
            .join(digests, digests.c.digest_id == editions.c.digest_id)
            .where(ranked.c.place <= count, ~digests.c.paused, editions.c.due_at >= digests.c.active_since)
            .order_by(editions.c.digest_id, ranked.c.place)
        )
        return [Result(**row._mapping) for row in await self._connection.execute(query)]

    async def _followed(self, condition: Any) -> list[Subscription]:
        query = SUBSCRIPTIONS.where(condition, ~subscriptions.c.paused)
        query = query.order_by(subscriptions.c.server_id, subscriptions.c.source_id)
        return [subscription_of(row) for row in await self._connection.execute(query)]
