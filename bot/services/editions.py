"""Editions: one per slot, composed once, each part posted exactly once, whatever happens in between.

The ledger is written first. A part whose outcome is unknown (the process died, the connection broke) is looked for in
its channel by its marker before it is sent again, and is sent again with the same nonce.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.services.composing import Composing
from bot.services.ports import Clock, DestinationLost, LookupDenied, Publisher, SendRefused, TryLater
from bot.services.schedules import schedule_of
from bot.services.stories import Composition
from bot.slots import Slot
from storage import Delivery, DeliveryState, Digest, Edition, EditionState, NewDelivery, Storage
from storage.leases import Lease

log = logging.getLogger(__name__)

FIRST_WINDOW = timedelta(hours=24)
LATEST = timedelta(hours=6)
"""A slot that passed longer ago, while the bot was down, is recorded as missed instead of being posted by surprise."""
HOLD = timedelta(minutes=3)
NONCE_WINDOW = timedelta(minutes=2)
"""Discord answers a repeated nonce with the first message for "the past few minutes"; we count on two."""
CLOCK_SKEW = timedelta(minutes=1)
MOST_ATTEMPTS = 50

Render = Callable[[Edition, Digest, Composition], Sequence[dict[str, Any]]]
"""Turns a composed edition into message bodies; `{marker}` in a body's footer is filled in per part."""


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
        for digest in digests:
            await self.serve(digest)
        await self.resume()

    async def serve(self, digest: Digest) -> None:
        """Post the edition of the digest's latest slot unless that was done; record older unserved slots as missed."""
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
        edition = await self._claim(digest, latest.key, latest.at, await self.window(digest, latest.at))
        if edition is not None:
            await self._carry_out(edition, digest)

    async def resume(self) -> None:
        """Go on with editions that some process began and left."""
        lease = Lease(self._owner, self._clock.now(), HOLD)
        async with self._storage.begin() as tx:
            unfinished = await tx.editions.claim_unfinished(lease, limit=20)
        for edition in unfinished:
            digest = await self._digest_of(edition)
            if edition.state is EditionState.COMPOSING and (digest is None or lease.now - edition.due_at > LATEST):
                await self._finish(edition, EditionState.FAILED)
            else:
                await self._carry_out(edition, digest)

    async def post_now(self, digest: Digest, slot: str, window: tuple[datetime, datetime]) -> Edition:
        """Compose and post an edition beside the schedule; the same slot twice gives the same edition."""
        edition = await self._claim(digest, slot, self._clock.now(), window)
        if edition is not None:
            await self._carry_out(edition, digest)
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
        """The slots up to now that have no edition, at most a month of them."""
        since = max(digest.active_since, now - timedelta(days=31))
        slots = list(schedule_of(digest).slots_between(since, now))
        async with self._storage.reading() as tx:
            return [slot for slot in slots if await tx.editions.find_slot(digest.digest_id, slot.key) is None]

    async def _record_missed(self, digest: Digest, slot: Slot) -> None:
        log.warning("digest %s: the slot %s was missed", digest.digest_id, slot.key)
        async with self._storage.begin() as tx:
            await tx.editions.record_missed(digest.server_id, digest.digest_id, slot.key, slot.at, self._clock.now())

    async def _claim(
        self, digest: Digest, slot: str, due_at: datetime, window: tuple[datetime, datetime]
    ) -> Edition | None:
        lease = Lease(self._owner, self._clock.now(), HOLD)
        async with self._storage.begin() as tx:
            return await tx.editions.claim_slot(digest.server_id, digest.digest_id, slot, due_at, window, lease)

    async def _digest_of(self, edition: Edition) -> Digest | None:
        if edition.digest_id is None:
            return None
        async with self._storage.reading() as tx:
            return await tx.digests.get(edition.server_id, edition.digest_id)

    async def _carry_out(self, edition: Edition, digest: Digest | None) -> None:
        if edition.state is EditionState.COMPOSING:
            assert digest is not None
            if not await self._compose(edition, digest):
                return
        try:
            await self._deliver(edition)
        except DestinationLost as error:
            await self._give_up(edition, str(error))
        except SendRefused as error:
            log.error("edition %s: Discord refused it: %s", edition.edition_id, error)
            await self._finish(edition, EditionState.FAILED)
        except TryLater as error:
            log.warning("edition %s: %s; trying again in %s", edition.edition_id, error, error.delay)
            await self._hold(edition, error.delay)

    async def _compose(self, edition: Edition, digest: Digest) -> bool:
        """Freeze what the edition tells; False when there is nothing to deliver, or another process took over."""
        composition = await self._composing.for_digest(digest, (edition.window_start, edition.window_end))
        if composition.is_empty:
            await self._finish(edition, EditionState.EMPTY)
            return False
        bodies = self._render(edition, digest, composition)
        parts = [_part(edition, digest.channel_id, number, body) for number, body in enumerate(bodies)]
        async with self._storage.begin() as tx:
            return await tx.editions.freeze(
                edition.edition_id, self._owner, composition.to_json(), composition.article_ids, parts
            )

    async def _deliver(self, edition: Edition) -> None:
        async with self._storage.reading() as tx:
            parts = await tx.editions.list_deliveries(edition.edition_id)
        for part in parts:
            if part.state is not DeliveryState.SENT and not await self._deliver_part(edition, part):
                return
        await self._finish(edition, EditionState.SENT)

    async def _deliver_part(self, edition: Edition, part: Delivery) -> bool:
        """Send one part unless it is there already; False when another process took the edition over."""
        if part.attempts >= MOST_ATTEMPTS:
            raise SendRefused(f"part {part.part} did not arrive in {MOST_ATTEMPTS} attempts")
        message_id = await self._look_for(part) if part.attempts else None
        if message_id is None:
            lease = Lease(self._owner, self._clock.now(), HOLD)
            async with self._storage.begin() as tx:
                if not await tx.editions.keep_hold(edition.edition_id, lease):
                    return False
                await tx.editions.start_attempt(part.delivery_id, lease.now)
            message_id = await self._send(part)
        async with self._storage.begin() as tx:
            await tx.editions.record_sent(part.delivery_id, message_id)
        return True

    async def _send(self, part: Delivery) -> int | None:
        try:
            return await self._publisher.send(part.channel_id, part.body, part.nonce)
        except (DestinationLost, SendRefused) as error:
            async with self._storage.begin() as tx:
                await tx.editions.record_failed(part.delivery_id, str(error))
            raise

    async def _look_for(self, part: Delivery) -> int | None:
        """The message of a part that was attempted before, when it arrived after all."""
        assert part.first_attempt_at is not None
        try:
            return await self._publisher.find(part.channel_id, part.marker, part.first_attempt_at - CLOCK_SKEW)
        except LookupDenied:
            if self._clock.now() - part.first_attempt_at < NONCE_WINDOW:
                return None  # Discord itself still recognises the nonce
            # Rather a part too few than one twice.
            raise SendRefused("whether it arrived cannot be seen without the permission Read Message History") from None

    async def _give_up(self, edition: Edition, trouble: str) -> None:
        log.warning("edition %s: %s", edition.edition_id, trouble)
        async with self._storage.begin() as tx:
            if edition.digest_id is not None:
                await tx.digests.pause(edition.server_id, edition.digest_id, trouble)
            await tx.editions.finish(edition.edition_id, EditionState.FAILED)

    async def _hold(self, edition: Edition, delay: timedelta) -> None:
        async with self._storage.begin() as tx:
            await tx.editions.keep_hold(edition.edition_id, Lease(self._owner, self._clock.now(), delay))

    async def _finish(self, edition: Edition, state: EditionState) -> None:
        async with self._storage.begin() as tx:
            await tx.editions.finish(edition.edition_id, state)


def _part(edition: Edition, channel_id: int, number: int, body: dict[str, Any]) -> NewDelivery:
    identity = f"{edition.server_id}|{channel_id}|{edition.edition_id}|{edition.slot}|{number}"
    code = hashlib.sha256(identity.encode()).hexdigest()
    nonce, marker = code[:24], code[24:32]
    return NewDelivery(number, channel_id, {**body, "marker": marker}, nonce, marker)
