"""The timetable wakes at slots, keeps nothing that must not be lost, and lets begun work end."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.slots import Schedule
from bot.timetable import SlotTrigger, Timetable
from storage import Digest
from tests.factories import DAILY, a_kept_digest


def a_digest_due(at: datetime, **changes: object) -> Digest:
    return a_kept_digest(schedule=f"{DAILY} {at:%H:%M}", timezone="UTC", **changes)


def test_the_trigger_fires_once_in_the_night_the_clocks_go_back():
    trigger = SlotTrigger(Schedule(time(2, 30), frozenset(range(7)), ZoneInfo("Europe/Berlin")))
    first = trigger.get_next_fire_time(None, datetime(2026, 10, 24, 12, tzinfo=UTC))
    second = trigger.get_next_fire_time(first, first)
    assert [first, second] == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 26, 1, 30, tzinfo=UTC)]


@pytest.fixture
async def timetable():
    served: list[Digest] = []

    async def serve(digest: Digest) -> None:
        served.append(digest)

    made = Timetable(serve)
    made.served = served
    yield made
    await made.stop(timedelta(seconds=1))


async def test_a_paused_or_removed_digest_wakes_nobody(timetable):
    soon = datetime.now(UTC) + timedelta(minutes=1)
    timetable.schedule(a_digest_due(soon))
    timetable.schedule(a_digest_due(soon, digest_id=2))
    timetable.start()
    assert len(timetable._scheduler.get_jobs()) == 2
    timetable.schedule(a_digest_due(soon, paused=True))
    timetable.forget(2)
    timetable.forget(3)
    assert timetable._scheduler.get_jobs() == []


async def test_an_edited_digest_wakes_at_its_new_time_only(timetable):
    now = datetime.now(UTC)
    timetable.start()
    for hours in (1, 2):
        timetable.schedule(a_digest_due(now + timedelta(hours=hours)))
    (job,) = timetable._scheduler.get_jobs()
    assert (job.next_run_time - now) > timedelta(minutes=119)


async def test_repeated_work_goes_on_after_it_failed_and_never_overlaps_itself(timetable, caplog):
    runs, together = 0, 0

    async def work() -> None:
        nonlocal runs, together
        runs, together = runs + 1, together + 1
        assert together == 1
        await asyncio.sleep(0.05)
        together -= 1
        raise ZeroDivisionError

    timetable.repeat("work", work, timedelta(seconds=0.02))
    timetable.start()
    async with asyncio.timeout(10):
        while runs < 3:
            await asyncio.sleep(0.01)
    assert "ZeroDivisionError" in caplog.text
    assert "AssertionError" not in caplog.text


async def test_stopping_lets_begun_work_end(timetable):
    """FAULTS 35: APScheduler alone would cancel it in mid-send."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.sleep(0.2)
        ended.set()

    timetable.repeat("work", work, timedelta(hours=1))
    timetable.start()
    await asyncio.wait_for(begun.wait(), 10)
    await timetable.stop(timedelta(seconds=10))
    assert ended.is_set()


async def test_stopping_does_not_wait_for_ever(timetable):
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        await asyncio.sleep(3600)

    timetable.repeat("work", work, timedelta(hours=1))
    timetable.start()
    await asyncio.wait_for(begun.wait(), 10)
    await asyncio.wait_for(timetable.stop(timedelta(seconds=0.1)), 10)
