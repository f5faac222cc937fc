"""Which time an edition looks at: nothing is skipped, nothing repeated; a pause is told of by one day."""

from datetime import timedelta

from bot.services.ports import TryLater
from bot.services.stories import Composition
from storage import EditionState
from tests.bot.services.office import Office
from tests.factories import DAILY, NOON, SERVER

DAY = timedelta(days=1)


async def test_the_first_edition_looks_at_a_day(office: Office):
    digest = await office.add()
    assert await office.editions.window(digest, NOON) == (NOON - DAY, NOON)


async def test_after_a_pause_a_day_is_told_and_what_came_before_is_counted(office: Office):
    digest = await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    async with office.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id)
    office.clock.wind(hours=1)
    for subject in ("harbour", "bridge", "library"):
        office.clock.wind(days=1)
        await office.take_in(subject)
    office.clock.wind(hours=1)
    async with office.storage.begin() as tx:
        await tx.digests.resume(SERVER, digest.digest_id, office.clock.now())
    office.clock.wind(hours=22)
    await office.editions.run_due()
    assert office.told == ["The library opens", "that was all"]
    _, edition = await office.editions_of(digest)
    assert edition.window_end - edition.window_start == DAY
    assert Composition.from_json(edition.content or {}).passed_over == 2
    office.clock.wind(days=1)
    await office.take_in("museum")
    await office.editions.run_due()
    assert (await office.editions_of(digest))[2].window_start == edition.window_end


async def test_a_pause_that_ends_by_itself_passes_over_as_much(office: Office):
    digest = await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    async with office.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id, until=office.clock.now() + timedelta(days=4, hours=1))
    office.clock.wind(days=4)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.EMPTY]
    office.clock.wind(days=1)
    await office.editions.run_due()
    _, edition = await office.editions_of(digest)
    assert edition.window_end - edition.window_start == DAY


async def test_a_manual_post_moves_the_window_only_when_it_is_to(office: Office):
    digest = await office.add()
    for moves_window in (False, True):
        window = await office.editions.window(digest, office.clock.now())
        await office.editions.post_now(digest, f"manual:{moves_window}", window, moves_window=moves_window)
        office.clock.wind(minutes=5)
    assert (await office.editions.window(digest, office.clock.now()))[0] == NOON + timedelta(minutes=5)


async def test_an_edition_says_that_there_is_nothing_new_where_that_is_wished(office: Office):
    await office.add(says_when_empty=True)
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert office.told == ["that was all"]


async def test_what_was_composed_already_is_posted_once_and_as_a_reply(office: Office):
    digest = await office.add()
    await office.take_in("harbour")
    window = await office.editions.window(digest, office.clock.now())
    composition = Composition((), 3, degraded=False)
    for _ in range(2):
        edition = await office.editions.post_composed(digest, "live:1", window, composition, reply_to=77)
    assert edition.state is EditionState.SENT
    assert [message.body.get("reply_to") for message in office.publisher.posted] == [77, None]
    assert await office.editions.window(digest, office.clock.now()) == window  # others in it may wait for their turn


async def test_what_a_later_edition_was_made_without_comes_when_the_one_before_it_fails(office: Office):
    """Both are frozen while Discord cannot be reached; the first is given up, and the second is posted."""
    await office.take_in("harbour")
    digest = await office.add(schedule=f"{DAILY} 13:30,14:30")
    office.clock.wind(minutes=30)
    office.publisher.failures = [TryLater("503", timedelta(hours=6))]
    await office.editions.run_due()
    await office.take_in("bridge")
    office.clock.wind(hours=1)
    office.publisher.failures = [TryLater("503", timedelta(hours=5))]
    await office.editions.run_due()
    office.clock.wind(hours=5, minutes=30)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.FAILED, EditionState.SENT]
    office.clock.wind(hours=17, minutes=30)
    await office.editions.run_due()
    assert office.told == ["The bridge opens", "that was all", "The harbour opens", "that was all"]
    told = (await office.editions_of(digest))[-1]
    assert (await office.editions.window(digest, office.clock.now()))[0] == told.window_end  # once is enough
