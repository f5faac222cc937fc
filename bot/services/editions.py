"""Editions: one per slot, composed once, each part posted exactly once, whatever happens in between.

The ledger is written first. A part whose outcome is unknown (the process died, the connection broke) is looked for in
its channel by its marker before it is sent again, and is sent again with the same nonce.
"""

import asyncio
import hashlib
import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.errors import DigestError
from bot.services.composing import Composing
from bot.services.ports import Clock, DestinationLost, LookupDenied, Publisher, SendRefused, Sent, TryLater
from bot.services.schedules import schedule_of
from bot.services.stories import Composition
from bot.slots import Slot
from storage import Delivery, DeliveryState, Digest, Edition, EditionState, NewDelivery, NotFound, Storage
from storage.leases import Lease

log = logging.getLogger(__name__)

FIRST_WINDOW = timedelta(hours=24)
LATEST = timedelta(hours=6)
"""What could not be posted for so long, because the bot or Discord was down, is not posted by surprise any more."""
HOLD = timedelta(minutes=3)
NONCE_WINDOW = timedelta(minutes=2)
"""Discord answers a repeated nonce with the first message for "the past few minutes"; we count on two."""
CLOCK_SKEW = timedelta(minutes=15)
AT_ONCE = 8

Render = Callable[[Edition, Digest, Composition], Sequence[dict[str, Any]]]
"""Turns a composed edition into message bodies; each gets the field `marker`."""


