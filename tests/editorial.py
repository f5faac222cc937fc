"""A month of editions over news of our own making, judged by what is true about it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations

from bot.services.gathering import OVERLAP
from bot.services.stories import Composition, Story
from tests.month import Month
from tests.newsdesk import DAY, Newsdesk


@dataclass
class Judgement:
    """What was told over all editions, and what was wrong with it."""

    editions: int = 0
    articles: int = 0  # stored; a text that was printed again word for word is stored once
    looked_at: int = 0
    looked_at_again: int = 0  # of those that came just before a slot and were not told at it
    stories: int = 0
    updates: int = 0
    told: Counter[int] = field(default_factory=Counter)  # how often, by article
    repeated: list[str] = field(default_factory=list)  # stories whose points say nothing that was not told
    unmarked: list[str] = field(default_factory=list)  # stories that go on without being marked as updates
    pairs: int = 0  # articles that one story was told from, and stories that an update was joined to
    wrong_pairs: list[str] = field(default_factory=list)

    @property
    def told_twice(self) -> list[int]:
        """Articles that were told more than once."""
        return [article_id for article_id, times in self.told.items() if times > 1]

    @property
    def precision(self) -> float:
        """Share of the pairs that are of one event."""
        return 1 - len(self.wrong_pairs) / self.pairs if self.pairs else 1.0


async def judge(newsdesk: Newsdesk, month: Month, days: int) -> Judgement:
    """Take in the month, tell it at every noon, and judge what was told."""
    walk = _Walk(newsdesk, month)
    first = newsdesk.clock.now()
    for day in range(days + 1):
        await walk.tell_at_noon(first + day * DAY)
    walk.judgement.articles = len(walk.events)
    return walk.judgement


class _Walk:
    def __init__(self, newsdesk: Newsdesk, month: Month) -> None:
        self.judgement = Judgement()
        self.events: dict[int, int] = {}  # by article
        self._newsdesk, self._month = newsdesk, month
        self._coming = list(month.reports)
        self._seen: dict[int, datetime] = {}
        self._facts: set[tuple[int, int, int]] = set()
        self._events_told: set[int] = set()
        self._stories: dict[int, Composition] = {}

    async def tell_at_noon(self, noon: datetime) -> None:
        while self._coming and self._coming[0].at <= noon:
            report = self._coming.pop(0)
            self._newsdesk.clock.time = report.at
            (article_id,) = await self._newsdesk.take_in(report.paper, report.article, at=report.at)
            self.events.setdefault(article_id, report.event)
            self._seen.setdefault(article_id, report.at)
        self._newsdesk.clock.time = noon
        composition = await self._newsdesk.tell()
        edition_id = self.judgement.editions + 1
        self.judgement.editions = edition_id
        self.judgement.looked_at += composition.considered
        told = set(composition.article_ids)
        self.judgement.looked_at_again += sum(
            noon - OVERLAP < seen <= noon and article_id not in told for article_id, seen in self._seen.items()
        )
        self._stories[edition_id] = composition
        for story in composition.stories:
            self._judge(story)

    def _judge(self, story: Story) -> None:
        made = self.judgement
        made.stories += 1
        made.updates += story.is_update
        ids = [article.article_id for article in story.articles]
        made.told.update(ids)
        events = [self.events[article_id] for article_id in ids]
        self._judge_pairs(story, events)
        facts = set(self._facts_of(story))
        if not facts - self._facts:
            made.repeated.append(story.headline)
        if not story.is_update and self._events_told.intersection(events):
            made.unmarked.append(story.headline)
        self._facts |= facts
        self._events_told.update(events)

    def _judge_pairs(self, story: Story, events: list[int]) -> None:
        made = self.judgement
        for one, other in combinations(events, 2):
            made.pairs += 1
            if one != other:
                made.wrong_pairs.append(story.headline)
        if story.continues is not None:
            made.pairs += 1
            before = self._stories[story.continues].article_ids
            if events[0] not in {self.events[article_id] for article_id in before}:
                made.wrong_pairs.append(f"update: {story.headline}")

    def _facts_of(self, story: Story) -> Iterator[tuple[int, int, int]]:
        for point in story.points:
            for evidence in point.evidence:
                yield self._month.facts[self.events[evidence.article_id], evidence.quote.sentence]
