"""Quiet hours on the wall clock, over midnight and over clock changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.quiet import QuietHours, awake_since
from tests.factories import NOON

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours.of("22:00-07:00", "Europe/Berlin")
SIESTA = QuietHours.of("13:00-15:00", "Europe/Berlin")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("quiet", "moment", "expected"),
    [
        (NIGHT, berlin(20, 21, 59), False),
        (NIGHT, berlin(20, 22), True),
        (NIGHT, berlin(21, 0), True),
        (NIGHT, berlin(21, 6, 59), True),
        (NIGHT, berlin(21, 7), False),
        (SIESTA, berlin(20, 12, 59), False),
        (SIESTA, berlin(20, 13), True),
        (SIESTA, berlin(20, 15), False),
    ],
)
def test_they_hold_from_their_first_minute_up_to_their_last(quiet, moment, expected):
    assert quiet.hold_at(moment) is expected


def test_they_follow_the_wall_clock_through_a_clock_change():
    before, after = datetime(2026, 3, 28, 6, 30, tzinfo=UTC), datetime(2026, 3, 29, 5, 30, tzinfo=UTC)
    assert [NIGHT.hold_at(before - timedelta(hours=1)), NIGHT.hold_at(before)] == [True, False]
    assert [NIGHT.hold_at(after - timedelta(hours=1)), NIGHT.hold_at(after)] == [True, False]


def test_without_any_there_is_none():
    assert QuietHours.of("", "Mars/Olympus") is None
    assert awake_since(NOON, timedelta(hours=6), None) == NOON - timedelta(hours=6)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (berlin(20, 21), berlin(20, 15)),  # not a quiet minute between
        (berlin(21, 7), berlin(20, 16)),  # the whole night between
        (berlin(21, 9), berlin(20, 18)),
        (berlin(21, 3), berlin(20, 16)),  # in the night itself
        (berlin(21, 14), berlin(21, 8)),
    ],
)
def test_what_waits_does_not_grow_old_in_the_quiet(now, expected):
    assert awake_since(now, timedelta(hours=6), NIGHT) == expected


def test_hardly_awake_it_looks_back_over_days():
    quiet = QuietHours.of("08:00-07:00", "Europe/Berlin")
    assert awake_since(berlin(21, 8), timedelta(hours=2), quiet) == berlin(20, 7)
