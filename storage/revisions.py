"""What was posted and is told otherwise since: corrected by its source, or removed by the editors of its server."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import NotFound
from storage.rows import columns_of, value, values
from storage.tables import articles, deliveries, editions, told
from storage.types import Delivery, DeliveryState, Edition, EditionState

_EDITION = columns_of(Edition, editions)
_DELIVERY = columns_of(Delivery, deliveries)
_POSTED = (deliveries.c.state == DeliveryState.SENT) & deliveries.c.message_id.is_not(None)


class Revisions:
    """Repository of the changes to posted editions. A part that is to be edited carries its new body until it is."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_unchecked(self, since: datetime, limit: int) -> list[Edition]:
        """Editions due since then that told an article whose text was replaced after they last looked at it."""
        checked = func.coalesce(editions.c.checked_at, editions.c.created_at)
        changed = (
            select(told.c.edition_id)
            .join(articles, articles.c.article_id == told.c.article_id)
            .join(editions, editions.c.edition_id == told.c.edition_id)
            .where(articles.c.updated_at > since, articles.c.updated_at > checked)
            .where(editions.c.due_at > since, editions.c.state == EditionState.SENT)
            .distinct()
            .limit(limit)
        )
        query = select(*_EDITION).where(editions.c.edition_id.in_(changed)).order_by(editions.c.due_at)
        return values(Edition, await self._connection.execute(query))

    async def list_changed(self, edition_id: int) -> list[int]:
        """Ids of the articles of an edition whose text was replaced after it last looked at them."""
        checked = func.coalesce(editions.c.checked_at, editions.c.created_at)
        query = (
            select(told.c.article_id)
            .join(articles, articles.c.article_id == told.c.article_id)
            .join(editions, editions.c.edition_id == told.c.edition_id)
            .where(told.c.edition_id == edition_id, articles.c.updated_at > checked)
        )
        return list(await self._connection.scalars(query.order_by(told.c.article_id)))

    async def take(self, server_id: int, edition_id: int) -> tuple[Edition, list[Delivery]]:
        """An edition with its posted parts, kept from others until the transaction ends. Raises NotFound."""
        query = select(*_EDITION).where(editions.c.server_id == server_id, editions.c.edition_id == edition_id)
        row = (await self._connection.execute(query.with_for_update())).one_or_none()
        if row is None:
            raise NotFound("edition", edition_id)
        posted = select(*_DELIVERY).where(deliveries.c.edition_id == edition_id, _POSTED).order_by(deliveries.c.part)
        return value(Edition, row), values(Delivery, await self._connection.execute(posted))

    async def write(self, edition_id: int, content: dict[str, Any], bodies: Mapping[int, dict[str, Any]]) -> None:
        """What an edition tells now, and by delivery id what its parts are to be edited to."""
        await self._connection.execute(
            update(editions).where(editions.c.edition_id == edition_id).values(content=content)
        )
        for delivery_id, body in bodies.items():
            await self.revise(delivery_id, body)

    async def note_checked(self, edition_id: int, now: datetime) -> None:
        """The articles of an edition were looked at."""
        await self._connection.execute(
            update(editions).where(editions.c.edition_id == edition_id).values(checked_at=now)
        )

    async def list_pending(self, limit: int, edition_id: int | None = None) -> list[tuple[int, Delivery]]:
        """Parts that are to be edited, of one edition or of all, each with the id of its server."""
        query = (
            select(*_DELIVERY, editions.c.server_id)
            .join(editions, editions.c.edition_id == deliveries.c.edition_id)
            .where(_POSTED, deliveries.c.revised_body.is_not(None))
            .order_by(deliveries.c.delivery_id)
        )
        if edition_id is not None:
            query = query.where(deliveries.c.edition_id == edition_id)
        rows = await self._connection.execute(query.limit(limit))
        return [(row.server_id, value(Delivery, row)) for row in rows]

    async def clear(self, delivery: Delivery) -> bool:
        """A part was edited as it said; False when it is to be edited otherwise since, or was."""
        query = select(deliveries.c.revised_body).where(deliveries.c.delivery_id == delivery.delivery_id)
        if await self._connection.scalar(query.with_for_update()) != delivery.revised_body:
            return False
        await self.revise(delivery.delivery_id, None)
        return True

    async def revise(self, delivery_id: int, body: dict[str, Any] | None) -> None:
        """A part is to be edited to this, or not at all."""
        await self._connection.execute(
            update(deliveries).where(deliveries.c.delivery_id == delivery_id).values(revised_body=body)
        )
