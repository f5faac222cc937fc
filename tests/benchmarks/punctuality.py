"""How long after its slot the first part of an edition stands in its channel, while the summarizer is busy.

    python -m tests.benchmarks.punctuality [digests]

The bot runs in a process of its own, with its models, against a Discord on loopback that answers after 80 ms. The
digests are due at three minutes in turn; from before the first to after the last, members send it links to brief.
"""

import asyncio
import itertools
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from bot.app import PERMISSIONS
from storage import SHARED, SourceKind, Storage
from tests.benchmarks.acknowledge import pages
from tests.benchmarks.fanout import LATENCY, PER_SECOND
from tests.benchmarks.report import Report
from tests.factories import DAILY, a_digest, an_article
from tests.servers import Site, serving
from tests.wire.fakediscord import FakeDiscord
from tests.wire.running import running
from tests.wire.world import MEMBER, Channel, Guild

MINUTES = 3
TO_START = timedelta(seconds=45)
SERVERS = 20
ARTICLES = 12
BRIEFS_AT_ONCE = 12
PAGES = 3000
SETTINGS = {"DATELINE_FETCH_ALLOW_NETWORKS": "127.0.0.0/8"}


async def main(count: int) -> None:
    """Print and write the delays."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeDiscord() as fake, serving(pages(PAGES)) as site:
            guilds = [fake.add_guild(f"Server {n}", bot_permissions=PERMISSIONS.value) for n in range(SERVERS)]
            due = await prepare(fake, guilds, Path(folder), count)
            async with running(fake, Path(folder), SETTINGS) as bot:
                await fake.ready(timeout=60)
                await fake.until(lambda: "watching sources and digests" in bot.output, 60, "the services")
                fake.rest.latency, fake.rest.per_second = LATENCY, PER_SECOND
                async with busy(fake, site, guilds) as briefed:
                    await fake.until(lambda: len(delays(fake, due)) == count, 280, "all editions")
    write(delays(fake, due), count, briefed)


async def prepare(fake: FakeDiscord, guilds: list[Guild], home: Path, count: int) -> dict[Channel, datetime]:
    """Servers that follow one source, and their digests, each in a channel of its own; returns when each is due."""
    storage = Storage(f"sqlite+aiosqlite:///{home / 'dateline.sqlite3'}")
    await storage.open()
    now = datetime.now(UTC)
    first = (now + TO_START + timedelta(minutes=1)).replace(second=0, microsecond=0)
    due: dict[Channel, datetime] = {}
    async with storage.begin() as tx:
        source = await tx.sources.ensure(SourceKind.FILES, "the archive", title="Archive", now=now, next_poll_at=None)
        for guild in guilds:
            await tx.servers.ensure(guild.id, now)
            await tx.sources.subscribe(guild.id, source.source_id, "Archive", now)
        new = [an_article(f"harbour of town {n}", published=now - timedelta(hours=2)) for n in range(ARTICLES)]
        await tx.articles.keep(new, scope=SHARED, source_id=source.source_id, now=now - timedelta(hours=1))
        for n in range(count):
            guild = guilds[n % SERVERS]
            channel = fake.add_channel(guild, f"news-{n}")
            due[channel] = first + timedelta(minutes=n % MINUTES)
            schedule = f"{DAILY} {due[channel]:%H:%M}"
            digest = a_digest(f"Digest {n}", channel_id=channel.id, schedule=schedule, timezone="UTC")
            await tx.digests.add(guild.id, digest, now - timedelta(minutes=1))
    await storage.close()
    return due


@asynccontextmanager
async def busy(fake: FakeDiscord, site: Site, guilds: list[Guild]) -> AsyncIterator[list[int]]:
    """Members who send links and, when one is briefed, another the next, as long as the block lasts; how many were
    briefed. Servers take turns, so that no quota is used up.
    """
    briefed, numbers = [0], itertools.count()

    async def ask() -> None:
        while True:
            number = next(numbers)
            guild = guilds[number % len(guilds)]
            user = fake.add_member(guild, f"member {number}", permissions=MEMBER)
            channel = next(iter(guild.channels.values()))
            answer = await fake.run_command(guild, channel, user, "brief", {"link": site.url(f"/{number % PAGES}")})
            await answer.final(120)
            briefed[0] += "from Norrby" in answer.text

    asking = [asyncio.create_task(ask()) for _ in range(BRIEFS_AT_ONCE)]
    try:
        yield briefed
    finally:
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)


def delays(fake: FakeDiscord, due: dict[Channel, datetime]) -> list[float]:
    """Seconds from slot to first part of those that are posted, sorted."""
    slots = {str(channel.id): moment for channel, moment in due.items()}
    first: dict[str, float] = {}
    for message in fake.stored.values():
        if message["channel_id"] in slots and "interaction_metadata" not in message:
            posted = datetime.fromisoformat(message["timestamp"])
            first.setdefault(message["channel_id"], (posted - slots[message["channel_id"]]).total_seconds())
    return sorted(first.values())


def write(found: list[float], count: int, briefed: list[int]) -> None:
    """The table."""
    at_99 = found[int(0.99 * (len(found) - 1))]
    with Report("punctuality", "From the slot to the first part") as report:
        report.say(
            f"{count} digests of {SERVERS} servers, a third of them due at each of {MINUTES} minutes, posted by the "
            f"real process while it briefed {briefed[0]} links; a Discord that takes {PER_SECOND} requests a second "
            f"and answers after {1000 * LATENCY:.0f} ms. Seconds."
        )
        row = [f"{seconds:.2f}" for seconds in (found[0], median(found), at_99, found[-1])]
        report.table(["editions", "earliest", "median", "99th percentile", "latest"], [[len(found), *row]])


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
