"""How late an event loop's timers fire while articles are briefed: in a child process against in a thread.

Rounds alternate between both ways, so that other load on the machine meets both alike.
Run it with `python -m tests.benchmarks.loop_lag [articles]`.
"""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from summarizer import Request, Summarizer, Worker
from summarizer.encoder import Encoder

_TICK = 0.005  # seconds between two timers
_ROUNDS = 5  # of each way
_BATCH = 10  # articles under way together

_PEOPLE = ("The harbour master", "The mayor of Norrby", "A union of bakers", "The ferry company", "Anna Holm")
_VERBS = ("announced", "rejected", "delayed", "praised", "described")
_THINGS = ("the plan for a new pier", "two years of repairs", "a fare for students", "the closing of a bakery")
_PLACES = ("near the old lighthouse", "in the upper town", "before the council", "on the island of Sando")


def articles(count: int) -> list[Request]:
    """Invented articles of about thirty sentences."""
    choose = random.Random(7)  # the same articles in every run
    return [Request(" ".join(_sentence(choose) for _ in range(30))) for _ in range(count)]


def _sentence(choose: random.Random) -> str:
    number = choose.randrange(2, 900)
    parts = (choose.choice(_PEOPLE), choose.choice(_VERBS), choose.choice(_THINGS), choose.choice(_PLACES))
    return f"{' '.join(parts)} after {number} people had asked for it in a letter to the regional office."


@dataclass
class Lags:
    """Seconds by which timers fired late, and seconds that the briefing took."""

    late: list[float] = field(default_factory=list)
    took: float = 0.0

    def percentile(self, share: float) -> float:
        """The lag that `share` of all timers stayed under."""
        ordered = sorted(self.late)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def measure(lags: Lags, work: Callable[[], Awaitable[object]]) -> None:
    """Run `work` while a timer ticks; add what was late."""
    ticking = asyncio.create_task(_tick(lags))
    started = time.perf_counter()
    await work()
    lags.took += time.perf_counter() - started
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)


async def _tick(lags: Lags) -> None:
    while True:
        due = time.perf_counter() + _TICK
        await asyncio.sleep(_TICK)
        lags.late.append(time.perf_counter() - due)


async def main(count: int) -> None:
    """Print maximum and 99th percentile of the lag both ways, and their ratio."""
    requests = articles(count)
    batches = [requests[at : at + _BATCH] for at in range(0, count, _BATCH)]
    worker, summarizer = Worker(), Summarizer(Encoder(threads=1))
    await worker.warm_up()
    summarizer.load()
    child, thread = Lags(), Lags()
    for share in range(_ROUNDS):
        for batch in batches[share::_ROUNDS]:
            await measure(child, lambda batch=batch: asyncio.gather(*map(worker.brief, batch)))  # type: ignore[misc]
            await measure(thread, lambda batch=batch: asyncio.to_thread(summarizer.summarize_batch, batch))  # type: ignore[misc]
    await worker.close()
    for name, lags in (("child process", child), ("thread", thread)):
        print(
            f"{name:13}  max {max(lags.late) * 1000:7.1f} ms  p99 {lags.percentile(0.99) * 1000:6.1f} ms"
            f"  {count / lags.took:5.1f} articles/s"
        )
    print(
        f"thread / child: max {max(thread.late) / max(child.late):.1f}, "
        f"p99 {thread.percentile(0.99) / child.percentile(0.99):.1f}"
    )


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100))
