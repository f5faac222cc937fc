"""Whatever fetches, fetches through the one door: every way in, led to an address that is not public."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.assembly import Library, open_library
from bot.errors import DigestError
from bot.incoming import Incoming
from bot.services.following import Following
from bot.services.importing import Importing
from bot.services.polling import Polling
from bot.settings import Settings
from storage.types import Audience
from tests.factories import SERVER
from tests.fakes import FakeClock
from tests.fetching import canary
from tests.servers import Reply, Site, serving


@dataclass(frozen=True)
class House:
    """All that fetches, wired as in the bot, and a public site that says what a test wants."""

    library: Library
    polling: Polling
    following: Following
    importing: Importing
    site: Site


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    settings = Settings(home=tmp_path, fetch_allow_networks=(ip_network("127.9.9.0/24"),))
    async with open_library(settings, FakeClock()) as library, serving({}) as site:
        parts = library.storage, library.fetcher, library.parsers
        polling = Polling(*parts, library.intake, library.clock, owner="me", interval=timedelta(minutes=15))
        following = Following(*parts, polling, library.clock)
        yield House(library, polling, following, Importing(*parts, library.clock), site)
        polling.close()


def feed(title: str, link: str) -> Reply:
    item = f"<item><title>{title}</title><link>{link}</link><description>Again, after all.</description></item>"
    return Reply(f"<rss version='2.0'><channel><title>Post</title>{item}</channel></rss>")


async def link(house: House, address: str) -> None:
    """`/brief link`."""
    await house.library.intake.link(address, Audience(server_id=SERVER))


async def preview(house: House, address: str) -> None:
    """`/source add`."""
    await house.following.look(address)


async def announced_feed(house: House, address: str) -> None:
    """`/source add` of a page that announces a feed there."""
    head = f"<link rel='alternate' type='application/rss+xml' href='{address}'>"
    house.site.replies["/page"] = Reply(f"<html><head>{head}</head><body><p>News</p></body></html>")
    await house.following.look(house.site.url("/page"))


async def polled_feed(house: House, address: str) -> None:
    """A source that once was elsewhere."""
    await _poll_then(house, Reply("", 302, {"Location": address}))


async def page_of_an_entry(house: House, address: str) -> None:
    """The page behind a teaser."""
    await _poll_then(house, feed("Bridge opens", address))


async def robots_txt(house: House, address: str) -> None:
    """What is asked before the page behind a teaser."""
    house.site.replies["/robots.txt"] = Reply("", 302, {"Location": address})
    await page_of_an_entry(house, house.site.url("/page"))


async def opml(house: House, address: str) -> None:
    """`/source import` of an address."""
    await house.importing.read_address(address)


async def command_line(house: House, address: str) -> None:
    """`dateline ingest`."""
    await Incoming(house.library).read(address)


async def _poll_then(house: House, reply: Reply) -> None:
    """Follow a feed, and poll it when its server has changed its mind."""
    house.site.replies["/feed"] = feed("Ferry sails", house.site.url("/1"))
    subscription = await house.following.follow(SERVER, await house.following.look(house.site.url("/feed")), None)
    house.site.replies["/feed"] = reply
    async with house.library.storage.reading() as tx:
        source = await tx.sources.get(subscription.source.source_id)
    await house.polling.poll(source)


Sink = Callable[[House, str], Awaitable[None]]
SINKS: list[Sink] = [link, preview, announced_feed, polled_feed, page_of_an_entry, robots_txt, opml, command_line]


@pytest.mark.parametrize("sink", SINKS)
async def test_no_way_in_leads_to_what_is_not_public(house: House, sink: Sink) -> None:
    """FAULTS case 6: as what a public address redirects to, and given as it stands."""
    async with canary() as bird:
        house.site.replies["/lure"] = Reply("", 302, {"Location": f"http://127.0.0.1:{bird.port}/inside"})
        for address in (house.site.url("/lure"), f"http://localhost:{bird.port}/inside"):
            with suppress(DigestError):
                await sink(house, address)
        assert "/lure" in house.site.paths  # it was asked for, so what it led to was refused
        assert bird.connections == 0
