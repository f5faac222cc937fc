"""Following sources: what a server's admins do with them."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.errors import DigestError
from bot.ingest.discovery import Link
from bot.ingest.opml import tidy_category
from bot.ingest.parsers import Parsers
from bot.ingest.web.fetcher import Fetcher
from bot.ingest.web.urls import canonical_url, host_of, same_origin, with_user, without_user
from bot.services.finding import Finding, FoundFeed, Tell
from bot.services.polling import Polling
from bot.services.ports import Clock
from bot.services.previews import LOOKED_AT, Preview, preview_of_kept
from bot.services.rules import parse_rules
from bot.services.stories import is_blank
from storage import AlreadySubscribed, NameTaken, Source, SourceKind, Storage, Subscription, Transaction

LONGEST_LABEL = 80
MOST_SOURCES = 500
"""Followed by one server; imports count too."""


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
class Kept:
    """A followed source as its panel shows it."""

    subscription: Subscription
    preview: Preview


class Following:
    """Use cases around subscriptions; each acts within one server."""

    def __init__(self, storage: Storage, fetcher: Fetcher, parsers: Parsers, polling: Polling, clock: Clock) -> None:
        self._storage = storage
        self._finding = Finding(fetcher, parsers, clock)
        self._polling = polling
        self._clock = clock

    async def look(self, text: str, tell: Tell | None = None, instead_of: Subscription | None = None) -> FoundFeed:
        """The feed behind what a member typed. Raises FetchRefused, ContentRefused.

        `instead_of` is the source whose place it may take: its login goes on being used where its address was typed as
        it is shown, without the password.
        """
        login = ""
        if instead_of is not None and instead_of.source.login:
            text, login = _with_known_login(text, instead_of.source)
        return await self._finding.find(text, tell, login)

    async def look_at(self, link: Link, found: FoundFeed) -> FoundFeed:
        """Another feed of the same site. Raises FetchRefused, ContentRefused."""
        return await self._finding.open(link, found)

    async def find_followed(self, server_id: int, found: FoundFeed) -> Subscription | None:
        """The subscription of a server to that feed, however its address is spelled."""
        async with self._storage.reading() as tx:
            return _followed(await tx.sources.list_subscriptions(server_id), found)

    async def follow(self, server_id: int, found: FoundFeed, label: str | None, category: str = "") -> Subscription:
        """Follow a feed under a label and poll it at once.

        Raises DigestError when it is followed or named already, or the server follows as many as it can.
        """
        label = label_of(label, found.title, found.address)
        now = self._clock.now()
        try:
            async with self._storage.begin() as tx:
                await tx.servers.ensure(server_id, now)
                subscriptions = await tx.sources.list_subscriptions(server_id)
                _check_new(subscriptions, found)
                source = await self._source(tx, found, server_id)
                await tx.sources.subscribe(server_id, source.source_id, label, now)
                if category:
                    await tx.sources.name(server_id, source.source_id, label=label, category=tidy_category(category))
        except AlreadySubscribed as error:
            raise _followed_already(error.label) from None
        except NameTaken:
            raise _name_taken(label) from None
        await self._polling.poll(source)
        return await self.get(server_id, source.source_id)

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

    async def kept(self, server_id: int, source_id: int) -> Kept:
        """One source of that server with what it is like. Raises storage.NotFound."""
        async with self._storage.reading() as tx:
            subscription = await tx.sources.get_subscription(server_id, source_id)
            newest = await tx.articles.list_of_source(source_id, LOOKED_AT)
        return Kept(subscription, preview_of_kept(subscription.source, newest, self._clock.now()))

    async def test(self, server_id: int, source_id: int) -> str | None:
        """Poll a source now; returns what was wrong, or None. Raises storage.NotFound."""
        return await self._polling.poll((await self.get(server_id, source_id)).source)

    async def set_paused(self, server_id: int, source_id: int, paused: bool) -> Subscription:
        """Stop or go on taking a source. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            await tx.sources.set_paused(server_id, source_id, paused)
            return await tx.sources.get_subscription(server_id, source_id)

    async def edit(self, server_id: int, source_id: int, *, label: str, category: str, weight: Weight) -> Subscription:
        """Choose how a source is called, where it is listed and how much it counts.

        Raises DigestError for a label that is in use, storage.NotFound.
        """
        if is_blank(label):
            raise DigestError("A source needs a label. Type one that can be read.")
        label = label_of(label, "", "")
        try:
            async with self._storage.begin() as tx:
                kept = await tx.sources.get_subscription(server_id, source_id)
                await tx.sources.name(server_id, source_id, label=label, category=tidy_category(category))
                await tx.sources.configure(server_id, source_id, weight=weight.value, rules=kept.rules)
                return await tx.sources.get_subscription(server_id, source_id)
        except NameTaken:
            raise _name_taken(label) from None

    async def filter(self, server_id: int, source_id: int, rules: str) -> Subscription:
        """Choose what of a source is told. Raises DigestError for rules, storage.NotFound."""
        understood = str(parse_rules(rules))
        async with self._storage.begin() as tx:
            kept = await tx.sources.get_subscription(server_id, source_id)
            await tx.sources.configure(server_id, source_id, weight=kept.weight, rules=understood)
            return await tx.sources.get_subscription(server_id, source_id)

    async def move(self, server_id: int, source_id: int, found: FoundFeed) -> Subscription:
        """Follow a feed in place of another, under the same label, and poll it at once.

        Raises DigestError when it is followed already, storage.NotFound.
        """
        try:
            async with self._storage.begin() as tx:
                await tx.sources.get_subscription(server_id, source_id)
                others = await tx.sources.list_subscriptions(server_id)
                _check_unfollowed([each for each in others if each.source.source_id != source_id], found)
                source = await self._source(tx, found, server_id)
                if source.source_id != source_id:
                    await tx.sources.move_subscription(server_id, source_id, source.source_id)
        except AlreadySubscribed as error:
            raise _followed_already(error.label) from None
        await self._polling.poll(source)
        return await self.get(server_id, source.source_id)

    async def remove(self, server_id: int, source_id: int) -> Subscription:
        """Stop following a source; returns what it was, so that it can be followed again. Raises storage.NotFound."""
        async with self._storage.begin() as tx:
            subscription = await tx.sources.get_subscription(server_id, source_id)
            await tx.sources.unsubscribe(server_id, source_id)
        return subscription

    async def _source(self, tx: Transaction, found: FoundFeed, server_id: int) -> Source:
        """The source of a found feed, which is polled at once; the timetable takes over from there."""
        now = self._clock.now()
        address = with_user(found.address, found.login)
        known = await tx.sources.find(address)
        if known is not None and known.login != found.login:
            # What a login brings is nobody else's: another server's password is not replaced by one that also works.
            if await tx.sources.is_followed_elsewhere(known.source_id, server_id):
                raise DigestError(_OTHERS_LOGIN)
            await tx.sources.set_login(known.source_id, found.login)
        source = await tx.sources.ensure(
            SourceKind.FEED,
            address,
            title=found.title or host_of(found.address),
            now=now,
            next_poll_at=now + timedelta(minutes=1),
            login=found.login,
        )
        return replace(source, login=found.login)


