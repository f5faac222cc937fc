"""The timetable wakes at slots, keeps nothing that must not be lost, and lets begun work end."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slots import Schedule, schedule_from
from bot.timetable import SlotTrigger, Timetable
from storage import Digest, Unavailable
from tests.factories import DAILY, a_kept_digest


def a_digest_due(at: datetime, **changes: object) -> Digest:
    return a_kept_digest(schedule=f"{DAILY} {at:%H:%M}", timezone="UTC", **changes)


AHEAD = timedelta(minutes=3)


def schedule(text: str, zone: str = "Europe/Berlin") -> Schedule:
    return schedule_from(text, ZoneInfo(zone))


def fired(trigger: SlotTrigger, now: datetime, count: int) -> list[datetime]:
    """The moments at which APScheduler would wake, which asks with the last one each time."""
    moments = [trigger.get_next_fire_time(None, now)]
    while len(moments) < count:
        moments.append(trigger.get_next_fire_time(moments[-1], moments[-1]))
    return moments


def test_the_trigger_fires_once_in_the_night_the_clocks_go_back():
    trigger = SlotTrigger(schedule(f"{DAILY} 02:30"), timedelta())
    assert fired(trigger, datetime(2026, 10, 24, 12, tzinfo=UTC), 2) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    ]


def test_the_trigger_fires_at_once_for_a_slot_that_is_near_and_misses_none_beside_it():
    trigger = SlotTrigger(schedule(f"{DAILY} 08:30,08:31"), AHEAD)
    now = datetime(2026, 11, 20, 7, 29, tzinfo=UTC)  # 08:29 in Berlin
    near, beside, next_day = fired(trigger, now, 3)
    assert near <= now
    assert [near + AHEAD, beside + AHEAD] == [now + timedelta(minutes=1), now + timedelta(minutes=2)]
    assert next_day + AHEAD == now + timedelta(days=1, minutes=1)


@given(
    minutes=st.integers(0, 60 * 24 * 365),
    jump=st.timedeltas(timedelta(days=-2), timedelta(days=2)),
    times=st.sets(st.sampled_from(["00:00", "00:02", "02:30", "08:30", "23:59"]), min_size=1),
)
def test_a_clock_that_jumps_neither_doubles_nor_loses_a_wake(minutes, jump, times):
    """FAULTS 31: what was served is told by the last wake, not by what the clock shows now."""
    due = schedule(f"{DAILY} {','.join(sorted(times))}")
    trigger, start = SlotTrigger(due, AHEAD), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    first = trigger.get_next_fire_time(None, start)
    second = trigger.get_next_fire_time(first, first + jump)
    slots = due.slots_after(start)
    assert [first + AHEAD, second + AHEAD] == [next(slots).at, next(slots).at]


@pytest.fixture
async def timetable():
    served: list[Digest] = []

    async def serve(digest: Digest) -> None:
        served.append(digest)

    made = Timetable(serve, AHEAD, live_every=timedelta(seconds=0.01))
    made.served = served
    yield made
    await made.stop(timedelta(seconds=1))


async def until(condition) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_digest_is_woken_ahead_of_its_slot(timetable):
    near = a_digest_due(datetime.now(UTC) + timedelta(minutes=2))
    far = a_digest_due(datetime.now(UTC) + timedelta(hours=2), digest_id=2)
    timetable.schedule(near)
    timetable.schedule(far)
    timetable.start()
    await until(lambda: timetable.served)
    assert timetable.served == [near]


async def test_a_live_digest_is_woken_again_and_again_until_it_is_forgotten(timetable):
    live = a_kept_digest(schedule="live")
    timetable.schedule(live)
    assert timetable.served == []
    timetable.start()
    await until(lambda: len(timetable.served) >= 3)
    timetable.forget(live.digest_id)
    await asyncio.sleep(0)
    before = len(timetable.served)
    await asyncio.sleep(0.1)
    assert len(timetable.served) == before


async def test_a_second_slot_that_comes_near_meanwhile_is_served_after_the_first():
    calls, gate = 0, asyncio.Event()

    async def serve(digest: Digest) -> None:
        nonlocal calls
        calls += 1
        await gate.wait()

    timetable, digest = Timetable(serve), a_kept_digest()
    for _ in range(3):
        await timetable._wake("digest 1", digest)
        await asyncio.sleep(0)
    assert calls == 1
    gate.set()
    await until(lambda: not timetable._running)
    assert calls == 2
    await timetable.stop(timedelta(seconds=1))


async def test_a_paused_or_removed_digest_wakes_nobody(timetable):
    soon = datetime.now(UTC) + timedelta(hours=1)
    timetable.schedule(a_digest_due(soon))
    timetable.schedule(a_digest_due(soon, digest_id=2))
    timetable.start()
    assert len(timetable._scheduler.get_jobs()) == 2
    timetable.schedule(a_digest_due(soon, paused=True))
    timetable.schedule(a_kept_digest(digest_id=4, schedule="live", paused=True))
    timetable.forget(2)
    timetable.forget(3)
    assert timetable._scheduler.get_jobs() == []
    assert timetable._repeats == {}


async def test_a_digest_that_is_paused_until_a_date_is_woken_for_the_slots_after_it(timetable):
    """Whether it is paused still is decided by what is stored, when its slot comes."""
    soon = datetime.now(UTC) + timedelta(hours=1)
    timetable.schedule(a_digest_due(soon, paused=True, paused_until=soon + timedelta(days=3)))
    timetable.start()
    assert len(timetable._scheduler.get_jobs()) == 1


async def test_an_edited_digest_wakes_at_its_new_time_only(timetable):
    now = datetime.now(UTC)
    timetable.start()
    for hours in (1, 2):
        timetable.schedule(a_digest_due(now + timedelta(hours=hours)))
    (job,) = timetable._scheduler.get_jobs()
    assert job.next_run_time + AHEAD - now > timedelta(minutes=119)


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
    await until(lambda: runs >= 3)
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


async def test_an_outage_of_the_database_is_one_line_in_the_log_and_the_work_goes_on(caplog):
    """FAULTS 47."""
    done = asyncio.Event()
    outages = [Unavailable("its server cannot be reached"), Unavailable("its disk is full")]

    async def work():
        if outages:
            raise outages.pop(0)
        done.set()

    timetable = Timetable(lambda digest: work(), ahead=AHEAD)
    timetable.repeat("sweep", work, timedelta(milliseconds=5))
    timetable.start()
    await asyncio.wait_for(done.wait(), 30)
    await timetable.stop(timedelta(seconds=5))
    said = [record.getMessage() for record in caplog.records if record.name == "bot.timetable"]
    assert said == [
        "sweep has to wait: the database is not available: its server cannot be reached",
        "sweep has to wait: the database is not available: its disk is full",
    ]
    assert "Traceback" not in caplog.text
