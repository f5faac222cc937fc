"""A thousand editions due at one instant, on a Discord with a global limit: ours, and plain discord.py beside it.

    python -m tests.benchmarks.fanout [editions]

The fake Discord allows 50 requests in any second and answers after 80 ms. Our process has made the editions ahead and
posts them from its database when their slot comes. discord.py alone is given as many messages at once.
"""

import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import discord

from storage import SHARED, Storage
from tests.benchmarks.report import Report
from tests.factories import DAILY, SERVER, a_digest, a_source, an_article
from tests.wire.fakediscord import FakeDiscord
from tests.wire.poster import Job, posters
from tests.wire.rest import Recorded
from tests.wire.tinybot import connected
from tests.wire.world import Channel

PER_SECOND, LATENCY = 50, 0.08
TO_COMPOSE = timedelta(seconds=60)
CHANNELS_A_SERVER = 50

Send = Callable[[FakeDiscord, list[Channel]], Awaitable[None]]


async def main(count: int) -> None:
    """Print and write what became of the messages."""
    rows = [await measured("Dateline", count, post_editions), await measured("discord.py alone", count, send_at_once)]
    with Report("fanout", "A thousand editions at one instant") as report:
        report.say(
            f"{count} editions of one part for as many channels, due at one instant; a Discord that takes {PER_SECOND} "
            f"requests a second over all and answers after {1000 * LATENCY:.0f} ms."
        )
        report.table(["", "delivered", "refused with 429", "seconds", "requests a second", "of the limit"], rows)


async def measured(name: str, count: int, send: Send) -> list[object]:
    """One row: what a way of sending achieved on a fresh Discord."""
    async with FakeDiscord() as fake:
        guilds = [fake.add_guild(f"Server {n}") for n in range(-(-count // CHANNELS_A_SERVER))]
        channels = [fake.add_channel(guilds[n // CHANNELS_A_SERVER], f"news-{n}") for n in range(count)]
        await send(fake, channels)
        stored = Counter(message["channel_id"] for message in fake.stored.values())
        delivered = sum(stored[str(each.id)] == 1 for each in channels)
        posts = [request for request in fake.requests if request.path.endswith("/messages")]
    refused = sum(request.status == 429 for request in posts)
    took = span(posts)
    rate = (len(posts) - refused - 1) / took
    return [name, f"{delivered} of {count}", refused, f"{took:.1f}", f"{rate:.1f}", f"{100 * rate / PER_SECOND:.0f} %"]


def span(posts: list[Recorded]) -> float:
    """Seconds from the first to the last message that was taken."""
    taken = [request.at for request in posts if request.status == 200]
    return max(taken) - min(taken)


async def post_editions(fake: FakeDiscord, channels: list[Channel]) -> None:
    """Let a process make the editions ahead and post them at their slot."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{Path(folder) / 'dateline.sqlite3'}"
        await prepare(database, channels, datetime.now(UTC) + TO_COMPOSE + timedelta(minutes=1))
        async with posters() as mother:
            limited = asyncio.create_task(limit_when_ready(fake))
            job = Job(
                database, fake.api_url, fake.gateway_url, fake.token, len(channels), parts=1, every=30, seconds=200
            )
            await (await mother.start(job)).ended
            await limited


async def prepare(database: str, channels: list[Channel], due: datetime) -> None:
    """A digest for every channel, due at that minute, and an article to tell."""
    storage = Storage(database)
    await storage.open()
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    async with storage.begin() as tx:
        await tx.articles.keep([an_article()], scope=SHARED, source_id=source_id, now=an_hour_ago)
        for n, channel in enumerate(channels):
            new = a_digest(f"Digest {n}", channel_id=channel.id, schedule=f"{DAILY} {due:%H:%M}", timezone="UTC")
            await tx.digests.add(SERVER, new, an_hour_ago)
    await storage.close()


async def limit_when_ready(fake: FakeDiscord) -> None:
    """The log-in is not part of what is measured."""
    await fake.until(lambda: bool(fake.gateway.connected), 60, "the process")
    fake.rest.latency, fake.rest.per_second = LATENCY, PER_SECOND


async def send_at_once(fake: FakeDiscord, channels: list[Channel]) -> None:
    """As many tasks as messages, and discord.py's own handling of limits."""
    async with connected(fake) as client:
        await fake.until(lambda: all(client.get_channel(each.id) for each in channels), 30, "the channels")
        fake.rest.latency, fake.rest.per_second = LATENCY, PER_SECOND
        started = time.monotonic()
        sends = [client.get_channel(each.id).send("edition") for each in channels]
        results = await asyncio.gather(*sends, return_exceptions=True)
        failed = [each for each in results if isinstance(each, discord.HTTPException)]
        print(f"discord.py alone: {len(failed)} failed in {time.monotonic() - started:.1f} s", flush=True)
        fake.rest.per_second = None


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
