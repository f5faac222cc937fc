"""Articles: taken in once, found again by time and by words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialects import is_postgresql, unindexed, upsert
from storage.errors import NotFound
from storage.rows import columns_of, value, values
from storage.searching import INDEX_ON_POSTGRESQL, hits_on_postgresql, hits_on_sqlite, indexed, snippet, words_of
from storage.tables import appearances, articles, editions, sources, subscriptions, told
from storage.types import SHARED, Article, Audience, Found, NewArticle, Outcome

_COLUMNS = columns_of(Article, articles)


class Articles:
    """Repository of articles."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(
        self,
        new: Sequence[NewArticle],
        *,
        scope: str,
        source_id: int | None,
        now: datetime,
        backlog: bool = False,
    ) -> list[tuple[Outcome, int]]:
        """Take in some articles of one source: outcome and article id for each, in order.

        The same text is the same article, and so is the same address. Another text under a known address replaces the
        old one if this source has carried the article and changed its own text since; it counts as a duplicate if the
        source words it its own way, or delivers less than half of what is there.
        """
        if is_postgresql(self._connection):
            await self._wait_for_others(scope)
        known = await self._known(new, scope, source_id)
        kept = [await self._keep_one(article, known, scope, source_id, now) for article in new]
        if is_postgresql(self._connection):
            await self._index(new, kept)
        if source_id is not None:
            await self._record_appearances(source_id, new, [article_id for _, article_id in kept], known, now, backlog)
        return kept

    async def _wait_for_others(self, scope: str) -> None:
        """Keep apart those who take in articles of one scope, as SQLite does with all who write.

        Two that meet the same new article, or the same address, would not see each other's otherwise.
        """
        await self._connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(scope, 0))))

    async def _index(self, new: Sequence[NewArticle], kept: Sequence[tuple[Outcome, int]]) -> None:
        rows = [
            indexed(article_id, article.title, article.text)
            for article, (outcome, article_id) in zip(new, kept, strict=True)
            if outcome is not Outcome.DUPLICATE
        ]
        if rows:
            await self._connection.execute(INDEX_ON_POSTGRESQL, rows)

    async def _keep_one(
        self, new: NewArticle, known: "_Known", scope: str, source_id: int | None, now: datetime
    ) -> tuple[Outcome, int]:
        same_text = known.by_text.get(new.fingerprint)
        if same_text is not None:
            return Outcome.DUPLICATE, same_text
        same_address = known.by_url.get(new.url or "")
        if same_address is None:
            article_id = await self._insert(new, scope, now)
            known.add(article_id, new)
            return Outcome.STORED, article_id
        changed = source_id is None or known.says_something_new(same_address, new)
        if not changed or 2 * len(new.text) < known.lengths[same_address]:
            return Outcome.DUPLICATE, same_address
        await self._connection.execute(
            update(articles).where(articles.c.article_id == same_address).values(**_columns(new), updated_at=now)
        )
        known.add(same_address, new)
        return Outcome.UPDATED, same_address

    async def _known(self, new: Sequence[NewArticle], scope: str, source_id: int | None) -> "_Known":
        """What is stored already of these articles, in a few look-ups for all of them."""
        texts = [article.fingerprint for article in new]
        urls = [article.url for article in new if article.url]
        # The scope stands on both sides: else SQLite would use neither index for the rest.
        here = articles.c.scope == scope
        same = or_(and_(here, articles.c.fingerprint.in_(texts)), and_(here, articles.c.url.in_(urls)))
        length = func.length(articles.c.text).label("length")
        query = select(articles.c.article_id, articles.c.fingerprint, articles.c.url, length)
        known = _Known()
        for row in await self._connection.execute(query.where(same)):
            known.by_text[row.fingerprint] = row.article_id
            known.by_url[row.url or ""] = row.article_id
            known.lengths[row.article_id] = row.length
        known.by_url.pop("", None)
        if source_id is not None and known.lengths:
            carried = select(appearances.c.article_id, appearances.c.fingerprint).where(
                appearances.c.source_id == source_id, appearances.c.article_id.in_(list(known.lengths))
            )
            known.carried = {row.article_id: row.fingerprint for row in await self._connection.execute(carried)}
        return known

    async def _insert(self, new: NewArticle, scope: str, now: datetime) -> int:
        statement = insert(articles).values(**_columns(new), scope=scope, first_seen=now)
        return int((await self._connection.execute(statement.returning(articles.c.article_id))).scalar_one())

    async def _record_appearances(
        self,
        source_id: int,
        new: Sequence[NewArticle],
        ids: Sequence[int],
        known: "_Known",
        now: datetime,
        backlog: bool,
    ) -> None:
        said = {article_id: article.delivered_fingerprint for article_id, article in zip(ids, new, strict=True)}
        rows = [
            {
                "source_id": source_id,
                "article_id": article_id,
                "fingerprint": fingerprint,
                "seen_at": now,
                "backlog": backlog,
            }
            for article_id, fingerprint in said.items()
            if known.carried.get(article_id) != fingerprint
        ]
        if rows:
            statement = upsert(self._connection, appearances)
            latest = {"fingerprint": statement.excluded.fingerprint}
            await self._connection.execute(
                statement.on_conflict_do_update(index_elements=["source_id", "article_id"], set_=latest), rows
            )

    async def get(self, article_id: int, audience: Audience) -> Article:
        """One article that this audience may open; raises NotFound, also for what belongs to others.

        Besides what its sources carried, that is what was handed in to this server, or by this user in private.
        """
        may_open = or_(articles.c.scope.in_(audience.scopes), _listed_for(audience))
        query = select(*_COLUMNS).where(articles.c.article_id == article_id, may_open)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            raise NotFound("article", article_id)
        return value(Article, row)

    async def find_shared(self, article_ids: Sequence[int]) -> dict[int, Article]:
        """Those of some shared articles that are still kept, for an edition that told them."""
        query = select(*_COLUMNS).where(_IS_SHARED, articles.c.article_id.in_(article_ids))
        return {article.article_id: article for article in values(Article, await self._connection.execute(query))}

    async def known_urls(self, urls: Sequence[str], scope: str = SHARED) -> set[str]:
        """Those of the canonical addresses that an article is stored under."""
        query = select(articles.c.url).where(articles.c.scope == scope, articles.c.url.in_(urls))
        return {url for url in await self._connection.scalars(query) if url}

    async def list_latest(self, audience: Audience, limit: int, since: datetime | None = None) -> list[Article]:
        """The newest articles of an audience's sources, by publication, else by when they were first seen."""
        query = select(*_COLUMNS).where(_listed_for(audience)).order_by(_NEWEST_FIRST, articles.c.article_id.desc())
        if since is not None:
            query = query.where(_NEWS_TIME >= since)
        return values(Article, await self._connection.execute(query.limit(limit)))

    async def list_candidates(
        self, server_id: int, digest_id: int, start: datetime, end: datetime, *, not_before: datetime, limit: int
    ) -> list[Article]:
        """What a digest may tell, newest first: first carried by a source of the server in (start, end], not told by
        this digest before, and not published before `not_before`.
        """
        told_before = (
            exists()
            .where(told.c.article_id == articles.c.article_id, told.c.edition_id == editions.c.edition_id)
            .where(unindexed(editions.c.digest_id) == digest_id, editions.c.moves_window)
        )
        # From the sources' side, in the time asked for: a look at every article would be one at the whole archive.
        its_sources = sources_for(server_id, paused_too=False)
        carried = select(appearances.c.article_id).where(
            appearances.c.source_id.in_(its_sources), appearances.c.seen_at > start, appearances.c.seen_at <= end
        )
        before = exists().where(
            appearances.c.article_id == articles.c.article_id,
            unindexed(appearances.c.source_id).in_(its_sources),
            appearances.c.seen_at <= start,
        )
        query = (
            select(*_COLUMNS)
            .where(articles.c.article_id.in_(carried), ~before, ~told_before)
            .where(_IS_SHARED, articles.c.first_seen <= end, _NEWS_TIME > not_before)
            .order_by(_NEWEST_FIRST, articles.c.article_id.desc())
        )
        return values(Article, await self._connection.execute(query.limit(limit)))

    async def search(self, query: str, audience: Audience, limit: int) -> list[Found]:
        """Articles of the audience's sources with all the words, whatever their case and accents, best first."""
        words = words_of(query)
        if not words:
            return []
        hits = (hits_on_postgresql if is_postgresql(self._connection) else hits_on_sqlite)(words)
        found = (
            select(*_COLUMNS)
            .join(hits, hits.c.hit == articles.c.article_id)
            .where(_listed_for(audience))
            .order_by(hits.c.distance, articles.c.article_id.desc())
            .limit(limit)
        )
        matching = values(Article, await self._connection.execute(found))
        return [Found(article, snippet(article.text, words)) for article in matching]