def label_of(label: str | None, title: str, address: str) -> str:
    """How a source is called in a server: as chosen, as it calls itself, or by its host."""
    named = (name for name in (label, title) if name and not is_blank(name))
    return " ".join(next(named, host_of(address)).split())[:LONGEST_LABEL].rstrip()


def keys_of(source: Source) -> set[tuple[str, str]]:
    """What a source is recognised by, however its address is spelled: with http or https, a slash more or less, where
    it permanently redirects to; for each name of a login another feed.
    """
    name = source.login.partition(":")[0]
    return {(canonical_url(each), name) for each in (source.address, source.moved_to) if each}


def _followed(subscriptions: Sequence[Subscription], found: FoundFeed) -> Subscription | None:
    name = found.login.partition(":")[0]
    keys = {(canonical_url(each), name) for each in (found.address, *found.spellings)}
    return next((each for each in subscriptions if keys_of(each.source) & keys), None)


def _check_unfollowed(subscriptions: Sequence[Subscription], found: FoundFeed) -> None:
    if followed := _followed(subscriptions, found):
        raise _followed_already(followed.label)


def _check_new(subscriptions: Sequence[Subscription], found: FoundFeed) -> None:
    _check_unfollowed(subscriptions, found)
    if len(subscriptions) >= MOST_SOURCES:
        raise DigestError(f"This server follows {MOST_SOURCES} sources, the most there can be. Remove one first.")


def _with_known_login(text: str, source: Source) -> tuple[str, str]:
    """A typed address that holds the name of a kept login only, and that login; another place never gets it."""
    bare = without_user(text.strip(), source.login)
    if bare == text.strip() or not same_origin(bare, source.address):
        return text, ""
    return bare, source.login


def _followed_already(label: str) -> DigestError:
    return DigestError(f"This server follows that feed already, as “{label}”.")


def _name_taken(label: str) -> DigestError:
    return DigestError(f"Another source is labelled “{label}” already. Give this one another label.")


_OTHERS_LOGIN = (
    "Somebody else reads this feed under that name with another password, so it cannot be kept with this one. "
    "Ask the site for a name of your own."
)
