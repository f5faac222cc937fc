"""Editions and the ledger of their deliveries: written before anything is sent."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, exists, func, insert, literal, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import leases
from storage.dialects import upsert
from storage.errors import NotFound
from storage.leases import Lease
from storage.rows import columns_of, value, values
from storage.tables import deliveries, editions, told
from storage.types import LIVE, MANUAL, Delivery, DeliveryState, Edition, EditionState, NewDelivery

_COLUMNS = columns_of(Edition, editions)
_UNFINISHED = editions.c.state.in_([EditionState.COMPOSING, EditionState.READY, EditionState.SENDING])
_NOT_BEGUN = editions.c.state.in_([EditionState.COMPOSING, EditionState.READY])
_UNSERVED_STATES = (EditionState.MISSED, EditionState.FAILED)
_UNSERVED = editions.c.state.in_(_UNSERVED_STATES)
_ZONES_APART = timedelta(days=2)
"""No two zones show one date and time farther apart than this."""


class Editions:
    """Repository of editions with their deliveries."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim_slot(
        self,
        server_id: int,
        digest_id: int,
        slot: str,
        due_at: datetime,
        window: tuple[datetime, datetime],
        lease: Lease,
        *,
        moves_window: bool = True,
    ) -> Edition | None:
        """Write the row of a slot and hold it; None when the slot was claimed before, by whomever.

        A slot ahead that is on record as missed was recorded by a clock that had run ahead: that does not count.
        """
        await self._forget_missed(digest_id, slot, lease.now)
        new = {
            **_new_edition(server_id, digest_id, slot, due_at, window, lease.now),
            "state": EditionState.COMPOSING,
            "moves_window": moves_window,
            "lease_attempts": 1,
            **lease.columns,
        }
        statement = upsert(self._connection, editions).values(new).on_conflict_do_nothing().returning(*_COLUMNS)
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else value(Edition, row)

    async def record_missed(self, server_id: int, digest_id: int, slot: str, due_at: datetime, now: datetime) -> bool:
        """Write down that a slot passed unserved; False when the slot has an edition."""
        new = _new_edition(server_id, digest_id, slot, due_at, (due_at, due_at), now)
        statement = (
            upsert(self._connection, editions).values({**new, "state": EditionState.MISSED}).on_conflict_do_nothing()
        )
        return (await self._connection.execute(statement)).rowcount > 0

    async def _forget_missed(self, digest_id: int, slot: str, now: datetime) -> None:
        await self._connection.execute(
            delete(editions).where(
                editions.c.digest_id == digest_id,
                editions.c.slot == slot,
                editions.c.state == EditionState.MISSED,
                editions.c.due_at > now,
            )
        )

    async def claim_unfinished(self, lease: Lease, limit: int) -> list[Edition]:
        """Take over up to `limit` editions that somebody began and nobody holds, oldest first.

        What was made ahead of its slot is left alone until then.
        """
        due = and_(_UNFINISHED, or_(editions.c.state != EditionState.READY, editions.c.due_at <= lease.now))
        ids = await leases.claim(self._connection, editions, due, lease, order=editions.c.due_at.asc(), limit=limit)
        await self._connection.execute(
            update(editions)
            .where(editions.c.edition_id.in_(ids), editions.c.state == EditionState.READY)
            .values(state=EditionState.SENDING)
        )
        query = select(*_COLUMNS).where(editions.c.edition_id.in_(ids)).order_by(editions.c.due_at)
        return values(Edition, await self._connection.execute(query))

    async def list_ready(self, until: datetime) -> list[Edition]:
        """What was made ahead and is due by then, soonest first."""
        query = select(*_COLUMNS).where(editions.c.state == EditionState.READY, editions.c.due_at <= until)
        return values(Edition, await self._connection.execute(query.order_by(editions.c.due_at)))

    async def claim_ready(self, edition_id: int, lease: Lease) -> Edition | None:
        """Begin to send what was made ahead; None when it was withdrawn, somebody else sends it, or the id belongs to
        one by now that is due later: SQLite gives the id of what was withdrawn out again.
        """
        free = or_(editions.c.lease_until.is_(None), editions.c.lease_until <= lease.now)
        is_due = and_(editions.c.state == EditionState.READY, editions.c.due_at <= lease.now)
        statement = (
            update(editions)
            .where(editions.c.edition_id == edition_id, is_due, free)
            .values({"state": EditionState.SENDING, **lease.columns})
            .returning(*_COLUMNS)
        )
        row = (await self._connection.execute(statement)).one_or_none()
        return None if row is None else value(Edition, row)

    async def withdraw(self, digest_id: int, now: datetime) -> int:
        """Drop what was made, or is being made, for slots that are still ahead; how many there were."""
        ahead = and_(editions.c.digest_id == digest_id, _NOT_BEGUN, editions.c.due_at > now)
        return (await self._connection.execute(delete(editions).where(ahead))).rowcount

    async def drop(self, edition_id: int, owner: str) -> None:
        """Forget an edition that this owner holds, as if it had never been begun."""
        await self._connection.execute(
            delete(editions).where(editions.c.edition_id == edition_id, editions.c.lease_owner == owner)
        )

    async def keep_hold(self, edition_id: int, lease: Lease) -> bool:
        """Extend a hold; False when another process has taken the edition over."""
        return await self._change_held(edition_id, lease.owner, lease.columns)

    async def release_all(self, owner: str) -> None:
        """Give back all editions that are held by owners whose name begins so."""
        await leases.release_all(self._connection, editions, owner)

    async def freeze(
        self,
        edition_id: int,
        owner: str,
        content: dict[str, Any],
        article_ids: Iterable[int],
        parts: Sequence[NewDelivery],
        *,
        ahead: bool = False,
    ) -> bool:
        """Write what the edition tells and every part as it will be sent; False when another process holds it.

        Made `ahead` of its slot, it is given back until then.
        """
        changes: dict[str, Any] = {"content": content, "state": EditionState.SENDING}
        if ahead:
            changes |= {"state": EditionState.READY, **leases.FREE}
        if not await self._change_held(edition_id, owner, changes):
            return False
        told_rows = [{"edition_id": edition_id, "article_id": article_id} for article_id in set(article_ids)]
        if told_rows:
            await self._connection.execute(insert(told), told_rows)
        rows = [{**asdict(part), "edition_id": edition_id, **_UNTRIED} for part in parts]
        if rows:
            await self._connection.execute(insert(deliveries), rows)
        return True

    async def finish(
        self, edition_id: int, owner: str, state: EditionState, content: dict[str, Any] | None = None
    ) -> bool:
        """Close an edition in a final state and give it back; False when another owner holds it.

        An empty one has its content written down here: what was looked at, and why nothing is told.
        """
        changes = {"state": state, **leases.FREE, **({} if content is None else {"content": content})}
        return await self._change_held(edition_id, owner, changes)

    async def fail(self, edition_id: int, owner: str, article_ids: Collection[int]) -> bool:
        """Close an edition that is given up: of what it was to tell, only these articles were told."""
        if not await self.finish(edition_id, owner, EditionState.FAILED):
            return False
        untold = and_(told.c.edition_id == edition_id, told.c.article_id.not_in(article_ids))
        await self._connection.execute(delete(told).where(untold))
        return True

    async def abandon(self, digest_id: int) -> None:
        """Close what was begun for a digest that is being removed."""
        await self._connection.execute(
            update(editions)
            .where(editions.c.digest_id == digest_id, _UNFINISHED)
            .values({"state": EditionState.FAILED, **leases.FREE})
        )

    async def get(self, server_id: int, edition_id: int) -> Edition:
        """One edition of that server; raises NotFound."""
        query = select(*_COLUMNS).where(editions.c.server_id == server_id, editions.c.edition_id == edition_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("edition", edition_id)
        return value(Edition, row)

    async def find_slot(self, digest_id: int, slot: str) -> Edition | None:
        """The edition of a slot."""
        query = select(*_COLUMNS).where(editions.c.digest_id == digest_id, editions.c.slot == slot)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else value(Edition, row)

    async def list_of_digest(self, digest_id: int) -> list[Edition]:
        """All editions of a digest, by slot."""
        query = select(*_COLUMNS).where(editions.c.digest_id == digest_id).order_by(editions.c.due_at)
        return values(Edition, await self._connection.execute(query))

    async def list_recent(self, server_id: int, digest_id: int, count: int) -> list[Edition]:
        """The newest editions of a digest of that server that are frozen or over, newest first."""
        mine = and_(editions.c.server_id == server_id, editions.c.digest_id == digest_id)
        query = select(*_COLUMNS).where(mine, editions.c.state != EditionState.COMPOSING)
        return values(Edition, await self._connection.execute(query.order_by(editions.c.due_at.desc()).limit(count)))

    async def previous(self, edition: Edition) -> Edition | None:
        """The edition of the same digest that was due last before this one, whatever became of it, unless it had
        nothing to tell.
        """
        earlier = and_(editions.c.digest_id == edition.digest_id, editions.c.due_at < edition.due_at)
        query = (
            select(*_COLUMNS)
            .where(earlier, editions.c.state != EditionState.EMPTY)
            .order_by(editions.c.due_at.desc())
            .limit(1)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else value(Edition, row)

    async def message_before(self, edition: Edition) -> Delivery | None:
        """The first message of the last edition of the same digest that stands in a channel, before this one."""
        query = (
            select(*columns_of(Delivery, deliveries))
            .join(editions)
            .where(
                editions.c.digest_id == edition.digest_id,
                editions.c.due_at < edition.due_at,
                deliveries.c.part == 0,
                deliveries.c.message_id.is_not(None),
            )
            .order_by(editions.c.due_at.desc())
        )
        row = (await self._connection.execute(query.limit(1))).one_or_none()
        return None if row is None else value(Delivery, row)

    async def slots_since(self, digest_id: int, since: datetime, now: datetime) -> set[str]:
        """The slots that are not to be served any more, with those shortly before, which may come again in another
        zone. A missed one did not go out: it may come again there, or when a wrong clock took it for missed.
        """
        missed = editions.c.state == EditionState.MISSED
        counts = or_(~missed, and_(editions.c.due_at > since, editions.c.due_at <= now))
        lately = editions.c.due_at >= since - _ZONES_APART
        query = select(editions.c.slot).where(editions.c.digest_id == digest_id, lately, counts)
        return set(await self._connection.scalars(query))

    async def has_manual_since(self, digest_id: int, since: datetime) -> bool:
        """Somebody asked for an edition beside the schedule since then, or one is still under way."""
        recent = or_(editions.c.created_at > since, _UNFINISHED)
        query = select(editions.c.edition_id).where(
            editions.c.digest_id == digest_id, editions.c.slot.startswith(MANUAL), recent
        )
        return await self._connection.scalar(query.limit(1)) is not None

    async def window_end(self, digest_id: int, *, besides: int | None = None) -> datetime | None:
        """Up to when the editions of a digest have looked, `besides` one; not the manual, missed and failed ones.

        One of a live digest has told one story of its window, in which others may still wait for their turn.
        """
        others = true() if besides is None else editions.c.edition_id != besides
        looked = case((editions.c.slot.startswith(LIVE), editions.c.window_start), else_=editions.c.window_end)
        return await self._date(func.max(looked), digest_id, ~_UNSERVED, others)

    async def has_looked_ahead(self, digest_id: int, now: datetime) -> bool:
        """An edition looked at a time that has not come yet: the clock was wrong then."""
        query = select(editions.c.edition_id).where(*_looking_ahead(digest_id, now)).limit(1)
        return await self._connection.scalar(query) is not None

    async def put_right(self, digest_id: int, now: datetime) -> None:
        """Write down that such editions have looked at no more than the time up to now."""
        statement = update(editions).where(*_looking_ahead(digest_id, now)).values(window_end=now)
        await self._connection.execute(statement)

    async def has_looked_before(self, digest_id: int, end: datetime) -> bool:
        """An edition that moves the window has looked at a time that ended before that."""
        stopped = await self._date(func.min(editions.c.window_end), digest_id, ~_UNSERVED)
        return stopped is not None and stopped < end

    async def untold_since(self, digest_id: int) -> datetime | None:
        """From when on news were gathered for editions that failed, as far as no other has looked at that time."""
        later = editions.alias()
        looked = exists().where(
            later.c.digest_id == digest_id,
            later.c.moves_window,
            later.c.state.not_in(_UNSERVED_STATES),
            later.c.window_start < editions.c.window_end,
            later.c.window_end >= editions.c.window_end,
        )
        failed = editions.c.state == EditionState.FAILED
        return await self._date(func.min(editions.c.window_start), digest_id, failed, ~looked)

    async def first_due(self, digest_id: int) -> datetime | None:
        """When the first scheduled edition of a digest was due, missed ones included."""
        return await self._date(func.min(editions.c.due_at), digest_id)

    async def _date(
        self, date: ColumnElement[datetime], digest_id: int, *conditions: ColumnElement[bool]
    ) -> datetime | None:
        query = select(date).where(editions.c.digest_id == digest_id, editions.c.moves_window, *conditions)
        found: datetime | None = await self._connection.scalar(query)
        return found

    async def list_deliveries(self, edition_id: int) -> list[Delivery]:
        """The parts of an edition in order."""
        query = select(*columns_of(Delivery, deliveries)).where(deliveries.c.edition_id == edition_id)
        return values(Delivery, await self._connection.execute(query.order_by(deliveries.c.part)))

    async def get_delivery(self, delivery_id: int) -> Delivery:
        """One part; raises NotFound."""
        query = select(*columns_of(Delivery, deliveries)).where(deliveries.c.delivery_id == delivery_id)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("delivery", delivery_id)
        return value(Delivery, row)

    async def start_attempt(self, delivery_id: int, now: datetime) -> None:
        """Write down that a part is about to be sent: from here on, its outcome is unknown until recorded."""
        await self._change_delivery(
            delivery_id,
            state=DeliveryState.SENDING,
            attempts=deliveries.c.attempts + 1,
            first_attempt_at=func.coalesce(deliveries.c.first_attempt_at, now),
        )

    async def forget_attempt(self, delivery_id: int) -> None:
        """Write down that the attempt just begun certainly did not reach Discord."""
        before = deliveries.c.attempts - 1
        states = [literal(state, deliveries.c.state.type) for state in (DeliveryState.SENDING, DeliveryState.PENDING)]
        await self._change_delivery(
            delivery_id,
            attempts=before,
            state=case((before > 0, states[0]), else_=states[1]),
            first_attempt_at=case((before > 0, deliveries.c.first_attempt_at), else_=None),
        )

    async def rewrite(self, delivery_id: int, body: dict[str, Any]) -> None:
        """Write down that a part is sent with another body than the one that was frozen."""
        await self._change_delivery(delivery_id, body=body)

    async def record_sent(self, delivery_id: int, message_id: int | None, posted_in: int, now: datetime) -> None:
        """Write down that a part is in its channel, or was and has been deleted: `message_id` is None then."""
        where = {"message_id": message_id, "posted_in": posted_in, "sent_at": now}
        await self._change_delivery(delivery_id, state=DeliveryState.SENT, error=None, **where)

    async def record_failed(self, delivery_id: int, error: str) -> None:
        """Write down that a part will not be sent, and why."""
        await self._change_delivery(delivery_id, state=DeliveryState.FAILED, error=error)

    async def _change_delivery(self, delivery_id: int, **changes: Any) -> None:
        await self._connection.execute(
            update(deliveries).where(deliveries.c.delivery_id == delivery_id).values(changes)
        )

    async def _change_held(self, edition_id: int, owner: str, changes: dict[str, Any]) -> bool:
        statement = (
            update(editions)
            .where(editions.c.edition_id == edition_id, editions.c.lease_owner == owner, _UNFINISHED)
            .values(changes)
        )
        return (await self._connection.execute(statement)).rowcount > 0


_UNTRIED = {"state": DeliveryState.PENDING, "attempts": 0}


def _looking_ahead(digest_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return editions.c.digest_id == digest_id, editions.c.due_at > now, editions.c.window_end > now


def _new_edition(
    server_id: int, digest_id: int, slot: str, due_at: datetime, window: tuple[datetime, datetime], now: datetime
) -> dict[str, Any]:
    return {
        "server_id": server_id,
        "digest_id": digest_id,
        "slot": slot,
        "due_at": due_at,
        "window_start": window[0],
        "window_end": window[1],
        "created_at": now,
        "moves_window": True,
    }
