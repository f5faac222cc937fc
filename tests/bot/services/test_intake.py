"""Links, files, pastes and polled feeds become stored articles; what cannot be used is refused in words."""

from datetime import timedelta
from ipaddress import ip_network

import pytest

from bot.errors import ContentRefused, DigestError, FetchRefused
from bot.ingest.parsers import Parsers
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from bot.ingest.web.urls import canonical_url
from bot.services.following import Following
from bot.services.intake import Intake
from bot.services.polling import Polling
from storage import NotFound
from storage.types import Audience
from tests.factories import NOON, OTHER_SERVER, SERVER
from tests.fakes import FakeClock
from tests.servers import Reply, serving

STORY = (
    "The ferry between the islands sailed again on Monday after four weeks in dock. "
    "Divers had found a bent propeller shaft, the company said. "
    "About 900 passengers a day had to take the longer way over the bridge. "
    "Tickets that were bought for the cancelled sailings stay valid until March. "
)
PAGE = (
    "<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>"
    f"<p>{STORY}</p><p>{STORY} It was late.</p></article></body></html>"
)


def feed(*items: str, title: str = "Island Post") -> str:
    return f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"


def item(subject: str, text: str | None = None, link: str | None = None) -> str:
    link = link or f"https://island.example/{subject}"
    text = text or STORY.replace("ferry", subject) * 2
    return f"<item><title>{subject}</title><link>{link}</link><description>{text}</description></item>"


class Desk:
    """The services around intake, over real sockets and child processes."""

    def __init__(self, storage, parsers):
        self.storage, self.clock = storage, FakeClock(NOON)
        policy = AddressPolicy([ip_network("127.9.9.0/24")])
        self.fetcher = Fetcher(policy, user_agent="Dateline tests")
        self.intake = Intake(storage, self.fetcher, parsers, self.clock)
        self.polling = Polling(
            storage, self.fetcher, parsers, self.intake, self.clock, owner="me", interval=timedelta(minutes=15)
        )
        self.following = Following(storage, self.fetcher, parsers, self.polling, self.clock)

    async def titles(self, audience):
        async with self.storage.reading() as tx:
            return {article.title for article in await tx.articles.list_latest(audience, 100)}

    async def follow(self, address, server=SERVER, label=None):
        return await self.following.follow(server, await self.following.look(address), label)

    async def source(self, subscription):
        async with self.storage.reading() as tx:
            return await tx.sources.get(subscription.source.source_id)


@pytest.fixture
async def desk(storage):
    parsers = Parsers()
    made = Desk(storage, parsers)
    yield made
    await made.fetcher.close()
    await parsers.close()


async def test_a_link_is_kept_for_the_server_that_asked(desk):
    async with serving({"/ferry": Reply(PAGE)}) as site:
        article = await desk.intake.link(site.url("/ferry"), Audience(server_id=SERVER))
    assert "bent propeller shaft" in article.text
    assert article.title == "Ferry sails again"
    assert await desk.titles(Audience(server_id=OTHER_SERVER)) == set()
    assert await desk.titles(Audience(server_id=SERVER)) == set()  # handed in, not news of a source


@pytest.mark.parametrize(
    ("path", "sentence"), [("/gone", "404|no page"), ("/empty", "no article|text"), ("/loop", "redirect")]
)
async def test_links_that_lead_nowhere_are_refused_and_nothing_is_stored(desk, path, sentence):
    replies = {"/empty": Reply("<html><body></body></html>"), "/loop": Reply("", 302, {"Location": "/loop"})}
    async with serving(replies) as site:
        with pytest.raises((FetchRefused, ContentRefused), match=sentence):
            await desk.intake.link(site.url(path), Audience(server_id=SERVER))
    assert await desk.titles(Audience(server_id=SERVER)) == set()


async def test_private_addresses_are_refused(desk):
    for link in ("http://127.0.0.1/", "http://169.254.169.254/latest", "http://[::1]/", "file:///etc/passwd"):
        with pytest.raises(FetchRefused):
            await desk.intake.link(link, Audience(server_id=SERVER))


async def test_pastes_and_files(desk):
    audience = Audience(server_id=SERVER)
    pasted = await desk.intake.text(STORY, audience)
    (uploaded,) = (await desk.intake.file("ferry.txt", STORY.encode(), audience)).articles
    assert uploaded.article_id == pasted.article_id
    with pytest.raises(ContentRefused, match="empty"):
        await desk.intake.text(" \n ", audience)
    with pytest.raises(ContentRefused, match="longer"):
        await desk.intake.text("x" * 2_000_001, audience)
    with pytest.raises(ContentRefused, match="damaged"):
        await desk.intake.file("ferry.txt", b"PK\x03\x04\x00\x00" * 50, audience)


