import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from summarizer import Brief, CallError, QueueFull, Request, StoryDocument, Summarizer, TextRefused, Worker
from summarizer.errors import CallTimedOut, Closed


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    opened = Worker()
    yield opened
    await opened.close()


async def test_briefs_are_those_of_the_summarizer(worker: Worker, summarizer: Summarizer, harbour: str) -> None:
    shifted = "\ud83d\ude00 " + harbour  # two halves that JSON would join into one character
    briefs = await asyncio.gather(
        worker.brief(Request(harbour)),
        worker.brief(Request(harbour, title="Harbour opens", points=2)),
        worker.brief(Request(" ")),
        worker.brief(Request(shifted)),
        return_exceptions=True,
    )
    assert briefs[0] == summarizer.summarize(Request(harbour))
    assert isinstance(briefs[1], Brief)
    assert (briefs[1].headline, len(briefs[1].points)) == ("Harbour opens", 2)
    assert isinstance(briefs[2], TextRefused)
    assert "empty" in str(briefs[2])
    assert briefs[3] == summarizer.summarize(Request(shifted))

    documents = [StoryDocument("Ferry sinks", harbour), StoryDocument("\ud800", "")]
    assert await worker.stories(documents) == summarizer.stories(documents)

    process = next(iter(worker._pool._living))._process
    process.kill()
    await process.wait()
    assert await worker.brief(Request(harbour)) == briefs[0], "a dead child is replaced"


async def test_a_full_queue_refuses_and_closing_answers_everyone_at_once(harbour: str) -> None:
    worker = Worker(max_waiting=3, max_batch=1)
    waiting = [asyncio.create_task(worker.brief(Request(harbour))) for _ in range(4)]
    await asyncio.sleep(0)
    with pytest.raises(QueueFull) as full:
        await worker.brief(Request(harbour))
    assert full.value.waiting >= 3
    cancelled = waiting.pop()
    cancelled.cancel()
    async with asyncio.timeout(5):
        await worker.close()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, CallError | QueueFull)]
    assert len(refused) == len(waiting)
    with pytest.raises(Closed):
        await worker.brief(Request(harbour))
    with pytest.raises(Closed):
        await worker.warm_up()


async def test_a_call_that_takes_too_long_fails_its_callers(harbour: str) -> None:
    worker = Worker(timeout=timedelta(milliseconds=1))
    outcomes = await asyncio.gather(*(worker.brief(Request(harbour)) for _ in range(2)), return_exceptions=True)
    assert all(isinstance(outcome, CallTimedOut) for outcome in outcomes)
    await worker.close()


async def test_closing_an_unused_worker_is_nothing() -> None:
    worker = Worker()
    await worker.close()
    await worker.close()


def test_importing_loads_nothing_heavy() -> None:
    heavy = ("torch", "transformers", "numpy", "py3langid", "discord", "sqlalchemy")
    program = f"import sys, summarizer; print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
