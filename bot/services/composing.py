"""Composing an edition: from candidate articles to stories with points and evidence."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.services.briefing import ArticleBrief, Briefing, ToldStory, brief_at_once, story_at_once
from bot.services.ports import Clock, Condenser
from bot.services.selection import Candidate, candidates, pick, points_for, within_budget
from bot.services.stories import Composition, Difference, Evidence, Figure, Story, StoryArticle, StoryPoint, quote
from storage import Article, Digest, Storage
from storage.types import Audience
from summarizer import QueueFull, Span, StoryDocument, SummarizerError, TextRefused

log = logging.getLogger(__name__)

MOST_CANDIDATES = 400
MOST_REPORTS = 8
"""So many articles of a story, the fullest, are condensed into its points."""
OVERLAP = timedelta(minutes=2)
"""An article may be committed a little after the moment that its row names; what was told is not told again."""
BACKLOG = timedelta(days=2)
"""What a source published longer before the window is its archive, and no news."""
FIRST_TASTE = 5
"""A first edition without fresh news tells so many of the newest articles all the same, so that one sees it works."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
PATIENT_OPERATOR = timedelta(minutes=10)
PATIENCE = timedelta(seconds=60)
"""So long an edition waits for the model, all stories together; the rest is told without it."""


class Composing:
    """Turns articles into the stories of an edition."""

    def __init__(
        self,
        storage: Storage,
        condenser: Condenser,
        briefing: Briefing,
        clock: Clock,
        *,
        patience: timedelta = PATIENCE,
    ) -> None:
        self._patience = patience
        self._storage = storage
        self._condenser = condenser
        self._briefing = briefing
        self._clock = clock

    async def for_digest(
        self, digest: Digest, window: tuple[datetime, datetime], patience: timedelta | None = None
    ) -> Composition:
        """What a digest has to tell about a window of time, without what it told before.

        `patience` is how long the model may be waited for.
        """
        articles = await self._candidates(digest, window, not_before=window[0] - BACKLOG, limit=MOST_CANDIDATES)
        if not articles and await self._is_first(digest, window):
            articles = await self._candidates(digest, window, not_before=LONG_AGO, limit=FIRST_TASTE)
        told = await self._compose(articles, digest.stories, digest.server_id, patience or self._patience)
        return replace(told, stories=within_budget(told.stories))

    async def for_live(self, digest: Digest, window: tuple[datetime, datetime], count: int) -> Composition:
        """Up to `count` stories that a live digest has to tell, each on its own and with all its points."""
        articles = await self._candidates(digest, window, not_before=window[0] - BACKLOG, limit=MOST_CANDIDATES)
        return await self._compose(articles, count, digest.server_id, self._patience)

    async def count_new(self, digest: Digest, window: tuple[datetime, datetime]) -> int:
        """How many articles came for a digest in a window of time, whatever became of them."""
        async with self._storage.reading() as tx:
            return await tx.candidates.count_new(digest.server_id, *window)

    async def _candidates(
        self, digest: Digest, window: tuple[datetime, datetime], *, not_before: datetime, limit: int
    ) -> list[Article]:
        start, end = window[0] - OVERLAP, window[1]
        async with self._storage.reading() as tx:
            return await tx.articles.list_candidates(
                digest.server_id, digest.digest_id, start, end, not_before=not_before, limit=limit
            )

    async def _is_first(self, digest: Digest, window: tuple[datetime, datetime]) -> bool:
        """No scheduled edition but the one of this very window has looked at anything yet."""
        async with self._storage.reading() as tx:
            return await tx.editions.window_end(digest.digest_id) in (None, window[1])

    async def for_operator(self, since: datetime | None, stories: int, most: int) -> Composition:
        """What there is to tell from everything stored; looks at the `most` newest articles."""
        async with self._storage.reading() as tx:
            articles = await tx.articles.list_latest(Audience(operator=True), most, since)
        return await self._compose(articles, stories, None, PATIENT_OPERATOR)

    async def _compose(
        self, articles: Sequence[Article], count: int, server_id: int | None, patience: timedelta
    ) -> Composition:
        async with self._storage.reading() as tx:
            names = await tx.articles.source_names([article.article_id for article in articles], server_id)
        deadline = asyncio.get_running_loop().time() + patience.total_seconds()
        clusters, degraded = await self._clusters(articles, deadline)
        found = candidates(articles, clusters, names)
        stories: list[Story] = []
        # More are ranked than needed, because some may turn out to hold nothing that can be told.
        for candidate in pick(found, 2 * count, self._clock.now()):
            if len(stories) == count:
                break
            brief = await self._brief(candidate, points_for(len(stories)), deadline)
            if brief is not None and brief.brief.points:
                stories.append(_story(candidate, brief, names))
                degraded |= brief.degraded
        return Composition(tuple(stories), len(articles), degraded)

    async def _clusters(self, articles: Sequence[Article], deadline: float) -> tuple[list[list[int]], bool]:
        if not articles:
            return [], False
        documents = [StoryDocument(a.title or "", a.text, a.published) for a in articles]
        try:
            async with asyncio.timeout_at(deadline):
                return await self._condenser.stories(documents), False
        except (SummarizerError, TimeoutError) as error:
            log.warning("stories are not put together, each article stands alone: %r", error)
            return [[index] for index in range(len(articles))], True

    async def _brief(self, candidate: Candidate, points: int, deadline: float) -> ArticleBrief | ToldStory | None:
        try:
            async with asyncio.timeout_at(deadline):
                return await self._brief_by_model(candidate, points)
        except (QueueFull, TimeoutError):
            return await self._brief_at_once(candidate, points)
        except TextRefused as error:
            log.info("article %s is not told: %s", candidate.lead.article_id, error)
            return None

    async def _brief_by_model(self, candidate: Candidate, points: int) -> ArticleBrief | ToldStory:
        if len(candidate.articles) == 1:
            return await self._briefing.brief(candidate.lead, points)
        return await self._briefing.story(candidate.articles[:MOST_REPORTS], points)

    async def _brief_at_once(self, candidate: Candidate, points: int) -> ArticleBrief | ToldStory | None:
        try:
            if len(candidate.articles) == 1:
                return await brief_at_once(candidate.lead, points)
            return await story_at_once(candidate.articles[:MOST_REPORTS], points)
        except TextRefused as error:
            log.info("article %s is not told: %s", candidate.lead.article_id, error)
            return None


