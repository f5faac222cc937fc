"""FAULTS 18 to 21: feeds that are endless, or change everything at once, or have nothing to be told apart by."""

import pytest

from bot.services.visits import MOST_A_DAY
from tests.bot.services.press import Press, feed, item, story
from tests.factories import SERVER
from tests.servers import Reply, serving

NEWEST = 500
"""Entries of a feed that are taken, as `bot.ingest.feeds.feed` has it."""


REST = (
    "The owners may build one floor more if the roof stays as it was, the council said after four hours. "
    "Neighbours had asked for a smaller house because of the light in their yards and for more trees."
)


def entries(count, guid="g", link="l", title="t", text="x"):
    return feed(
        *(
            item(
                f"{title} number {n}",
                f"Report {text}{n} on what the council decided about house {n} of the long street. {REST}",
                guid=f"{guid}{n}",
                link=f"http://127.9.8.1:1/{link}/{n}",
            )
            for n in range(count)
        )
    )


async def count(press: Press, *, news_only=False):
    async with press.storage.reading() as tx:
        far = press.clock.now().replace(year=2000)
        news, everything = await tx.arrivals.count(1, far, far)
    return news if news_only else everything


@pytest.mark.both_databases
async def test_ten_thousand_entries_that_change_everything_do_not_flood_the_store(press):
    """FAULTS 18, 19: a feed server on an opened loopback network."""
    async with serving({"/feed": Reply(entries(10_000))}) as site:
        source_id = await press.add(site.url("/feed"), SERVER)
        assert await press.poll(source_id) is None
        assert len(await press.articles()) == NEWEST
        assert await count(press, news_only=True) == 0  # all of it was there before: live digests leave it out
        for changed in ({"guid": "h"}, {"guid": "i", "link": "m"}, {"guid": "j", "link": "n", "title": "u"}):
            site.replies["/feed"] = Reply(entries(10_000, **changed))
            assert await press.poll(source_id, minutes=20) is None
            assert len(await press.articles()) == NEWEST  # the same texts
        site.replies["/feed"] = Reply(entries(10_000, guid="k", link="o", title="v", text="y"))
        assert await press.poll(source_id, minutes=20) is None
        assert len(await press.articles()) <= 2 * NEWEST
        assert await count(press, news_only=True) == 0  # a site that was rebuilt is no news


async def test_what_a_source_brings_in_a_day_is_capped_and_the_rest_comes_the_next_day(press):
    """FAULTS 18."""
    async with serving({}) as site:
        source_id = await press.add(site.url("/feed"))
        for number in range(6):
            letter = "abcdef"[number]
            body = entries(NEWEST, guid=letter, link=letter, title=f"{letter} street", text=f"{letter}-")
            site.replies["/feed"] = Reply(body, headers={"ETag": f'"{letter}"'})
            assert await press.poll(source_id, hours=2) is None
        assert len(await press.articles()) == MOST_A_DAY
        assert (await press.source(source_id)).etag is None  # what is left must come again
        assert await press.poll(source_id, days=2) is None
        assert len(await press.articles()) == MOST_A_DAY + NEWEST
        assert (await press.source(source_id)).etag == '"f"'


async def test_the_first_poll_is_backlog_and_what_comes_later_is_news(press):
    """FAULTS 18."""
    async with serving({"/feed": Reply(entries(30))}) as site:
        source_id = await press.add(site.url("/feed"))
        await press.poll(source_id)
        assert (await count(press), await count(press, news_only=True)) == (30, 0)
        site.replies["/feed"] = Reply(entries(33))
        await press.poll(source_id, hours=1)
        assert (await count(press), await count(press, news_only=True)) == (33, 3)


async def test_a_busy_day_is_news(press):
    """No flood: as many as the source usually brings, or few."""
    async with serving({"/feed": Reply(entries(30))}) as site:
        source_id = await press.add(site.url("/feed"))
        await press.poll(source_id)
        site.replies["/feed"] = Reply(entries(40, guid="h", link="m", title="u", text="y"))
        await press.poll(source_id, hours=1)
        assert await count(press, news_only=True) == 40


async def test_all_entries_have_one_guid(press):
    """FAULTS 20: every distinct entry once."""
    items = [
        item(f"boat{n}", story(f"boat{n}", 20), guid="same", link=f"http://127.9.8.1:1/boat{n}") for n in range(30)
    ]
    async with serving({"/feed": Reply(feed(*items))}) as site:
        source_id = await press.add(site.url("/feed"))
        for number in range(3):
            site.replies["/feed"] = Reply(feed(*items, title=f"Post {number}"))
            assert await press.poll(source_id, hours=1) is None
    assert await press.titles() == {f"boat{n}" for n in range(30)}
    assert len(await press.articles()) == 30


async def test_an_entry_without_any_name_that_changes_at_every_poll_does_not_fill_the_store(press):
    """FAULTS 21."""
    async with serving({}) as site:
        source_id = await press.add(site.url("/feed"))
        for number in range(60):
            text = f"It is {number} past the hour and the tide stands at {number * 7} centimetres in the harbour."
            site.replies["/feed"] = Reply(feed(f"<item><description>{text}</description></item>"))
            assert await press.poll(source_id, minutes=10) is None
    assert len(await press.articles()) <= 25


async def test_a_named_entry_that_changes_at_every_poll_is_one_article_with_few_updates(press):
    """FAULTS 21."""
    async with serving({}) as site:
        source_id = await press.add(site.url("/feed"))
        for number in range(60):
            text = f"It is {number} past the hour and the tide stands at {number * 7} centimetres in the harbour."
            site.replies["/feed"] = Reply(feed(item("tide", text, guid="tide", link="http://127.9.8.1:1/tide")))
            assert await press.poll(source_id, minutes=10) is None
    (article,) = await press.articles()
    assert "past the hour" in article.text


async def test_five_hundred_feeds_on_one_host_are_asked_two_at_a_time_and_all_within_their_period(press):
    """FAULTS 25."""
    replies = {f"/{n}": Reply("", 500, delay=0.002) for n in range(500)}
    async with serving(replies) as site:
        for path in replies:
            await press.add(site.url(path))
        for _ in range(100):
            await press.polling.poll_due()
            press.clock.wind(seconds=7)
        assert sorted(set(site.paths)) == sorted(replies)
        assert site.most_at_once == 2
