"""A server with sources and a digest over a real database; editions are composed and remembered, not posted."""

from datetime import datetime, timedelta

from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.ports import Condenser
from bot.services.stories import Composition
from storage import SHARED, Digest, EditionState, NewArticle, SourceKind, Storage
from storage.leases import Lease
from tests.factories import NOON, SERVER, a_digest
from tests.fakes import FakeClock, FakeCondenser

DAY = timedelta(days=1)


class Newsdesk:
    """Takes in articles and composes the editions of one digest, the first at noon of the first day."""

    def __init__(self, storage: Storage, condenser: Condenser | None = None, *, server_id: int = SERVER) -> None:
        self.storage = storage
        self.clock = FakeClock()
        self.condenser = condenser or FakeCondenser()
        self.server_id = server_id
        self.composing = Composing(
            storage,
            self.condenser,
            Briefing(storage, self.condenser, self.clock),
            self.clock,
            patience=timedelta(minutes=10),  # a busy machine must not decide a test
        )
        self.sources: dict[str, int] = {}
        self.digest: Digest | None = None

    async def open(self, **changes: object) -> "Newsdesk":
        """Know the server, with a digest of these settings."""
        async with self.storage.begin() as tx:
            await tx.servers.ensure(self.server_id, NOON)
            self.digest = await tx.digests.add(self.server_id, a_digest(**changes), NOON - DAY)
        return self

    async def follow(self, name: str, address: str | None = None, *, weight: float = 1.0, rules: str = "") -> int:
        """Follow a feed under that name."""
        async with self.storage.begin() as tx:
            address = address or f"https://{name.lower().replace(' ', '-')}.example/feed"
            source = await tx.sources.ensure(SourceKind.FEED, address, title=f"The {name}", now=NOON, next_poll_at=NOON)
            await tx.sources.subscribe(self.server_id, source.source_id, name, NOON)
            await tx.sources.configure(self.server_id, source.source_id, weight=weight, rules=rules)
        self.sources[name] = source.source_id
        return source.source_id

    async def take_in(self, source: str, *articles: NewArticle, at: datetime | None = None) -> list[int]:
        """Articles as a source of that name brings them; followed first when it is new. Returns their ids."""
        source_id = self.sources.get(source) or await self.follow(source)
        async with self.storage.begin() as tx:
            seen = at or self.clock.now() - timedelta(minutes=10)
            kept = await tx.articles.keep(articles, scope=SHARED, source_id=source_id, now=seen)
        return [article_id for _, article_id in kept]

    async def compose(self, window: timedelta = DAY) -> Composition:
        """What the digest would tell now of the time before."""
        assert self.digest is not None
        return await self.composing.for_digest(self.digest, (self.clock.now() - window, self.clock.now()))

    async def tell(self, window: timedelta = DAY) -> Composition:
        """Compose an edition and remember it as posted."""
        composition = await self.compose(window)
        await self.remember(composition, window)
        return composition

    async def remember(self, composition: Composition, window: timedelta = DAY) -> int:
        """Keep what was composed as an edition that was sent now; returns its id."""
        assert self.digest is not None
        now = self.clock.now()
        async with self.storage.begin() as tx:
            edition = await tx.editions.claim_slot(
                self.server_id,
                self.digest.digest_id,
                f"{now:%Y-%m-%dT%H:%M} UTC",
                now,
                (now - window, now),
                Lease("desk", now, timedelta(minutes=1)),
            )
            assert edition is not None
            if composition.is_empty:
                await tx.editions.finish(edition.edition_id, "desk", EditionState.EMPTY)
                return edition.edition_id
            await tx.editions.freeze(edition.edition_id, "desk", composition.to_json(), composition.article_ids, [])
            await tx.editions.finish(edition.edition_id, "desk", EditionState.SENT)
        return edition.edition_id
