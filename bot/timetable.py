"""APScheduler as a clock: it wakes us, and knows nothing that must not be lost.

Schedules live in our tables. APScheduler's own cron trigger skips or doubles days at clock changes and its job stores
run a job once per process, so it gets a trigger of ours and keeps jobs in memory only.
"""

import asyncio
import contextvars
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.services.schedules import schedule_of
from bot.slots import Schedule
from storage import Digest

log = logging.getLogger(__name__)


class SlotTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 is not typed
    """Fires at the slots of a schedule."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The first slot after the last one served, or after now."""
        return self._schedule.next_slot(previous_fire_time or now).at


class Timetable:
    """Wakes `serve` for each digest at its slots, and other work again and again; the same work never twice at once."""

    def __init__(self, serve: Callable[[Digest], Awaitable[None]]) -> None:
        self._serve = serve
        # A loop that was busy for a while must not lose a slot; slots that piled up are served together.
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._running: dict[str, asyncio.Task[None]] = {}
        # Jobs run in the context the timetable was made in, not in that of the command that scheduled one last.
        self._context = contextvars.copy_context()

    def start(self) -> None:
        """Begin to wake; must be called inside the event loop."""
        self._scheduler.start()

    async def stop(self, grace: timedelta) -> None:
        """Wake no more, and let what has begun come to its end; what takes longer than the grace is cancelled."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        tasks = list(self._running.values())
        if tasks:
            await asyncio.wait(tasks, timeout=grace.total_seconds())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def schedule(self, digest: Digest) -> None:
        """Wake for this digest from now on, with its present configuration; not at all when it is paused."""
        self.forget(digest.digest_id)
        if not digest.paused:
            key = _key(digest.digest_id)
            trigger = SlotTrigger(schedule_of(digest))
            self._add(trigger, [key, self._serve, digest], id=key)

    def forget(self, digest_id: int) -> None:
        """Do not wake for this digest any more."""
        if self._scheduler.get_job(_key(digest_id)):
            self._context.copy().run(self._scheduler.remove_job, _key(digest_id))

    def repeat(self, key: str, work: Callable[[], Awaitable[object]], every: timedelta) -> None:
        """Do some work at once and then again and again."""
        trigger = IntervalTrigger(seconds=every.total_seconds(), timezone=UTC)
        self._add(trigger, [key, work], id=key, next_run_time=datetime.now(UTC))

    def _add(self, trigger: BaseTrigger, arguments: list[object], **options: object) -> None:
        self._context.copy().run(self._scheduler.add_job, self._begin, trigger, arguments, **options)

    async def _begin(self, key: str, work: Callable[..., Awaitable[object]], *arguments: object) -> None:
        # A task of our own, because APScheduler cancels the jobs it awaits when it is shut down, in mid-send.
        if key not in self._running:
            task = asyncio.create_task(_to_its_end(key, work, arguments))
            self._running[key] = task
            task.add_done_callback(lambda _: self._running.pop(key, None))


async def _to_its_end(key: str, work: Callable[..., Awaitable[object]], arguments: tuple[object, ...]) -> None:
    try:
        await work(*arguments)
    except Exception:  # the edge of a job: the timetable goes on
        log.exception("%s failed", key)


def _key(digest_id: int) -> str:
    return f"digest {digest_id}"
