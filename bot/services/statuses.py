"""How a server's sources and digests are doing, and the machine under them."""

import asyncio
import enum
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.services.ports import Clock
from bot.services.schedules import next_slots
from storage import Digest, Edition, Notice, Server, Storage, Subscription
from summarizer import SummarizerError

PATIENCE = timedelta(seconds=2)


class ModelState(enum.StrEnum):
    """Whether briefs are made by the model at this moment."""

    READY = "ready"
    BUSY = "busy"
    DOWN = "down"


@dataclass(frozen=True)
class DigestStatus:
    """One digest: when it comes next, and what came last."""

    digest: Digest
    next_at: datetime | None
    last: Edition | None


@dataclass(frozen=True)
class Status:
    """All that an admin wants to know at one look."""

    server: Server
    now: datetime
    subscriptions: tuple[Subscription, ...]
    digests: tuple[DigestStatus, ...]
    notices: tuple[Notice, ...]
    database: str
    model: ModelState

    @property
    def failing(self) -> list[Subscription]:
        """Sources that could not be read the last time they were asked."""
        return [each for each in self.subscriptions if not each.paused and each.source.last_error]

    @property
    def unread(self) -> list[Subscription]:
        """Sources that were never asked yet."""
        unread = (each for each in self.subscriptions if not each.paused and not each.source.last_error)
        return [each for each in unread if each.source.last_success_at is None]

    @property
    def paused_sources(self) -> int:
        """How many sources the admins paused."""
        return sum(each.paused for each in self.subscriptions)

    @property
    def well(self) -> int:
        """How many sources are read as they should be."""
        return len(self.subscriptions) - len(self.failing) - len(self.unread) - self.paused_sources

    @property
    def mixes_notices_with_news(self) -> bool:
        """A digest is posted where notices should go, so they go to the owner."""
        return self.server.notices_channel_id in {each.digest.channel_id for each in self.digests}

    @property
    def is_paused(self) -> bool:
        """The whole server is on holiday."""
        return self.server.paused_until is not None and self.server.paused_until > self.now


class Statuses:
    """Looks, and changes nothing."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        *,
        database: str,
        probe: Callable[[], Awaitable[None]],
        patience: timedelta = PATIENCE,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._database = database
        self._probe = probe
        self._patience = patience
        self._probing: asyncio.Task[None] | None = None

    async def of_server(self, server_id: int) -> Status:
        """The status of one server."""
        now = self._clock.now()
        async with self._storage.begin() as tx:
            await tx.servers.ensure(server_id, now)
        async with self._storage.reading() as tx:
            server = await tx.servers.get(server_id)
            subscriptions = await tx.sources.list_subscriptions(server_id)
            digests = await tx.digests.list_all(server_id)
            last = [await tx.editions.list_recent(server_id, digest.digest_id, 1) for digest in digests]
            notices = await tx.notices.list_standing(server_id)
        return Status(
            server=server,
            now=now,
            subscriptions=tuple(subscriptions),
            digests=tuple(_status(digest, recent, now) for digest, recent in zip(digests, last, strict=True)),
            notices=tuple(notices),
            database=self._database,
            model=await self._model(),
        )

    async def _model(self) -> ModelState:
        """Ask the model whether it is there; the question is never cancelled, since that would end its process."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.ensure_future(self._probe())
            # A failure that comes when nobody asks any more is no news to anybody.
            self._probing.add_done_callback(lambda probing: probing.cancelled() or probing.exception())
        done, _ = await asyncio.wait([self._probing], timeout=self._patience.total_seconds())
        if not done:
            return ModelState.BUSY
        error = self._probing.exception()
        if isinstance(error, SummarizerError):
            return ModelState.DOWN
        if error is not None:
            raise error
        return ModelState.READY


def _status(digest: Digest, recent: list[Edition], now: datetime) -> DigestStatus:
    if digest.is_live or digest.is_paused(now):
        return DigestStatus(digest, None, recent[0] if recent else None)
    slots = next_slots(digest, now, 1)
    return DigestStatus(digest, slots[0].at if slots else None, recent[0] if recent else None)
