"""From what a member types to a followed source, over real sockets: found, told, kept once, logins kept secret."""

import base64
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network

import pytest
import pytest_asyncio
from aiohttp import web

from bot.errors import AddressRefused, ContentRefused, DigestError, FetchRefused, StatusRefused
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from bot.services.finding import MOST_REQUESTS
from bot.services.following import MOST_SOURCES, Following, Weight
from bot.services.intake import Intake
from bot.services.polling import Polling
from storage import NotFound, SourceKind, Storage
from storage.types import Delivers
from tests.factories import NOON, OTHER_SERVER, SERVER
from tests.fakes import FakeClock
from tests.leaks import a_secret
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

STORY = "The ferry sailed again on Monday after four weeks in dock, the shipping company said. " * 8


def feed(*titles: str, title: str = "Island Post", text: str = STORY) -> Reply:
    items = "".join(
        f"<item><title>{name}</title><link>https://island.example/{name}</link><description>{text} {name}</description>"
        f"<pubDate>Fri, 20 Nov 2026 {11 - number:02}:00:00 GMT</pubDate></item>"
        for number, name in enumerate(titles or ("ferry", "frost"))
    )
    return Reply(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>", content_type="text/xml")


def page(head: str = "", body: str = "<p>Welcome</p>") -> Reply:
    return Reply(f"<!doctype html><html><head><title>Island</title>{head}</head><body>{body}</body></html>")


def announced(address: str, title: str = "") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{address}">'


class Desk:
    def __init__(self, storage, parsers):
        self.storage, self.clock = storage, FakeClock(NOON)
        policy = AddressPolicy([ip_network("127.9.9.0/24")])
        self.fetcher = Fetcher(policy, user_agent="Dateline tests")
        intake = Intake(storage, self.fetcher, parsers, self.clock)
        self.polling = Polling(
            storage, self.fetcher, parsers, intake, self.clock, owner="me", interval=timedelta(minutes=15)
        )
        self.following = Following(storage, self.fetcher, parsers, self.polling, self.clock)
        self.told = []

    async def look(self, text, **options):
        async def tell(sentence):
            self.told.append(sentence)

        return await self.following.look(text, tell, **options)

    async def follow(self, text, server=SERVER, label=None, **options):
        return await self.following.follow(server, await self.look(text), label, **options)


@pytest_asyncio.fixture(loop_scope="module")
async def desk(database, parsers):
    storage = Storage(database)
    await storage.open()
    made = Desk(storage, parsers)
    yield made
    await made.fetcher.close()
    await storage.close()


# what is found


async def test_a_feed_is_shown_as_it_is(desk):
    async with serving({"/feed": feed()}) as site:
        found = await desk.look(site.url("/feed"))
    assert (found.address, found.title) == (site.url("/feed"), "Island Post")
    assert [headline.title for headline in found.preview.headlines] == ["ferry", "frost"]
    assert found.preview.delivers is Delivers.FULL
    assert (found.choices, site.paths, desk.told) == ((), ["/feed"], [])


async def test_of_several_announced_feeds_the_articles_are_shown_and_the_others_offered(desk):
    head = announced("/comments/feed", "Comments") + announced("/news", "News") + announced("/opinion", "Opinion")
    async with serving({"/": page(head), "/news": feed(), "/opinion": feed(title="Views")}) as site:
        found = await desk.look(site.url("/"))
        assert found.address == site.url("/news")
        assert [link.title for link in found.choices] == ["News", "Opinion"]
        assert site.paths == ["/", "/news"]
        other = await desk.following.look_at(found.choices[1], found)
    assert (other.address, other.title, other.choices) == (site.url("/opinion"), "Views", found.choices)


async def test_a_dead_announcement_is_no_obstacle(desk):
    head = announced("/gone", "Gone") + announced("/page", "Page") + announced("/news", "News")
    async with serving({"/": page(head), "/page": page(), "/news": feed()}) as site:
        assert (await desk.look(site.url("/"))).address == site.url("/news")


async def test_a_feed_with_something_in_it_is_shown_before_an_empty_one(desk):
    empty = Reply("<rss version='2.0'><channel><title>Releases</title></channel></rss>", content_type="text/xml")
    head = announced("/releases", "Releases") + announced("/news", "News")
    async with serving({"/": page(head), "/releases": empty, "/news": feed()}) as site:
        assert (await desk.look(site.url("/"))).address == site.url("/news")
        site.replies["/news"] = Reply("", 404)
        found = await desk.look(site.url("/"))
    assert (found.address, found.preview.entries) == (site.url("/releases"), 0)


async def test_a_dead_host_of_one_announced_feed_is_no_obstacle_to_another(desk):
    async with serving({}) as closed:
        nowhere = closed.url("/feed").replace("127.9.9.1", "127.9.9.3")
    async with serving({"/": page(announced(nowhere, "A") + announced("/news", "B")), "/news": feed()}) as site:
        assert (await desk.look(site.url("/"))).address == site.url("/news")


async def test_a_link_in_the_page_is_followed_to_its_feed(desk):
    async with serving({"/": page(body='<a href="/subscribe">RSS</a>'), "/subscribe": feed()}) as site:
        assert (await desk.look(site.url("/"))).address == site.url("/subscribe")


async def test_the_usual_places_are_tried_and_the_progress_told(desk):
    async with serving({"/blog/": page(), "/rss.xml": feed()}) as site:
        assert (await desk.look(site.url("/blog/"))).address == site.url("/rss.xml")
    assert desk.told == ["127.9.9.1 announces no feed. Looking in the usual places …"]


async def test_software_that_names_itself_is_asked_for_its_own_place(desk):
    async with serving({"/": page('<meta name="generator" content="Hugo 0.1">'), "/index.xml": feed()}) as site:
        await desk.look(site.url("/"))
    assert site.paths == ["/", "/index.xml"]


async def test_the_feed_of_a_profile_follows_from_its_address(desk):
    async with serving({"/@quill": page(), "/@quill.rss": feed()}) as site:
        assert (await desk.look(site.url("/@quill"))).address == site.url("/@quill.rss")
    assert site.paths == ["/@quill", "/@quill.rss"]


async def test_nothing_found_says_where_it_was_looked_with_few_requests(desk):
    links = "".join(f'<a href="/rss/{number}">RSS</a>' for number in range(50))
    async with serving({"/": page(body=links)}) as site:
        with pytest.raises(
            ContentRefused, match=r"announces no feed; these places were tried too: /rss/0, "
        ) as refused:
            await desk.look(site.url("/"))
    assert len(site.paths) == MOST_REQUESTS == len(set(site.paths))
    assert all(path in str(refused.value) for path in site.paths[1:])


async def test_an_article_without_a_feed_is_left_to_brief(desk):
    story = page('<meta property="og:type" content="article">', f"<article><p>{STORY}</p></article>")
    async with serving({"/a": story}) as site:
        with pytest.raises(ContentRefused, match="`/brief` reads an article as it is"):
            await desk.look(site.url("/a"))


@pytest.mark.parametrize("trouble", [Reply("", 429, {"Retry-After": "60"}), Reply("", 429), Reply("", 503)])
async def test_guesses_end_when_the_host_is_in_trouble_or_wants_its_rest(desk, trouble):
    async with serving({"/": page(), "/feed": trouble}) as site:
        with pytest.raises(ContentRefused, match="announces no feed"):
            await desk.look(site.url("/"))
    assert site.paths == ["/", "/feed"]


async def test_a_site_that_knows_no_https_is_found_without_a_scheme(desk):
    async with serving({"/feed": feed()}) as site:
        found = await desk.look(site.url("/feed").removeprefix("http://"))
    assert found.address == site.url("/feed")


async def test_a_permanent_move_is_adopted_and_a_temporary_one_not(desk):
    moves = {"/old": Reply("", 301, {"Location": "/feed"}), "/now": Reply("", 302, {"Location": "/feed"})}
    async with serving({**moves, "/feed": feed()}) as site:
        assert (await desk.look(site.url("/old"))).address == site.url("/feed")
        assert (await desk.look(site.url("/now"))).address == site.url("/now")


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("news", FetchRefused, "not a web address"),
        ("http://10.0.0.1/", AddressRefused, "not a public address"),
        ("http://[::ffff:127.0.0.1]/feed", AddressRefused, "not a public address"),
        ("javascript:alert(1)", FetchRefused, "Only http and https"),
        ("https://www.instagram.com/quill", ContentRefused, "Instagram offers no feeds"),
        ("https://name@example.org/feed", FetchRefused, "write name and password"),
        ("/missing", StatusRefused, "no page at this address"),
        ("/forbidden", StatusRefused, "refuses access"),
        ("/login", StatusRefused, r"wants a login .* https://name:password@example.org/feed"),
        ("/large", FetchRefused, "larger than 8 MB"),
        ("/binary", ContentRefused, "feed"),
        ("/list", ContentRefused, "`/source import` takes it"),
    ],
)
async def test_what_is_no_source_is_refused_in_words(desk, text, kind, words):
    replies = {
        "/forbidden": Reply("", 403),
        "/login": Reply("", 401),
        "/large": Reply(b" " * 8_000_001),
        "/list": Reply("<?xml version='1.0'?><opml version='2.0'><body/></opml>", content_type="text/x-opml"),
        "/binary": Reply(b"\x89PNG" + b"\0" * 100, content_type="image/png"),
    }
    async with serving(replies) as site:
        with pytest.raises(kind, match=words):
            await desk.look(site.url(text) if text.startswith("/") else text)


