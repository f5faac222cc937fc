"""Articles: taken in once, found again by time and by words."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, bindparam, column, exists, func, insert, or_, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import NotFound
from storage.rows import columns_of, value, values
from storage.tables import appearances, articles, editions, sources, subscriptions, told
from storage.types import SHARED, Article, Audience, Found, NewArticle, Outcome

_COLUMNS = columns_of(Article, articles)


class Articles:
    """Repository of articles."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(
        self, new: Sequence[NewArticle], *, scope: str, source_id: int | None, now: datetime
    ) -> list[tuple[Outcome, int]]:
        """Take in the articles of one document (a feed, a page, a file): outcome and article id for each, in order.

        The same text is the same article. The same address is too, unless several articles of this document claim
        it; then it says nothing. Another text under a known address replaces the old one if this source had carried
        the article before, and counts as a duplicate if it came from elsewhere.
        """
        claims = Counter(article.url for article in new)
        kept = []
        for article in new:
            outcome, article_id = await self._keep_one(article, claims[article.url] == 1, scope, source_id, now)
            if source_id is not None:
                await self._record_appearance(source_id, article_id, article.fingerprint, now)
            kept.append((outcome, article_id))
        return kept

    async def _keep_one(
        self, new: NewArticle, address_is_its_own: bool, scope: str, source_id: int | None, now: datetime
    ) -> tuple[Outcome, int]:
        same_text = await self._find(articles.c.scope == scope, articles.c.fingerprint == new.fingerprint)
        if same_text is not None:
            return Outcome.DUPLICATE, same_text
        known = None
        if new.url and address_is_its_own:
            known = await self._find(articles.c.scope == scope, articles.c.url == new.url)
        if known is None:
            return Outcome.STORED, await self._insert(new, scope, now)
        if source_id is None or await self._changed_its_text(source_id, known, new.fingerprint):
            await self._replace(known, new)
            return Outcome.UPDATED, known
        return Outcome.DUPLICATE, known

    async def _find(self, *conditions: ColumnElement[bool]) -> int | None:
        return await self._connection.scalar(select(articles.c.article_id).where(*conditions).limit(1))

    async def _insert(self, new: NewArticle, scope: str, now: datetime) -> int:
        statement = insert(articles).values(**_columns(new), scope=scope, first_seen=now)
        return int((await self._connection.execute(statement.returning(articles.c.article_id))).scalar_one())

    async def _replace(self, article_id: int, new: NewArticle) -> None:
        await self._connection.execute(
            update(articles).where(articles.c.article_id == article_id).values(_columns(new))
        )

    async def _changed_its_text(self, source_id: int, article_id: int, fingerprint: str) -> bool:
        before = await self._connection.scalar(
            select(appearances.c.fingerprint).where(
                appearances.c.source_id == source_id, appearances.c.article_id == article_id
            )
        )
        return before is not None and before != fingerprint

    async def _record_appearance(self, source_id: int, article_id: int, fingerprint: str, now: datetime) -> None:
        new = {"source_id": source_id, "article_id": article_id, "fingerprint": fingerprint, "seen_at": now}
        await self._connection.execute(
            upsert(appearances)
            .values(new)
            .on_conflict_do_update(["source_id", "article_id"], set_={"fingerprint": fingerprint})
        )

    async def get(self, article_id: int, audience: Audience) -> Article:
        """One article that this audience may see; raises NotFound, also for what belongs to others."""
        query = select(*_COLUMNS).where(articles.c.article_id == article_id, _visible_to(audience))
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("article", article_id)
        return value(Article, row)

    async def find_shared(self, article_ids: Sequence[int]) -> dict[int, Article]:
        """Those of some shared articles that are still kept, for an edition that told them."""
        query = select(*_COLUMNS).where(articles.c.scope == SHARED, articles.c.article_id.in_(article_ids))
        return {article.article_id: article for article in values(Article, await self._connection.execute(query))}

    async def known_urls(self, urls: Sequence[str], scope: str = SHARED) -> set[str]:
        """Those of the canonical addresses that an article is stored under."""
        query = select(articles.c.url).where(articles.c.scope == scope, articles.c.url.in_(urls))
        return {url for url in await self._connection.scalars(query) if url}

    async def list_latest(self, audience: Audience, limit: int, since: datetime | None = None) -> list[Article]:
        """The newest articles an audience may see, by publication, else by when they were first seen."""
        query = select(*_COLUMNS).where(_visible_to(audience)).order_by(_NEWEST_FIRST, articles.c.article_id.desc())
        if since is not None:
            query = query.where(_NEWS_TIME >= since)
        return values(Article, await self._connection.execute(query.limit(limit)))

    async def list_candidates(
        self, server_id: int, digest_id: int, start: datetime, end: datetime, limit: int
    ) -> list[Article]:
        """Articles first seen in (start, end] that the server takes and that this digest has not told, newest first."""
        told_before = (
            exists()
            .where(told.c.article_id == articles.c.article_id, told.c.edition_id == editions.c.edition_id)
            .where(editions.c.digest_id == digest_id, editions.c.slot.not_like("manual:%"))
        )
        query = (
            select(*_COLUMNS)
            .where(articles.c.first_seen > start, articles.c.first_seen <= end)
            .where(articles.c.scope == SHARED, _carried_for(server_id, paused_too=False), ~told_before)
            .order_by(_NEWEST_FIRST, articles.c.article_id.desc())
        )
        return values(Article, await self._connection.execute(query.limit(limit)))

    async def source_names(self, article_ids: Sequence[int], server_id: int | None) -> dict[int, list[str]]:
        """Who carried each article, oldest first: the server's own label where it has one, else the source's title.

        A server is told only of sources it follows and of the operator's own; None tells of all.
        """
        followed = and_(subscriptions.c.source_id == sources.c.source_id, subscriptions.c.server_id == server_id)
        query = (
            select(appearances.c.article_id, func.coalesce(subscriptions.c.label, sources.c.title).label("name"))
            .join(sources, sources.c.source_id == appearances.c.source_id)
            .join(subscriptions, followed, isouter=True)
            .where(appearances.c.article_id.in_(article_ids))
            .order_by(appearances.c.seen_at, sources.c.source_id)
        )
        if server_id is not None:
            query = query.where(or_(sources.c.for_everyone, subscriptions.c.server_id.is_not(None)))
        names: dict[int, list[str]] = {article_id: [] for article_id in article_ids}
        for row in await self._connection.execute(query):
            names[row.article_id].append(row.name)
        return names

    async def search(self, words: str, audience: Audience, limit: int) -> list[Found]:
        """Articles that hold all the words, whatever their case and diacritics, best match first."""
        match = _match_expression(words)
        if not match:
            return []
        hits = (
            text(
                "SELECT rowid AS hit, bm25(article_search, 4.0, 1.0) AS distance,"
                " snippet(article_search, -1, '', '', '…', 28) AS snippet"
                " FROM article_search WHERE article_search MATCH :match"
            )
            .bindparams(bindparam("match", match, String))
            .columns(column("hit"), column("distance"), column("snippet"))
            .subquery()
        )
        query = (
            select(*_COLUMNS, hits.c.snippet)
            .join(hits, hits.c.hit == articles.c.article_id)
            .where(_visible_to(audience))
            .order_by(hits.c.distance, articles.c.article_id.desc())
            .limit(limit)
        )
        return [Found(value(Article, row), row.snippet) for row in await self._connection.execute(query)]


