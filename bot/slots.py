"""When a digest is due: wall-clock times and zone in, instants out. Pure.

One slot per local date and configured time. Where the clocks skip the time, the slot is the first instant after the
gap; where they repeat it, the first of the two; a date that a zone skipped altogether has none. Several times that one
gap brings to one instant are one slot, that of the first of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Protocol
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ORDINALS = ("first", "second", "third", "fourth", "last")
LAST = "last"
CRON = "cron "
A_DAY = datetime(2000, 1, 1)  # noqa: DTZ001
"""Any wall-clock time at all: cronsim asks for one to count from."""
_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Slot:
    """One moment at which a digest is due."""

    key: str  # local date, time and zone: what makes it this slot and no other
    at: datetime  # aware UTC


class Dates(Protocol):
    """The dates on which a digest is due."""

    def __contains__(self, day: date, /) -> bool:
        """It is due on that date."""
        ...


@dataclass(frozen=True)
class Weekdays:
    """Days of the week; Monday is 0."""

    numbers: frozenset[int]

    def __contains__(self, day: date, /) -> bool:
        """It is one of these days."""
        return day.weekday() in self.numbers


@dataclass(frozen=True)
class MonthDays:
    """Days of the month by number, and the last one whatever its number; a short month has no 31st."""

    numbers: frozenset[int]
    last: bool

    def __contains__(self, day: date, /) -> bool:
        """It is one of these days."""
        return day.day in self.numbers or (self.last and (day + _DAY).month != day.month)


@dataclass(frozen=True)
class OrdinalWeekdays:
    """Like the first Monday or the last Friday of each month, as indexes into ORDINALS and WEEKDAYS."""

    pairs: frozenset[tuple[int, int]]

    def __contains__(self, day: date, /) -> bool:
        """It is one of these days."""
        weekday = day.weekday()
        is_last = (day + _WEEK).month != day.month and (ORDINALS.index(LAST), weekday) in self.pairs
        ordinal = (day.day - 1) // 7
        return is_last or (ordinal < ORDINALS.index(LAST) and (ordinal, weekday) in self.pairs)


@dataclass(frozen=True)
class CronDates:
    """The three last fields of a cron expression."""

    cron: CronSim

    def __contains__(self, day: date, /) -> bool:
        """Month and day match, as cron understands them together."""
        return day.month in self.cron.months and self.cron.match_day(day)


@dataclass(frozen=True)
class Schedule:
    """Dates, and times on the wall clock of a zone, in order."""

    times: tuple[time, ...]
    dates: Dates
    zone: ZoneInfo

    def slots_after(self, moment: datetime) -> Iterator[Slot]:
        """The slots later than a moment, in order, without end. `moment` is aware."""
        # A day earlier, because a slot may have been pushed over midnight by a gap.
        day = moment.astimezone(self.zone).date() - _DAY
        while True:
            for slot in self._slots_on(day):
                if slot.at > moment:
                    yield slot
                    moment = slot.at
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

    def _slots_on(self, day: date) -> Iterator[Slot]:
        if day in self.dates:
            for wall_clock in self.times:
                at = first_instant(day, wall_clock, self.zone)
                if at is not None:
                    yield Slot(f"{day.isoformat()}T{wall_clock.isoformat('minutes')} {self.zone.key}", at)


def schedule_from(text: str, zone: ZoneInfo) -> Schedule:
    """The schedule that a text in its canonical form stands for: "mon,tue 08:30,19:00", "1,15,last 08:30",
    "first-mon,last-fri 09:00", "cron 30 8 * * 1-5". Raises ValueError.
    """
    if text.startswith(CRON):
        return _from_cron(text.removeprefix(CRON), zone)
    dates, _, times = text.partition(" ")
    return Schedule(tuple(map(time.fromisoformat, times.split(","))), _dates(dates.split(",")), zone)


def _dates(names: Sequence[str]) -> Dates:
    if "-" in names[0]:
        pairs = (name.split("-") for name in names)
        return OrdinalWeekdays(frozenset((ORDINALS.index(n), WEEKDAYS.index(day)) for n, day in pairs))
    if names[0] in WEEKDAYS:
        return Weekdays(frozenset(map(WEEKDAYS.index, names)))
    return MonthDays(frozenset(int(name) for name in names if name != LAST), LAST in names)


def _from_cron(fields: str, zone: ZoneInfo) -> Schedule:
    if len(fields.split()) != 5:
        raise ValueError("not five fields")
    try:
        cron = CronSim(fields, A_DAY)
    except CronSimError as error:
        raise ValueError(str(error)) from error
    times = (time(hour, minute) for hour, minute in product(sorted(cron.hours), sorted(cron.minutes)))
    return Schedule(tuple(times), CronDates(cron), zone)


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
