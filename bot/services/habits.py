"""When articles of a source usually come, and whether it fell silent: decided from the moments alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

HISTORY = timedelta(weeks=12)
SHORTEST_SILENCE = timedelta(days=3)
_FEWEST_GAPS, _SHORTEST_SPAN = 5, timedelta(days=14)
_ENOUGH_TO_SPARE_ONE = 10
_TIMES_THE_LONGEST = 2

Arrivals = Sequence[tuple[datetime, int]]
"""Moments at which articles came, with how many; oldest first."""


@dataclass(frozen=True)
class Silence:
    """A source that brought nothing for longer than it ever used to."""

    per_day: float
    since: datetime  # its last article
    until: datetime

    @property
    def usually(self) -> str:
        """ "12 a day", "3 a week", "one every 9 days"."""
        if self.per_day >= 1:
            return f"{self.per_day:.0f} a day"
        if round(7 * self.per_day) > 1:
            return f"{7 * self.per_day:.0f} a week"
        days = round(1 / self.per_day)
        return "one a week" if days in (6, 7, 8) else f"one every {days} days"

    @property
    def days(self) -> int:
        """Whole days of silence."""
        return (self.until - self.since) // timedelta(days=1)


def silence(arrivals: Arrivals, until: datetime) -> Silence | None:
    """Whether nothing came up to then for twice as long as ever in the last weeks, and for three days at least.

    The longest pause counts, so that a paper that rests at weekends, or a weekly, is left in peace; where there were
    many pauses, the very longest is taken for an exception. Nothing is said of a source that is hardly known.
    """
    gaps = sorted(later - earlier for (earlier, _), (later, _) in pairwise(arrivals))
    if len(gaps) < _FEWEST_GAPS or arrivals[-1][0] - arrivals[0][0] < _SHORTEST_SPAN:
        return None
    longest = gaps[-2] if len(gaps) >= _ENOUGH_TO_SPARE_ONE else gaps[-1]
    last = arrivals[-1][0]
    if until - last < max(SHORTEST_SILENCE, _TIMES_THE_LONGEST * longest):
        return None
    return Silence(_per_day(arrivals), last, until)


def _per_day(arrivals: Arrivals) -> float:
    """Without the first arrival, which may be all that a feed held when it was first read."""
    span = arrivals[-1][0] - arrivals[0][0]
    return sum(count for _, count in arrivals[1:]) / (span / timedelta(days=1))
