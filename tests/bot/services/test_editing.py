"""What a digest tells, beside what came: rules, earlier editions, the editors' decisions, and the reason of each."""

import asyncio
from dataclasses import fields
from datetime import timedelta

import pytest

from bot.services.stories import Composition
from storage import NewArticle, NewDigest, ReportState, Size, Storage, fingerprint
from storage.types import PollResult
from tests.factories import NOON, OTHER_SERVER, SERVER
from tests.fakes import FakeCondenser
from tests.newsdesk import DAY, Newsdesk

pytestmark = pytest.mark.both_databases

BRIDGE = (
    "A footbridge over the river Sone in Ravi collapsed on Sunday evening under a festival crowd, killing at least 12"
    " people, police said. Dozens of people were pulled from the water by fishermen in small boats. The bridge was"
    " built in 1921 and closed for repairs two years ago."
)
BRIDGE_AGAIN = (
    "Police said at least 12 people were killed on Sunday evening when a footbridge over the river Sone in Ravi"
    " collapsed under a festival crowd. Fishermen in small boats pulled dozens of people from the water."
)
BRIDGE_ON = (
    "Police in Ravi arrested the engineer Tomas Verhoeven over the collapse of a footbridge. At least 12 people were"
    " killed on Sunday evening when the footbridge over the Sone collapsed. The government of Ravi ordered the"
    " inspection of 340 bridges within a month."
)
HARBOUR = (
    "The harbour of Varnes opened again on Friday after two years of work. Cranes lifted the last gate into its place"
    " in the morning. The mayor thanked the crews, and fishing boats blew their horns along the quay."
)
BAKERY = (
    "The bakery on Mill Street won the regional prize for its rye bread on Tuesday. Its owner, Anna Lind, bakes at"
    " night. The jury tasted ninety loaves from forty villages before it chose."
)


def news(subject: str, text: str, hours_ago: float = 1.0, **changes: object) -> NewArticle:
    address = f"https://{subject}.example/story"
    published = changes.pop("at", NOON) - timedelta(hours=hours_ago)  # type: ignore[operator]
    fields = {"title": f"News of the {subject}", "url": address, "link": address, "published": published}
    return NewArticle(text, **(fields | changes))  # type: ignore[arg-type]


def headlines(composition: Composition) -> list[str]:
    return [story.headline for story in composition.stories]


def reasons(composition: Composition) -> dict[str, str]:
    return {one.title: one.reason for one in composition.left_out}


def points(composition: Composition) -> str:
    return " ".join(point.text for story in composition.stories for point in story.points)


def of_the_bridge(documents) -> list[list[int]]:
    """Everything on the bridge in one story."""
    bridge = [at for at, document in enumerate(documents) if "footbridge" in document.text]
    return [bridge, *([at] for at in range(len(documents)) if at not in bridge)]


@pytest.fixture
async def room(storage: Storage) -> Newsdesk:
    made = await Newsdesk(storage).open()
    made.condenser.cluster = of_the_bridge  # type: ignore[attr-defined]
    return made


async def change_server(room: Newsdesk, **changes: object) -> None:
    async with room.storage.begin() as tx:
        await tx.servers.change(SERVER, **changes)


async def change_digest(room: Newsdesk, **changes: object) -> None:
    async with room.storage.begin() as tx:
        assert room.digest is not None
        kept = {field.name: getattr(room.digest, field.name) for field in fields(NewDigest)}
        new = NewDigest(**(kept | changes))
        room.digest = await tx.digests.replace(SERVER, room.digest.digest_id, new, NOON)


# ---- rules ----


async def test_what_rules_keep_out_is_counted_and_explained(room):
    await room.take_in("Post", news("harbour", HARBOUR), news("bakery", BAKERY))
    await change_server(room, rules="- bakery")
    made = await room.compose()
    assert headlines(made) == ["News of the harbour"]
    assert (made.considered, made.filtered) == (2, 1)
    assert reasons(made) == {"News of the bakery": "kept out by the rule “- bakery” of this server"}
    await change_server(room, rules="+ zeppelin")
    made = await room.compose()
    assert (made.considered, made.filtered, made.stories) == (2, 2, ())


