"""Making editions: a slot's row is claimed, its news composed and rendered, each part frozen as it will be sent."""

import asyncio
import hashlib
import math
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.services.composing import PATIENCE, Composing
from bot.services.holds import Held, Holds
from bot.services.ports import Clock
from bot.services.stories import Composition
from bot.services.windows import Window, next_window, passed_over
from bot.slots import Slot
from storage import Digest, Edition, EditionState, NewDelivery, Storage

READY_BEFORE = timedelta(seconds=10)
"""So long before its slot an edition is frozen, even when the model has not answered."""
NONE_LEFT = timedelta(milliseconds=1)
AT_ONCE = 8

Render = Callable[[Edition, Digest, Composition], Sequence[dict[str, Any]]]
"""Turns a composed edition into message bodies; each gets the field `marker`."""


class Changed(Exception):
    """The digest is not what it was any more when its slot was found due."""


class Making:
    """Claims slots and freezes what their editions tell."""

    def __init__(self, storage: Storage, composing: Composing, render: Render, clock: Clock, holds: Holds) -> None:
        self._storage = storage
        self._composing = composing
        self._render = render
        self._clock = clock
        self._holds = holds
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._queued = 0

    async def make(self, digest: Digest, slot: Slot) -> Held | None:
        """The frozen edition of a slot, READY when the slot is still ahead; None when there is nothing to post.

        Raises Changed, and storage.NotFound for a digest that was removed.
        """

        async def claim_and_compose() -> Held | None:
            # The window ends where composing starts: what comes later belongs to the next edition.
            await self._check_unchanged(digest)
            window = await next_window(self._storage, digest, min(self._clock.now(), slot.at))
            held = await self.claim(digest, slot.key, slot.at, window)
            if held is None:
                return None
            async with self._holds.kept(held):
                return await self._compose(held, digest)

        return await self._in_turn(claim_and_compose)

    async def compose(self, held: Held, digest: Digest) -> Held | None:
        """The same for an edition that is claimed already, and is held while it waits for its turn."""
        async with self._holds.kept(held):
            return await self._in_turn(lambda: self._compose(held, digest))

    async def claim(
        self, digest: Digest, slot: str, due_at: datetime, window: Window, *, moves_window: bool = True
    ) -> Held | None:
        """Hold the edition of a slot from its first moment; None when the slot has one."""
        lease = self._holds.lease()
        async with self._storage.begin() as tx:
            edition = await tx.editions.claim_slot(
                digest.server_id, digest.digest_id, slot, due_at, window, lease, moves_window=moves_window
            )
        return None if edition is None else Held(edition, lease.owner)

    async def freeze_composed(
        self, digest: Digest, slot: str, window: Window, composition: Composition, reply_to: int | None
    ) -> Held | None:
        """Claim a slot and freeze what was composed for it, both or neither; None when the slot has an edition."""
        lease = self._holds.lease()
        async with self._storage.begin() as tx:
            now = self._clock.now()
            edition = await tx.editions.claim_slot(digest.server_id, digest.digest_id, slot, now, window, lease)
            if edition is None:
                return None
            parts = self._parts(edition, digest, composition, reply_to)
            content, told = composition.to_json(), composition.article_ids
            await tx.editions.freeze(edition.edition_id, lease.owner, content, told, parts)
        return Held(replace(edition, state=EditionState.SENDING), lease.owner)

    async def _check_unchanged(self, digest: Digest) -> None:
        """Many may wait for their turn: after an edit or a pause, what was seen before does not hold any more."""
        async with self._storage.reading() as tx:
            if await tx.digests.get(digest.server_id, digest.digest_id) != digest:
                raise Changed

    async def _in_turn(self, work: Callable[[], Awaitable[Held | None]]) -> Held | None:
        """A few compose at a time; how many wait decides how long one may take."""
        self._queued += 1
        try:
            async with self._turns:
                return await work()
        finally:
            self._queued -= 1

    async def _compose(self, held: Held, digest: Digest) -> Held | None:
        edition = held.edition
        composition = await self._composition(edition, digest)
        if composition.is_empty and not (digest.says_when_empty and edition.moves_window):
            await self._holds.finish(held, EditionState.EMPTY, composition.to_json())
            return None
        ahead = edition.due_at > self._clock.now()
        parts = self._parts(edition, digest, composition)
        content, told = composition.to_json(), composition.article_ids
        async with self._storage.begin() as tx:
            frozen = await tx.editions.freeze(edition.edition_id, held.owner, content, told, parts, ahead=ahead)
        state = EditionState.READY if ahead else EditionState.SENDING
        return Held(replace(edition, state=state), held.owner) if frozen else None

    async def _composition(self, edition: Edition, digest: Digest) -> Composition:
        window = (edition.window_start, edition.window_end)
        composition = await self._composing.for_digest(digest, window, self._patience(edition))
        skipped = await passed_over(self._storage, edition)
        if skipped is None:
            return composition
        return replace(composition, passed_over=await self._composing.count_new(digest, skipped))

    def _patience(self, edition: Edition) -> timedelta | None:
        """Until shortly before the slot, shared with those who wait for their turn; past it, as long as usual."""
        left = edition.due_at - self._clock.now()
        if left <= timedelta():
            return None
        share = (left - READY_BEFORE) / math.ceil(self._queued / AT_ONCE)
        return max(NONE_LEFT, min(PATIENCE, share))

    def _parts(
        self, edition: Edition, digest: Digest, composition: Composition, reply_to: int | None = None
    ) -> list[NewDelivery]:
        first, *others = self._render(edition, digest, composition)
        bodies = [first if reply_to is None else {**first, "reply_to": reply_to}, *others]
        return [_part(edition, digest.channel_id, number, body) for number, body in enumerate(bodies)]


def _part(edition: Edition, channel_id: int, number: int, body: dict[str, Any]) -> NewDelivery:
    identity = f"{edition.server_id}|{channel_id}|{edition.edition_id}|{edition.slot}|{number}"
    code = hashlib.sha256(identity.encode()).hexdigest()
    nonce, marker = code[:24], code[24:32]
    return NewDelivery(number, channel_id, {**body, "marker": marker}, nonce, marker)
