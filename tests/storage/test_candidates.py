"""What selection asks for beside the articles: who carried them, how many came, what was told."""

from datetime import timedelta

from storage import SHARED, EditionState
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease, a_source, an_article

DAY = timedelta(days=1)


async def keep(storage, source_id, *articles, now=NOON) -> list[int]:
    async with storage.begin() as tx:
        return [at for _, at in await tx.articles.keep(articles, scope=SHARED, source_id=source_id, now=now)]


async def test_a_server_knows_the_sources_it_follows_by_its_own_names(storage):
    mine = await a_source(storage, "https://mine.example/feed", SERVER)
    theirs = await a_source(storage, "https://theirs.example/feed", OTHER_SERVER)
    async with storage.begin() as tx:
        await tx.sources.configure(SERVER, mine, weight=2.0, rules="- sale")
    await keep(storage, mine, an_article())
    (article_id,) = await keep(storage, theirs, an_article())
    async with storage.reading() as tx:
        (carrier,) = (await tx.candidates.carriers([article_id, 99], SERVER))[article_id]
        everyone = await tx.candidates.carriers([article_id, 99], None)
    assert (carrier.name, carrier.title, carrier.address) == (
        "https://mine.example/feed", "Feed https://mine.example/feed", "https://mine.example/feed"
    )  # fmt: skip
    assert (carrier.weight, carrier.rules) == (2.0, "- sale")
    assert [each.name for each in everyone[article_id]] == [
        "Feed https://mine.example/feed",
        "Feed https://theirs.example/feed",
    ]
    assert everyone[99] == []


async def test_a_paused_source_carries_nothing(storage):
    source_id = await a_source(storage, "https://mine.example/feed", SERVER)
    (article_id,) = await keep(storage, source_id, an_article())
    async with storage.begin() as tx:
        await tx.sources.set_paused(SERVER, source_id, True)
        assert (await tx.candidates.carriers([article_id], SERVER))[article_id] == []
        assert await tx.candidates.count_new(SERVER, NOON - DAY, NOON) == 0


async def test_new_is_what_no_source_of_the_server_carried_before(storage):
    first = await a_source(storage, "https://first.example/feed", SERVER)
    second = await a_source(storage, "https://second.example/feed", SERVER)
    await keep(storage, first, an_article("harbour"), now=NOON - DAY)
    await keep(storage, second, an_article("harbour"), an_article("bridge"))
    await keep(storage, first, an_article("bridge"), now=NOON + DAY)
    async with storage.reading() as tx:
        assert await tx.candidates.count_new(SERVER, NOON - DAY, NOON) == 1
        assert await tx.candidates.count_new(SERVER, NOON, NOON + DAY) == 0
        assert await tx.candidates.count_new(SERVER, NOON - 2 * DAY, NOON + DAY) == 2
        assert await tx.candidates.count_new(OTHER_SERVER, NOON - 2 * DAY, NOON + DAY) == 0


async def test_what_was_told_is_what_the_schedule_told(storage):
    """Neither manual editions nor failed ones, nor what another digest told; the latest first."""
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        other = await tx.digests.add(SERVER, a_digest("Evening"), NOON)

        async def tell(day: int, *, of=digest, moves_window=True, state=EditionState.SENT) -> None:
            due = NOON + day * DAY
            edition = await tx.editions.claim_slot(
                SERVER, of.digest_id, f"{day}", due, (due - DAY, due), a_lease(), moves_window=moves_window
            )
            await tx.editions.freeze(edition.edition_id, "first", {"day": day}, [], [])
            await tx.editions.finish(edition.edition_id, "first", state)

        await tell(1)
        await tell(2, moves_window=False)
        await tell(3, state=EditionState.FAILED)
        await tell(4, of=other)
        await tell(5)
        told = await tx.candidates.list_told(digest.digest_id, NOON, 9)
        assert [each.content["day"] for each in told] == [5, 1]
        assert [each.due_at for each in told] == [NOON + 5 * DAY, NOON + DAY]
        assert len(await tx.candidates.list_told(digest.digest_id, NOON + 2 * DAY, 9)) == 1
        assert len(await tx.candidates.list_told(digest.digest_id, NOON, 1)) == 1
