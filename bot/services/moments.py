"""Moments and hours of the day as people type them: "24 Dec", "2 weeks", "2026-12-24 18:00", "22:00-07:00"."""

import calendar
import re
from datetime import date, datetime, time, timedelta

from bot.errors import DigestError
from bot.services.timezones import zone_named
from bot.slots import first_instant

LONGEST_PAUSE = timedelta(days=366)

_MONTHS = [name.lower() for name in calendar.month_name]  # with an empty one at 0
_UNITS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1)}
_CLOCK = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_CLOCK}")
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})\.?\s+(?P<month>[a-z]{{3,9}})(?:\s+(?P<year>\d{{4}}))?{_CLOCK}")
_MONTH_FIRST = re.compile(rf"(?P<month>[a-z]{{3,9}})\s+(?P<day>\d{{1,2}})(?:,?\s+(?P<year>\d{{4}}))?{_CLOCK}")
_SPAN = re.compile(r"(?:for |in )?(?P<count>\d{1,3}) (?P<unit>hour|day|week)s?")
_HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?::(\d{2}))?")


def parse_until(text: str, timezone: str, now: datetime) -> datetime | None:
    """The moment at which a pause ends, or None for an empty text: until somebody resumes.

    A date alone means its first moment in the zone. Raises DigestError for what is not understood, is over already, or
    lies more than a year ahead.
    """
    tidy = " ".join(text.lower().split()).removeprefix("until ")
    if not tidy:
        return None
    until = _moment(tidy, timezone, now)
    if until is None:
        raise DigestError(
            f"“{text}” is not understood. Write a date like `2026-12-24`, `24 Dec` or `24 Dec 18:00`, or a time "
            "like `3 days` or `2 weeks`."
        )
    if not now < until <= now + LONGEST_PAUSE:
        raise DigestError(f"A pause ends in the coming twelve months, and “{text}” does not lie in them.")
    return until


def parse_hours(text: str) -> str:
    """Hours like "22:00-07:00" or "10 to 6" in the first form; an empty text stays. Raises DigestError."""
    tidy = " ".join(text.lower().split())
    if not tidy:
        return ""
    match = _HOURS.fullmatch(tidy)
    start, end = (_time(match[1], match[2]), _time(match[3], match[4])) if match else (None, None)
    if start is None or end is None or start == end:
        raise DigestError(f"“{text}” are not hours. Write them like `22:00-07:00`, or nothing for no quiet hours.")
    return f"{start:%H:%M}-{end:%H:%M}"


def _moment(tidy: str, timezone: str, now: datetime) -> datetime | None:
    if span := _SPAN.fullmatch(tidy):
        return (now + int(span["count"]) * _UNITS[span["unit"]]).replace(second=0, microsecond=0)
    if tidy == "tomorrow":
        return first_instant(
            now.astimezone(zone_named(timezone)).date() + timedelta(days=1), time(), zone_named(timezone)
        )
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(tidy):
            return _on_date(match, timezone, now)
    return None


def _on_date(match: re.Match[str], timezone: str, now: datetime) -> datetime | None:
    """The moment a date and a time name in a zone; without a year it is the next such date."""
    zone = zone_named(timezone)
    month, wall_clock = _month(match["month"]), _time(match["hour"] or "0", match["minute"])
    today = now.astimezone(zone).date()
    years = [int(match["year"])] if match["year"] else [today.year, today.year + 1]
    days = [_date(year, month, int(match["day"])) for year in years]
    moments = [first_instant(day, wall_clock, zone) for day in days if day and wall_clock]
    known = [moment for moment in moments if moment]
    return next((moment for moment in known if moment > now), known[-1] if known else None)


def _month(text: str) -> int:
    """0 for no month."""
    if text.isdecimal():
        return int(text)
    return next((number for number, name in enumerate(_MONTHS) if name and name.startswith(text)), 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(hour: str, minute: str | None) -> time | None:
    return time(int(hour), int(minute or 0)) if int(hour) < 24 and int(minute or 0) < 60 else None
