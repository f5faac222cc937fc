"""How soon an interaction is acknowledged while 200 articles are being briefed.

    python -m tests.benchmarks.acknowledge [articles]

The bot runs in a process of its own against a Discord on loopback. Members of several servers, each within their
quota, send it links to pages of thirty sentences; while these are fetched, parsed and briefed, `/news latest` is asked
for again and again. Discord gives up after three seconds.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bot.app import PERMISSIONS
from bot.services.quotas import OF_A_MEMBER, OF_A_SERVER
from tests.benchmarks.loop_lag import articles
from tests.benchmarks.report import Report
from tests.servers import Reply, Site, serving
from tests.wire.fakediscord import FakeDiscord
from tests.wire.interactions import Answer
from tests.wire.running import running
from tests.wire.world import MEMBER, Channel, Guild, User

_PAUSE = 0.1  # seconds between two questions
_LONGEST = 300.0  # seconds for all articles
_AT_ONCE = 20  # links that members send in one moment, then a pause
_SETTINGS = {"DATELINE_FETCH_ALLOW_NETWORKS": "127.0.0.0/8"}


def pages(count: int) -> dict[str, Reply]:
    """Invented articles, each at a path of its own."""
    return {f"/{at}": _page(at, request.text) for at, request in enumerate(articles(count))}


def _page(at: int, text: str) -> Reply:
    head = f"<html lang='en'><head><title>Report {at} from Norrby</title></head>"
    return Reply(f"{head}<body><article><h1>Report {at} from Norrby</h1><p>{text}</p></article></body></html>")


async def main(count: int) -> None:
    """Print and write the latencies."""
    with tempfile.TemporaryDirectory() as home:
        async with FakeDiscord() as fake, serving(pages(count)) as site, running(fake, Path(home), _SETTINGS) as bot:
            await fake.ready(timeout=60)
            await fake.until(lambda: "watching sources and digests" in bot.output, 60, "the services")
            asked, probes, took = await under_load(fake, site, count)
    briefed = sum("from Norrby" in answer.text for answer in asked)
    with Report("acknowledge", "Interactions while articles are briefed") as report:
        report.say(
            f"{count} links briefed in {took:.0f} s by the real process; acknowledged in milliseconds (2 cores)."
        )
        report.table(
            ["interaction", "count", "median", "99th percentile", "slowest"],
            [["/brief link", *_latencies(asked)], ["/news latest meanwhile", *_latencies(probes)]],
        )
        report.say(f"{briefed} of {count} were answered with a brief.")


async def under_load(fake: FakeDiscord, site: Site, count: int) -> tuple[list[Answer], list[Answer], float]:
    """Ask for all briefs and, until the last is there, for the latest news; returns both and the seconds it took."""
    desks = list(_desks(fake, -(-count // OF_A_MEMBER.most)))
    await asyncio.sleep(1)
    started = time.monotonic()
    asked: list[Answer] = []
    probes: list[Answer] = []

    async def ask() -> None:
        for at in range(count):
            asked.append(await fake.run_command(*desks[at % len(desks)], "brief", {"link": site.url(f"/{at}")}))
            if at % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(_PAUSE)
        await asyncio.gather(*(answer.final(_LONGEST) for answer in asked))

    asking = asyncio.create_task(ask())
    while not asking.done():
        probes.append(await fake.run_command(*desks[0], "news latest", {}))
        await asyncio.sleep(_PAUSE)
    await asking
    await asyncio.gather(*(answer.final(30) for answer in probes))
    return asked, probes, time.monotonic() - started


def _desks(fake: FakeDiscord, members: int) -> Iterator[tuple[Guild, Channel, User]]:
    """A server, channel and member each, as many members in a server as its quota serves."""
    in_a_server = OF_A_SERVER.most // OF_A_MEMBER.most
    for at in range(members):
        if at % in_a_server == 0:
            guild = fake.add_guild(f"Norrby {at}", bot_permissions=PERMISSIONS.value)
            news = fake.add_channel(guild, "news")
        yield guild, news, fake.add_member(guild, f"member {at}", permissions=MEMBER)


def _latencies(answers: list[Answer]) -> list[object]:
    known = sorted(answer.latency for answer in answers if answer.latency is not None)
    assert len(known) == len(answers), "an interaction was never acknowledged"
    shown = (known[len(known) // 2], known[int(0.99 * (len(known) - 1))], known[-1])
    return [len(known), *(f"{seconds * 1000:.0f}" for seconds in shown)]


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
