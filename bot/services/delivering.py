"""The ledger: each part of an edition is posted once and in order, whatever happens in between.

It is written first that a part is about to be sent, and afterwards that it is there. A part whose outcome is unknown
(the process died, the connection broke) is looked for in its channel by its marker, and is sent again, with the same
nonce, only if it is not there. The rules for what cannot be known:

* **The channel's history cannot be read.** Within `NONCE_WINDOW` of the first attempt the part is sent again: Discord
  itself recognises the nonce. Later, and at any time in a forum, whose posts are opened without a nonce, it is not:
  rather a part too few than one twice. The remaining parts go out all the same, and the admins are told ("uncertain").
* **Looked for and not found**, after the nonce window: it never arrived, or somebody deleted it meanwhile. It is sent
  again, since news that did not arrive would be lost for everybody. The admins are told ("sent-again"), unless nothing
  at all was posted in the channel since the attempt, which excludes a deletion.
* **Discord says that the message of the nonce is unknown** (10008): it was delivered and is deleted; it counts as sent.
* **The channel is lost** (deleted, closed to us, the server left): the digest is paused and the edition fails. Its news
  is not lost: the next edition, wherever it is posted, looks at that time too.
* **A forum post that was deleted between two parts** ends the edition: an admin wanted it away.
* **Refused as it is** (400: a mistake of ours): its bare text is sent instead, once.
* What certainly did not reach Discord (a rate limit, no connection at all) counts as never attempted.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.services.due import LATEST
from bot.services.holds import Held, Holds
from bot.services.ports import (
    Admins,
    Clock,
    Concern,
    DestinationLost,
    LookupDenied,
    Publisher,
    SendRefused,
    Sent,
    TryLater,
)
from storage import Delivery, DeliveryState, Edition, Storage

log = logging.getLogger(__name__)

NONCE_WINDOW = timedelta(minutes=2)
"""Discord answers a repeated nonce with the first message for "the past few minutes"; we count on two."""
PLAIN_TEXT = 3000
CLOCK_SKEW = timedelta(minutes=15)


class Taken(Exception):
    """Another process has taken the edition over, or it was withdrawn: it is no business of ours any more."""


class Delivering:
    """Posts the frozen parts of editions."""

    def __init__(self, storage: Storage, publisher: Publisher, admins: Admins, clock: Clock, holds: Holds) -> None:
        self._storage = storage
        self._publisher = publisher
        self._admins = admins
        self._clock = clock
        self._holds = holds

    async def deliver(self, held: Held, begun: Sequence[Delivery] = ()) -> None:
        """Post all parts that are not there yet. Raises DestinationLost, SendRefused, TryLater, Taken.

        `begun` are the parts of which none was sent yet, when it is written already that the first is about to be.
        """
        parts = list(begun)
        if not parts:
            async with self._storage.reading() as tx:
                parts = await tx.editions.list_deliveries(held.edition.edition_id)
        for number, part in enumerate(parts):
            if part.state in (DeliveryState.SENT, DeliveryState.FAILED):
                continue
            place = _place(part, parts[:number])
            sent = await self._deliver(held, part, place, is_begun=part in begun[:1])
            parts[number] = await self._recorded(part, sent)

    async def _deliver(self, held: Held, part: Delivery, place: int, *, is_begun: bool) -> Sent | None:
        """Where one part stands now; None when that cannot be known and it is not sent again."""
        try:
            found = await self._look_for(part, place) if part.attempts else None
            if found is None and not is_begun:
                await self._begin(held, part, place)
            return found or await self._send(part, place)
        except LookupDenied:
            await self._tell_uncertain(held.edition)
            return None
        except DestinationLost:
            if place == part.channel_id:
                raise
            return Sent(None, place)

    async def _look_for(self, part: Delivery, place: int) -> Sent | None:
        """The message of a part that was attempted before, when it arrived after all. Raises LookupDenied."""
        assert part.first_attempt_at is not None
        try:
            return await self._publisher.find(place, part.marker, part.first_attempt_at - CLOCK_SKEW)
        except LookupDenied:
            if await self._is_remembered(part, place):
                return None
            raise

    async def _is_remembered(self, part: Delivery, place: int) -> bool:
        """Discord itself would recognise the nonce."""
        assert part.first_attempt_at is not None
        recent = self._clock.now() - part.first_attempt_at < NONCE_WINDOW
        return recent and await self._publisher.remembers(place)

    async def _send(self, part: Delivery, place: int) -> Sent:
        try:
            return await self._publisher.send(place, part.body, part.nonce)
        except TryLater as error:
            if error.unsent:
                async with self._storage.begin() as tx:
                    await tx.editions.forget_attempt(part.delivery_id)
            raise
        except DestinationLost as error:
            await self._give_up(part, error)
            raise
        except SendRefused as error:
            log.error("part %s is refused as it is: %s", part.delivery_id, error)
            return await self._send_plainly(part, place)

    async def _send_plainly(self, part: Delivery, place: int) -> Sent:
        """Send the bare text of a part that Discord does not take as it is, once; the ledger holds what is sent."""
        body = _plain(part.body)
        async with self._storage.begin() as tx:
            await tx.editions.rewrite(part.delivery_id, body)
        try:
            return await self._publisher.send(place, body, part.nonce)
        except (DestinationLost, SendRefused) as error:
            await self._give_up(part, error)
            raise

    async def _give_up(self, part: Delivery, error: Exception) -> None:
        async with self._storage.begin() as tx:
            await tx.editions.record_failed(part.delivery_id, str(error))

    async def _begin(self, held: Held, part: Delivery, place: int) -> None:
        """Write that a part is about to be sent: from here on its outcome is unknown until recorded."""
        if self._clock.now() - held.edition.due_at > LATEST:
            raise SendRefused(f"Discord could not be reached for {LATEST.total_seconds() / 3600:.0f} hours.")
        await self._warn_of_deletion(held.edition, part, place)
        lease = self._holds.renewed(held)
        async with self._storage.begin() as tx:
            if not await tx.editions.keep_hold(held.edition.edition_id, lease):
                raise Taken
            await tx.editions.start_attempt(part.delivery_id, lease.now)

    async def _recorded(self, part: Delivery, sent: Sent | None) -> Delivery:
        async with self._storage.begin() as tx:
            if sent is None:
                await tx.editions.record_failed(part.delivery_id, "It cannot be seen whether it arrived.")
            else:
                await tx.editions.record_sent(part.delivery_id, sent.message_id, sent.channel_id, self._clock.now())
            return await tx.editions.get_delivery(part.delivery_id)

    async def _warn_of_deletion(self, edition: Edition, part: Delivery, place: int) -> None:
        """Tell the admins when a part that is sent again may have been there and been deleted by somebody."""
        if not part.attempts or await self._is_remembered(part, place):
            return  # never sent, or Discord itself would say that it was deleted
        assert part.first_attempt_at is not None
        if await self._publisher.has_new(place, part.first_attempt_at):
            text = (
                f"A part of the edition of {_when(edition)} was posted again: Discord had not said whether it arrived, "
                "and it was not in the channel. If somebody had deleted it there, delete it again."
            )
            await self._admins.tell(edition.server_id, Concern(f"sent-again:{edition.edition_id}", text))

    async def _tell_uncertain(self, edition: Edition) -> None:
        text = (
            f"A part of the edition of {_when(edition)} may be missing: Discord did not say whether it arrived, and "
            "without the permission Read Message History Dateline cannot look. It was not sent again, so that nothing "
            "is there twice. Give Dateline that permission in the channel."
        )
        await self._admins.tell(edition.server_id, Concern(f"uncertain:{edition.edition_id}", text))


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    """A body without anything that Discord may object to: whole lines of its text."""
    kept: list[str] = []
    for line in "\n".join(body["blocks"]).split("\n"):
        if sum(map(len, kept)) + len(kept) + len(line) <= PLAIN_TEXT:
            kept.append(line)
    bare: dict[str, Any] = {
        "form": "embeds",
        "buttons": [],
        "menus": [],
        "stories": [],
        "mention_role_id": None,
        "reply_to": None,
    }
    return {**body, **bare, "blocks": ["\n".join(kept)]}


def _place(part: Delivery, earlier: Sequence[Delivery]) -> int:
    """Where a part goes: behind the one before, which in a forum opened a thread."""
    threads = [before.posted_in for before in earlier if before.posted_in is not None]
    return threads[-1] if threads else part.channel_id


def _when(edition: Edition) -> str:
    return f"{edition.due_at:%Y-%m-%d %H:%M} UTC"
