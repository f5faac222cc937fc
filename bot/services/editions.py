"""Editions: one per slot, made a little ahead of it, and posted at the slot once.

A slot's row is claimed and composed `AHEAD` of the moment it is due. Frozen, the edition is held by nobody: whichever
process is there at its moment takes it and posts it. What is first seen when already due is composed at once.
"""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.errors import DigestError
from bot.services.composing import Composing
from bot.services.due import AHEAD, FARTHEST, LATEST, due_slots
from bot.services.holds import HOLD, Held, Holds
from bot.services.making import Changed, Making, Render
from bot.services.ports import Admins, Clock, Publisher
from bot.services.posting import Posting
from bot.services.schedules import schedule_of
from bot.services.stories import Composition
from bot.services.troubles import Troubles
from bot.services.windows import Window, next_window
from bot.slots import Slot
from storage import Digest, Edition, EditionState, NotFound, Storage
from storage.store import Transaction

log = logging.getLogger(__name__)

BATCH = 100
SWEEP_PATIENCE = timedelta(seconds=20)
"""A sweep does not wait longer for what it has begun: one channel's rate limit must not hold up the next sweep."""


class Editions:
    """Composes and delivers editions."""

    def __init__(
        self,
        storage: Storage,
        composing: Composing,
        publisher: Publisher,
        admins: Admins,
        render: Render,
        clock: Clock,
        *,
        owner: str,
        tick: timedelta = timedelta(seconds=1),
        hold: timedelta = HOLD,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._holds = Holds(storage, clock, owner, hold)
        self._making = Making(storage, composing, render, clock, self._holds)
        self._troubles = Troubles(storage, admins)
        self._posting = Posting(storage, publisher, admins, clock, self._holds, self._troubles)
        self._tick = tick  # a clock that is put right is noticed after so long
        self._seen: dict[int, tuple[Digest, datetime]] = {}  # digests as they were when they were last looked at
        self._stopping = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}

    # what the timetable calls

    async def run_due(self) -> None:
        """Serve every digest whose slot has come or is near, and go on with what was begun and is held by nobody."""
        async with self._storage.reading() as tx:
            digests = await tx.digests.list_active()
        slotted = [digest for digest in digests if not digest.is_live and self._may_be_due(digest)]
        begun = [self._begin(f"digest {digest.digest_id}", self.serve(digest)) for digest in slotted]
        await _in_a_while(begun)
        await self._resume()
        async with self._storage.reading() as tx:
            ready = await tx.editions.list_ready(self._clock.now() + AHEAD)
        for edition in ready:
            self._wait_for(edition)

    def _may_be_due(self, digest: Digest) -> bool:
        """Not when nothing was due as one last looked, the digest is the same, and no slot has come near since."""
        now = self._clock.now()
        seen, looked_at = self._seen.get(digest.digest_id, (None, now))
        if seen != digest or now < looked_at:
            return True
        return any(True for _ in schedule_of(digest).slots_between(looked_at, now + AHEAD))

    async def serve(self, digest: Digest) -> None:
        """Post the edition of a digest's latest slot unless that was done, and make that of a slot which is near.

        The digest is read anew: it may have been paused, edited or removed since whoever calls has seen it.
        """
        now = self._clock.now()
        try:
            async with self._storage.reading() as tx:
                digest = await tx.digests.get(digest.server_id, digest.digest_id)
                since = max(digest.serves_since(now), now - FARTHEST)
                served = await tx.editions.slots_since(digest.digest_id, since, now)
                runs_back = await tx.editions.has_looked_ahead(digest.digest_id, now)
        except NotFound:
            return
        if runs_back:  # what comes until the clock is where it was belongs to the next edition
            async with self._storage.begin() as tx:
                await tx.editions.put_right(digest.digest_id, now)
        if digest.is_live or digest.is_paused(now):
            return
        try:
            due = due_slots(schedule_of(digest), since, now, served)
        except DigestError as error:  # its zone is not known on this machine any more
            await self._troubles.stop(digest, str(error))
            return
        await self._record_missed(digest, due.missed)
        try:
            for slot in [*due.now, *due.ahead]:
                await self._make(digest, slot)
        except (Changed, NotFound):
            await self.serve(digest)
            return
        self._seen[digest.digest_id] = (digest, now)

    async def stop(self, grace: timedelta) -> None:
        """Wait for no slot any more, and let what is being posted come to its end within the grace."""
        self._stopping.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace.total_seconds()):
                await self.idle()  # which is cancelled with all it waits for

    async def idle(self) -> None:
        """Wait until all that was begun is over, slots included that are waited for."""
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def release(self) -> None:
        """Give back all editions this process holds."""
        await self._holds.release()

    # what admins and other services call

    async def post_now(self, digest: Digest, slot: str, window: Window, *, moves_window: bool = False) -> Edition:
        """Compose and post an edition beside the schedule; the same slot twice gives the same edition."""
        held = await self._making.claim(digest, slot, self._clock.now(), window, moves_window=moves_window)
        if held is not None:
            await self._carry_out(held, digest)
        return await self._find(digest, slot)

    async def post_composed(
        self, digest: Digest, slot: str, window: Window, composition: Composition, *, reply_to: int | None = None
    ) -> Edition:
        """Freeze and post what was composed already, once for the slot, as a reply to a message if one is named."""
        held = await self._making.freeze_composed(digest, slot, window, composition, reply_to)
        if held is not None:
            await self._posting.post(held, digest)
        return await self._find(digest, slot)

    async def withdraw(self, digest: Digest) -> None:
        """Drop what was made for slots that are still ahead; after an edit it is made anew, after a pause not.

        An edition that somebody begins to post at this very moment stays: either is decided in one row.
        """
        async with self._storage.begin() as tx:
            await tx.editions.withdraw(digest.digest_id, self._clock.now())

    async def list_recent(self, server_id: int, digest_id: int, count: int) -> list[Edition]:
        """The newest editions of a digest of that server, newest first, as they were frozen."""
        async with self._storage.reading() as tx:
            return await tx.editions.list_recent(server_id, digest_id, count)

    async def window(self, digest: Digest, end: datetime) -> Window:
        """The time an edition looks at that is composed at `end`."""
        return await next_window(self._storage, digest, end)

    # from slots to frozen editions

    async def _record_missed(self, digest: Digest, slots: Sequence[Slot]) -> None:
        """Write down slots that passed, and tell of those that no other process wrote down."""
        if not slots:
            return
        recorded, now = list[Slot](), self._clock.now()
        async with self._storage.begin() as tx:
            for slot in slots:
                if await tx.editions.record_missed(digest.server_id, digest.digest_id, slot.key, slot.at, now):
                    log.warning("digest %s: the slot %s was missed", digest.digest_id, slot.key)
                    recorded.append(slot)
        if recorded:
            await self._troubles.missed(digest, recorded)

    async def _make(self, digest: Digest, slot: Slot) -> None:
        held = await self._making.make(digest, slot)
        if held is not None and held.edition.state is EditionState.READY:
            self._wait_for(held.edition)
        elif held is not None:
            await self._posting.post(held, digest)

    async def _resume(self) -> None:
        """Go on with editions that some process began and left."""
        while True:
            lease = self._holds.lease()
            async with self._storage.begin() as tx:
                unfinished = await tx.editions.claim_unfinished(lease, limit=BATCH)
            held = [Held(edition, lease.owner) for edition in unfinished]
            await _in_a_while([self._begin(f"edition {each.edition.edition_id}", self._go_on(each)) for each in held])
            if len(unfinished) < BATCH:
                return

    # from frozen editions to messages

    def _begin(self, key: str, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """A task for some work; the one there is already, when the same work is under way."""
        if key in self._tasks:
            work.close()
            return self._tasks[key]
        task = self._tasks[key] = asyncio.create_task(_to_its_end(key, work))
        task.add_done_callback(lambda _: self._tasks.pop(key, None))
        return task

    def _wait_for(self, edition: Edition) -> None:
        """Post an edition at its moment, unless another process does."""
        self._begin(f"slot {edition.edition_id} {edition.due_at}", self._post_when_due(edition))

    async def _post_when_due(self, edition: Edition) -> None:
        if not await self._reaches(edition.due_at):
            return
        lease = self._holds.lease()
        async with self._storage.begin() as tx:  # one for all, since the first part is to leave at once
            claimed = await tx.editions.claim_ready(edition.edition_id, lease)
            if claimed is None:
                return
            digest = await _digest_of(tx, claimed)
            parts = await tx.editions.list_deliveries(claimed.edition_id)
            await tx.editions.start_attempt(parts[0].delivery_id, lease.now)
        held = Held(claimed, lease.owner)
        if digest is None or digest.is_paused(self._clock.now()):
            await self._holds.drop(held)
        else:
            await self._posting.post(held, digest, parts)

    async def _reaches(self, moment: datetime) -> bool:
        """Wait for a moment; False when the process stops before it comes."""
        while (left := moment - self._clock.now()) > timedelta():
            try:
                async with asyncio.timeout(min(left, self._tick).total_seconds()):
                    await self._stopping.wait()
            except TimeoutError:
                continue
            return False
        return True

    async def _go_on(self, held: Held) -> None:
        """Take an edition that was left from where it stands to its end; before its first part a pause ends it."""
        async with self._storage.reading() as tx:
            digest = await _digest_of(tx, held.edition)
            parts = await tx.editions.list_deliveries(held.edition.edition_id)
        is_paused = digest is not None and digest.is_paused(self._clock.now())
        if is_paused and not held.edition.is_manual and not any(part.attempts for part in parts):
            await self._holds.drop(held)
            return
        too_late = self._clock.now() - held.edition.due_at > LATEST
        if digest is not None and not (too_late and held.edition.state is EditionState.COMPOSING):
            await self._carry_out(held, digest)
            return
        await self._holds.fail(held)
        if digest is not None:
            await self._troubles.failed(digest, "It was begun, and for hours nobody was there to go on with it.")

    async def _carry_out(self, held: Held, digest: Digest) -> None:
        frozen: Held | None = held
        if held.edition.state is EditionState.COMPOSING:
            frozen = await self._making.compose(held, digest)
        if frozen is not None and frozen.edition.state is EditionState.READY:
            self._wait_for(frozen.edition)
        elif frozen is not None:
            await self._posting.post(frozen, digest)

    async def _find(self, digest: Digest, slot: str) -> Edition:
        async with self._storage.reading() as tx:
            found = await tx.editions.find_slot(digest.digest_id, slot)
        if found is None:  # the digest was removed meanwhile
            raise NotFound("edition", slot)
        return found


async def _digest_of(tx: Transaction, edition: Edition) -> Digest | None:
    return None if edition.digest_id is None else await tx.digests.get(edition.server_id, edition.digest_id)


async def _to_its_end(key: str, work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:  # the edge of one digest or edition: the others must not suffer
        log.exception("%s", key)


async def _in_a_while(tasks: Sequence["asyncio.Task[None]"]) -> None:
    if tasks:
        await asyncio.wait(tasks, timeout=SWEEP_PATIENCE.total_seconds())
