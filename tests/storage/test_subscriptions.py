"""What an admin changes about a source stays within the server; a shared source is touched only where it may be."""

from datetime import timedelta

import pytest

from storage import SHARED, NameTaken, NotFound
from tests.factories import NOON, OTHER_SERVER, SERVER, a_source, an_article


async def test_a_label_and_category_belong_to_one_server(storage):
    source_id = await a_source(storage, "https://one.example", SERVER, OTHER_SERVER)
    async with storage.begin() as tx:
        await tx.sources.name(SERVER, source_id, label="Isle", category="News/Local")
        mine = await tx.sources.get_subscription(SERVER, source_id)
        assert (mine.label, mine.category) == ("Isle", "News/Local")
        assert (await tx.sources.get_subscription(OTHER_SERVER, source_id)).label == "https://one.example"
        assert await tx.sources.find_subscription(SERVER, "ISLE") == mine
        await tx.sources.name(SERVER, source_id, label="ISLE", category="")  # its own label in other letters
        assert (await tx.sources.get_subscription(SERVER, source_id)).label == "ISLE"


async def test_a_label_that_another_source_has_is_taken(storage):
    one = await a_source(storage, "https://one.example", SERVER)
    await a_source(storage, "https://two.example", SERVER)
    async with storage.begin() as tx:
        with pytest.raises(NameTaken):
            await tx.sources.name(SERVER, one, label="HTTPS://two.example", category="")
        with pytest.raises(NotFound):
            await tx.sources.get_subscription(OTHER_SERVER, one)


async def test_whether_others_follow_a_source_counts_paused_ones_too(storage):
    source_id = await a_source(storage, "https://one.example", SERVER)
    async with storage.begin() as tx:
        assert not await tx.sources.is_followed_elsewhere(source_id, SERVER)
        assert await tx.sources.is_followed_elsewhere(source_id, OTHER_SERVER)
        await tx.sources.set_paused(SERVER, source_id, True)
        assert await tx.sources.is_followed_elsewhere(source_id, OTHER_SERVER)


async def test_a_new_password_replaces_the_old_one(storage):
    source_id = await a_source(storage, "https://reader@one.example", SERVER)
    async with storage.begin() as tx:
        await tx.sources.set_login(source_id, "reader:tide")
        assert (await tx.sources.get(source_id)).login == "reader:tide"


async def test_only_what_nobody_follows_is_postponed(storage):
    followed, free = (
        await a_source(storage, "https://one.example", SERVER),
        await a_source(storage, "https://two.example"),
    )
    later = NOON + timedelta(hours=1)
    async with storage.begin() as tx:
        for source_id in (followed, free):
            await tx.sources.postpone(source_id, later)
        assert (await tx.sources.get(followed)).next_poll_at == NOON
        assert (await tx.sources.get(free)).next_poll_at == later


async def test_the_newest_articles_of_a_source_are_its_own(storage):
    mine, other = await a_source(storage, "https://one.example", SERVER), await a_source(storage, "https://two.example")
    moments = {"pier": 3, "harbour": 1, "dome": 2}
    new = [an_article(name, published=NOON - timedelta(hours=hours)) for name, hours in moments.items()]
    async with storage.begin() as tx:
        await tx.articles.keep(new, scope=SHARED, source_id=mine, now=NOON)
        await tx.articles.keep([an_article("tunnel", published=NOON)], scope=SHARED, source_id=other, now=NOON)
        newest = await tx.articles.list_of_source(mine, 2)
        assert [article.title for article in newest] == ["The harbour opens", "The dome opens"]
        assert len(await tx.articles.list_of_source(other, 9)) == 1
