"""Briefs of stored articles: made once, then taken from the cache, and made without the model when it fails."""

import asyncio
import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.services.ports import Clock, Condenser
from bot.services.stories import Quote, quote
from storage import Article, Storage
from summarizer import Brief, QueueFull, Request, SummarizerError, TextRefused, brief_without_model
from summarizer.options import Options
from summarizer.storybriefs import StoryBrief, story_without_model

log = logging.getLogger(__name__)

RECIPE = "extractive-3"
"""Names the way briefs are made; a change of it leaves older cached briefs unused."""
STORY_RECIPE = "story-2"
"""The same for briefs of several articles."""
READ_AT_ONCE = 100_000
"""Characters of a text that are looked at when there is no model to wait for."""

Quotes = tuple[tuple[Quote, ...], ...]
"""For each point the sentences behind it."""


@dataclass(frozen=True)
class ArticleBrief:
    """A brief beside its article. `brief_id` is None when it was made without the model and hence not kept."""

    article: Article
    brief: Brief
    quotes: Quotes
    brief_id: int | None

    @property
    def degraded(self) -> bool:
        """The model was not there to choose the points."""
        return self.brief_id is None


@dataclass(frozen=True)
class ToldStory:
    """A brief of several articles beside them, `brief.points` citing them by index."""

    articles: tuple[Article, ...]
    brief: StoryBrief
    degraded: bool


class Briefing:
    """Makes briefs."""

    def __init__(self, storage: Storage, condenser: Condenser, clock: Clock, options: Options | None = None) -> None:
        self._storage = storage
        self._condenser = condenser
        self._clock = clock
        self._options = options or Options()

    async def brief(self, article: Article, points: int | None = None) -> ArticleBrief:
        """The brief of an article with that many points, or as many as the text deserves.

        Raises TextRefused when there is nothing to condense, QueueFull when too many are waiting.
        """
        request = _request(article, points)
        key = _key(RECIPE, self._options.recipe, article.scope, request.to_json())
        async with self._storage.reading() as tx:
            kept = await tx.briefs.find(key)
        if kept is not None:
            return kept_brief(article, *kept)
        try:
            brief = await self._condenser.brief(request)
        except (TextRefused, QueueFull):
            raise
        except SummarizerError as error:
            log.warning("article %s is condensed without the model: %s", article.article_id, error)
            return await brief_at_once(article, points)
        quotes = _quotes(article, brief)
        if self._options.was_missed_by(brief.model):  # to be made again when the generator is back
            return ArticleBrief(article, brief, quotes, None)
        content = {"brief": brief.to_json(), "quotes": [[asdict(quoted) for quoted in point] for point in quotes]}
        async with self._storage.begin() as tx:
            brief_id = await tx.briefs.keep(key, article.scope, content, self._clock.now())
        return ArticleBrief(article, brief, quotes, brief_id)

    async def condense(self, articles: Sequence[Article], points: int) -> ArticleBrief | ToldStory:
        """The brief of one article, or of several on one event. Raises as `brief` and `story` do."""
        if len(articles) == 1:
            return await self.brief(articles[0], points)
        return await self.story(articles, points)

    async def story(self, articles: Sequence[Article], points: int) -> ToldStory:
        """The brief of several articles on one event with that many points; kept where they have one scope.

        Raises TextRefused when there is nothing to condense in any of them.
        """
        requests = [_request(article, points) for article in articles]
        scopes = {article.scope for article in articles}
        key = _key(STORY_RECIPE, self._options.recipe, sorted(scopes), *(request.to_json() for request in requests))
        async with self._storage.reading() as tx:
            kept = await tx.briefs.find(key)
        if kept is not None:
            return ToldStory(tuple(articles), StoryBrief.from_json(kept[1]), degraded=False)
        try:
            brief = await self._condenser.story(requests, points)
        except TextRefused:
            raise
        except SummarizerError as error:
            log.warning("articles %s are condensed without the model: %s", [a.article_id for a in articles], error)
            return await story_at_once(articles, points)
        degraded = self._options.was_missed_by(brief.model)
        if len(scopes) == 1 and not degraded:
            async with self._storage.begin() as tx:
                await tx.briefs.keep(key, scopes.pop(), brief.to_json(), self._clock.now())
        return ToldStory(tuple(articles), brief, degraded)


def kept_brief(article: Article, brief_id: int, content: dict[str, Any]) -> ArticleBrief:
    """A brief as it was stored."""
    quotes = tuple(tuple(Quote(**quoted) for quoted in point) for point in content["quotes"])
    return ArticleBrief(article, Brief.from_json(content["brief"]), quotes, brief_id)


async def condensed_at_once(articles: Sequence[Article], points: int) -> ArticleBrief | ToldStory:
    """What `Briefing.condense` gives, made without the model. Raises TextRefused."""
    if len(articles) == 1:
        return await brief_at_once(articles[0], points)
    return await story_at_once(articles, points)


async def brief_at_once(article: Article, points: int | None = None) -> ArticleBrief:
    """A brief made without the model, for when that cannot be waited for. Raises TextRefused."""
    request = _request(article, points)
    beginning = replace(request, text=request.text[:READ_AT_ONCE])
    brief = await asyncio.to_thread(brief_without_model, beginning)
    return ArticleBrief(article, brief, _quotes(article, brief), None)


async def story_at_once(articles: Sequence[Article], points: int) -> ToldStory:
    """A brief of several articles made without the model. Raises TextRefused."""
    requests = [_request(replace(article, text=article.text[:READ_AT_ONCE]), points) for article in articles]
    brief = await asyncio.to_thread(story_without_model, requests, points)
    return ToldStory(tuple(articles), brief, degraded=True)


def _quotes(article: Article, brief: Brief) -> Quotes:
    return tuple(tuple(quote(article.text, span.start, span.end) for span in point.evidence) for point in brief.points)


def _request(article: Article, points: int | None) -> Request:
    return Request(article.text, title=article.title, points=points, language=article.language)


def _key(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
