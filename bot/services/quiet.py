"""Quiet hours: the time of day in which a live digest tells nothing, on the wall clock of its zone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.services.timezones import zone_named

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class QuietHours:
    """From one time of day until another, which may be on the next day."""

    start: time
    end: time
    zone: ZoneInfo

    @classmethod
    def of(cls, kept: str, timezone: str) -> "QuietHours | None":
        """Quiet hours as a digest keeps them, "22:00-07:00"; None when there are none.

        Raises DigestError when this machine does not know the zone any more.
        """
        if not kept:
            return None
        start, _, end = kept.partition("-")
        return cls(time.fromisoformat(start), time.fromisoformat(end), zone_named(timezone))

    def hold_at(self, moment: datetime) -> bool:
        """Whether a moment is a quiet one: from the first minute, up to the last."""
        shown = moment.astimezone(self.zone).time()
        if self.start < self.end:
            return self.start <= shown < self.end
        return shown >= self.start or shown < self.end


def awake_since(now: datetime, span: timedelta, quiet: QuietHours | None) -> datetime:
    """The moment since which that much time has passed, quiet hours not counted; to the minute."""
    if quiet is None:
        return now - span
    moment = now
    while span > timedelta():
        moment -= _MINUTE
        if not quiet.hold_at(moment):
            span -= _MINUTE
    return moment