async def test_no_announced_link_or_guess_reaches_a_private_address(desk):
    """FAULTS 6, of the preview: what a page announces is fetched through the same door."""
    async with serving({"/feed": feed()}, host="127.0.0.1") as canary:
        head = announced(canary.url("/feed")) + announced("/moved")
        replies = {"/": page(head), "/moved": Reply("", 302, {"Location": canary.url("/feed")}), "/feed": feed()}
        async with serving(replies) as site:
            assert (await desk.look(site.url("/"))).address == site.url("/feed")
            for start in ("/moved", canary.url("/feed")):
                with pytest.raises(AddressRefused, match="not a public address"):
                    await desk.look(site.url(start) if start.startswith("/") else start)
    assert canary.paths == []


# what is kept


async def test_a_feed_is_followed_once_however_its_address_is_spelled(desk):
    moves = {f"/{status}": Reply("", status, {"Location": "/feed"}) for status in (301, 302)}
    moves |= {"/feed/": feed(), "/feed": feed()}
    async with serving({**moves, "/": page(announced("/feed/"))}) as site:
        await desk.follow(site.url("/feed"), label="Island")
        for spelling in ("/feed", "/feed/", "/301", "/302", "/", "/feed#top"):
            found = await desk.look(site.url(spelling))
            followed = await desk.following.find_followed(SERVER, found)
            assert followed is not None, spelling
            assert followed.label == "Island"
            with pytest.raises(DigestError, match="already, as “Island”"):
                await desk.following.follow(SERVER, found, "Again")
            assert await desk.following.find_followed(OTHER_SERVER, found) is None
    assert len(await desk.following.list_all(SERVER)) == 1


