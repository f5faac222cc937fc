"""Processes that post are killed with -9 at every step; each part is in its channel exactly once, in order.

FAULTS 27 (kill -9 around send and record, inside and outside the nonce window) and 28 (two processes, one database).
"""

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import SHARED, Digest, Storage
from tests.factories import DAILY, SERVER, a_digest, a_source, an_article
from tests.wire import limits
from tests.wire.fakediscord import FakeDiscord
from tests.wire.poster import DONE, PARTS, Job, Posters, posters
from tests.wire.world import FORUM, TEXT, Channel

LAST_STEP = 40
"""More than one edition of three parts takes: the process then ends by itself."""


class Desk:
    """A fake Discord with a server, and the database of the processes that post there."""

    def __init__(self, fake: FakeDiscord, database: str, mother: Posters) -> None:
        self.fake, self.database, self.mother = fake, database, mother
        self.guild = fake.add_guild("Norrby")
        self.numbers = iter(range(10_000))

    async def open(self) -> None:
        storage = Storage(self.database)
        await storage.open()
        source_id = await a_source(storage, "https://example.org/feed", SERVER)
        an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
        async with storage.begin() as tx:
            await tx.articles.keep([an_article()], scope=SHARED, source_id=source_id, now=an_hour_ago)
        await storage.close()

    async def add(self, channel: Channel, due: datetime) -> Digest:
        """A daily digest whose next or last slot is that minute, in UTC."""
        storage = Storage(self.database)
        async with storage.begin() as tx:
            name = f"Digest {next(self.numbers)}"
            new = a_digest(name, channel_id=channel.id, schedule=f"{DAILY} {due:%H:%M}", timezone="UTC")
            added = await tx.digests.add(SERVER, new, datetime.now(UTC) - timedelta(hours=1))
        await storage.close()
        return added

    async def clear(self) -> None:
        """Forget the digests and what they posted."""
        for table in ("deliveries", "told", "editions", "digests"):
            await self.execute(f"DELETE FROM {table}")

    async def free(self) -> None:
        """Let the holds of a process that died run out now."""
        await self.execute("UPDATE editions SET lease_until = NULL, lease_owner = NULL")

    async def execute(self, statement: str) -> None:
        engine = create_async_engine(self.database)
        async with engine.begin() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    async def post(self, **changes: object) -> int:
        """Let a process post one edition; returns its exit code."""
        job = Job(self.database, self.fake.api_url, self.fake.gateway_url, self.fake.token, 1, **changes)  # type: ignore[arg-type]
        return await (await self.mother.start(job)).ended


@pytest.fixture
async def desk(database: str) -> AsyncIterator[Desk]:
    async with FakeDiscord() as fake, posters() as mother:
        made = Desk(fake, database, mother)
        await made.open()
        yield made


def posted(fake: FakeDiscord, channel: Channel) -> list[str]:
    """What stands in a channel, or in the posts of a forum, in order."""
    threads = [each for each in fake.channels.values() if each.parent is channel]
    texts = [limits.text_of(message) for place in (channel, *threads) for message in fake.messages(place)]
    return [re.sub(r"\n.*", "", each) for each in texts]


async def walk(desk: Desk, kind: int) -> None:
    """Kill a process at its first step, the next at its second, until one comes to its end."""
    for step in range(1, LAST_STEP):
        channel = desk.fake.add_channel(desk.guild, f"news-{step}", kind=kind)
        digest = await desk.add(channel, datetime.now(UTC) - timedelta(minutes=2))
        first = await desk.post(kill_at=step)
        if first != DONE:
            assert first == -9
            await desk.free()
            assert await desk.post() == DONE
        assert posted(desk.fake, channel) == [f"{digest.name} part {number}" for number in range(PARTS)]
        assert sum(each.parent is channel for each in desk.fake.channels.values()) == (1 if kind == FORUM else 0)
        if first == DONE:
            assert step > 4 * PARTS  # each part: attempt, send, record; and what comes before and after
            return
        await desk.clear()
    pytest.fail("no process came to its end")


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("kind", "window"), [(TEXT, 300.0), (FORUM, 0.0)], ids=["text", "forum"])
async def test_killed_at_every_step_each_part_is_there_once_in_order(desk: Desk, kind: int, window: float) -> None:
    """FAULTS 27: in a text channel inside the nonce window, in a forum, which has none, outside."""
    desk.fake.nonce_window = window
    await walk(desk, kind)


@pytest.mark.soak
@pytest.mark.both_databases
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", [TEXT, FORUM], ids=["text", "forum"])
@pytest.mark.parametrize("window", [300.0, 0.0], ids=["inside", "outside"])
async def test_killed_at_every_step_on_either_database(desk: Desk, kind: int, window: float) -> None:
    """FAULTS 27: everywhere, inside and outside the nonce window."""
    desk.fake.nonce_window = window
    await walk(desk, kind)


async def rivals(desk: Desk, count: int, kills: int, minutes: Sequence[int]) -> None:
    """Two processes post the editions of `count` digests, and now and then one is killed and another one started.

    The slots are at so many `minutes` from now, in turn.
    """
    minute = datetime.now(UTC).replace(second=0, microsecond=0)
    channels = {}
    for number in range(count):
        channel = desk.fake.add_channel(desk.guild, f"news-{number}", kind=FORUM if number % 10 == 0 else TEXT)
        digest = await desk.add(channel, minute + timedelta(minutes=minutes[number % len(minutes)]))
        channels[digest.name] = channel
    job = Job(
        desk.database, desk.fake.api_url, desk.fake.gateway_url, desk.fake.token, count, parts=2, hold=3.0, seconds=200
    )
    running = [await desk.mother.start(job) for _ in range(2)]
    for _ in range(kills):
        await asyncio.sleep(random.uniform(0.5, 2.5))
        victim = random.randrange(2)
        if not running[victim].ended.done():
            running[victim].kill()
        await running[victim].ended
        running[victim] = await desk.mother.start(job)
    assert [await run.ended for run in running] == [DONE, DONE]
    found = {name: posted(desk.fake, channel) for name, channel in channels.items()}
    assert found == {name: [f"{name} part 0", f"{name} part 1"] for name in channels}
    assert Counter(map(len, found.values())) == {2: count}


@pytest.mark.timeout(240)
async def test_two_processes_on_one_database_post_once(desk: Desk) -> None:
    """FAULTS 28, with two kills."""
    desk.fake.nonce_window = 1.0
    await rivals(desk, 12, kills=2, minutes=[-1, 0])


@pytest.mark.soak
@pytest.mark.both_databases
@pytest.mark.timeout(300)
async def test_two_hundred_slots_under_random_kills(desk: Desk) -> None:
    """FAULTS 28: 200 editions, none twice, none missing."""
    desk.fake.nonce_window = 1.0
    await rivals(desk, 200, kills=20, minutes=[-1, 0, 1, 2])
