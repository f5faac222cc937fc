"""Digests: what admins configured."""

from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import NameTaken, NotFound
from storage.rows import value, values
from storage.tables import digests, servers
from storage.types import Digest, NewDigest

_OWN = [digests.c[field.name] for field in fields(Digest) if field.name != "server_paused_until"]
_COLUMNS = [*_OWN, servers.c.paused_until.label("server_paused_until")]
_DIGESTS = select(*_COLUMNS).join(servers)


class Digests:
    """Repository of digests; everything but `list_active` is asked for with the server's id."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, server_id: int, new: NewDigest, now: datetime) -> Digest:
        """Store a digest. Raises NameTaken."""
        columns = {**_columns(new), "server_id": server_id, "paused": False, "created_at": now, "active_since": now}
        try:
            result = await self._connection.execute(insert(digests).values(columns).returning(digests.c.digest_id))
        except IntegrityError:
            raise NameTaken("digest", new.name) from None
        return await self.get(server_id, result.scalar_one())

    async def get(self, server_id: int, digest_id: int) -> Digest:
        """One digest of that server; raises NotFound."""
        query = _DIGESTS.where(*_own(server_id, digest_id))
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("digest", digest_id)
        return value(Digest, row)

    async def find(self, server_id: int, name: str) -> Digest | None:
        """The digest of that server with that name, whatever its case."""
        query = _DIGESTS.where(digests.c.server_id == server_id, digests.c.name_key == name.casefold())
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else value(Digest, row)

    async def list_all(self, server_id: int) -> list[Digest]:
        """All digests of a server, by name."""
        query = _DIGESTS.where(digests.c.server_id == server_id).order_by(digests.c.name_key)
        return values(Digest, await self._connection.execute(query))

    async def list_active(self) -> list[Digest]:
        """The digests of all servers that nobody paused for good: what the timetable runs."""
        active = or_(~digests.c.paused, digests.c.paused_until.is_not(None))
        query = _DIGESTS.where(active).order_by(digests.c.digest_id)
        return values(Digest, await self._connection.execute(query))

    async def replace(self, server_id: int, digest_id: int, new: NewDigest, now: datetime) -> Digest:
        """Give a digest another configuration; a new schedule holds from now on. Raises NotFound, NameTaken."""
        before = await self.get(server_id, digest_id)
        rescheduled = (new.schedule, new.timezone) != (before.schedule, before.timezone)
        since = {"active_since": now} if rescheduled else {}
        await self._update(server_id, digest_id, {**_columns(new), "trouble": None, **since})
        return await self.get(server_id, digest_id)

    async def pause(
        self, server_id: int, digest_id: int, trouble: str | None = None, until: datetime | None = None
    ) -> Digest:
        """Stop a digest, for good or until then; `trouble` says why the bot itself stopped it. Raises NotFound."""
        await self._update(server_id, digest_id, {"paused": True, "paused_until": until, "trouble": trouble})
        return await self.get(server_id, digest_id)

    async def note_trouble(self, server_id: int, digest_id: int, trouble: str | None) -> None:
        """Say in words what went wrong last, or that it is mended, without stopping the digest."""
        await self._update(server_id, digest_id, {"trouble": trouble})

    async def resume(self, server_id: int, digest_id: int, now: datetime) -> Digest:
        """Let a digest go on, with slots from now on. Raises NotFound."""
        changes = {"paused": False, "paused_until": None, "trouble": None, "active_since": now, "resumed_at": now}
        await self._update(server_id, digest_id, changes)
        return await self.get(server_id, digest_id)

    async def remove(self, server_id: int, digest_id: int) -> None:
        """Forget a digest; its editions stay, so that the buttons under posted ones still work. Raises NotFound."""
        await self.get(server_id, digest_id)
        await self._connection.execute(delete(digests).where(*_own(server_id, digest_id)))

    async def _update(self, server_id: int, digest_id: int, changes: dict[str, Any]) -> None:
        try:
            await self._connection.execute(update(digests).where(*_own(server_id, digest_id)).values(changes))
        except IntegrityError:
            raise NameTaken("digest", changes["name"]) from None


def _own(server_id: int, digest_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return digests.c.server_id == server_id, digests.c.digest_id == digest_id


def _columns(new: NewDigest) -> dict[str, Any]:
    return {**asdict(new), "name_key": new.name.casefold()}
