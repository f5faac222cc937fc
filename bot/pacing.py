"""Our own pace under Discord's global limit of 50 requests a second.

Unpaced, discord.py runs into 429 and gives up (700 of 1,000 messages, measured): everyone who waits sleeps for the same
time and asks again together. Here servers take turns, so that one with many messages waits for itself and not the
others for it; and no second at Discord's end can hold more than 50 of our requests, however late some of them arrive.
When a request arrives is not known, only that it is after it left and before its answer came. So the fifty-first leaves
a second after the first was *answered*, less what no request has taken less than on its way there and back, once that
is known from as many answers.
"""

import asyncio
import math
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager

PER_SECOND = 50
CERTAIN = 0.7
"""So much of the quickest round trip is counted on."""
LOCAL = 0.005
"""Seconds: what was quicker was answered without Discord."""
LONGEST = 5.0
"""Seconds: a request without an answer, such as one that waits for its channel's own limit, keeps no others back."""


class Pace:
    """Lets requests through, at most `per_second` in any second, in turns over the keys they come with."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._free = asyncio.Semaphore(per_second)
        self._gap = 0.8 / per_second
        self._last = 0.0
        self._answers = 0
        self._enough = per_second
        self._quickest = math.inf
        self._waiting: OrderedDict[Hashable, deque[asyncio.Future[None]]] = OrderedDict()
        self._serving: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """Waits until a request may leave; the block is the request."""
        await self._wait(key)
        started, loop = time.perf_counter(), asyncio.get_running_loop()
        giving_back = loop.call_later(LONGEST, self._free.release)
        try:
            yield
            self._learn(time.perf_counter() - started)
        finally:
            if giving_back.when() > loop.time():
                giving_back.cancel()
                loop.call_later(1 - self._certain(), self._free.release)

    async def _wait(self, key: Hashable) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, deque()).append(turn)
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # its turn had come at this very moment
                self._free.release()
            raise

    def _learn(self, took: float) -> None:
        if took > LOCAL:
            self._answers += 1
            self._quickest = min(took, self._quickest)

    def _certain(self) -> float:
        """Seconds that a request is certainly on its way, there and back."""
        return min(CERTAIN * self._quickest, 0.5) if self._answers >= self._enough else 0.0

    async def _serve(self) -> None:
        while turn := self._next():
            await self._free.acquire()
            await asyncio.sleep(self._last + self._gap - time.perf_counter())  # evenly, and not in bursts
            self._last = time.perf_counter()
            if turn.done():  # who waited was cancelled
                self._free.release()
            else:
                turn.set_result(None)

    def _next(self) -> "asyncio.Future[None] | None":
        if not self._waiting:
            return None
        key, queue = self._waiting.popitem(last=False)
        turn = queue.popleft()
        if queue:
            self._waiting[key] = queue  # behind the others
        return turn