class Editions:
    """Composes and delivers editions."""

    def __init__(
        self,
        storage: Storage,
        composing: Composing,
        publisher: Publisher,
        render: Render,
        clock: Clock,
        *,
        owner: str,
    ) -> None:
        self._storage = storage
        self._composing = composing
        self._publisher = publisher
        self._render = render
        self._clock = clock
        self._owner = owner

    async def run_due(self) -> None:
        """Serve every digest whose slot has come, and go on with what was begun and is held by nobody."""
        async with self._storage.reading() as tx:
            digests = await tx.digests.list_active()
        turns = asyncio.Semaphore(AT_ONCE)  # one channel's rate limit must not hold up the others

        async def in_turn(digest: Digest) -> None:
            async with turns:
                await self._serve_safely(digest)

        await asyncio.gather(*(in_turn(digest) for digest in digests))
        await self.resume()

    async def serve(self, digest: Digest) -> None:
        """Post the edition of the digest's latest slot unless that was done; record older unserved slots as missed.

        The digest is read anew: it may have been paused, edited or removed since whoever calls has seen it.
        """
        try:
            async with self._storage.reading() as tx:
                digest = await tx.digests.get(digest.server_id, digest.digest_id)
        except NotFound:
            return
        if not digest.is_paused(self._clock.now()):
            await self._serve(digest)

    async def _serve_safely(self, digest: Digest) -> None:
        try:
            await self.serve(digest)
        except DigestError as error:  # its zone is not known on this machine any more
            await self._pause(digest, str(error))
        except Exception:  # the edge of one digest: the others must not suffer
            log.exception("digest %s", digest.digest_id)

    async def _serve(self, digest: Digest) -> None:
        now = self._clock.now()
        *older, latest = await self._unserved(digest, now) or [None]
        for slot in older:
            if slot is not None:
                await self._record_missed(digest, slot)
        if latest is None:
            return
        if now - latest.at > LATEST:
            await self._record_missed(digest, latest)
            return
        held = await self._claim(digest, latest.key, latest.at, await self.window(digest, latest.at))
        if held is not None:
            await self._carry_out(held, digest)

    async def resume(self) -> None:
        """Go on, one by one, with editions that some process began and left."""
        while True:
            lease = self._lease()
            async with self._storage.begin() as tx:
                unfinished = await tx.editions.claim_unfinished(lease, limit=1)
            if not unfinished:
                return
            try:
                await self._go_on(_Held(unfinished[0], lease.owner))
            except Exception:  # the edge of one edition; its hold runs out, then it is tried again
                log.exception("edition %s", unfinished[0].edition_id)

    async def _go_on(self, held: "_Held") -> None:
        digest = await self._digest_of(held.edition)
        unwritten = held.edition.state is EditionState.COMPOSING
        if digest is None or (unwritten and self._is_too_late(held.edition)):
            await self._finish(held, EditionState.FAILED)
        else:
            await self._carry_out(held, digest)

    async def post_now(self, digest: Digest, slot: str, window: tuple[datetime, datetime]) -> Edition:
        """Compose and post an edition beside the schedule; the same slot twice gives the same edition."""
        held = await self._claim(digest, slot, self._clock.now(), window, moves_window=False)
        if held is not None:
            await self._carry_out(held, digest)
        async with self._storage.reading() as tx:
            posted = await tx.editions.find_slot(digest.digest_id, slot)
        assert posted is not None
        return posted

    async def window(self, digest: Digest, end: datetime) -> tuple[datetime, datetime]:
        """The time an edition looks at: from where the last scheduled one stopped.

        The first looks at a day; when the first slots were missed, at the time since the day before them.
        """
        async with self._storage.reading() as tx:
            start = await tx.editions.window_end(digest.digest_id)
            first_due = await tx.editions.first_due(digest.digest_id)
        return start or (first_due or end) - FIRST_WINDOW, end

    async def release(self) -> None:
        """Give back all editions this process holds."""
        async with self._storage.begin() as tx:
            await tx.editions.release_all(self._owner)

    async def _unserved(self, digest: Digest, now: datetime) -> list[Slot | None]:
        """The slots up to now that have no edition, at most a month of them.

        A local date and time that was served in one zone is not served again in another.
        """
        since = max(digest.active_since, now - timedelta(days=31))
        async with self._storage.reading() as tx:
            served = await tx.editions.slots_since(digest.digest_id, since - timedelta(days=2))
        local_times = {key.partition(" ")[0] for key in served}
        slots = schedule_of(digest).slots_between(since, now)
        return [slot for slot in slots if slot.key.partition(" ")[0] not in local_times]

    async def _record_missed(self, digest: Digest, slot: Slot) -> None:
        log.warning("digest %s: the slot %s was missed", digest.digest_id, slot.key)
        async with self._storage.begin() as tx:
            await tx.editions.record_missed(digest.server_id, digest.digest_id, slot.key, slot.at, self._clock.now())

    def _lease(self) -> Lease:
        """A hold of its own for every claim: another task of this very process is another holder too."""
        return Lease(f"{self._owner}:{uuid.uuid4().hex[:6]}", self._clock.now(), HOLD)

    async def _claim(
        self,
        digest: Digest,
        slot: str,
        due_at: datetime,
        window: tuple[datetime, datetime],
        *,
        moves_window: bool = True,
    ) -> "_Held | None":
        lease = self._lease()
        async with self._storage.begin() as tx:
            edition = await tx.editions.claim_slot(
                digest.server_id, digest.digest_id, slot, due_at, window, lease, moves_window=moves_window
            )
        return None if edition is None else _Held(edition, lease.owner)

    async def _digest_of(self, edition: Edition) -> Digest | None:
        if edition.digest_id is None:
            return None
        async with self._storage.reading() as tx:
            return await tx.digests.get(edition.server_id, edition.digest_id)

    async def _carry_out(self, held: "_Held", digest: Digest) -> None:
        if held.edition.state is EditionState.COMPOSING and not await self._compose(held, digest):
            return
        try:
            await self._deliver(held)
        except DestinationLost as error:
            await self._pause(digest, str(error))
            await self._finish(held, EditionState.FAILED)
        except SendRefused as error:
            log.error("edition %s: %s", held.edition.edition_id, error)
            await self._note(digest, f"The last edition could not be posted: {error}")
            await self._finish(held, EditionState.FAILED)
        except TryLater as error:
            log.warning("edition %s: %s; trying again in %s", held.edition.edition_id, error, error.delay)
            await self._hold(held, error.delay)

    async def _compose(self, held: "_Held", digest: Digest) -> bool:
        """Freeze what the edition tells; False when there is nothing to deliver, or another process took over."""
        edition = held.edition
        composition = await self._composing.for_digest(digest, (edition.window_start, edition.window_end))
        if composition.is_empty:
            await self._finish(held, EditionState.EMPTY)
            return False
        bodies = self._render(edition, digest, composition)
        parts = [_part(edition, digest.channel_id, number, body) for number, body in enumerate(bodies)]
        async with self._storage.begin() as tx:
            return await tx.editions.freeze(
                edition.edition_id, held.owner, composition.to_json(), composition.article_ids, parts
            )

    async def _deliver(self, held: "_Held") -> None:
        async with self._storage.reading() as tx:
            parts = await tx.editions.list_deliveries(held.edition.edition_id)
        for part in parts:
            if part.state is not DeliveryState.SENT and not await self._deliver_part(held, part):
                return
        await self._finish(held, EditionState.SENT)

    async def _deliver_part(self, held: "_Held", part: Delivery) -> bool:
        """Send one part unless it is there already; False when another process took the edition over."""
        sent = await self._look_for(part) if part.attempts else None
        if sent is None:
            if self._is_too_late(held.edition):
                raise SendRefused(f"Discord could not be reached for {LATEST.total_seconds() / 3600:.0f} hours.")
            lease = Lease(held.owner, self._clock.now(), HOLD)
            async with self._storage.begin() as tx:
                if not await tx.editions.keep_hold(held.edition.edition_id, lease):
                    return False
                await tx.editions.start_attempt(part.delivery_id, lease.now)
            sent = await self._send(part)
        async with self._storage.begin() as tx:
            await tx.editions.record_sent(part.delivery_id, sent.message_id, sent.channel_id, self._clock.now())
        return True

    async def _send(self, part: Delivery) -> Sent:
        try:
            return await self._publisher.send(part.channel_id, part.body, part.nonce)
        except (DestinationLost, SendRefused) as error:
            async with self._storage.begin() as tx:
                await tx.editions.record_failed(part.delivery_id, str(error))
            raise

    async def _look_for(self, part: Delivery) -> Sent | None:
        """The message of a part that was attempted before, when it arrived after all."""
        assert part.first_attempt_at is not None
        try:
            return await self._publisher.find(part.channel_id, part.marker, part.first_attempt_at - CLOCK_SKEW)
        except LookupDenied:
            if self._clock.now() - part.first_attempt_at < NONCE_WINDOW:
                return None  # Discord itself still recognises the nonce
            # Rather a part too few than one twice.
            raise SendRefused(
                "Without the permission Read Message History it cannot be seen whether it arrived."
            ) from None

    def _is_too_late(self, edition: Edition) -> bool:
        return self._clock.now() - edition.due_at > LATEST

    async def _pause(self, digest: Digest, trouble: str) -> None:
        log.warning("digest %s is paused: %s", digest.digest_id, trouble)
        async with self._storage.begin() as tx:
            await tx.digests.pause(digest.server_id, digest.digest_id, trouble)

    async def _note(self, digest: Digest, trouble: str) -> None:
        async with self._storage.begin() as tx:
            await tx.digests.note_trouble(digest.server_id, digest.digest_id, trouble)

    async def _hold(self, held: "_Held", delay: timedelta) -> None:
        async with self._storage.begin() as tx:
            await tx.editions.keep_hold(held.edition.edition_id, Lease(held.owner, self._clock.now(), delay))

    async def _finish(self, held: "_Held", state: EditionState) -> None:
        async with self._storage.begin() as tx:
            await tx.editions.finish(held.edition.edition_id, held.owner, state)


@dataclass(frozen=True)
class _Held:
    """An edition and under which name it is held."""

    edition: Edition
    owner: str


def _part(edition: Edition, channel_id: int, number: int, body: dict[str, Any]) -> NewDelivery:
    identity = f"{edition.server_id}|{channel_id}|{edition.edition_id}|{edition.slot}|{number}"
    code = hashlib.sha256(identity.encode()).hexdigest()
    nonce, marker = code[:24], code[24:32]
    return NewDelivery(number, channel_id, {**body, "marker": marker}, nonce, marker)