async def test_a_feed_cannot_put_its_text_under_the_address_of_another_site(desk):
    fake, real = item("bank", "Send all your money. " * 30, "https://bank.example/1"), STORY * 3
    async with serving({"/feed": Reply(feed(fake))}, host="127.9.9.1") as evil:
        await desk.follow(evil.url("/feed"), OTHER_SERVER)
        async with serving({}, host="127.9.9.2") as bank:
            link = bank.url("/1")
            bank.replies["/feed"] = Reply(feed(item("bank", real, link)))
            evil.replies["/feed"] = Reply(feed(item("bank", "Send all your money. " * 30, link)))
            (source,) = await desk.following.list_all(OTHER_SERVER)
            await desk.polling.poll(await desk.source(source))
            await desk.follow(bank.url("/feed"))
    async with desk.storage.reading() as tx:
        (article,) = await tx.articles.list_latest(Audience(server_id=SERVER), 9)
    assert "money" not in article.text


@pytest.mark.parametrize("claimed", ["https://bank.example/1", "https://island.example.evil.example/1"])
async def test_a_page_cannot_pass_for_the_article_of_another_site(desk, claimed):
    page = PAGE.replace("<head>", f'<head><link rel="canonical" href="{claimed}">')
    async with serving({"/ferry": Reply(page)}) as site:
        found = await desk.intake.read_link(site.url("/ferry"))
        own = PAGE.replace("<head>", f'<head><link rel="canonical" href="{site.url("/sails-again")}">')
        site.replies["/ferry"] = Reply(own)
        believed = await desk.intake.read_link(site.url("/ferry"))
    assert found.url == canonical_url(site.url("/ferry"))
    assert believed.url == canonical_url(site.url("/sails-again"))


async def test_an_address_that_several_entries_share_identifies_none_of_them(desk):
    entries = [item("ferry", link="https://island.example/"), item("bridge", link="https://island.example/")]
    async with serving({"/feed": Reply(feed(*entries))}) as site:
        subscription = await desk.follow(site.url("/feed"))
        await desk.polling.poll(await desk.source(subscription))
    assert await desk.titles(Audience(server_id=SERVER)) == {"ferry", "bridge"}


async def test_a_temporary_redirect_does_not_become_the_sources_address(desk):
    moved = {"/r": Reply("", 302, {"Location": "/feed?key=1"}), "/feed?key=1": Reply(feed(item("ferry")))}
    async with serving(moved) as site:
        assert (await desk.following.look(site.url("/r"))).address == site.url("/r")


async def test_the_feed_of_a_site_is_discovered(desk):
    links = "".join(f"<link rel=alternate type=application/rss+xml href={path}>" for path in ("/gone", "/feed"))
    front = f"<html><head>{links}</head><body>Welcome</body></html>"
    async with serving({"/": Reply(front), "/feed": Reply(feed(item("ferry"))), "/plain": Reply(PAGE)}) as site:
        found = await desk.following.look(site.url("/"))
        assert (found.address, found.title) == (site.url("/feed"), "Island Post")
        assert (await desk.following.look(site.url("/plain"))).address == site.url("/feed")
        del site.replies["/feed"]
        with pytest.raises(ContentRefused, match="announces no feed"):
            await desk.following.look(site.url("/plain"))


async def test_following_twice_and_taken_labels_are_refused_in_words(desk):
    async with serving({"/a": Reply(feed(item("ferry"))), "/b": Reply(feed(item("bridge")))}) as site:
        await desk.follow(site.url("/a"), label="Island")
        with pytest.raises(DigestError, match="already, as “Island”"):
            await desk.follow(site.url("/a"), label="Other")
        with pytest.raises(DigestError, match="labelled “ISLAND” already"):
            await desk.follow(site.url("/b"), label="ISLAND")
    assert [s.label for s in await desk.following.list_all(SERVER)] == ["Island"]


async def test_removed_sources_are_of_no_more_use_to_the_server(desk):
    async with serving({"/feed": Reply(feed(item("ferry")))}) as site:
        subscription = await desk.follow(site.url("/feed"))
    source_id = subscription.source.source_id
    with pytest.raises(NotFound):
        await desk.following.remove(OTHER_SERVER, source_id)
    await desk.following.remove(SERVER, source_id)
    assert await desk.titles(Audience(server_id=SERVER)) == set()
    assert await desk.titles(Audience(operator=True)) == {"ferry"}
    desk.clock.wind(days=1)
    assert await desk.polling.poll_due() == 0


async def test_the_text_of_a_page_can_be_read_without_being_kept(desk):
    async with serving({"/ferry.txt": Reply(STORY, content_type="text/plain")}) as site:
        assert (await desk.intake.read_link(site.url("/ferry.txt"))).text.strip() == STORY.strip()
    assert await desk.titles(Audience(operator=True)) == set()
