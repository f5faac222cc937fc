"""One edition per slot, each part once, whatever happens (FAULTS 27, 29 to 33, 36, 37)."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.due import FARTHEST
from bot.services.holds import HOLD
from bot.services.ports import DestinationLost, SendRefused, TryLater
from bot.services.stories import Composition
from storage import SHARED, DeliveryState, EditionState, NotFound
from tests.factories import DAILY, NOON, SERVER, a_digest, a_source, an_article
from tests.fakes import LOST_ANSWER

SUBJECTS = ("harbour", "bridge", "library")


async def test_nothing_is_posted_before_the_slot_and_once_after_it(office):
    await office.take_in("harbour")
    digest = await office.add()
    await office.editions.run_due()
    assert office.told == []
    office.clock.wind(minutes=30)
    for _ in range(3):
        await office.editions.run_due()
        await office.restarted().editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]
    assert await office.states(digest) == [EditionState.SENT]


async def test_windows_neither_skip_nor_repeat_an_article(office):
    await office.take_in("harbour")
    await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    office.clock.wind(minutes=1)
    await office.take_in("bridge", "harbour")
    office.clock.wind(hours=23, minutes=59)
    await office.editions.run_due()
    assert [told for told in office.told if told != "that was all"] == ["The harbour opens", "The bridge opens"]


async def test_an_edition_without_news_is_not_posted_and_moves_the_window(office):
    digest = await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert office.told == []
    assert await office.states(digest) == [EditionState.EMPTY]


@pytest.mark.parametrize("lost_sends", [1, 2])
async def test_a_part_whose_answer_was_lost_is_not_sent_twice(office, lost_sends):
    """FAULTS 33: stored, but the connection broke before the answer."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.publisher.failures = [LOST_ANSWER] * lost_sends
    office.publisher.after_store = True
    for _ in range(5):
        await office.editions.run_due()
        office.clock.wind(minutes=10)  # the nonce is forgotten; the marker is not
    assert office.told == ["The harbour opens", "that was all"]
    assert await office.states(digest) == [EditionState.SENT]


async def test_a_part_that_did_not_arrive_is_sent_again_in_order(office):
    await office.take_in("harbour")
    await office.add()
    office.clock.wind(minutes=30)
    office.publisher.failures = [TryLater("503"), TryLater("429", timedelta(minutes=3))]
    await office.editions.run_due()
    await office.editions.run_due()
    assert office.told == []
    for _ in range(3):
        office.clock.wind(minutes=4)
        await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]


class Killed(BaseException):
    """The process ends here: nothing of it runs any more."""


KILL_POINTS = ["composing", "sending", "sent"]


@pytest.mark.parametrize("point", KILL_POINTS)
@pytest.mark.parametrize("readable", [True, False])
async def test_a_killed_process_is_taken_over_by_the_next(office, point, readable):
    """FAULTS 27: before anything is frozen, before the message is stored, and after it."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.publisher.history_readable = readable
    if point == "composing":
        office.condenser.cluster = lambda documents: (_ for _ in ()).throw(Killed())
    else:
        office.publisher.failures = [Killed()]
        office.publisher.after_store = point == "sent"
    await office.editions.run_due()  # the task that was killed does nothing more
    next_process = office.restarted()
    await next_process.editions.run_due()
    assert len(office.publisher.posted) <= 1  # still held by the dead one
    office.clock.wind(seconds=HOLD.total_seconds() + 1)
    await next_process.editions.run_due()
    if point != "composing" and not readable:
        # The nonce's window has closed and the channel cannot be looked into: rather a part too few than one twice.
        assert office.told == ["The harbour opens", "that was all"][0 if point == "sent" else 1 :]
        assert await office.states(digest) == [EditionState.SENT]
        assert office.causes == ["uncertain:1"]
        return
    assert office.told == ["The harbour opens", "that was all"]
    assert await office.states(digest) == [EditionState.SENT]


async def test_a_process_that_lost_its_hold_sends_nothing_more(office):
    await office.take_in("harbour")
    await office.add()
    office.clock.wind(minutes=30)
    other = office.restarted()

    async def taken_over_meanwhile(documents):
        office.clock.wind(seconds=HOLD.total_seconds() + 1)
        await other.editions.run_due()
        return [[0]]

    office.condenser.stories = taken_over_meanwhile
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]


async def test_a_long_outage_of_discord_is_sat_out(office):
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.publisher.failures = [TryLater("503")] * 300
    for _ in range(300):
        await office.editions.run_due()
        office.clock.wind(minutes=1)
    assert office.told == []
    office.publisher.failures = []
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]
    assert await office.states(digest) == [EditionState.SENT]


async def test_what_could_not_be_posted_for_hours_is_not_posted_by_surprise(office):
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.publisher.failures = [TryLater("503")]
    await office.editions.run_due()
    office.clock.wind(hours=7)
    await office.editions.run_due()
    assert office.told == []
    assert await office.states(digest) == [EditionState.FAILED]
    async with office.storage.reading() as tx:
        kept = await tx.digests.get(SERVER, digest.digest_id)
    assert not kept.paused
    assert "could not be reached" in kept.trouble
    office.clock.wind(hours=17)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]  # told by the next edition


async def test_a_digest_that_was_paused_or_removed_meanwhile_is_not_served(office):
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    async with office.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id)
    await office.editions.serve(digest)  # as the timetable knew it
    async with office.storage.begin() as tx:
        await tx.digests.remove(SERVER, digest.digest_id)
    await office.editions.serve(digest)
    assert office.told == []


async def test_one_bad_digest_does_not_stop_the_others_and_says_what_is_wrong(office):
    await office.take_in("harbour")
    bad = await office.add(name="Bad", timezone="Mars/Olympus")
    await office.add(name="Good")
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]
    async with office.storage.reading() as tx:
        kept = await tx.digests.get(SERVER, bad.digest_id)
    assert kept.paused
    assert "Mars/Olympus" in kept.trouble


async def test_the_same_time_of_a_day_is_not_served_again_in_another_zone(office):
    """FAULTS 32."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    async with office.storage.begin() as tx:
        new = a_digest(schedule=f"{DAILY} 13:30", timezone="Europe/London")
        await tx.digests.replace(SERVER, digest.digest_id, new, office.clock.now())
    await office.take_in("bridge")
    office.clock.wind(hours=2)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]


