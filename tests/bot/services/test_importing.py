"""Lists in and out: a line for every refusal, no request at import, no storm after it; FAULTS 44."""

from datetime import timedelta
from ipaddress import ip_network
from itertools import pairwise

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import AddressRefused, ContentRefused, DigestError
from bot.ingest.opml import Outline
from bot.ingest.parsers import FeedList
from bot.ingest.web.addresses import AddressPolicy
from bot.ingest.web.fetcher import Fetcher
from bot.services.importing import PER_MINUTE, Importing, first_poll_after, plan_of
from storage import SourceKind, Storage
from storage.leases import Lease
from tests.factories import NOON, OTHER_SERVER, SERVER
from tests.fakes import FakeClock
from tests.leaks import a_secret
from tests.servers import Reply, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")


def a_list(*addresses: str, **more: str) -> FeedList:
    outlines = (Outline(address, f"Paper {n}", number=n, **more) for n, address in enumerate(addresses, 1))
    return FeedList(tuple(outlines))


@pytest_asyncio.fixture(loop_scope="module")
async def opened(database):
    storage = Storage(database)
    await storage.open()
    yield storage
    await storage.close()


@pytest_asyncio.fixture(loop_scope="module")
async def importing(opened, parsers):
    fetcher = Fetcher(AddressPolicy([ip_network("127.9.9.0/24")]), user_agent="Dateline tests")
    yield Importing(opened, fetcher, parsers, FakeClock(NOON))
    await fetcher.close()


async def followed(storage, server=SERVER):
    async with storage.reading() as tx:
        return await tx.sources.list_subscriptions(server)


# what becomes of each line


async def test_every_line_is_new_known_or_refused_with_a_reason():
    """FAULTS 44: private schemes, duplicates, addresses that are none."""
    plan = plan_of(
        a_list(
            "https://a.example/feed",
            "http://www.a.example/feed/",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "no address",
            "https://reader:tide@b.example/feed",
            "feed://b.example/feed",
            "https://" + "x" * 3000,
            "",
        ),
        [],
    )
    assert [(outline.number, outline.address) for outline in plan.new] == [
        (1, "https://a.example/feed"),
        (7, "https://b.example/feed"),
    ]
    assert {line.number: line.reason.split(".")[0] for line in plan.refused} == {
        2: "It is the same address as number 1",
        3: "Only http and https addresses are fetched, not javascript",
        4: "Only http and https addresses are fetched, not file",
        5: "The address holds spaces or invisible characters",
        6: "Logins are not imported",
        8: "The address is longer than 2,000 characters",
        9: "No address was given",
    }
    assert len(plan.new) + len(plan.refused) == 9
    assert not any("tide" in repr(line) for line in plan.refused)


async def test_labels_that_clash_get_a_number_and_missing_ones_the_host():
    outlines = (
        Outline("https://a.example", "Post", number=1),
        Outline("https://b.example", "POST", number=2),
        Outline("https://c.example", "x" * 80, number=3),
        Outline("https://d.example", "x" * 80, number=4),
        Outline("https://e.example", " \u2060", number=5),
    )
    labels = [outline.title for outline in plan_of(FeedList(outlines), []).new]
    assert labels == ["Post", "POST (2)", "x" * 80, "x" * 74 + " (2)", "e.example"]


@pytest.mark.both_databases
async def test_no_server_gets_more_than_its_quota(importing, opened):
    """FAULTS 44."""
    feeds = a_list(*(f"https://e.example/{n}" for n in range(600)))
    imported = await importing.keep(SERVER, feeds)
    assert (imported.followed, len(imported.plan.refused)) == (500, 100)
    assert "beyond them" in imported.plan.refused[0].reason
    assert len(await followed(opened)) == 500
    again = await importing.plan(SERVER, feeds)
    assert (len(again.new), len(again.known), len(again.refused)) == (0, 500, 100)


ADDRESSES = st.sampled_from(
    [
        "https://a.example/",
        "http://a.example",
        "https://b.example/x",
        "b.example/x/",
        "ftp://c.example",
        "",
        "word",
        "::",
    ]
)


@given(st.lists(st.tuples(ADDRESSES, st.text(max_size=90)), max_size=30), st.integers(0, 5))
async def test_no_line_is_lost_and_labels_and_addresses_are_unique(lines, most):
    feeds = FeedList(tuple(Outline(address, title, number=n) for n, (address, title) in enumerate(lines)))
    plan = plan_of(feeds, [], most)
    numbers = [outline.number for outline in plan.new] + [line.number for line in (*plan.known, *plan.refused)]
    assert sorted(numbers) == list(range(len(lines)))
    assert len(plan.new) <= most
    assert len({outline.title.casefold() for outline in plan.new}) == len(plan.new)
    assert all(1 <= len(outline.title) <= 80 for outline in plan.new)


# keeping


async def test_an_import_fetches_nothing_and_spreads_the_first_polls(importing, opened):
    """FAULTS 44: no fetch storm; a private address is refused at its first poll, not before."""
    async with serving({}) as site:
        feeds = a_list(*(site.url(f"/{number}") for number in range(90)), "http://10.0.0.1/feed")
        imported = await importing.keep(SERVER, feeds)
        assert site.paths == []
    assert imported.followed == 91
    due = sorted(each.source.next_poll_at for each in await followed(opened))
    assert all(later - earlier >= timedelta(minutes=1 / PER_MINUTE) for earlier, later in pairwise(due))
    assert due[0] > NOON
    async with opened.begin() as tx:
        minute = Lease("me", NOON + timedelta(minutes=2), timedelta(minutes=5))
        assert len(await tx.sources.claim_due(minute, limit=1000)) <= PER_MINUTE + 1


