"""Ten thousand sources that answer "not modified": our polls, and beside them a bare loop of the same requests.

    python -m tests.benchmarks.polling [sources [rounds]]

The server is a process of its own on loopback, every source has a host of its own, and connections are not kept open.
Our side claims sources in SQLite, asks with their validators, works out when each is due next and writes it down. The
bare loop has aiohttp send the same requests, as many at once, and nothing else. Both take turns in one process.
"""

import asyncio
import gc
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path

import aiohttp

from bot.ingest.parsers import Parsers
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from bot.services.intake import Intake
from bot.services.polling import Polling
from bot.services.rounds import AT_ONCE
from storage import SourceKind, Storage
from storage.types import PollResult
from tests.benchmarks.report import Report
from tests.benchmarks.serving import serving
from tests.factories import NOON, SERVER
from tests.fakes import FakeClock

NETWORK = ip_network("127.64.0.0/10")
_ETAG = '"1"'
_ANSWER = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nConnection: close\r\n\r\n'
_IMPORTED_AT_ONCE = 1000


async def main(count: int, rounds: int) -> None:
    """Print and write the rates of both, and the memory of the process over the rounds."""
    with serving("tests.benchmarks.polling") as port, tempfile.TemporaryDirectory() as folder:
        addresses = [f"http://{ip_address(int(NETWORK[1]) + n)}:{port}/feed" for n in range(count)]
        async with polling_of(f"sqlite+aiosqlite:///{Path(folder) / 'polling.sqlite3'}", addresses) as (polling, clock):
            rows: list[list[str]] = []
            for number in range(1, rounds + 1):
                clock.wind(days=1)  # everything is due
                ours = await rates(polling.poll_due(), count)
                bare = await rates(ask_all(addresses), count)
                shares = [f"{mine / theirs:.2f}" for mine, theirs in zip(ours, bare, strict=True)]
                rows.append([str(number), f"{ours[0]:.0f}", f"{bare[0]:.0f}", *shares, f"{resident():.0f}"])
                print(rows[-1], flush=True)
    with Report("polling", "Polls of sources that have nothing new") as report:
        report.say(
            f"{count:,} sources on as many hosts, all answering 304 from loopback, {AT_ONCE} at once, SQLite; the bare "
            "loop is aiohttp with the same requests and nothing else, in the same process, taking turns. The share by "
            "processor time is the one that other load on the machine does not change."
        )
        header = ["round", "our polls a second", "bare requests a second", "share", "by processor time", "process, MB"]
        report.table(header, rows)
        by_clock, by_processor = (sorted(float(row[column]) for row in rows)[len(rows) // 2] for column in (3, 4))
        report.say(f"Medians: a share of {by_clock:.2f}, by processor time {by_processor:.2f}.")


async def rates(work: Awaitable[int], count: int) -> tuple[float, float]:
    """How many a second, by the clock and by the processor's time; the work says how many it did."""
    gc.collect()
    started, spent = time.perf_counter(), time.process_time()
    done = await work
    assert done == count, f"{done} of {count}"
    return count / (time.perf_counter() - started), count / (time.process_time() - spent)


async def ask_all(addresses: list[str]) -> int:
    """Only the requests, by as many workers as polling has."""
    waiting, answered = iter(addresses), 0

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal answered
        for address in waiting:
            async with session.get(address, headers={"If-None-Match": _ETAG}) as response:
                await response.read()
                answered += response.status == 304

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(work(session) for _ in range(AT_ONCE)))
    return answered


@asynccontextmanager
async def polling_of(database: str, addresses: list[str]) -> AsyncIterator[tuple[Polling, FakeClock]]:
    """Polling over sources that were read before, each followed by a server."""
    storage, clock, parsers = Storage(database), FakeClock(NOON), Parsers()
    fetcher = Fetcher(AddressPolicy([NETWORK]), user_agent="Dateline measurement")
    await storage.open()
    for start in range(0, len(addresses), _IMPORTED_AT_ONCE):
        await add(storage, addresses[start : start + _IMPORTED_AT_ONCE])
    intake = Intake(storage, fetcher, parsers, clock)
    shortest = timedelta(minutes=5)
    try:
        yield Polling(storage, fetcher, parsers, intake, clock, owner="measured", interval=shortest), clock
    finally:
        await fetcher.close()
        await parsers.close()
        await storage.close()


async def add(storage: Storage, addresses: list[str]) -> None:
    """Sources with a validator, due at once."""
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        for address in addresses:
            source = await tx.sources.ensure(SourceKind.FEED, address, title=address, now=NOON)
            await tx.sources.subscribe(SERVER, source.source_id, address, NOON)
            result = PollResult(NOON, NOON, etag=_ETAG, body_hash="0" * 64, per_day=5.0)
            await tx.sources.record_polls([(source.source_id, result)])


def resident() -> float:
    """Megabytes of memory that this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


class _NotModified(asyncio.Protocol):
    """Answers one request with 304, whatever it is, and closes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if self._seen.endswith(b"\r\n\r\n"):
            assert isinstance(self._transport, asyncio.WriteTransport)
            self._transport.write(_ANSWER)
            self._transport.close()


def listening_everywhere() -> socket.socket:
    """A socket on all addresses of the loopback device, and of no other."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
    listening.bind(("0.0.0.0", 0))
    return listening


async def serve() -> None:
    """Answer until killed."""
    listening = listening_everywhere()
    server = await asyncio.get_running_loop().create_server(_NotModified, sock=listening, backlog=1024)
    print(listening.getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        counts = [int(text) for text in sys.argv[1:]]
        asyncio.run(main(*(counts + [10_000, 5][len(counts) :])))
