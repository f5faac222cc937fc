"""Teasers are completed from their pages; which feeds tease is learned, source by source."""

import pytest

from bot.services.completing import Proof, compared
from storage import NewArticle
from storage.types import Delivers
from tests.bot.services.press import Press, feed, item, page, story
from tests.servers import Reply, serving

LEAD = "The ferry between the islands runs again since Monday after four weeks of repairs, its company said today."
NOTICE = "We and our partners keep your choice of cookies and show what others have read about this week. " * 20
CHINESE = "群岛之间的渡轮经过四周维修后于周一恢复运营"


@pytest.mark.parametrize(
    ("entry", "on_page", "proof"),
    [
        (LEAD, story("ferry", 8) + LEAD, Proof.TEASED),
        (LEAD, story("ferry", 8), Proof.TEASED),  # an editor's lead, in other words
        (story("ferry", 8), story("ferry", 8) + NOTICE[:300], Proof.WHOLE),
        (LEAD, LEAD + " Share this.", Proof.WHOLE),
        (story("ferry"), NOTICE, Proof.NOTHING),
        (LEAD, NOTICE, Proof.NOTHING),
        ("Read on.", story("ferry", 8), Proof.TEASED),
        (
            "群岛之间的渡轮经过四周维修后于周一恢复运营",
            "群岛之间的渡轮经过四周维修后于周一恢复运营。" * 30,
            Proof.TEASED,
        ),
        (
            "群岛之间的渡轮经过四周维修后于周一恢复运营",
            "我们和合作伙伴保存您的选择并显示其他人阅读的内容。" * 30,
            Proof.NOTHING,
        ),
    ],
)
def test_a_page_proves_that_its_entry_teases_by_having_more_of_the_same(entry, on_page, proof):
    assert compared(NewArticle(entry), NewArticle(on_page)) is proof


def teasers(site, *names, text=LEAD):
    return [item(name, text.replace("ferry", name), link=site.url(f"/{name}")) for name in names]


async def texts(press):
    return {article.title: article.text for article in await press.articles()}


async def test_teasers_are_completed_from_their_pages(press):
    names = [f"boat{n}" for n in range(5)]
    async with serving({f"/{name}": Reply(page(name)) for name in names}) as site:
        site.replies["/feed"] = Reply(feed(*teasers(site, *names)))
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
        assert "/robots.txt" in site.paths  # nobody asked for these pages by hand
    assert all("Part 3 of the report" in text for text in (await texts(press)).values())
    source = await press.source(source_id)
    assert (source.delivers, source.delivers_checked_at) == (Delivers.TEASERS, press.clock.now())


async def test_a_completed_teaser_stays_complete_and_its_page_is_read_once(press):
    async with serving({"/boat": Reply(page("boat"))}) as site:
        site.replies["/feed"] = Reply(feed(*teasers(site, "boat")))
        source_id = await press.add(site.url("/feed"))
        for title in ("One", "Two", "Three"):
            site.replies["/feed"] = Reply(feed(*teasers(site, "boat"), title=title))
            assert await press.poll(source_id, hours=1) is None
        assert site.paths.count("/boat") == 1
    assert "Part 3 of the report" in (await texts(press))["boat"]


async def test_a_feed_of_whole_texts_is_not_read_page_by_page(press):
    async with serving({f"/boat{n}": Reply(page(f"boat{n}")) for n in range(20)}) as site:

        async def bring(names):
            items = [item(name, page_text(name), link=site.url(f"/{name}")) for name in names]
            site.replies["/feed"] = Reply(feed(*items))
            assert await press.poll(source_id, hours=1) is None

        source_id = await press.add(site.url("/feed"))
        await bring([f"boat{n}" for n in range(10)])
        assert (await press.source(source_id)).delivers is Delivers.FULL
        assert sum(path.startswith("/boat") for path in site.paths) == 3  # samples
        await bring([f"boat{n}" for n in range(20)])
        assert sum(path.startswith("/boat") for path in site.paths) == 3
    assert len(await press.articles()) == 20


def page_text(name):
    return " ".join(f"{story(name)} Part {n} of the report on the {name}." for n in range(4))


async def test_a_feed_that_begins_to_tease_is_found_out(press):
    async with serving({f"/boat{n}": Reply(page(f"boat{n}")) for n in range(20)}) as site:
        names = [f"boat{n}" for n in range(5)]
        site.replies["/feed"] = Reply(feed(*(item(n, page_text(n), link=site.url(f"/{n}")) for n in names)))
        source_id = await press.add(site.url("/feed"))
        await press.poll(source_id)
        site.replies["/feed"] = Reply(feed(*teasers(site, "boat10", "boat11", "boat12")))
        await press.poll(source_id, days=2)
    assert (await press.source(source_id)).delivers is Delivers.TEASERS
    assert "Part 3 of the report" in (await texts(press))["boat12"]


async def test_a_feed_that_ceases_to_tease_is_found_out(press):
    async with serving({f"/boat{n}": Reply(page(f"boat{n}")) for n in range(20)}) as site:
        site.replies["/feed"] = Reply(feed(*teasers(site, "boat1", "boat2", "boat3")))
        source_id = await press.add(site.url("/feed"))
        await press.poll(source_id)
        assert (await press.source(source_id)).delivers is Delivers.TEASERS
        names = [f"boat{n}" for n in range(10, 14)]
        site.replies["/feed"] = Reply(feed(*(item(n, page_text(n), link=site.url(f"/{n}")) for n in names)))
        await press.poll(source_id, days=1)
    assert (await press.source(source_id)).delivers is Delivers.FULL