@pytest.mark.both_databases
async def test_removing_and_importing_again_brings_no_storm_either(importing, opened):
    """FAULTS 44: sources that nobody follows any more have been due for a while."""
    feeds = a_list(*(f"https://e.example/{n}" for n in range(60)))
    await importing.keep(SERVER, feeds)
    async with opened.begin() as tx:
        for each in await tx.sources.list_subscriptions(SERVER):
            await tx.sources.unsubscribe(SERVER, each.source.source_id)
    importing._clock.wind(days=1)
    await importing.keep(SERVER, feeds)
    due = sorted(each.source.next_poll_at for each in await followed(opened))
    assert due[0] > importing._clock.now()
    assert due[-1] - due[0] >= first_poll_after(58) - first_poll_after(0)


async def test_what_others_follow_is_polled_as_before(importing, opened):
    feeds = a_list("https://e.example/feed")
    await importing.keep(OTHER_SERVER, feeds)
    (before,) = await followed(opened, OTHER_SERVER)
    importing._clock.wind(minutes=30)
    await importing.keep(SERVER, feeds)
    (mine,) = await followed(opened)
    assert mine.source == before.source


async def test_somebody_who_follows_meanwhile_is_no_trouble(importing, opened):
    feeds = a_list("https://a.example/feed", "https://b.example/feed")
    await importing.plan(SERVER, feeds)
    async with opened.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        source = await tx.sources.ensure(SourceKind.FEED, "http://a.example/feed", title="A", now=NOON)
        await tx.sources.subscribe(SERVER, source.source_id, "Paper 2", NOON)
    imported = await importing.keep(SERVER, feeds)
    assert (imported.followed, len(imported.plan.known)) == (1, 1)
    assert {each.label for each in await followed(opened)} == {"Paper 2", "Paper 2 (2)"}


# files and addresses


async def test_a_list_comes_from_the_web_through_the_same_door(importing):
    """FAULTS 6: the address of an OPML file is checked at every hop, and what it holds is capped."""
    body = b"<opml><body><outline text='A' xmlUrl='https://a.example'/></body></opml>"
    async with serving({"/": Reply(body)}, host="127.0.0.1") as canary:
        moves = {
            "/moved": Reply("", 302, {"Location": canary.url()}),
            "/list": Reply(body),
            "/page": Reply("<html></html>"),
        }
        moves["/large"] = Reply(b"<opml>" + b" " * 8_000_001)
        async with serving(moves) as site:
            assert [o.title for o in (await importing.read_address(site.url("/list"))).outlines] == ["A"]
            for address in (site.url("/moved"), canary.url()):
                with pytest.raises(AddressRefused, match="not a public address"):
                    await importing.read_address(address)
            with pytest.raises(ContentRefused, match="web page"):
                await importing.read_address(site.url("/page"))
            with pytest.raises(DigestError, match="larger than 8 MB"):
                await importing.read_address(site.url("/large"))
    assert canary.paths == []


async def test_a_file_that_is_too_large_is_not_parsed(importing):
    with pytest.raises(ContentRefused, match="larger than 8 MB"):
        await importing.read(b" " * 8_000_001)


@pytest.mark.both_databases
async def test_what_is_exported_is_imported_as_the_same(importing, opened):
    feeds = FeedList(
        (
            Outline("https://a.example/feed?a=1&b=2", "Ferry & <Co>", "News/Local", "", 1),
            Outline("https://b.example/feed", "“Frost”", "", "", 2),
            Outline("https://c.example/feed", "Dome", "News", "", 3),
        )
    )
    await importing.keep(SERVER, feeds)
    export = await importing.export(SERVER, "Sources of Marrowport")
    assert (export.count, export.logins) == (3, 0)
    await importing.keep(OTHER_SERVER, await importing.read(export.body))
    mine, theirs = [await followed(opened, server) for server in (SERVER, OTHER_SERVER)]
    kept = [[(each.label, each.category, each.source.source_id) for each in some] for some in (mine, theirs)]
    assert kept[0] == kept[1]
    assert (await importing.export(OTHER_SERVER, "Sources of Marrowport")).body == export.body


async def test_a_login_is_not_exported(importing, opened):
    """FAULTS 46."""
    password = a_secret()
    async with opened.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        address = "https://reader@a.example/feed"
        source = await tx.sources.ensure(SourceKind.FEED, address, title="A", now=NOON, login=f"reader:{password}")
        await tx.sources.subscribe(SERVER, source.source_id, "Private", NOON)
    export = await importing.export(SERVER, "Sources")
    assert export.logins == 1
    assert b"https://a.example/feed" in export.body
    assert b"reader" not in export.body
    assert password.encode() not in export.body


async def test_nothing_to_export_is_said(importing):
    with pytest.raises(DigestError, match="nothing to export"):
        await importing.export(OTHER_SERVER, "Sources")
