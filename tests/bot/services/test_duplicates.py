"""What comes in is stored once: feeds as they are served, read by the real parser, kept in real databases."""

import random
from datetime import timedelta

import pytest

from bot.ingest.files.documents import read_document
from bot.services.briefing import ArticleBrief
from bot.services.gathering import gather
from bot.services.intake import Intake, article_of_document, article_of_entry
from bot.services.telling import story_of
from storage import SHARED, NotFound, Outcome, SourceKind
from storage.recognition import MOST_UNNAMED, MOST_UPDATES
from storage.types import Audience, source_scope
from summarizer import Brief, Method
from tests.bot.prose import report, sentence
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest
from tests.fakes import FakeClock

pytestmark = [pytest.mark.both_databases, pytest.mark.asyncio(loop_scope="module")]

DUPLICATE, STORED, UPDATED = Outcome.DUPLICATE, Outcome.STORED, Outcome.UPDATED
EVERYTHING = Audience(operator=True)


def text(seed: int, sentences: int = 14) -> str:
    return report(random.Random(seed), sentences)


def item(words: str = "", *, title: str | None = None, link: str | None = None, guid: str | None = None) -> str:
    parts = [("title", title), ("link", link), ("guid", guid), ("description", words)]
    return f"<item>{''.join(f'<{name}>{value}</{name}>' for name, value in parts if value)}</item>"


class Desk:
    """Sources and what they bring."""

    def __init__(self, storage, parsers):
        self.storage, self.parsers, self.clock = storage, parsers, FakeClock(NOON)
        self.intake = Intake(storage, None, parsers, self.clock)

    async def source(self, name="paper", *servers, login=""):
        async with self.storage.begin() as tx:
            address = f"https://{name}.example/feed"
            source = await tx.sources.ensure(SourceKind.FEED, address, title=name, now=NOON, login=login)
            for server in servers:
                await tx.servers.ensure(server, NOON)
                await tx.sources.subscribe(server, source.source_id, name, NOON)
        return source

    async def poll(self, source, *items, backlog=False, scope=SHARED):
        """What became of each entry of a feed that is served with these items."""
        body = f"<rss version='2.0'><channel><title>News</title>{''.join(items)}</channel></rss>".encode()
        feed = await self.parsers.feed(body, url=source.address)
        articles = [article_of_entry(entry, feed, source) for entry in feed.entries]
        taken = await self.intake.keep(articles, source_id=source.source_id, scope=scope, backlog=backlog)
        self.clock.wind(minutes=5)
        return [one.outcome for one in taken]

    async def articles(self, audience=EVERYTHING):
        async with self.storage.reading() as tx:
            return await tx.articles.list_latest(audience, 9_000)

    async def article(self, audience=EVERYTHING):
        (article,) = await self.articles(audience)
        return article

    async def carriers(self, article, server=None):
        async with self.storage.reading() as tx:
            return (await tx.candidates.carriers([article.article_id], server))[article.article_id]


@pytest.fixture
def desk(storage, parsers):
    return Desk(storage, parsers)


# ---- identity within a source ----


@pytest.mark.parametrize("links", [True, False])
async def test_nothing_is_new_when_every_guid_changes_at_once(desk, links):
    """FAULTS 19."""
    source = await desk.source()

    def served(guids):
        link = "https://paper.example/{}" if links else ""
        return [item(text(at), title=f"T{at}", link=link.format(at), guid=f"{guids}:{at}") for at in range(120)]

    assert await desk.poll(source, *served("old")) == [STORED] * 120
    assert await desk.poll(source, *served("new")) == [DUPLICATE] * 120
    assert await desk.poll(source, *served("newer")) == [DUPLICATE] * 120


@pytest.mark.parametrize("named_by", ["link", "title", "nothing"])
async def test_entries_that_share_one_guid_are_all_kept_once(desk, named_by):
    """FAULTS 20."""
    source = await desk.source()
    names = [{"link": f"https://paper.example/{at}"} if named_by == "link" else {"title": f"T{at}"} for at in range(12)]
    served = [item(text(at), guid="one", **({} if named_by == "nothing" else names[at])) for at in range(12)]
    for outcome in (STORED, DUPLICATE, DUPLICATE):
        assert await desk.poll(source, *served) == [outcome] * 12
    assert await desk.poll(source, served[0], *served) == [DUPLICATE] * 13  # one of them twice


