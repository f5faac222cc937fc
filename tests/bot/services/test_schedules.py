"""What people type for a schedule is understood fully or refused."""

import pytest

from bot.errors import DigestError
from bot.services.schedules import parse_days, parse_time, parse_timezone, suggest_timezones

WEEK = "mon,tue,wed,thu,fri,sat,sun"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8:30", "08:30"),
        ("20.15", "20:15"),
        ("8:30 PM", "20:30"),
        ("12:05 am", "00:05"),
        ("12:00pm", "12:00"),
        ("8am", "08:00"),
        ("12 PM", "12:00"),
    ],
)
def test_times(typed, meant):
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "8", "25:00", "08:60", "13:00 pm", "0:30 am", "half past eight", "08:30 Berlin"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(DigestError, match="not a time of day"):
        parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("daily", WEEK),
        ("Weekdays", "mon,tue,wed,thu,fri"),
        ("weekends", "sat,sun"),
        ("fri, Monday and wed", "mon,wed,fri"),
        ("mon-wed; sunday", "mon,tue,wed,sun"),
        ("sat-mon", "mon,sat,sun"),
        ("tuesdays", "tue"),
        ("every day", WEEK),
        ("mon to fri", "mon,tue,wed,thu,fri"),
        ("Mon – Wed", "mon,tue,wed"),
        ("mon wed fri", "mon,wed,fri"),
        ("weekdays, sat", "mon,tue,wed,thu,fri,sat"),
    ],
)
def test_days(typed, meant):
    assert parse_days(typed) == meant


@pytest.mark.parametrize("typed", ["", "t", "someday", "mon, blursday", "mon--wed", "every 2 days", "monkey"])
def test_what_are_no_days_is_refused(typed):
    with pytest.raises(DigestError, match="are not days"):
        parse_days(typed)


def test_zones_are_found_in_any_spelling_and_near_ones_are_named():
    assert parse_timezone(" europe/berlin ") == "Europe/Berlin"
    assert parse_timezone("America/new york") == "America/New_York"
    assert parse_timezone("utc") == "UTC"
    with pytest.raises(DigestError, match="Europe/Berlin"):
        parse_timezone("Berlin")
    with pytest.raises(DigestError, match="no time zone “Mars/Olympus”"):
        parse_timezone("Mars/Olympus")


def test_places_that_begin_with_what_was_typed_come_first():
    assert suggest_timezones("lon")[:2] == ["Arctic/Longyearbyen", "Europe/London"]
    assert len(suggest_timezones("")) > 300
