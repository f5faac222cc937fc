"""Which slots are served, over all that clocks and admins do (FAULTS 30, 31, 32)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.due import AHEAD, LATEST, due_slots
from bot.services.schedules import schedule_of
from tests.factories import DAILY, NOON, a_digest

DUE = NOON + timedelta(minutes=30)
KEY = "2026-11-20T13:30 Europe/Berlin"


def due(now: datetime, *served: str, since: datetime = NOON, schedule: str = f"{DAILY} 13:30"):
    return due_slots(schedule_of(a_digest(schedule=schedule)), since, now, served)


def at(slots) -> list[datetime]:
    return [slot.at for slot in slots]


def test_a_slot_is_made_ahead_shortly_before_it_is_due():
    assert due(DUE - AHEAD - timedelta(seconds=1)).ahead == []
    assert at(due(DUE - AHEAD).ahead) == [DUE]
    assert at(due(DUE).now) == [DUE]


def test_a_served_slot_is_not_served_again_in_another_zone():
    """FAULTS 32."""
    assert due(DUE, KEY).now == []
    assert due(DUE, KEY.replace("Berlin", "Madrid")).now == []


def test_another_time_of_the_same_day_is_served_beside_it():
    """FAULTS 32: only a configured time that went out does not go out again."""
    assert at(due(DUE + timedelta(hours=1), KEY, schedule=f"{DAILY} 13:30,14:30").now) == [DUE + timedelta(hours=1)]


def test_after_downtime_the_latest_slot_is_caught_up_with_unless_it_is_too_old():
    """FAULTS 30."""
    three_days = timedelta(days=3)
    late = due(DUE + three_days + LATEST)
    assert (len(late.missed), at(late.now)) == (3, [DUE + three_days])
    too_late = due(DUE + three_days + LATEST + timedelta(seconds=1))
    assert (len(too_late.missed), too_late.now) == (4, [])


@given(
    minutes=st.lists(st.integers(-200, 400), max_size=40),
    times=st.sampled_from(["13:30", "12:01,13:30,13:31", "00:00,23:59"]),
)
def test_whatever_the_clock_does_no_slot_is_served_twice(minutes, times):
    """FAULTS 31: the clock jumps to and fro; each slot is made at most once, and none before its time but ahead."""
    served: list[str] = []
    for minute in minutes:
        now = NOON + timedelta(minutes=minute)
        found = due(now, *served, since=NOON - timedelta(days=1), schedule=f"{DAILY} {times}")
        assert len(found.now) <= 1
        assert len(found.ahead) <= 1
        assert all(slot.at <= now + AHEAD for slot in [*found.now, *found.ahead])
        served += [slot.key for slot in [*found.missed, *found.now, *found.ahead]]
    assert len(served) == len(set(served))


@pytest.mark.parametrize("step", [timedelta(seconds=30), timedelta(minutes=7), timedelta(hours=5)])
def test_however_often_one_looks_no_slot_is_lost(step):
    """FAULTS 31: every slot of two days is made or recorded as missed."""
    served: set[str] = set()
    now = NOON
    while now < NOON + timedelta(days=2):
        found = due(now, *served, schedule=f"{DAILY} 00:00,07:05,13:30,13:31,22:10")
        served |= {slot.key for slot in [*found.missed, *found.now, *found.ahead]}
        now += step
    schedule = schedule_of(a_digest(schedule=f"{DAILY} 00:00,07:05,13:30,13:31,22:10"))
    assert {slot.key for slot in schedule.slots_between(NOON, now - step)} <= served
