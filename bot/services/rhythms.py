"""When a source is read next: decided from what is known of it alone.

A source is read ten times as often as it publishes: a tenth of the time that something has stayed unchanged is the
share HTTP names for how long it may go on being taken for unchanged (RFC 9111, 4.2.2). Never more often than the
operator wants or the feed asks, and at least every two hours: a ministry that speaks once a week is to be heard the
same morning.

The moments of one source lie a period apart from a phase of its own. Multiples of the golden ratio spread numbers in a
row evenly over the unit interval (Knuth, The Art of Computer Programming 3, 6.4), so sources that were imported
together, stand on one host or came due together while nothing ran are read apart from the next time on. The moment at
which a source was added is part of its phase: two installations do not meet at the same feed.
"""

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from storage import Source

LONGEST = timedelta(hours=2)
UNKNOWN = 3
"""Times the shortest period: that of a source of which nothing is known yet, and the first wait after a failure."""
LONGEST_TTL = timedelta(days=1)
LONGEST_FRESHNESS = LONGEST
"""A feed may ask in its own words for a day's rest. What its server says of caching is often a setting for all static
files, "a year", and holds for two hours.
"""
LONGEST_BACKOFF = timedelta(hours=12)
GIVEN_UP_AFTER, GIVEN_UP_FAILURES = timedelta(days=30), 20
WINDOW = timedelta(days=14)
"""Time over which articles are counted."""

_DAY = timedelta(days=1)
_STEP = timedelta(minutes=5)
_SLACK = timedelta(minutes=1)
"""A poll begins some seconds after its moment; the next moment must not be missed for them."""
_GOLDEN = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio
_SHARE = 10


def asked_interval(ttl: timedelta | None, fresh_for: timedelta | None) -> timedelta | None:
    """What a feed and its server want between two polls, without nonsense; None when they want nothing."""
    wishes = [min(ttl, LONGEST_TTL)] if ttl else []
    wishes += [min(fresh_for, LONGEST_FRESHNESS)] if fresh_for else []
    wanted = max(wishes, default=timedelta())
    return wanted if wanted > timedelta() else None


def period(per_day: float | None, shortest: timedelta) -> timedelta:
    """How often a source that brings so many articles a day is read."""
    if per_day is None:
        return UNKNOWN * shortest
    usual = LONGEST if per_day <= 0 else min(_DAY / min(per_day, 1e6) / _SHARE, LONGEST)
    return max(usual, shortest)


def next_poll(source: Source, now: datetime, per_day: float | None, shortest: timedelta) -> datetime:
    """When a source that answered is read next: half a period to one and a half from now, after that in its beat."""
    asked = timedelta(seconds=source.asked_interval or 0)
    every = period(per_day, shortest)
    if every < asked + _SLACK and asked:
        every = asked + _SLACK
    every = every if every <= _STEP else _rounded_up(every)
    earliest = now + max(every / 2, asked)
    start = source.added_at + every * phase(source.source_id)
    return start + every * math.ceil((earliest - start) / every)


def phase(number: int) -> float:
    """A share of one for a number: evenly spread over numbers in a row."""
    return (number * _GOLDEN % 2**64) / 2**64


def next_try(source: Source, now: datetime, asked_for: timedelta | None, shortest: timedelta) -> datetime | None:
    """When a source that failed once more is tried next; None when it is given up."""
    failures = source.failures + 1
    if failures >= GIVEN_UP_FAILURES and now - last_answer(source) >= GIVEN_UP_AFTER:
        return None
    # A quiet source is tried again before its next turn: one failure must not cost two hours.
    doubled: int = 2 ** min(source.failures, 10)
    wait = min(UNKNOWN * shortest * doubled, LONGEST_BACKOFF)
    jitter = 0.9 + 0.2 * phase(source.source_id + failures)
    return now + max(min(wait * jitter, LONGEST_BACKOFF), asked_for or timedelta())


def last_answer(source: Source) -> datetime:
    """Since when a source that fails has not answered."""
    return source.last_success_at or source.added_at


def counted(articles: int, source: Source, now: datetime) -> float | None:
    """Articles per day, when so many came within the window; None of a source that is known for less than a day."""
    watched = min(now - source.added_at, WINDOW)
    return None if watched < _DAY else articles / (watched / _DAY)


def faded(source: Source, now: datetime) -> float | None:
    """Articles per day, when nothing came since the last poll: a source that ceased is read less and less often."""
    if source.per_day is None:
        return 0.0 if now - source.added_at >= WINDOW else None
    since = max(now - (source.last_polled_at or now), timedelta())
    return source.per_day * math.exp(-since / WINDOW)


def dated(moments: Iterable[datetime | None], now: datetime) -> float | None:
    """Articles per day by the dates of a feed's entries; None when fewer than three are of the window."""
    recent = [moment for moment in moments if moment is not None and now - WINDOW < moment <= now]
    if len(recent) < 3:
        return None
    return len(recent) / (max(now - min(recent), _DAY) / _DAY)


def _rounded_up(every: timedelta) -> timedelta:
    """Whole steps, so that the beat outlasts small changes of habit."""
    return _STEP * math.ceil(every / _STEP)