async def test_rules_of_digest_and_source_hold_too_and_a_wish_is_named(room):
    await room.follow("Post", rules="- Lind")
    await room.take_in("Post", news("harbour", HARBOUR), news("bakery", BAKERY))
    await change_digest(room, rules="+ harbour\n+ bakery")
    made = await room.compose()
    assert headlines(made) == ["News of the harbour"]
    assert made.stories[0].reason == "1 source, newest 60 minutes before this edition; rule “+ harbour”"
    assert reasons(made) == {"News of the bakery": "kept out by the rule “- Lind” of the source Post"}


async def test_a_pattern_without_end_holds_up_no_edition_and_is_named(room):
    await room.take_in("Post", news("harbour", f"{HARBOUR} {'a' * 4000}"))
    await change_server(room, rules="- /(a+)+[!?]/")
    made = await room.compose()
    assert headlines(made) == ["News of the harbour"]
    assert "too long" in reasons(made)["- /(a+)+[!?]/"]


async def test_a_source_that_a_rule_refuses_is_not_named(room):
    article = news("harbour", HARBOUR)
    await room.take_in("Post", article)
    await room.take_in("Courier", article)
    await change_server(room, rules="- source:Post")
    (story,) = (await room.compose()).stories
    assert [article.source for article in story.articles] == ["Courier"]
    assert story.reason.startswith("1 source")


# ---- how much ----


async def test_sizes_and_the_cap_of_a_source(room):
    texts = {"bridge": BRIDGE, "harbour": HARBOUR, "bakery": BAKERY}
    await room.take_in("Post", *(news(subject, text) for subject, text in texts.items()))
    assert [len(story.points) for story in (await room.compose()).stories] == [3, 2, 2]
    for size in (Size.SHORT, Size.HEADLINES):
        await change_digest(room, size=size)
        assert [len(story.points) for story in (await room.compose()).stories] == [1, 1, 1]
    await change_digest(room, per_source=2)
    made = await room.compose()
    assert len(made.stories) == 2
    assert "only 2 may be of one source" in " ".join(reasons(made).values())


async def test_a_heavier_source_leads(room):
    await room.follow("Courier", weight=3.0)
    await room.take_in("Post", news("harbour", HARBOUR, hours_ago=1))
    await room.take_in("Courier", news("bakery", BAKERY, hours_ago=12))
    assert headlines(await room.compose()) == ["News of the bakery", "News of the harbour"]


async def test_what_is_left_out_is_bounded_and_the_rest_counted(room):
    many = [news(f"pier{n}", f"Pier number {n} was painted. {'abcdefghij'[n % 10] * 30} {n}") for n in range(90)]
    await room.take_in("Post", *many)
    await change_digest(room, rules="+ zeppelin")
    made = await room.compose()
    assert (len(made.left_out), made.more_left_out, made.filtered) == (60, 30, 90)
    assert Composition.from_json(made.to_json()) == made


# ---- what was told before ----


async def test_a_story_that_goes_on_is_an_update_with_only_what_is_new(room):
    await room.take_in("Post", news("bridge", BRIDGE))
    first = await room.tell()
    assert not first.stories[0].is_update
    room.clock.wind(days=1)
    (new,) = await room.take_in("Courier", news("inquiry", BRIDGE_ON, at=room.clock.now()))
    made = await room.compose()
    (story,) = made.stories
    assert story.is_update
    assert story.continues == 1
    assert "12" not in points(made)
    assert {"Tomas Verhoeven" in points(made), "340" in points(made)} == {True}
    assert "goes on from 20 November with 2 new sentences" in story.reason
    assert [article.article_id for article in story.articles] == [new]


async def test_a_story_without_anything_new_is_not_told_again(room):
    await room.take_in("Post", news("bridge", BRIDGE))
    await room.tell()
    room.clock.wind(days=1)
    await room.take_in("Courier", news("again", BRIDGE_AGAIN, at=room.clock.now()))
    made = await room.compose()
    assert made.stories == ()
    assert reasons(made) == {"News of the again": "told on 20 November, and nothing is new since"}


