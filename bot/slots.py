"""When a digest is due: wall-clock time and zone in, instants out. Pure.

One slot per local date and configured time. Where the clocks skip the time, the slot is the first instant after the
gap; where they repeat it, the first of the two; a date that a zone skipped altogether has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """One moment at which a digest is due."""

    key: str  # local date, time and zone: what makes it this slot and no other
    at: datetime  # aware UTC


@dataclass(frozen=True)
class Schedule:
    """Weekdays (Monday is 0) and a time on the wall clock of a zone."""

    time: time
    days: frozenset[int]
    zone: ZoneInfo

    def slots_after(self, moment: datetime) -> Iterator[Slot]:
        """The slots later than a moment, in order, without end. `moment` is aware."""
        # A day earlier, because a slot may have been pushed over midnight by a gap.
        day = moment.astimezone(self.zone).date() - _DAY
        while True:
            if day.weekday() in self.days:
                slot = self._slot_on(day)
                if slot is not None and slot.at > moment:
                    yield slot
            day += _DAY

    def next_slot(self, moment: datetime) -> Slot:
        """The first slot later than a moment."""
        return next(self.slots_after(moment))

    def slots_between(self, start: datetime, end: datetime) -> Iterator[Slot]:
        """The slots in (start, end]."""
        for slot in self.slots_after(start):
            if slot.at > end:
                return
            yield slot

    def _slot_on(self, day: date) -> Slot | None:
        at = first_instant(day, self.time, self.zone)
        if at is None:
            return None
        return Slot(f"{day.isoformat()}T{self.time:%H:%M} {self.zone.key}", at)


def first_instant(day: date, wall_clock: time, zone: ZoneInfo) -> datetime | None:
    """The first instant (aware UTC) at which the clocks of a zone show the time on that day, or have jumped over it.

    None when the zone skipped the whole day, as Samoa did on 2011-12-30.
    """
    local = datetime.combine(day, wall_clock, zone)  # fold=0: the first of two, and the offset before a gap
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    end_of_gap = _offset_change(local.replace(fold=1).astimezone(UTC), instant, zone)
    existed = (end_of_gap - timedelta(seconds=1)).astimezone(zone).date() == day
    return end_of_gap if existed or end_of_gap.astimezone(zone).date() == day else None


def _offset_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant in (before, after] with the offset that holds at `after`; both are aware UTC."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after
