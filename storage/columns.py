"""Column types that hide what a database cannot do."""

import enum
import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, String
from sqlalchemy import Text as AnyText
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC on the Python side; SQLite, which has no time zones, gets the same wall clock without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are stored aware; this one has no time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[enum.StrEnum]):
    """A StrEnum as its plain text, so that a new member needs no migration."""

    impl = String(20)
    cache_ok = True

    def __init__(self, kind: type[enum.StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: enum.StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> enum.StrEnum | None:
        return None if value is None else self.kind(value)


class Text(TypeDecorator[str]):
    """Text from anywhere, in which what a database cannot keep is U+FFFD: NUL characters and lone surrogates.

    One sign stands for one, so offsets into the text stay what they were.
    """

    impl = AnyText
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _UNKEEPABLE.sub("\ufffd", value)


_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")


class MeantDates(TypeDecorator[tuple[tuple[int, int, date], ...]]):
    """Places in a text with the days that they mean, as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[tuple[int, int, date], ...] | None, dialect: Dialect) -> Any:
        return [[start, end, day.isoformat()] for start, end, day in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[tuple[int, int, date], ...]:
        return tuple((start, end, date.fromisoformat(day)) for start, end, day in value or ())
