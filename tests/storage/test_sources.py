"""Sources are shared, polled once, and followed under a server's own label."""

from datetime import timedelta

import pytest

from storage import AlreadySubscribed, NameTaken, NotFound, server_scope
from storage.types import Audience, PollResult
from tests.factories import NOON, OTHER_SERVER, SERVER, a_lease, a_source, an_article


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
        await tx.sources.record_poll(source_id, PollResult(NOON, later, error="The server answered 500."))
        await tx.sources.record_poll(source_id, PollResult(NOON, later, error="The server answered 500."))
        failing = await tx.sources.get(source_id)
        assert (failing.failures, failing.last_error, failing.last_success_at) == (2, "The server answered 500.", None)
        await tx.sources.record_poll(source_id, PollResult(NOON, later, etag='"7"', title="Harbour News"))
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
