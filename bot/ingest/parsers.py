"""Feeds and pages, parsed in child processes that are killed when a body is too much for them."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot.errors import ContentRefused
from bot.ingest.discovery import Announcements, Link
from bot.ingest.opml import Outline
from summarizer.errors import CallFailed, CallTimedOut, ChildDied
from summarizer.processes import Pool


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
        """As `bot.ingest.readings` tells them."""
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
    canonical link and `key` what the feed knows it by, as far as they are its own (`bot.ingest.identities`).
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
    """The article of a web page. `url` is its canonical address, `feeds` are those the page announces."""

    title: str | None
    byline: str | None
    published: datetime | None
    language: str | None
    url: str | None
    site_name: str | None
    text: str
    feeds: tuple[str, ...]
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
class FeedList:
    """The feeds of an OPML file, in its order; `left_out` is how many there were beyond the most that are taken."""

    outlines: tuple[Outline, ...]
    left_out: int = 0


@dataclass(frozen=True)
class ParseLimits:
    """Bounds of one parse; those of a feed are also those of a text file. `memory` is the address space of a child in
    bytes. The first parse of a child includes the loading of its libraries, up to two seconds on a busy small machine.
    """

    feed_time: timedelta = timedelta(seconds=5)
    page_time: timedelta = timedelta(seconds=10)
    feed_bytes: int = 8_000_000
    page_bytes: int = 2_000_000
    memory: int = 1 << 30


class Parsers:
    """Parses bytes of strangers in up to `processes` children, which start with the first call."""

    def __init__(self, *, processes: int = 2, limits: ParseLimits | None = None) -> None:
        self._limits = limits or ParseLimits()
        self._pool = Pool("bot.ingest.parsing", size=processes, memory=self._limits.memory)

    async def feed(self, body: bytes, *, url: str | None = None, charset: str | None = None) -> Feed:
        """The RSS, Atom, RDF or JSON feed in `body`; `url` is what relative links are resolved against, `charset` what
        HTTP declared. Raises ContentRefused.
        """
        found = await self._call("feed", "feed", body, url, charset)
        entries = tuple(FeedEntry(**_read(entry)) for entry in found["entries"])
        interval = None if found["interval"] is None else timedelta(seconds=found["interval"])
        return Feed(**found | {"entries": entries, "refused": tuple(found["refused"]), "interval": interval})

    async def page(self, body: bytes, *, url: str | None = None, charset: str | None = None) -> Page:
        """The article on a web page. Raises ContentRefused, also when the page holds no article."""
        found = await self._call("page", "page", body, url, charset)
        return Page(**_read(found) | {"feeds": tuple(found["feeds"])})

    async def feed_links(self, body: bytes, url: str | None = None, charset: str | None = None) -> tuple[str, ...]:
        """Absolute addresses of the feeds that a page announces, article or not. Raises ContentRefused."""
        return tuple(await self._call("feed_links", "page", body, url, charset))

    async def announcements(self, body: bytes, url: str | None = None, charset: str | None = None) -> Announcements:
        """What a web page tells of its feeds, article or not. Raises ContentRefused."""
        found = await self._call("announcements", "page", body, url, charset)
        links = tuple(Link(**link) for link in found["links"])
        return Announcements(**found | {"links": links, "identities": tuple(found["identities"])})

    async def opml(self, body: bytes, charset: str | None = None) -> FeedList:
        """The feeds of an OPML file. Raises ContentRefused."""
        found = await self._call("opml", "OPML file", body, charset)
        return FeedList(tuple(Outline(**outline) for outline in found["outlines"]), found["left_out"])

    async def text(self, body: bytes, *, markdown: bool = False) -> Document:
        """The article in a plain text or Markdown file. Raises ContentRefused, also when it is no text."""
        found = await self._call("text", "file", body, markdown)
        return Document(**_read(found))

    async def close(self) -> None:
        """End the children."""
        await self._pool.close()

    async def _call(self, function: str, kind: str, body: bytes, *arguments: Any) -> Any:
        limits = self._limits
        largest, time = (
            (limits.page_bytes, limits.page_time) if kind == "page" else (limits.feed_bytes, limits.feed_time)
        )
        _check_size(kind, body, largest)
        try:
            return await self._pool.call(function, *arguments, attached=body, timeout=time)
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
