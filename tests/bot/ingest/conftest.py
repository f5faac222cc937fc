"""A fetcher for each test; one parsing child for all tests of a module: starting one takes longer than most of them."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.ingest.parsers import Parsers
from bot.ingest.web.fetcher import Fetcher
from tests.fetching import fetching


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def parsers() -> AsyncIterator[Parsers]:
    """Parsers for tests marked `asyncio(loop_scope="module")`."""
    opened = Parsers(processes=1)
    yield opened
    await opened.close()


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher with small limits."""
    async with fetching() as opened:
        yield opened
