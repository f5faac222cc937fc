"""Editions made ahead, the history of a digest, and what is written down of each part."""

from datetime import timedelta

import pytest

from storage import DeliveryState, EditionState, NewDelivery, NotFound
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease, a_source, an_article

DAY = timedelta(days=1)
PARTS = [NewDelivery(part, 7, {"blocks": [f"part {part}"]}, "", f"mark{part}") for part in (0, 1)]


@pytest.fixture
async def digest(storage):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        return await tx.digests.add(SERVER, a_digest(), NOON)


async def begun(storage, digest, slot, due_at=NOON, owner="first", **options):
    async with storage.begin() as tx:
        lease = a_lease(owner, options.pop("now", NOON))
        window = (due_at - DAY, due_at)
        return await tx.editions.claim_slot(SERVER, digest.digest_id, slot, due_at, window, lease, **options)


async def frozen(storage, digest, slot, due_at=NOON, *, ahead=False, parts=PARTS):
    edition = await begun(storage, digest, slot, due_at)
    new = [NewDelivery(p.part, p.channel_id, p.body, f"{slot} {p.part}", p.marker) for p in parts]
    async with storage.begin() as tx:
        assert await tx.editions.freeze(edition.edition_id, "first", {"stories": []}, [], new, ahead=ahead)
        return await tx.editions.get(SERVER, edition.edition_id)


async def over(storage, digest, slot, due_at=NOON, state=EditionState.SENT, **options):
    edition = await begun(storage, digest, slot, due_at, **options)
    async with storage.begin() as tx:
        assert await tx.editions.finish(edition.edition_id, "first", state)
    return edition.edition_id


async def test_what_is_made_ahead_waits_for_its_slot_and_is_sent_by_one(storage, digest):
    made = await frozen(storage, digest, "ahead", NOON + DAY, ahead=True)
    assert made.state is EditionState.READY
    async with storage.begin() as tx:
        assert await tx.editions.claim_unfinished(a_lease("second", NOON + timedelta(minutes=5)), 9) == []
        assert await tx.editions.list_ready(NOON) == []
        assert await tx.editions.list_ready(NOON + DAY) == [made]
        sending = await tx.editions.claim_ready(made.edition_id, a_lease("second", NOON + DAY))
        assert sending.state is EditionState.SENDING
        assert await tx.editions.claim_ready(made.edition_id, a_lease("third", NOON + DAY)) is None
        assert await tx.editions.list_ready(NOON + DAY) == []


async def test_what_is_made_ahead_is_taken_over_at_its_slot_when_nobody_came(storage, digest):
    made = await frozen(storage, digest, "ahead", NOON + DAY, ahead=True)
    async with storage.begin() as tx:
        (taken,) = await tx.editions.claim_unfinished(a_lease("second", NOON + DAY), 9)
    assert (taken.edition_id, taken.state) == (made.edition_id, EditionState.SENDING)


async def test_withdrawn_is_what_is_still_ahead_and_nothing_else(storage, digest):
    await frozen(storage, digest, "ready", NOON + DAY, ahead=True)
    await begun(storage, digest, "composing", NOON + 2 * DAY)
    due = await frozen(storage, digest, "due", NOON, ahead=True)
    sending = await frozen(storage, digest, "sending", NOON + DAY)
    async with storage.begin() as tx:
        assert await tx.editions.withdraw(digest.digest_id, NOON) == 2
        left = await tx.editions.list_of_digest(digest.digest_id)
    assert [edition.edition_id for edition in left] == [due.edition_id, sending.edition_id]


async def test_who_holds_an_edition_may_drop_it_as_if_it_had_never_been(storage, digest):
    edition = await begun(storage, digest, "slot")
    async with storage.begin() as tx:
        await tx.editions.drop(edition.edition_id, "second")
        assert await tx.editions.find_slot(digest.digest_id, "slot") is not None
        await tx.editions.drop(edition.edition_id, "first")
        assert await tx.editions.find_slot(digest.digest_id, "slot") is None
    assert await begun(storage, digest, "slot") is not None


async def test_a_slot_ahead_that_a_wrong_clock_took_for_missed_is_served(storage, digest):
    """FAULTS 31."""
    async with storage.begin() as tx:
        assert await tx.editions.record_missed(SERVER, digest.digest_id, "tomorrow", NOON + DAY, NOON + 2 * DAY)
        assert await tx.editions.slots_since(digest.digest_id, NOON, NOON) == set()
        assert await tx.editions.slots_since(digest.digest_id, NOON, NOON + DAY) == {"tomorrow"}
    assert await begun(storage, digest, "tomorrow", NOON + DAY) is not None
    async with storage.begin() as tx:
        await tx.editions.record_missed(SERVER, digest.digest_id, "yesterday", NOON - DAY, NOON)
    assert await begun(storage, digest, "yesterday", NOON - DAY) is None


