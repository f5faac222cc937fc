"""Our own pace under Discord's global limit of 50 requests a second.

Unpaced, discord.py runs into 429 and gives up (750 of 1,000 messages, measured): everyone who waits sleeps for the same
time and asks again together. Here requests leave evenly, and servers take turns, so that one with many messages waits
for itself and not the others for it.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Hashable

PER_SECOND = 50
HEADROOM = 0.02  # of a second: what the network may push together
GAP = 0.8 / PER_SECOND


class Pace:
    """Lets requests through: at most `per_second` in any second, evenly, in turns over the keys they come with."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._released: deque[float] = deque(maxlen=per_second)
        self._gap = GAP * PER_SECOND / per_second
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()
        self._serving: asyncio.Task[None] | None = None

    async def turn(self, key: Hashable) -> None:
        """Wait until a request may leave."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, deque()).append(turn)
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        await turn

    async def _serve(self) -> None:
        while turn := self._next():
            await self._free()
            if not turn.done():  # who waited may have been cancelled
                self._released.append(time.perf_counter())
                turn.set_result(None)

    def _next(self) -> "asyncio.Future[None] | None":
        if not self._waiting:
            return None
        key, queue = self._waiting.popitem(last=False)
        turn = queue.popleft()
        if queue:
            self._waiting[key] = queue  # behind the others
        return turn

    async def _free(self) -> None:
        """Sleep until one more request fits into the last second, and stands apart from the one before."""
        await asyncio.sleep(self._opens_at() - time.perf_counter())

    def _opens_at(self) -> float:
        released = self._released
        if not released:
            return 0.0
        second_ago = released[0] + 1 + HEADROOM if len(released) == released.maxlen else 0.0
        return max(second_ago, released[-1] + self._gap)
