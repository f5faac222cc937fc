"""Briefs of stored articles: made once, then taken from the cache, and made without the model when it fails."""

import hashlib
import json
import logging
from dataclasses import dataclass

from bot.services.ports import Clock, Condenser
from storage import Article, Storage
from summarizer import Brief, QueueFull, Request, SummarizerError, TextRefused, brief_without_model

log = logging.getLogger(__name__)

RECIPE = "extractive-1"
"""Names the way briefs are made; a change of it leaves older cached briefs unused."""


@dataclass(frozen=True)
class ArticleBrief:
    """A brief beside its article. `brief_id` is None when it was made without the model and hence not kept."""

    article: Article
    brief: Brief
    brief_id: int | None

    @property
    def degraded(self) -> bool:
        """The model was not there to choose the points."""
        return self.brief_id is None


class Briefing:
    """Makes briefs."""

    def __init__(self, storage: Storage, condenser: Condenser, clock: Clock) -> None:
        self._storage = storage
        self._condenser = condenser
        self._clock = clock

    async def brief(self, article: Article, points: int | None = None) -> ArticleBrief:
        """The brief of an article with that many points, or as many as the text deserves.

        Raises TextRefused when there is nothing to condense, QueueFull when too many are waiting.
        """
        request = _request(article, points)
        key = _key(request)
        async with self._storage.reading() as tx:
            kept = await tx.briefs.find(key)
        if kept is not None:
            return ArticleBrief(article, Brief.from_json(kept[1]), kept[0])
        try:
            brief = await self._condenser.brief(request)
        except (TextRefused, QueueFull):
            raise
        except SummarizerError as error:
            log.warning("article %s is condensed without the model: %s", article.article_id, error)
            return brief_at_once(article, points)
        async with self._storage.begin() as tx:
            return ArticleBrief(article, brief, await tx.briefs.keep(key, brief.to_json(), self._clock.now()))


def brief_at_once(article: Article, points: int | None = None) -> ArticleBrief:
    """A brief made here and now without the model, for when that cannot be waited for. Raises TextRefused."""
    return ArticleBrief(article, brief_without_model(_request(article, points)), None)


def _request(article: Article, points: int | None) -> Request:
    return Request(article.text, title=article.title, points=points, language=article.language)


def _key(request: Request) -> str:
    options = json.dumps([RECIPE, request.to_json()], sort_keys=True)
    return hashlib.sha256(options.encode()).hexdigest()