async def test_what_was_begun_for_a_removed_digest_is_closed(storage, digest):
    for slot in ("a", "b"):
        await begun(storage, digest, slot)
    sent = await over(storage, digest, "c")
    async with storage.begin() as tx:
        await tx.editions.abandon(digest.digest_id)
        states = {e.edition_id: e.state for e in await tx.editions.list_of_digest(digest.digest_id)}
    assert states.pop(sent) is EditionState.SENT
    assert set(states.values()) == {EditionState.FAILED}


async def test_the_history_of_a_digest_is_newest_first_and_belongs_to_its_server(storage, digest):
    first = await over(storage, digest, "first", NOON - 2 * DAY)
    second = await over(storage, digest, "second", NOON - DAY, EditionState.EMPTY)
    third = await over(storage, digest, "third", NOON)
    composing = await begun(storage, digest, "fourth", NOON + DAY)
    async with storage.begin() as tx:
        recent = await tx.editions.list_recent(SERVER, digest.digest_id, 2)
        assert [edition.edition_id for edition in recent] == [third, second]
        assert await tx.editions.list_recent(OTHER_SERVER, digest.digest_id, 2) == []
        assert (await tx.editions.previous(composing)).edition_id == third
        assert await tx.editions.previous(await tx.editions.get(SERVER, first)) is None
        assert await tx.editions.first_due(digest.digest_id) == NOON - 2 * DAY


async def test_the_window_is_that_of_editions_that_looked(storage, digest):
    async with storage.begin() as tx:
        assert await tx.editions.first_due(digest.digest_id) is None
        assert await tx.editions.untold_since(digest.digest_id) is None
        assert not await tx.editions.has_looked_before(digest.digest_id, NOON)
    sent = await over(storage, digest, "sent", NOON - 2 * DAY)
    await over(storage, digest, "failed", NOON - DAY, EditionState.FAILED)
    await over(storage, digest, "manual:1", NOON, moves_window=False)
    async with storage.begin() as tx:
        assert await tx.editions.window_end(digest.digest_id) == NOON - 2 * DAY
        assert await tx.editions.window_end(digest.digest_id, besides=sent) is None
        assert await tx.editions.has_looked_before(digest.digest_id, NOON)
        assert not await tx.editions.has_looked_before(digest.digest_id, NOON - 2 * DAY)
        assert await tx.editions.untold_since(digest.digest_id) == NOON - 2 * DAY
    await over(storage, digest, "made before it failed", NOON)
    async with storage.begin() as tx:
        assert await tx.editions.untold_since(digest.digest_id) == NOON - 2 * DAY
        lease, window = a_lease(), (NOON - 2 * DAY, NOON + DAY)
        await tx.editions.claim_slot(SERVER, digest.digest_id, "looks back", NOON + DAY, window, lease)
        assert await tx.editions.untold_since(digest.digest_id) is None


async def test_a_manual_edition_counts_while_it_is_new_or_under_way(storage, digest):
    async with storage.begin() as tx:
        assert not await tx.editions.has_manual_since(digest.digest_id, NOON - DAY)
    edition = await begun(storage, digest, "manual:1")
    async with storage.begin() as tx:
        assert await tx.editions.has_manual_since(digest.digest_id, NOON + DAY)  # under way
        await tx.editions.finish(edition.edition_id, "first", EditionState.SENT)
        assert not await tx.editions.has_manual_since(digest.digest_id, NOON)
        assert await tx.editions.has_manual_since(digest.digest_id, NOON - timedelta(seconds=1))


async def test_an_attempt_that_did_not_leave_is_forgotten_and_one_that_did_is_not(storage, digest):
    edition = await frozen(storage, digest, "slot")
    async with storage.begin() as tx:
        (part, _) = await tx.editions.list_deliveries(edition.edition_id)
        await tx.editions.start_attempt(part.delivery_id, NOON)
        await tx.editions.forget_attempt(part.delivery_id)
        untried = await tx.editions.get_delivery(part.delivery_id)
        assert untried == part
        await tx.editions.start_attempt(part.delivery_id, NOON)
        await tx.editions.start_attempt(part.delivery_id, NOON + DAY)
        await tx.editions.forget_attempt(part.delivery_id)
        tried = await tx.editions.get_delivery(part.delivery_id)
    assert (tried.state, tried.attempts, tried.first_attempt_at) == (DeliveryState.SENDING, 1, NOON)


