"""FAULTS 10: a source is asked under its new address once it has said so at several good polls in a row."""

import pytest

from bot.ingest.web.fetcher import Fetched, Validators
from bot.services.visits import with_move
from storage.types import PollResult
from tests.bot.services.press import feed, item, page, story
from tests.bot.services.test_rhythms import a_source
from tests.factories import NOON, OTHER_SERVER, SERVER
from tests.servers import Reply, serving

FERRY = Reply(feed(item("ferry", story("ferry", 30))))


def to(address, status=301):
    return Reply("", status, {"Location": address})


@pytest.fixture
async def new():
    async with serving({"/feed": FERRY, "/other": FERRY}, host="127.9.9.2") as site:
        yield site


@pytest.mark.parametrize("status", [301, 308])
async def test_a_permanent_redirect_is_adopted_after_three_good_polls_in_a_row(press, new, status):
    async with serving({"/feed": to(new.url("/feed"), status)}) as old:
        source_id = await press.add(old.url("/feed"))
        for _ in range(2):
            assert await press.poll(source_id, hours=1) is None
        assert (await press.source(source_id)).address == old.url("/feed")
        assert await press.poll(source_id, hours=1) is None
        assert (await press.source(source_id)).address == new.url("/feed")
        before = len(old.paths)
        assert await press.poll(source_id, hours=1) is None
        assert len(old.paths) == before
    assert await press.titles() == {"ferry"}


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_temporary_redirect_is_never_adopted(press, new, status):
    async with serving({"/feed": to(new.url("/feed"), status)}) as old:
        source_id = await press.add(old.url("/feed"))
        for _ in range(5):
            assert await press.poll(source_id, hours=1) is None
        source = await press.source(source_id)
    assert (source.address, source.moved_to) == (old.url("/feed"), None)


@pytest.mark.parametrize("between", ["failure", "another target", "no redirect"])
async def test_the_polls_must_be_good_and_in_a_row(press, new, between):
    other = {"failure": Reply("", 500), "another target": to(new.url("/other")), "no redirect": FERRY}[between]
    moved = to(new.url("/feed"))
    async with serving({"/feed": [moved, moved, other, moved, moved, moved]}) as old:
        source_id = await press.add(old.url("/feed"))
        for _ in range(5):
            await press.poll(source_id, hours=13)
            assert (await press.source(source_id)).address == old.url("/feed")
        await press.poll(source_id, hours=13)
    assert (await press.source(source_id)).address == new.url("/feed")


async def test_what_is_no_feed_is_not_moved_to(press, new):
    """A login page, say, or the page that a registrar shows."""
    new.replies["/login"] = Reply(page("login"))
    async with serving({"/feed": to(new.url("/login"))}) as old:
        source_id = await press.add(old.url("/feed"))
        for _ in range(5):
            assert "web page" in await press.poll(source_id, hours=13)
    assert (await press.source(source_id)).address == old.url("/feed")


async def test_an_answer_that_nothing_changed_counts_as_a_good_poll(press, new):
    tagged = Reply(FERRY.body, headers={"ETag": '"7"'})
    new.replies["/feed"] = [tagged, Reply("", 304)]
    async with serving({"/feed": to(new.url("/feed"))}) as old:
        source_id = await press.add(old.url("/feed"))
        for _ in range(3):
            assert await press.poll(source_id, hours=1) is None
    assert (await press.source(source_id)).address == new.url("/feed")


async def test_followers_go_over_when_somebody_follows_the_new_address_already(press, new):
    async with serving({"/feed": to(new.url("/feed"))}) as old:
        there = await press.add(new.url("/feed"), OTHER_SERVER)
        source_id = await press.add(old.url("/feed"), SERVER)
        await press.poll(there)
        for _ in range(3):
            assert await press.poll(source_id, hours=1) is None
    async with press.storage.reading() as tx:
        (moved,) = await tx.sources.list_subscriptions(SERVER)
    assert (moved.source.source_id, moved.label) == (there, old.url("/feed"))
    assert await press.titles(SERVER) == {"ferry"}
    press.clock.wind(days=1)
    assert await press.polling.poll_due() == 1


async def test_a_login_stays_where_it_was_given(press, new):
    async with serving({"/feed": to(new.url("/feed"))}) as old:
        address = old.url("/feed").replace("//", "//reader@")
        source_id = await press.add(address, login="reader:secret-word")
        for _ in range(5):
            await press.poll(source_id, hours=1)
        assert all("Authorization" not in request.headers for request in new.requests)
        assert (await press.source(source_id)).address == address
        old.replies["/moved"] = FERRY
        old.replies["/feed"] = to(old.url("/moved"))
        for _ in range(5):
            assert await press.poll(source_id, hours=1) is None
    source = await press.source(source_id)
    assert (source.address, source.login) == (address.replace("/feed", "/moved"), "reader:secret-word")


async def test_a_source_is_not_moved_onto_one_with_another_login(press):
    async with serving({"/feed": FERRY}) as site:
        site.replies["/old"] = to(site.url("/feed"))
        mine = await press.add(site.url("/old").replace("//", "//reader@"), SERVER, login="reader:my-word")
        theirs = await press.add(site.url("/feed").replace("//", "//reader@"), OTHER_SERVER, login="reader:their-word")
        for _ in range(5):
            assert await press.poll(mine, hours=1) is None
    async with press.storage.reading() as tx:
        (subscription,) = await tx.sources.list_subscriptions(SERVER)
    assert subscription.source.source_id == mine != theirs


@pytest.mark.parametrize(
    ("old", "new", "polls"),
    [
        ("https://a.example/feed", "https://b.example/feed", 2),
        ("http://a.example/feed", "https://b.example/feed", 2),
        ("http://a.example/feed", "http://b.example/feed", 2),
        ("https://a.example/feed", "http://b.example/feed", 0),
    ],
)
def test_https_is_never_left_for_http(old, new, polls):
    source = a_source(address=old, moved_to=new, moved_polls=1)
    answer = Fetched(new, 200, b"", "text/xml", None, Validators(), moved_to=new)
    assert with_move(PollResult(NOON, NOON), source, answer).moved_polls == polls
