"""Fixtures for the whole suite."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import Storage

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """An open database of its own."""
    opened = Storage(f"sqlite+aiosqlite:///{tmp_path / 'dateline.sqlite3'}")
    await opened.open()
    yield opened
    await opened.close()
