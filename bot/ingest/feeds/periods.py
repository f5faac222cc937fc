"""How often a feed asks to be read: `ttl`, `sy:updatePeriod`, `skipHours`."""

import re
from collections.abc import Callable, Sequence

_NUMBER = re.compile(r"\d{1,6}")
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_PERIODS = {"hourly": _HOUR, "daily": _DAY, "weekly": 7 * _DAY, "monthly": 30 * _DAY, "yearly": 365 * _DAY}
LONGEST = 7 * _DAY
"""Seconds; a feed that asks for a longer pause is read once a week all the same."""


def interval_of(texts: Callable[[str], Sequence[str]]) -> int | None:
    """Seconds between two readings, the longest that anything in the channel asks for. `texts` gives what an element
    of it holds, one text for each element, or for each hour of `skiphours`.
    """
    longest = max(_ttl(texts("ttl")), _update_period(texts), _skipped(texts("skiphours")))
    return min(longest, LONGEST) or None


def _ttl(written: Sequence[str]) -> int:
    return _number(written[0]) * _MINUTE if written else 0


def _update_period(texts: Callable[[str], Sequence[str]]) -> int:
    """`hourly` and 2 mean twice an hour; without a period a frequency means nothing."""
    period = next(iter(texts("sy:updateperiod")), "").strip().lower()
    frequency = _number(next(iter(texts("sy:updatefrequency")), "1"))
    return _PERIODS.get(period, 0) // max(frequency, 1)


def _skipped(hours: Sequence[str]) -> int:
    """Of a day whose hours are all skipped but six, each of these six stands for four."""
    left = 24 - len({_number(hour) % 24 for hour in hours if hour.strip()})
    return _DAY // left if 0 < left < 24 else 0


def _number(text: str) -> int:
    digits = _NUMBER.fullmatch(text.strip())
    return int(digits[0]) if digits else 0
