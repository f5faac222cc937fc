"""What is asked again and again is looked up by an index, however large the archive is."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text

from storage.types import SHARED, UNNAMED, Audience
from tests.factories import NOON, SERVER, a_digest, a_source, an_article

ARCHIVE = (" articles", " appearances", " told", " editions", " article_search", " bands")


@pytest.fixture
async def plans(storage):
    """The plan of every query that is asked meanwhile; SQLite's, which depends on no statistics."""
    asked = []
    async with storage._engine.connect() as connection:

        @event.listens_for(storage._engine.sync_engine, "before_cursor_execute")
        def note(_connection, _cursor, statement, parameters, _context, many):
            if statement.startswith(("SELECT", "DELETE")) and not many:
                asked.append((statement, parameters))

        async def plans():
            event.remove(storage._engine.sync_engine, "before_cursor_execute", note)
            steps = []
            for statement, parameters in asked:
                explained = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps += [row.detail for row in explained]
            return steps

        yield plans


def walks(steps):
    """Steps that read a whole table, or all shared articles, which is the same."""
    return [
        step
        for step in steps
        if (step.startswith("SCAN") and step.endswith(ARCHIVE))
        or (step.endswith(("(scope=?)", "(source_id=?)")) and " ix_subscriptions_source_id " not in step)
    ]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_composing_taking_in_and_listing_walk_through_no_archive(storage, plans):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    day = (NOON - timedelta(days=1), NOON)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        new = [an_article("harbour", key="h", bands=(1, 2)), an_article("pier", key=UNNAMED, copy_of=7)]
        ids = [article_id for _, article_id in await tx.articles.keep(new, scope=SHARED, source_id=source_id, now=NOON)]
        changed = [an_article("harbour", text="Shut.", key="h", bands=(2, 3)), an_article("quay", bands=(2,))]
        await tx.articles.recognise(changed, scope=SHARED, source_id=source_id, now=NOON)
        await tx.articles.keep(changed, scope=SHARED, source_id=source_id, now=NOON)
        for backlog in (True, False):
            window = {"not_before": day[0], "limit": 9, "backlog": backlog}
            await tx.articles.list_candidates(SERVER, digest.digest_id, *day, **window)
        await tx.articles.find_shared(ids)
        await tx.arrivals.list_unknown(source_id, SHARED, new)
        await tx.arrivals.count(source_id, *day)
        await tx.articles.list_latest(Audience(server_id=SERVER), 9)
        await tx.articles.list_latest(Audience(operator=True), 9, day[0])
        await tx.articles.search("harbour", Audience(server_id=SERVER), 9)
        await tx.candidates.carriers(ids, SERVER)
        await tx.candidates.count_new(SERVER, *day)
        await tx.candidates.list_told(digest.digest_id, day[0], 9)
        await tx.editions.window_end(digest.digest_id)
    steps = await plans()
    assert len(steps) > 20
    assert walks(steps) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_walk_is_recognised(storage, plans):
    async with storage._engine.begin() as connection:
        await connection.execute(text("SELECT title FROM articles WHERE byline = 'x'"))
        await connection.execute(text("SELECT title FROM articles WHERE scope = 'shared' AND title = 'x'"))
    assert len(walks(await plans())) == 2
