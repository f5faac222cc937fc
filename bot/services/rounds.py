"""One round of polls: what is due is claimed some at a time, visited by many workers, and written down together."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.services.lanes import Lanes
from bot.services.visits import Visit
from storage import Source, Unavailable

log = logging.getLogger(__name__)

AT_ONCE, PER_HOST, WAITING_PER_HOST = 32, 2, 8
CLAIMED, WRITTEN = 8 * AT_ONCE, 8 * AT_ONCE
"""Sources held at a time, beside those that are visited; and visits that are written down together, at the most."""
WRITTEN_EVERY, CLAIMED_EVERY = 0.5, 5.0
"""Seconds until visits are written down, however few, and until it is looked again what is due while some last."""

OnNews = Callable[[], Awaitable[object]]


class Desk(Protocol):
    """What a round needs from outside; everything may raise Unavailable."""

    is_closing: bool

    async def claim(self, limit: int) -> Sequence[Source]:
        """Some sources that are due."""
        ...

    async def visit(self, source: Source) -> Visit:
        """Ask one source."""
        ...

    async def record(self, visits: Sequence[Visit]) -> None:
        """Write down how visits went."""
        ...

    async def put_off(self, sources: Sequence[Source]) -> None:
        """Give back sources whose host has enough to do."""
        ...


class Round:
    """Runs until nothing is due and everything is written down; a slow source holds up only itself."""

    def __init__(self, desk: Desk, on_news: OnNews | None = None) -> None:
        self._desk = desk
        self._on_news = on_news
        self._lanes = Lanes(per_host=PER_HOST, waiting=WAITING_PER_HOST)
        self._workers: set[asyncio.Task[None]] = set()
        self._visited: list[Visit] = []
        self._count = 0
        self._wake = asyncio.Event()
        self._claim_at = self._write_at = 0.0
        self._is_drained = False  # nothing more was due at the last look
        self._has_news = False
        self._telling: asyncio.Task[None] | None = None
        self._outage: Unavailable | None = None

    async def run(self) -> int:
        """Poll all that is due; returns how many sources. Raises Unavailable, once what has begun has ended."""
        try:
            while not await self._is_over():
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(WRITTEN_EVERY):
                        await self._wake.wait()
                self._wake.clear()
        finally:
            await self._end()
        if self._outage is not None:
            raise self._outage
        return self._count

    async def _is_over(self) -> bool:
        """Do what is to be done between two pauses."""
        try:
            await self._write()
            await self._claim()
        except Unavailable as outage:
            self._outage = outage
        if self._is_ending:
            self._lanes.clear()
        self._employ()
        self._tell()
        is_idle = not self._workers and (self._telling is None or self._telling.done())
        return is_idle and (self._is_ending or (self._is_drained and not self._visited and not self._has_news))

    @property
    def _is_ending(self) -> bool:
        return self._desk.is_closing or self._outage is not None

    async def _claim(self) -> None:
        now = asyncio.get_running_loop().time()
        room = CLAIMED - len(self._lanes)
        if self._is_ending or room < CLAIMED // 2 or (self._is_drained and now < self._claim_at):
            return
        claimed = await self._desk.claim(room)
        too_many = [source for source in claimed if not self._lanes.add(source)]
        await self._desk.put_off(too_many)
        self._count += len(claimed) - len(too_many)
        self._is_drained = len(claimed) < room
        self._claim_at = now + CLAIMED_EVERY

    def _employ(self) -> None:
        for _ in range(min(AT_ONCE - len(self._workers), self._lanes.ready)):
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._leave)

    def _leave(self, worker: asyncio.Task[None]) -> None:
        self._workers.discard(worker)
        self._wake.set()

    async def _work(self) -> None:
        while (source := self._lanes.take()) is not None:
            try:
                visit = await self._desk.visit(source)
            except Unavailable as outage:
                self._outage = outage
                return
            finally:
                self._lanes.done(source)
            self._visited.append(visit)
            self._has_news |= visit.brought > 0
            needs_more = not self._is_drained and len(self._lanes) < CLAIMED // 2
            if needs_more or len(self._visited) >= WRITTEN or self._is_ending:
                self._wake.set()

    async def _write(self) -> None:
        now = asyncio.get_running_loop().time()
        is_time = now >= self._write_at or len(self._visited) >= WRITTEN or not self._workers
        if not self._visited or not is_time:
            return
        visits, self._visited = self._visited, []
        self._write_at = now + WRITTEN_EVERY
        await self._desk.record(visits)

    def _tell(self) -> None:
        """Have told what was stored, while polling goes on; what comes meanwhile is told after it."""
        if not self._has_news or self._is_ending or (self._telling and not self._telling.done()):
            return
        self._has_news = False
        if self._on_news is not None:
            self._telling = asyncio.create_task(self._tell_safely(self._on_news))

    async def _tell_safely(self, on_news: OnNews) -> None:
        try:
            await on_news()
        except Unavailable as outage:
            self._outage = outage
        except Exception:  # the edge of what is told: polling goes on
            log.exception("what came could not be told")
        self._wake.set()

    async def _end(self) -> None:
        """Nobody works any more; what was visited is written down, if that is possible."""
        tasks = [*self._workers, *([self._telling] if self._telling else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._visited:
            try:
                await self._desk.record(self._visited)
            except Unavailable as outage:
                log.warning("%d polls are made again: %s", len(self._visited), outage)
