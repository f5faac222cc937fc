"""The asynchronous front door of the summarizer: a child process does the work, callers await it.

A child and not a thread, because splitting, tokenizing and loading hold the interpreter lock. While 100 articles were
briefed on two cores, timers of the event loop fired late by 2 ms at the 99th percentile and 13 to 15 ms at most with
the child, by 3 to 4 ms and 23 to 53 ms with the same summarizer in a thread, at equal speed (two runs of
`python -m tests.benchmarks.loop_lag`). A child can also be killed when a text takes too long, and its memory with it.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from summarizer.cleaning import legible
from summarizer.errors import CallError, Closed, QueueFull, TextRefused
from summarizer.options import Options
from summarizer.processes import Pool
from summarizer.stories import READ_CHARACTERS
from summarizer.storybriefs import StoryBrief
from summarizer.types import Brief, Request, StoryDocument

_STORY_CHARACTERS = 20_000  # of each report; a story brief is made of what stands at the top
_MOST_AT_ONCE = 16
_TIMEOUT = timedelta(minutes=2)  # of one batch, with the loading of the model on a slow disk
# A generator takes seconds a text, and up to minutes to load.
_MOST_GENERATED_AT_ONCE = 8
_TIMEOUT_GENERATING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class _Waiting:
    request: Request
    answer: asyncio.Future[Brief]


class Worker:
    """Briefs without torch in the caller's process. Texts that wait together are embedded together.

    `options` choose the models. `max_waiting` texts may wait, then `brief` refuses at once; `max_batch` of them go in
    one call of `timeout`, by default as many and as long as the models are used to.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        max_waiting: int = 256,
        max_batch: int | None = None,
        timeout: timedelta | None = None,
    ) -> None:
        self._options = options or Options()
        self._pool = Pool("summarizer.serving")
        self._max_waiting = max_waiting
        generates = self._options.generates
        self._max_batch = max_batch or (_MOST_GENERATED_AT_ONCE if generates else _MOST_AT_ONCE)
        self._timeout = timeout or (_TIMEOUT_GENERATING if generates else _TIMEOUT)
        self._waiting: deque[_Waiting] = deque()
        self._batch: list[_Waiting] = []
        self._running: asyncio.Task[None] | None = None
        self._closed = False

    async def warm_up(self) -> None:
        """Start the child and load the model, so that the first text need not wait for it. Raises CallError."""
        await self._call("warm_up")

    async def brief(self, request: Request) -> Brief:
        """The brief of one text. Raises TextRefused, QueueFull and CallError."""
        if self._closed:
            raise Closed
        if len(self._waiting) >= self._max_waiting:
            raise QueueFull(len(self._waiting))
        waiting = _Waiting(request, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._work_off())
        return await waiting.answer

    async def stories(self, documents: Sequence[StoryDocument]) -> list[list[int]]:
        """Clusters of indexes of documents on one event; see `Summarizer.stories`. Raises CallError."""
        openings = [
            replace(document, title=legible(document.title[:500]), text=legible(document.text[:READ_CHARACTERS]))
            for document in documents
        ]
        found: list[list[int]] = await self._call("stories", [opening.to_json() for opening in openings])
        return found

    async def story(self, requests: Sequence[Request], points: int | None = None) -> StoryBrief:
        """One brief of several texts on one event; see `Summarizer.story`. Raises TextRefused and CallError."""
        beginnings = [replace(request, text=legible(request.text)[:_STORY_CHARACTERS]) for request in requests]
        outcome: dict[str, Any] = await self._call("story", [_to_json(request) for request in beginnings], points)
        if "refused" in outcome:
            raise TextRefused(outcome["refused"])
        return StoryBrief.from_json(outcome["brief"])

    async def fresh(self, sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
        """Whether each sentence says something that no told one says; see `Summarizer.fresh`. Raises CallError."""
        found: list[bool] = await self._call("fresh", [*map(legible, sentences)], [*map(legible, told)], language)
        return found

    async def close(self) -> None:
        """End the child; whoever waits gets an error at once."""
        self._closed = True
        for waiting in [*self._waiting, *self._batch]:
            _fail(waiting, Closed())
        self._waiting.clear()
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        await self._pool.close()

    async def _work_off(self) -> None:
        while self._waiting:
            self._batch = [self._waiting.popleft() for _ in range(min(self._max_batch, len(self._waiting)))]
            await self._answer([waiting for waiting in self._batch if not waiting.answer.done()])
            self._batch = []

    async def _answer(self, batch: list[_Waiting]) -> None:
        """Answer a batch; when the call fails, its texts go one by one, so that one of them cannot spoil the others."""
        if not batch:
            return
        try:
            outcomes = await self._call("briefs", [_to_json(waiting.request) for waiting in batch])
        except Exception as error:  # noqa: BLE001  # given to those who wait, who would otherwise wait for ever
            if len(batch) == 1 or not isinstance(error, CallError):
                for waiting in batch:
                    _fail(waiting, error)
                return
            for waiting in batch:
                await self._answer([waiting])
            return
        for waiting, outcome in zip(batch, outcomes, strict=True):
            _settle(waiting, outcome)

    async def _call(self, function: str, *arguments: Any) -> Any:
        if self._closed:
            raise Closed
        return await self._pool.call(function, self._options.to_json(), *arguments, timeout=self._timeout)


def _to_json(request: Request) -> dict[str, Any]:
    # JSON joins two halves of a surrogate pair, which would shift every offset after them.
    title = None if request.title is None else legible(request.title)
    return replace(request, text=legible(request.text), title=title).to_json()


def _settle(waiting: _Waiting, outcome: dict[str, Any]) -> None:
    if "refused" in outcome:
        _fail(waiting, TextRefused(outcome["refused"]))
    elif not waiting.answer.done():
        waiting.answer.set_result(Brief.from_json(outcome["brief"]))


def _fail(waiting: _Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)
