"""What a source brought so far: asked before something new of it is taken in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import appearances, articles
from storage.types import NewArticle


class Arrivals:
    """Repository of questions about what sources brought."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_unknown(self, source_id: int, scope: str, new: Sequence[NewArticle]) -> list[int]:
        """Which of these articles of a source are new, by their places: no key, no address and no text of theirs is
        known.
        """
        keys = await self._keys(source_id, [key for article in new for key in article.keys])
        urls = await self._of_articles("url", scope, [article.url for article in new if article.url])
        texts = await self._of_articles("fingerprint", scope, [article.fingerprint for article in new])
        return [
            place
            for place, article in enumerate(new)
            if not (not keys.isdisjoint(article.keys) or article.url in urls or article.fingerprint in texts)
        ]

    async def list_texts(self, source_id: int, limit: int) -> list[str]:
        """Fingerprints of the texts that a source brought last: of these nothing need be read again."""
        last = (
            select(appearances.c.article_id)
            .where(appearances.c.source_id == source_id)
            .order_by(appearances.c.seen_at.desc(), appearances.c.article_id.desc())
            .limit(limit)
            .subquery()
        )
        query = select(articles.c.fingerprint).where(articles.c.article_id.in_(select(last.c.article_id)))
        return list(await self._connection.scalars(query))

    async def count(self, source_id: int, window: datetime, day: datetime) -> tuple[int, int]:
        """How many articles a source brought: as news since `window`, and in all since `day`."""
        news = case((appearances.c.backlog, 0), else_=1)
        today = case((appearances.c.seen_at > day, 1), else_=0)
        query = select(func.sum(news), func.sum(today)).where(
            appearances.c.source_id == source_id, appearances.c.seen_at > min(window, day)
        )
        in_window, in_day = (await self._connection.execute(query)).one()
        return int(in_window or 0), int(in_day or 0)

    async def _keys(self, source_id: int, keys: Sequence[str]) -> set[str]:
        query = select(appearances.c.key).where(appearances.c.source_id == source_id, appearances.c.key.in_(keys))
        return set(await self._connection.scalars(query)) if keys else set()

    async def _of_articles(self, name: str, scope: str, sought: Sequence[str]) -> set[str | None]:
        column = articles.c[name]
        query = select(column).where(articles.c.scope == scope, column.in_(sought))
        return set(await self._connection.scalars(query)) if sought else set()
