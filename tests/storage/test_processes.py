"""FAULTS 28: two processes on one database do not tread on each other."""

import asyncio
from datetime import timedelta

import pytest

from storage import SHARED, Outcome, Storage
from storage.types import Audience
from tests.factories import NOON, SERVER, a_digest, a_lease, a_source, an_article


@pytest.fixture
async def other(storage, database):
    """The same database in another process's hands: connections and locks of its own."""
    opened = Storage(database)
    yield opened
    await opened.close()


async def keep(storage, source_id, articles):
    async with storage.begin() as tx:
        return await tx.articles.keep(articles, scope=SHARED, source_id=source_id, now=NOON)


async def test_the_same_articles_that_come_in_twice_at_once_are_kept_once(storage, other):
    first = await a_source(storage, "https://one.example/feed", SERVER)
    second = await a_source(storage, "https://two.example/feed", SERVER)
    articles = [an_article(f"subject{number}") for number in range(40)]
    batches = [
        keep(storage, first, articles),
        keep(other, second, articles[::-1]),
        keep(storage, second, articles[10:]),
        keep(other, first, articles[:30]),
    ]
    kept = [outcome for batch in await asyncio.gather(*batches) for outcome, _ in batch]
    assert kept.count(Outcome.STORED) == 40
    assert kept.count(Outcome.DUPLICATE) == len(kept) - 40
    async with storage.reading() as tx:
        assert len(await tx.articles.list_latest(Audience(server_id=SERVER), 99)) == 40


async def test_two_texts_under_one_address_that_come_in_at_once_are_one_article(storage, other):
    source_id = await a_source(storage, "https://one.example/feed", SERVER)
    texts = [an_article(text=f"The harbour opened, says report number {number}.") for number in range(8)]
    batches = [keep(store, source_id, [new]) for store, new in zip([storage, other] * 4, texts, strict=True)]
    kept = [outcome for batch in await asyncio.gather(*batches) for outcome in batch]
    assert len({article_id for _, article_id in kept}) == 1
    assert [outcome for outcome, _ in kept].count(Outcome.STORED) == 1


async def test_what_a_source_knows_by_one_key_is_one_article_however_many_bring_it_at_once(storage, other):
    source_id = await a_source(storage, "https://one.example/feed", SERVER)
    versions = [
        [an_article(f"{at}", url=None, key=f"key {at}", text=f"Version {version} of report {at}.") for at in range(20)]
        for version in range(8)
    ]
    batches = [
        keep(store, source_id, new[::-1] if at % 3 else new)
        for at, (store, new) in enumerate(zip([storage, other] * 4, versions, strict=True))
    ]
    kept = [outcome for batch in await asyncio.gather(*batches) for outcome in batch]
    assert len({article_id for _, article_id in kept}) == 20
    assert [outcome for outcome, _ in kept].count(Outcome.STORED) == 20


async def test_near_copies_and_bands_that_come_in_at_once_hold_nobody_up(storage, other):
    sources = [await a_source(storage, f"https://{at}.example/feed") for at in range(6)]
    await keep(storage, sources[0], [an_article(f"{at}", bands=tuple(range(at, at + 9))) for at in range(30)])

    def new(source_id):
        changed = [an_article(f"{at}", text=f"{source_id} says of {at}", bands=(at, source_id)) for at in range(10)]
        copies = [an_article(f"c{at}-{source_id}", copy_of=at + 1, bands=(at,)) for at in range(10, 30)]
        return [*changed, *copies] if source_id % 2 else [*copies, *changed]

    batches = [keep(store, each, new(each)) for store, each in zip([storage, other] * 3, sources, strict=True)]
    async with asyncio.timeout(60):
        kept = [outcome for batch in await asyncio.gather(*batches) for outcome in batch]
    assert {article_id for _, article_id in kept} == set(range(1, 31))


async def test_a_brief_that_is_made_twice_at_once_is_kept_once(storage, other):
    async def make(store, headline):
        async with store.begin() as tx:
            return await tx.briefs.keep("key", SHARED, {"headline": headline}, NOON)

    assert len(set(await asyncio.gather(*(make(store, "one") for store in [storage, other] * 3)))) == 1


async def test_a_source_that_is_added_twice_at_once_is_one(storage, other):
    added = [a_source(store, "https://example.org/feed") for store in [storage, other] * 3]
    assert len(set(await asyncio.gather(*added))) == 1


async def test_what_is_due_is_claimed_by_one_of_them(storage, other):
    for number in range(30):
        await a_source(storage, f"https://example.org/feed{number}", SERVER)

    async def work(store, owner):
        taken = []
        while True:
            async with store.begin() as tx:
                claimed = await tx.sources.claim_due(a_lease(owner), 4)
                await asyncio.sleep(0)  # lets the other one come in between
            if not claimed:
                return taken
            taken += [source.source_id for source in claimed]

    taken = await asyncio.gather(*(work(store, f"p{n}") for n, store in enumerate([storage, other, storage, other])))
    assert sorted(source_id for batch in taken for source_id in batch) == list(range(1, 31))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)  # SQLite has one writer at a time
async def test_who_claims_does_not_wait_for_who_claims(storage, other):
    for number in range(4):
        await a_source(storage, f"https://example.org/feed{number}", SERVER)
    async with storage.begin() as tx, asyncio.timeout(5):
        mine = await tx.sources.claim_due(a_lease("first"), 2)
        async with other.begin() as other_tx:
            theirs = await other_tx.sources.claim_due(a_lease("second"), 4)
    assert len(mine) == len(theirs) == 2
    assert not {source.source_id for source in mine} & {source.source_id for source in theirs}


async def test_a_slot_is_claimed_by_one_of_them(storage, other):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
    window = (NOON - timedelta(days=1), NOON)

    async def claim(store, owner, slot):
        async with store.begin() as tx:
            return await tx.editions.claim_slot(SERVER, digest.digest_id, slot, NOON, window, a_lease(owner))

    slots = [f"slot {number}" for number in range(20)]
    claims = [claim(store, f"p{n}", slot) for slot in slots for n, store in enumerate((storage, other, storage))]
    won = [edition.slot for edition in await asyncio.gather(*claims) if edition is not None]
    assert sorted(won) == sorted(slots)


async def test_a_missed_slot_is_written_down_by_one_of_them(storage, other):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        digest = await tx.digests.add(SERVER, a_digest(), NOON)

    async def miss(store):
        async with store.begin() as tx:
            return await tx.editions.record_missed(SERVER, digest.digest_id, "slot", NOON, NOON)

    assert sorted(await asyncio.gather(*(miss(store) for store in [storage, other] * 2))) == [False, False, False, True]


async def test_a_server_that_follows_a_source_twice_at_once_is_told_so(storage, other):
    source_id = await a_source(storage)
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)

    async def follow(store, label):
        async with store.begin() as tx:
            await tx.sources.subscribe(SERVER, source_id, label, NOON)

    follows = [follow(store, f"label {n}") for n, store in enumerate([storage, other] * 2)]
    ends = await asyncio.gather(*follows, return_exceptions=True)
    assert sorted(type(end).__name__ for end in ends) == ["AlreadySubscribed"] * 3 + ["NoneType"]
