"""The end of a pause and quiet hours are understood fully or refused."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import DigestError
from bot.services.moments import parse_hours, parse_until
from tests.factories import NOON

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ("2026-12-24", "2026-12-23T23:00"),  # its first moment in Berlin
        ("until 2026-12-24 18:00", "2026-12-24T17:00"),
        ("24 Dec", "2026-12-23T23:00"),
        ("24. December 2026, 18:00", "2026-12-24T17:00"),
        ("Dec 24 at 6:30", "2026-12-24T05:30"),
        ("1 march", "2027-02-28T23:00"),  # the next one
        ("20 Nov 14:00", "2026-11-20T13:00"),  # later today
        ("20 Nov 12:00", "2027-11-20T11:00"),  # today's is over
        ("tomorrow", "2026-11-20T23:00"),
        ("3 days", "2026-11-23T12:00"),
        ("for 2 weeks", "2026-12-04T12:00"),
        ("36 hours", "2026-11-22T00:00"),
        ("2027-03-28 02:30", "2027-03-28T01:00"),  # skipped by the clocks: the first moment after
    ],
)
def test_ends_of_pauses(typed, until):
    assert parse_until(typed, BERLIN, NOON) == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_nothing_typed_means_until_somebody_resumes():
    assert parse_until(" ", BERLIN, NOON) is None


@pytest.mark.parametrize(
    "typed", ["soon", "24.12.", "12/24", "2026-13-01", "30 Feb", "24 Dec 25:00", "24 foo", "a week", "3", "3 days ago"]
)
def test_what_is_no_moment_is_refused(typed):
    with pytest.raises(DigestError, match=f"“{typed}” is not understood"):
        parse_until(typed, BERLIN, NOON)


@pytest.mark.parametrize("typed", ["2026-11-19", "2026-11-20 12:59", "2027-12-24", "53 weeks", "0 days"])
def test_what_is_over_or_far_away_is_refused(typed):
    with pytest.raises(DigestError, match="ends in the coming twelve months"):
        parse_until(typed, BERLIN, NOON)


def test_a_leap_day_is_found():
    assert parse_until("29 feb", "UTC", datetime(2027, 6, 1, tzinfo=UTC)) == datetime(2028, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("22:00-07:00", "22:00-07:00"), ("22 to 7", "22:00-07:00"), ("1:30 – 5:00", "01:30-05:00"), (" ", "")],
)
def test_hours(typed, kept):
    assert parse_hours(typed) == kept


@pytest.mark.parametrize("typed", ["22:00", "22-22", "24:00-7:00", "10pm-6am", "night"])
def test_what_are_no_hours_is_refused(typed):
    with pytest.raises(DigestError, match="are not hours"):
        parse_hours(typed)


def test_a_pause_may_last_a_year_and_no_longer():
    assert parse_until("52 weeks", "UTC", NOON) == NOON + timedelta(weeks=52)
