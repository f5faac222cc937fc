"""A round of polls: many at once, none held up by another, written down together, ended cleanly whatever happens."""

import asyncio
import contextlib

import pytest

from bot.services import rounds
from bot.services.rounds import Round
from bot.services.visits import Visit
from storage import Unavailable
from storage.types import PollResult
from tests.bot.services.test_rhythms import a_source
from tests.factories import NOON


class Desk:
    """Sources that are due, and what became of them; as an ordinary implementation of what a round needs."""

    def __init__(self, count, *, hosts=None):
        self.due = [a_source(n, address=f"https://site{n % (hosts or count or 1)}.example/{n}") for n in range(count)]
        self.is_closing = False
        self.recorded, self.batches, self.postponed, self.claims = [], [], [], 0
        self.running = self.most = 0

    async def claim(self, limit):
        self.claims += 1
        claimed, self.due = self.due[:limit], self.due[limit:]
        return claimed

    async def visit(self, source):
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            return await self.ask(source)
        finally:
            self.running -= 1

    async def ask(self, source):
        await asyncio.sleep(0)
        return Visit(source, PollResult(NOON, NOON), brought=0)

    async def record(self, visits):
        self.batches.append(len(visits))
        self.recorded += [visit.source.source_id for visit in visits]

    async def put_off(self, sources):
        self.postponed += [source.source_id for source in sources]


async def test_all_are_polled_once_many_at_once_and_written_down_in_few_batches():
    desk = Desk(2000)
    assert await Round(desk).run() == 2000
    assert sorted(desk.recorded) == list(range(2000))
    assert desk.most == rounds.AT_ONCE
    assert len(desk.batches) < 2000 / 50
    assert desk.claims < 2000 / 50


async def test_nothing_due_is_nothing_done():
    desk = Desk(0)
    assert await Round(desk).run() == 0
    assert (desk.claims, desk.batches) == (1, [])


async def test_a_slow_source_holds_up_only_itself():
    desk, is_answered = Desk(1000), asyncio.Event()
    quick = desk.ask

    async def ask(source):
        if source.source_id == 0:
            await is_answered.wait()
        return await quick(source)

    desk.ask = ask
    polling = asyncio.create_task(Round(desk).run())
    async with asyncio.timeout(20):
        while len(desk.recorded) < 999:  # while the slow one is waited for
            await asyncio.sleep(0.01)
    is_answered.set()
    assert await polling == 1000
    assert desk.recorded[-1] == 0


async def test_what_becomes_due_while_a_slow_source_is_waited_for_is_polled(monkeypatch):
    monkeypatch.setattr(rounds, "CLAIMED_EVERY", 0.01)
    monkeypatch.setattr(rounds, "WRITTEN_EVERY", 0.01)
    desk, is_answered = Desk(1), asyncio.Event()
    quick = desk.ask

    async def ask(source):
        if source.source_id == 0:
            await is_answered.wait()
        return await quick(source)

    desk.ask = ask
    polling = asyncio.create_task(Round(desk).run())
    await asyncio.sleep(0.05)
    desk.due = [a_source(5)]
    async with asyncio.timeout(20):
        while desk.recorded != [5]:
            await asyncio.sleep(0.01)
    is_answered.set()
    assert await polling == 2


async def test_of_five_hundred_feeds_on_one_host_two_are_asked_at_once_and_the_rest_later():
    """FAULTS 25."""
    desk = Desk(500, hosts=1)
    desk.due += [a_source(1000 + n) for n in range(10)]
    polled = await Round(desk).run()
    assert desk.most <= rounds.PER_HOST + 10
    assert polled == len(desk.recorded) == 510 - len(desk.postponed)
    assert set(range(1000, 1010)) <= set(desk.recorded)
    assert len(desk.postponed) > 400
    assert sorted(desk.recorded + desk.postponed) == [*range(500), *range(1000, 1010)]


async def test_an_outage_lets_what_has_begun_end_and_is_told_afterwards():
    desk = Desk(1000)
    quick = desk.ask

    async def ask(source):
        if source.source_id == 40:
            raise Unavailable("its server cannot be reached")
        await asyncio.sleep(0.01)
        return await quick(source)

    desk.ask = ask
    with pytest.raises(Unavailable):
        await Round(desk).run()
    assert desk.running == 0
    assert 40 not in desk.recorded
    assert 32 <= len(desk.recorded) <= 2 * rounds.AT_ONCE + 40  # those under way, and none of the others


async def test_an_outage_when_claiming_or_writing_ends_the_round_too():
    for name in ("claim", "record"):
        desk = Desk(300)
        usual = getattr(desk, name)
        calls = iter(range(9))

        async def out(argument, usual=usual, calls=calls):
            if next(calls):
                raise Unavailable("its disk is full")
            return await usual(argument)

        setattr(desk, name, out)
        with pytest.raises(Unavailable):
            await Round(desk).run()
        assert desk.running == 0


async def test_closing_ends_what_has_begun_and_begins_nothing():
    desk = Desk(1000)
    quick = desk.ask

    async def ask(source):
        desk.is_closing = True
        return await quick(source)

    desk.ask = ask
    assert await Round(desk).run() >= rounds.AT_ONCE
    assert len(desk.recorded) <= 2 * rounds.AT_ONCE
    assert desk.running == 0


async def test_a_round_that_is_cancelled_leaves_nobody_running_and_loses_nothing_that_was_polled():
    desk = Desk(1000)
    begun = asyncio.Event()
    polled = []

    async def ask(source):
        if source.source_id >= 100:
            begun.set()
            await asyncio.Event().wait()
        polled.append(source.source_id)
        return Visit(source, PollResult(NOON, NOON))

    desk.ask = ask
    polling = asyncio.create_task(Round(desk).run())
    await begun.wait()
    await asyncio.sleep(0.01)
    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling
    assert desk.running == 0
    assert sorted(desk.recorded) == sorted(polled)


async def test_news_are_told_while_polling_goes_on_and_what_comes_meanwhile_is_told_after_it(monkeypatch):
    monkeypatch.setattr(rounds, "WRITTEN_EVERY", 0.01)
    desk, told, go_on = Desk(300), [], asyncio.Event()

    async def ask(source):
        return Visit(source, PollResult(NOON, NOON), brought=source.source_id in (0, 299))

    async def tell():
        told.append(len(desk.recorded))
        await go_on.wait()

    desk.ask = ask
    polling = asyncio.create_task(Round(desk, tell).run())
    async with asyncio.timeout(20):
        while len(desk.recorded) < 300:
            await asyncio.sleep(0.01)
    assert len(told) == 1  # it is still being told
    go_on.set()
    assert await polling == 300
    assert 1 <= len(told) <= 2


async def test_no_news_are_not_told_and_a_failure_to_tell_stops_no_polls():
    desk, told = Desk(50), []

    async def tell():
        told.append(1)
        raise RuntimeError("a bug")

    await Round(desk, tell).run()
    assert told == []
    desk = Desk(50)
    desk.ask = lambda source: _brought(source)
    assert await Round(desk, tell).run() == 50
    assert len(desk.recorded) == 50
    assert told


async def _brought(source):
    return Visit(source, PollResult(NOON, NOON), brought=1)
