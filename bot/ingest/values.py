"""Values that every parser meets and none may trust: dates, language tags, fields of any type."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>", re.IGNORECASE)
"""What stands before XML; the encoding it names is not true any more once the bytes were decoded."""

_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE)
_EARLIEST = datetime(1971, 1, 1, tzinfo=UTC)  # what lies before is a zero that was written as a date


class Unreadable(Exception):
    """The body holds not what it was said to hold; the message is for people."""


def as_text(value: Any) -> str:
    """JSON feeds put anything anywhere."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def valid_date(value: Any) -> datetime | None:
    """An ISO date or time as aware UTC; None when it is none, or lies before 1971 or more than two days ahead."""
    try:
        moment = datetime.fromisoformat(as_text(value))
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _EARLIEST <= moment <= datetime.now(UTC) + timedelta(days=2) else None


def language_code(value: Any) -> str | None:
    """The language of a tag such as `en-US`, in lower case: `en`."""
    match = _LANGUAGE.fullmatch(as_text(value).strip())
    return match[1].lower() if match else None
