"""Real feeds, read again and again as they are and with other names: nothing is stored twice."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.ingest.parsers import Feed, Parsers
from bot.services.intake import Intake, article_of_entry
from storage import Outcome, SourceKind, Storage
from tests.factories import NOON
from tests.fakes import FakeClock

DATA = Path(os.environ.get("DATA", "not-given"))

pytestmark = [
    pytest.mark.data,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not DATA.is_dir(), reason="DATA names no folder"),
]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def feeds() -> AsyncIterator[list[Feed]]:
    parsers = Parsers()
    paths = sorted((DATA / "feeds" / "real").glob("*.xml"))
    yield [await parsers.feed(path.read_bytes(), url=f"https://{path.stem}.example/") for path in paths]
    await parsers.close()


@pytest.mark.both_databases
async def test_what_was_read_before_is_not_new_whatever_it_is_called(storage: Storage, feeds: list[Feed]) -> None:
    """FAULTS 19, 20."""
    intake = Intake(storage, None, None, FakeClock(NOON))  # type: ignore[arg-type]  # nothing is fetched or parsed
    read = 0
    for at, feed in enumerate(feeds):
        async with storage.begin() as tx:
            address = f"https://feed{at}.example/"
            source = await tx.sources.ensure(SourceKind.FEED, address, title=feed.title, now=NOON)
        articles = [article_of_entry(entry, feed, source) for entry in feed.entries]
        renamed = [replace(article, key=f"new {place}") for place, article in enumerate(articles)]
        first, *later = [
            [taken.outcome for taken in await intake.keep(each, source_id=source.source_id, backlog=True)]
            for each in (articles, articles, renamed, articles)
        ]
        assert [set(outcomes) <= {Outcome.DUPLICATE} for outcomes in later] == [True] * 3, address
        distinct = len({(entry.title, entry.text) for entry in feed.entries})
        assert first.count(Outcome.STORED) >= 0.97 * distinct, address
        read += len(articles)
    assert (len(feeds), read > 2_000) == (87, True), read
