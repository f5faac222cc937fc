"""A fetcher for tests: 127.9.9.0/24 plays the public internet, names are looked up in a table."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.ingest.web.addresses import AddressPolicy, parse_networks
from bot.ingest.web.fetcher import Fetcher, FetchLimits
from tests.conftest import NOON
from tests.fakes import FakeClock

SMALL = FetchLimits(body=100_000, redirects=5, per_host=2, pause=timedelta(0))
HASTY = replace(SMALL, total=timedelta(seconds=0.6))
"""For servers that never come to an end; with others a busy machine would decide the test."""
LOCAL = parse_networks("127.9.9.0/24")


class FakeNames(AbstractResolver):
    """A resolver that gives each name's answers in turn, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): turns for name, turns in answers.items()}

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        if host not in self.answers:
            raise OSError(None, "no such name")
        turns = self.answers[host]
        addresses = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=_family(address), proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        return None


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


@asynccontextmanager
async def fetching(
    limits: FetchLimits = SMALL, resolver: FakeNames | None = None, clock: FakeClock | None = None
) -> AsyncIterator[Fetcher]:
    """A fetcher that is closed at the end."""
    now = (clock or FakeClock(NOON)).now
    fetcher = Fetcher(AddressPolicy(LOCAL), user_agent="Dateline/test", limits=limits, resolver=resolver, now=now)
    try:
        yield fetcher
    finally:
        await fetcher.close()


@dataclass
class Canary:
    """A port on what must never be connected to, and how often it was."""

    port: int = 0
    connections: int = 0


@asynccontextmanager
async def canary(port: int = 0) -> AsyncIterator[Canary]:
    """A port of 127.0.0.1 and, where there is one, of ::1 that notices whoever connects, even without a request."""
    bird = Canary()

    def noticed(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        bird.connections += 1
        writer.transport.abort()

    async with await asyncio.start_server(noticed, "127.0.0.1", port) as server:
        bird.port = server.sockets[0].getsockname()[1]
        async with AsyncExitStack() as stack:
            with suppress(OSError):  # a machine without IPv6
                await stack.enter_async_context(await asyncio.start_server(noticed, "::1", bird.port))
            yield bird
            await asyncio.sleep(0)