@pytest.mark.parametrize("reply", [Reply("", 402), Reply("", 403), Reply("", 404), Reply("<html></html>")])
async def test_pages_that_are_closed_are_left_for_a_week(press, reply):
    names = [f"boat{n}" for n in range(30)]
    async with serving({f"/{name}": reply for name in names}) as site:

        async def bring(count, **later):
            site.requests.clear()
            site.replies["/feed"] = Reply(feed(*teasers(site, *names[:count])))
            assert await press.poll(source_id, **later) is None
            return sum(path.startswith("/boat") for path in site.paths)

        source_id = await press.add(site.url("/feed"))
        assert await bring(3) == 3
        assert (await press.source(source_id)).delivers is Delivers.CLOSED
        assert await bring(10, days=1) == 0
        assert await bring(20, days=7) == 3
        for name in names:
            site.replies[f"/{name}"] = Reply(page(name))
        assert await bring(24, days=1) == 0
        assert await bring(30, days=7) == 6
    assert (await press.source(source_id)).delivers is Delivers.TEASERS
    assert (await texts(press))["boat0"] == LEAD.replace("ferry", "boat0")


async def test_what_robots_may_not_read_is_not_read(press):
    names = [f"boat{n}" for n in range(6)]
    async with serving({f"/{name}": Reply(page(name)) for name in names}) as site:
        site.replies["/robots.txt"] = Reply("User-agent: *\nDisallow: /", content_type="text/plain")
        site.replies["/feed"] = Reply(feed(*teasers(site, *names)))
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
        assert not any(path.startswith("/boat") for path in site.paths)
    assert (await press.source(source_id)).delivers is Delivers.CLOSED
    assert len(await press.articles()) == 6


async def test_a_page_that_failed_for_the_moment_is_read_at_the_next_poll(press):
    async with serving({"/boat1": Reply(page("boat1")), "/boat2": [Reply("", 503), Reply(page("boat2"))]}) as site:
        site.replies["/feed"] = Reply(feed(*teasers(site, "boat1", "boat2")), headers={"ETag": '"7"'})
        source_id = await press.add(site.url("/feed"))
        await press.poll(source_id)
        assert (await texts(press))["boat2"] == LEAD.replace("ferry", "boat2")
        assert (await press.source(source_id)).etag is None  # its entry must come again
        await press.poll(source_id, hours=1)
        assert "Part 3 of the report" in (await texts(press))["boat2"]
        assert (await press.source(source_id)).etag == '"7"'


async def test_a_page_that_fails_again_and_again_is_given_up(press):
    async with serving({"/boat1": Reply(page("boat1")), "/boat2": Reply("", 503)}) as site:
        source_id = await press.add(site.url("/feed"))
        for number in range(6):
            site.replies["/feed"] = Reply(feed(*teasers(site, "boat1", "boat2"), title=f"Post {number}"))
            await press.poll(source_id, hours=2)
        assert site.paths.count("/boat2") == 3
    assert (await press.source(source_id)).body_hash is not None


async def test_so_many_pages_are_read_at_one_poll_and_no_more(press):
    """FAULTS 44: and fewer at the first poll, so that many new sources are no storm."""
    names = [f"boat{n}" for n in range(80)]
    async with serving({f"/{name}": Reply(page(name)) for name in names}) as site:
        source_id = await press.add(site.url("/feed"))
        for count, pages in ((40, 8), (80, 20)):
            site.requests.clear()
            site.replies["/feed"] = Reply(feed(*teasers(site, *names[:count])))
            await press.poll(source_id, hours=1)
            assert sum(path.startswith("/boat") for path in site.paths) == pages
            assert len(await press.articles()) == count


async def test_a_private_address_behind_an_entry_is_not_asked(press):
    """FAULTS 6: the same guard for pages behind entries."""
    async with serving({}, host="127.0.0.1") as canary, serving({}) as site:
        site.replies["/feed"] = Reply(feed(item("boat", LEAD, link=canary.url("/boat"))))
        assert await press.poll(await press.add(site.url("/feed"))) is None
        assert canary.requests == []
    assert (await texts(press))["boat"] == LEAD


async def test_a_page_beyond_its_parser_leaves_the_summary(press):
    """FAULTS 26."""
    deep = "<div>" * 50_000 + LEAD
    async with serving({"/boat": Reply(deep)}) as site:
        site.replies["/feed"] = Reply(feed(*teasers(site, "boat")))
        assert await press.poll(await press.add(site.url("/feed"))) is None
    assert (await texts(press))["boat"] == LEAD.replace("ferry", "boat")


async def test_pages_of_a_source_with_a_login_get_it_on_its_own_server_only(press: Press):
    async with serving({"/boat1": Reply(page("boat1"))}) as site, serving({}, host="127.9.9.2") as other:
        other.replies["/boat2"] = Reply(page("boat2"))
        items = [*teasers(site, "boat1"), *teasers(other, "boat2")]
        site.replies["/feed"] = Reply(feed(*items))
        source_id = await press.add(site.url("/feed").replace("//", "//reader@"), login="reader:secret-word")
        assert await press.poll(source_id) is None
        of_page = [request for request in site.requests if request.path == "/boat1"]
        assert all("Authorization" in request.headers for request in of_page)
        assert of_page
        assert other.requests
        assert all("Authorization" not in request.headers for request in other.requests)
    assert all("Part 3" in text for text in (await texts(press)).values())
