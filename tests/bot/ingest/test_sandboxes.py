"""Good input gets through beside what is too much for its parser."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.errors import ContentRefused
from bot.ingest.parsers import ParseLimits, Parsers
from bot.ingest.sandboxes import Sandbox
from summarizer.errors import CallTimedOut

SECOND = timedelta(seconds=1)
ATTRIBUTES = " ".join(f"a{number}=1" for number in range(300_000))
BOMB = f"<rss><channel><item><description><![CDATA[<p hidden {ATTRIBUTES}>x</p>]]></description></item></channel></rss>"


def feed(title: str) -> bytes:
    return f"<rss><channel><item><title>{title}</title></item></channel></rss>".encode()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    opened = Sandbox("tests.summarizer.echoes", processes=1, memory=1 << 30)
    yield opened
    await opened.close()


async def call(
    sandbox: Sandbox, function: str, *arguments: float, host: str | None, time: timedelta = SECOND
) -> object:
    origin = host and f"https://{host}/feed.xml"
    return await sandbox.call(function, *arguments, body=b"", time=time, origin=origin)


async def test_what_takes_long_waits_apart_with_all_of_its_host_until_that_is_quick_again(sandbox: Sandbox) -> None:
    """FAULTS case 13."""
    quick = await call(sandbox, "pid", host="good.example")
    with pytest.raises(CallTimedOut, match="1 seconds"):
        await call(sandbox, "spin", 30, host="bad.example")
    other = await call(sandbox, "pid", host="good.example")
    apart = await call(sandbox, "pid", host="bad.example")
    again = await call(sandbox, "pid", host="bad.example")
    assert len({quick, other, apart}) == 3  # the first was ended
    assert again == other


async def test_what_takes_longer_than_its_first_part_is_done_all_the_same(sandbox: Sandbox) -> None:
    assert await call(sandbox, "spin", 0.5, host="slow.example") == "dizzy"
    assert await call(sandbox, "spin", 0.5, host=None) == "dizzy"
    assert await call(sandbox, "pid", host=None) == await call(sandbox, "pid", host="good.example")


async def test_no_more_hosts_are_remembered_than_there_is_room_for() -> None:
    sandbox = Sandbox("tests.summarizer.echoes", processes=1, memory=1 << 30, remembered=1)
    brief = timedelta(seconds=0.2)
    for host in ("one.example", "two.example"):
        assert await call(sandbox, "spin", 0.1, host=host, time=brief) == "dizzy"
    quick = await call(sandbox, "pid", host="good.example")
    assert await call(sandbox, "pid", host="one.example") == quick
    assert await call(sandbox, "pid", host="two.example") != quick
    await sandbox.close()


async def test_good_feeds_behind_more_bombs_than_there_are_children_are_read_before_the_first_verdict() -> None:
    """FAULTS case 13, finding 1: 300,000 attributes of one tag keep the HTML parser busy for half a minute."""
    parsers = Parsers(processes=2, limits=ParseLimits(feed_time=timedelta(seconds=2)))
    order: list[str] = []

    async def read(body: bytes, name: str) -> None:
        try:
            await parsers.feed(body, url=f"https://{name}.example/feed.xml")
        except ContentRefused as refusal:
            name += f": {refusal}"
        order.append(name)

    bombs = [asyncio.create_task(read(BOMB.encode(), f"bomb{number}")) for number in range(4)]
    await asyncio.sleep(0)
    goods = [asyncio.create_task(read(feed(f"News {number}"), f"good{number}")) for number in range(20)]
    await asyncio.wait(bombs, return_when=asyncio.FIRST_COMPLETED)
    await parsers.close()
    await asyncio.gather(*bombs, *goods, return_exceptions=True)
    assert set(order[:20]) == {f"good{number}" for number in range(20)}
    assert order[20].endswith("Reading this feed took too long and was stopped.")
