"""robots.txt (RFC 9309): which pages of a site its owner lets programs read.

The standard library's parser knows no wildcards and takes the first rule that fits, not the most specific. The file is
hostile text: its rules are counted, and each fits or not in time linear in its length.
"""

import asyncio
import re
import weakref
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from yarl import URL

from bot.errors import AddressRefused, FetchRefused, HostRests, RobotsRefused, StatusRefused

MAX_BYTES = 500_000
"""What is read of a file; RFC 9309, 2.5, wants at least 500 KiB to be parsed, and nobody needs more."""
_TOKEN = "dateline"  # noqa: S105  # the product token of our User-Agent
_MAX_RULES = 5_000
_MAX_PATTERN = 2_000  # no address that is fetched is longer
_LONGEST_DELAY = timedelta(seconds=5)
_KEPT = timedelta(hours=24)  # RFC 9309, 2.4
_UNREACHABLE_KEPT = timedelta(minutes=30)
_MEMORY = 10_000_000
"""Characters of rules kept for all sites together."""
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_LINE = re.compile(r"\s*(user-agent|allow|disallow|crawl-delay)\s*:\s*([^#]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """One Allow or Disallow line. The longer `pattern`, the more specific."""

    pattern: str
    allowed: bool

    def fits(self, path: str) -> bool:
        """Whether a path, normalised by `normal_path`, begins as the pattern says (`*` is any text, `$` the end)."""
        anchored = self.pattern.endswith("$")
        head, *parts = self.pattern.removesuffix("$").split("*")
        if not path.startswith(head):
            return False
        at = len(head)
        last = parts.pop() if anchored and parts else None
        for part in parts:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if last is not None:
            return len(path) - len(last) >= at and path.endswith(last)
        return not anchored or at == len(path)


@dataclass(frozen=True)
class Rules:
    """What a site's file says to us; without rules everything is allowed."""

    rules: Sequence[Rule] = ()
    delay: timedelta = timedelta(0)

    def allow(self, path: str) -> bool:
        """Whether this path, with its query, may be read: the most specific rule decides, of equal ones Allow."""
        path = normal_path(path)
        fitting = [rule for rule in self.rules if rule.fits(path)]
        return not fitting or max(fitting, key=lambda rule: (len(rule.pattern), rule.allowed)).allowed

    @property
    def size(self) -> int:
        """Characters it takes to remember this."""
        return 100 + sum(100 + len(rule.pattern) for rule in self.rules)


def parse_robots(body: bytes) -> Rules:
    """What a robots.txt says to Dateline by name, else to all programs."""
    text = body[:MAX_BYTES].decode("utf-8-sig", errors="replace")
    by_name: dict[bool, list[tuple[str, str]]] = {}
    for named, lines in _groups(text):
        by_name.setdefault(named, []).extend(lines)
    lines = by_name.get(True, by_name.get(False, []))
    delays = [_delay(value) for field, value in lines if field == "crawl-delay"]
    patterns = [line for line in lines if line[0] != "crawl-delay" and 0 < len(line[1]) <= _MAX_PATTERN]
    return Rules(tuple(_rule(*line) for line in patterns[:_MAX_RULES]), max(delays, default=timedelta(0)))


def _groups(text: str) -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """Each group that concerns us: whether it names us, and its lines."""
    names: set[str] = set()
    lines: list[tuple[str, str]] = []
    for raw in text.splitlines():
        if not (line := _LINE.match(raw)):
            continue
        field, value = line[1].lower(), line[2].strip()
        if field != "user-agent":
            lines.append((field, value))
            continue
        if lines:
            yield from _concerning(names, lines)
            names, lines = set(), []
        names.add(_product(value))
    yield from _concerning(names, lines)


def _concerning(names: set[str], lines: list[tuple[str, str]]) -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    if _TOKEN in names:
        yield True, lines
    elif "*" in names:
        yield False, lines


def _product(value: str) -> str:
    """The product token at the head of a user-agent line."""
    token = re.match(r"[A-Za-z_-]+", value)
    return token[0].lower() if token else value[:1]


def _rule(field: str, value: str) -> Rule:
    return Rule(normal_path(re.sub(r"\*+", "*", value)), allowed=field == "allow")


def _delay(value: str) -> timedelta:
    if not re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value, re.ASCII):
        return timedelta(0)
    return min(timedelta(seconds=float(value)), _LONGEST_DELAY)


def normal_path(path: str) -> str:
    """A path in which one character is written in one way (RFC 9309, 2.2.2)."""
    if path.isascii() and "%" not in path:
        return path
    path = quote(path, safe="%/*$?&=+:@!;,'()[]#|\\^`{}<>\"~ ")
    return re.sub(r"%([0-9A-Fa-f]{2})", _plain_or_upper, path)


def _plain_or_upper(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


@dataclass(frozen=True)
class _Known:
    rules: Rules
    until: datetime
    unreachable: bool = False


class Robots:
    """The rules of sites, read through `read` and remembered for a day in bounded memory."""

    def __init__(self, read: Callable[[str], Awaitable[bytes]], now: Callable[[], datetime]) -> None:
        self._read = read
        self._now = now
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._size = 0
        self._reading: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()

    async def check(self, url: str) -> timedelta:
        """The pause that a site wants between pages. Raises FetchRefused unless this page of it may be read."""
        page = URL(url)
        known = await self._rules(str(page.origin()))
        host = page.raw_host
        if known.unreachable:
            raise FetchRefused(f"{host} does not say which pages programs may read (its robots.txt has an error).")
        if not known.rules.allow(page.raw_path_qs):
            raise RobotsRefused(f"{host} does not let programs read this page (its robots.txt says so).")
        return known.rules.delay

    async def _rules(self, origin: str) -> _Known:
        lock = self._reading.setdefault(origin, asyncio.Lock())
        async with lock:  # the pages of one poll want the same file
            known = self._known.get(origin)
            if known is None or known.until <= self._now():
                known = await self._learn(origin)
                self._remember(origin, known)
            self._known.move_to_end(origin)
            return known

    async def _learn(self, origin: str) -> _Known:
        now = self._now()
        try:
            body = await self._read(f"{origin}/robots.txt")
        except (AddressRefused, HostRests):
            raise
        except FetchRefused as refusal:
            status = refusal.status if isinstance(refusal, StatusRefused) else 0
            if 400 <= status < 500 and status != 429:  # RFC 9309, 2.3.1.3: no rules
                return _Known(Rules(), now + _KEPT)
            return _Known(Rules(), now + _UNREACHABLE_KEPT, unreachable=True)
        return _Known(await asyncio.to_thread(parse_robots, body), now + _KEPT)

    def _remember(self, origin: str, known: _Known) -> None:
        if old := self._known.pop(origin, None):
            self._size -= old.rules.size
        self._known[origin] = known
        self._size += known.rules.size
        while self._size > _MEMORY and len(self._known) > 1:
            _, forgotten = self._known.popitem(last=False)
            self._size -= forgotten.rules.size
