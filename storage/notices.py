"""What the admins of a server are told: one row a cause, from when it is raised until it is gone."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import leases
from storage.columns import UtcDateTime
from storage.dialects import upsert
from storage.errors import NotFound
from storage.leases import Lease
from storage.rows import columns_of, value, values
from storage.tables import notices
from storage.types import Notice, NoticeState

_COLUMNS = columns_of(Notice, notices)
_STANDING = notices.c.state != NoticeState.CLOSED


class Notices:
    """Repository of notices. `next_attempt_at` is when their message is next to be sent or edited, if it is."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(self, server_id: int, cause: str, body: dict[str, Any], now: datetime) -> bool:
        """Have a cause told; False when it stands already."""
        fresh = {**_untold(body, now), **leases.FREE}
        row = {"server_id": server_id, "cause": cause, **fresh}
        if (
            await self._connection.execute(upsert(self._connection, notices).values(row).on_conflict_do_nothing())
        ).rowcount:
            return True
        reopened = update(notices).where(notices.c.server_id == server_id, notices.c.cause == cause, ~_STANDING)
        return (await self._connection.execute(reopened.values(fresh))).rowcount > 0

    async def revise(self, server_id: int, notice_id: int, body: dict[str, Any], now: datetime) -> None:
        """Give a notice another body; its message, when it has one, is to be edited."""
        await self._connection.execute(
            update(notices).where(*_own(server_id, notice_id)).values(body=body, next_attempt_at=_edit_at(now))
        )

    async def close(self, server_id: int, notice_id: int, body: dict[str, Any], now: datetime) -> None:
        """The cause is gone: what was told is to be edited to this, and what was not told yet is told no more."""
        to_edit = case((notices.c.message_id.is_not(None), literal(now, UtcDateTime())), else_=None)
        await self._connection.execute(
            update(notices)
            .where(*_own(server_id, notice_id))
            .values(body=body, state=NoticeState.CLOSED, next_attempt_at=to_edit)
        )

    async def claim_due(self, lease: Lease, limit: int, notice_id: int | None = None) -> list[Notice]:
        """Take up to `limit` notices whose message is to be sent or edited, longest waiting first, or just one."""
        due = notices.c.next_attempt_at <= lease.now
        if notice_id is not None:
            due = and_(due, notices.c.notice_id == notice_id)
        order = notices.c.next_attempt_at.asc()
        ids = await leases.claim(self._connection, notices, due, lease, order=order, limit=limit)
        query = select(*_COLUMNS).where(notices.c.notice_id.in_(ids)).order_by(notices.c.raised_at)
        return values(Notice, await self._connection.execute(query))

    async def record_shown(self, notice: Notice, owner: str, message: tuple[int, int | None], now: datetime) -> bool:
        """Channel and message now say what the notice said when it was claimed; False when somebody else holds it.

        What was changed meanwhile is to be edited in at once.
        """
        query = select(*_COLUMNS).where(notices.c.notice_id == notice.notice_id, notices.c.lease_owner == owner)
        row = (await self._connection.execute(query.with_for_update())).one_or_none()
        if row is None:
            return False
        present = value(Notice, row)
        unchanged = (present.body, present.state) == (notice.body, notice.state)
        channel_id, message_id = message
        changes: dict[str, Any] = {
            "channel_id": channel_id,
            "message_id": message_id,
            "attempts": 0,
            "next_attempt_at": None if unchanged else now,
            **leases.FREE,
        }
        if present.told_at is None:
            changes["told_at"] = now
        if present.state is NoticeState.OPEN:
            changes["state"] = NoticeState.TOLD
        await self._connection.execute(update(notices).where(notices.c.notice_id == notice.notice_id).values(changes))
        return True

    async def postpone(self, notice_id: int, owner: str, until: datetime) -> None:
        """It could not be shown now: give it back, to be tried again then."""
        await self._connection.execute(
            update(notices)
            .where(notices.c.notice_id == notice_id, notices.c.lease_owner == owner)
            .values(attempts=notices.c.attempts + 1, next_attempt_at=until, **leases.FREE)
        )

    async def release_all(self, owner: str) -> None:
        """Give back all notices that are held by owners whose name begins so."""
        await leases.release_all(self._connection, notices, owner)

    async def get(self, server_id: int, notice_id: int) -> Notice:
        """One notice of that server; raises NotFound."""
        row = (await self._connection.execute(select(*_COLUMNS).where(*_own(server_id, notice_id)))).one_or_none()
        if row is None:
            raise NotFound("notice", notice_id)
        return value(Notice, row)

    async def find(self, server_id: int, cause: str) -> Notice | None:
        """The notice of a cause, standing or closed."""
        query = select(*_COLUMNS).where(notices.c.server_id == server_id, notices.c.cause == cause)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else value(Notice, row)

    async def list_standing(self, server_id: int) -> list[Notice]:
        """The notices of a server whose cause is not gone, oldest first."""
        query = select(*_COLUMNS).where(notices.c.server_id == server_id, _STANDING)
        query = query.order_by(notices.c.raised_at, notices.c.notice_id)
        return values(Notice, await self._connection.execute(query))

    async def list_standing_causes(self, kind: str) -> set[tuple[int, str]]:
        """Server and cause of the notices of one kind that stand: of "source-failing" also "source-failing:12"."""
        causes = notices.c.cause.startswith(f"{kind}:", autoescape=True)
        query = select(notices.c.server_id, notices.c.cause).where(_STANDING, causes)
        return {(row.server_id, row.cause) for row in await self._connection.execute(query)}


def _untold(body: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        "body": body,
        "state": NoticeState.OPEN,
        "raised_at": now,
        "told_at": None,
        "attempts": 0,
        "next_attempt_at": now,
        "channel_id": None,
        "message_id": None,
    }


def _edit_at(now: datetime) -> Any:
    """A message that stands is edited now; one that is still to be sent keeps its time."""
    return case((notices.c.state == NoticeState.OPEN, notices.c.next_attempt_at), else_=literal(now, UtcDateTime()))


def _own(server_id: int, notice_id: int) -> tuple[Any, Any]:
    return notices.c.server_id == server_id, notices.c.notice_id == notice_id
