"""What the headers of an answer say about the next request: when to ask again, and how to ask for changes only."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

_LONGEST = timedelta(days=1)
"""Servers that name a year mean "never mind"; whoever follows a source wants to know by tomorrow that it changed."""
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,20})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[,\s])no-(?:store|cache)\b(?!\s*=)", re.IGNORECASE)
_LONG = 500  # characters of a header; what is said beyond is no sense
_REMEMBERED = 1_000  # headers that were read: most servers say the same at each poll
_SECONDS = 10**8  # more are no duration that a date can be moved by
_DATE = 60  # characters; HTTP writes a date in 29
_MEDIA_TYPE = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,60})\s*(?:;|$)", re.ASCII)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([a-z0-9][\w.:+-]{0,39})(?![^\s;,\"'])", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask it later whether anything changed (RFC 9110, 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def conditions(self) -> dict[str, str]:
        """The request headers that ask."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


NO_VALIDATORS = Validators()


def validators_of(headers: Mapping[str, str]) -> Validators:
    """The validators that can be sent back as they are."""
    return Validators(_to_keep(headers.get("ETag")), _to_keep(headers.get("Last-Modified")))


def _to_keep(value: str | None) -> str | None:
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None


def content_type_of(headers: Mapping[str, str]) -> tuple[str, str | None]:
    """The media type, `application/octet-stream` where there is none, and the charset label, which may be unknown.

    Read by two expressions: the HTTP client's own reader, made for mail, is busy for a third of a second with a header
    of 8,000 semicolons.
    """
    return _content_type(headers.get("Content-Type", "")[:_LONG])


@lru_cache(_REMEMBERED)
def _content_type(value: str) -> tuple[str, str | None]:
    media_type, charset = _MEDIA_TYPE.match(value), _CHARSET.search(value)
    return media_type[1].lower() if media_type else "application/octet-stream", charset[1].lower() if charset else None


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """The wait in Retry-After (RFC 9110, 10.2.3: seconds or a date), from zero to a day; None for nonsense."""
    value = headers.get("Retry-After", "")[:_DATE]
    try:
        wait = timedelta(seconds=min(int(value), _SECONDS)) if _is_number(value) else parsedate_to_datetime(value) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return _capped(wait)


def fresh_for(headers: Mapping[str, str], now: Callable[[], datetime]) -> timedelta | None:
    """How long, from zero to a day, nothing changes by the server's word (RFC 9111, 4.2: max-age or Expires, less Age).

    None when it says nothing, nothing that makes sense, or that the answer must not be kept.
    """
    control = headers.get("Cache-Control")
    may_be_kept, age = _cache_control(control[:_LONG]) if control else (True, None)
    if not may_be_kept:
        return None
    if age is None:
        age = _until(headers.get("Expires", "")[:_DATE], headers.get("Date", "")[:_DATE], now)
    elapsed = headers.get("Age", "")
    if age is None or not _is_number(elapsed):
        return None if age is None else _capped(age)
    return _capped(age - timedelta(seconds=min(int(elapsed), _SECONDS)))


@lru_cache(_REMEMBERED)
def _cache_control(value: str) -> tuple[bool, timedelta | None]:
    """Whether an answer may be kept, and how long."""
    age = _MAX_AGE.search(value)
    return not _NOT_KEPT.search(value), timedelta(seconds=min(int(age[1]), _SECONDS)) if age else None


def _until(expires: str, date: str, now: Callable[[], datetime]) -> timedelta | None:
    """From the server's own Date to Expires, since its clock may be wrong; `Expires: 0` and the like are over."""
    if not expires:
        return None
    try:
        end = parsedate_to_datetime(expires)
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    try:
        start = parsedate_to_datetime(date)
        return end - start
    except (ValueError, TypeError, OverflowError):
        return (end if end.tzinfo else end.replace(tzinfo=UTC)) - now()


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= 20


def _capped(wait: timedelta) -> timedelta:
    return min(max(wait, timedelta(0)), _LONGEST)