async def test_a_model_that_hangs_does_not_hold_up_the_edition(office):
    """FAULTS 48."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)

    async def hang(*_):
        await asyncio.sleep(60)

    office.condenser.brief = office.condenser.stories = hang
    await office.editions.serve(digest)
    assert office.told == ["The harbour opens", "that was all"]


async def test_a_lost_destination_pauses_the_digest_and_says_why(office):
    """FAULTS 36."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.publisher.failures = [DestinationLost("The channel was deleted.")]
    await office.editions.run_due()
    async with office.storage.reading() as tx:
        paused = await tx.digests.get(SERVER, digest.digest_id)
    assert (paused.paused, paused.trouble) == (True, "The channel was deleted.")
    assert await office.states(digest) == [EditionState.FAILED]
    office.clock.wind(days=2)
    await office.editions.run_due()
    assert office.told == []


async def test_what_discord_refuses_is_not_sent_for_ever(office):
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.publisher.failures = [SendRefused("400 50035")] * 9
    for _ in range(3):
        await office.editions.run_due()
        office.clock.wind(minutes=10)
    assert len(office.publisher.failures) == 7  # as it was frozen, and its bare text
    assert await office.states(digest) == [EditionState.FAILED]


async def test_after_days_of_downtime_one_edition_comes_or_none(office):
    """FAULTS 30: at most one catch-up; the rest is recorded as missed."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(days=3, hours=1)  # half an hour after the fourth slot
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.MISSED] * 3 + [EditionState.SENT]
    office.clock.wind(days=1, hours=10)
    await office.editions.run_due()
    assert (await office.states(digest))[4:] == [EditionState.MISSED]


async def test_a_clock_that_jumps_back_posts_nothing_again(office):
    """FAULTS 31."""
    await office.take_in("harbour")
    await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    office.clock.wind(hours=-1)
    await office.editions.run_due()
    office.clock.wind(hours=1)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]


async def test_a_first_edition_tells_the_last_day_and_three_undated_articles(office):
    """Not what a source had published before."""
    source_id = await a_source(office.storage, "https://example.org/feed", SERVER)
    old = [an_article(f"pier{n}", published=NOON - timedelta(days=1 + n)) for n in range(7)]
    undated = [an_article(f"quay{n}") for n in range(7)]
    async with office.storage.begin() as tx:
        await tx.articles.keep([*old, *undated], scope=SHARED, source_id=source_id, now=NOON)
    digest = await office.add()
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert office.told == [f"The quay{n} opens" for n in (4, 5, 6)] + ["that was all"]
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.SENT, EditionState.EMPTY]


async def test_a_manual_edition_does_not_move_the_scheduled_ones(office):
    await office.take_in("harbour")
    digest = await office.add()
    for _ in range(2):  # the same request twice, as when a click is repeated
        window = await office.editions.window(digest, office.clock.now())
        edition = await office.editions.post_now(digest, "manual:7", window)
        assert edition.state is EditionState.SENT
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"] * 2


async def test_without_the_model_the_edition_comes_all_the_same_and_says_so(office):
    """FAULTS 48."""
    await office.take_in(*SUBJECTS)
    digest = await office.add()
    office.clock.wind(minutes=30)
    office.condenser.broken = True
    await office.editions.run_due()
    assert len(office.told) == 4
    async with office.storage.reading() as tx:
        (edition,) = await tx.editions.list_of_digest(digest.digest_id)
        parts = await tx.editions.list_deliveries(edition.edition_id)
    assert Composition.from_json(edition.content).degraded
    assert [part.state for part in parts] == [DeliveryState.SENT] * 2


async def test_nonces_and_markers_differ_for_every_part(office):
    await office.take_in("harbour")
    await office.add()
    await office.add(name="Second")
    office.clock.wind(minutes=30)
    await office.editions.run_due()
    assert len({message.nonce for message in office.publisher.posted}) == 4
    assert len({message.body["marker"] for message in office.publisher.posted}) == 4
    assert all(len(message.nonce) <= 25 for message in office.publisher.posted)


async def test_a_sweep_asks_nothing_about_a_digest_that_is_not_due(office):
    await office.take_in("harbour")
    digest = await office.add()
    served = []
    office.editions.serve, real = lambda digest: served.append(digest.digest_id) or real(digest), office.editions.serve
    for minutes in (0, 5, 5, 17, 3):  # 12:27 is near enough, 12:30 the slot
        office.clock.wind(minutes=minutes)
        await office.editions.run_due()
    assert served == [digest.digest_id] * 3
    await office.editions.idle()
    async with office.storage.begin() as tx:
        await tx.digests.replace(SERVER, digest.digest_id, a_digest(channel_id=8), office.clock.now())
    await office.editions.run_due()
    assert len(served) == 4
    assert office.told == ["The harbour opens", "that was all"]


@pytest.mark.parametrize("sent", [0, 1])
async def test_a_pause_ends_an_edition_of_which_nothing_was_sent(office, sent):
    """Discord could not be reached when it was due; by the time it can, an admin has paused the digest."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(minutes=30)
    real = office.publisher.send

    async def send(*arguments):
        if len(office.publisher.posted) == sent:
            raise TryLater("Discord cannot be reached", unsent=True)
        return await real(*arguments)

    office.publisher.send = send
    await office.editions.run_due()
    office.publisher.send = real
    async with office.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id)
    await office.editions.withdraw(digest)
    office.clock.wind(minutes=5)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"][: 2 * sent]
    assert await office.states(digest) == [EditionState.SENT] * sent


