"""One row a cause: told once until it is gone, edited when it changes, and never another server's."""

from datetime import timedelta

import pytest

from storage import NotFound, NoticeState
from tests.factories import NOON, OTHER_SERVER, SERVER, a_lease

CAUSE = "source-failing:12"
TEXT, OTHER_TEXT = {"text": "It fails."}, {"text": "It still fails."}
LATER = NOON + timedelta(hours=1)


@pytest.fixture
async def notice(storage):
    async with storage.begin() as tx:
        for server_id in (SERVER, OTHER_SERVER):
            await tx.servers.ensure(server_id, NOON)
        assert await tx.notices.open(SERVER, CAUSE, TEXT, NOON)
        return await tx.notices.find(SERVER, CAUSE)


async def shown(tx, message=(7, 70), now=NOON, owner="first"):
    (claimed,) = await tx.notices.claim_due(a_lease(owner, now), 9)
    assert await tx.notices.record_shown(claimed, owner, message, now)
    return await tx.notices.get(SERVER, claimed.notice_id)


async def test_a_cause_is_there_once_per_server(storage, notice):
    async with storage.begin() as tx:
        assert not await tx.notices.open(SERVER, CAUSE, OTHER_TEXT, LATER)
        assert await tx.notices.find(SERVER, CAUSE) == notice
        assert await tx.notices.open(OTHER_SERVER, CAUSE, TEXT, NOON)
        assert await tx.notices.list_standing_causes("source-failing") == {(SERVER, CAUSE), (OTHER_SERVER, CAUSE)}
        assert await tx.notices.list_standing_causes("source") == set()


async def test_another_server_neither_sees_nor_changes_it(storage, notice):
    async with storage.begin() as tx:
        with pytest.raises(NotFound):
            await tx.notices.get(OTHER_SERVER, notice.notice_id)
        await tx.notices.close(OTHER_SERVER, notice.notice_id, OTHER_TEXT, NOON)
        await tx.notices.revise(OTHER_SERVER, notice.notice_id, OTHER_TEXT, NOON)
        assert await tx.notices.list_standing(OTHER_SERVER) == []
        assert await tx.notices.list_standing(SERVER) == [notice]


async def test_it_is_claimed_once_and_again_when_its_holder_died(storage, notice):
    async with storage.begin() as tx:
        assert len(await tx.notices.claim_due(a_lease("first"), 9)) == 1
        assert await tx.notices.claim_due(a_lease("second"), 9) == []
        (again,) = await tx.notices.claim_due(a_lease("second", NOON + timedelta(minutes=2)), 9)
        assert not await tx.notices.record_shown(again, "first", (7, 70), NOON)
        assert await tx.notices.record_shown(again, "second", (7, 70), NOON)


async def test_what_was_told_rests_until_it_changes(storage, notice):
    async with storage.begin() as tx:
        told = await shown(tx)
        assert (told.state, told.told_at, told.channel_id, told.message_id) == (NoticeState.TOLD, NOON, 7, 70)
        assert await tx.notices.claim_due(a_lease(now=LATER), 9) == []
        await tx.notices.revise(SERVER, notice.notice_id, OTHER_TEXT, LATER)
        revised = await shown(tx, now=LATER)
        assert (revised.state, revised.body, revised.told_at) == (NoticeState.TOLD, OTHER_TEXT, NOON)


async def test_what_changes_while_it_is_sent_is_edited_in(storage, notice):
    async with storage.begin() as tx:
        (claimed,) = await tx.notices.claim_due(a_lease(), 9)
        await tx.notices.close(SERVER, notice.notice_id, OTHER_TEXT, NOON)
        assert await tx.notices.claim_due(a_lease("second", LATER), 9) == []  # nothing of it is known to be there
        assert await tx.notices.record_shown(claimed, "first", (7, 70), NOON)
        assert (await shown(tx, now=LATER)).state is NoticeState.CLOSED


async def test_a_cause_that_went_untold_is_told_no_more(storage, notice):
    async with storage.begin() as tx:
        await tx.notices.close(SERVER, notice.notice_id, OTHER_TEXT, NOON)
        assert await tx.notices.claim_due(a_lease(now=LATER), 9) == []
        assert await tx.notices.list_standing(SERVER) == []


async def test_raised_after_it_was_closed_it_is_told_anew(storage, notice):
    async with storage.begin() as tx:
        await shown(tx)
        await tx.notices.close(SERVER, notice.notice_id, OTHER_TEXT, NOON)
        assert await tx.notices.open(SERVER, CAUSE, TEXT, LATER)
        anew = await tx.notices.get(SERVER, notice.notice_id)
        assert (anew.state, anew.raised_at, anew.message_id) == (NoticeState.OPEN, LATER, None)
        (claimed,) = await tx.notices.claim_due(a_lease(now=LATER), 9)
        assert claimed.notice_id == notice.notice_id


async def test_what_could_not_be_shown_waits(storage, notice):
    async with storage.begin() as tx:
        await tx.notices.claim_due(a_lease(), 9)
        await tx.notices.postpone(notice.notice_id, "second", NOON)  # does not hold it
        assert await tx.notices.claim_due(a_lease("second"), 9) == []
        await tx.notices.postpone(notice.notice_id, "first", LATER)
        assert await tx.notices.claim_due(a_lease("second", LATER - timedelta(seconds=1)), 9) == []
        (claimed,) = await tx.notices.claim_due(a_lease("second", LATER), 9)
        assert claimed.attempts == 1


async def test_a_waiting_one_keeps_its_time_when_its_text_changes(storage, notice):
    async with storage.begin() as tx:
        await tx.notices.claim_due(a_lease(), 9)
        await tx.notices.postpone(notice.notice_id, "first", LATER)
        await tx.notices.revise(SERVER, notice.notice_id, OTHER_TEXT, NOON)
        assert await tx.notices.claim_due(a_lease(), 9) == []
        (claimed,) = await tx.notices.claim_due(a_lease(now=LATER), 9)
        assert claimed.body == OTHER_TEXT


async def test_one_can_be_claimed_by_name(storage, notice):
    async with storage.begin() as tx:
        await tx.notices.open(SERVER, "source-failing:13", TEXT, NOON)
        (claimed,) = await tx.notices.claim_due(a_lease(), 1, notice.notice_id)
        assert claimed.cause == CAUSE
        await tx.notices.release_all("fir")
        assert len(await tx.notices.claim_due(a_lease("second"), 9)) == 2


async def test_it_goes_with_its_server(storage, notice):
    async with storage.begin() as tx:
        await tx.servers.remove(SERVER)
        with pytest.raises(NotFound):
            await tx.notices.get(SERVER, notice.notice_id)
