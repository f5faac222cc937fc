"""Following sources: what a server's admins do with them."""

import contextlib
import enum
from dataclasses import dataclass
from datetime import timedelta

from bot.errors import ContentRefused, DigestError, FetchRefused
from bot.ingest.fetcher import Fetched, Fetcher
from bot.ingest.parsers import Feed, Parsers
from bot.ingest.urls import checked_url, host_of
from bot.services.polling import Polling, headlines
from bot.services.ports import Clock
from bot.services.rules import parse_rules
from bot.services.stories import is_blank
from storage import AlreadySubscribed, NameTaken, Source, SourceKind, Storage, Subscription, Transaction

LONGEST_LABEL = 80
MOST_ANNOUNCED = 3
"""Feeds of a page that are tried, in the order in which it names them."""


class Weight(float, enum.Enum):
    """How much the stories of a source count beside those of others."""

    LOW = 0.5
    NORMAL = 1.0
    HIGH = 2.0

    @property
    def label(self) -> str:
        """Its name in a sentence."""
        return self.name.lower()


@dataclass(frozen=True)
class FoundFeed:
    """What stands behind an address, before anything is kept."""

    address: str
    title: str
    entries: int
    headlines: tuple[str, ...]


class Following:
    """Use cases around subscriptions; each acts within one server."""

    def __init__(self, storage: Storage, fetcher: Fetcher, parsers: Parsers, polling: Polling, clock: Clock) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._parsers = parsers
        self._polling = polling
        self._clock = clock

    async def look(self, address: str) -> FoundFeed:
        """The feed at an address, or the one a web page there announces. Raises FetchRefused, ContentRefused."""
        address = checked_url(address)
        fetched = await self._fetcher.fetch(address)
        try:
            return _found(fetched.moved_to or address, await self._feed(fetched))
        except ContentRefused as not_a_feed:
            for announced in (await self._parsers.feed_links(fetched.body, fetched.url))[:MOST_ANNOUNCED]:
                with contextlib.suppress(FetchRefused, ContentRefused):
                    fetched = await self._fetcher.fetch(announced)
                    return _found(fetched.moved_to or announced, await self._feed(fetched))
            raise not_a_feed from None

    async def follow(self, server_id: int, found: FoundFeed, label: str | None) -> Subscription:
        """Follow a feed under a label and poll it at once. Raises DigestError when it is followed or named already."""
        names = (name for name in (label, found.title) if name and not is_blank(name))
        label = " ".join(next(names, host_of(found.address)).split())[:LONGEST_LABEL].rstrip()
        now = self._clock.now()
        try:
            async with self._storage.begin() as tx:
                await tx.servers.ensure(server_id, now)
                source = await self._source(tx, found)
                subscription = await tx.sources.subscribe(server_id, source.source_id, label, now)
        except AlreadySubscribed as error:
            raise _followed_already(error) from None
        except NameTaken:
            raise DigestError(f"Another source is labelled “{label}” already. Give this one another label.") from None
        await self._polling.poll(source)
        return await self.get(server_id, subscription.source.source_id)

    async def list_all(self, server_id: int) -> list[Subscription]:
        """All sources of a server, by label."""
        async with self._storage.reading() as tx:
            return await tx.sources.list_subscriptions(server_id)

    async def get(self, server_id: int, source_id: int) -> Subscription:
        """One source of that server. Raises storage.NotFound."""
        async with self._storage.reading() as tx:
            return await tx.sources.get_subscription(server_id, source_id)

    async def find(self, server_id: int, label: str) -> Subscription:
        """The source with that label. Raises DigestError."""
        async with self._storage.reading() as tx:
            found = await tx.sources.find_subscription(server_id, label)
        if found is None:
            raise DigestError(f"This server follows no source labelled “{label}”. `/source list` shows them all.")
        return found

    async def test(self, server_id: int, source_id: int) -> str | None:
        """Poll a source now; returns what was wrong, or None. Raises storage.NotFound."""
        return await self._polling.poll((await self.get(server_id, source_id)).source)

    async def set_paused(self, server_id: int, source_id: int, paused: bool) -> Subscription:
        """Stop or go on taking a source. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            await tx.sources.set_paused(server_id, source_id, paused)
            return await tx.sources.get_subscription(server_id, source_id)

    async def configure(self, server_id: int, source_id: int, weight: Weight, rules: str) -> Subscription:
        """Choose how much of a source is told, and what. Raises DigestError for rules, storage.NotFound."""
        understood = str(parse_rules(rules))
        async with self._storage.begin() as tx:
            await tx.sources.configure(server_id, source_id, weight=weight.value, rules=understood)
            return await tx.sources.get_subscription(server_id, source_id)

    async def move(self, server_id: int, source_id: int, found: FoundFeed) -> Subscription:
        """Follow a feed in place of another, under the same label, and poll it at once.

        Raises DigestError when it is followed already, storage.NotFound.
        """
        try:
            async with self._storage.begin() as tx:
                await tx.sources.get_subscription(server_id, source_id)
                source = await self._source(tx, found)
                await tx.sources.move_subscription(server_id, source_id, source.source_id)
        except AlreadySubscribed as error:
            raise _followed_already(error) from None
        await self._polling.poll(source)
        return await self.get(server_id, source.source_id)

    async def remove(self, server_id: int, source_id: int) -> Subscription:
        """Stop following a source; returns what it was, so that it can be followed again. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            subscription = await tx.sources.get_subscription(server_id, source_id)
            await tx.sources.unsubscribe(server_id, source_id)
        return subscription

    async def _source(self, tx: Transaction, found: FoundFeed) -> Source:
        now = self._clock.now()
        return await tx.sources.ensure(
            SourceKind.FEED,
            found.address,
            title=found.title or host_of(found.address),
            now=now,
            # It is polled at once; the timetable takes over from there.
            next_poll_at=now + timedelta(minutes=1),
        )

    async def _feed(self, fetched: Fetched) -> Feed:
        return await self._parsers.feed(fetched.body, url=fetched.url, charset=fetched.charset)


def _followed_already(error: AlreadySubscribed) -> DigestError:
    return DigestError(f"This server follows that feed already, as “{error.label}”.")


def _found(address: str, feed: Feed) -> FoundFeed:
    return FoundFeed(address, feed.title, len(feed.entries), tuple(headlines(feed.entries)))
