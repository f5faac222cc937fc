"""What people type for a schedule is understood fully or refused."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import DigestError
from bot.services.schedules import (
    EXAMPLES,
    completions,
    explained,
    in_words,
    next_slots,
    parse_schedule,
    schedule_of,
    short_months_note,
)
from bot.slots import ORDINALS, WEEKDAYS, schedule_from
from tests.factories import NOON, a_digest

WEEK = "mon,tue,wed,thu,fri,sat,sun"
WORK = "mon,tue,wed,thu,fri"

UNDERSTOOD = {
    "weekdays 8:30": f"{WORK} 08:30",
    "Weekdays at 8:30 and 17:00": f"{WORK} 08:30,17:00",
    "weekends 10": "sat,sun 10:00",
    "mon,thu 18:00": "mon,thu 18:00",
    "fri, Monday and wed 18.05": "mon,wed,fri 18:05",
    "mon wed fri 8": "mon,wed,fri 08:00",
    "mon-fri 8:30, 17:00": f"{WORK} 08:30,17:00",
    "mon to fri 8h30": f"{WORK} 08:30",
    "Mon – Wed 8:30": "mon,tue,wed 08:30",
    "sat-mon 8:30": "mon,sat,sun 08:30",
    "tuesdays at 9": "tue 09:00",
    "every monday 8:15": "mon 08:15",
    "weekdays, sat 8:30": "mon,tue,wed,thu,fri,sat 08:30",
    "daily 7:00 and 19:00": f"{WEEK} 07:00,19:00",
    "daily,8:30": f"{WEEK} 08:30",
    "mon & thu, and sat; 8:30": "mon,thu,sat 08:30",
    "15th 8:30 pm": "15 20:30",
    "daily at 19:00, 7:00, 7:00": f"{WEEK} 07:00,19:00",
    "every day at 9": f"{WEEK} 09:00",
    "at 9": f"{WEEK} 09:00",
    "8:30": f"{WEEK} 08:30",
    "9am, 5pm": f"{WEEK} 09:00,17:00",
    "8:30 PM daily": f"{WEEK} 20:30",
    "12:05 am": f"{WEEK} 00:05",
    "12:00pm": f"{WEEK} 12:00",
    "weekdays noon": f"{WORK} 12:00",
    "8:30 and 19:00 on weekdays": f"{WORK} 08:30,19:00",
    "monthly on the 1st and 15th at 9:00": "1,15 09:00",
    "1,15,last 08:30": "1,15,last 08:30",
    "last day 18:00": "last 18:00",
    "on the last day of each month at 18:00": "last 18:00",
    "every month on the 22nd 8:00": "22 08:00",
    "15 8:30": "15 08:30",
    "first monday 9:00": "first-mon 09:00",
    "1st and 3rd tue of the month 9 am": "first-tue,third-tue 09:00",
    "last fri, first monday at noon": "first-mon,last-fri 12:00",
    "live": "live",
    " LIVE ": "live",
    "cron 30 8 * * 1-5": "cron 30 8 * * 1-5",
    "CRON 0 7,19  * * MON": "cron 0 7,19 * * mon",
    "cron 0 * * * *": "cron 0 * * * *",
}
REFUSED = [
    "",
    "8",
    "daily",
    "soon",
    "half past eight",
    "25:00",
    "08:60",
    "8:300",
    "13:00 pm",
    "0:30 am",
    "daily 24:00",
    "9 and 5pm",  # half of the day for the first?
    "9:00 and 5pm",
    "9, 5pm",  # the 9th?
    "1,15 8:30 pm",
    "8:30 and",
    "and 8:30",
    "mon, 8:30,",
    "mon and and",
    "someday 8:30",
    "mon, blursday 8:30",
    "monkey 8:30",
    "mon--wed 8:30",
    "mon-wed-fri 8:30",
    "every 2 days 9:00",
    "every other monday 8:00",
    "1,15 8",
    "mon 1 9:00",
    "1-5 8:00",
    "0 9:00",
    "32 9:00",
    "1nd 9:00",
    "monthly 9:00",
    "monthly on the 9",
    "fifth monday 9:00",
    "first 1st monday day 9:00",
    "weekdays at 8:30, weekends at 10:00",
    "weekdays 8:30 Berlin",
    "weekdays 8:30, live",
    "cron",
    "cron 30 8 * *",
    "cron 0 30 8 * * 1",  # seconds
    "cron 61 8 * * *",
    "cron 0 8 31 2 *",  # never
    "cron 0 8 30 2 *",
    "cron @daily",
    "daily " + "8:30 " * 60,
]


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD.items())
def test_what_is_understood(typed, meant):
    assert parse_schedule(typed) == meant
    assert parse_schedule(meant) == meant


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_not_understood_fully_is_refused(typed):
    with pytest.raises(DigestError, match="is not a schedule. Write days and times, like `weekdays 8:30`"):
        parse_schedule(typed)


@pytest.mark.parametrize(
    "piece", [" ,", " and", ", and ,", "8 8", "8:30, ", "mon ", "1 and ", "at ", "every ", "-", " to ", "last day "]
)
def test_no_typed_text_keeps_the_bot_busy(piece):
    """A pattern that tries every way to part the words would take hours for these: the test then times out."""
    for head in ("", "8:30", "mon", "1"):
        for tail in ("", "x", "8:30"):
            completions((head + piece * 90)[:190] + tail)


@pytest.mark.parametrize("typed", ["cron */5 * * * *", "cron 0,30 * * * *", "cron * 8 * * *"])
def test_more_than_a_day_bears_is_refused(typed):
    with pytest.raises(DigestError, match="at most 24 are possible"):
        parse_schedule(typed)


TIMES = st.sets(st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=6)
DATES = st.one_of(
    st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(lambda days: sorted(days, key=WEEKDAYS.index)),
    st.tuples(st.sets(st.integers(1, 31), min_size=1), st.booleans()).map(
        lambda chosen: [*map(str, sorted(chosen[0])), *(["last"] if chosen[1] else [])]
    ),
    st.sets(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=5).map(
        lambda pairs: [f"{ORDINALS[ordinal]}-{WEEKDAYS[day]}" for ordinal, day in sorted(pairs)]
    ),
)


@given(dates=DATES, times=TIMES)
def test_every_schedule_is_understood_as_it_is_kept_and_as_it_is_shown(dates, times):
    kept = f"{','.join(dates)} {','.join(sorted(times))}"
    if len(in_words(kept)) <= 200:
        assert parse_schedule(in_words(kept)) == kept
    if len(kept) <= 200:
        assert parse_schedule(kept) == kept


@given(st.text(alphabet="mondayweklst135 ,-:0hap@#/*", max_size=40))
def test_whatever_is_typed_is_refused_in_words_or_has_slots(typed):
    try:
        kept = parse_schedule(typed)
    except DigestError:
        return
    assert parse_schedule(kept) == kept
    if kept != "live":
        assert schedule_from(kept, ZoneInfo("UTC")).next_slot(NOON).at > NOON


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (f"{WEEK} 08:30", "every day at 08:30"),
        (f"{WORK} 08:30,17:00", "weekdays at 08:30 and 17:00"),
        ("sat,sun 10:00", "weekends at 10:00"),
        ("mon,wed,fri 18:00", "Monday, Wednesday and Friday at 18:00"),
        ("1,15,last 09:00", "the 1st, the 15th and the last day of each month at 09:00"),
        ("2,3,11,22 09:00", "the 2nd, the 3rd, the 11th and the 22nd of each month at 09:00"),
        ("first-mon,last-fri 09:00", "the first Monday and the last Friday of each month at 09:00"),
        ("live", "live: stories as they come"),
        ("cron 30 8 * * 1-5", "at 08:30 on Monday through Friday (`cron 30 8 * * 1-5`)"),
    ],
)
def test_schedules_in_words(kept, shown):
    assert explained(kept) == shown


def test_a_day_that_some_months_lack_is_spoken_of():
    assert "A month without a 31st has no edition" in short_months_note("15,31 08:00")
    assert [short_months_note(kept) for kept in ("28,last 08:00", "mon 08:29", "cron 0 8 31 * *", "live")] == [""] * 4


def test_what_is_typed_is_completed():
    assert completions("") == list(EXAMPLES)
    assert completions("weekd")[:2] == ["weekdays 08:00", "weekdays 09:00"]
    assert completions("weekdays 8")[:3] == ["weekdays 8", "weekdays 8:30", "weekdays 8 pm"]
    assert "mon, thursday 18:00" in completions("mon, th")
    assert completions("cron") == ["cron 30 8 * * 1-5"]
    assert completions("whenever") == []


@given(st.text(max_size=30))
def test_completions_are_understood_and_differ(typed):
    meanings = [parse_schedule(text) for text in completions(typed)]
    assert len(set(meanings)) == len(meanings)


def test_next_slots_of_live_digests_and_of_lost_zones_are_none():
    assert [slot.key for slot in next_slots(a_digest(), NOON, 2)] == [
        "2026-11-21T08:30 Europe/Berlin",
        "2026-11-22T08:30 Europe/Berlin",
    ]
    assert next_slots(a_digest(schedule="live"), NOON) == []
    assert next_slots(a_digest(timezone="Mars/Olympus"), NOON) == []
    with pytest.raises(DigestError, match="“Mars/Olympus” is not known on this machine any more"):
        schedule_of(a_digest(timezone="Mars/Olympus"))


def test_cron_keeps_one_slot_per_local_date_through_the_changes_of_the_clocks():
    """FAULTS 29: cronsim alone would skip or double them."""
    berlin = schedule_from("cron 30 2 * * *", ZoneInfo("Europe/Berlin"))
    for start in (datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)):
        slots = berlin.slots_after(start)
        days = [next(slots).key[8:10] for _ in range(4)]
        assert [int(day) for day in days] == [start.day + n for n in range(4)]
