"""Requests leave under Discord's global limit, in turns (FAULTS 34)."""

import asyncio
import itertools

from bot.pacing import PER_SECOND, Pace


async def released(pace: Pace, keys: list[str]) -> list[str]:
    """In which order requests with these keys are let through."""
    order: list[str] = []

    async def ask(key: str) -> None:
        await pace.turn(key)
        order.append(key)

    await asyncio.gather(*(ask(key) for key in keys))
    return order


async def test_no_second_holds_more_than_the_limit():
    pace, clock, times = Pace(), asyncio.get_running_loop().time, []

    async def ask() -> None:
        await pace.turn("server")
        times.append(clock())

    await asyncio.gather(*(ask() for _ in range(2 * PER_SECOND + 1)))
    apart = [later - earlier for earlier, later in zip(times, times[PER_SECOND:], strict=False)]
    assert min(apart) > 1


async def test_servers_take_turns():
    order = await released(Pace(per_second=1000), ["large"] * 20 + ["small"] * 2 + ["tiny"])
    assert order[:5] == ["large", "small", "tiny", "large", "small"]
    assert order.count("large") == 20


async def test_who_does_not_wait_any_more_costs_nothing():
    pace = Pace(per_second=1000)
    waiting = [asyncio.create_task(pace.turn(key)) for key in itertools.repeat("a", 10)]
    await asyncio.sleep(0)
    for task in waiting[1:]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await pace.turn("b")
