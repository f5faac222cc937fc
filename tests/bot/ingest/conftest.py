"""A fetcher for each test."""

from collections.abc import AsyncIterator

import pytest

from bot.ingest.web.fetcher import Fetcher
from tests.fetching import fetching


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """A fetcher with small limits."""
    async with fetching() as opened:
        yield opened
