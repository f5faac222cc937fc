"""*Sources*, *More* and *Report* under editions, as readers meet them, and what a decision does to the post."""

from dataclasses import replace
from email.utils import format_datetime

import pytest
import pytest_asyncio

from bot.demo.reading import buttons_of, text_of
from bot.services.reports import MOST_A_DAY
from bot.ui import custom_ids
from storage import NewArticle, Size
from storage.types import server_scope
from tests.bot.cogs.papers import TITLES, rss
from tests.factories import a_digest
from tests.servers import serving

pytestmark = pytest.mark.asyncio(loop_scope="package")
NEWS = [(title, f"{text} More is to be said about it on Sunday.") for title, text in TITLES.items()]
TEXTS = {title: " ".join(text.split()) for title, text in NEWS}


@pytest_asyncio.fixture(loop_scope="package")
async def supplied(place):
    """A server that follows a paper."""
    return await supply(place, NEWS)


async def supply(place, news):
    date = f"<pubDate>{format_datetime(place.dateline.clock.now())}</pubDate>"
    feed = rss(items=news, at="desk")
    async with serving({"/feed.xml": replace(feed, body=feed.body.replace("<guid>", f"{date}<guid>"))}) as site:
        await place.supply(site.url("/feed.xml"), "Island Post")
    return place


async def posted(place, **digest):
    """The message of an edition that was just posted."""
    now = place.dateline.clock.now()
    new = a_digest(channel_id=place.news.id, timezone="Europe/Lisbon", **digest)
    async with place.dateline.storage.begin() as tx:
        await tx.servers.ensure(place.guild.id, now)
        kept = await tx.digests.add(place.guild.id, new, now)
    await place.dateline.digesting.post(kept, 1)
    (message,) = place.news.history()
    return message


async def edition_of(place):
    async with place.dateline.storage.reading() as tx:
        (digest,) = await tx.digests.list_all(place.guild.id)
        (edition,) = await tx.editions.list_of_digest(digest.digest_id)
    return edition


def options_of(message):
    """The lines of all menus of a message: (menu's custom id, value, label)."""
    menus = [row["components"][0] for box in message.components for row in box["components"] if row["type"] == 1]
    return [(menu["custom_id"], line["value"], line["label"]) for menu in menus for line in menu.get("options", [])]


async def choose(who, message, wanted):
    """Choose the first line whose label holds some words."""
    custom_id, value, _ = next(line for line in options_of(message) if wanted in line[2])
    return await who.select(message, [value], custom_id=custom_id)


async def test_an_edition_has_three_buttons(supplied):
    message = await posted(supplied)
    assert list(buttons_of(message)) == ["Sources", "More", "Report"]
    assert "Island Post" in text_of(message)
    assert ":R>" in text_of(message)


async def test_more_tells_the_chosen_story_at_greater_length_to_the_asker_alone(supplied):
    message = await posted(supplied)
    asked = await supplied.member.click(message, label="More")
    assert asked.ephemeral
    titles = [label for _, _, label in options_of(asked.response)]
    assert len(titles) == 4
    told = await choose(supplied.member, asked.response, "Tunnel")
    assert told.ephemeral
    seen = text_of(told.response or told.followups[0])
    points = [line[2:] for line in seen.splitlines() if line.startswith("- ")]
    assert len(points) >= 4
    in_edition = text_of(message).split("### Tunnel is through")[1].split("###")[0]
    assert len(points) > sum(line.startswith("- ") for line in in_edition.splitlines())
    assert all(word in TEXTS["Tunnel is through"] for word in points[0].rstrip(".").split()[:3])


async def test_one_story_needs_no_question(supplied):
    message = await posted(supplied, stories=1)
    told = await supplied.member.click(message, label="More")
    assert "every point is a sentence of its source" in text_of(told.response or told.followups[0])


async def test_a_report_reaches_the_admins_and_changes_nothing(supplied):
    message = await posted(supplied)
    before = text_of(message)
    asked = await supplied.member.click(message, label="Report")
    assert asked.ephemeral
    await choose(supplied.member, asked.response, "ferry between the islands")
    assert "Thank you" in text_of(asked.response)
    (notice,) = await supplied.dateline.notices.list_standing(supplied.guild.id)
    assert notice.cause.startswith("report:")
    assert "ferry between the islands" in notice.body["text"]
    assert text_of(message) == before


async def report_of(place, message):
    asked = await place.member.click(message, label="Report")
    await choose(place.member, asked.response, "ferry between the islands")
    (notice,) = await place.dateline.notices.list_standing(place.guild.id)
    return int(notice.cause.partition(":")[2])


