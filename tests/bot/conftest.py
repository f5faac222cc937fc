"""One parsing child for all tests of a module: starting one takes longer than most of them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.ingest.parsers import Parsers


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def parsers() -> AsyncIterator[Parsers]:
    """Parsers for tests marked `asyncio(loop_scope="module")`."""
    opened = Parsers(processes=1)
    yield opened
    await opened.close()
