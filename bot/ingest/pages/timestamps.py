"""When a page was published, as pages write it: ISO, RFC 2822, seconds since 1970, words of many languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from bot.ingest.values import valid_date
from summarizer.dates import DATE, parse_date

_LONGEST = 100  # characters of a date with time and zone, in any language
_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T\s]{1,3}(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(20\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z?)")
_SLASHED = re.compile(r"(20\d\d)[/.](\d{1,2})[/.](\d{1,2})(?!\d)(?:\s+(\d{1,2}:\d{2}))?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_WORDS = re.compile(DATE, re.IGNORECASE)
_TIME = re.compile(r"(?<![\d:])(\d{1,2})[:.h](\d{2})(?!\d)(?::\d{2})?\s?([ap]\.?m\b)?", re.IGNORECASE)
_ZONE = re.compile(
    r"\b(UTC|GMT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|BST|MSK|JST|KST|IST|AEST|AEDT)\b|([+-])(\d{2}):?(\d{2})\b"
)
_HOURS = {
    **{"UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8},
    **{"PDT": -7, "CET": 1, "CEST": 2, "BST": 1, "MSK": 3, "JST": 9, "KST": 9, "IST": 5.5, "AEST": 10, "AEDT": 11},
}
_IN_PATH = re.compile(r"/(20\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_-]|\b)")


@dataclass(frozen=True)
class Timestamp:
    """A date as it was stated: with a time or not, in a stated zone or not (then read as UTC)."""

    at: datetime
    has_time: bool = False
    has_zone: bool = False


def best_timestamp(written: Iterable[str]) -> datetime | None:
    """The first date that can be read; more exact where a later one states the time, or its zone, of the same day."""
    stamps = [stamp for stamp in map(find_timestamp, written) if stamp]
    if not stamps:
        return None
    same_day = [stamp for stamp in stamps if stamp.at.date() == stamps[0].at.date()]
    return max(same_day, key=lambda stamp: (stamp.has_time, stamp.has_zone)).at


def find_timestamp(written: str) -> Timestamp | None:
    """The moment that a text states; None where it states none, or one that cannot be true."""
    text = " ".join(written[: 4 * _LONGEST].split())[:_LONGEST]
    for read in (_from_iso, _from_numbers, _from_mail, _from_words):
        if (stamp := read(text)) and (at := valid_date(stamp.at.isoformat())):
            return Timestamp(at, stamp.has_time, stamp.has_zone)
    return None


def day_in_path(url: str | None) -> str:
    """The day in an address such as `/2026/11/20/`, which is where many sites file an article; or nothing."""
    found = _IN_PATH.search(url or "")
    return "-".join(found.groups()) if found else ""


def _from_iso(text: str) -> Timestamp | None:
    found = _ISO.match(text)
    if not found:
        return None
    day, time, zone = found.groups()
    if not time:
        return _stamp(day)
    hour, _, rest = time.replace(",", ".").partition(":")
    return _stamp(f"{day}T{hour:0>2}:{rest}{'+00:00' if zone and zone.isalpha() else zone or ''}")


def _stamp(iso: str) -> Timestamp | None:
    try:
        at = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return Timestamp(at, "T" in iso, at.tzinfo is not None)


def _from_numbers(text: str) -> Timestamp | None:
    if _EPOCH.fullmatch(text):
        return Timestamp(datetime.fromtimestamp(int(text[:10]), UTC), has_time=True, has_zone=True)
    if found := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        clock = f"T{hour}:{minute}:{second or '00'}{'+00:00' if zone else ''}" if hour else ""
        return _stamp(f"{year}-{month}-{day}{clock}")
    if found := _SLASHED.match(text):
        year, month, day, time = found.groups()
        return _stamp(f"{year}-{month:0>2}-{day:0>2}" + (f"T{time:0>5}" if time else ""))
    return None


def _from_mail(text: str) -> Timestamp | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Timestamp(at, ":" in text, at.tzinfo is not None)


def _from_words(text: str) -> Timestamp | None:
    found = _WORDS.search(text)
    day = parse_date(found[0]) if found else None
    if not found or day is None:
        return None
    at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a zone is added where one is stated
    rest = text[: found.start()] + " " + text[found.end() :]
    time = _TIME.search(rest)
    if not time or int(time[1]) > 23 or int(time[2]) > 59:
        return Timestamp(at)
    hour = int(time[1]) % 12 + 12 * (time[3][0].lower() == "p") if time[3] else int(time[1])
    zone = _zone(rest[time.end() : time.end() + 20])
    return Timestamp(at.replace(hour=hour, minute=int(time[2]), tzinfo=zone), has_time=True, has_zone=zone is not None)


def _zone(text: str) -> timezone | None:
    found = _ZONE.search(text)
    if not found:
        return None
    if found[1]:
        return timezone(timedelta(hours=_HOURS[found[1]]))
    offset = timedelta(hours=int(found[3]), minutes=int(found[4]))
    return timezone(-offset if found[2] == "-" else offset) if offset < timedelta(hours=15) else None
