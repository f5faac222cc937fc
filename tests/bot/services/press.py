"""Feeds to poll, and polling over real sockets, a real database and real child processes."""

from datetime import timedelta
from ipaddress import ip_network

from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher, FetchLimits
from bot.services.intake import Intake
from bot.services.polling import Polling
from storage import SourceKind
from storage.types import Audience
from tests.factories import NOON, SERVER
from tests.fakes import FakeClock

STORY = (
    "The {0} between the islands runs again since Monday after four weeks of repairs. "
    "Divers had found a bent shaft under the {0}, the company said. "
    "About 900 passengers a day had to take the longer way round the {0}. "
    "Tickets that were bought for the {0} stay valid until March. "
)


def story(subject: str, times: int = 1) -> str:
    return STORY.format(subject) * times


def item(subject: str, text: str | None = None, **tags: str) -> str:
    """An entry; `tags` are its link, guid and pubDate, as far as it has them."""
    fields = {"title": subject, "description": story(subject) if text is None else text} | tags
    return f"<item>{''.join(f'<{name}>{content}</{name}>' for name, content in fields.items())}</item>"


def feed(*items: str, title: str = "Island Post", head: str = "") -> str:
    return f"<rss version='2.0'><channel><title>{title}</title>{head}{''.join(items)}</channel></rss>"


def page(subject: str, times: int = 4) -> str:
    paragraphs = "".join(f"<p>{story(subject)} Part {n} of the report on the {subject}.</p>" for n in range(times))
    article = f"<article><h1>{subject}</h1>{paragraphs}</article>"
    return f"<html><head><title>{subject}</title></head><body>{article}</body></html>"


class Press:
    """Polling and what is around it."""

    def __init__(self, storage, parsers, owner="me", **limits):
        self.storage, self.clock = storage, FakeClock(NOON)
        policy = AddressPolicy([ip_network("127.9.0.0/16")])
        limits = FetchLimits(**{"pause": timedelta(0), **limits})
        self.fetcher = Fetcher(policy, user_agent="Dateline tests", limits=limits, now=self.clock.now)
        self.intake = Intake(storage, self.fetcher, parsers, self.clock)
        self.polling = Polling(
            storage, self.fetcher, parsers, self.intake, self.clock, owner=owner, interval=timedelta(minutes=5)
        )

    async def add(self, address, *servers, login=""):
        """A source that is due now; returns its id."""
        now = self.clock.now()
        async with self.storage.begin() as tx:
            source = await tx.sources.ensure(
                SourceKind.FEED, address, title=address, now=now, next_poll_at=now, login=login
            )
            for server_id in servers or (SERVER,):
                await tx.servers.ensure(server_id, NOON)
                await tx.sources.subscribe(server_id, source.source_id, address, NOON)
        return source.source_id

    async def source(self, source_id):
        async with self.storage.reading() as tx:
            return await tx.sources.get(source_id)

    async def poll(self, source_id, **later):
        """Poll one source, a while later; returns what was wrong."""
        self.clock.wind(**later)
        return await self.polling.poll(await self.source(source_id))

    async def articles(self, server_id=SERVER, limit=5000):
        """What a server has by its sources, newest first."""
        async with self.storage.reading() as tx:
            return await tx.articles.list_latest(Audience(server_id=server_id), limit)

    async def titles(self, server_id=SERVER):
        return {article.title for article in await self.articles(server_id)}
