"""What people type for a schedule, understood fully or refused."""

import difflib
import re
from datetime import datetime, time
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.errors import DigestError
from bot.slots import WEEKDAYS, Schedule, Slot
from storage import NewDigest

_GROUPS = {
    "daily": WEEKDAYS,
    "weekdays": WEEKDAYS[:5],
    "weekends": WEEKDAYS[5:],
}
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})\s*(am|pm)?|(\d{1,2})\s*(am|pm)", re.IGNORECASE)


def parse_time(text: str) -> str:
    """ "8:30", "20.15" or "8:30 pm" as "HH:MM". Raises DigestError."""
    match = _TIME.fullmatch(text.strip())
    if match is not None:
        hour, minute = int(match[1] or match[4]), int(match[2] or 0)
        half = (match[3] or match[5] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 24
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    raise DigestError(f"“{text}” is not a time of day. Write it like `08:30` or `20:15`.")


def parse_days(text: str) -> str:
    """ "daily", "weekdays", "mon, thu" or "mon-fri" as "mon,thu". Raises DigestError."""
    chosen: set[str] = set()
    tidy = re.sub(r"\s*(?:[-–—]|\bto\b)\s*", "-", text.strip().lower().replace("every day", "daily"))
    for word in re.split(r"(?:[,;\s]|\band\b)+", tidy):
        chosen.update(_GROUPS.get(word) or _range(word) or _refuse_days(text))
    return ",".join(day for day in WEEKDAYS if day in chosen)


def _range(word: str) -> tuple[str, ...]:
    first, dash, last = (part.strip() for part in word.partition("-"))
    start, end = _weekday(first), _weekday(last if dash else first)
    if start is None or end is None:
        return ()
    length = (end - start) % 7 + 1
    return tuple(WEEKDAYS[(start + offset) % 7] for offset in range(length))


def _weekday(word: str) -> int | None:
    matches = [i for i, name in enumerate(_FULL_NAMES) if len(word) >= 3 and name.startswith(word.removesuffix("s"))]
    return matches[0] if len(matches) == 1 else None


def _refuse_days(text: str) -> tuple[str, ...]:
    raise DigestError(f"“{text}” are not days. Write `daily`, `weekdays`, `weekends`, or days like `mon, wed, fri`.")


def parse_timezone(text: str) -> str:
    """The name of a zone of the tz database, in its own spelling. Raises DigestError with the nearest names."""
    wanted = text.strip().replace(" ", "_").casefold()
    for name in timezone_names():
        if name.casefold() == wanted:
            return name
    near = suggest_timezones(text)[:3] or difflib.get_close_matches(text, timezone_names(), 3, 0.5)
    hint = f" Did you mean {' or '.join(f'`{name}`' for name in near)}?" if near else ""
    raise DigestError(f"There is no time zone “{text}”.{hint} Names look like `Europe/Berlin` or `America/New_York`.")


@cache
def timezone_names() -> tuple[str, ...]:
    """All zones that belong to a place, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*sorted(places), "UTC")


def suggest_timezones(text: str) -> list[str]:
    """Zones whose name holds the text, those where a place begins with it first."""
    wanted = text.strip().replace(" ", "_").casefold()
    matching = [name for name in timezone_names() if wanted in name.casefold()]
    return sorted(matching, key=lambda name: (f"/{wanted}" not in f"/{name.casefold()}", name))


def schedule_of(digest: NewDigest) -> Schedule:
    """When a digest is due."""
    days, _, wall_clock = digest.schedule.partition(" ")
    numbers = frozenset(WEEKDAYS.index(day) for day in days.split(","))
    return Schedule(time.fromisoformat(wall_clock), numbers, _zone(digest.timezone))


def next_slots(digest: NewDigest, now: datetime, count: int = 3) -> list[Slot]:
    """The next slots of a digest; none when its zone is not known on this machine any more."""
    try:
        slots = schedule_of(digest).slots_after(now)
    except DigestError:
        return []
    return [next(slots) for _ in range(count)]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DigestError(f"The time zone “{name}” is not known on this machine any more.") from error
