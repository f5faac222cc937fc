"""How late an event loop's timers fire while a hundred feeds are polled, two of them bombs.

    python -m tests.benchmarks.bombs [rounds]

The feeds are served by a process of its own, each from a host of its own; 98 have thirty new articles in every round.
The bombs are bodies within all caps that our parser cannot read in its time: their child is killed. A timer of five
milliseconds ticks meanwhile. Between the rounds the same timer ticks on an idle loop: what the machine itself costs.
How long the loop was busy at a stretch is measured beside, in processor time, which other load does not change.
"""

import asyncio
import asyncio.events
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import leave_alone_what_stays
from storage import SourceKind, Storage
from tests.benchmarks.loop_lag import Lags, articles, measure
from tests.benchmarks.polling import NETWORK, listening_everywhere, polling_of
from tests.benchmarks.report import Report
from tests.benchmarks.serving import serving
from tests.factories import NOON, SERVER

FEEDS, BOMBS, ENTRIES = 98, 2, 30
_IDLE = 3.0  # seconds
_ITEMS = b"<rss version='2.0'><channel><title>bomb</title>" + b"<item/>" * 1_100_000 + b"</channel></rss>"
_JSON = (
    b'{"version":"https://jsonfeed.org/version/1.1","title":"bomb","items":['
    + b'{"id":"1"},' * 690_000
    + b'{"id":"2"}]}'
)


async def main(rounds: int) -> None:
    """Print and write the lags of every round."""
    polled, idle = Lags(), Lags()
    rows: list[list[str]] = []
    with serving("tests.benchmarks.bombs") as port, tempfile.TemporaryDirectory() as folder:
        addresses = [f"http://{ip_address(int(NETWORK[1]) + n)}:{port}/{n}" for n in range(FEEDS + BOMBS)]
        database = f"sqlite+aiosqlite:///{Path(folder) / 'bombs.sqlite3'}"
        async with polling_of(database, []) as (polling, clock):
            storage = Storage(database)
            leave_alone_what_stays()
            for number in range(1, rounds + 1):
                clock.wind(days=1)
                await make_due(storage, addresses)
                lags = Lags()
                with steps() as busy:
                    await measure(lags, polling.poll_due)
                await measure(idle, lambda: asyncio.sleep(_IDLE))
                polled.late += lags.late
                rows.append([str(number), f"{lags.took:.1f}", *figures(lags), f"{1000 * max(busy):.1f}"])
                print(rows[-1], flush=True)
            await check(storage, addresses, rounds)
            await storage.close()
    with Report("bombs", "Event-loop lag while feeds are polled, two of them bombs") as report:
        report.say(
            f"{FEEDS} feeds of {ENTRIES} new articles in every round, and {BOMBS} bombs of "
            f"{len(_ITEMS) / 1e6:.1f} and {len(_JSON) / 1e6:.1f} MB that no child reads in its time; SQLite."
        )
        rows += [["all", "", *figures(polled), ""], ["idle loop", "", *figures(idle), ""]]
        report.table(["round", "seconds", "p99, ms", "p99.9, ms", "max, ms", "longest step, ms of processor"], rows)


@contextmanager
def steps() -> Iterator[list[float]]:
    """Seconds of processor time of every step that the event loop makes meanwhile."""
    spent: list[float] = [0.0]
    handles: Any = asyncio.events.Handle
    run = handles._run

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        run(handle)
        spent.append(time.thread_time() - began)

    handles._run = timed
    try:
        yield spent
    finally:
        handles._run = run


def figures(lags: Lags) -> list[str]:
    """The lags in milliseconds."""
    return [f"{1000 * late:.1f}" for late in (lags.percentile(0.99), lags.percentile(0.999), max(lags.late))]


async def make_due(storage: Storage, addresses: list[str]) -> None:
    """Have all sources polled in the next round, the bombs first."""
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        followed = {each.label for each in await tx.sources.list_subscriptions(SERVER)}
        for number, address in enumerate(addresses):
            source = await tx.sources.ensure(SourceKind.FEED, address, title=address, now=NOON)
            if address not in followed:
                await tx.sources.subscribe(SERVER, source.source_id, address, NOON)
            await tx.sources.put_off([(source.source_id, NOON + timedelta(minutes=number < FEEDS))])


async def check(storage: Storage, addresses: list[str], rounds: int) -> None:
    """The bombs were bombs, and all else came in."""
    async with storage.reading() as tx:
        found = [await tx.sources.find(address) for address in addresses]
        stored = await tx.arrivals.count(found[0].source_id if found[0] else 0, NOON, NOON)
    errors = [source.last_error if source else "lost" for source in found]
    assert all(error and "too long" in error for error in errors[FEEDS:]), errors[FEEDS:]
    assert not any(errors[:FEEDS]), errors[:FEEDS]
    assert stored[1] == rounds * ENTRIES, stored


async def serve() -> None:
    """Answer until killed: at every request, other articles."""
    texts = [request.text for request in articles(300)]
    asked: dict[str, int] = {}

    async def answer(request: web.BaseRequest) -> web.Response:
        number = int(request.path.strip("/"))
        asked[request.path] = asked.get(request.path, 0) + 1
        if number >= FEEDS:
            return web.Response(body=_ITEMS if number == FEEDS else _JSON)
        return web.Response(text=feed(number, asked[request.path], texts), content_type="application/rss+xml")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    sock = listening_everywhere()
    await web.SockSite(runner, sock).start()
    print(sock.getsockname()[1], flush=True)
    await asyncio.Event().wait()


def feed(number: int, edition: int, texts: list[str]) -> str:
    """A feed of whole texts that no other feed has, all new."""
    items = [
        f"<item><title>Report {edition}.{n} of {number}</title><guid>{edition}-{n}</guid>"
        f"<description>In report {edition}.{n} of {number}: {texts[(37 * number + 11 * edition + n) % len(texts)]}"
        "</description></item>"
        for n in range(ENTRIES)
    ]
    return f"<rss version='2.0'><channel><title>Feed {number}</title>{''.join(items)}</channel></rss>"


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        asyncio.run(serve())
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4))
