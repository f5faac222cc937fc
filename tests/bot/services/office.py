"""An editions service with its neighbours, over fakes of Discord, the clock and the model."""

import itertools
from datetime import timedelta

from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.editions import Editions
from bot.services.stories import Composition
from storage import SHARED, Delivery, Digest, Edition, EditionState, Storage
from tests.factories import DAILY, SERVER, a_digest, a_source, an_article
from tests.fakes import FakeAdmins, FakeClock, FakeCondenser, FakePublisher


def two_parts(edition, digest, composition: Composition) -> list[dict[str, object]]:
    """Enough of a renderer: what an edition tells, over two messages."""
    headlines = [story.headline for story in composition.stories]
    return [{"blocks": headlines}, {"blocks": ["that was all"]}]


class Office:
    """An editions service with its neighbours; `restarted` is the next process over the same database and Discord."""

    numbers = itertools.count()

    def __init__(self, storage: Storage, clock: FakeClock, publisher: FakePublisher, admins: FakeAdmins) -> None:
        self.storage, self.clock, self.publisher, self.admins = storage, clock, publisher, admins
        self.condenser = FakeCondenser()
        briefing = Briefing(storage, self.condenser, clock)
        patience = timedelta(seconds=0.5)
        self.composing = Composing(storage, self.condenser, briefing, clock, patience=patience)
        owner = f"process {next(self.numbers)}"
        tick = timedelta(seconds=0.01)
        self.editions = Editions(storage, self.composing, publisher, admins, two_parts, clock, owner=owner, tick=tick)

    def restarted(self) -> "Office":
        return Office(self.storage, self.clock, self.publisher, self.admins)

    async def take_in(self, *subjects: str, server: int = SERVER) -> None:
        source_id = (await self._source(server)) if not hasattr(self, "_id") else self._id
        async with self.storage.begin() as tx:
            new = [an_article(subject) for subject in subjects]
            await tx.articles.keep(new, scope=SHARED, source_id=source_id, now=self.clock.now())

    async def _source(self, server: int) -> int:
        self._id = await a_source(self.storage, "https://example.org/feed", server)
        return self._id

    async def add(self, **changes: object):
        async with self.storage.begin() as tx:
            await tx.servers.ensure(SERVER, self.clock.now())
            # 13:30 in Berlin is half an hour after NOON in UTC.
            new = a_digest(**{"schedule": f"{DAILY} 13:30", **changes})
            return await tx.digests.add(SERVER, new, self.clock.now())

    async def ahead(self, **changes: object) -> Digest:
        """A digest whose edition is made, two minutes before its slot."""
        digest = await self.add(**changes)
        self.clock.wind(minutes=28)
        await self.editions.run_due()
        return digest

    async def come(self) -> None:
        """Let the moment of what waits for it come, and be over."""
        self.clock.wind(minutes=2)
        await self.editions.idle()
        await self.editions.run_due()

    async def editions_of(self, digest: Digest) -> list[Edition]:
        async with self.storage.reading() as tx:
            return await tx.editions.list_of_digest(digest.digest_id)

    async def parts_of(self, edition: Edition) -> list[Delivery]:
        async with self.storage.reading() as tx:
            return await tx.editions.list_deliveries(edition.edition_id)

    async def states(self, digest) -> list[EditionState]:
        return [edition.state for edition in await self.editions_of(digest)]

    @property
    def causes(self) -> list[str]:
        return [concern.cause for _, concern in self.admins.told]

    @property
    def told(self) -> list[str]:
        return [text for message in self.publisher.posted for text in message.body["blocks"]]
