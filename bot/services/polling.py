"""Polling sources that are due: one poll per source, however many servers follow it.

Sources are claimed and written down in batches, and polled many at once. What was polled and not yet written down when
the process dies is polled again when its lease ends; its articles are there already.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.ingest.parsers import Parsers
from bot.ingest.web.fetcher import Fetcher
from bot.ingest.web.urls import host_of, same_origin, with_user
from bot.services.intake import Intake
from bot.services.ports import Clock
from bot.services.rounds import OnNews, Round
from bot.services.visits import Visit, Visits
from storage import Source, Storage
from storage.leases import Lease

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=10)
SPACING = timedelta(seconds=1)
"""Between sources of one host, when more of it are due at once than may wait."""
GOOD_POLLS = 3
"""At so many in a row a permanent redirect is taken at its word."""


class Polling:
    """Fetches feeds and stores what is new in them."""

    def __init__(
        self,
        storage: Storage,
        fetcher: Fetcher,
        parsers: Parsers,
        intake: Intake,
        clock: Clock,
        *,
        owner: str,
        interval: timedelta,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._owner = owner
        self._visits = Visits(storage, fetcher, parsers, intake, clock, interval)
        self._put_off_until: dict[str, datetime] = {}  # by host
        self.is_closing = False

    async def poll_due(self, on_news: OnNews | None = None) -> int:
        """Poll all sources that are due, until none is left; returns how many there were.

        `on_news` is awaited meanwhile, each time that something new was stored. Raises Unavailable.
        """
        return await Round(self, on_news).run()

    async def poll(self, source: Source) -> str | None:
        """Poll one source now and write down how it went; returns what was wrong, in words, or None.

        One that is not asked any more is asked again from now on, if it answers.
        """
        visit = await self._visits.visit(source)
        if visit.result is not None:
            await self.record([visit])
        return visit.error

    def close(self) -> None:
        """Begin no poll any more; those that have begun come to their end."""
        self.is_closing = True

    async def release(self) -> None:
        """Give back all sources this process holds."""
        async with self._storage.begin() as tx:
            await tx.sources.release_all(self._owner)

    async def claim(self, limit: int) -> Sequence[Source]:
        """Take some sources that are due."""
        async with self._storage.begin() as tx:
            return await tx.sources.claim_due(Lease(self._owner, self._clock.now(), HOLD), limit)

    async def visit(self, source: Source) -> Visit:
        """Ask one source; nothing of how it went is written down yet."""
        return await self._visits.visit(source)

    async def record(self, visits: Sequence[Visit]) -> None:
        """Write down how visits went, and follow sources that have moved for good."""
        rests = [(visit.source.source_id, visit.rests_until) for visit in visits if visit.rests_until is not None]
        async with self._storage.begin() as tx:
            await tx.sources.record_polls([(each.source.source_id, each.result) for each in visits if each.result])
            await tx.sources.put_off(rests)
        for visit in visits:
            if visit.result is not None and visit.result.moved_polls >= GOOD_POLLS and visit.result.moved_to:
                await self._move(visit.source, visit.result.moved_to)

    async def put_off(self, sources: Sequence[Source]) -> None:
        """Give back sources whose host has enough to do, to be polled one after the other."""
        if not sources:
            return
        now = self._clock.now()
        self._put_off_until = {host: until for host, until in self._put_off_until.items() if until > now}
        moments = []
        for source in sources:
            host = host_of(source.address)
            self._put_off_until[host] = self._put_off_until.get(host, now) + SPACING
            moments.append((source.source_id, self._put_off_until[host]))
        async with self._storage.begin() as tx:
            await tx.sources.put_off(moments)

    async def _move(self, source: Source, target: str) -> None:
        """Ask a source under its new address from now on; one with a login stays on the server that it is meant for."""
        if source.login and not same_origin(source.address, target):
            return
        address = with_user(target, source.login)
        async with self._storage.begin() as tx:
            other = await tx.sources.find(address)
            if other is None or other.login == source.login:
                now_at = await tx.sources.move(source.source_id, address)
                log.info("source %s has moved for good, to source %s", source.source_id, now_at)