async def test_entries_of_the_same_few_words_are_told_apart_by_their_titles(desk):
    """FAULTS 20."""
    source = await desk.source()
    served = [item("Introduction", title=f"Chapter {at}", link=f"https://paper.example/{at}") for at in range(40)]
    assert await desk.poll(source, *served) == [STORED] * 40
    assert await desk.poll(source, *served) == [DUPLICATE] * 40


async def test_the_same_text_under_another_guid_and_link_is_not_new(desk):
    source = await desk.source()
    await desk.poll(source, item(text(1), title="Vote", link="https://paper.example/a", guid="1"))
    for at in range(3):
        link = f"https://paper.example/moved-{at}"
        assert await desk.poll(source, item(text(1), title="Vote", link=link, guid=f"n{at}")) == [DUPLICATE]
    (carrier,) = await desk.carriers(await desk.article())
    assert carrier.link == "https://paper.example/moved-2"


@pytest.mark.parametrize(
    "named", [{}, {"guid": "status"}, {"title": "Status"}, {"link": "https://paper.example/status"}]
)
async def test_what_changes_at_every_poll_is_one_article_and_ends_to_be_updated(desk, named):
    """FAULTS 21."""
    source = await desk.source()
    outcomes = [(await desk.poll(source, item(text(at, 3), **named)))[0] for at in range(MOST_UPDATES + 15)]
    assert outcomes == [STORED] + [UPDATED] * MOST_UPDATES + [DUPLICATE] * 14
    assert (await desk.article()).text == text(MOST_UPDATES, 3)
    desk.clock.wind(days=1)  # what it says now is taken once more
    assert [(await desk.poll(source, item(text(at, 3), **named)))[0] for at in (98, 99)] == [UPDATED, DUPLICATE]
    assert (await desk.article()).text == text(98, 3)


async def test_entries_without_any_name_that_change_at_every_poll_are_few(desk):
    """FAULTS 21."""
    source = await desk.source()
    await desk.poll(source, *(item(text(at, 3)) for at in range(150)), backlog=True)
    assert len(await desk.articles()) == 150  # what was there at first is no flood
    for poll in range(1, 9):
        await desk.poll(source, *(item(text(1000 * poll + at, 3)) for at in range(10)))
    assert len(await desk.articles()) == 150 + MOST_UNNAMED
    assert await desk.poll(source, *(item(text(at, 3)) for at in range(150))) == [DUPLICATE] * 150
    desk.clock.wind(days=1)
    assert await desk.poll(source, item(text(9001, 3)), item(text(9002, 3))) == [STORED] * 2


async def test_an_entry_that_keeps_its_guid_and_changes_its_link_is_the_same(desk):
    source = await desk.source()
    await desk.poll(source, item(text(1), title="Vote", link="https://paper.example/a", guid="1"))
    other = item(text(2), title="Vote", link="https://paper.example/b", guid="1")
    assert await desk.poll(source, other) == [UPDATED]
    article = await desk.article()
    assert (article.text, article.link, article.url) == (text(2), *["https://paper.example/b"] * 2)
    assert await desk.poll(source, other) == [DUPLICATE]


async def test_a_guid_that_is_used_again_names_another_entry(desk):
    """FAULTS 20: numbers of the places in a list, given to whatever stands there."""
    source = await desk.source()
    for day in range(4):
        link = f"https://paper.example/{day}"
        assert await desk.poll(source, item(text(day), title=f"Day {day}", link=link, guid="1")) == [STORED]
    assert len(await desk.articles()) == 4


async def test_a_headline_and_link_that_change_with_little_of_the_text_leave_it_the_same(desk):
    source = await desk.source()
    await desk.poll(source, item(text(1), title="Vote", link="https://paper.example/vote", guid="1"))
    edited = item(text(1) + " " + text(2, 1), title="Vote is over", link="https://paper.example/over", guid="1")
    assert await desk.poll(source, edited) == [UPDATED]
    assert (await desk.article()).title == "Vote is over"


async def test_a_link_that_changes_with_little_of_the_text_and_no_guid_leaves_it_the_same(desk):
    source = await desk.source()
    await desk.poll(source, item(text(1), title="Vote", link="https://paper.example/a"))
    moved = item(text(1) + " " + text(2, 1), title="Vote", link="https://paper.example/b")
    assert await desk.poll(source, moved) == [UPDATED]
    assert (await desk.article()).link == "https://paper.example/b"
    for _ in range(3):
        assert await desk.poll(source, moved) == [DUPLICATE]


