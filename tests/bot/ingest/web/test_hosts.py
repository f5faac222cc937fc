"""Rest and pauses of hosts, by a clock wound by hand, in bounded memory."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import HostRests
from bot.ingest.web.hosts import Hosts
from tests.fakes import FakeClock


def test_the_longest_rest_asked_for_holds() -> None:
    clock = FakeClock()
    hosts = Hosts(2, clock.now)
    hosts.rest("example.org", timedelta(minutes=10), 503)
    hosts.rest("example.org", timedelta(minutes=1), 429)
    clock.wind(minutes=9)
    with pytest.raises(HostRests, match="until 20 November 12:10 UTC") as rests:
        hosts.check("example.org")
    assert (rests.value.status, rests.value.retry_after) == (503, timedelta(minutes=1))
    hosts.check("example.net")
    clock.wind(minutes=1)
    hosts.check("example.org")


def test_of_too_many_hosts_at_rest_those_that_are_ready_first_are_forgotten() -> None:
    """FAULTS case 23: a redirecting attacker may name any number of hosts."""
    hosts = Hosts(2, FakeClock().now)
    for number in range(10_050):
        hosts.rest(f"h{number}.example", timedelta(minutes=1 + number), 429)
    for number in range(50):
        hosts.check(f"h{number}.example")
    with pytest.raises(HostRests):
        hosts.check("h50.example")


async def test_who_comes_at_once_is_spread_and_who_comes_late_does_not_wait() -> None:
    hosts, loop = Hosts(2, FakeClock().now), asyncio.get_running_loop()
    started = loop.time()
    await asyncio.gather(*(hosts.pause("example.org", timedelta(seconds=0.1)) for _ in range(4)))
    assert loop.time() - started >= 0.29
    await hosts.pause("example.net", timedelta(hours=1))  # the first page of a host waits for none


async def test_a_turn_is_of_one_host() -> None:
    hosts = Hosts(1, FakeClock().now)
    turn = hosts.turn("example.org")
    async with turn:
        assert hosts.turn("example.org").locked()
        assert not hosts.turn("example.net").locked()
