"""One edition per slot, one row per part, held by one process at a time."""

from datetime import timedelta

import pytest

from storage import DeliveryState, EditionState, NewDelivery, NotFound
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease

WINDOW = (NOON - timedelta(days=1), NOON)
PARTS = [NewDelivery(part, 7, {"blocks": [f"part {part}"]}, f"nonce{part}", f"mark{part}") for part in (0, 1)]


@pytest.fixture
async def digest(storage):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        return await tx.digests.add(SERVER, a_digest(), NOON)


async def claim(storage, digest, slot="2026-11-20T08:30 Europe/Berlin", owner="first", **options):
    async with storage.begin() as tx:
        return await tx.editions.claim_slot(SERVER, digest.digest_id, slot, NOON, WINDOW, a_lease(owner), **options)


async def test_a_slot_is_claimed_once(storage, digest):
    edition = await claim(storage, digest)
    assert edition.state is EditionState.COMPOSING
    assert await claim(storage, digest, owner="second") is None
    async with storage.begin() as tx:
        await tx.editions.finish(edition.edition_id, "first", EditionState.SENT)
        assert not await tx.editions.record_missed(SERVER, digest.digest_id, edition.slot, NOON, NOON)
    assert await claim(storage, digest) is None


async def test_a_frozen_edition_is_resumed_as_it_was_written(storage, digest):
    edition = await claim(storage, digest)
    async with storage.begin() as tx:
        assert await tx.editions.freeze(edition.edition_id, "first", {"stories": []}, [], PARTS)
        first, second = await tx.editions.list_deliveries(edition.edition_id)
        await tx.editions.start_attempt(first.delivery_id, NOON)
        await tx.editions.record_sent(first.delivery_id, 99, 7, NOON)
        await tx.editions.start_attempt(second.delivery_id, NOON)
    async with storage.begin() as tx:
        assert await tx.editions.claim_unfinished(a_lease("second"), 9) == []
        (resumed,) = await tx.editions.claim_unfinished(a_lease("second", NOON + timedelta(minutes=2)), 9)
        assert (resumed.state, resumed.content) == (EditionState.SENDING, {"stories": []})
        parts = await tx.editions.list_deliveries(edition.edition_id)
    assert [(part.state, part.attempts, part.message_id) for part in parts] == [
        (DeliveryState.SENT, 1, 99),
        (DeliveryState.SENDING, 1, None),
    ]
    assert [part.body for part in parts] == [part.body for part in PARTS]


async def test_who_lost_the_hold_can_neither_freeze_nor_finish(storage, digest):
    edition = await claim(storage, digest)
    async with storage.begin() as tx:
        await tx.editions.claim_unfinished(a_lease("second", NOON + timedelta(minutes=2)), 9)
        assert not await tx.editions.freeze(edition.edition_id, "first", {}, [], PARTS)
        assert not await tx.editions.keep_hold(edition.edition_id, a_lease("first"))
        assert not await tx.editions.finish(edition.edition_id, "first", EditionState.EMPTY)
        assert (await tx.editions.get(SERVER, edition.edition_id)).state is EditionState.COMPOSING
        assert await tx.editions.list_deliveries(edition.edition_id) == []


async def test_a_clean_stop_gives_editions_back_at_once(storage, digest):
    await claim(storage, digest)
    async with storage.begin() as tx:
        await tx.editions.release_all("first")
        assert len(await tx.editions.claim_unfinished(a_lease("second"), 9)) == 1


async def test_the_window_moves_with_scheduled_editions_only(storage, digest):
    async with storage.begin() as tx:
        assert await tx.editions.window_end(digest.digest_id) is None
    edition = await claim(storage, digest, "manual:1", moves_window=False)
    async with storage.begin() as tx:
        await tx.editions.finish(edition.edition_id, "first", EditionState.SENT)
        await tx.editions.record_missed(SERVER, digest.digest_id, "missed", NOON, NOON)
    failed = await claim(storage, digest, "failed")
    async with storage.begin() as tx:
        await tx.editions.finish(failed.edition_id, "first", EditionState.FAILED)
        assert await tx.editions.window_end(digest.digest_id) is None
    await claim(storage, digest)
    async with storage.begin() as tx:
        assert await tx.editions.window_end(digest.digest_id) == NOON


async def test_editions_belong_to_their_server_and_outlive_their_digest(storage, digest):
    edition = await claim(storage, digest)
    async with storage.begin() as tx:
        await tx.digests.remove(SERVER, digest.digest_id)
        assert (await tx.editions.get(SERVER, edition.edition_id)).digest_id is None
        with pytest.raises(NotFound):
            await tx.editions.get(OTHER_SERVER, edition.edition_id)


async def test_a_part_may_be_sent_with_another_body_than_the_frozen_one(storage, digest):
    edition = await claim(storage, digest)
    async with storage.begin() as tx:
        await tx.editions.freeze(edition.edition_id, "first", {}, [], PARTS)
        first, second = await tx.editions.list_deliveries(edition.edition_id)
        await tx.editions.rewrite(first.delivery_id, {"blocks": ["bare"]})
        rewritten = await tx.editions.list_deliveries(edition.edition_id)
    assert [part.body for part in rewritten] == [{"blocks": ["bare"]}, second.body]


async def test_what_a_clock_that_ran_ahead_has_looked_at_is_put_right(storage, digest):
    await claim(storage, digest)
    earlier = NOON - timedelta(minutes=20)
    async with storage.begin() as tx:
        assert not await tx.editions.has_looked_ahead(digest.digest_id, NOON)
        assert await tx.editions.has_looked_ahead(digest.digest_id, earlier)
        await tx.editions.put_right(digest.digest_id, earlier)
        assert not await tx.editions.has_looked_ahead(digest.digest_id, earlier)
        assert await tx.editions.window_end(digest.digest_id) == earlier