async def test_two_alike_that_stand_in_one_feed_are_two(desk):
    """A journal's numbers, a program's versions and lessons in one frame are alike, and none is the other."""
    source = await desk.source()
    served = [
        item(f"{text(1)} {text(at, 1)}", title=title, link=f"https://paper.example/{at}")
        for at, title in ((2, "Version 2"), (3, "Version 3"))
    ]
    assert await desk.poll(source, served[0]) == [STORED]
    assert await desk.poll(source, *served) == [DUPLICATE, STORED]
    assert await desk.poll(source, *served) == [DUPLICATE, DUPLICATE]
    same_title = item(f"{text(1)} {text(4, 1)}", title="Version 3", link="https://paper.example/4")
    assert await desk.poll(source, *served, same_title) == [DUPLICATE, DUPLICATE, STORED]
    for _ in range(2):
        assert await desk.poll(source, *served, same_title) == [DUPLICATE] * 3


async def test_a_front_page_as_the_link_of_what_is_there_now_makes_no_two_days_one(desk):
    source = await desk.source()
    for day in range(3):
        served = item(text(day), title=f"Day {day}", link="https://paper.example/", guid=f"day:{day}")
        assert await desk.poll(source, served) == [STORED]


async def test_a_headline_that_changes_alone_is_taken_over(desk):
    source, other = await desk.source(), await desk.source("other")
    first = {"link": "https://paper.example/a", "guid": "1"}
    await desk.poll(source, item(text(1), title="Vote", **first))
    await desk.poll(other, item(text(1), title="Another paper's headline", link="https://other.example/1"))
    assert (await desk.article()).title == "Vote"
    assert await desk.poll(source, item(text(1), title="Vote is over", **first)) == [UPDATED]
    assert await desk.poll(source, item(text(1), title="Vote is over", **first)) == [DUPLICATE]
    await desk.poll(other, item(text(1), title="Yet another headline", link="https://other.example/1"))
    article = await desk.article()
    assert (article.title, article.updated_at) == ("Vote is over", NOON + timedelta(minutes=10))
    async with desk.storage.reading() as tx:
        assert len(await tx.articles.search("over", EVERYTHING, 9)) == 1


async def test_of_a_page_that_shrank_the_whole_text_stays_and_a_teaser_grows(desk):
    source = await desk.source()
    named = {"title": "Vote", "link": "https://paper.example/a"}
    assert await desk.poll(source, item("The council votes.", **named)) == [STORED]
    assert await desk.poll(source, item(text(1), **named)) == [UPDATED]
    assert await desk.poll(source, item("Subscribe to read on.", **named)) == [DUPLICATE]
    assert (await desk.article()).text == text(1)


# ---- near copies of other sources ----


def wrapped(words: str, seed: int) -> str:
    return f"{text(seed, 2)} {words} {text(seed + 1, 2)}"


