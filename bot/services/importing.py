"""Lists of sources in and out: OPML, with categories.

An import fetches nothing; the first polls of what it brought are spread over time.
"""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.errors import ContentRefused, DigestError, FetchRefused
from bot.ingest.discovery import spelled_out
from bot.ingest.opml import Outline, written
from bot.ingest.parsers import FeedList, Parsers
from bot.ingest.web.fetcher import Fetcher
from bot.ingest.web.urls import canonical_url, checked_url, host_of, split_login, without_user
from bot.services.following import MOST_SOURCES, keys_of, label_of
from bot.services.ports import Clock
from storage import AlreadySubscribed, NameTaken, SourceKind, Storage, Subscription, Transaction

MOST_BYTES = 8_000_000
PER_MINUTE = 20
"""First polls of imported sources."""
_USER_INFO = re.compile(r"//[^/?#]*@")
_AT_ONCE = 100  # kept in one transaction, so that nobody waits long for the database


@dataclass(frozen=True)
class Line:
    """One feed of a list that is not imported, and why."""

    number: int
    title: str
    address: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What an import would do. `known` are followed already, `refused` cannot be; `left_out` were not looked at."""

    new: tuple[Outline, ...]
    known: tuple[Line, ...]
    refused: tuple[Line, ...]
    left_out: int

    @property
    def categories(self) -> list[tuple[str, int]]:
        """Categories of the new ones and how many each has, as they come."""
        return list(Counter(outline.category for outline in self.new if outline.category).items())


@dataclass(frozen=True)
class Imported:
    """What an import did; the first poll of the last source is so long from now."""

    followed: int
    plan: Plan
    last_poll: timedelta


@dataclass(frozen=True)
class Export:
    """An OPML file of `count` sources; of `logins` ones the login was left out."""

    body: bytes
    count: int
    logins: int


class Importing:
    """Use cases around OPML; each acts within one server."""

    def __init__(self, storage: Storage, fetcher: Fetcher, parsers: Parsers, clock: Clock) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._parsers = parsers
        self._clock = clock

    async def read(self, body: bytes, charset: str | None = None) -> FeedList:
        """The feeds of an OPML file. Raises ContentRefused."""
        if len(body) > MOST_BYTES:
            raise ContentRefused(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        return await self._parsers.opml(body, charset)

    async def read_address(self, text: str) -> FeedList:
        """The feeds of an OPML file on the web. Raises FetchRefused, ContentRefused."""
        address, login = split_login(text)
        fetched = await self._fetcher.fetch(address, max_bytes=MOST_BYTES, login=login)
        return await self.read(fetched.body, fetched.charset)

    async def plan(self, server_id: int, feeds: FeedList) -> Plan:
        """What would be imported into a server."""
        async with self._storage.reading() as tx:
            subscriptions = await tx.sources.list_subscriptions(server_id)
        # Some thousand addresses take a third of a second.
        return await asyncio.to_thread(plan_of, feeds, subscriptions)

    async def keep(self, server_id: int, feeds: FeedList) -> Imported:
        """Follow what is new of a list, as things are now. Nothing is fetched here."""
        plan = await self.plan(server_id, feeds)
        async with self._storage.begin() as tx:
            await tx.servers.ensure(server_id, self._clock.now())
        refused = list(plan.refused)
        for start in range(0, len(plan.new), _AT_ONCE):
            async with self._storage.begin() as tx:
                for place, outline in enumerate(plan.new[start : start + _AT_ONCE], start):
                    try:
                        await self._follow(tx, server_id, outline, place)
                    except (AlreadySubscribed, NameTaken) as error:  # by somebody else, meanwhile
                        refused.append(_line(outline, str(error)))
        followed = len(plan.new) - (len(refused) - len(plan.refused))
        return Imported(followed, replace(plan, refused=tuple(refused)), first_poll_after(len(plan.new)))

    async def export(self, server_id: int, title: str) -> Export:
        """The sources of a server as an OPML file, without logins. Raises DigestError when there are none."""
        async with self._storage.reading() as tx:
            subscriptions = await tx.sources.list_subscriptions(server_id)
        if not subscriptions:
            raise DigestError("This server follows no sources yet, so there is nothing to export.")
        logins = sum(bool(each.source.login) for each in subscriptions)
        return Export(written(title, map(_outline, subscriptions)), len(subscriptions), logins)

    async def _follow(self, tx: Transaction, server_id: int, outline: Outline, place: int) -> None:
        now = self._clock.now()
        due = now + first_poll_after(place)
        source = await tx.sources.ensure(
            SourceKind.FEED,
            outline.address,
            title=outline.title or host_of(outline.address),
            now=now,
            next_poll_at=due,
        )
        await tx.sources.postpone(source.source_id, due)
        await tx.sources.subscribe(server_id, source.source_id, outline.title, now)
        await tx.sources.name(server_id, source.source_id, label=outline.title, category=outline.category)


def plan_of(feeds: FeedList, subscriptions: Sequence[Subscription], most: int = MOST_SOURCES) -> Plan:
    """What becomes of each feed of a list: new under a label of its own, followed already, or refused."""
    followed = {key: each.label for each in subscriptions for key in keys_of(each.source)}
    labels = {label_key(each.label) for each in subscriptions}
    listed: dict[str, int] = {}
    new: list[Outline] = []
    known: list[Line] = []
    refused: list[Line] = []
    for outline in feeds.outlines:
        try:
            address = _address(outline)
        except FetchRefused as refusal:
            refused.append(_line(outline, str(refusal)))
            continue
        key = canonical_url(address)
        if label := followed.get((key, "")):
            known.append(_line(outline, f"It is followed already, as “{label}”."))
        elif key in listed:
            refused.append(_line(outline, f"It is the same address as number {listed[key]}."))
        elif len(subscriptions) + len(new) >= most:
            refused.append(_line(outline, f"A server can follow {most} sources, and this one is beyond them."))
        else:
            listed[key] = outline.number
            label = _own_label(label_of(outline.title, "", address), labels)
            labels.add(label_key(label))
            new.append(replace(outline, address=address, title=label))
    return Plan(tuple(new), tuple(known), tuple(refused), feeds.left_out)


def first_poll_after(place: int) -> timedelta:
    """When the source at that place of an import is read for the first time."""
    return timedelta(minutes=1 + place / PER_MINUTE)


def label_key(label: str) -> str:
    """What two labels must not have in common in one server."""
    return label.casefold()


def _address(outline: Outline) -> str:
    address, login = split_login(spelled_out(outline.address))
    if login:
        raise FetchRefused("Logins are not imported. Follow it with /source add, which tries the login first.")
    return checked_url(address)


def _own_label(label: str, taken: set[str]) -> str:
    number, own = 2, label
    while label_key(own) in taken:
        own = f"{label[:74].rstrip()} ({number})"
        number += 1
    return own


def _line(outline: Outline, reason: str) -> Line:
    # What is refused may hold a password, and is shown.
    return Line(outline.number, outline.title, _USER_INFO.sub("//", outline.address), reason)


def _outline(subscription: Subscription) -> Outline:
    source = subscription.source
    address = without_user(source.address, source.login)
    return Outline(address, subscription.label, subscription.category, source.site_url or "")