async def test_another_spelling_of_a_followed_feed_takes_no_others_place_but_its_own(desk):
    async with serving({"/feed": feed(), "/feed/": feed(), "/b": feed("bridge", title="Other")}) as site:
        island = await desk.follow(site.url("/feed"), label="Island")
        other = await desk.follow(site.url("/b"), label="Other")
        found = await desk.look(site.url("/feed/"))
        with pytest.raises(DigestError, match="already, as “Island”"):
            await desk.following.move(SERVER, other.source.source_id, found)
        moved = await desk.following.move(SERVER, island.source.source_id, found)
    assert (moved.label, moved.source.address) == ("Island", site.url("/feed/"))
    assert {each.label for each in await desk.following.list_all(SERVER)} == {"Island", "Other"}


async def test_http_and_https_are_one_feed(desk):
    async with serving({"/feed": feed()}) as site:
        found = await desk.look(site.url("/feed"))
        await desk.following.follow(SERVER, found, "Island")
    secure = replace(found, address=found.address.replace("http:", "https:"), spellings=())
    assert (await desk.following.find_followed(SERVER, secure)).label == "Island"


async def test_a_server_follows_only_so_many(desk):
    async with desk.storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        for number in range(MOST_SOURCES):
            address = f"https://e.example/{number}"
            source = await tx.sources.ensure(SourceKind.FEED, address, title=address, now=NOON)
            await tx.sources.subscribe(SERVER, source.source_id, address, NOON)
    async with serving({"/feed": feed()}) as site:
        with pytest.raises(DigestError, match=f"{MOST_SOURCES} sources, the most there can be"):
            await desk.follow(site.url("/feed"))
    assert len(await desk.following.list_all(SERVER)) == MOST_SOURCES


