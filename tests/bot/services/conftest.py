"""Fixtures of the services."""

from collections.abc import AsyncIterator

import pytest

from bot.ingest.parsers import Parsers
from storage import Storage
from tests.bot.services.office import Office
from tests.bot.services.press import Press
from tests.factories import NOON
from tests.fakes import FakeAdmins, FakeClock, FakePublisher


@pytest.fixture
def office(storage: Storage) -> Office:
    """An office at noon, half an hour before its digests are due."""
    clock = FakeClock(NOON)
    return Office(storage, clock, FakePublisher(clock), FakeAdmins())


@pytest.fixture
async def press(storage: Storage) -> AsyncIterator[Press]:
    """Polling over real sockets and child processes, at noon."""
    parsers = Parsers()
    made = Press(storage, parsers)
    yield made
    await made.fetcher.close()
    await parsers.close()
