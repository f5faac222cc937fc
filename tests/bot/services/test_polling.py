"""Sources are polled once for all, conditionally, in their rhythm; what goes wrong is told, tried again and healed."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.ingest.parsers import Parsers
from storage import Storage
from storage.types import Audience, PollResult
from tests.bot.services.press import Press, feed, item, page, story
from tests.factories import NOON, OTHER_SERVER, SERVER
from tests.servers import Reply, serving

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
FERRY = feed(item("ferry", story("ferry", 30)))  # a whole text: nothing to be completed


async def test_a_feed_is_polled_once_for_all_who_follow_it(press):
    """FAULTS 25: the same feed in fifty servers is fetched once."""
    servers = [SERVER, *range(1000, 1049)]
    async with serving({"/feed": Reply(FERRY)}) as site:
        await press.add(site.url("/feed"), *servers)
        assert await press.polling.poll_due() == 1
        assert await press.polling.poll_due() == 0
        assert site.paths == ["/feed"]
    for server_id in servers:
        assert await press.titles(server_id) == {"ferry"}


@pytest.mark.both_databases
async def test_two_processes_share_the_sources_of_one_database(press, storage, database):
    replies = {f"/{n}": Reply("", 304) for n in range(60)}
    other = Storage(database)
    async with serving(replies) as site:
        for path in replies:
            source_id = await press.add(site.url(path))
            async with storage.begin() as tx:
                await tx.sources.record_polls([(source_id, PollResult(NOON, NOON, etag='"1"'))])
        second = Press(other, Parsers(), owner="other")
        counts = await asyncio.gather(press.polling.poll_due(), second.polling.poll_due())
        assert sum(counts) == len(site.paths) <= 60
        assert len(set(site.paths)) == len(site.paths)
        await second.fetcher.close()
        await other.close()


async def test_an_unchanged_feed_is_asked_for_conditionally(press):
    """FAULTS 24."""
    validators = {"ETag": '"7"', "Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"}
    async with serving({"/feed": [Reply(FERRY, headers=validators), Reply("", 304)]}) as site:
        source_id = await press.add(site.url("/feed"))
        for _ in range(3):
            assert await press.poll(source_id, hours=1) is None
    assert [request.headers.get("If-None-Match") for request in site.requests] == [None, '"7"', '"7"']
    assert site.requests[2].headers["If-Modified-Since"] == validators["Last-Modified"]
    source = await press.source(source_id)
    assert (source.etag, source.last_success_at, source.failures) == ('"7"', press.clock.now(), 0)


async def test_a_body_that_changed_under_its_etag_is_read(press):
    """FAULTS 24: no loss when a server's validators lie."""
    replies = [Reply(FERRY, headers={"ETag": '"7"'}), Reply(feed(item("bridge")), headers={"ETag": '"7"'})]
    async with serving({"/feed": replies}) as site:
        source_id = await press.add(site.url("/feed"))
        for _ in range(2):
            await press.poll(source_id, hours=1)
    assert await press.titles() == {"ferry", "bridge"}


class CountingParsers(Parsers):
    """Knows how often it was asked."""

    asked = 0

    async def feed(self, body, **about):
        self.asked += 1
        return await super().feed(body, **about)


async def test_the_same_bytes_are_not_read_again(storage):
    """FAULTS 24: of servers that ignore what they are asked."""
    parsers = CountingParsers()
    press = Press(storage, parsers)
    async with serving({"/feed": [Reply(FERRY), Reply(FERRY), Reply(FERRY + " ")]}) as site:
        source_id = await press.add(site.url("/feed"))
        for asked in (1, 1, 2):
            assert await press.poll(source_id, hours=1) is None
            assert parsers.asked == asked
    await press.fetcher.close()
    await parsers.close()


