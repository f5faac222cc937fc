"""FAULTS 48: the model dies, is out of memory or far too slow. The digest comes on time all the same and says so."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.editions import Editions
from bot.services.live import Live
from bot.services.ports import Condenser
from bot.ui.editions import edition_bodies
from bot.ui.stories import NO_MODEL
from storage import SHARED, Digest, EditionState, Storage
from summarizer import Brief, Request, StoryDocument, Worker
from summarizer.errors import CallFailed
from tests.factories import DAILY, NOON, SERVER, a_digest, a_source
from tests.fakes import FakeAdmins, FakeClock, FakeCondenser, FakePublisher
from tests.newsroom import a_report

SUBJECTS = ("harbour", "bridge", "library")
DUE = NOON + timedelta(minutes=30)
AHEAD = timedelta(seconds=12)
"""The model may be waited for until ten seconds before the slot."""


class Killed(Worker):
    """A real worker that puts reports together, and whose process is killed with -9 whenever it writes a brief."""

    def __init__(self) -> None:
        super().__init__()
        self.spared = False
        self.killed: list[int] = []

    async def brief(self, request: Request) -> Brief:
        return await self._shot_at(super().brief(request))

    async def _shot_at(self, call):
        answer = asyncio.ensure_future(call)
        while not self.spared and not answer.done():
            for child in list(self._pool._living):
                if child.is_alive and child._process.pid not in self.killed:
                    self.killed.append(child._process.pid)
                    os.kill(child._process.pid, signal.SIGKILL)
            await asyncio.sleep(0)
        return await answer


class Slow(FakeCondenser):
    """Answers the first calls, and is still at the next one long after."""

    answers = 2

    async def brief(self, request: Request) -> Brief:
        self.answers -= 1
        if self.answers < 0:
            await asyncio.Event().wait()
        return await super().brief(request)


class OutOfMemory(FakeCondenser):
    """Every call ends as one does whose process has used up its memory."""

    async def brief(self, request: Request) -> Brief:
        raise CallFailed("MemoryError", "")

    async def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        raise CallFailed("MemoryError", "")


class Room:
    """A digest due at half past twelve, a live one, and a condenser that fails."""

    def __init__(self, storage: Storage, condenser: Condenser) -> None:
        self.storage, self.condenser, self.clock = storage, condenser, FakeClock(NOON)
        self.publisher = FakePublisher(self.clock)
        briefing = Briefing(storage, condenser, self.clock)
        composing = Composing(storage, condenser, briefing, self.clock, patience=timedelta(seconds=2))
        tick = timedelta(seconds=0.01)
        self.editions = Editions(
            storage, composing, self.publisher, FakeAdmins(), _render, self.clock, owner="one", tick=tick
        )
        self.live = Live(storage, composing, self.editions, self.clock)

    async def open(self, schedule: str = f"{DAILY} 12:30") -> Digest:
        self.source_id = await a_source(self.storage, "https://example.org/feed", SERVER)
        async with self.storage.begin() as tx:
            return await tx.digests.add(SERVER, a_digest(schedule=schedule, timezone="UTC"), NOON)

    async def take_in(self, *subjects: str) -> None:
        async with self.storage.begin() as tx:
            reports = [a_report(subject) for subject in subjects]
            await tx.articles.keep(reports, scope=SHARED, source_id=self.source_id, now=self.clock.now())

    async def pass_slot(self, ahead: timedelta = AHEAD) -> None:
        """Compose ahead of the slot, as the timetable does, then let the slot come."""
        self.clock.time = DUE - ahead
        await self.editions.run_due()
        self.clock.time = DUE
        await self.editions.run_due()
        await self.editions.stop(timedelta(minutes=1))

    async def sent_late(self, digest: Digest) -> list[timedelta]:
        """How long after its slot each part of each edition was sent."""
        async with self.storage.reading() as tx:
            made = await tx.editions.list_of_digest(digest.digest_id)
            assert [edition.state for edition in made] == [EditionState.SENT] * len(made)
            parts = [(edition, await tx.editions.list_deliveries(edition.edition_id)) for edition in made]
        return [part.sent_at - edition.due_at for edition, each in parts for part in each]

    @property
    def texts(self) -> list[str]:
        return ["\n".join([*post.body["blocks"], post.body["footer"]]) for post in self.publisher.posted]


def _render(edition, digest, composition):
    return [body.to_json() for body in edition_bodies(edition, digest, composition)]


@pytest.fixture
async def killed() -> AsyncIterator[Killed]:
    worker = Killed()
    yield worker
    await worker.close()


async def test_the_model_is_killed_in_the_middle_of_a_composition(storage, killed):
    room = Room(storage, killed)
    digest = await room.open()
    room.clock.wind(minutes=1)
    await room.take_in(*SUBJECTS)
    await room.pass_slot(timedelta(minutes=2))
    assert len(killed.killed) >= 2  # it came back and was killed again
    assert await room.sent_late(digest) == [timedelta()]
    (text,) = room.texts
    assert all(subject in text for subject in SUBJECTS)
    assert NO_MODEL in text


async def test_a_model_that_is_back_is_used_again(storage, killed):
    room = Room(storage, killed)
    await room.open("live")
    room.clock.wind(minutes=1)
    await room.take_in("harbour")
    await room.live.run_due()
    killed.spared = True
    room.clock.wind(minutes=1)
    await room.take_in("bridge")
    room.live._composing._patience = timedelta(minutes=1)
    await room.live.run_due()
    first, second = room.texts
    assert NO_MODEL in first
    assert NO_MODEL not in second


@pytest.mark.parametrize("condenser", [Slow, OutOfMemory, lambda: FakeCondenser(broken=True)])
@pytest.mark.parametrize("schedule", [f"{DAILY} 12:30", "live"])
async def test_a_model_that_is_slow_or_out_of_memory_holds_nothing_up(storage, condenser, schedule):
    room = Room(storage, condenser())
    digest = await room.open(schedule)
    room.clock.wind(minutes=1)
    await room.take_in(*SUBJECTS)
    if schedule == "live":
        await room.live.run_due()
    else:
        await room.pass_slot()
    assert set(await room.sent_late(digest)) == {timedelta()}
    text = "\n".join(room.texts)
    assert all(subject in text for subject in SUBJECTS)
    assert NO_MODEL in text