async def test_a_part_is_written_down_as_sent_or_failed(storage, digest):
    edition = await frozen(storage, digest, "slot")
    async with storage.begin() as tx:
        first, second = await tx.editions.list_deliveries(edition.edition_id)
        await tx.editions.record_failed(first.delivery_id, "Missing Access")
        await tx.editions.record_sent(second.delivery_id, None, 8, NOON)
        failed, sent = await tx.editions.list_deliveries(edition.edition_id)
        with pytest.raises(NotFound):
            await tx.editions.get_delivery(99)
    assert (failed.state, failed.error) == (DeliveryState.FAILED, "Missing Access")
    assert (sent.state, sent.message_id, sent.posted_in, sent.sent_at) == (DeliveryState.SENT, None, 8, NOON)


async def test_the_message_before_is_the_first_of_the_last_edition_that_stands_somewhere(storage, digest):
    for day, message_id in ((3, 70), (2, 80), (1, None)):
        edition = await frozen(storage, digest, f"day {day}", NOON - day * DAY)
        async with storage.begin() as tx:
            first, second = await tx.editions.list_deliveries(edition.edition_id)
            await tx.editions.record_sent(first.delivery_id, message_id, 7, NOON)
            await tx.editions.record_sent(second.delivery_id, 99, 7, NOON)
    today = await begun(storage, digest, "today")
    async with storage.begin() as tx:
        assert (await tx.editions.message_before(today)).message_id == 80
        oldest = await tx.editions.find_slot(digest.digest_id, "day 3")
        assert await tx.editions.message_before(oldest) is None


async def test_the_briefs_of_a_live_digest_are_known_in_order(storage, digest):
    await over(storage, digest, "live:7", NOON - timedelta(hours=1))
    await over(storage, digest, "live:5", NOON - timedelta(hours=2))
    await over(storage, digest, "live:1", NOON - DAY)
    await over(storage, digest, "manual:9", NOON)
    async with storage.begin() as tx:
        briefs = await tx.live.list_briefs(digest.digest_id, NOON - timedelta(hours=3))
    assert [brief.slot for brief in briefs] == ["live:5", "live:7"]


async def test_corrections_of_posted_editions_are_found_written_and_cleared_once(storage, digest):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    async with storage.begin() as tx:
        ((_, article_id),) = await tx.articles.keep([an_article()], scope="shared", source_id=source_id, now=NOON)
    edition = await begun(storage, digest, "slot")
    new = [NewDelivery(0, 7, {"blocks": ["told"]}, "nonce", "mark")]
    async with storage.begin() as tx:
        await tx.editions.freeze(edition.edition_id, "first", {"stories": []}, [article_id], new)
        (part,) = await tx.editions.list_deliveries(edition.edition_id)
        await tx.editions.record_sent(part.delivery_id, 70, 7, NOON)
        await tx.editions.finish(edition.edition_id, "first", EditionState.SENT)
        assert await tx.revisions.list_unchecked(NOON - DAY, 9) == []
    later = NOON + timedelta(hours=1)
    corrected = an_article(text="The harbour did not open on Friday, said the mayor, who praised the crews again.")
    async with storage.begin() as tx:
        await tx.articles.keep([corrected], scope="shared", source_id=source_id, now=later)
        assert [each.edition_id for each in await tx.revisions.list_unchecked(NOON - DAY, 9)] == [edition.edition_id]
        assert await tx.revisions.list_changed(edition.edition_id) == [article_id]
        with pytest.raises(NotFound):
            await tx.revisions.take(OTHER_SERVER, edition.edition_id)
        _, (posted,) = await tx.revisions.take(SERVER, edition.edition_id)
        await tx.revisions.write(edition.edition_id, {"stories": [1]}, {posted.delivery_id: {"blocks": ["corrected"]}})
        await tx.revisions.note_checked(edition.edition_id, later)
        assert await tx.revisions.list_unchecked(NOON - DAY, 9) == []
        ((server_id, pending),) = await tx.revisions.list_pending(9)
        assert (server_id, pending.revised_body) == (SERVER, {"blocks": ["corrected"]})
        await tx.revisions.write(edition.edition_id, {"stories": [2]}, {posted.delivery_id: {"blocks": ["again"]}})
        assert not await tx.revisions.clear(pending)  # it says the older change
        ((_, again),) = await tx.revisions.list_pending(9, edition.edition_id)
        assert await tx.revisions.clear(again)
        assert await tx.revisions.list_pending(9) == []
        assert (await tx.editions.get(SERVER, edition.edition_id)).content == {"stories": [2]}
