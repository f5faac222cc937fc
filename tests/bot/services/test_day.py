"""A day, minute by minute: a live digest and two scheduled ones over feeds that overlap, with restarts and outages.

No article is told twice by a digest, no story is told again without something new, none is missing, every slot has one
edition, and the live digest keeps its cap.
"""

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.editions import Editions
from bot.services.live import Live
from bot.services.ports import TryLater
from bot.services.stories import Composition
from storage import SHARED, Digest, EditionState, NewArticle, Storage
from tests.factories import DAILY, NOON, SERVER, a_digest, a_source
from tests.fakes import LOST_ANSWER, FakeAdmins, FakeClock, FakeCondenser, FakePublisher

START = NOON.replace(hour=0)
SOURCES = ("north", "south", "coast")
CAP = 4
EVENTS = 40
PLACES = ["Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper"]
KINDS = ["ferry", "bridge", "school", "mill", "market", "harbour", "theatre", "orchard", "clinic", "library"]
HAPPENED = (
    "was closed after a fire in its cellar",
    "got a new roof made of copper",
    "lost a quarrel before the county court",
    "opened its doors to travellers again",
    "sold half of its land to a brewer",
    "was struck by lightning during supper",
    "hired nine apprentices from abroad",
    "found a chest with coins of the old king",
)
DETAILS = (
    "A guard of {n} years called for help at once.",
    "The repair is going to cost {n} thousand crowns.",
    "About {n} neighbours signed a letter to the governor.",
    "Its owner expects {n} guests on the first weekend.",
    "Divers searched the water for {n} hours without a find.",
    "The council meets in {n} days to talk it over.",
    "Engineers had warned of it {n} months ago.",
    "A choir of {n} children sang at the gate.",
)