async def test_a_copy_is_recognised_without_the_model_and_long_after(room):
    room.condenser.broken = True
    await room.take_in("Post", news("harbour", HARBOUR))
    assert (await room.tell()).degraded
    room.clock.wind(days=9)
    copy = HARBOUR.replace("The mayor thanked the crews, and", "The mayor thanked the crews while")
    await room.take_in("Courier", news("copy", copy, at=room.clock.now()))
    made = await room.compose()
    assert (made.stories, reasons(made)) == ((), {"News of the copy": "told on 20 November, and nothing is new since"})


async def test_a_copy_with_something_new_is_an_update_without_the_model(room):
    room.condenser.broken = True
    await room.take_in("Post", news("harbour", HARBOUR))
    await room.tell()
    room.clock.wind(days=1)
    more = f"{HARBOUR} On Saturday the ferry Amelie ran aground at the new gate with 80 passengers."
    await room.take_in("Post", news("more", more, at=room.clock.now()))
    (story,) = (await room.compose()).stories
    assert story.is_update
    (point,) = story.points
    assert "ferry Amelie ran aground" in point.text


async def test_all_articles_of_a_told_story_are_told(room):
    ids = await room.take_in("Post", news("bridge", BRIDGE)) + await room.take_in("Courier", news("on", BRIDGE_ON))
    made = await room.tell()
    assert sorted(made.article_ids) == sorted(ids)
    assert (await room.compose()).considered == 0


async def test_two_stories_of_one_edition_do_not_say_the_same(room):
    """The model takes them for two events; their first sentences are one."""
    room.condenser.cluster = lambda documents: [[at] for at in range(len(documents))]
    opening = BRIDGE.partition(". ")[0] + "."
    await room.take_in("Post", news("bridge", BRIDGE))
    await room.take_in("Courier", news("inquiry", f"{opening} {BAKERY}", hours_ago=2))
    made = await room.compose()
    assert len(made.stories) == 2
    assert points(made).count("footbridge") == 1


# ---- editors, sources, servers ----


async def test_what_the_editors_removed_stays_out(room):
    await room.take_in("Post", news("bridge", BRIDGE))
    first = await room.compose()
    edition_id = await room.remember(first)
    sentence = first.stories[0].points[0].evidence[0].quote.sentence
    async with room.storage.begin() as tx:
        report, _ = await tx.reports.report(SERVER, edition_id, (0, 0), fingerprint(sentence), 7, NOON)
        await tx.reports.decide(SERVER, report.report_id, ReportState.HIDDEN, 8, NOON)
    other = await Newsdesk(room.storage, room.condenser).open(name="Evening")
    again = await other.compose()
    shown = {each.quote.sentence for story in again.stories for point in story.points for each in point.evidence}
    assert shown
    assert sentence not in shown
    elsewhere = await Newsdesk(room.storage, room.condenser, server_id=OTHER_SERVER).open()
    await elsewhere.follow("Post")
    assert sentence in str((await elsewhere.compose()).to_json())  # another server decides for itself


async def test_a_headline_does_not_bring_back_what_the_editors_removed(room):
    """In an edition of headlines it stands for the first point, and that one is removed."""
    room = await Newsdesk(room.storage, room.condenser).open(name="Headlines", size=Size.HEADLINES)
    await room.take_in("Post", news("bakery", BAKERY))
    first = await room.compose()
    edition_id = await room.remember(first)
    sentence = first.stories[0].points[0].evidence[0].quote.sentence
    async with room.storage.begin() as tx:
        report, _ = await tx.reports.report(SERVER, edition_id, (0, 0), fingerprint(sentence), 7, NOON)
        await tx.reports.decide(SERVER, report.report_id, ReportState.HIDDEN, 8, NOON)
    other = await Newsdesk(room.storage, room.condenser).open(name="Evening", size=Size.HEADLINES)
    made = await other.compose()
    assert made.stories == ()
    assert reasons(made) == {"News of the bakery": "its points were removed by this server's editors"}
    in_full = await (await Newsdesk(room.storage, room.condenser).open(name="Night")).compose()
    assert "forty villages" in points(in_full)


