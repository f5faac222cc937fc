"""Feeds: bytes to entries beside a bare loop of feedparser, and on into a database; and how late timers fire meanwhile.

All live feeds of the shared data, by turns with the peer, so that other load on the machine meets both alike. Ours come
out of two child processes, through JSON, as plain text, and once more read (datelines, dates, near copies); feedparser
runs as one would write it, in the same process, and gives HTML.
Run it with `DATA=folder python -m tests.benchmarks.feeds [rounds]`.
"""

import asyncio
import io
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bot.errors import ContentRefused
from bot.ingest.parsers import MOST_ENTRIES, Feed, ParseLimits, Parsers
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from bot.services.intake import Intake, article_of_entry
from bot.services.ports import SystemClock
from storage import Storage
from tests.benchmarks.loop_lag import Lags, measure
from tests.benchmarks.report import DATA, Report

_ADDRESS = "https://feeds{}.example/feed.xml"
_ATTRIBUTES = " ".join(f"a{number}=1" for number in range(300_000))
_BOMB = (
    f"<rss><channel><item><description><![CDATA[<p hidden {_ATTRIBUTES}>x</p>]]></description></item></channel></rss>"
)


@dataclass
class Way:
    """Seconds and entries of one way to read the feeds, over all rounds; the best round counts."""

    name: str
    entries: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Entries per second of the best round."""
        return self.entries / min(self.seconds)

    async def run(self, work: Callable[[], Awaitable[int]]) -> None:
        """One round."""
        started = time.perf_counter()
        self.entries = await work()
        self.seconds.append(time.perf_counter() - started)


async def _by_feedparser(bodies: list[bytes]) -> int:
    import feedparser  # type: ignore[import-untyped]

    return sum(len(feedparser.parse(io.BytesIO(body)).entries) for body in bodies)


async def _feeds(parsers: Parsers, bodies: list[bytes], known: Collection[str] | None) -> list[Feed]:
    calls = (
        parsers.feed(body, url=_ADDRESS.format(number), limit=MOST_ENTRIES, known=known)
        for number, body in enumerate(bodies)
    )
    found = await asyncio.gather(*calls, return_exceptions=True)
    for refusal in found:
        if isinstance(refusal, BaseException) and not isinstance(refusal, ContentRefused):
            raise refusal
    return [feed for feed in found if isinstance(feed, Feed)]


async def _stored(parsers: Parsers, bodies: list[bytes]) -> int:
    """Feeds parsed, read and kept in a database of their own; the articles that came of it."""
    with tempfile.TemporaryDirectory() as folder:
        storage = Storage(f"sqlite+aiosqlite:///{Path(folder) / 'dateline.sqlite3'}")
        await storage.open()
        fetcher = Fetcher(AddressPolicy(), user_agent="Dateline measurement")
        try:
            intake = Intake(storage, fetcher, parsers, SystemClock())
            kept = 0
            for feed in await _feeds(parsers, bodies, ()):
                kept += len(await intake.keep([article_of_entry(entry, feed) for entry in feed.entries]))
            return kept
        finally:
            await fetcher.close()
            await storage.close()


async def _rates(bodies: list[bytes], rounds: int) -> list[Way]:
    peer, ours, read, stored = (
        Way("feedparser 6.0.14, a bare loop"),
        Way("Dateline, 2 children"),
        Way("the same, each text read"),
        Way("the same, and stored"),
    )
    parsers = Parsers(processes=2)
    try:
        await _feeds(parsers, bodies[:4], ())  # the children are there, as in a bot that runs
        for _ in range(rounds):
            await peer.run(lambda: _by_feedparser(bodies))
            await ours.run(lambda: _count(parsers, bodies, None))
            await read.run(lambda: _count(parsers, bodies, ()))
            await stored.run(lambda: _stored(parsers, bodies))
    finally:
        await parsers.close()
    return [peer, ours, read, stored]


async def _count(parsers: Parsers, bodies: list[bytes], known: Collection[str] | None) -> int:
    return sum(len(feed.entries) for feed in await _feeds(parsers, bodies, known))


async def _note_work(worked: list[float]) -> None:
    """Seconds of processor time that the event loop took between two of its timers."""
    while True:
        before = time.thread_time()
        await asyncio.sleep(0.005)
        worked.append(time.thread_time() - before)


async def _lags(bodies: list[bytes], worked: list[float]) -> Lags:
    """While 100 feeds are parsed, four of them bombs, on two children."""
    parsers = Parsers(processes=2, limits=ParseLimits(feed_time=timedelta(seconds=2)))
    mixed = [*[_BOMB.encode()] * 4, *(bodies[number % len(bodies)] for number in range(96))]
    lags = Lags()
    try:
        await _feeds(parsers, bodies[:4], ())
        noting = asyncio.create_task(_note_work(worked))
        await measure(lags, lambda: _feeds(parsers, mixed, ()))
        noting.cancel()
    finally:
        await parsers.close()
    return lags


async def main(rounds: int) -> None:
    """Print and keep the tables."""
    bodies = [file.read_bytes() for file in sorted((DATA / "feeds/real").glob("*.xml"))]
    with Report("feeds", "Feeds") as report:
        report.say(
            f"{len(bodies)} live feeds, {sum(map(len, bodies)) / 1e6:.1f} MB; the best of {rounds} rounds by turns."
        )
        ways = await _rates(bodies, rounds)
        report.table(
            ["", "entries", "entries/s", "against feedparser"],
            [[way.name, way.entries, f"{way.rate:,.0f}", f"{way.rate / ways[0].rate:.1f}"] for way in ways],
        )
        idle = Lags()
        await measure(idle, lambda: asyncio.sleep(3))
        worked: list[float] = []
        lags = await _lags(bodies, worked)
        report.say(
            f"Timers of the event loop while 100 feeds, four of them bombs, were parsed: late by"
            f" {lags.percentile(0.99) * 1000:.1f} ms at the 99th percentile, {max(lags.late) * 1000:.1f} ms at most;"
            f" with nothing to do, by {idle.percentile(0.99) * 1000:.1f} and {max(idle.late) * 1000:.1f} ms."
            f" Between two timers the loop itself worked {max(worked) * 1000:.1f} ms at most."
        )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