@dataclass
class Event:
    """Something that happens somewhere, is reported by some sources, and may go on."""

    number: int
    chance: random.Random
    reports: list[tuple[datetime, str, NewArticle]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{PLACES[self.number % 10]}{KINDS[self.number // 10 % 10]}{self.number}"

    def happens(self) -> "Event":
        """Write the reports: the same in other words by a second source, sometimes with news an hour or more later."""
        begins = START + timedelta(minutes=self.chance.randrange(5, 20 * 60))
        kind, what = self.chance.choice(KINDS), self.chance.choice(HAPPENED)
        first, second, news = self.chance.sample(DETAILS, 3)
        number, more = self.chance.randrange(10, 90), self.chance.randrange(100, 900)
        core = f"The {kind} of {self.name} {what}. {first.format(n=number)}"
        sources = self.chance.sample(SOURCES, 3)
        self._report(begins, sources[0], core)
        if self.chance.random() < 0.6:
            self._report(
                begins + timedelta(minutes=self.chance.randrange(1, 90)), sources[1], core + " It was on Friday."
            )
        if self.chance.random() < 0.4:
            later = begins + timedelta(minutes=self.chance.randrange(100, 200))
            self._report(later, sources[2], f"{core} {news.format(n=more)} {second.format(n=more + 1)}")
        return self

    def _report(self, at: datetime, source: str, text: str) -> None:
        url = f"https://{source}.example/{self.name}/{len(self.reports)}"
        article = NewArticle(text, title=f"News of {self.name}", url=url, link=url, published=at)
        self.reports.append((at, source, article))


def by_event(documents) -> list[list[int]]:
    """Reports of one event together, as a model without faults would put them."""
    groups = defaultdict(list)
    for at, document in enumerate(documents):
        groups[document.title].append(at)
    return list(groups.values())


def told_stories(edition, digest: Digest, composition: Composition) -> list[dict[str, object]]:
    told = [(story.headline, story.is_update, len(story.points)) for story in composition.stories]
    return [{"blocks": told, "digest": digest.name}]


class Process:
    """Both services as one process has them."""

    numbers = iter(range(10_000))

    def __init__(self, storage: Storage, clock: FakeClock, publisher: FakePublisher) -> None:
        condenser = FakeCondenser(cluster=by_event)
        composing = Composing(storage, condenser, Briefing(storage, condenser, clock), clock)
        owner, tick = f"process {next(self.numbers)}", timedelta(seconds=0.001)
        self.editions = Editions(
            storage, composing, publisher, FakeAdmins(), told_stories, clock, owner=owner, tick=tick
        )
        self.live = Live(storage, composing, self.editions, clock)

    async def wake(self) -> None:
        await self.live.run_due()
        await self.editions.run_due()


class Day:
    """The world of the walk."""

    def __init__(self, storage: Storage, seed: int) -> None:
        self.storage, self.chance = storage, random.Random(seed)
        self.clock = FakeClock(START)
        self.publisher = FakePublisher(self.clock)
        self.events = [Event(number, self.chance).happens() for number in range(EVENTS)]
        self.processes = [self._process()]

    def _process(self) -> Process:
        return Process(self.storage, self.clock, self.publisher)

    async def begin(self) -> None:
        self.sources = {name: await a_source(self.storage, f"https://{name}.example/feed", SERVER) for name in SOURCES}
        plans = {"Live": "live", "Morning": f"{DAILY} 06:00,12:00,18:00,23:55", "Evening": f"{DAILY} 18:00,23:50"}
        async with self.storage.begin() as tx:
            self.digests = {
                name: await tx.digests.add(
                    SERVER,
                    a_digest(
                        name=name, schedule=plan, timezone="UTC", stories=EVENTS, per_hour=CAP, channel_id=channel
                    ),
                    START,
                )
                for channel, (name, plan) in enumerate(plans.items(), 1)
            }

    async def walk(self) -> None:
        waiting = sorted((each for event in self.events for each in event.reports), key=lambda each: each[0])
        for _ in range(24 * 60 - 1):
            self.clock.wind(minutes=1)
            while waiting and waiting[0][0] <= self.clock.now():
                _, source, article = waiting.pop(0)
                async with self.storage.begin() as tx:
                    await tx.articles.keep(
                        [article], scope=SHARED, source_id=self.sources[source], now=self.clock.now()
                    )
            self._spoil()
            for process in list(self.processes):
                await process.wake()
        self.publisher.failures = []
        for _ in range(20):
            self.clock.wind(minutes=1)
            await self.processes[0].wake()

    def _spoil(self) -> None:
        """Now and then a process is replaced, joined by a second one, or Discord fails for a while."""
        dice = self.chance.random()
        if dice < 0.01:
            self.processes = [self._process()]  # whoever was there before died with all it held
        elif dice < 0.02:
            self.processes = [self._process(), self._process()]
        elif dice < 0.03:
            self.publisher.after_store = self.chance.random() < 0.5
            self.publisher.failures = [self.chance.choice([LOST_ANSWER, TryLater("503")])] * self.chance.randrange(1, 5)

    async def editions_of(self, digest: Digest):
        async with self.storage.reading() as tx:
            return await tx.editions.list_of_digest(digest.digest_id)


@pytest.mark.soak
@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, 2])
async def test_a_day_of_overlapping_feeds(storage: Storage, seed: int) -> None:
    day = Day(storage, seed)
    await day.begin()
    await day.walk()
    for name, digest in day.digests.items():
        editions = await day.editions_of(digest)
        told = [Composition.from_json(edition.content) for edition in editions if edition.content]
        articles = Counter(article_id for composition in told for article_id in composition.article_ids)
        assert [each for each, count in articles.items() if count > 1] == [], name
        stories = Counter((story.headline, story.is_update) for made in told for story in made.stories)
        assert [each for each, count in stories.items() if count > 1] == [], name
        assert name != "Live" or any(is_update for _, is_update in stories)
        firsts = {headline for headline, is_update in stories if not is_update}
        assert {headline for headline, is_update in stories if is_update} <= firsts, name
        assert firsts == {f"News of {event.name}" for event in day.events}, name
        messages = Counter(str(post.body["blocks"]) for post in day.publisher.posted if post.body["digest"] == name)
        assert set(messages.values()) == {1}, name
        assert {edition.state for edition in editions} <= {EditionState.SENT, EditionState.EMPTY}, name
    at = sorted(edition.due_at for edition in await day.editions_of(day.digests["Live"]))
    assert all(after - before >= timedelta(hours=1) for before, after in zip(at, at[CAP:], strict=False))
    for name, slots in {"Morning": 4, "Evening": 2}.items():
        keys = [edition.slot for edition in await day.editions_of(day.digests[name])]
        assert len(keys) == len(set(keys)) == slots
        assert all(re.fullmatch(r"2026-11-20T\d\d:\d\d UTC", key) for key in keys)
