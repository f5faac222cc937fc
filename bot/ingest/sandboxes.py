"""Where bytes of strangers are parsed: most of them in quick children, what takes long in one of its own.

A body that is too much for its parser keeps a child busy until its time is over, and a hundred of them all children,
one after the other. So every body first gets a fraction of its time. What is not done then is ended, and started again
in a child that only such bodies wait for; they and their host go there at once from then on, until one of its bodies
proves quick again. Whatever else waits is late by that fraction for each of them, once.

The times are of processor time: on a busy machine the same bodies are refused as on an idle one.
"""

from collections import OrderedDict
from datetime import timedelta
from typing import Any

from bot.ingest.web.urls import host_of
from summarizer.errors import CallTimedOut
from summarizer.processes import Pool

FIRST_PART = 1 / 4
"""The fraction of its time that a body gets beside others."""
_NICE = 5  # the event loop goes first
_WAITING = 20
"""So many times its processor time a call may take by the clock: a child that waits for something is ended too."""


class Sandbox:
    """Runs calls of a module, see `Pool`, in up to `processes` children and one more, each with at most `memory` bytes
    of address space. So many slow hosts are remembered, the latest ones.
    """

    def __init__(
        self, module: str = "bot.ingest.parsing", *, processes: int, memory: int, remembered: int = 1_000
    ) -> None:
        self._remembered = remembered
        self._quick = Pool(module, size=processes, memory=memory, nice=_NICE)
        self._slow = Pool(module, size=1, memory=memory, nice=_NICE)
        self._slow_hosts: OrderedDict[str | None, None] = OrderedDict()

    async def call(self, function: str, *arguments: Any, body: bytes, time: timedelta, origin: str | None) -> Any:
        """What the function makes of a body from the address `origin`. Raises the errors of `Pool.call`."""
        host = host_of(origin) if origin else None
        pool = self._slow if host in self._slow_hosts else self._quick
        try:
            found = await _timed(pool, time * FIRST_PART, function, arguments, body)
        except CallTimedOut:
            self._remember(host)
            return await _timed(self._slow, time, function, arguments, body)
        self._slow_hosts.pop(host, None)
        return found

    async def close(self) -> None:
        """End the children."""
        await self._quick.close()
        await self._slow.close()

    def _remember(self, host: str | None) -> None:
        if host is not None:
            self._slow_hosts[host] = None
            if len(self._slow_hosts) > self._remembered:
                self._slow_hosts.popitem(last=False)


async def _timed(pool: Pool, time: timedelta, function: str, arguments: tuple[Any, ...], body: bytes) -> Any:
    return await pool.call(function, *arguments, attached=body, timeout=time * _WAITING, cpu=time)
