"""Fixtures of the services."""

import pytest

from storage import Storage
from tests.bot.services.office import Office
from tests.factories import NOON
from tests.fakes import FakeAdmins, FakeClock, FakePublisher


@pytest.fixture
def office(storage: Storage) -> Office:
    """An office at noon, half an hour before its digests are due."""
    clock = FakeClock(NOON)
    return Office(storage, clock, FakePublisher(clock), FakeAdmins())