async def test_what_somebody_asked_for_comes_although_the_digest_is_paused(office):
    await office.take_in("harbour")
    digest = await office.add()
    async with office.storage.begin() as tx:
        await tx.digests.pause(SERVER, digest.digest_id)
    office.publisher.failures = [TryLater("Discord cannot be reached", unsent=True)]
    await office.editions.post_now(digest, "manual:7", (NOON - timedelta(days=1), NOON))
    office.clock.wind(minutes=5)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]


async def test_a_missed_edition_is_no_concern_any_more_when_one_comes_be_it_after_an_empty_one(office):
    digest = await office.add()
    office.clock.wind(hours=10)
    await office.editions.run_due()
    office.clock.wind(hours=14, minutes=30)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.MISSED, EditionState.EMPTY]
    await office.take_in("harbour")
    office.clock.wind(days=1)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]
    assert (SERVER, f"edition-missed:{digest.digest_id}") in office.admins.settled


async def test_of_several_processes_one_tells_what_was_missed(office):
    """FAULTS 28: the others might tell it after it was settled."""
    digest = await office.add()
    office.clock.wind(days=3, hours=10)
    await asyncio.gather(office.editions.run_due(), office.restarted().editions.run_due())
    assert office.causes == [f"edition-missed:{digest.digest_id}"]


async def test_a_time_that_was_missed_in_one_zone_comes_in_another_on_the_same_day(office):
    """FAULTS 32: only what went out does not go out again."""
    await office.take_in("harbour")
    digest = await office.add()
    office.clock.wind(hours=7)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.MISSED]
    async with office.storage.begin() as tx:
        new = a_digest(schedule=f"{DAILY} 13:30", timezone="America/Los_Angeles")
        await tx.digests.replace(SERVER, digest.digest_id, new, office.clock.now())
    office.clock.wind(hours=2, minutes=30)
    await office.editions.run_due()
    assert office.told == ["The harbour opens", "that was all"]


async def test_slots_of_long_ago_are_neither_asked_for_nor_recorded(office):
    digest = await office.add()
    office.clock.wind(days=100)
    await office.editions.run_due()
    assert await office.states(digest) == [EditionState.MISSED] * FARTHEST.days


async def test_a_digest_that_is_removed_while_somebody_posts_it_by_hand_is_not_there(office):
    await office.take_in("harbour")
    digest = await office.add()
    real = office.publisher.send

    async def send(*arguments):
        async with office.storage.begin() as tx:
            await tx.editions.abandon(digest.digest_id)
            await tx.digests.remove(SERVER, digest.digest_id)
        return await real(*arguments)

    office.publisher.send = send
    with pytest.raises(NotFound):
        await office.editions.post_now(digest, "manual:7", (NOON - timedelta(days=1), NOON))
    assert office.told == ["The harbour opens"]
