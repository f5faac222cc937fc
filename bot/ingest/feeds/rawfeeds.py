"""What a feed holds before it is read: texts as they stand in it, whatever its format."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Passage(NamedTuple):
    """A text of an entry; `is_plain` where the feed says that it is no markup."""

    value: str
    is_plain: bool = False


class Reference(NamedTuple):
    """A link, and what it is relative to."""

    href: str
    base: str | None = None


@dataclass(slots=True)
class RawEntry:
    """An item. Of links and dates the first that holds is meant, of passages the one that says most."""

    guid: str = ""
    title: str = ""
    links: list[Reference] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    language: str | None = None


@dataclass(slots=True)
class RawFeed:
    """A feed. `interval` is how often it asks to be read at the most, in seconds."""

    title: str = ""
    links: list[Reference] = field(default_factory=list)
    language: str | None = None
    authors: list[str] = field(default_factory=list)
    interval: int | None = None
    entries: list[RawEntry] = field(default_factory=list)