async def test_label_category_and_weight_are_changed_together_and_rules_stay(desk):
    async with serving({"/a": feed(), "/b": feed("bridge", title="Other")}) as site:
        kept = await desk.follow(site.url("/a"), category=" News //Local ")
        await desk.follow(site.url("/b"), label="Other")
    assert kept.category == "News/Local"
    source_id = kept.source.source_id
    await desk.following.filter(SERVER, source_id, "- football")
    changed = await desk.following.edit(SERVER, source_id, label=" Isle ", category="", weight=Weight.HIGH)
    assert (changed.label, changed.category, changed.weight, changed.rules) == ("Isle", "", 2.0, "- football")
    with pytest.raises(DigestError, match="labelled “OTHER” already"):
        await desk.following.edit(SERVER, source_id, label="OTHER", category="", weight=Weight.LOW)
    with pytest.raises(NotFound):
        await desk.following.edit(OTHER_SERVER, source_id, label="Mine", category="", weight=Weight.LOW)
    assert await desk.following.get(SERVER, source_id) == changed


async def test_the_panel_of_a_kept_source_shows_its_newest_articles(desk):
    async with serving({"/feed": feed("ferry", "frost", "dome", "tunnel")}) as site:
        kept = await desk.follow(site.url("/feed"))
    panel = await desk.following.kept(SERVER, kept.source.source_id)
    assert [headline.title for headline in panel.preview.headlines] == ["ferry", "frost", "dome"]
    with pytest.raises(NotFound):
        await desk.following.kept(OTHER_SERVER, kept.source.source_id)


# logins


@asynccontextmanager
async def locked(*logins):
    """A site whose feed is opened by these logins; gives its port and what was asked with which login."""
    asked = []
    opening = {"Basic " + base64.b64encode(login.encode()).decode() for login in logins}

    async def answer(request):
        given = request.headers.get("Authorization")
        asked.append((request.path, given))
        if given not in opening:
            return web.Response(status=401)
        if request.path == "/away":
            raise web.HTTPMovedPermanently(request.query["to"])
        body = page(announced("/feed")) if request.path == "/" else feed()
        return web.Response(body=body.content, content_type=body.content_type)

    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.9.9.2", 0).start()
    try:
        yield f"127.9.9.2:{runner.addresses[0][1]}", asked
    finally:
        await runner.cleanup()


async def test_a_feed_behind_a_login_is_followed_and_the_password_shown_nowhere(desk):
    """FAULTS 46: the login is used for the feed and its site, kept apart from the address, and never logged."""
    password = a_secret()
    async with locked(f"reader:{password}") as (host, asked):
        found = await desk.look(f"http://reader:{password}@{host}/")
        assert password not in repr(found)
        kept = await desk.following.follow(SERVER, found, "Private")
        assert await desk.following.test(SERVER, kept.source.source_id) is None
    assert (kept.source.address, kept.source.login) == (f"http://reader@{host}/feed", f"reader:{password}")
    assert password not in repr(kept)
    assert kept.source.last_error is None
    assert None not in {given for _, given in asked}