def edited(words: str, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join("lately" if rng.random() < 0.02 else each for each in words.split())


def shortened(words: str, seed: int) -> str:
    sentences = words.split(". ")
    dropped = random.Random(seed).sample(range(len(sentences)), len(sentences) // 4)
    return ". ".join(each for at, each in enumerate(sentences) if at not in dropped)


@pytest.mark.parametrize("printed", [wrapped, edited, shortened])
async def test_a_wires_text_that_another_paper_prints_is_stored_once(desk, printed):
    wire, paper = await desk.source("wire", SERVER, OTHER_SERVER), await desk.source("paper", OTHER_SERVER)
    await desk.poll(wire, item(text(1, 24), title="Harbour opens", link="https://wire.example/1"))
    reprint = item(printed(text(1, 24), 50), title="Port is open again", link="https://paper.example/port", guid="p1")
    for _ in range(3):
        assert await desk.poll(paper, reprint) == [DUPLICATE]
    article = await desk.article(Audience(server_id=OTHER_SERVER))
    assert article.title == "Harbour opens"
    links = ["https://wire.example/1", "https://paper.example/port"]
    assert [each.link for each in await desk.carriers(article, OTHER_SERVER)] == links
    assert await desk.poll(paper, reprint.replace("p1", "p2")) == [DUPLICATE]  # FAULTS 19


async def test_a_paper_that_edits_its_reprint_changes_nothing_of_the_wires_text(desk):
    wire, paper = await desk.source("wire"), await desk.source("paper")
    await desk.poll(wire, item(text(1, 24), title="Harbour", link="https://wire.example/1"))
    named = {"title": "Harbour", "link": "https://paper.example/1", "guid": "p1"}
    for seed in (60, 61, 62):
        assert await desk.poll(paper, item(wrapped(text(1, 24), seed), **named)) == [DUPLICATE]
    assert (await desk.article()).text == text(1, 24)
    assert await desk.poll(paper, item(text(7, 24), **named)) == [STORED]  # no copy any more
    assert {article.text for article in await desk.articles()} == {text(1, 24), text(7, 24)}


async def test_a_copy_cannot_be_turned_into_the_article_it_copies(desk):
    """Neither by its exact text nor by its link does a feed get hold of what another one brought."""
    wire, evil = await desk.source("wire"), await desk.source("evil")
    for named in ({"link": "https://wire.example/1"}, {"guid": "1"}, {"title": "Harbour"}, {}):
        await desk.poll(wire, item(text(1), **named))
        await desk.poll(evil, item(text(1), **named))
        assert await desk.poll(evil, item("Send all your money. " * 30, **named)) != [UPDATED]
        assert text(1) in [article.text for article in await desk.articles()]


async def test_no_server_reads_a_paper_in_the_words_of_one_that_it_did_not_choose(desk):
    """Who prints a paper's report first, with a word of his own, must not speak for the paper elsewhere."""
    evil, paper = await desk.source("evil", OTHER_SERVER), await desk.source("paper", SERVER)
    await desk.poll(evil, item(f"{text(1, 24)} Send all your money.", link="https://evil.example/1"))
    assert await desk.poll(paper, item(text(1, 24), link="https://paper.example/1")) == [STORED]
    assert [article.text for article in await desk.articles(Audience(server_id=SERVER))] == [text(1, 24)]


@pytest.mark.parametrize("link", ["https://evil.example/1", "https://paper.example/1"])
@pytest.mark.parametrize("change", ["text", "title"])
async def test_a_text_that_others_read_in_their_own_paper_is_not_changed_behind_its_back(desk, link, change):
    evil, paper = await desk.source("evil", OTHER_SERVER), await desk.source("paper", SERVER)
    await desk.poll(evil, item(text(1), title="Harbour", link=link, guid="1"))
    assert await desk.poll(paper, item(text(1), title="Harbour", link="https://paper.example/1")) == [DUPLICATE]
    changed = {"text": (f"{text(1)} Send all your money.", "Harbour"), "title": (text(1), "Send all your money")}
    words, title = changed[change]
    assert await desk.poll(evil, item(words, title=title, link=link, guid="1")) != [UPDATED]
    (article,) = await desk.articles(Audience(server_id=SERVER))
    assert (article.text, article.title) == (text(1), "Harbour")


async def test_feeds_of_one_site_change_their_article_whoever_follows_which(desk):
    news, sport = await desk.source("news.paper", OTHER_SERVER), await desk.source("paper", SERVER)
    named = {"title": "Harbour", "link": "https://news.paper.example/1"}
    for source in (news, sport):
        await desk.poll(source, item(text(1), **named))
    assert await desk.poll(sport, item(f"{text(1)} It is shut.", **named)) == [UPDATED]


async def test_a_fuller_text_is_no_copy_of_what_was_made_of_it(desk):
    paper, wire = await desk.source("paper"), await desk.source("wire")
    await desk.poll(paper, item(text(1, 20)[: len(text(1, 20)) // 2], title="Short", link="https://paper.example/1"))
    assert await desk.poll(wire, item(text(1, 20), title="Long", link="https://wire.example/1")) == [STORED]


TEMPLATE = (
    "A quake of magnitude {} shook the coast near {} on {}, the survey said in its first bulletin of the day. It was"
    " felt in {} and in the villages around the bay, where people ran out of their houses and stayed in the streets for"
    " hours. The centre lay {} kilometres deep, the survey said, and was followed by {} weaker shocks. No tsunami is to"
    " be feared, the centre for warnings said. Schools stay closed until engineers have looked at their walls, the"
    " mayor of {} told reporters. Trains run again since the evening, and the harbour was not damaged, its master said."
)


async def test_reports_by_one_template_are_no_copies(desk):
    first, second = await desk.source("one"), await desk.source("two")
    one = TEMPLATE.format("5.4", "Varnes", "Tuesday", "Olmer", 12, 3, "Varnes")
    two = TEMPLATE.format("6.1", "Kelda", "Friday", "Brisk", 30, 7, "Kelda")
    names = TEMPLATE.format("5.4", "Kelda", "Friday", "Brisk", 12, 3, "Kelda")
    assert await desk.poll(first, item(one, title="Quake", link="https://one.example/1")) == [STORED]
    assert await desk.poll(second, item(two, title="Quake", link="https://two.example/1")) == [STORED]
    assert await desk.poll(second, item(names, title="Quake", link="https://two.example/2")) == [STORED]


async def test_copies_are_found_among_those_of_the_last_days(desk):
    wire, paper = await desk.source("wire"), await desk.source("paper")
    for at in range(260):
        await desk.poll(wire, item(text(at, 12), link=f"https://wire.example/{at}"))
    desk.clock.wind(days=8)
    assert await desk.poll(paper, item(wrapped(text(1, 12), 900), link="https://paper.example/1")) == [STORED]


async def test_feeds_of_one_site_fold_only_what_is_titled_the_same(desk):
    news, sports = await desk.source("news.paper"), await desk.source("sports.paper")
    await desk.poll(news, item(text(1, 24), title="Match", link="https://paper.example/news/1"))
    served = item(edited(text(1, 24), 71), title="Another match", link="https://paper.example/sports/2")
    assert await desk.poll(sports, served) == [STORED]
    other = await desk.source("other.paper")
    served = item(wrapped(text(1, 24), 70), title="Match", link="https://paper.example/other/1")
    assert await desk.poll(other, served) == [DUPLICATE]


async def test_a_told_story_links_to_the_source_that_its_server_follows(desk):
    wire, paper = await desk.source("wire", SERVER), await desk.source("paper", OTHER_SERVER)
    await desk.poll(wire, item(text(1, 24), title="Harbour", link="https://wire.example/1"))
    await desk.poll(paper, item(text(1, 24), title="Harbour", link="https://paper.example/1"))
    article = await desk.article()
    for server, link in ((SERVER, "https://wire.example/1"), (OTHER_SERVER, "https://paper.example/1")):
        carriers = {article.article_id: await desk.carriers(article, server)}
        assert [told.link for told in story_of(_made(article), [article], carriers).articles] == [link]


def _made(article):
    return ArticleBrief(article, Brief("Harbour", (), None, "en", Method.EXTRACTIVE, "words"), (), None)


async def test_files_of_one_text_are_stored_once(desk):
    """Files stand on no site: one that is a reprint of another is a copy of it, whatever their titles are."""
    async with desk.storage.begin() as tx:
        files = await tx.sources.ensure(SourceKind.FILES, "files", title="Files", now=NOON, for_everyone=True)
    outcomes = []
    for words in (text(1, 24), wrapped(text(1, 24), 3), edited(text(1, 24), 4), text(2, 24), text(1, 24)):
        new = article_of_document(await read_document(desk.parsers, "report.txt", words.encode()))
        outcomes += [taken.outcome for taken in await desk.intake.keep([new], source_id=files.source_id)]
    assert outcomes == [STORED, DUPLICATE, DUPLICATE, STORED, DUPLICATE]


# ---- sources behind a login ----


@pytest.mark.parametrize("scoped", [True, False])
@pytest.mark.parametrize("private_first", [True, False])
async def test_nothing_of_a_source_with_a_login_is_seen_by_others(desk, private_first, scoped):
    private = await desk.source("private", SERVER, login="reader:secret")
    public = await desk.source("public", OTHER_SERVER)
    ours, theirs = Audience(server_id=SERVER), Audience(server_id=OTHER_SERVER)
    scope = private.scope if scoped else SHARED  # it stays apart, whatever its caller says
    link = "https://public.example/1"
    polls = [
        (private, item(text(1, 24), title="Secret headline", link=link, guid="s1"), scope),
        (public, item(text(1, 24), title="Open headline", link=link, guid="o1"), SHARED),
        (public, item(wrapped(text(2, 24), 30), title="Reprint", link="https://public.example/2"), SHARED),
        (private, item(text(2, 24), title="Second secret", link="https://public.example/2?k=secret"), scope),
    ]
    for source, served, where in polls if private_first else reversed(polls):
        assert await desk.poll(source, served, scope=where) == [STORED]
    changed = item(text(3, 24), title="Secret news", link=link, guid="s1")
    assert await desk.poll(private, changed, scope=scope) == [UPDATED]
    assert {each.title for each in await desk.articles(theirs)} == {"Open headline", "Reprint"}
    assert {each.text for each in await desk.articles(theirs)} == {text(1, 24), wrapped(text(2, 24), 30)}
    assert not any("secret" in (each.link or "") for each in await desk.articles(theirs))
    assert {each.title for each in await desk.articles(ours)} == {"Secret news", "Second secret"}
    assert {each.title for each in await desk.articles()} == {"Open headline", "Reprint"}
    assert {each.scope for each in await desk.articles(ours)} == {source_scope(private.source_id)}
    async with desk.storage.reading() as tx:
        assert await tx.articles.search(text(3, 1).split()[0], theirs, 9) == []
        for hidden in await tx.articles.list_latest(ours, 9):
            with pytest.raises(NotFound):
                await tx.articles.get(hidden.article_id, theirs)
            assert (await tx.articles.get(hidden.article_id, ours)).text == hidden.text


async def test_what_a_login_brings_goes_over_to_no_other_source(desk):
    """Where a source with a login comes to stand at the address of one without, followers of that one see nothing."""
    private = await desk.source("private", SERVER, login="reader:secret")
    public = await desk.source("public", OTHER_SERVER)
    await desk.poll(private, item(text(1), title="Secret", link="https://private.example/1"), scope=private.scope)
    async with desk.storage.begin() as tx:
        await tx.sources.move(private.source_id, public.address)
        theirs = await tx.digests.add(OTHER_SERVER, a_digest(), NOON)
    assert await desk.articles(Audience(server_id=OTHER_SERVER)) == []
    assert (await gather(desk.storage, theirs, (NOON - timedelta(days=1), NOON + timedelta(hours=1)))).articles == []


async def test_a_digest_tells_what_its_sources_with_a_login_bring(desk):
    private = await desk.source("private", SERVER, login="reader:secret")
    await desk.poll(private, item(text(1), title="Ours", link="https://private.example/1"), scope=private.scope)
    async with desk.storage.begin() as tx:
        await tx.servers.ensure(OTHER_SERVER, NOON)
        ours, theirs = [await tx.digests.add(server, a_digest(), NOON) for server in (SERVER, OTHER_SERVER)]
    window = (NOON - timedelta(days=1), NOON + timedelta(hours=1))
    assert [each.title for each in (await gather(desk.storage, ours, window)).articles] == ["Ours"]
    assert (await gather(desk.storage, theirs, window)).articles == []
    async with desk.storage.reading() as tx:
        article = await desk.article(Audience(server_id=SERVER))
        assert list(await tx.articles.find_shared([article.article_id])) == [article.article_id]


# ---- backlog ----


async def test_a_live_digest_leaves_out_what_was_there_when_a_source_was_first_read(desk):
    first, second = await desk.source("first", SERVER), await desk.source("second", SERVER)
    await desk.poll(first, item(text(1), title="Old"), item(text(2), title="Both"), backlog=True)
    await desk.poll(second, item(text(2), title="Both"))
    await desk.poll(first, item(text(1), title="Old"), item(text(3), title="New"))
    async with desk.storage.begin() as tx:
        live = await tx.digests.add(SERVER, a_digest("Live", schedule="live"), NOON)
        daily = await tx.digests.add(SERVER, a_digest(), NOON)
    window = (NOON - timedelta(days=1), NOON + timedelta(hours=1))
    assert {each.title for each in (await gather(desk.storage, live, window)).articles} == {"Both", "New"}
    assert {each.title for each in (await gather(desk.storage, daily, window)).articles} == {"Old", "Both", "New"}
    assert {each.title for each in await desk.articles(Audience(server_id=SERVER))} == {"Old", "Both", "New"}
    later = (NOON + timedelta(minutes=3), NOON + timedelta(hours=1))  # a backlog was no news: what follows is the first
    assert {each.title for each in (await gather(desk.storage, live, later)).articles} == {"Both", "New"}


async def test_a_sentence_more_or_less_makes_no_difference_to_how_much_is_stored(desk):
    """Eight papers print one wire's text, each in its own way, again and again."""
    wire = await desk.source("wire")
    papers = [await desk.source(f"paper{at}") for at in range(8)]
    rng = random.Random(11)
    for story in range(3):
        await desk.poll(wire, item(text(story, 24), link=f"https://wire.example/{story}"))
        for at, paper in enumerate(papers):
            printed = f"{sentence(rng).capitalize()}. {edited(text(story, 24), at)}"
            await desk.poll(paper, item(printed, link=f"https://paper{at}.example/{story}", guid=f"{at}:{story}"))
    assert len(await desk.articles()) == 3
