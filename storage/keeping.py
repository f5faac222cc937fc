"""Taking articles in: what is known of them is read in a few look-ups for all, then written in a few statements."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dialects import insert_pairs, is_postgresql, upsert
from storage.recognition import Carried, Change, Known, Stored, Verdict, version_of
from storage.searching import INDEX_ON_POSTGRESQL, indexed
from storage.tables import appearances, articles, bands, sources, subscriptions
from storage.types import SHARED, UNNAMED, NewArticle, Outcome, Similar, source_scope

MEMORY = timedelta(days=7)
"""Near copies come within days; of older articles nothing more is known than their text and address."""
MOST_SIMILAR = 4
_MOST_HOLDING = 12  # articles of one band, the newest ones; what more of them have is standing text
_COMPARED = 6_000  # characters
_DAY = timedelta(days=1)
_COLUMNS = (
    *("url", "link", "title", "byline", "published", "language", "text", "fingerprint", "site_name"),
    *("place", "filed_on", "agency", "embargo_until", "dates"),
)

Kept = list[tuple[Outcome, int]]


@dataclass(frozen=True)
class Recognised:
    """What is known of some articles before they are kept: what became of them where nothing is to be written, and by
    their places what those may be copies of that are new.
    """

    kept: Kept | None
    similar: dict[int, tuple[Similar, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Keeping:
    """Articles of one scope and source on their way in, at one moment."""

    connection: AsyncConnection
    scope: str
    source_id: int | None
    now: datetime
    backlog: bool = False

    @classmethod
    async def of(cls, connection: AsyncConnection, scope: str, source_id: int | None, *rest: Any) -> "Keeping":
        """What a source behind a login brings stays apart, whatever it was thought to be."""
        if scope == SHARED and source_id is not None:
            login = await connection.scalar(select(sources.c.login).where(sources.c.source_id == source_id))
            scope = source_scope(source_id) if login else SHARED
        return cls(connection, scope, source_id, *rest)

    async def keep(self, new: Sequence[NewArticle]) -> Kept:
        """Take them in: outcome and article id for each, in order."""
        if is_postgresql(self.connection):
            await self._wait_for_others()
        known = await self._known(new)
        verdicts = [known.judge(article) for article in new]
        await self._update(new, verdicts, known)  # first: a text that was replaced may come in again, on its own
        ids = await self._insert(new, verdicts)
        verdicts = [replace(each, article_id=ids.get(each.article_id, each.article_id)) for each in verdicts]
        await self._keep_bands(list(zip(new, verdicts, strict=True)))
        await self._index(new, verdicts)
        await self._note(self._to_note(new, verdicts, known))
        return [(each.outcome, each.article_id) for each in verdicts]

    async def recognise(self, new: Sequence[NewArticle]) -> Recognised:
        """What is known of them."""
        known = await self._known(new)
        verdicts = [known.judge(article) for article in new]
        if not any(each.change is not Change.NOTHING for each in verdicts) and not self._to_note(new, verdicts, known):
            return Recognised([(each.outcome, each.article_id) for each in verdicts])
        places = [at for at, verdict in enumerate(verdicts) if verdict.change is Change.INSERT]
        return Recognised(None, await self._similar(new, places, known))

    async def _wait_for_others(self) -> None:
        """Keep apart those who take in articles of one scope, as SQLite does with all who write.

        Two that meet the same new article, or the same address, would not see each other's otherwise.
        """
        await self.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(self.scope, 0))))

    # ---- what is known ----

    async def _known(self, new: Sequence[NewArticle]) -> Known:
        known = Known(self.now, self.source_id is not None, self.source_id is not None and not self.backlog)
        by_key = await self._by_key({key for article in new for key in article.keys})
        copied = {article.copy_of for article in new if article.copy_of} if self.scope == SHARED else set()
        for row in await self.connection.execute(_known_query(self.scope, new, {*by_key.values(), *copied})):
            known.add(Stored(*row))
        known.by_key = by_key
        if self.source_id is not None and known.stored:
            query = _CARRIED.where(
                appearances.c.source_id == self.source_id, appearances.c.article_id.in_(list(known.stored))
            )
            known.carried = {row.article_id: Carried(*row) for row in await self.connection.execute(query)}
        if self.source_id is not None and any(article.key == UNNAMED for article in new):
            known.unnamed = await self._unnamed()
        return known

    async def _by_key(self, keys: set[str]) -> dict[str, int]:
        keys = keys - {UNNAMED}
        if self.source_id is None or not keys:
            return {}
        # Sorted here: SQLite would walk through all that the source brought, in the order of its index by time.
        query = select(appearances.c.seen_at, appearances.c.article_id, appearances.c.key).where(
            appearances.c.source_id == self.source_id, appearances.c.key.in_(keys)
        )
        return {key: article_id for _, article_id, key in sorted(map(tuple, await self.connection.execute(query)))}

    async def _unnamed(self) -> list[int]:
        query = select(appearances.c.article_id).where(
            appearances.c.source_id == self.source_id,
            appearances.c.key == UNNAMED,
            appearances.c.seen_at > self.now - _DAY,
            ~appearances.c.backlog,
        )
        return list(await self.connection.scalars(query.order_by(appearances.c.seen_at, appearances.c.article_id)))

    async def _similar(
        self, new: Sequence[NewArticle], places: Sequence[int], known: Known
    ) -> dict[int, tuple[Similar, ...]]:
        """What new articles may be near copies of: what shares most bands, and what their source knows by their key."""
        holding = await self._holding({band for at in places for band in new[at].bands})
        found: dict[int, list[int]] = {}
        for at in places:
            counts = Counter(article_id for band in new[at].bands for article_id in holding[band])
            likely = [article_id for article_id, _ in counts.most_common(MOST_SIMILAR)]
            named = known.named(new[at])
            found[at] = [*([] if named is None else [named]), *likely]
        rows = await self._compared({article_id for each in found.values() for article_id in each})
        return {at: similar for at, each in found.items() if (similar := tuple(rows[i] for i in each if i in rows))}

    async def _holding(self, sought: set[int]) -> dict[int, list[int]]:
        holding: defaultdict[int, list[int]] = defaultdict(list)
        if not sought or self.scope != SHARED:
            return holding
        place = func.row_number().over(partition_by=bands.c.band, order_by=bands.c.article_id.desc()).label("place")
        newest = select(bands.c.band, bands.c.article_id, place).where(bands.c.band.in_(sought)).subquery()
        query = select(newest.c.band, newest.c.article_id).where(newest.c.place <= _MOST_HOLDING)
        for row in await self.connection.execute(query):
            holding[row.band].append(row.article_id)
        return holding

    async def _compared(self, article_ids: set[int]) -> dict[int, Similar]:
        if not article_ids:
            return {}
        own = and_(appearances.c.article_id == articles.c.article_id, appearances.c.source_id == self.source_id)
        beginning = func.substr(articles.c.text, 1, _COMPARED).label("text")
        length = func.length(articles.c.text).label("length")
        query = (
            select(articles.c.article_id, articles.c.title, articles.c.url, beginning, length)
            .add_columns(appearances.c.article_id.is_not(None).label("is_own"), appearances.c.key, appearances.c.link)
            .join(appearances, own, isouter=True)
            .where(articles.c.article_id.in_(article_ids), articles.c.first_seen > self.now - MEMORY)
            .where(~self._is_strange())
        )
        return {row.article_id: Similar(*row) for row in await self.connection.execute(query)}

    def _is_strange(self) -> ColumnElement[bool]:
        """Somebody who follows the source follows none that brought the article: its words are not put in place of
        those of a source that was chosen.
        """
        carriers = appearances.alias()
        follows = or_(sources.c.for_everyone, _follows(sources.c.source_id))
        has_it = exists().where(
            carriers.c.article_id == articles.c.article_id, sources.c.source_id == carriers.c.source_id, follows
        )
        return exists().where(_readers.c.source_id == self.source_id, ~has_it.correlate(articles, _readers))

    # ---- what is written ----

    async def _insert(self, new: Sequence[NewArticle], verdicts: Sequence[Verdict]) -> dict[int, int]:
        """Write what is new, and read the ids that they got in place of the provisional ones.

        SQLite would give the ids back for one row a statement only.
        """
        rows = {
            each.article_id: _row(article)  # of two versions that come in together, the last one
            for article, each in zip(new, verdicts, strict=True)
            if each.article_id < 0 and each.change is not Change.NOTHING
        }
        if not rows:
            return {}
        added = [row | {"scope": self.scope, "first_seen": self.now} for row in rows.values()]
        await self.connection.execute(insert(articles), added)
        written = select(articles.c.fingerprint, articles.c.article_id).where(
            articles.c.scope == self.scope, articles.c.fingerprint.in_([row["fingerprint"] for row in added])
        )
        ids = {row.fingerprint: row.article_id for row in await self.connection.execute(written)}
        return {provisional: ids[row["fingerprint"]] for provisional, row in rows.items()}

    async def _update(self, new: Sequence[NewArticle], verdicts: Sequence[Verdict], known: Known) -> None:
        pairs = list(zip(new, verdicts, strict=True))
        replaced = [
            _row(article) | {"at": each.article_id, "now": self.now, "url": article.url or _url(known, each)}
            for article, each in pairs
            if each.change is Change.REPLACE and each.article_id > 0
        ]
        if replaced:
            await self.connection.execute(_REPLACE, replaced)
        retitled = [
            {"at": each.article_id, "now": self.now, "title": article.title}
            for article, each in pairs
            if each.change is Change.RETITLE
        ]
        if retitled:
            await self.connection.execute(_RETITLE, retitled)

    async def _keep_bands(self, pairs: Sequence[tuple[NewArticle, Verdict]]) -> None:
        if self.scope != SHARED:
            return
        replaced = [each.article_id for _, each in pairs if each.change is Change.REPLACE]
        if replaced:
            await self.connection.execute(delete(bands).where(bands.c.article_id.in_(replaced)))
        written = {each.article_id: a for a, each in pairs if each.change in (Change.INSERT, Change.REPLACE)}
        rows = [(band, article_id) for article_id, article in written.items() for band in set(article.bands)]
        if rows:
            await insert_pairs(self.connection, bands, rows)
            await self._forget_bands(len(rows))

    async def _forget_bands(self, most: int) -> None:
        """As many of the oldest as come in, twice: they are never more than those of some days."""
        oldest = select(bands.c.article_id).order_by(bands.c.article_id).limit(2 * most).subquery()
        past = (
            select(articles.c.article_id)
            .where(articles.c.article_id.in_(select(oldest.c.article_id)))
            .where(articles.c.first_seen <= self.now - MEMORY)
        )
        await self.connection.execute(delete(bands).where(bands.c.article_id.in_(past)))

    async def _index(self, new: Sequence[NewArticle], verdicts: Sequence[Verdict]) -> None:
        if not is_postgresql(self.connection):
            return  # triggers do it
        changed = {
            each.article_id: article
            for article, each in zip(new, verdicts, strict=True)
            if each.change is not Change.NOTHING
        }
        if changed:
            rows = await asyncio.to_thread(_indexed, changed)  # words are folded, which takes a while for long texts
            await self.connection.execute(INDEX_ON_POSTGRESQL, rows)

    def _to_note(self, new: Sequence[NewArticle], verdicts: Sequence[Verdict], known: Known) -> list[dict[str, Any]]:
        """What is to be written of who carries what; where a source has an article twice, the last one counts."""
        if self.source_id is None:
            return []
        rows: dict[int, dict[str, Any]] = {}
        for article, verdict in zip(new, verdicts, strict=True):
            if verdict.is_noted:
                rows[verdict.article_id] = {
                    "fingerprint": version_of(article),
                    "key": article.key,
                    "link": article.link,
                    "updates": int(verdict.outcome is Outcome.UPDATED),
                    # What is under embargo arrives when that ends: a digest looks at the time since the one before.
                    "seen_at": max(self.now, article.embargo_until or self.now),
                }
        fixed = {"source_id": self.source_id, "backlog": self.backlog}
        return [
            row | fixed | {"article_id": article_id}
            for article_id, row in rows.items()
            if not _is_noted(known.carried.get(article_id), row)
        ]

    async def _note(self, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        statement = upsert(self.connection, appearances)
        latest: dict[str, Any] = {name: statement.excluded[name] for name in ("fingerprint", "key", "link")}
        latest["updates"] = appearances.c.updates + statement.excluded.updates
        await self.connection.execute(
            statement.on_conflict_do_update(index_elements=["source_id", "article_id"], set_=latest), rows
        )


def _indexed(changed: dict[int, NewArticle]) -> list[dict[str, Any]]:
    return [indexed(article_id, article.title, article.text) for article_id, article in changed.items()]


def _known_query(scope: str, new: Sequence[NewArticle], article_ids: set[int]) -> Any:
    texts = [article.fingerprint for article in new]
    urls = [article.url for article in new if article.url]
    # The scope stands on all sides: else SQLite would use none of the indexes.
    here = articles.c.scope == scope
    same: list[ColumnElement[bool]] = [and_(here, articles.c.fingerprint.in_(texts))]
    same += [and_(here, articles.c.url.in_(urls))] if urls else []
    same += [and_(here, articles.c.article_id.in_(article_ids))] if article_ids else []
    length = func.length(articles.c.text).label("length")
    query = select(articles.c.article_id, articles.c.fingerprint, articles.c.url, articles.c.title, length)
    return query.where(or_(*same))


def _carried_query() -> Any:
    earlier = appearances.alias()
    is_later = or_(
        earlier.c.seen_at < appearances.c.seen_at,
        and_(earlier.c.seen_at == appearances.c.seen_at, earlier.c.source_id < appearances.c.source_id),
    )
    is_first = ~exists().where(earlier.c.article_id == appearances.c.article_id, is_later)
    names = ("article_id", "fingerprint", "key", "link", "updates", "seen_at")
    others = appearances.alias()
    by_others = exists().where(
        others.c.article_id == appearances.c.article_id,
        others.c.source_id != appearances.c.source_id,
        _readers.c.source_id == others.c.source_id,
        ~_follows(appearances.c.source_id),
    )
    elsewhere = by_others.where(others.c.link.is_distinct_from(appearances.c.link))
    return select(*(appearances.c[name] for name in names), is_first, by_others, elsewhere)


def _follows(source_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether one of `_readers` follows a source."""
    found = exists().where(subscriptions.c.server_id == _readers.c.server_id, subscriptions.c.source_id == source_id)
    return found.correlate_except(subscriptions)


_readers = subscriptions.alias()
_CARRIED = _carried_query()
_AT = articles.c.article_id == bindparam("at")
_REPLACE = (
    update(articles).where(_AT).values({name: bindparam(name) for name in _COLUMNS} | {"updated_at": bindparam("now")})
)
_RETITLE = update(articles).where(_AT).values(title=bindparam("title"), updated_at=bindparam("now"))


def _row(new: NewArticle) -> dict[str, Any]:
    return {name: getattr(new, name) for name in _COLUMNS}


def _url(known: Known, verdict: Verdict) -> str | None:
    return known.stored[verdict.article_id].url


def _is_noted(carried: Carried | None, row: dict[str, Any]) -> bool:
    return carried is not None and all(getattr(carried, name) == row[name] for name in ("fingerprint", "key", "link"))
