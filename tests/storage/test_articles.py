"""Articles are taken in once and seen by those who may see them."""

from datetime import timedelta

import pytest

from storage import SHARED, NotFound, Outcome, Storage, server_scope
from storage.types import Audience
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_lease, a_source, an_article

DUPLICATE, STORED, UPDATED = Outcome.DUPLICATE, Outcome.STORED, Outcome.UPDATED


async def keep(storage: Storage, source_id: int | None, *articles, scope: str = SHARED, now=NOON):
    async with storage.begin() as tx:
        kept = await tx.articles.keep(articles, scope=scope, source_id=source_id, now=now)
    return [outcome for outcome, _ in kept]


async def test_the_same_text_is_the_same_article_whatever_its_case_and_spacing(storage):
    source_id = await a_source(storage)
    same = an_article(url="https://elsewhere.example/copy", text=an_article().text.upper().replace(" ", "\n"))
    assert await keep(storage, source_id, an_article(), same) == [STORED, DUPLICATE]


async def test_a_source_that_changes_its_text_updates_the_article(storage):
    source_id = await a_source(storage)
    await keep(storage, source_id, an_article())
    changed = an_article(text="The harbour did not open after all.")
    assert await keep(storage, source_id, changed) == [UPDATED]
    assert await keep(storage, source_id, changed) == [DUPLICATE]
    async with storage.reading() as tx:
        assert [hit.article.text for hit in await tx.articles.search("after all", Audience(operator=True), 5)] == [
            changed.text
        ]
        assert await tx.articles.search("mayor praised", Audience(operator=True), 5) == []


async def test_two_sources_that_word_one_address_differently_do_not_overwrite_each_other(storage):
    first, second = await a_source(storage, "https://one.example"), await a_source(storage, "https://two.example")
    teaser = an_article(text="The harbour is open. Read more.")
    assert await keep(storage, first, an_article()) == [STORED]
    for _ in range(3):
        assert await keep(storage, second, teaser) == [DUPLICATE]
        assert await keep(storage, first, an_article()) == [DUPLICATE]


async def test_an_address_that_several_entries_of_a_feed_share_says_nothing(storage):
    source_id = await a_source(storage)
    entries = [an_article("bridge", url="https://example.org"), an_article("tunnel", url="https://example.org")]
    assert await keep(storage, source_id, *entries) == [STORED, STORED]
    assert await keep(storage, source_id, *entries) == [DUPLICATE, DUPLICATE]


async def test_a_server_sees_what_its_sources_carried_and_what_its_members_handed_in(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article("harbour"))
    await keep(storage, None, an_article("pasted"), scope=server_scope(SERVER))
    async with storage.reading() as tx:
        assert len(await tx.articles.list_latest(Audience(server_id=SERVER), 9)) == 2
        assert await tx.articles.list_latest(Audience(server_id=OTHER_SERVER), 9) == []
        assert await tx.articles.list_latest(Audience(user_id=5), 9) == []
        assert await tx.articles.search("pasted", Audience(server_id=OTHER_SERVER), 9) == []
        (own,) = await tx.articles.search("pasted", Audience(server_id=SERVER), 9)
        with pytest.raises(NotFound):
            await tx.articles.get(own.article.article_id, Audience(server_id=OTHER_SERVER))


async def test_the_same_pasted_text_is_kept_for_each_server_apart(storage):
    assert await keep(storage, None, an_article(), scope=server_scope(SERVER)) == [STORED]
    assert await keep(storage, None, an_article(), scope=server_scope(OTHER_SERVER)) == [STORED]


async def test_search_folds_diacritics_and_treats_operators_as_words(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article("économie"))
    async with storage.reading() as tx:
        for words in ("economie", 'economie "mayor', "ECONOMIE* praised)"):
            assert len(await tx.articles.search(words, Audience(server_id=SERVER), 9)) == 1
        for words in ("", "?!", "economie NOT mayor", "title:economie"):
            assert await tx.articles.search(words, Audience(server_id=SERVER), 9) == []


async def test_candidates_are_new_followed_and_untold(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article("old"), now=NOON - timedelta(days=2))
    await keep(storage, source_id, an_article("told"))
    await keep(storage, source_id, an_article("new"))
    await keep(storage, await a_source(storage, "https://unfollowed.example"), an_article("foreign"))
    window = (NOON - timedelta(days=1), NOON)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        edition = await tx.editions.claim_slot(SERVER, digest.digest_id, "s", NOON, window, a_lease())
        (told,) = await tx.articles.search("told", Audience(server_id=SERVER), 1)
        await tx.editions.freeze(edition.edition_id, "first", {}, [told.article.article_id], [])
    async with storage.reading() as tx:
        found = await tx.articles.list_candidates(SERVER, digest.digest_id, *window, 9)
    assert [article.title for article in found] == ["The new opens"]


async def test_a_paused_subscription_gives_no_candidates(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article())
    async with storage.begin() as tx:
        await tx.sources.set_paused(SERVER, source_id, True)
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        assert await tx.articles.list_candidates(SERVER, digest.digest_id, NOON - timedelta(days=1), NOON, 9) == []


async def test_sources_are_named_by_the_servers_own_label(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article())
    async with storage.reading() as tx:
        assert await tx.articles.source_names([1], SERVER) == {1: ["https://example.org/feed"]}
        assert await tx.articles.source_names([1], OTHER_SERVER) == {1: []}
        assert await tx.articles.source_names([1], None) == {1: ["Feed https://example.org/feed"]}
