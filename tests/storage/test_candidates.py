"""What an edition is composed from beside the articles: who carried them, how many came, what was told."""

from datetime import timedelta

import pytest

from storage import SHARED, EditionState, SourceKind
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease, a_source, an_article

DAY = timedelta(days=1)


async def keep(storage, source_id, *subjects, now=NOON):
    async with storage.begin() as tx:
        new = [an_article(subject) for subject in subjects]
        kept = await tx.articles.keep(new, scope=SHARED, source_id=source_id, now=now)
    return [article_id for _, article_id in kept]


async def for_everyone(storage):
    async with storage.begin() as tx:
        files = await tx.sources.ensure(SourceKind.FILES, "files", title="Files", now=NOON, for_everyone=True)
    return files.source_id


async def test_carriers_are_the_servers_own_sources_oldest_first_with_what_it_chose(storage):
    early = await a_source(storage, "https://early.example", SERVER)
    late = await a_source(storage, "https://late.example", SERVER, OTHER_SERVER)
    foreign = await a_source(storage, "https://foreign.example", OTHER_SERVER)
    await keep(storage, late, "harbour", now=NOON)
    for source_id in (early, foreign, await for_everyone(storage)):
        (article_id,) = await keep(storage, source_id, "harbour", now=NOON - DAY)
    async with storage.begin() as tx:
        await tx.sources.configure(SERVER, early, weight=2.0, rules="-sport")
        found = await tx.candidates.carriers([article_id, 99], SERVER)
        assert found[99] == []
        assert [(c.name, c.weight, c.rules) for c in found[article_id]] == [
            ("https://early.example", 2.0, "-sport"),
            ("Files", 1.0, ""),
            ("https://late.example", 1.0, ""),
        ]
        assert len((await tx.candidates.carriers([article_id], None))[article_id]) == 4
        await tx.sources.set_paused(SERVER, early, True)
        assert [c.name for c in (await tx.candidates.carriers([article_id], SERVER))[article_id]] == [
            "Files",
            "https://late.example",
        ]


async def test_what_came_is_counted_once_and_only_when_it_is_new_to_the_server(storage):
    first = await a_source(storage, "https://one.example", SERVER)
    second = await a_source(storage, "https://two.example", SERVER)
    foreign = await a_source(storage, "https://foreign.example", OTHER_SERVER)
    await keep(storage, first, "known", now=NOON - 2 * DAY)
    await keep(storage, foreign, "foreign", "seen-elsewhere", now=NOON - 2 * DAY)
    await keep(storage, second, "known", "both", "seen-elsewhere", now=NOON - timedelta(hours=1))
    await keep(storage, first, "both", "last", now=NOON)
    await keep(storage, first, "later", now=NOON + timedelta(seconds=1))
    async with storage.reading() as tx:
        assert await tx.candidates.count_new(SERVER, NOON - DAY, NOON) == 3
        assert await tx.candidates.count_new(SERVER, NOON, NOON + DAY) == 1
        assert await tx.candidates.count_new(999, NOON - DAY, NOON) == 0


@pytest.fixture
async def digest(storage):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        return await tx.digests.add(SERVER, a_digest(), NOON)


async def told(storage, digest, slot, due_at, state=EditionState.SENT, *, moves_window=True):
    async with storage.begin() as tx:
        edition = await tx.editions.claim_slot(
            SERVER,
            digest.digest_id,
            slot,
            due_at,
            (due_at - DAY, due_at),
            a_lease(),
            moves_window=moves_window,
        )
        await tx.editions.freeze(edition.edition_id, "first", {"stories": [slot]}, [], [])
        await tx.editions.finish(edition.edition_id, "first", state)


async def test_what_was_told_is_that_of_scheduled_editions_newest_first(storage, digest):
    await told(storage, digest, "old", NOON - 20 * DAY)
    await told(storage, digest, "second", NOON - DAY)
    await told(storage, digest, "first", NOON - 2 * DAY)
    await told(storage, digest, "failed", NOON - DAY, EditionState.FAILED)
    await told(storage, digest, "manual:1", NOON, moves_window=False)
    async with storage.begin() as tx:
        await tx.editions.record_missed(SERVER, digest.digest_id, "missed", NOON, NOON)
        found = await tx.candidates.list_told(digest.digest_id, NOON - 14 * DAY, 9)
        assert [each.content for each in found] == [{"stories": ["second"]}, {"stories": ["first"]}]
        assert len(await tx.candidates.list_told(digest.digest_id, NOON - 99 * DAY, 2)) == 2
        assert await tx.candidates.list_told(99, NOON - 99 * DAY, 9) == []