async def test_a_body_that_was_cut_short_is_a_failure_and_keeps_no_validator(press):
    """FAULTS 24."""
    whole = feed(*(item(f"s{n}", story(f"s{n}", 20)) for n in range(40)))
    cut = Reply(whole, headers={"ETag": '"7"'}, cut_after=len(whole) // 2)
    async with serving({"/feed": [cut, Reply(whole, headers={"ETag": '"7"'}, pieces=1460)]}) as site:
        source_id = await press.add(site.url("/feed"))
        assert "cut short" in await press.poll(source_id)
        source = await press.source(source_id)
        assert (source.etag, source.body_hash, source.last_success_at) == (None, None, None)
        assert await press.poll(source_id, hours=1) is None
    assert site.requests[1].headers.get("If-None-Match") is None
    assert len(await press.articles()) == 40


class Noting(Parsers):
    """Writes down which texts were handed over as known."""

    def __init__(self):
        super().__init__()
        self.known = []

    async def feed(self, body, *, known=(), **rest):
        self.known.append(set(known))
        return await super().feed(body, known=known, **rest)


async def test_of_a_feed_that_changed_only_what_is_new_is_read_again(storage):
    """And what was read of the others stays."""
    parsers = Noting()
    press = Press(storage, parsers)
    filed = item("treaty", f"GENEVA, Nov. 20 (Island Agency) -- {story('treaty', 30)}")
    other = Reply(feed(item("port", story("port", 30))))
    async with serving({"/feed": [Reply(feed(filed)), Reply(feed(item("ferry", story("ferry", 30)), filed))]}) as site:
        site.replies["/other"] = other
        source_id, other_id = await press.add(site.url("/feed")), await press.add(site.url("/other"))
        assert [await press.poll(each, hours=1) for each in (source_id, other_id, source_id)] == [None] * 3
    articles = {article.title: article for article in await press.articles()}
    assert articles.keys() == {"treaty", "ferry", "port"}
    assert articles["treaty"].agency == "Island Agency"
    assert parsers.known == [set(), set(), {articles["treaty"].fingerprint}]
    await press.fetcher.close()
    await parsers.close()


async def test_what_is_under_embargo_comes_at_the_poll_after_its_end(press):
    held = item("treaty", f"EMBARGOED UNTIL 20 November 2026 18:00 GMT\n\n{story('treaty', 20)}")
    body = Reply(feed(held, item("ferry", story("ferry", 30))), headers={"ETag": '"7"'})
    async with serving({"/feed": body}) as site:
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
        assert await press.titles() == {"ferry"}
        source = await press.source(source_id)
        assert (source.etag, source.body_hash) == (None, None)
        assert source.next_poll_at <= NOON + 6 * HOUR
        assert await press.poll(source_id, hours=6, minutes=1) is None
    assert await press.titles() == {"ferry", "treaty"}
    assert (await press.source(source_id)).etag == '"7"'


async def test_an_embargo_that_only_the_page_names_holds_and_ends_once(press):
    """Days after it was sent it is news all the same; a digest would leave out what is dated earlier."""
    held = page("treaty").replace("<p>", "<p>EMBARGOED UNTIL 23 November 2026 18:00 GMT</p><p>", 1)
    lead = story("treaty").partition(". ")[0] + "."
    async with serving({"/treaty": Reply(held)}) as site:
        link, sent = site.url("/treaty"), "Fri, 20 Nov 2026 08:00:00 GMT"
        teaser = item("treaty", lead, link=link, pubDate=sent)
        site.replies["/feed"] = Reply(feed(teaser, item("ferry", story("ferry", 30))), headers={"ETag": '"7"'})
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
        assert await press.titles() == {"ferry"}
        assert (await press.source(source_id)).etag is None
        for outcome in ({"days": 3, "hours": 7}, {"hours": 1}):
            assert await press.poll(source_id, **outcome) is None
            (told,) = [article for article in await press.articles() if article.title == "treaty"]
            assert "Part 3 of the report" in told.text
            assert told.published == told.embargo_until == datetime(2026, 11, 23, 18, tzinfo=UTC)
    assert (await press.source(source_id)).etag == '"7"'


async def test_a_failing_source_says_why_is_asked_less_and_less_and_heals(press):
    """FAULTS 23."""
    async with serving({"/feed": [Reply("", 503)] * 4 + [Reply("", 404)] * 4 + [Reply(FERRY)]}) as site:
        source_id = await press.add(site.url("/feed"))
        waits = []
        for number in range(8):
            assert ("503" if number < 4 else "404") in await press.poll(source_id)
            source = await press.source(source_id)
            waits.append(source.next_poll_at - press.clock.now())
            press.clock.wind(seconds=waits[-1].total_seconds())
        assert source.failures == 8
        assert waits == sorted(waits)
        assert 11 * HOUR < waits[-1] <= 12 * HOUR
        assert await press.polling.poll_due() == 1
    source = await press.source(source_id)
    assert (source.failures, source.last_error, source.last_success_at) == (0, None, press.clock.now())


@pytest.mark.parametrize(
    ("header", "at_least", "at_most"),
    [
        ("43200", 12 * HOUR, 12 * HOUR),
        (str(10**9), DAY, DAY),
        ("-5", 13 * MINUTE, 17 * MINUTE),
        ("Sat, 21 Nov 2026 06:00:00 GMT", 18 * HOUR, 18 * HOUR),
        ("Fri, 20 Nov 1026 06:00:00 GMT", 13 * MINUTE, 17 * MINUTE),
        ("soon", 13 * MINUTE, 17 * MINUTE),
        ("", 13 * MINUTE, 17 * MINUTE),
    ],
)
async def test_a_server_that_asks_for_time_gets_it_within_reason(press, header, at_least, at_most):
    """FAULTS 23: Retry-After in seconds, as a date, 10^9 and negative."""
    async with serving({"/feed": Reply("", 429, {"Retry-After": header})}) as site:
        source_id = await press.add(site.url("/feed"))
        assert "429" in await press.poll(source_id)
    wait = (await press.source(source_id)).next_poll_at - NOON
    assert at_least <= wait <= at_most


async def test_while_a_host_rests_its_other_sources_wait_without_blame(press):
    """FAULTS 23, 25."""
    replies = {"/a": Reply("", 429, {"Retry-After": "3600"}), "/b": Reply(FERRY)}
    async with serving(replies) as site:
        first, second = await press.add(site.url("/a")), await press.add(site.url("/b"))
        assert "429" in await press.poll(first)
        assert await press.polling.poll_due() == 1
        assert site.paths == ["/a"]
        source = await press.source(second)
        assert (source.failures, source.last_error, source.last_polled_at) == (0, None, None)
        assert NOON + HOUR <= source.next_poll_at <= NOON + 1.25 * HOUR
        assert "left alone" in await press.poll(second)  # by hand: told, and nothing changed
        assert await press.source(second) == source
        press.clock.wind(hours=1, minutes=16)
        assert await press.polling.poll_due() == 2
    assert "/b" in site.paths


async def test_what_is_gone_is_not_asked_again_until_somebody_tries_it(press):
    """FAULTS 23: 410 pauses at once."""
    async with serving({"/feed": [Reply("", 410), Reply(FERRY)]}) as site:
        source_id = await press.add(site.url("/feed"))
        assert await press.polling.poll_due() == 1
        source = await press.source(source_id)
        assert (source.next_poll_at, source.failures) == (None, 1)
        assert "410" in source.last_error
        press.clock.wind(days=400)
        assert await press.polling.poll_due() == 0
        assert await press.poll(source_id) is None
        press.clock.wind(hours=9)
        assert await press.polling.poll_due() == 1


async def test_a_source_that_does_not_answer_for_a_month_is_paused_with_the_reason(press):
    async with serving({"/feed": [Reply(FERRY)] + [Reply("", 500)] * 99}) as site:
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
        polls = 0
        while (source := await press.source(source_id)).next_poll_at is not None:
            press.clock.time = source.next_poll_at
            polls += await press.polling.poll_due()
        assert 60 <= polls <= 75
        assert press.clock.now() - NOON >= 30 * DAY
        assert source.last_error.startswith("There was no good answer since 20 November 2026.")
        assert "500" in source.last_error
        site.replies["/feed"] = Reply(FERRY)
        assert await press.poll(source_id) is None
    source = await press.source(source_id)
    assert source.next_poll_at is not None
    assert source.last_error is None


@pytest.mark.parametrize(
    ("status", "login", "words"),
    [
        (401, "", "wants a login"),
        (401, "reader:secret-word", "login may have changed"),
        (403, "", "refuses access"),
        (403, "reader:secret-word", "login may have changed"),
    ],
)
async def test_a_source_that_wants_a_login_says_what_to_do(press, status, login, words):
    """FAULTS 23."""
    async with serving({"/feed": Reply("", status)}) as site:
        address = site.url("/feed").replace("//", "//reader@") if login else site.url("/feed")
        source_id = await press.add(address, login=login)
        error = await press.poll(source_id)
    assert words in error
    assert str(status) in error
    assert "secret-word" not in error


async def test_a_login_is_sent_and_what_it_brings_is_seen_by_its_followers_only(press):
    async with serving({"/feed": Reply(FERRY)}) as site:
        private = await press.add(site.url("/feed").replace("//", "//reader@"), SERVER, login="reader:secret-word")
        await press.add(site.url("/feed"), OTHER_SERVER)
        assert await press.poll(private) is None
        assert site.requests[0].headers["Authorization"].startswith("Basic ")
        assert await press.titles(SERVER) == {"ferry"}
        assert await press.titles(OTHER_SERVER) == set()
        assert await press.polling.poll_due() == 1
        assert "Authorization" not in site.requests[-1].headers
    (mine,), (theirs,) = await press.articles(SERVER), await press.articles(OTHER_SERVER)
    assert mine.article_id != theirs.article_id


async def test_a_poll_tells_when_the_next_one_is(press):
    """The habit by the feed's own dates, then by what came."""
    dates = [(NOON - HOUR * 3 * n).strftime("%a, %d %b %Y %H:%M:%S GMT") for n in range(1, 21)]
    items = [item(f"s{n}", story(f"s{n}", 30), guid=f"g{n}", pubDate=date) for n, date in enumerate(dates)]
    async with serving({"/feed": Reply(feed(*items))}) as site:
        source_id = await press.add(site.url("/feed"))
        await press.poll(source_id)
        source = await press.source(source_id)
        assert source.per_day == pytest.approx(8, rel=0.1)
        assert 9 * MINUTE <= source.next_poll_at - NOON <= 30 * MINUTE
        site.replies["/feed"] = Reply(feed(item("new", story("new", 30), guid="new"), *items))
        await press.poll(source_id, days=7)
        assert (await press.source(source_id)).per_day == pytest.approx(1 / 7)
        for _ in range(28):
            await press.poll(source_id, days=1)
    source = await press.source(source_id)
    assert source.per_day < 1 / 28
    assert HOUR <= source.next_poll_at - press.clock.now() <= 3 * HOUR


@pytest.mark.parametrize(
    ("head", "headers", "at_least", "at_most"),
    [
        ("<ttl>120</ttl>", {}, 2 * HOUR, 4.5 * HOUR),
        ("", {"Cache-Control": "max-age=5400"}, 1.5 * HOUR, 3.5 * HOUR),
        ("", {"Expires": "0"}, 2 * MINUTE, 30 * MINUTE),
        ("<ttl>2880</ttl>", {"Cache-Control": "max-age=31536000"}, DAY, 2.1 * DAY),
        ("<ttl>99999999</ttl>", {}, 2 * MINUTE, 2.1 * DAY),
        ("", {"Cache-Control": "max-age=31536000"}, 2 * HOUR, 4.5 * HOUR),
        ("<ttl>-4</ttl>", {"Cache-Control": "max-age=-1"}, 2 * MINUTE, 30 * MINUTE),
    ],
)
async def test_a_feed_is_not_read_more_often_than_it_asks_and_cannot_stop_polls(
    press, head, headers, at_least, at_most
):
    """FAULTS 24: `Expires: 0`, and what else feeds and servers say."""
    async with serving({"/feed": Reply(feed(item("ferry", story("ferry", 30)), head=head), headers=headers)}) as site:
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
    assert at_least <= (await press.source(source_id)).next_poll_at - NOON <= at_most


async def test_one_bad_source_does_not_stop_the_others(press):
    """FAULTS 14, 17."""
    bodies = {"/blank": "\n" * 100, "/path": "/etc/passwd", "/page": page("ferry"), "/nul": "\0" * 999, "/rss": "<rss>"}
    async with serving({path: Reply(body) for path, body in bodies.items()} | {"/good": Reply(FERRY)}) as site:
        ids = {path: await press.add(site.url(path)) for path in [*bodies, "/good"]}
        assert await press.polling.poll_due() == len(ids)
    errors = {path: (await press.source(source_id)).last_error for path, source_id in ids.items()}
    assert errors.pop("/good") is None
    assert "web page" in errors["/page"]
    assert all(errors[path] for path in ("/blank", "/path", "/nul"))
    assert await press.titles() == {"ferry"}


async def test_dates_that_cannot_be_change_neither_polls_nor_order(press):
    """FAULTS 22."""
    odd = [
        *("", "0000-00-00T00:00:00Z", "Fri, 20 Nov 2035 12:00:00 GMT", "9999-12-31T23:59:59Z", "+9999-01-01T00:00:00Z"),
        *("-0001-01-01T00:00:00Z", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-13-45", "Mon, 99 Foo 2026"),
        *("1e400", "2026-11-20T25:61:61Z", "0", "99999999999999", "20 Nov 26 12:00 XYZ"),
    ]
    items = [item(f"s{n}", story(f"s{n}", 30), guid=f"g{n}", pubDate=date) for n, date in enumerate(odd)]
    async with serving({"/feed": Reply(feed(*items))}) as site:
        source_id = await press.add(site.url("/feed"))
        assert await press.poll(source_id) is None
        site.replies["/feed"] = Reply(feed(item("later", story("later", 30), guid="later")))
        assert await press.poll(source_id, hours=1) is None
    articles = await press.articles()
    assert len(articles) == len(odd) + 1
    assert all(article.published is None or article.published <= press.clock.now() for article in articles)
    assert articles[0].title == "later"
    assert (await press.source(source_id)).next_poll_at - press.clock.now() <= 9 * HOUR


async def test_news_are_told_as_they_come(press):
    told = []

    async def tell():
        told.append(await press.titles())

    async with serving({"/feed": Reply(FERRY)}) as site:
        await press.add(site.url("/feed"))
        await press.polling.poll_due(tell)
    assert told == [{"ferry"}]


async def test_a_poll_that_is_cut_off_in_the_middle_stores_nothing_by_halves(press):
    async with serving({"/feed": Reply(FERRY, pieces=200, pause=0.05)}) as site:
        source_id = await press.add(site.url("/feed"))
        before = await press.source(source_id)
        polling = asyncio.create_task(press.polling.poll_due())
        while not site.paths:
            await asyncio.sleep(0.01)
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await press.polling.release()
        assert await press.source(source_id) == before
        assert await press.articles() == []
        site.replies["/feed"] = Reply(FERRY)
        assert await press.polling.poll_due() == 1
    assert await press.titles() == {"ferry"}


async def test_the_operator_sees_what_sources_brought(press):
    async with serving({"/feed": Reply(FERRY)}) as site:
        await press.poll(await press.add(site.url("/feed")))
    async with press.storage.reading() as tx:
        assert len(await tx.articles.list_latest(Audience(operator=True), 9)) == 1


async def test_no_poll_begins_after_it_was_closed(press):
    async with serving({"/feed": Reply(FERRY)}) as site:
        await press.add(site.url("/feed"))
        press.polling.close()
        assert await press.polling.poll_due() == 0
        assert site.requests == []
