"""Sources are shared, polled once, and followed under a server's own label."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import SHARED, AlreadySubscribed, NameTaken, NotFound, server_scope
from storage.types import Audience, Delivers, PollResult
from tests.factories import NOON, OTHER_SERVER, SERVER, a_lease, a_source, an_article

LATER = NOON + timedelta(minutes=15)


async def test_a_due_source_is_claimed_once_however_many_servers_follow_it(storage):
    await a_source(storage, "https://example.org/feed", SERVER, OTHER_SERVER)
    async with storage.begin() as tx:
        assert len(await tx.sources.claim_due(a_lease("first"), 9)) == 1
        assert await tx.sources.claim_due(a_lease("second"), 9) == []
        assert len(await tx.sources.claim_due(a_lease("second", NOON + timedelta(minutes=2)), 9)) == 1


async def test_a_source_nobody_follows_or_all_paused_is_not_polled(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    async with storage.begin() as tx:
        await tx.sources.set_paused(SERVER, source_id, True)
        assert await tx.sources.claim_due(a_lease(), 9) == []
        await tx.sources.set_paused(SERVER, source_id, False)
        await tx.sources.unsubscribe(SERVER, source_id)
        assert await tx.sources.claim_due(a_lease(), 9) == []


async def test_a_poll_is_recorded_and_gives_the_source_back(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    later = NOON + timedelta(minutes=15)
    async with storage.begin() as tx:
        await tx.sources.claim_due(a_lease(), 9)
        await tx.sources.record_polls([(source_id, PollResult(NOON, later, error="The server answered 500."))])
        await tx.sources.record_polls([(source_id, PollResult(NOON, later, error="The server answered 500."))])
        failing = await tx.sources.get(source_id)
        assert (failing.failures, failing.last_error, failing.last_success_at) == (2, "The server answered 500.", None)
        await tx.sources.record_polls([(source_id, PollResult(NOON, later, etag='"7"', title="Harbour News"))])
        well = await tx.sources.get(source_id)
        assert (well.failures, well.last_error, well.last_success_at, well.etag) == (0, None, NOON, '"7"')
        assert (well.title, well.next_poll_at) == ("Harbour News", later)
        assert len(await tx.sources.claim_due(a_lease("second", later), 9)) == 1


async def test_labels_belong_to_one_server_and_ignore_case(storage):
    first = await a_source(storage, "https://one.example", SERVER)
    second = await a_source(storage, "https://two.example")
    async with storage.begin() as tx:
        with pytest.raises(AlreadySubscribed, match="one.example"):
            await tx.sources.subscribe(SERVER, first, "another", NOON)
    with pytest.raises(NameTaken):
        async with storage.begin() as tx:
            await tx.sources.subscribe(SERVER, second, "HTTPS://ONE.example", NOON)
    async with storage.begin() as tx:
        await tx.servers.ensure(OTHER_SERVER, NOON)
        await tx.sources.subscribe(OTHER_SERVER, second, "https://one.example", NOON)
        assert (await tx.sources.find_subscription(OTHER_SERVER, "HTTPS://ONE.EXAMPLE")).source.source_id == second
        with pytest.raises(NotFound):
            await tx.sources.get_subscription(OTHER_SERVER, first)


async def test_a_removed_server_leaves_nothing_but_the_shared_source(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    async with storage.begin() as tx:
        pasted = await tx.articles.keep([an_article()], scope=server_scope(SERVER), source_id=None, now=NOON)
        await tx.servers.remove(SERVER)
        with pytest.raises(NotFound):
            await tx.articles.get(pasted[0][1], Audience(server_id=SERVER))
        assert await tx.sources.list_subscriptions(SERVER) == []
        assert (await tx.sources.get(source_id)).address == "https://example.org/feed"


async def test_a_source_is_found_by_its_address_and_given_back_by_its_owner(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    async with storage.begin() as tx:
        assert (await tx.sources.find("https://example.org/feed")).source_id == source_id
        assert await tx.sources.find("https://example.org/other") is None
        await tx.sources.claim_due(a_lease("host-1"), 9)
        await tx.sources.release_all("host_")  # no pattern: somebody else's
        assert await tx.sources.claim_due(a_lease("host-2"), 9) == []
        await tx.sources.release_all("host-1")
        assert len(await tx.sources.claim_due(a_lease("host-2"), 9)) == 1


async def test_a_subscription_moves_with_its_label_to_another_source(storage):
    old = await a_source(storage, "https://old.example", SERVER)
    new = await a_source(storage, "https://new.example", OTHER_SERVER)
    async with storage.begin() as tx:
        await tx.sources.configure(SERVER, old, weight=2.0, rules="-sport")
        await tx.sources.move_subscription(SERVER, old, new)
        (moved,) = await tx.sources.list_subscriptions(SERVER)
        assert (moved.source.source_id, moved.label) == (new, "https://old.example")
        assert (moved.weight, moved.rules) == (2.0, "-sport")
        await tx.sources.subscribe(SERVER, old, "again", NOON)
        with pytest.raises(AlreadySubscribed, match=r"old\.example"):
            await tx.sources.move_subscription(SERVER, old, new)


async def test_many_polls_are_recorded_together_each_in_its_own_way(storage):
    """FAULTS 24: what a server answered is kept, or forgotten, exactly as it came."""
    good, same, bad, other = [await a_source(storage, f"https://{n}.example", SERVER) for n in range(4)]
    everything = PollResult(
        NOON,
        LATER,
        etag='"7"',
        last_modified="Fri, 20 Nov 2026 11:00:00 GMT",
        title="Harbour News",
        site_url="https://harbour.example",
        language="en",
        body_hash="a" * 64,
        asked_interval=900,
        delivers=Delivers.TEASERS,
        delivers_checked_at=NOON,
        moved_to="https://new.example",
        moved_polls=2,
        per_day=4.5,
    )
    async with storage.begin() as tx:
        await tx.sources.record_polls([(source_id, everything) for source_id in (good, same, bad)])
        before = {source_id: await tx.sources.get(source_id) for source_id in (good, same, bad, other)}
        assert len(await tx.sources.claim_due(a_lease(now=LATER), 9)) == 4
        nothing_new = PollResult(LATER, LATER, per_day=4.0, is_unchanged=True)
        failed = PollResult(LATER, None, error="The server answered 410.", etag="lost")
        await tx.sources.record_polls([(bad, failed), (same, nothing_new), (good, PollResult(LATER, LATER, title=""))])
        after = {source_id: await tx.sources.get(source_id) for source_id in (good, same, bad, other)}
    now = {"last_polled_at": LATER, "next_poll_at": LATER}
    well = now | {"last_success_at": LATER, "failures": 0, "moved_to": None, "moved_polls": 0}
    forgotten = dict.fromkeys(("etag", "last_modified", "body_hash", "asked_interval", "per_day"))
    assert after[good] == replace(before[good], **well, **forgotten)
    assert after[same] == replace(before[same], **well, per_day=4.0)
    assert after[bad] == replace(
        before[bad],
        last_polled_at=LATER,
        next_poll_at=None,
        failures=1,
        last_error="The server answered 410.",
        moved_to=None,
        moved_polls=0,
    )
    assert after[other] == before[other]
    async with storage.begin() as tx:
        assert {each.source_id for each in await tx.sources.claim_due(a_lease("second", LATER), 9)} == {good, same}


async def test_no_polls_are_recorded_too(storage):
    async with storage.begin() as tx:
        await tx.sources.record_polls([])
        await tx.sources.put_off([])


async def test_a_source_that_is_put_off_is_given_back_and_due_later(storage):
    first, second = [await a_source(storage, f"https://{n}.example", SERVER) for n in range(2)]
    async with storage.begin() as tx:
        await tx.sources.claim_due(a_lease(), 9)
        await tx.sources.put_off([(second, LATER), (first, NOON)])
        assert [each.source_id for each in await tx.sources.claim_due(a_lease("second"), 9)] == [first]
        assert [each.source_id for each in await tx.sources.claim_due(a_lease("third", LATER), 9)] == [first, second]
        assert (await tx.sources.get(second)).failures == 0


async def test_a_source_moves_to_an_address_that_nobody_has(storage):
    """FAULTS 10."""
    source_id = await a_source(storage, "https://old.example", SERVER)
    async with storage.begin() as tx:
        moving = PollResult(NOON, LATER, etag='"7"', moved_to="https://new.example", moved_polls=3)
        await tx.sources.record_polls([(source_id, moving)])
        assert await tx.sources.move(source_id, "https://new.example") == source_id
        moved = await tx.sources.get(source_id)
        assert (moved.address, moved.etag, moved.moved_to, moved.moved_polls) == ("https://new.example", '"7"', None, 0)
        assert await tx.sources.move(source_id, "https://new.example") == source_id
        assert [each.label for each in await tx.sources.list_subscriptions(SERVER)] == ["https://old.example"]


async def test_the_followers_of_a_source_that_moves_to_anothers_address_go_over_to_that_one(storage):
    old = await a_source(storage, "https://old.example", SERVER, OTHER_SERVER)
    new = await a_source(storage, "https://new.example", OTHER_SERVER)
    async with storage.begin() as tx:
        await tx.sources.configure(SERVER, old, weight=2.0, rules="-sport")
        for source_id, subjects in ((old, ("harbour", "pier")), (new, ("pier", "bridge"))):
            articles = [an_article(subject) for subject in subjects]
            await tx.articles.keep(articles, scope=SHARED, source_id=source_id, now=NOON)
        assert await tx.sources.move(old, "https://new.example") == new
        (moved,) = await tx.sources.list_subscriptions(SERVER)
        assert (moved.source.source_id, moved.label) == (new, "https://old.example")
        assert (moved.weight, moved.rules) == (2.0, "-sport")
        (kept,) = await tx.sources.list_subscriptions(OTHER_SERVER)  # which followed both
        assert (kept.source.source_id, kept.label) == (new, "https://new.example")
        titles = {article.title for article in await tx.articles.list_latest(Audience(server_id=SERVER), 9)}
        assert titles == {"The harbour opens", "The pier opens", "The bridge opens"}
        claimed = await tx.sources.claim_due(a_lease(now=LATER), 9)
        assert [each.source_id for each in claimed] == [new]


async def test_what_a_source_brought_is_known_by_key_address_or_text(storage):
    source_id = await a_source(storage, "https://one.example", SERVER)
    other_id = await a_source(storage, "https://two.example", SERVER)
    stored = an_article("harbour", key="h1")
    async with storage.begin() as tx:
        await tx.articles.keep([stored], scope=SHARED, source_id=source_id, now=NOON)
    incoming = [
        an_article("harbour", text="Another text.", url=None, key="h1"),
        an_article("harbour", text="Another text.", key=None),
        an_article("harbour", url="https://example.org/elsewhere", key="h9"),
        an_article("pier", key="p1"),
    ]
    async with storage.reading() as tx:
        assert await tx.arrivals.list_unknown(source_id, SHARED, incoming) == [3]
        assert await tx.arrivals.list_unknown(other_id, SHARED, incoming) == [0, 3]  # keys are its own
        assert await tx.arrivals.list_unknown(source_id, "source:1", incoming) == [1, 2, 3]
        assert await tx.arrivals.list_unknown(source_id, SHARED, []) == []


async def test_arrivals_are_counted_as_news_and_for_the_day(storage):
    source_id = await a_source(storage, "https://one.example", SERVER)
    day = timedelta(days=1)
    async with storage.begin() as tx:
        for age, count, backlog in ((20, 3, True), (6, 2, True), (3, 4, False), (0.5, 5, False)):
            articles = [an_article(f"s{age}n{n}") for n in range(count)]
            at = NOON - day * age
            await tx.articles.keep(articles, scope=SHARED, source_id=source_id, now=at, backlog=backlog)
        assert await tx.arrivals.count(source_id, NOON - 14 * day, NOON - day) == (9, 5)
        assert await tx.arrivals.count(source_id, NOON - 30 * day, NOON - 30 * day) == (9, 14)
        assert await tx.arrivals.count(source_id + 1, NOON - day, NOON - day) == (0, 0)
