"""Courtesy towards hosts: few requests at once, pauses between the pages of one, rest for one that asked for it."""

import asyncio
import weakref
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import HostRests

_REMEMBERED = 10_000
"""Hosts at rest at once; past that the one whose rest ends first is forgotten first."""


class Hosts:
    """What this process owes each host. `now` is the clock by which a host rests."""

    def __init__(self, per_host: int, now: Callable[[], datetime]) -> None:
        self._per_host = per_host
        self._now = now
        self._turns: weakref.WeakValueDictionary[str, asyncio.Semaphore] = weakref.WeakValueDictionary()
        self._next_page: dict[str, float] = {}
        self._resting: dict[str, tuple[datetime, int]] = {}

    def turn(self, host: str) -> asyncio.Semaphore:
        """To be held during a request to this host."""
        turn = self._turns.get(host)
        if turn is None:
            turn = self._turns[host] = asyncio.Semaphore(self._per_host)
        return turn

    async def pause(self, host: str, pause: timedelta) -> None:
        """Wait until `pause` has passed since the last page of this host was allowed."""
        now = asyncio.get_running_loop().time()
        if len(self._next_page) > _REMEMBERED:
            self._next_page = {name: moment for name, moment in self._next_page.items() if moment > now}
        moment = max(now, self._next_page.get(host, now))
        self._next_page[host] = moment + pause.total_seconds()
        await asyncio.sleep(moment - now)

    def rest(self, host: str, wait: timedelta, status: int) -> None:
        """Leave this host alone for a while, as it asked with an answer of this status."""
        until = self._now() + wait
        if host not in self._resting and len(self._resting) >= _REMEMBERED:
            del self._resting[min(self._resting, key=lambda name: self._resting[name][0])]
        self._resting[host] = max(self._resting.get(host, (until, status)), (until, status))

    def check(self, host: str) -> None:
        """Raise HostRests while this host is to be left alone."""
        if host not in self._resting:
            return
        until, status = self._resting[host]
        wait = until - self._now()
        if wait > timedelta(0):
            raise HostRests(f"{host} asked to be left alone until {until:%d %B %H:%M} UTC.", status, wait)
        del self._resting[host]
