"""Feeds and pages, parsed in child processes that are killed when a body is too much for them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.errors import ContentRefused
from bot.ingest.discovery import Announcements, Link
from bot.ingest.opml import Outline
from bot.ingest.sandboxes import Sandbox
from summarizer.errors import CallFailed, CallTimedOut, ChildDied

MAX_ENTRIES = 500
"""Entries taken of a feed that is polled: the newest ones."""
MOST_ENTRIES = 2_000
"""Entries taken of a feed that the operator hands in."""
_AT_A_TIME = 50  # entries are made out of an answer before others may run


@dataclass(frozen=True)
class Facts:
    """What a text says of itself, and what it is recognised by.

    `place`, `filed_on` and `agency` are its dateline. `dates` are the days that its relative dates ("on Tuesday") mean:
    start and end in the text, and the day. `fingerprint` is `storage.fingerprint` of the text; `bands` are what near
    copies of it share, none where it is too short.
    """

    place: str | None = None
    filed_on: date | None = None
    agency: str | None = None
    embargo_until: datetime | None = None
    dates: tuple[tuple[int, int, date], ...] = ()
    fingerprint: str = ""
    bands: tuple[int, ...] = ()

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> "Facts":
        """As `bot.ingest.texts.readings` tells them; of a text that was not read, only what it is recognised by."""
        if len(fields) == 1:
            return cls(fingerprint=fields["fingerprint"])
        return cls(
            place=fields["place"],
            filed_on=_day(fields["filed_on"]),
            agency=fields["agency"],
            embargo_until=_moment(fields["embargo_until"]),
            dates=tuple((start, end, date.fromisoformat(day)) for start, end, day in fields["dates"]),
            fingerprint=fields["fingerprint"],
            bands=tuple(fields["bands"]),
        )


@dataclass(frozen=True)
class FeedEntry:
    """One item of a feed. `text` is plain, paragraphs divided by empty lines, and the title where there was no text;
    `title` is empty where there was none; `language` is a lower-case ISO 639 code; `address` is its
    canonical link and `key` what the feed knows it by, as far as they are its own (`bot.ingest.feeds.identities`).
    """

    guid: str | None
    url: str | None
    title: str
    byline: str | None
    published: datetime | None
    text: str
    language: str | None
    facts: Facts = field(default_factory=Facts, compare=False)  # worked out of the text
    address: str | None = field(default=None, compare=False)  # worked out of the whole feed, as the key
    key: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Feed:
    """A feed in its own order. `refused` has a sentence for each entry, or group of them, that was left out; `interval`
    is how often, at the most, the feed asks to be read (`ttl`, `sy:updatePeriod`).
    """

    title: str
    site_url: str | None
    language: str | None
    entries: tuple[FeedEntry, ...]
    refused: tuple[str, ...]
    interval: timedelta | None = None


@dataclass(frozen=True)
class Page:
    """The article of a web page. `url` is its canonical address."""

    title: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    url: str | None
    site_name: str | None
    text: str
    facts: Facts = field(default_factory=Facts, compare=False)  # worked out of the text


@dataclass(frozen=True)
class Document:
    """An article from a file. `published` and `language` are known only where the file states them."""

    title: str | None
    text: str
    published: datetime | None = None
    language: str | None = None
    byline: str | None = None
    url: str | None = None
    site_name: str | None = None
    facts: Facts = field(default_factory=Facts, compare=False)  # worked out of the text


@dataclass(frozen=True)
class FileContents:
    """The articles in a file, and the names of the files attached to it, each of which is read by a call of its own."""

    articles: tuple[Document, ...]
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True)
class FeedList:
    """The feeds of an OPML file, in its order; `left_out` is how many there were beyond the most that are taken."""

    outlines: tuple[Outline, ...]
    left_out: int = 0


@dataclass(frozen=True)
class ParseLimits:
    """Bounds of one parse; a file may be as large as a feed and take as long as a page. Times are of the processor.
    `memory` is the address space of a child in bytes.
    """

    feed_time: timedelta = timedelta(seconds=5)
    page_time: timedelta = timedelta(seconds=10)
    feed_bytes: int = 8_000_000
    page_bytes: int = 2_000_000
    memory: int = 1 << 30


class Parsers:
    """Parses bytes of strangers in up to `processes` children and one for those that take long (`ingest.sandboxes`)."""

    def __init__(self, *, processes: int = 2, limits: ParseLimits | None = None) -> None:
        self._limits = limits or ParseLimits()
        self._sandbox = Sandbox(processes=processes, memory=self._limits.memory)

    async def feed(
        self,
        body: bytes,
        *,
        url: str | None = None,
        charset: str | None = None,
        limit: int = MAX_ENTRIES,
        known: Collection[str] | None = (),
    ) -> Feed:
        """The RSS, Atom, RDF or JSON feed in `body`, its `limit` newest entries; `url` is what relative links are
        resolved against, `charset` what HTTP declared. Entries whose fingerprint is `known` have no other facts. With
        None, entries are as the feed has them, for a look at it: without facts, address and key. Raises ContentRefused.
        """
        known = known if known is None else list(known)
        found = await self._call("feed", "feed", body, url, charset, limit, known, origin=url)
        entries: list[FeedEntry] = []
        for number, entry in enumerate(found["entries"]):
            if number % _AT_A_TIME == 0:
                await asyncio.sleep(0)
            entries.append(FeedEntry(**_read(entry)))
        interval = None if found["interval"] is None else timedelta(seconds=found["interval"])
        return Feed(**found | {"entries": tuple(entries), "refused": tuple(found["refused"]), "interval": interval})

    async def page(self, body: bytes, *, url: str | None = None, charset: str | None = None) -> Page:
        """The article on a web page. Raises ContentRefused, also when the page holds no article."""
        found = await self._call("page", "page", body, url, charset, origin=url)
        return Page(**_read(found))

    async def announcements(self, body: bytes, url: str | None = None, charset: str | None = None) -> Announcements:
        """What a web page tells of its feeds, article or not; of a huge one its beginning. Raises ContentRefused."""
        beginning = body[: self._limits.page_bytes]
        found = await self._call("announcements", "page", beginning, url, charset, origin=url)
        links = tuple(Link(**link) for link in found["links"])
        return Announcements(**found | {"links": links, "identities": tuple(found["identities"])})

    async def opml(self, body: bytes, charset: str | None = None) -> FeedList:
        """The feeds of an OPML file. Raises ContentRefused."""
        found = await self._call("opml", "OPML file", body, charset)
        return FeedList(tuple(Outline(**outline) for outline in found["outlines"]), found["left_out"])

    async def file(self, body: bytes, name: str = "") -> FileContents:
        """The articles in a file of any kind that is read. Raises ContentRefused."""
        found = await self._call("file", "file", body, name)
        return FileContents(tuple(Document(**_read(one)) for one in found["articles"]), tuple(found["attachments"]))

    async def attachment(self, body: bytes, number: int) -> Document:
        """The article in one of the attachments that `file` named. Raises ContentRefused."""
        return Document(**_read(await self._call("attachment", "file", body, number)))

    async def close(self) -> None:
        """End the children."""
        await self._sandbox.close()

    async def _call(self, function: str, kind: str, body: bytes, *arguments: Any, origin: str | None = None) -> Any:
        limits = self._limits
        largest = limits.page_bytes if kind == "page" else limits.feed_bytes
        time = limits.page_time if kind in ("page", "file") else limits.feed_time
        _check_size(kind, body, largest)
        try:
            return await self._sandbox.call(function, *arguments, body=body, time=time, origin=origin)
        except CallFailed as failure:
            raise ContentRefused(_sentence(failure, kind)) from failure
        except CallTimedOut:
            raise ContentRefused(f"Reading this {kind} took too long and was stopped.") from None
        except ChildDied:
            raise ContentRefused(f"This {kind} broke its parser, so it was left out.") from None


def _check_size(kind: str, body: bytes, limit: int) -> None:
    if not body.strip(b"\0\t\n\r "):
        raise ContentRefused(f"This {kind} is empty.")
    if len(body) > limit:
        raise ContentRefused(f"This {kind} is larger than {limit / 1e6:g} MB.")


def _sentence(failure: CallFailed, kind: str) -> str:
    if failure.kind == "Unreadable":
        return str(failure)
    if failure.kind == "MemoryError":
        return f"Reading this {kind} needed too much memory and was stopped."
    return f"This is not a {kind} that can be read."


def _read(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry, page or document with values where JSON has texts."""
    return fields | {"published": _moment(fields["published"]), "facts": Facts.from_json(fields["facts"])}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
