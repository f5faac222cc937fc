"""One slot per local date and configured time, whatever the clocks do (FAULTS 29)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slots import Schedule, Slot, first_instant, schedule_from

DAILY = "mon,tue,wed,thu,fri,sat,sun"
ZONES = sorted(available_timezones())
AWKWARD = ("00:00", "00:30", "02:00", "02:30", "03:00", "23:59")
MINUTE = timedelta(minutes=1)
WALL_CLOCK = st.builds(time, st.integers(0, 23), st.integers(0, 59))


def schedule(text: str, zone: str) -> Schedule:
    return schedule_from(text, ZoneInfo(zone))


def days_of(slots: Iterable[Slot]) -> list[str]:
    return [slot.key.partition("T")[0] for slot in slots]


def between(text: str, zone: str, start: str, end: str) -> list[Slot]:
    """The slots of a schedule on the local dates from one up to another."""
    dates = (datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)) for day in (start, end))
    first, last = (moment.astimezone(UTC) - timedelta(seconds=1) for moment in dates)
    return list(schedule(text, zone).slots_between(first, last))


@pytest.mark.parametrize(
    ("day", "at", "zone", "instant"),
    [
        ("2026-01-15", "08:30", "Europe/Berlin", "2026-01-15T07:30"),
        ("2026-07-15", "08:30", "Europe/Berlin", "2026-07-15T06:30"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:00"),  # skipped: the first instant after the gap
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30"),  # twice: the first
        ("2026-03-08", "00:00", "America/Chicago", "2026-03-08T06:00"),
        ("2023-04-28", "00:00", "Africa/Cairo", "2023-04-27T22:00"),  # midnight does not exist
        ("2024-09-08", "00:00", "America/Santiago", "2024-09-08T04:00"),
        ("2026-03-29", "00:00", "Asia/Beirut", "2026-03-28T22:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:30"),  # a gap of half an hour
        ("2026-04-05", "01:45", "Australia/Lord_Howe", "2026-04-04T14:45"),
    ],
)
def test_instants(day, at, zone, instant):
    expected = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert first_instant(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone)) == expected


def first_moment_at_or_past(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """What the definition says, by looking at every minute: the clocks show the time, or have jumped over it."""
    wanted = datetime.combine(day, at)
    moment = wanted.replace(tzinfo=UTC) - timedelta(hours=27)
    existed = False
    while True:
        shown = moment.astimezone(zone).replace(tzinfo=None)
        existed = existed or shown.date() == day
        if shown >= wanted:
            return moment if existed or shown.date() == day else None
        moment += MINUTE


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day=st.dates(date(1975, 1, 1), date(2040, 12, 31)),
    at=WALL_CLOCK,
)
def test_the_first_instant_is_that_of_the_definition(zone, day, at):
    assert first_instant(day, at, zone) == first_moment_at_or_past(day, at, zone)


CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
    ("Africa/Cairo", date(2023, 4, 28)),
    ("America/Santiago", date(2024, 9, 8)),
    ("America/Scoresbysund", date(2025, 3, 29)),  # the gap ends at midnight
    ("Asia/Pyongyang", date(2018, 5, 4)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Pacific/Apia", date(2011, 12, 30)),  # a date that was skipped
    ("Pacific/Kwajalein", date(1993, 8, 21)),
    ("Antarctica/Troll", date(2026, 3, 29)),  # two hours
]


@settings(max_examples=60, deadline=None)
@given(
    change=st.sampled_from(CHANGES),
    offset=st.integers(-1, 1),
    at=WALL_CLOCK,
)
def test_around_every_kind_of_change_the_first_instant_is_that_of_the_definition(change, offset, at):
    zone, day = ZoneInfo(change[0]), change[1] + timedelta(days=offset)
    assert first_instant(day, at, zone) == first_moment_at_or_past(day, at, zone)


@settings(max_examples=60, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    times=st.sets(WALL_CLOCK.map(lambda t: f"{t:%H:%M}"), min_size=1, max_size=6),
    start=st.integers(0, 17 * 365 * 24 * 60).map(lambda minutes: datetime(2019, 1, 1, tzinfo=UTC) + minutes * MINUTE),
    stops=st.lists(st.integers(1, 60 * 24 * 3), max_size=20),
)
def test_slots_are_the_same_wherever_one_begins_to_count(zone, times, start, stops):
    """FAULTS 31: a clock that jumps, or a process that starts anew, finds the same slots, each once."""
    due = schedule(f"{DAILY} {','.join(sorted(times))}", zone)
    end = start + timedelta(days=30)
    whole = list(due.slots_between(start, end))
    pieces, since = [], start
    for minutes in stops:
        until = min(since + timedelta(minutes=minutes), end)
        pieces += due.slots_between(since, until)
        since = until
    pieces += due.slots_between(since, end)
    assert pieces == whole
    assert all(one.at < other.at for one, other in pairwise(whole))
    assert len({slot.key for slot in whole}) == len(whole)


def test_a_day_that_a_zone_skipped_has_no_slot():
    slots = between(f"{DAILY} 12:00", "Pacific/Apia", "2011-12-29", "2012-01-02")
    assert [slot.key for slot in slots] == [
        f"{day}T12:00 Pacific/Apia" for day in ("2011-12-29", "2011-12-31", "2012-01-01")
    ]


def test_times_that_one_gap_brings_to_one_instant_are_one_slot():
    slots = between(f"{DAILY} 02:00,02:30,03:00,04:00", "Europe/Berlin", "2026-03-29", "2026-03-30")
    assert [slot.key[11:16] for slot in slots] == ["02:00", "04:00"]
    across_midnight = between(f"{DAILY} 00:00,23:45", "Asia/Pyongyang", "2018-05-04", "2018-05-06")
    assert [slot.key[:16] for slot in across_midnight] == ["2018-05-04T00:00", "2018-05-04T23:45", "2018-05-05T23:45"]


def test_weekdays_are_those_of_the_zone():
    slot = schedule("mon 07:00", "Pacific/Auckland").next_slot(datetime(2026, 11, 20, tzinfo=UTC))
    assert slot.at == datetime(2026, 11, 22, 18, 0, tzinfo=UTC)  # still Sunday in London
    assert slot.key == "2026-11-23T07:00 Pacific/Auckland"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1,15 08:00", ["2027-01-15", "2027-02-01", "2027-02-15"]),
        ("31 08:00", ["2027-01-31", "2027-03-31", "2027-05-31"]),  # a short month has none
        ("last 08:00", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("31,last 08:00", ["2027-01-31", "2027-02-28", "2027-03-31"]),
        ("29 08:00", ["2027-01-29", "2027-03-29", "2027-04-29"]),
        ("first-mon 08:00", ["2027-02-01", "2027-03-01", "2027-04-05"]),
        ("last-fri,third-wed 08:00", ["2027-01-20", "2027-01-29", "2027-02-17"]),
        ("fourth-sun 08:00", ["2027-01-24", "2027-02-28", "2027-03-28"]),
        ("cron 0 8 * * 0", ["2027-01-10", "2027-01-17", "2027-01-24"]),  # 0 and 7 are Sunday
        ("cron 0 8 * * 7", ["2027-01-10", "2027-01-17", "2027-01-24"]),
        ("cron 0 8 * * 1-5", ["2027-01-08", "2027-01-11", "2027-01-12"]),
        ("cron 0 8 1 * 1", ["2027-01-11", "2027-01-18", "2027-01-25"]),  # either day, as cron has it
        ("cron 0 8 29 2 *", ["2028-02-29", "2032-02-29", "2036-02-29"]),
        ("cron 0 8 l * *", ["2027-01-31", "2027-02-28", "2027-03-31"]),
    ],
)
def test_dates(text, days):
    slots = schedule(text, "Europe/Berlin").slots_after(datetime(2027, 1, 8, 6, tzinfo=UTC))
    assert days_of([next(slots) for _ in days]) == days


def test_cron_has_the_times_of_its_first_two_fields():
    slots = between("cron 15,45 8-9 * * *", "Asia/Tokyo", "2026-05-04", "2026-05-05")
    assert [slot.key[11:16] for slot in slots] == ["08:15", "08:45", "09:15", "09:45"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "isoformat"),
        ("mon", "isoformat"),
        ("mon 25:00", "hour"),
        ("noday 08:00", "noday"),
        ("fifth-mon 08:00", "not in tuple"),
        ("cron 1 2 3", "five"),
        ("cron 0 0 8 * * 1", "five"),
        ("cron 99 8 * * *", "minute"),
    ],
)
def test_what_is_not_canonical_is_an_error(text, error):
    with pytest.raises(ValueError, match=error):
        schedule(text, "UTC")


def test_a_slot_is_not_its_own_successor():
    berlin = schedule(f"{DAILY} 08:30", "Europe/Berlin")
    first = berlin.next_slot(datetime(2026, 11, 20, tzinfo=UTC))
    assert berlin.next_slot(first.at).at == first.at + timedelta(days=1)
    assert list(berlin.slots_between(first.at - timedelta(seconds=1), first.at)) == [first]


@pytest.mark.parametrize("zone", ZONES[::9])
@pytest.mark.parametrize("at", ["00:00", "02:30", "23:59"])
def test_a_year_has_one_slot_per_local_date(zone, at):
    start = datetime(2025, 12, 31, 12, tzinfo=UTC)
    slots = list(schedule(f"{DAILY} {at}", zone).slots_between(start, start + timedelta(days=370)))
    days = days_of(slots)
    assert len(set(days)) == len(days) >= 369
    assert [slot.at for slot in slots] == sorted({slot.at for slot in slots})
    for slot, day in zip(slots, days, strict=True):
        local = slot.at.astimezone(ZoneInfo(zone))
        assert (local.date().isoformat(), local.strftime("%H:%M")) >= (day, at)
        assert local - datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZoneInfo(zone)) <= timedelta(hours=1)


START, END = datetime(2019, 12, 30, tzinfo=UTC), datetime(2036, 1, 2, tzinfo=UTC)
EVERY_DAY = {(date(2020, 1, 1) + timedelta(days=n)).isoformat() for n in range(5844)}
SKIPPED: dict[str, set[str]] = {}
"""Dates a zone skipped altogether since 2020: none so far."""


def walked(text: str, zone: str) -> list[Slot]:
    """Sixteen years of slots, which must come one after the other."""
    slots = list(schedule(text, zone).slots_between(START, END))
    assert all(one.at < other.at for one, other in pairwise(slots)), zone
    return slots


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("at", AWKWARD)
def test_every_zone_has_one_slot_per_local_date_for_sixteen_years(at):
    for zone in ZONES:
        days = days_of(walked(f"{DAILY} {at}", zone))
        assert len(set(days)) == len(days), zone
        assert EVERY_DAY - set(days) == SKIPPED.get(zone, set()), zone


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("text", [f"{DAILY} {','.join(AWKWARD)}", "cron 0,30 2 * * *"], ids=["times", "cron"])
def test_every_zone_has_several_slots_per_local_date_for_sixteen_years(text):
    """All are there but those that a gap brings to the instant of another; these are few, and that other is there."""
    times = [f"{wall_clock:%H:%M}" for wall_clock in schedule(text, "UTC").times]
    expected = {f"{day}T{wall_clock}" for day in EVERY_DAY for wall_clock in times}
    for zone in ZONES:
        slots = {slot.key[:16]: slot.at for slot in walked(text, zone)}
        merged = [datetime.fromisoformat(local) for local in expected - slots.keys()]
        instants = {first_instant(local.date(), local.time(), ZoneInfo(zone)) for local in merged}
        assert instants <= set(slots.values()), zone
        assert len(merged) <= 2 * 16 * len(times), zone
