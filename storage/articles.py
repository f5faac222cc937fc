"""Articles: taken in once, found again by time and by words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialects import is_postgresql, unindexed
from storage.errors import NotFound
from storage.keeping import Keeping, Recognised
from storage.rows import columns_of, value, values
from storage.searching import hits_on_postgresql, hits_on_sqlite, snippet, words_of
from storage.tables import appearances, articles, editions, sources, subscriptions, told
from storage.types import SHARED, Article, Audience, Found, NewArticle, Outcome

LOOKED_AT = 200
"""Articles that came last from a source, among which its newest are sought."""

_COLUMNS = columns_of(Article, articles)
_LAST_ARRIVALS = 50


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

        The same text is the same article, and so is the same address, and what the source knows by the same key.
        Another text replaces the old one if this source has carried the article and changed its own text since; it
        counts as a duplicate if the source words it its own way, delivers less than half of what is there, or changes
        it again and again. So does a near copy, `copy_of`. `backlog`: it was there when the source was first read.
        """
        keeping = await Keeping.of(self._connection, scope, source_id, now, backlog)
        return await keeping.keep(new)

    async def recognise(
        self,
        new: Sequence[NewArticle],
        *,
        scope: str,
        source_id: int | None,
        now: datetime,
        backlog: bool = False,
    ) -> Recognised:
        """What is known of articles that are to be kept, and of those that are new what they may be copies of."""
        keeping = await Keeping.of(self._connection, scope, source_id, now, backlog)
        return await keeping.recognise(new)

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
        """Those of some articles of sources that are still kept, for an edition that told them."""
        query = select(*_COLUMNS).where(_IS_NEWS, articles.c.article_id.in_(article_ids))
        return {article.article_id: article for article in values(Article, await self._connection.execute(query))}

    async def list_latest(self, audience: Audience, limit: int, since: datetime | None = None) -> list[Article]:
        """The newest articles of an audience's sources, by publication, else by when they were first seen."""
        query = select(*_COLUMNS).where(_listed_for(audience)).order_by(_NEWEST_FIRST, articles.c.article_id.desc())
        if since is not None:
            query = query.where(_NEWS_TIME >= since)
        return values(Article, await self._connection.execute(query.limit(limit)))

    async def list_of_source(self, source_id: int, limit: int) -> list[Article]:
        """The newest articles of a source among those it brought last."""
        arrived = appearances.c.seen_at.desc(), appearances.c.article_id.desc()
        brought = appearances.c.source_id == source_id
        last = select(appearances.c.article_id).where(brought).order_by(*arrived).limit(_LAST_ARRIVALS).subquery()
        query = select(*_COLUMNS).where(articles.c.article_id.in_(select(last.c.article_id)), _IS_FREE)
        newest = query.order_by(_NEWEST_FIRST, articles.c.article_id).limit(limit)  # of one moment: as the feed has it
        return values(Article, await self._connection.execute(newest))

    async def list_candidates(
        self,
        server_id: int,
        digest_id: int,
        start: datetime,
        end: datetime,
        *,
        not_before: datetime,
        limit: int,
        backlog: bool = True,
    ) -> list[Article]:
        """What a digest may tell, newest first: first carried by a source of the server in (start, end], not told by
        this digest before, and not published before `not_before`.

        Without its backlog a source has carried only what came after it was first read.
        """
        told_before = (
            exists()
            .where(told.c.article_id == articles.c.article_id, told.c.edition_id == editions.c.edition_id)
            .where(unindexed(editions.c.digest_id) == digest_id, editions.c.moves_window)
        )
        # From the sources' side, in the time asked for: a look at every article would be one at the whole archive.
        its_sources = sources_for(server_id, paused_too=False)
        counts = true() if backlog else ~appearances.c.backlog
        carried = select(appearances.c.article_id).where(
            appearances.c.source_id.in_(its_sources),
            appearances.c.seen_at > start,
            appearances.c.seen_at <= end,
            counts,
        )
        before = exists().where(
            appearances.c.article_id == articles.c.article_id,
            unindexed(appearances.c.source_id).in_(its_sources),
            appearances.c.seen_at <= start,
            counts,
        )
        query = (
            select(*_COLUMNS)
            .where(articles.c.article_id.in_(carried), ~before, ~told_before)
            .where(_is_of(its_sources), _IS_FREE, articles.c.first_seen <= end, _NEWS_TIME > not_before)
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
_IS_NEWS = or_(_IS_SHARED, unindexed(articles.c.scope).like("source:%"))
"""It came from a source, also from one behind a login, and not from a member."""
_IS_FREE = or_(articles.c.embargo_until.is_(None), articles.c.embargo_until <= func.current_timestamp())
"""No embargo holds any more. Such articles are not taken in before their time; should one be, it is in no list."""
_NEWS_TIME = func.coalesce(articles.c.published, articles.c.first_seen)
_NEWEST_FIRST = _NEWS_TIME.desc()


def _listed_for(audience: Audience) -> ColumnElement[bool]:
    """What a source of the audience carried; for the operator, what is shared. What members handed in is in no list."""
    if audience.operator:
        return and_(_IS_SHARED, _IS_FREE)
    its_sources = sources_for(audience.server_id, paused_too=True)
    carried = exists().where(
        appearances.c.article_id == articles.c.article_id, unindexed(appearances.c.source_id).in_(its_sources)
    )
    return and_(_is_of(its_sources), _IS_FREE, carried)


def _is_of(its_sources: Select[tuple[int]]) -> ColumnElement[bool]:
    """It is shared, or one of these sources brought it from behind a login; who else has it written down has no say."""
    source_id = cast(its_sources.subquery().c.source_id, String)
    return or_(_IS_SHARED, unindexed(articles.c.scope).in_(select(literal("source:").concat(source_id))))


def sources_for(server_id: int | None, *, paused_too: bool) -> Select[tuple[int]]:
    """Sources that a server follows, and the operator's own."""
    following = select(subscriptions.c.source_id).where(subscriptions.c.server_id == server_id)
    if not paused_too:
        following = following.where(~subscriptions.c.paused)
    return select(sources.c.source_id).where(or_(sources.c.for_everyone, sources.c.source_id.in_(following)))
