"""Articles are taken in once and seen by those who may see them."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from storage import SHARED, NotFound, Outcome, Storage, server_scope, user_scope
from storage.tables import appearances, articles, bands, sources
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
    changed = an_article(text="The harbour did not open after all. The crews of the harbour went home.")
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


async def test_a_completed_teaser_is_not_overwritten_by_its_teaser(storage):
    source_id = await a_source(storage)
    teaser = an_article(text="The harbour is open. Read more.")
    await keep(storage, source_id, an_article(text="The whole story. " * 40, delivered_fingerprint=teaser.fingerprint))
    assert await keep(storage, source_id, teaser) == [DUPLICATE]
    assert await keep(storage, source_id, an_article(text="The harbour is open! Read on.")) == [DUPLICATE]
    async with storage.reading() as tx:
        (article,) = await tx.articles.list_latest(Audience(operator=True), 9)
    assert article.text.startswith("The whole story.")


async def test_what_members_handed_in_can_be_opened_by_them_and_is_in_no_list(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article("harbour"))
    pasted = await keep_one(storage, an_article("pasted"), server_scope(SERVER))
    private = await keep_one(storage, an_article("private"), user_scope(5))
    member, stranger = Audience(server_id=SERVER, user_id=5), Audience(server_id=OTHER_SERVER, user_id=6)
    async with storage.reading() as tx:
        assert [article.title for article in await tx.articles.list_latest(member, 9)] == ["The harbour opens"]
        assert await tx.articles.search("pasted", member, 9) == []
        for article_id in (pasted, private):
            await tx.articles.get(article_id, member)
            with pytest.raises(NotFound):
                await tx.articles.get(article_id, stranger)
        with pytest.raises(NotFound):
            await tx.articles.get(private, Audience(server_id=SERVER, user_id=6))
        assert await tx.articles.list_latest(stranger, 9) == []


async def keep_one(storage, article, scope) -> int:
    async with storage.begin() as tx:
        ((_, article_id),) = await tx.articles.keep([article], scope=scope, source_id=None, now=NOON)
    return article_id


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
    assert await candidates(storage, digest) == ["The new opens"]
    async with storage.begin() as tx:
        assert not await tx.editions.fail(edition.edition_id, "another", [])
        assert await tx.editions.fail(edition.edition_id, "first", [])
    assert await candidates(storage, digest) == ["The new opens", "The told opens"]  # a failed edition told nothing


async def test_what_an_edition_told_before_it_failed_is_told(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article("posted"), an_article("lost"))
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        edition = await tx.editions.claim_slot(SERVER, digest.digest_id, "s", NOON, (NOON, NOON), a_lease())
        both = [found.article.article_id for found in await tx.articles.search("opened", Audience(server_id=SERVER), 9)]
        (posted,) = await tx.articles.search("posted", Audience(server_id=SERVER), 1)
        await tx.editions.freeze(edition.edition_id, "first", {}, both, [])
    assert await candidates(storage, digest) == []
    async with storage.begin() as tx:
        assert await tx.editions.fail(edition.edition_id, "first", [posted.article.article_id])
    assert await candidates(storage, digest) == ["The lost opens"]


async def candidates(storage, digest, start=NOON - timedelta(days=1), not_before=NOON - timedelta(days=9)):
    async with storage.reading() as tx:
        found = await tx.articles.list_candidates(SERVER, digest.digest_id, start, NOON, not_before=not_before, limit=9)
    return [article.title for article in found]


async def test_candidates_are_what_the_servers_own_sources_carry_first_and_no_archive(storage):
    unfollowed = await a_source(storage, "https://unfollowed.example")
    followed = await a_source(storage, "https://followed.example", SERVER)
    await keep(storage, unfollowed, an_article("known"), now=NOON - timedelta(days=3))
    await keep(storage, followed, an_article("known"), an_article("archive", published=NOON - timedelta(days=400)))
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
    assert await candidates(storage, digest) == ["The known opens"]


async def test_what_a_source_of_the_server_carried_before_is_no_candidate_when_another_carries_it(storage):
    first = await a_source(storage, "https://one.example", SERVER)
    second = await a_source(storage, "https://two.example", SERVER)
    await keep(storage, first, an_article(), now=NOON - timedelta(days=3))
    await keep(storage, second, an_article(), now=NOON - timedelta(hours=1))
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
    assert await candidates(storage, digest) == []
    assert await candidates(storage, digest, start=NOON - timedelta(days=4)) == ["The harbour opens"]


async def test_the_window_ends_with_its_last_moment_and_begins_after_its_first(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    for name, now in (("first", NOON - timedelta(days=1)), ("last", NOON), ("later", NOON + timedelta(seconds=1))):
        await keep(storage, source_id, an_article(name), now=now)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
    assert await candidates(storage, digest) == ["The last opens"]


async def test_a_paused_subscription_gives_no_candidates(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    await keep(storage, source_id, an_article())
    async with storage.begin() as tx:
        await tx.sources.set_paused(SERVER, source_id, True)
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
    assert await candidates(storage, digest) == []


async def test_what_is_under_embargo_is_in_no_list_until_it_ends(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    ended, future = NOON - timedelta(hours=1), NOON.replace(year=9000)
    await keep(storage, source_id, an_article("ended", embargo_until=ended), an_article("held", embargo_until=future))
    member, operator = Audience(server_id=SERVER), Audience(operator=True)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        for audience in (member, operator):
            assert [article.title for article in await tx.articles.list_latest(audience, 9)] == ["The ended opens"]
            assert [hit.article.title for hit in await tx.articles.search("mayor", audience, 9)] == ["The ended opens"]
        assert [article.title for article in await tx.articles.list_of_source(source_id, 9)] == ["The ended opens"]
        with pytest.raises(NotFound):
            await tx.articles.get(2, member)
    assert await candidates(storage, digest) == ["The ended opens"]


async def test_what_was_under_embargo_arrives_when_that_ends(storage):
    source_id = await a_source(storage, "https://example.org/feed", SERVER)
    end = NOON + timedelta(days=1)
    await keep(storage, source_id, an_article("held", embargo_until=end))
    hour = timedelta(hours=1)
    async with storage.begin() as tx:
        digest = await tx.digests.add(SERVER, a_digest(), NOON)
        for since, told in ((end - 2 * hour, []), (end - hour, ["The held opens"]), (end + hour, [])):
            window = {"start": since, "end": since + hour, "not_before": NOON - hour, "limit": 9}
            found = await tx.articles.list_candidates(SERVER, digest.digest_id, **window)
            assert [article.title for article in found] == told


async def test_what_a_member_handed_in_under_embargo_is_the_members(storage):
    held = an_article(embargo_until=NOON.replace(year=9000))
    article_id = await keep_one(storage, held, server_scope(SERVER))
    async with storage.reading() as tx:
        assert (await tx.articles.get(article_id, Audience(server_id=SERVER))).embargo_until == held.embargo_until


async def test_many_are_kept_as_one_after_the_other(storage):
    """Whatever comes in in one batch ends as if it had come in alone."""
    rng = random.Random(5)
    for scope, named in (("server:1", False), ("server:2", True)):
        new = [
            an_article(
                text=f"Report {rng.randrange(30)} on the harbour. " * rng.choice([1, 2, 5]),
                url=f"https://example.org/{rng.randrange(40)}" if named else None,
                title=f"Title {at}",
            )
            for at in range(200)
        ]
        at_once = await keep(storage, None, *new, scope=scope)
        singly = [outcome for article in new for outcome in await keep(storage, None, article, scope=f"{scope}1")]
        assert at_once == singly
        async with storage._engine.connect() as connection:
            texts = [
                sorted(await connection.scalars(select(articles.c.text).where(articles.c.scope == each)))
                for each in (scope, f"{scope}1")
            ]
        assert texts[0] == texts[1]


async def test_an_update_renews_all_that_is_known_of_the_article(storage):
    source_id = await a_source(storage)
    day = date(2026, 11, 20)
    before = an_article(bands=(1, 2), dates=((0, 3, day),), place="Varnes", embargo_until=NOON - timedelta(days=1))
    after = an_article(
        text="It shut again. " * 9, bands=(2, 3), dates=((1, 5, day),), place="Kelda", link="https://x.example"
    )
    assert await keep(storage, source_id, before) == [STORED]
    assert await keep(storage, source_id, after, now=NOON + timedelta(hours=1)) == [UPDATED]
    async with storage.reading() as tx:
        (article,) = await tx.articles.list_latest(Audience(operator=True), 9)
    assert (article.dates, article.place, article.embargo_until, article.link) == (
        after.dates,
        "Kelda",
        None,
        after.link,
    )
    assert (article.fingerprint, article.updated_at, article.first_seen) == (
        after.fingerprint,
        NOON + timedelta(hours=1),
        NOON,
    )
    assert await kept_bands(storage) == {(2, article.article_id), (3, article.article_id)}


async def kept_bands(storage):
    async with storage._engine.connect() as connection:
        return {tuple(row) for row in await connection.execute(select(bands.c.band, bands.c.article_id))}


async def test_bands_are_kept_of_shared_texts_and_for_some_days(storage):
    source_id, private = await a_source(storage), await a_source(storage, "https://private.example")
    async with storage._engine.begin() as connection:
        await connection.execute(update(sources).where(sources.c.source_id == private).values(login="reader:secret"))
    await keep(storage, private, an_article("private", bands=(1,)))
    await keep(storage, None, an_article("pasted", bands=(2,)), scope=server_scope(SERVER))
    assert await kept_bands(storage) == set()
    for day in range(30):
        now = NOON + timedelta(days=day)
        await keep(storage, source_id, *(an_article(f"{day}-{at}", bands=(day, 99)) for at in range(3)), now=now)
    assert {band for band, _ in await kept_bands(storage)} == {*range(23, 30), 99}


async def similar(storage, source_id, article, now=NOON, scope=SHARED):
    async with storage.reading() as tx:
        known = await tx.articles.recognise([article], scope=scope, source_id=source_id, now=now)
    assert known.kept is None
    return [each.title for each in known.similar.get(0, ())]


async def test_what_shares_most_bands_is_similar_and_the_newest_of_what_all_have(storage):
    one, two = await a_source(storage, "https://one.example"), await a_source(storage, "https://two.example")
    await keep(storage, one, an_article("first", bands=(7, 8, 9)))
    for at in range(40):
        await keep(storage, one, an_article(f"standing{at}", bands=(7 + at % 3,)))
    await keep(storage, one, an_article("near", bands=(1, 2, 3)), an_article("nearer", bands=(1, 2, 3, 4)))
    new = an_article("new", bands=(1, 2, 3, 4, 7, 8, 9))
    found = await similar(storage, two, new)
    assert found[:2] == ["The nearer opens", "The near opens"]
    assert "The first opens" not in found  # what many have is standing text
    assert await similar(storage, two, an_article("new", bands=())) == []
    assert await similar(storage, two, new, now=NOON + timedelta(days=8)) == []
    assert await similar(storage, None, new, scope=server_scope(SERVER)) == []


async def test_what_is_known_needs_no_writing(storage):
    source_id = await a_source(storage)
    await keep(storage, source_id, an_article(), an_article("pier"))
    async with storage.reading() as tx:
        new = [an_article("pier"), an_article()]
        known = await tx.articles.recognise(new, scope=SHARED, source_id=source_id, now=NOON)
        assert known.kept == [(DUPLICATE, 2), (DUPLICATE, 1)]
        other = await tx.articles.recognise(new, scope=SHARED, source_id=source_id + 1, now=NOON)
        assert other.kept is None  # that another source has it is written down


async def test_a_near_copy_of_what_is_gone_is_an_article(storage):
    source_id = await a_source(storage)
    assert await keep(storage, source_id, an_article(copy_of=99)) == [STORED]


async def test_what_an_older_version_wrote_down_is_recognised(storage):
    """Appearances had no key and no link, and the fingerprint of the text alone."""
    source_id = await a_source(storage)
    teaser = an_article(text="The harbour is open. Read more.", key="k")
    await keep(storage, source_id, an_article(text="The whole story. " * 2, delivered_fingerprint=teaser.fingerprint))
    async with storage._engine.begin() as connection:
        old = {"fingerprint": teaser.fingerprint, "key": None, "link": None}
        await connection.execute(update(appearances).values(old))
    assert await keep(storage, source_id, teaser) == [DUPLICATE]
    assert await keep(storage, source_id, an_article(text="The harbour is shut. Read more.", key="k")) == [UPDATED]
