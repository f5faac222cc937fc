"""Leases: work is rows, and whoever works on a row holds it for a while. A crash costs the rest of that while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True)
class Lease:
    """Claim of one process on rows until a moment."""

    owner: str
    now: datetime
    duration: timedelta

    @property
    def until(self) -> datetime:
        """When others may take the rows over."""
        return self.now + self.duration

    @property
    def columns(self) -> dict[str, Any]:
        """What a claimed row says."""
        return {"lease_owner": self.owner, "lease_until": self.until}


FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}
"""What a row says that nobody works on."""


async def claim(
    connection: AsyncConnection,
    table: Table,
    due: ColumnElement[bool],
    lease: Lease,
    *,
    order: ColumnElement[Any],
    limit: int,
) -> Sequence[int]:
    """Take up to `limit` rows that are due and that nobody holds; returns their ids in `order`."""
    key = table.primary_key.columns[0]
    free = or_(table.c.lease_until.is_(None), table.c.lease_until <= lease.now)
    # SQLite renders no FOR UPDATE: there, the transaction itself has begun IMMEDIATE.
    query = select(key).where(due, free).order_by(order).limit(limit).with_for_update(skip_locked=True)
    ids = list(await connection.scalars(query))
    taken = {**lease.columns, "lease_attempts": table.c.lease_attempts + 1}
    await connection.execute(update(table).where(key.in_(ids)).values(taken))
    return ids


async def release_all(connection: AsyncConnection, table: Table, owner: str) -> None:
    """Give back everything held by owners whose name begins so: the polite end of a clean stop."""
    held = table.c.lease_owner.startswith(owner, autoescape=True)
    await connection.execute(update(table).where(held).values(FREE))
