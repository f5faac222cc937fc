"""Posting an edition: its parts, what is done with them once they stand there, and what comes of it."""

import logging
from collections.abc import Sequence

from bot.services.delivering import Delivering, Taken
from bot.services.extras import Extras
from bot.services.holds import Held, Holds
from bot.services.ports import Admins, Clock, DestinationLost, Publisher, SendRefused, TryLater
from bot.services.stories import Composition
from bot.services.troubles import Troubles
from storage import Delivery, DeliveryState, Digest, Edition, EditionState, Storage

log = logging.getLogger(__name__)


class Posting:
    """Brings a frozen edition to its end, or to where somebody goes on later."""

    def __init__(
        self,
        storage: Storage,
        publisher: Publisher,
        admins: Admins,
        clock: Clock,
        holds: Holds,
        troubles: Troubles,
    ) -> None:
        self._storage = storage
        self._holds = holds
        self._troubles = troubles
        self._delivering = Delivering(storage, publisher, admins, clock, holds)
        self._extras = Extras(storage, publisher, admins)

    async def post(self, held: Held, digest: Digest, begun: Sequence[Delivery] = ()) -> None:
        """Deliver a frozen edition, and write down what came of it.

        Of `begun`, its parts, it is written already that the first is about to be sent.
        """
        try:
            async with self._holds.kept(held):
                await self._delivering.deliver(held, begun)
                await self._extras.add(held.edition, digest)
        except Taken:
            log.info("edition %s is in other hands", held.edition.edition_id)
        except DestinationLost as error:
            await self._holds.fail(held)
            if await self._is_posted_in(held.edition, digest):
                await self._troubles.destination_lost(digest, str(error))
        except SendRefused as error:
            await self._holds.fail(held, await self._told(held.edition))
            await self._troubles.failed(digest, str(error))
        except TryLater as error:
            log.warning("edition %s: %s; trying again in %s", held.edition.edition_id, error, error.delay)
            await self._holds.wait(held, error.delay)
        else:
            await self._holds.finish(held, EditionState.SENT)
            await self._troubles.over(digest, held.edition)

    async def _told(self, edition: Edition) -> list[int]:
        """The articles of the stories that stand in its channel, when others could not be posted."""
        async with self._storage.reading() as tx:
            parts = await tx.editions.list_deliveries(edition.edition_id)
            content = (await tx.editions.get(edition.server_id, edition.edition_id)).content
        bodies = [part.body for part in parts if part.state is DeliveryState.SENT]
        places = {place for body in bodies for place in body.get("stories", ()) if place is not None}
        stories = Composition.from_json(content).stories if content else ()
        return [article.article_id for place in places for article in stories[place].articles]

    async def _is_posted_in(self, edition: Edition, digest: Digest) -> bool:
        """Whether the edition was for the digest's channel: not for one it had before, nor for a thread of it."""
        async with self._storage.reading() as tx:
            parts = await tx.editions.list_deliveries(edition.edition_id)
            kept = await tx.digests.get(digest.server_id, digest.digest_id)
        return any(part.channel_id == kept.channel_id for part in parts)
