"""A member's report reaches the admins once and changes nothing by itself."""

from datetime import timedelta

import pytest

from bot.errors import DigestError
from bot.services.ports import Remedy
from bot.services.reports import MOST_A_DAY
from bot.ui.evidence import edition_evidence
from storage import NotFound, ReportState, Size, fingerprint
from tests.bot.services.posting import a_desk
from tests.factories import NOON, OTHER_SERVER, SERVER, a_lease


@pytest.fixture
async def desk(storage):
    return await a_desk(storage)


async def report(desk, story=0, point=1, user_id=31):
    return await desk.reports.report(SERVER, desk.edition.edition_id, (story, point), user_id)


async def test_the_admins_get_the_point_beside_its_sentence(desk):
    before = desk.bodies
    made = await report(desk)
    ((server_id, concern),) = desk.admins.told
    assert (server_id, concern.cause) == (SERVER, f"report:{made.report_id}")
    assert concern.text.count("“About 900 passengers a day had to take the longer way over the bridge.”") == 2
    assert concern.remedies == ((Remedy.HIDE_POINT, made.report_id), (Remedy.KEEP_POINT, made.report_id))
    assert desk.bodies == before


async def test_one_report_per_point_whoever_doubts_it(desk):
    first = await report(desk)
    again = await report(desk, user_id=32)
    assert first == again
    assert {concern.cause for _, concern in desk.admins.told} == {f"report:{first.report_id}"}


async def test_a_crash_between_keeping_and_telling_loses_no_report(desk):
    """FAULTS 27, for reports: the process dies before the admins are told."""
    made = await report(desk)
    desk.admins.told.clear()
    await desk.reports.run_due()
    assert [concern.cause for _, concern in desk.admins.told] == [f"report:{made.report_id}"]
    await desk.reports.decide(SERVER, made.report_id, False, 77)
    desk.admins.told.clear()
    await desk.reports.run_due()
    assert desk.admins.told == []


async def test_what_was_decided_is_not_raised_again(desk):
    made = await report(desk)
    await desk.reports.decide(SERVER, made.report_id, False, 77)
    desk.admins.told.clear()
    assert (await report(desk, user_id=32)).state is ReportState.KEPT
    assert desk.admins.told == []


async def test_a_flood_is_stopped_for_its_member_alone(desk):
    places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    for story, point in places[: MOST_A_DAY - 1]:
        await report(desk, story, point)
    desk.clock.wind(hours=25)
    for story, point in places:  # known ones count for nobody
        await report(desk, story, point)
    async with desk.storage.reading() as tx:
        assert len(await tx.reports.list_of_edition(SERVER, desk.edition.edition_id)) == len(places)


async def test_the_last_report_of_a_day_is_refused(storage):
    desk = await a_desk(storage)
    async with storage.begin() as tx:
        for number in range(MOST_A_DAY):
            await tx.reports.report(SERVER, desk.edition.edition_id, (9, number), "f", 31, desk.clock.time)
    with pytest.raises(DigestError, match="within a day"):
        await report(desk)
    assert desk.admins.told == []
    await report(desk, user_id=32)


async def test_a_hidden_sentence_is_kept_out_of_later_editions(desk):
    made = await report(desk)
    hidden = []
    for hide in (True, False):
        await desk.reports.decide(SERVER, made.report_id, hide, 77)
        async with desk.storage.reading() as tx:
            hidden.append(await tx.reports.hidden_fingerprints(SERVER))
    sentence = "About 900 passengers a day had to take the longer way over the bridge."
    assert hidden == [{fingerprint(sentence)}, set()]


@pytest.mark.parametrize("place", [(9, 0), (0, 9), (-1, 0), (0, -1)])
async def test_there_is_no_such_point(desk, place):
    with pytest.raises(NotFound):
        await report(desk, *place)


async def test_another_servers_ids_open_nothing(desk):
    """FAULTS 41."""
    with pytest.raises(NotFound):
        await desk.reports.report(OTHER_SERVER, desk.edition.edition_id, (0, 0), 31)
    made = await report(desk)
    with pytest.raises(NotFound):
        await desk.reports.decide(OTHER_SERVER, made.report_id, True, 77)
    assert "900 passengers" in desk.text


async def test_a_story_without_points_left_says_who_removed_it(desk):
    for point in range(2):
        made = await report(desk, 1, point)
        await desk.reports.decide(SERVER, made.report_id, True, 77)
    assert "Frost halves orchards" not in desk.text
    assert "*Story removed by this server's editors" in desk.text


async def test_a_hidden_sentence_is_not_shown_beside_its_neighbours(desk):
    made = await report(desk)
    await desk.reports.decide(SERVER, made.report_id, True, 77)
    content = await desk.content()
    async with desk.storage.reading() as tx:
        articles = await tx.articles.find_shared(content.article_ids)
    shown = "\n".join(edition_evidence(content, articles, Size.FULL))
    assert "The ferry between the islands" in shown
    assert "900 passengers" not in shown
    assert "longer way over the bridge" not in shown


async def test_an_edition_that_was_made_ahead_with_a_hidden_point_is_made_anew(desk):
    made = await report(desk)
    later = desk.clock.now() + timedelta(minutes=2)
    async with desk.storage.begin() as tx:
        ahead = await tx.editions.claim_slot(
            SERVER, desk.edition.digest_id, "next", later, (NOON, later), a_lease("me", desk.clock.now())
        )
        await tx.editions.freeze(ahead.edition_id, "me", desk.edition.content, [], [], ahead=True)
    await desk.reports.decide(SERVER, made.report_id, True, 77)
    async with desk.storage.reading() as tx:
        left = await tx.editions.list_of_digest(desk.edition.digest_id)
    assert [edition.edition_id for edition in left] == [desk.edition.edition_id]
