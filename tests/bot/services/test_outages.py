"""FAULTS 47: while the database is locked or gone nothing crashes, and afterwards nothing is lost and nothing is there
twice.
"""

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta

import pytest

from bot.ingest.parsers import Feed
from bot.ingest.web.fetcher import Fetched, Validators
from bot.services.holds import HOLD
from bot.services.polling import Polling
from storage import EditionState, Storage, Unavailable
from tests.bot.services.office import Office
from tests.factories import NOON, SERVER, a_source
from tests.fakes import FakeAdmins, FakeClock, FakePublisher
from tests.postgres import Postgres

IMPATIENT = timedelta(milliseconds=50)


class LockedFile:
    """A SQLite file that somebody else locks for longer than anybody waits."""

    def __init__(self, folder):
        self._path = folder / "dateline.sqlite3"
        self.url = f"sqlite+aiosqlite:///{self._path}"
        self._other = None

    async def lose(self):
        self._other = sqlite3.connect(self._path, isolation_level=None)
        self._other.execute("BEGIN IMMEDIATE")

    async def restore(self):
        self._other.close()

    def remove(self):
        if self._other is not None:
            self._other.close()


class StoppedServer:
    """A PostgreSQL server that is stopped."""

    def __init__(self, _folder):
        self._server = Postgres()
        self.url = self._server.url()

    async def lose(self):
        await asyncio.to_thread(self._server.stop)

    async def restore(self):
        await asyncio.to_thread(self._server.start)

    def remove(self):
        self._server.remove()


@pytest.fixture(params=[LockedFile, StoppedServer])
def place(request, tmp_path):
    """A database that can be lost."""
    if request.param is StoppedServer:
        request.getfixturevalue("postgres")  # which skips where there is none
    made = request.param(tmp_path)
    yield made
    made.remove()


@pytest.fixture
async def storage(place):
    opened = Storage(place.url, lock_wait=IMPATIENT)
    await opened.open()
    yield opened
    await opened.close()


class Interrupted(FakePublisher):
    """Discord, during whose nth message the database is lost: before it is stored, or after."""

    async def send(self, channel_id, body, nonce):
        is_moment = len(self.posted) == self.at and self.place is not None
        place, self.place = (self.place, None) if is_moment else (None, self.place)
        if place is not None and not self.after:
            await place.lose()
        sent = await super().send(channel_id, body, nonce)
        if place is not None and self.after:
            await place.lose()
        return sent


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", [0, 1])
async def test_an_edition_is_posted_once_though_the_database_was_lost_while_it_was_sent(place, storage, at, after):
    clock = FakeClock(NOON)
    publisher = Interrupted(clock)
    publisher.place, publisher.at, publisher.after = place, at, after
    office = Office(storage, clock, publisher, FakeAdmins())
    await office.take_in("harbour")
    digest = await office.add()
    clock.wind(minutes=30)
    for _ in range(3):  # the timetable comes again and again
        with suppress(Unavailable):
            await office.editions.run_due()
            await office.editions.idle()
    assert len(publisher.posted) == at + 1  # and nothing more meanwhile
    await place.restore()
    clock.wind(seconds=HOLD.total_seconds() + 1)
    for _ in range(3):
        await office.editions.run_due()
        await office.editions.idle()
    assert office.told == ["The harbour opens", "that was all"]
    assert await office.states(digest) == [EditionState.SENT]


async def test_a_slot_during_an_outage_is_served_after_it(place, storage):
    office = Office(storage, FakeClock(NOON), FakePublisher(FakeClock(NOON)), FakeAdmins())
    await office.take_in("harbour")
    digest = await office.add()
    await place.lose()
    office.clock.wind(minutes=30)
    with pytest.raises(Unavailable):
        async with office.storage.begin() as tx:
            await tx.editions.release_all("x")
    with suppress(Unavailable):
        await office.editions.run_due()
    assert office.told == []
    await place.restore()
    office.clock.wind(minutes=5)
    await office.editions.run_due()
    await office.editions.idle()
    assert office.told == ["The harbour opens", "that was all"]
    assert await office.states(digest) == [EditionState.SENT]


class Elsewhere:
    """The web and the parser pool, which are well; and the intake, whose database is gone."""

    async def fetch(self, address, **_):
        return Fetched(address, 200, b"", "text/xml", None, Validators())

    async def feed(self, body, **_):
        return Feed("Feed", None, None, (), ())

    async def keep(self, articles, **_):
        raise Unavailable("its server cannot be reached")


@pytest.mark.parametrize("place", [LockedFile], indirect=True)
async def test_an_outage_is_no_failure_of_the_source_that_was_read_meanwhile(place, storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    elsewhere = Elsewhere()
    clock, interval = FakeClock(NOON), timedelta(minutes=15)
    polling = Polling(storage, elsewhere, elsewhere, elsewhere, clock, owner="me", interval=interval)
    with pytest.raises(Unavailable):
        await polling.poll_due()
    async with storage.reading() as tx:
        source = await tx.sources.get(source_id)
    assert (source.failures, source.last_error, source.next_poll_at) == (0, None, NOON)


def test_the_lock_is_one_of_another_process(tmp_path):
    """What `LockedFile` relies on."""
    with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as first:
        first.execute("PRAGMA journal_mode=WAL")
        first.execute("BEGIN IMMEDIATE")
        with (
            closing(sqlite3.connect(tmp_path / "x", isolation_level=None, timeout=0)) as second,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            second.execute("BEGIN IMMEDIATE")