def _story(candidate: Candidate, made: ArticleBrief | ToldStory, names: Mapping[int, Sequence[str]]) -> Story:
    points = _points_of_one(made) if isinstance(made, ArticleBrief) else _points_of_many(made)
    differences = () if isinstance(made, ArticleBrief) else _differences(made)
    story = Story(made.brief.headline, points, (), differences)
    cited = {article_id: place for place, article_id in enumerate(story.cited)}
    articles = sorted(candidate.articles, key=lambda article: cited.get(article.article_id, len(cited)))
    return replace(story, articles=tuple(_reference(article, names[article.article_id]) for article in articles))


def _points_of_one(made: ArticleBrief) -> tuple[StoryPoint, ...]:
    article_id = made.article.article_id
    return tuple(
        StoryPoint(
            point.text,
            tuple(
                Evidence(article_id, span.start, span.end, quoted)
                for span, quoted in zip(point.evidence, quotes, strict=True)
            ),
        )
        for point, quotes in zip(made.brief.points, made.quotes, strict=True)
    )


def _points_of_many(made: ToldStory) -> tuple[StoryPoint, ...]:
    return tuple(
        StoryPoint(point.text, tuple(_evidence(made.articles[at], span) for at, span in point.evidence))
        for point in made.brief.points
    )


def _evidence(article: Article, span: Span) -> Evidence:
    return Evidence(article.article_id, span.start, span.end, quote(article.text, span.start, span.end))


def _differences(made: ToldStory) -> tuple[Difference, ...]:
    return tuple(
        Difference(
            difference.thing,
            tuple(Figure(made.articles[claim.document].article_id, claim.words) for claim in difference.claims),
        )
        for difference in made.brief.differences
    )


def _reference(article: Article, names: Sequence[str]) -> StoryArticle:
    return StoryArticle(
        article_id=article.article_id,
        title=article.title or "",
        link=article.link,
        source=names[0] if names else "",
        published=article.published.isoformat() if article.published else None,
    )
