"""What watching asks of the database: only what is followed, and what an edition told only where it told nothing."""

from datetime import timedelta

from storage import EditionState
from storage.types import PollResult
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease, a_source, an_article

LATER = NOON + timedelta(days=4)
FAILED = PollResult(NOON, LATER, error="The server answered 500.")


async def failed(storage, source_id, times=1, result=FAILED):
    async with storage.begin() as tx:
        for _ in range(times):
            await tx.sources.record_polls([(source_id, result)])


async def failing(storage, failures=2):
    async with storage.reading() as tx:
        return [(s.server_id, s.source.source_id) for s in await tx.observations.list_failing(failures)]


async def test_a_failing_source_is_seen_by_all_who_follow_it_but_not_by_those_who_paused_it(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER, OTHER_SERVER)
    await a_source(storage, "https://well.example/feed", SERVER)
    await failed(storage, source_id)
    assert await failing(storage) == []
    await failed(storage, source_id)
    assert await failing(storage) == [(SERVER, source_id), (OTHER_SERVER, source_id)]
    async with storage.begin() as tx:
        await tx.sources.set_paused(SERVER, source_id, True)
    assert await failing(storage) == [(OTHER_SERVER, source_id)]


async def test_a_source_that_is_asked_no_more_fails_at_once(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await failed(storage, source_id, result=PollResult(NOON, None, error="It is gone."))
    assert await failing(storage) == [(SERVER, source_id)]
    async with storage.begin() as tx:
        assert await tx.sources.claim_due(a_lease(now=LATER), 9) == []


async def quiet(storage, since):
    async with storage.reading() as tx:
        return [s.source.source_id for s in await tx.observations.list_quiet(since)]


async def brings(storage, source_id, subject, at):
    async with storage.begin() as tx:
        await tx.articles.keep([an_article(subject)], scope="shared", source_id=source_id, now=at)


async def read_well(storage, source_id, at):
    async with storage.begin() as tx:
        await tx.sources.record_polls([(source_id, PollResult(at, at))])


async def test_quiet_is_what_is_read_well_and_brings_nothing(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await read_well(storage, source_id, LATER)
    assert await quiet(storage, NOON) == []  # it never brought anything: nobody knows its habit
    await brings(storage, source_id, "harbour", NOON)
    assert await quiet(storage, NOON) == [source_id]
    assert await quiet(storage, NOON - timedelta(seconds=1)) == []
    await failed(storage, source_id)
    assert await quiet(storage, NOON) == []  # it fails, which is another notice


async def test_nobody_calls_quiet_what_was_not_read_since(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await brings(storage, source_id, "harbour", NOON)
    await read_well(storage, source_id, NOON + timedelta(hours=1))
    assert await quiet(storage, NOON + timedelta(days=3)) == []


async def test_arrivals_are_counted_by_moment(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    for subject, at in (("harbour", NOON), ("bridge", NOON), ("ferry", LATER)):
        await brings(storage, source_id, subject, at)
    async with storage.reading() as tx:
        assert await tx.observations.list_arrivals(source_id, NOON - timedelta(days=1)) == [(NOON, 2), (LATER, 1)]
        assert await tx.observations.list_arrivals(source_id, NOON) == [(LATER, 1)]


async def an_edition_of(tx, digest, due_at, content, article_ids=(), **options):
    edition = await tx.editions.claim_slot(
        digest.server_id, digest.digest_id, f"{due_at:%Y-%m-%dT%H:%M}", due_at, (NOON, due_at), a_lease(), **options
    )
    await tx.editions.freeze(edition.edition_id, "first", content, article_ids, [])
    await tx.editions.finish(edition.edition_id, "first", EditionState.SENT)


async def test_results_hold_the_content_of_empty_editions_only(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await brings(storage, source_id, "harbour", NOON)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        (article,) = await tx.articles.find_shared([1])
        days = [NOON + timedelta(days=number) for number in range(4)]
        await an_edition_of(tx, digest, days[0], {"filtered": 1})
        await an_edition_of(tx, digest, days[1], {"stories": "many"}, [article])
        await an_edition_of(tx, digest, days[2], {"filtered": 3})
        await an_edition_of(tx, digest, days[3], {"filtered": 4}, moves_window=False)
    async with storage.reading() as tx:
        results = await tx.observations.list_results(2, NOON - timedelta(days=1))
        found = [(r.due_at, r.has_told, r.content) for r in results]
        assert found == [(days[2], False, {"filtered": 3}), (days[1], True, None)]
        assert {(r.server_id, r.digest_id, r.name) for r in results} == {(SERVER, digest.digest_id, "Morning")}
        assert [r.due_at for r in await tx.observations.list_results(9, NOON)] == [days[2], days[1]]
    async with storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id)
        assert await tx.observations.list_results(9, NOON) == []
