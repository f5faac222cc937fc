"""Holding an edition while one works on it, so that no other process or task does."""

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.services.ports import Clock
from storage import Edition, EditionState, Storage, Unavailable
from storage.leases import Lease

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=3)
"""Who died in the middle is followed by another process after so long."""


@dataclass(frozen=True)
class Held:
    """An edition and under which name it is held."""

    edition: Edition
    owner: str


class Holds:
    """The holds that one process takes on editions."""

    def __init__(self, storage: Storage, clock: Clock, owner: str, hold: timedelta = HOLD) -> None:
        self._hold = hold
        self._storage = storage
        self._clock = clock
        self._owner = owner

    def lease(self) -> Lease:
        """A hold of its own for every claim: another task of this very process is another holder too."""
        return Lease(f"{self._owner}:{uuid.uuid4().hex[:6]}", self._clock.now(), self._hold)

    def renewed(self, held: Held, duration: timedelta | None = None) -> Lease:
        """The same hold from now on."""
        return Lease(held.owner, self._clock.now(), duration or self._hold)

    @asynccontextmanager
    async def kept(self, held: Held) -> AsyncIterator[None]:
        """Extends the hold as long as the block takes."""
        done = asyncio.Event()
        renewing = asyncio.create_task(self._renew(held, done))
        try:
            yield
        finally:
            done.set()  # instead of a cancellation, which might hit it in mid-transaction
            await renewing

    async def _renew(self, held: Held, done: asyncio.Event) -> None:
        while not done.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._hold.total_seconds() / 3):
                    await done.wait()
                return
            try:
                async with self._storage.begin() as tx:
                    await tx.editions.keep_hold(held.edition.edition_id, self.renewed(held))
            except Unavailable as outage:  # what is held is worked on all the same, and soon held again
                log.warning("the hold of edition %s is extended later: %s", held.edition.edition_id, outage)

    async def wait(self, held: Held, delay: timedelta) -> None:
        """Let nobody try again before the delay is over."""
        async with self._storage.begin() as tx:
            await tx.editions.keep_hold(held.edition.edition_id, self.renewed(held, delay))

    async def finish(self, held: Held, state: EditionState, content: dict[str, Any] | None = None) -> None:
        """Close the edition in a final state, with the content of one that has nothing to send."""
        async with self._storage.begin() as tx:
            await tx.editions.finish(held.edition.edition_id, held.owner, state, content)

    async def fail(self, held: Held, told: Collection[int] = ()) -> None:
        """Give the edition up; of its articles, only these were told."""
        async with self._storage.begin() as tx:
            await tx.editions.fail(held.edition.edition_id, held.owner, told)

    async def drop(self, held: Held) -> None:
        """Forget the edition, as if it had never been begun."""
        async with self._storage.begin() as tx:
            await tx.editions.drop(held.edition.edition_id, held.owner)

    async def release(self) -> None:
        """Give back all editions this process holds."""
        async with self._storage.begin() as tx:
            await tx.editions.release_all(self._owner)