_IS_SHARED = unindexed(articles.c.scope) == SHARED
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
        "site_name": new.site_name,
        "place": new.place,
        "filed_on": new.filed_on,
        "agency": new.agency,
        "embargo_until": new.embargo_until,
        "dates": new.dates,
    }


@dataclass
class _Known:
    """What is stored already: articles by text and by address, their lengths, and what this source said of them."""

    by_text: dict[str, int] = field(default_factory=dict)
    by_url: dict[str, int] = field(default_factory=dict)
    lengths: dict[int, int] = field(default_factory=dict)
    carried: dict[int, str] = field(default_factory=dict)

    def add(self, article_id: int, new: NewArticle) -> None:
        """Know an article that was just written."""
        self.by_text[new.fingerprint] = article_id
        self.lengths[article_id] = len(new.text)
        if new.url:
            self.by_url[new.url] = article_id

    def says_something_new(self, article_id: int, new: NewArticle) -> bool:
        """The source has carried the article, with another text."""
        return self.carried.get(article_id, new.delivered_fingerprint) != new.delivered_fingerprint


def _listed_for(audience: Audience) -> ColumnElement[bool]:
    """Shared articles that a source of the audience carried. What members handed in is in no list."""
    if audience.operator:
        return _IS_SHARED
    carried = exists().where(
        appearances.c.article_id == articles.c.article_id,
        unindexed(appearances.c.source_id).in_(sources_for(audience.server_id, paused_too=True)),
    )
    return and_(_IS_SHARED, carried)


def sources_for(server_id: int | None, *, paused_too: bool) -> Select[tuple[int]]:
    """Sources that a server follows, and the operator's own."""
    following = select(subscriptions.c.source_id).where(subscriptions.c.server_id == server_id)
    if not paused_too:
        following = following.where(~subscriptions.c.paused)
    return select(sources.c.source_id).where(or_(sources.c.for_everyone, sources.c.source_id.in_(following)))
