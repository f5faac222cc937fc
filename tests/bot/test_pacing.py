"""Requests leave under Discord's global limit, in turns (FAULTS 34)."""

import asyncio
import random

from bot.pacing import PER_SECOND, Pace


async def order_of(pace: Pace, keys: list[str]) -> list[str]:
    """In which order requests with these keys are let through."""
    order: list[str] = []

    async def ask(key: str) -> None:
        async with pace.turn(key):
            order.append(key)

    await asyncio.gather(*(ask(key) for key in keys))
    return order


async def test_no_second_at_the_other_end_holds_more_than_the_limit():
    """Whatever time each request is on its way there and back."""
    pace, clock, arrivals = Pace(), asyncio.get_running_loop().time, []

    async def ask() -> None:
        async with pace.turn("server"):
            await asyncio.sleep(0.05 + random.uniform(0, 0.03))
            arrivals.append(clock())
            await asyncio.sleep(0.05 + random.uniform(0, 0.03))

    await asyncio.gather(*(ask() for _ in range(3 * PER_SECOND)))
    arrivals.sort()
    apart = [later - earlier for earlier, later in zip(arrivals, arrivals[PER_SECOND:], strict=False)]
    assert min(apart) > 1


async def test_servers_take_turns():
    order = await order_of(Pace(), ["large"] * 20 + ["small"] * 2 + ["tiny"])
    assert order[:5] == ["large", "small", "tiny", "large", "small"]
    assert order.count("large") == 20


async def test_requests_without_an_answer_keep_no_others_back():
    pace, stuck = Pace(per_second=4), asyncio.Event()

    async def hang(number: int) -> None:
        async with pace.turn(number):
            await stuck.wait()

    hanging = [asyncio.create_task(hang(number)) for number in range(4)]
    assert await order_of(pace, ["other"]) == ["other"]
    stuck.set()
    await asyncio.gather(*hanging)


async def test_who_does_not_wait_any_more_costs_nothing():
    pace = Pace(per_second=2)
    waiting = [asyncio.create_task(order_of(pace, ["a"])) for _ in range(10)]
    await asyncio.sleep(0)
    for task in waiting[1:]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await order_of(pace, ["b"]) == ["b"]
