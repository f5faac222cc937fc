"""When an entry of a feed was published: RFC 822 and ISO 8601 as feeds write them, and whatever else they write."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from bot.ingest.pages.timestamps import find_timestamp
from bot.ingest.values import valid_date

_LONGEST = 100  # characters of a date with its zone, in any language
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_RFC_822 = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s{0,3})?(\d{1,2})[\s-]([a-z]{3})[a-z]{0,6}\.?[\s-](\d{4}|\d\d)"
    r"(?:,?\s{1,3}(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?(?:\s{0,3}([+-]?[a-z0-9:+-]{1,12}))?(?:\s?\([^()]{0,40}\))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT|UT|Z)?([+-])(\d\d?):?(\d\d)?", re.IGNORECASE)
_HOURS = {
    **{"EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "CT": -6, "MST": -7, "MDT": -6, "MT": -7, "PST": -8},
    **{"PDT": -7, "PT": -8, "AKST": -9, "AKDT": -8, "HST": -10, "AST": -4, "ADT": -3, "BRT": -3, "ART": -3, "WET": 0},
    **{"WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "SAST": 2},
    **{"PKT": 5, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "PHT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10},
    **{"AEDT": 11, "NZST": 12, "NZDT": 13},
}


def first_date(written: Iterable[str], now: datetime) -> datetime | None:
    """The first of these dates that can be read and can be true, as aware UTC.

    One that is a little ahead of `now`, as clocks and zones of others are, counts as now; more than two days ahead, or
    before 1971, it is no date.
    """
    for text in written:
        if found := _date(text.strip()):
            return min(found, now)
    return None


def _date(text: str) -> datetime | None:
    if not text or len(text) > _LONGEST:
        return None
    if (mail := _RFC_822.fullmatch(text)) and mail[2].lower() in _MONTHS:
        return valid_date(_from_mail(mail))
    if found := valid_date(text):
        return found
    stamp = find_timestamp(text)
    return stamp.at if stamp else None


def _from_mail(mail: re.Match[str]) -> str | None:
    """The date as an ISO one; None where a number is none that a calendar or clock has."""
    day, month, year = int(mail[1]), _MONTHS.find(mail[2].lower()) // 4 + 1, int(mail[3])
    if len(mail[3]) == 2:
        year += 1900 if year >= 70 else 2000
    hour, minute, second = (int(mail[group] or 0) for group in (4, 5, 6))
    try:
        # An hour 24 is the next day's 0, a second 60 a leap second.
        start = datetime(year, month, day, tzinfo=_zone(mail[7] or ""))
        if hour > 24 or minute > 59 or second > 60:
            return None
        return (start + timedelta(hours=hour, minutes=minute, seconds=second)).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return None


def _zone(name: str) -> timezone:
    """The zone of a date; what is no zone counts as UTC, as it is off by hours at the most."""
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes)) if minutes <= 14 * 60 else UTC
    return timezone(timedelta(hours=_HOURS.get(name.upper(), 0)))