async def test_a_story_of_removed_points_is_left_out(room):
    await room.take_in("Post", news("bakery", BAKERY))
    made = await room.compose()
    edition_id = await room.remember(made)
    async with room.storage.begin() as tx:
        for number, sentence in enumerate(BAKERY.replace(". ", ".\n").split("\n")):
            report, _ = await tx.reports.report(SERVER, edition_id, (0, number), fingerprint(sentence), 7, NOON)
            await tx.reports.decide(SERVER, report.report_id, ReportState.HIDDEN, 8, NOON)
    other = await Newsdesk(room.storage, room.condenser).open(name="Evening")
    made = await other.compose()
    assert made.stories == ()
    assert reasons(made) == {"News of the bakery": "its points were removed by this server's editors"}


async def test_sources_that_cannot_be_read_are_named(room):
    await room.follow("Post")
    source_id = await room.follow("Courier")
    for _ in range(3):
        assert (await room.compose()).failing == ()
        async with room.storage.begin() as tx:
            await tx.sources.record_polls([(source_id, PollResult(NOON, NOON, error="no answer"))])
    assert (await room.compose()).failing == ("Courier",)


async def test_what_came_is_counted_whatever_became_of_it(room):
    await change_server(room, rules="- harbour")
    await room.take_in("Post", news("harbour", HARBOUR), news("bakery", BAKERY), at=NOON)
    await room.take_in("Courier", news("harbour", HARBOUR), at=NOON + timedelta(hours=3))  # carried before
    digest = room.digest
    assert await room.composing.count_new(digest, (NOON - DAY, NOON)) == 2
    assert await room.composing.count_new(digest, (NOON, NOON + DAY)) == 0
    assert await room.composing.count_new(digest, (NOON - DAY, NOON - timedelta(seconds=1))) == 0
    async with room.storage.begin() as tx:
        await tx.sources.set_paused(SERVER, room.sources["Post"], True)
    assert await room.composing.count_new(digest, (NOON, NOON + DAY)) == 1


async def test_live_stories_have_all_their_points_and_urgent_ones_are_first(room):
    texts = {"bridge": BRIDGE, "harbour": HARBOUR, "bakery": BAKERY}
    ids = await room.take_in("Post", *(news(name, text, hours_ago=n) for n, (name, text) in enumerate(texts.items())))
    made = await room.composing.for_live(room.digest, (NOON - DAY, NOON), 2, urgent={ids[2]})
    assert headlines(made) == ["News of the bakery", "News of the bridge"]
    assert [len(story.points) for story in made.stories] == [3, 3]


# ---- a model that is slow, and rules that are ----


class Hanging(FakeCondenser):
    """A model that never answers; everything that is asked of it waits."""

    async def stories(self, documents):
        return await self._for_ever()

    async def brief(self, request):
        return await self._for_ever()

    async def story(self, requests, points=None):
        return await self._for_ever()

    async def fresh(self, sentences, told, language):
        return await self._for_ever()

    async def _for_ever(self):
        await asyncio.Event().wait()


async def test_a_model_that_never_answers_is_not_waited_for(storage):
    """FAULTS 48: every step goes on by simpler rules, and the edition says so."""
    room = await Newsdesk(storage, Hanging()).open()
    await room.take_in("Post", news("bridge", BRIDGE), news("harbour", HARBOUR))
    made = await room.composing.for_digest(room.digest, (NOON - DAY, NOON), timedelta())
    assert made.degraded
    assert [len(story.points) for story in made.stories] == [3, 2]
    await room.remember(made)
    room.clock.wind(days=1)
    more = f"{HARBOUR} On Saturday the ferry Amelie ran aground at the new gate with 80 passengers."
    await room.take_in("Courier", news("more", more, at=room.clock.now()))
    window = (room.clock.now() - DAY, room.clock.now())
    made = await room.composing.for_digest(room.digest, window, timedelta())
    (story,) = made.stories
    assert (story.is_update, made.degraded) == (True, True)


async def test_slow_patterns_do_not_hold_up_anything_else(room):
    """They run beside the event loop, which goes on meanwhile."""
    await room.take_in("Post", *(news(f"pier{n}", f"Pier {n} was painted. {'a' * 4000}") for n in range(5)))
    await change_server(room, rules="\n".join(f"- /(a+)+[!?]{n}/" for n in range(9)))
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(others())
    made = await room.compose()
    beside.cancel()
    assert turns > 1000
    assert len([one for one in made.left_out if "too long" in one.reason]) == 9
