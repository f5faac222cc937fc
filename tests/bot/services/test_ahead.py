"""Editions made ahead of their slot (FAULTS 28, 31, 32, 48)."""

import asyncio
import contextlib
from datetime import timedelta

import pytest

from bot.services.holds import HOLD
from bot.services.making import AT_ONCE
from bot.services.ports import TryLater
from bot.services.stories import Composition
from storage import EditionState
from tests.bot.services.office import Office
from tests.factories import DAILY, SERVER, a_digest, a_lease

TOLD = ["The harbour opens", "that was all"]


async def test_an_edition_is_frozen_before_its_slot_and_posted_at_it(office: Office):
    await office.take_in("harbour")
    digest = await office.ahead()
    (edition,) = await office.editions_of(digest)
    assert (edition.state, office.told) == (EditionState.READY, [])
    frozen = [part.body for part in await office.parts_of(edition)]
    await office.come()
    assert office.told == TOLD
    assert [message.body for message in office.publisher.posted] == frozen
    (sent,) = await office.editions.list_recent(SERVER, digest.digest_id, 5)
    assert (sent.state, sent.content) == (EditionState.SENT, edition.content)


async def test_the_process_that_waits_posts_it_without_another_call(office: Office):
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=28)
    await office.editions.serve(digest)
    office.clock.wind(minutes=2)
    await office.editions.idle()
    assert office.told == TOLD


async def test_a_late_article_belongs_to_the_next_edition(office: Office):
    await office.take_in("harbour")
    digest = await office.ahead()
    office.clock.wind(seconds=1)
    await office.take_in("bridge")
    await office.come()
    assert office.told == TOLD
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert office.told == [*TOLD, "The bridge opens", "that was all"]
    first, second = await office.editions_of(digest)
    assert second.window_start == first.window_end < first.due_at


async def test_when_the_process_dies_any_other_posts_it(office: Office):
    await office.take_in("harbour")
    await office.ahead()
    await office.editions.stop(timedelta(0))
    office.clock.wind(minutes=2)
    await office.restarted().editions.run_due()
    assert office.told == TOLD


async def test_many_processes_wait_for_it_and_one_posts_it(office: Office):
    """FAULTS 28."""
    await office.take_in("harbour")
    await office.ahead()
    others = [office.restarted() for _ in range(4)]
    for other in others:
        await other.editions.run_due()
    office.clock.wind(minutes=2)
    await asyncio.gather(*(each.editions.idle() for each in [office, *others]))
    assert office.told == TOLD


async def test_a_stop_leaves_it_for_the_next_process(office: Office):
    await office.take_in("harbour")
    digest = await office.ahead()
    await office.editions.stop(timedelta(seconds=5))
    await office.editions.release()
    assert (await office.states(digest), office.told) == ([EditionState.READY], [])


async def test_a_slow_model_is_not_waited_for_until_the_slot(office: Office):
    """FAULTS 48: the edition is frozen before it is due, by simpler rules, and says so."""
    await office.take_in("harbour")
    digest = await office.add()

    async def hang(*_: object) -> None:
        await asyncio.sleep(3600)

    office.condenser.brief = office.condenser.stories = hang  # type: ignore[assignment, method-assign]
    office.clock.wind(minutes=29, seconds=50)  # no time is left but to freeze it
    await office.editions.run_due()
    (edition,) = await office.editions_of(digest)
    assert edition.state is EditionState.READY
    assert Composition.from_json(edition.content).degraded


@pytest.mark.parametrize("change", ["edit", "pause", "remove"])
async def test_what_was_made_ahead_is_withdrawn(office: Office, change: str):
    """FAULTS 32: after an edit it is made anew in the new channel, after a pause or removal it does not come."""
    await office.take_in("harbour")
    digest = await office.ahead()
    async with office.storage.begin() as tx:
        if change == "edit":
            new = a_digest(schedule=f"{DAILY} 13:30", channel_id=8)
            await tx.digests.replace(SERVER, digest.digest_id, new, office.clock.now())
        elif change == "pause":
            await tx.digests.pause(SERVER, digest.digest_id)
        else:
            await tx.digests.remove(SERVER, digest.digest_id)
    if change != "remove":
        await office.editions.withdraw(digest)
    await office.editions.run_due()
    await office.come()
    assert office.told == (TOLD if change == "edit" else [])
    assert {message.channel_id for message in office.publisher.posted} <= {8}


async def test_a_digest_paused_without_a_word_is_not_posted(office: Office):
    await office.take_in("harbour")
    digest = await office.ahead()
    async with office.storage.begin() as tx:
        await tx.servers.change(SERVER, paused_until=office.clock.now() + timedelta(days=1))
    await office.come()
    assert office.told == []
    assert await office.states(digest) == []