async def test_a_wrong_login_is_said_to_be_one(desk):
    async with locked("reader:right") as (host, _):
        with pytest.raises(StatusRefused, match="The login was not accepted there") as refused:
            await desk.look(f"http://reader:{a_secret()}@{host}/feed")
    assert "s3cr3t" not in str(refused.value)


async def test_a_login_goes_to_no_other_place(desk):
    """What a page behind a login announces elsewhere, and where its feed has moved to, never gets the login."""
    password = a_secret()
    async with serving({"/feed": feed(), "/": page(announced("/feed"))}) as other:
        async with locked(f"reader:{password}") as (host, _):
            found = await desk.look(f"http://reader:{password}@{host}/away?to={other.url('/feed')}")
            assert found.address == f"http://{host}/away?to={other.url('/feed')}", "its login stays with its host"
        assert all("Authorization" not in request.headers for request in other.requests)
    async with (
        locked("reader:one") as (elsewhere, asked),
        serving({"/": page(announced(f"http://{elsewhere}/"))}) as site,
    ):
        with pytest.raises(ContentRefused):
            await desk.look(site.url("/").replace("//", "//reader:one@"))
        assert {given for _, given in asked} == {None}


async def test_a_login_goes_to_no_other_place_when_another_feed_is_chosen_either(desk):
    password = a_secret()
    async with serving({"/feed": feed(title="Elsewhere")}) as other, locked(f"reader:{password}") as (host, asked):
        head = announced(other.url("/feed"), "Elsewhere") + announced(f"http://{host}/feed", "Own")
        async with serving({"/": page(head)}) as front:
            found = await desk.look(front.url("/").replace("//", f"//reader:{password}@"))
            assert (found.title, found.login) == ("Elsewhere", "")
            with pytest.raises(StatusRefused, match="wants a login"):
                await desk.following.look_at(found.choices[1], found)
            assert {given for _, given in asked} == {None}
        opened = await desk.look(f"http://reader:{password}@{host}/")
        both = replace(opened, choices=found.choices)
        assert (await desk.following.look_at(both.choices[0], both)).login == ""
        assert (await desk.following.look_at(both.choices[1], both)).login == f"reader:{password}"
    assert all("Authorization" not in request.headers for request in other.requests)


async def test_another_servers_password_is_neither_replaced_nor_used(desk):
    """FAULTS 41: the name in an address says nothing about who may read what a login brings."""
    async with locked("reader:one", "reader:two") as (host, _):
        mine = await desk.follow(f"http://reader:one@{host}/feed")
        with pytest.raises(DigestError, match="under that name with another password"):
            await desk.follow(f"http://reader:two@{host}/feed", OTHER_SERVER)
        assert await desk.following.list_all(OTHER_SERVER) == []
        assert (await desk.following.get(SERVER, mine.source.source_id)).source.login == "reader:one"
        same = await desk.follow(f"http://reader:one@{host}/feed", OTHER_SERVER)
        assert same.source.source_id == mine.source.source_id


async def test_another_name_is_another_feed_and_a_new_password_replaces_the_own(desk):
    async with locked("reader:one", "reader:two", "editor:one") as (host, _):
        mine = await desk.follow(f"http://reader:one@{host}/feed", label="Mine")
        await desk.follow(f"http://editor:one@{host}/feed", label="Theirs")
        changed = await desk.look(f"http://reader:two@{host}/feed", instead_of=mine)
        moved = await desk.following.move(SERVER, mine.source.source_id, changed)
    assert (moved.source.source_id, moved.source.login) == (mine.source.source_id, "reader:two")
    assert moved.source.last_error is None


async def test_an_address_typed_as_it_is_shown_keeps_its_login_at_its_place_only(desk):
    async with locked("reader:one") as (host, _), locked("reader:one") as (other, asked):
        mine = await desk.follow(f"http://reader:one@{host}/feed")
        found = await desk.look(f"http://reader@{host}/other", instead_of=mine)
        assert found.login == "reader:one"
        with pytest.raises(FetchRefused, match="write name and password"):
            await desk.look(f"http://reader@{other}/feed", instead_of=mine)
        assert asked == []
