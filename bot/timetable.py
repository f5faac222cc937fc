"""APScheduler as a clock: it wakes us, and knows nothing that must not be lost.

Schedules live in our tables. APScheduler's own cron trigger skips or doubles days at clock changes and its job stores
run a job once per process, so it gets a trigger of ours and keeps jobs in memory only. What is done again and again is
counted on the clock of the event loop: a wall clock that is set back does not stop it, and so it finds the slots that a
wall clock that is set forward has passed.
"""

import asyncio
import contextvars
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.services.schedules import schedule_of
from bot.slots import Schedule
from storage import Digest, Unavailable

log = logging.getLogger(__name__)

LIVE_EVERY = timedelta(minutes=1)

Work = Callable[[], Awaitable[object]]


class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 is not typed
    """Fires a while before the slots of a schedule."""

    def __init__(self, schedule: Schedule, ahead: timedelta) -> None:
        self._schedule = schedule
        self._ahead = ahead

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """A while before the first slot after the last one served, or after now; it may have passed already."""
        served = previous_fire_time + self._ahead if previous_fire_time else now
        return self._schedule.next_slot(served).at - self._ahead


class Timetable:
    """Wakes `serve` for each digest a while before its slots, and other work again and again; the same work never
    twice at once.
    """

    def __init__(
        self,
        serve: Callable[[Digest], Awaitable[None]],
        ahead: timedelta = timedelta(),
        live_every: timedelta = LIVE_EVERY,
    ) -> None:
        self._serve = serve
        self._ahead = ahead
        self._live_every = live_every
        # A loop that was busy for a while must not lose a slot; slots that piled up are served together.
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._started = asyncio.Event()
        self._repeats: dict[str, asyncio.Task[None]] = {}
        self._running: dict[str, asyncio.Task[None]] = {}
        self._woken_again: set[str] = set()
        # Jobs run in the context the timetable was made in, not in that of the command that scheduled one last.
        self._context = contextvars.copy_context()

    def start(self) -> None:
        """Begin to wake; must be called inside the event loop."""
        self._scheduler.start()
        self._started.set()

    async def stop(self, grace: timedelta) -> None:
        """Wake no more, and let what has begun come to its end; what takes longer than the grace is cancelled."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        await _cancelled(list(self._repeats.values()))
        self._woken_again.clear()
        tasks = list(self._running.values())
        if tasks:
            await asyncio.wait(tasks, timeout=grace.total_seconds())
        await _cancelled(tasks)

    def schedule(self, digest: Digest) -> None:
        """Wake for this digest from now on, with its present configuration; not at all when it is paused for good."""
        self.forget(digest.digest_id)
        if digest.paused and digest.paused_until is None:
            return
        key = _key(digest.digest_id)
        if digest.is_live:
            self.repeat(key, lambda: self._serve(digest), self._live_every)
        else:
            trigger = SlotTrigger(schedule_of(digest), self._ahead)
            self._context.copy().run(self._scheduler.add_job, self._wake, trigger, [key, digest], id=key)

    def forget(self, digest_id: int) -> None:
        """Do not wake for this digest any more."""
        key = _key(digest_id)
        if self._scheduler.get_job(key):
            self._context.copy().run(self._scheduler.remove_job, key)
        if repeat := self._repeats.pop(key, None):
            repeat.cancel()

    def repeat(self, key: str, work: Work, every: timedelta) -> None:
        """Do some work at once and then again and again."""
        self._repeats[key] = self._task(self._again_and_again(key, work, every))

    async def _again_and_again(self, key: str, work: Work, every: timedelta) -> None:
        await self._started.wait()
        while True:
            if key not in self._running:
                self._begin(key, work)
            await asyncio.sleep(every.total_seconds())

    async def _wake(self, key: str, digest: Digest) -> None:
        """Serve a digest; one that is being served is served once more, since a second slot may have come near."""
        if key in self._running:
            self._woken_again.add(key)
        else:
            self._begin(key, lambda: self._serve(digest))

    def _begin(self, key: str, work: Work) -> None:
        # A task of our own, because APScheduler cancels the jobs it awaits when it is shut down, in mid-send.
        self._running[key] = self._task(self._to_its_end(key, work))

    async def _to_its_end(self, key: str, work: Work) -> None:
        try:
            await self._safely(key, work)
            while key in self._woken_again:
                self._woken_again.discard(key)
                await self._safely(key, work)
        finally:
            del self._running[key]

    async def _safely(self, key: str, work: Work) -> None:
        try:
            await work()
        except Unavailable as outage:
            log.warning("%s has to wait: %s", key, outage)
        except Exception:  # the edge of a job: the timetable goes on
            log.exception("%s failed", key)

    def _task(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        return self._context.copy().run(asyncio.get_running_loop().create_task, work)


async def _cancelled(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _key(digest_id: int) -> str:
    return f"digest {digest_id}"
