"""When sources are read: as their habit is, as their servers ask, evenly spread, and less and less when they fail."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.services import rhythms
from storage import Source, SourceKind
from tests.factories import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SHORTEST = 5 * MINUTE


def a_source(source_id=1, **changes):
    fields = {
        "source_id": source_id,
        "kind": SourceKind.FEED,
        "address": f"https://site{source_id}.example/feed",
        "title": "Feed",
        "site_url": None,
        "language": None,
        "for_everyone": False,
        "etag": None,
        "last_modified": None,
        "added_at": NOON - 100 * DAY,
        "next_poll_at": NOON,
        "last_polled_at": NOON - HOUR,
        "last_success_at": NOON - HOUR,
        "last_error": None,
        "failures": 0,
    }
    return Source(**(fields | changes))


@pytest.mark.parametrize(
    ("per_day", "expected"),
    [
        (None, 15 * MINUTE),
        (0.0, 2 * HOUR),
        (0.1, 2 * HOUR),
        (2.0, 1.2 * HOUR),
        (10.0, 14.4 * MINUTE),
        (1000.0, SHORTEST),
        (1e300, SHORTEST),
    ],
)
def test_the_period_follows_the_habit(per_day, expected):
    assert rhythms.period(per_day, SHORTEST) == expected


def test_the_operators_shortest_interval_holds_for_all():
    for per_day in (0.0, 1.0, 1000.0):
        assert rhythms.period(per_day, 8 * HOUR) == 8 * HOUR
    assert rhythms.period(None, timedelta(seconds=1)) == timedelta(seconds=3)


@pytest.mark.parametrize("shortest", [MINUTE, SHORTEST, 90 * MINUTE, DAY])
@pytest.mark.parametrize("per_day", [None, 0.0, 0.3, 3.0, 30.0, 3000.0])
@pytest.mark.parametrize("asked", [None, 60, 900, 3600, 86400])
def test_a_source_is_read_in_a_steady_beat_that_respects_what_it_asks(shortest, per_day, asked):
    late = timedelta(seconds=17)  # a poll begins some seconds after its moment
    for source_id in (1, 2, 77, 10_000):
        source = a_source(source_id, asked_interval=asked)
        moments = [rhythms.next_poll(source, NOON, per_day, shortest)]
        for _ in range(4):
            moments.append(rhythms.next_poll(source, moments[-1] + late, per_day, shortest))
        gaps = {later - earlier for earlier, later in pairwise(moments)}
        assert len(gaps) == 1
        (gap,) = gaps
        wanted = max(rhythms.period(per_day, shortest), timedelta(seconds=asked or 0))
        assert wanted <= gap <= wanted + 6 * MINUTE
        assert gap - late >= timedelta(seconds=asked or 0)
        assert timedelta(seconds=asked or 0) <= moments[0] - NOON
        assert moments[0] - NOON <= timedelta(seconds=asked or 0) + 1.5 * gap


def test_sources_that_come_due_together_are_read_apart_the_next_time():
    """After a standstill, after an import, on one host."""
    for per_day in (0.5, 10.0, 100.0):
        sources = [a_source(n, added_at=NOON - DAY) for n in range(1, 1001)]
        due = [rhythms.next_poll(source, NOON, per_day, SHORTEST) for source in sources]
        first, gap = min(due), max(due) - min(due)
        tenths = Counter(min(int((moment - first) / gap * 10), 9) for moment in due)
        assert min(tenths.values()) > 90
        assert max(tenths.values()) < 110


def test_a_restart_changes_no_moment():
    source = a_source()
    assert rhythms.next_poll(source, NOON, 5.0, SHORTEST) == rhythms.next_poll(source, NOON, 5.0, SHORTEST)
    elsewhere = a_source(added_at=NOON - 99.99 * DAY)  # another installation
    assert rhythms.next_poll(source, NOON, 5.0, SHORTEST) != rhythms.next_poll(elsewhere, NOON, 5.0, SHORTEST)


@pytest.mark.parametrize(
    ("ttl", "fresh_for", "asked"),
    [
        (None, None, None),
        (HOUR, None, HOUR),
        (None, HOUR, HOUR),
        (HOUR, 2 * HOUR, 2 * HOUR),
        (timedelta(days=9999), None, DAY),
        (None, timedelta(days=365), 2 * HOUR),
        (timedelta(0), timedelta(0), None),
        (timedelta(seconds=-5), timedelta(days=-9999), None),
    ],
)
def test_what_a_feed_asks_cannot_stop_it(ttl, fresh_for, asked):
    assert rhythms.asked_interval(ttl, fresh_for) == asked


def test_failures_are_tried_less_and_less_until_twice_a_day():
    """FAULTS 23: back-off with jitter and a cap."""
    for source_id in (1, 2, 3):
        waits = [rhythms.next_try(a_source(source_id, failures=n), NOON, None, SHORTEST) - NOON for n in range(12)]
        assert 13 * MINUTE <= waits[0] <= 17 * MINUTE
        assert all(later > 1.4 * earlier for earlier, later in pairwise(waits[:6]))
        assert all(10.7 * HOUR < wait <= 12 * HOUR for wait in waits[7:])
    firsts = {rhythms.next_try(a_source(n), NOON, None, SHORTEST) for n in range(50)}
    assert len(firsts) == 50


def test_a_server_gets_the_time_it_asks_for():
    """FAULTS 23."""
    assert rhythms.next_try(a_source(), NOON, 20 * HOUR, SHORTEST) == NOON + 20 * HOUR
    assert rhythms.next_try(a_source(), NOON, timedelta(0), SHORTEST) > NOON + 13 * MINUTE


@pytest.mark.parametrize(
    ("failures", "silent", "is_given_up"),
    [(60, 31 * DAY, True), (60, 29 * DAY, False), (5, 31 * DAY, False), (19, 30 * DAY, True)],
)
def test_a_source_is_given_up_after_a_month_of_many_failures(failures, silent, is_given_up):
    source = a_source(failures=failures, last_success_at=NOON - silent)
    assert (rhythms.next_try(source, NOON, None, SHORTEST) is None) == is_given_up
    never = a_source(failures=failures, last_success_at=None, added_at=NOON - silent)
    assert (rhythms.next_try(never, NOON, None, SHORTEST) is None) == is_given_up


def test_articles_a_day():
    assert rhythms.counted(28, a_source(), NOON) == 2.0
    assert rhythms.counted(28, a_source(added_at=NOON - 7 * DAY), NOON) == 4.0
    assert rhythms.counted(28, a_source(added_at=NOON - HOUR), NOON) is None


def test_a_source_that_brings_nothing_fades():
    assert rhythms.faded(a_source(per_day=10.0, last_polled_at=NOON), NOON) == 10.0
    assert 3.6 < rhythms.faded(a_source(per_day=10.0, last_polled_at=NOON - 14 * DAY), NOON) < 3.7
    assert rhythms.faded(a_source(per_day=10.0, last_polled_at=NOON + DAY), NOON) == 10.0  # a clock that was set back
    assert rhythms.faded(a_source(added_at=NOON - DAY), NOON) is None  # nobody knows yet
    assert rhythms.faded(a_source(added_at=NOON - 14 * DAY), NOON) == 0.0


def test_articles_a_day_by_their_dates():
    """FAULTS 22: dates that are absent or absurd count for nothing."""
    assert rhythms.dated([NOON - n * DAY for n in range(10)], NOON) == pytest.approx(10 / 9)
    odd = [None, NOON + 4000 * DAY, NOON - 40_000 * DAY]
    assert rhythms.dated([*odd, NOON, NOON], NOON) is None
    assert rhythms.dated([*odd, NOON, NOON, NOON - HOUR], NOON) == 3.0