async def test_hiding_edits_the_post_and_sources_and_more_keep_quiet(supplied):
    message = await posted(supplied)
    before = text_of(message)
    report_id = await report_of(supplied, message)
    await supplied.dateline.reports.decide(supplied.guild.id, report_id, True, supplied.admin.id)
    (edited,) = supplied.news.history()
    assert "Point removed by this server's editors, <t:" in text_of(edited)
    assert "ferry between the islands" not in text_of(edited)
    sources = await supplied.member.click(edited, label="Sources")
    assert "ferry between the islands" not in text_of(sources.response)
    asked = await supplied.member.click(edited, label="More")
    longer = await choose(supplied.member, asked.response, "Ferry")
    assert "ferry between the islands" not in text_of(longer.response or longer.followups[0])
    asked = await supplied.member.click(edited, label="Report")
    assert not any("ferry between the islands" in label for _, _, label in options_of(asked.response))
    await supplied.dateline.reports.decide(supplied.guild.id, report_id, False, supplied.admin.id)
    (restored,) = supplied.news.history()
    assert text_of(restored) == before


async def test_a_correction_of_the_source_edits_the_post(place):
    # A text of its own: what servers of other tests read in their papers this one could not change.
    supplied = await supply(place, [(title, f"{text} It was sent at noon.") for title, text in NEWS])
    message = await posted(supplied)
    now = supplied.dateline.clock.now()
    async with supplied.dateline.storage.begin() as tx:
        (followed,) = await tx.sources.list_subscriptions(supplied.guild.id)
        (ferry,) = [article for article in await supplied.articles() if article.title == "Ferry sails again"]
        text = ferry.text.replace("again on Monday", "again on Wednesday")
        new = NewArticle(text, title=ferry.title, url=ferry.url, link=ferry.link, published=ferry.published)
        await tx.articles.keep([new], scope="shared", source_id=followed.source.source_id, now=now)
    await supplied.dateline.revisions.run_due()
    (edited,) = supplied.news.history()
    assert edited.id == message.id
    assert "sailed again on Wednesday" in text_of(edited)
    assert "Corrected <t:" in text_of(edited)
    assert "again on Monday" not in text_of(edited)
    sources = await supplied.member.click(edited, label="Sources")
    assert "again on Wednesday" in text_of(sources.response)


async def test_all_buttons_answer_after_a_restart(supplied):
    message = await posted(supplied)
    asked = await supplied.member.click(message, label="Report")
    more = await supplied.member.click(message, label="More")
    await supplied.restart()
    for label in ("Sources", "More", "Report"):
        answer = await supplied.member.click(message, label=label)
        assert answer.ephemeral
    told = await choose(supplied.member, more.response, "Tunnel")
    assert "### Tunnel is through" in text_of(told.response or told.followups[0])
    await choose(supplied.member, asked.response, "ferry between the islands")
    assert "Thank you" in text_of(asked.response)


async def test_after_retention_the_buttons_say_that_the_text_is_gone(supplied):
    message = await posted(supplied)
    await forget_articles(supplied)
    sources = await supplied.member.click(message, label="Sources")
    assert "The text of this article is not kept any more." in text_of(sources.response)
    assert "> " not in text_of(sources.response)
    asked = await supplied.member.click(message, label="More")
    told = await choose(supplied.member, asked.response, "Tunnel")
    assert "not kept any more" in text_of(told.response or told.followups[0])
    reported = await supplied.member.click(message, label="Report")
    await choose(supplied.member, reported.response, "ferry between the islands")
    assert "Thank you" in text_of(reported.response)


async def forget_articles(place):
    """What retention does: shared articles become a scope that no edition looks into."""
    from sqlalchemy import update

    from storage.tables import articles

    async with place.dateline.storage._engine.begin() as connection:
        nowhere = server_scope(place.guild.id)
        ids = [article.article_id for article in await place.articles()]
        await connection.execute(update(articles).where(articles.c.article_id.in_(ids)).values(scope=nowhere))


async def test_another_servers_ids_are_out_of_reach(supplied, elsewhere):
    """FAULTS 41: every custom id of an edition, replayed in another server."""
    message = await posted(supplied)
    edition = await edition_of(supplied)
    for custom_id in buttons_of(message).values():
        pressed = await elsewhere.press(elsewhere.member, custom_id)
        assert "That edition is not there any more." in text_of(pressed.response)
    async with supplied.dateline.storage.reading() as tx:
        assert await tx.reports.list_of_edition(supplied.guild.id, edition.edition_id) == []
    asked = await supplied.member.click(message, label="Report")
    assert custom_ids.edition_point(edition.edition_id) == options_of(asked.response)[0][0]


async def test_a_flood_of_reports_is_stopped_with_a_sentence(supplied):
    message = await posted(supplied)
    edition = await edition_of(supplied)
    now = supplied.dateline.clock.now()
    async with supplied.dateline.storage.begin() as tx:
        for number in range(MOST_A_DAY):
            place = (9, number)
            await tx.reports.report(supplied.guild.id, edition.edition_id, place, "f", supplied.member.id, now)
    asked = await supplied.member.click(message, label="Report")
    answer = await choose(supplied.member, asked.response, "ferry between the islands")
    assert "within a day" in text_of(answer.response or answer.followups[0])
    assert await supplied.dateline.notices.list_standing(supplied.guild.id) == []


async def test_headlines_alone_can_be_doubted_too(supplied):
    message = await posted(supplied, size=Size.HEADLINES)
    assert "###" not in text_of(message)
    asked = await supplied.member.click(message, label="Report")
    assert sorted(label for _, _, label in options_of(asked.response))[0] == "Ferry sails again"
