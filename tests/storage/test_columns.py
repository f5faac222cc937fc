"""Text from anywhere can be stored, found again, and read back."""

import pytest

from storage import SHARED, NotFound, server_scope
from storage.types import Audience, PollResult
from tests.factories import NOON, SERVER, a_digest, a_source, an_article

ODD = "before\x00after \ud83d alone \U0001f600 together"
KEPT = "before\ufffdafter \ufffd alone \U0001f600 together"


async def test_nul_and_lone_surrogates_become_one_sign_each(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    odd = an_article(text=ODD, title=ODD, byline=ODD, url=f"https://example.org/{ODD}", language="x" * 40)
    async with storage.begin() as tx:
        ((_, article_id),) = await tx.articles.keep([odd], scope=SHARED, source_id=source_id, now=NOON)
        article = await tx.articles.get(article_id, Audience(server_id=SERVER))
    assert (article.text, article.title, article.byline) == (KEPT, KEPT, KEPT)
    assert len(article.text) == len(ODD)  # evidence counts characters
    assert article.language == "x" * 40
    async with storage.begin() as tx:  # the same address, and the same text, are known again
        ((outcome, again),) = await tx.articles.keep([odd], scope=SHARED, source_id=source_id, now=NOON)
    assert (outcome, again) == ("duplicate", article_id)


async def test_names_and_errors_may_be_odd_too(storage):
    source_id = await a_source(storage, f"https://example.org/{ODD}", SERVER)
    async with storage.begin() as tx:
        assert (await tx.sources.find_subscription(SERVER, f"https://example.org/{ODD}")).source.source_id == source_id
        await tx.sources.record_polls([(source_id, PollResult(NOON, NOON, error=ODD))])
        assert (await tx.sources.get(source_id)).last_error == KEPT
        digest = await tx.digests.add(SERVER, a_digest(ODD), NOON)
        assert await tx.digests.find(SERVER, ODD) == digest


async def test_content_keeps_every_character(storage):
    async with storage.begin() as tx:
        brief_id = await tx.briefs.keep("key", server_scope(SERVER), {ODD: [ODD]}, NOON)
        assert await tx.briefs.get(brief_id, server_scope(SERVER)) == {ODD: [ODD]}


@pytest.mark.parametrize("discord_id", [1, 2**53 + 1, 2**63 - 1])
async def test_discord_ids_are_kept_exactly(storage, discord_id):
    async with storage.begin() as tx:
        await tx.servers.ensure(discord_id, NOON)
        digest = await tx.digests.add(discord_id, a_digest(channel_id=discord_id), NOON)
    assert (digest.server_id, digest.channel_id) == (discord_id, discord_id)


async def test_any_number_a_custom_id_can_carry_is_simply_not_there(storage):
    unknown = 10**18 - 1
    async with storage.reading() as tx:
        for look in (
            tx.digests.get(SERVER, unknown),
            tx.editions.get(SERVER, unknown),
            tx.notices.get(SERVER, unknown),
            tx.reports.get(SERVER, unknown),
            tx.sources.get(unknown),
            tx.sources.get_subscription(SERVER, unknown),
            tx.articles.get(unknown, Audience(server_id=SERVER)),
            tx.briefs.get(unknown, SHARED),
        ):
            with pytest.raises(NotFound):
                await look