_NEWS_TIME = func.coalesce(articles.c.published, articles.c.first_seen)
_NEWEST_FIRST = _NEWS_TIME.desc()


def _columns(new: NewArticle) -> dict[str, object]:
    return {
        "url": new.url,
        "link": new.link,
        "title": new.title,
        "byline": new.byline,
        "published": new.published,
        "language": new.language,
        "text": new.text,
        "fingerprint": new.fingerprint,
    }


def _visible_to(audience: Audience) -> ColumnElement[bool]:
    shared = articles.c.scope == SHARED
    if audience.operator:
        return shared
    carried = and_(shared, _carried_for(audience.server_id, paused_too=True))
    if audience.scope == SHARED:
        return carried
    return or_(articles.c.scope == audience.scope, carried)


def _carried_for(server_id: int | None, *, paused_too: bool) -> ColumnElement[bool]:
    """Some source that the server follows, or one of the operator's own, carried the article."""
    following = select(subscriptions.c.source_id).where(subscriptions.c.server_id == server_id)
    if not paused_too:
        following = following.where(~subscriptions.c.paused)
    return exists().where(
        appearances.c.article_id == articles.c.article_id,
        appearances.c.source_id == sources.c.source_id,
        or_(sources.c.for_everyone, sources.c.source_id.in_(following)),
    )


def _match_expression(words: str) -> str:
    """What people type as an FTS5 query: every word must occur; operators and quotes have no meaning.

    https://www.sqlite.org/fts5.html#full_text_query_syntax
    """
    return " ".join(f'"{word}"' for word in re.findall(r"\w+", words)[:20])
