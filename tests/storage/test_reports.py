"""A point is reported once, belongs to its server, and is hidden for as long as its editors want it so."""

from datetime import timedelta

import pytest

from storage import NotFound, ReportState, fingerprint
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease

SENTENCE = fingerprint("The harbour opened on Friday.")


@pytest.fixture
async def edition(storage):
    async with storage.begin() as tx:
        for server_id in (SERVER, OTHER_SERVER):
            await tx.servers.ensure(server_id, NOON)
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        return await tx.editions.claim_slot(SERVER, digest.digest_id, "slot", NOON, (NOON, NOON), a_lease())


async def report(storage, edition, place=(0, 1), user_id=31, now=NOON):
    async with storage.begin() as tx:
        return await tx.reports.report(SERVER, edition.edition_id, place, SENTENCE, user_id, now)


async def test_a_point_is_reported_once_whoever_doubts_it(storage, edition):
    first, is_new = await report(storage, edition)
    again, is_new_again = await report(storage, edition, user_id=32)
    assert (is_new, is_new_again) == (True, False)
    assert again == first
    assert (first.story, first.point, first.state, first.reported_by) == (0, 1, ReportState.OPEN, 31)
    other, is_new = await report(storage, edition, place=(1, 0))
    assert is_new
    async with storage.reading() as tx:
        assert await tx.reports.list_of_edition(SERVER, edition.edition_id) == [first, other]
        assert await tx.reports.list_of_edition(OTHER_SERVER, edition.edition_id) == []


async def test_a_decision_can_be_taken_back(storage, edition):
    made, _ = await report(storage, edition)
    hidden = []
    for state in (ReportState.HIDDEN, ReportState.KEPT):
        async with storage.begin() as tx:
            decided = await tx.reports.decide(SERVER, made.report_id, state, 77, NOON)
            assert (decided.state, decided.decided_at, decided.decided_by) == (state, NOON, 77)
            hidden.append(await tx.reports.hidden_fingerprints(SERVER))
            assert await tx.reports.hidden_fingerprints(OTHER_SERVER) == set()
    assert hidden == [{SENTENCE}, set()]


async def test_another_servers_reports_are_out_of_reach(storage, edition):
    """FAULTS 41."""
    made, _ = await report(storage, edition)
    async with storage.begin() as tx:
        with pytest.raises(NotFound):
            await tx.reports.get(OTHER_SERVER, made.report_id)
        with pytest.raises(NotFound):
            await tx.reports.decide(OTHER_SERVER, made.report_id, ReportState.HIDDEN, 77, NOON)
        assert (await tx.reports.get(SERVER, made.report_id)).state is ReportState.OPEN


async def test_what_a_member_reported_lately_is_counted(storage, edition):
    for number in range(3):
        await report(storage, edition, place=(0, number), now=NOON + timedelta(hours=number))
    await report(storage, edition, place=(0, 9), user_id=32, now=NOON + timedelta(hours=2))
    async with storage.reading() as tx:
        assert [one.point for one in await tx.reports.list_open(NOON, 2)] == [9, 2]
        assert await tx.reports.count_by(SERVER, 31, NOON) == 2
        assert await tx.reports.count_by(OTHER_SERVER, 31, NOON - timedelta(days=1)) == 0