async def test_what_is_being_posted_is_not_withdrawn(office: Office):
    await office.take_in("harbour")
    digest = await office.ahead()
    office.publisher.failures = [TryLater("503")]
    office.clock.wind(minutes=2)
    await office.editions.idle()
    office.clock.wind(minutes=-1)  # even by a clock that goes back
    await office.editions.withdraw(digest)
    assert await office.states(digest) == [EditionState.SENDING]
    office.clock.wind(minutes=5)
    await office.editions.run_due()
    assert office.told == TOLD


async def test_a_composer_whose_edition_was_withdrawn_posts_nothing(office: Office):
    await office.take_in("harbour")
    digest = await office.add()

    async def withdrawn_meanwhile(documents: object) -> list[list[int]]:
        await office.editions.withdraw(digest)
        return [[0]]

    office.condenser.stories = withdrawn_meanwhile  # type: ignore[assignment, method-assign]
    office.clock.wind(minutes=28)
    await office.editions.run_due()
    assert await office.states(digest) == []


async def test_a_composer_that_dies_ahead_is_followed_by_another(office: Office):
    """FAULTS 27."""
    await office.take_in("harbour")
    digest = await office.add()
    office.condenser.broken = True
    office.clock.wind(minutes=27)
    async with office.storage.begin() as tx:
        window = (office.clock.now() - timedelta(days=1), office.clock.now())
        due_at = office.clock.now() + timedelta(minutes=3)
        dead = office.editions._holds.lease()
        await tx.editions.claim_slot(SERVER, digest.digest_id, "2026-11-20T13:30 Europe/Berlin", due_at, window, dead)
    office.clock.wind(seconds=HOLD.total_seconds() + 1)
    await office.editions.run_due()
    assert office.told == TOLD


async def test_a_clock_that_runs_ahead_and_is_put_right_loses_no_slot(office: Office):
    """FAULTS 31: the slots that seemed to be missed come when their time has come."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(days=3)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.MISSED] * 3
    office.clock.wind(days=-3)
    office.clock.wind(minutes=28)
    await office.editions.run_due()
    await office.come()
    assert office.told == TOLD


async def test_a_clock_that_is_set_back_while_it_waits_posts_once(office: Office):
    """FAULTS 31."""
    await office.take_in("harbour")
    await office.ahead()
    office.clock.wind(hours=-1)
    await office.editions.run_due()
    assert office.told == []
    office.clock.wind(hours=1)
    await office.come()
    await office.editions.run_due()
    assert office.told == TOLD


async def test_what_comes_while_a_clock_that_ran_ahead_is_put_right_is_told_by_the_next(office: Office):
    """FAULTS 31: an edition went out early; no article is skipped for that."""
    await office.take_in("harbour")
    await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert office.told == TOLD
    office.clock.wind(minutes=-25)  # it had run ahead
    await office.editions.run_due()
    office.clock.wind(minutes=10)
    await office.take_in("bridge")
    office.clock.wind(days=1, minutes=15)
    await office.editions.run_due()
    assert office.told == [*TOLD, "The bridge opens", "that was all"]


async def test_what_is_made_anew_under_the_id_of_what_was_withdrawn_comes_at_its_own_moment(office: Office):
    """FAULTS 32: whoever waits for the slot before the edit does not post it early, and it does not come late."""
    await office.take_in("harbour")
    digest = await office.ahead()
    (before,) = await office.editions_of(digest)
    async with office.storage.begin() as tx:
        await tx.digests.replace(SERVER, digest.digest_id, a_digest(schedule=f"{DAILY} 13:31"), office.clock.now())
    await office.editions.withdraw(digest)
    await office.editions.run_due()
    (after,) = await office.editions_of(digest)
    assert (after.edition_id, after.state) == (before.edition_id, EditionState.READY)
    async with office.storage.begin() as tx:
        early = office.clock.now() + timedelta(minutes=2)
        assert await tx.editions.claim_ready(after.edition_id, a_lease(now=early)) is None
    office.clock.wind(minutes=3)
    await office.editions.idle()
    assert office.told == TOLD


async def test_an_edit_while_it_waits_for_its_turn_to_be_composed_holds(office: Office):
    """FAULTS 32: many are due at once, and an admin chooses another channel meanwhile."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=28)
    new = a_digest(schedule=f"{DAILY} 13:30", channel_id=8)
    turns = office.editions._making._turns
    async with contextlib.AsyncExitStack() as others:
        for _ in range(AT_ONCE):
            await others.enter_async_context(turns)
        serving = asyncio.create_task(office.editions.serve(digest))
        while not office.editions._making._queued:
            await asyncio.sleep(0)
        async with office.storage.begin() as tx:
            await tx.digests.replace(SERVER, digest.digest_id, new, office.clock.now())
        await office.editions.withdraw(digest)
    await serving
    await office.come()
    assert office.told == TOLD
    assert {message.channel_id for message in office.publisher.posted} == {8}
