"""What is done with an edition once all of it stands in its channel: published to followers, pinned.

Both can be done twice without harm, so nothing is written down about them: until they have come to their end the
edition is not closed, and who takes it over does them again. Neither ever posts anything anew.
"""

from collections.abc import Awaitable, Sequence

from bot.services.ports import ActionDenied, Admins, Concern, Publisher, Sent
from storage import Delivery, Digest, Edition, Storage


class Extras:
    """Publishes and pins, by the choice of a digest's admins."""

    def __init__(self, storage: Storage, publisher: Publisher, admins: Admins) -> None:
        self._storage = storage
        self._publisher = publisher
        self._admins = admins

    async def add(self, edition: Edition, digest: Digest) -> None:
        """What its digest asks for, after the parts. Raises TryLater."""
        if not (digest.published or digest.pinned):
            return
        async with self._storage.reading() as tx:
            messages = _messages(await tx.editions.list_deliveries(edition.edition_id))
            before = await tx.editions.message_before(edition)
        if digest.published:
            for message in messages:
                await self._try(digest, "publish", self._publisher.announce(message))
        if digest.pinned and messages:
            earlier = next(iter(_messages([before] if before else [])), None)
            await self._try(digest, "pin", self._publisher.pin(messages[0], earlier))

    async def _try(self, digest: Digest, action: str, doing: Awaitable[None]) -> None:
        cause = f"{action}-denied:{digest.digest_id}"
        try:
            await doing
        except ActionDenied as error:
            text = f"The editions of “{digest.name}” are posted, but Dateline cannot {action} them. {error}"
            await self._admins.tell(digest.server_id, Concern(cause, text))
        else:
            await self._admins.settle(digest.server_id, cause)


def _messages(deliveries: Sequence[Delivery]) -> list[Sent]:
    """Those that stand in a channel."""
    return [
        Sent(each.message_id, each.posted_in)
        for each in deliveries
        if each.message_id is not None and each.posted_in is not None
    ]
