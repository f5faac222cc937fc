"""What the one door to the web costs: fetches per second beside a bare aiohttp client that asks the same.

    python -m tests.benchmarks.fetching [requests]

The server is a process of its own on loopback, with as little HTTP as will do. Both clients take turns within one run,
so only the ratio counts.
"""

import asyncio
import gzip
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp

from bot.ingest.web.addresses import AddressPolicy, parse_networks
from bot.ingest.web.fetcher import Fetcher, FetchLimits, Validators
from tests.benchmarks.report import Report

_HOSTS = [f"127.9.9.{number}" for number in range(1, 41)]
_AT_ONCE = 32
_ROUNDS = 7
_PACKED = gzip.compress(b"".join(b"<item><title>Report %d from Norrby</title></item>" % n for n in range(400)))
_ANSWERS = {
    "304": b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\nCache-Control: max-age=900\r\n\r\n',
    "200, 20 KB packed": b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Encoding: gzip\r\n"
    b'ETag: "v1"\r\nContent-Length: %d\r\n\r\n' % len(_PACKED) + _PACKED,
}
_KNOWN = Validators('"v1"')

Fetch = Callable[[str], Awaitable[object]]


class _Server(asyncio.Protocol):
    """Answers whatever is asked with the answer that the path names by its number."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._asked = transport, b""

    def data_received(self, data: bytes) -> None:
        self._asked += data
        while b"\r\n\r\n" in self._asked:
            request, _, self._asked = self._asked.partition(b"\r\n\r\n")
            self._transport.write(list(_ANSWERS.values())[int(request[5:6])])


async def serve() -> None:
    """Listen on one port of all hosts, tell it, and end with the parent."""
    loop = asyncio.get_running_loop()
    port = 0
    for host in _HOSTS:
        port = (await loop.create_server(_Server, host, port)).sockets[0].getsockname()[1]
    print(port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


@asynccontextmanager
async def server() -> AsyncIterator[int]:
    """The port of a server in a process of its own."""
    command = (sys.executable, "-m", "tests.benchmarks.fetching", "serve")
    child = await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdin
    assert child.stdout
    yield int(await child.stdout.readline())
    child.stdin.close()
    await child.wait()


async def rate(fetch: Fetch, urls: list[str]) -> float:
    """Fetches per second."""
    waiting = iter(urls)

    async def work() -> None:
        for url in waiting:
            await fetch(url)

    started = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return len(urls) / (time.perf_counter() - started)


async def main(count: int) -> None:
    """Print and write the rates."""
    policy = AddressPolicy(parse_networks("127.9.9.0/24"))
    fetcher = Fetcher(policy, user_agent="Dateline/bench", limits=FetchLimits(per_host=_AT_ONCE))
    rows = []
    async with server() as port, aiohttp.ClientSession() as session:

        async def bare(url: str) -> None:
            async with session.get(url, headers=_KNOWN.conditions) as response:
                await response.read()

        async def ours(url: str) -> None:
            await fetcher.fetch(url, validators=_KNOWN)

        for number, name in enumerate(_ANSWERS):
            urls = [f"http://{_HOSTS[at % len(_HOSTS)]}:{port}/{number}/feed-{at}.xml" for at in range(count)]
            pairs = [(await rate(bare, urls), await rate(ours, urls)) for _ in range(_ROUNDS)]
            ratios = [own / peer for peer, own in pairs]
            rows.append([name, *(f"{statistics.median(side):,.0f}" for side in zip(*pairs, strict=True)), _of(ratios)])
    await fetcher.close()
    with Report("fetching", "The one door to the web beside a bare client") as report:
        report.say(
            f"{count:,} requests to {len(_HOSTS)} hosts on loopback, {_AT_ONCE} at once, {_ROUNDS} rounds in turns."
        )
        report.table(["answer", "aiohttp alone, per second", "Fetcher, per second", "ratio (lowest to highest)"], rows)


def _of(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


if __name__ == "__main__":
    asyncio.run(serve() if sys.argv[1:] == ["serve"] else main(int(sys.argv[1]) if sys.argv[1:] else 3_000))
