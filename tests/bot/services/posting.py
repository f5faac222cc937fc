"""An edition that is posted, with its articles stored and its parts in the ledger: what revisions and reports need."""

from dataclasses import dataclass, replace
from typing import Any

from bot.assembly import _revise
from bot.services.ports import Sent
from bot.services.reports import Reports
from bot.services.revisions import Revisions
from bot.services.stories import Composition, Evidence, Story, StoryArticle, StoryPoint, quote
from bot.ui.bodies import Body
from bot.ui.editions import edition_bodies
from storage import Edition, EditionState, NewArticle, NewDelivery, SourceKind, Storage
from tests.factories import NOON, SERVER, a_digest, a_lease
from tests.fakes import FakeAdmins, FakeClock, FakePublisher

FERRY = (
    "The ferry between the islands sailed again on Monday, the shipping company said. "
    "About 900 passengers a day had to take the longer way over the bridge. "
    "The repair cost 1.2 million crowns, and the insurer will pay two thirds of it."
)
ORCHARD = (
    "Apple growers in the Ember valley harvested 31,000 tonnes this year. "
    "The ministry of agriculture promised an answer within two weeks."
)
TITLES = {"Ferry sails again": FERRY, "Frost halves orchards": ORCHARD}


@dataclass
class Desk:
    """A server with one posted edition, and the services that look after it."""

    storage: Storage
    clock: FakeClock
    publisher: FakePublisher
    admins: FakeAdmins
    source_id: int
    edition: Edition

    @property
    def revisions(self) -> Revisions:
        return Revisions(self.storage, self.publisher, _revise, self.clock)

    @property
    def reports(self) -> Reports:
        return Reports(self.storage, self.admins, self.revisions, self.clock)

    @property
    def bodies(self) -> list[Body]:
        """What stands in the channel."""
        return [Body.from_json(message.body) for message in self.publisher.posted]

    @property
    def text(self) -> str:
        return "\n".join(block for body in self.bodies for block in body.blocks)

    async def content(self) -> Composition:
        async with self.storage.reading() as tx:
            edition = await tx.editions.get(SERVER, self.edition.edition_id)
        return Composition.from_json(edition.content or {})

    async def rewrite(self, title: str, old: str, new: str) -> None:
        """Let the source change the text of an article."""
        text = TITLES[title].replace(old, new)
        assert text != TITLES[title]
        async with self.storage.begin() as tx:
            await keep(tx, self.source_id, {title: text}, self.clock.time)

    async def told_to_edit(self) -> int:
        """How many parts wait to be edited."""
        async with self.storage.reading() as tx:
            return len(await tx.revisions.list_pending(100))


async def keep(tx: Any, source_id: int, texts: dict[str, str], now: Any) -> list[int]:
    new = [
        NewArticle(text, title=title, url=f"https://post.example/{title[:5]}", link=f"https://post.example/{title[:5]}")
        for title, text in texts.items()
    ]
    return [article_id for _, article_id in await tx.articles.keep(new, scope="shared", source_id=source_id, now=now)]


def a_story(article_id: int, title: str, sentences: list[str]) -> Story:
    text = TITLES[title]
    points = []
    for sentence in sentences:
        start = text.index(sentence)
        end = start + len(sentence)
        points.append(StoryPoint(sentence, (Evidence(article_id, start, end, quote(text, start, end)),)))
    reference = StoryArticle(article_id, title, f"https://post.example/{title[:5]}", "Island Post", NOON.isoformat())
    return Story(title, tuple(points), (reference,))


def sentences_of(text: str) -> list[str]:
    return [f"{sentence}." for sentence in text.removesuffix(".").split(". ")]


async def a_desk(storage: Storage, **digest: Any) -> Desk:
    """Both articles told, every sentence a point, posted at noon."""
    clock = FakeClock()
    publisher = FakePublisher(clock)
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        source = await tx.sources.ensure(SourceKind.FEED, "https://post.example/feed", title="Island Post", now=NOON)
        ids = await keep(tx, source.source_id, TITLES, NOON)
        kept = await tx.digests.add(SERVER, a_digest(**digest), NOON)
        edition = await tx.editions.claim_slot(SERVER, kept.digest_id, "slot", NOON, (NOON, NOON), a_lease())
        assert edition is not None
    stories = [a_story(i, title, sentences_of(TITLES[title])) for i, title in zip(ids, TITLES, strict=True)]
    composition = Composition(tuple(stories), 2, degraded=False)
    made = enumerate(edition_bodies(edition, kept, composition))
    bodies = [replace(body, marker=f"0000000{n}").to_json() for n, body in made]
    parts = [NewDelivery(n, 7, body, f"nonce{n}", body["marker"]) for n, body in enumerate(bodies)]
    async with storage.begin() as tx:
        await tx.editions.freeze(edition.edition_id, "first", composition.to_json(), composition.article_ids, parts)
        for part in await tx.editions.list_deliveries(edition.edition_id):
            sent: Sent = await publisher.send(7, part.body, part.nonce)
            await tx.editions.record_sent(part.delivery_id, sent.message_id, sent.channel_id, NOON)
        await tx.editions.finish(edition.edition_id, "first", EditionState.SENT)
    clock.wind(hours=1)
    return Desk(storage, clock, publisher, FakeAdmins(), source.source_id, edition)
