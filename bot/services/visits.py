"""One visit to a source: what it answered is read, completed and stored, and what is to be remembered is worked out."""

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.errors import DigestError, HostRests, StatusRefused
from bot.ingest.parsers import MAX_ENTRIES, Feed, Parsers
from bot.ingest.web.fetcher import Fetched, Fetcher, Validators
from bot.ingest.web.urls import without_user
from bot.services import rhythms
from bot.services.completing import Completed, Completing
from bot.services.intake import Intake, article_of_entry
from bot.services.ports import Clock
from storage import NewArticle, Outcome, Source, Storage, Unavailable
from storage.types import PollResult

log = logging.getLogger(__name__)

MOST_A_DAY = 1_000
"""New articles of one source within a day; what comes beyond them is left for the next."""
FLOOD, TIMES_THE_USUAL = 50, 5
"""More new entries than this, with none known among them, are a site that was rebuilt: no news."""
_AT_A_TIME = 50
_LARGE = 200_000


@dataclass(frozen=True)
class Visit:
    """How a visit went. Without a result nothing was asked: the host wants to rest until `rests_until`."""

    source: Source
    result: PollResult | None
    brought: int = 0
    rests_until: datetime | None = None
    reason: str | None = None

    @property
    def error(self) -> str | None:
        """What was wrong, in words."""
        return self.result.error if self.result else self.reason


@dataclass(frozen=True)
class _Taken:
    """What became of the entries of a feed."""

    completed: Completed
    brought: int
    per_day: float | None
    is_whole: bool  # nothing was left for the next time
    embargo_until: datetime | None  # when the first of those that are held back may be told


class Visits:
    """Asks sources for what is new. Nothing here is remembered but in the database, and what a page refused."""

    def __init__(
        self,
        storage: Storage,
        fetcher: Fetcher,
        parsers: Parsers,
        intake: Intake,
        clock: Clock,
        shortest: timedelta,
    ) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._parsers = parsers
        self._intake = intake
        self._clock = clock
        self._shortest = shortest
        self._completing = Completing(fetcher, intake)

    async def visit(self, source: Source) -> Visit:
        """Ask a source. Raises Unavailable, nothing else: the database's trouble is none of the source's."""
        try:
            return await self._ask(source)
        except HostRests as rest:
            return Visit(source, None, rests_until=self._after_rest(source, rest), reason=str(rest))
        except StatusRefused as error:
            return Visit(source, self._failure(source, _in_words(source, error), error))
        except DigestError as error:
            return Visit(source, self._failure(source, str(error)))
        except Unavailable:
            raise
        except Exception:  # the edge of one source's work: the others must go on
            log.exception("polling source %s", source.source_id)
            return Visit(source, self._failure(source, "Something went wrong on our side; it is in the log."))

    async def _ask(self, source: Source) -> Visit:
        address = without_user(source.address, source.login) if source.login else source.address
        validators = Validators(source.etag, source.last_modified)
        fetched = await self._fetcher.fetch(address, validators=validators, login=source.login)
        if fetched.not_modified:
            return Visit(source, self._unchanged(source, fetched))
        digest = await _hash(fetched.body)
        if digest == source.body_hash:
            return Visit(source, self._unchanged(source, fetched))
        async with self._storage.reading() as tx:
            known = await tx.arrivals.list_texts(source.source_id, MAX_ENTRIES)
        feed = await self._parsers.feed(fetched.body, url=fetched.url, charset=fetched.charset, known=known)
        taken = await self._take(source, feed)
        return Visit(source, self._changed(source, fetched, digest, feed, taken), taken.brought)

    async def _take(self, source: Source, feed: Feed) -> _Taken:
        now = self._clock.now()
        articles, held = _of_now(await _articles(feed, source), now)
        async with self._storage.reading() as tx:
            new = await tx.arrivals.list_unknown(source.source_id, source.scope, articles)
            window, day = now - rhythms.WINDOW, now - timedelta(days=1)
            in_window, in_day = await tx.arrivals.count(source.source_id, window, day)
        taken, new = _within_cap(articles, new, MOST_A_DAY - in_day)
        done = await self._completing.complete(source, taken, new, now)
        backlog = _is_backlog(source, len(new), len(taken), now)
        free, held_by_page = _of_now(done.articles, now)  # of a teaser, only its page may say so
        held += held_by_page
        kept = await self._intake.keep(free, scope=source.scope, source_id=source.source_id, backlog=backlog)
        stored = sum(one.outcome is Outcome.STORED for one in kept)
        log.info("source %s: %d entries, %d new", source.source_id, len(feed.entries), stored)
        return _Taken(
            done,
            stored,
            _per_day(source, feed, in_window + (0 if backlog else stored), now),
            is_whole=len(taken) == len(articles) and not done.is_unfinished and not held,
            embargo_until=min(held, default=None),
        )

    def _unchanged(self, source: Source, fetched: Fetched) -> PollResult:
        now = self._clock.now()
        per_day = rhythms.faded(source, now)
        result = PollResult(
            at=now,
            next_poll_at=rhythms.next_poll(source, now, per_day, self._shortest),
            per_day=per_day,
            is_unchanged=True,
        )
        return with_move(result, source, fetched)

    def _changed(self, source: Source, fetched: Fetched, digest: str, feed: Feed, taken: _Taken) -> PollResult:
        now = self._clock.now()
        asked = rhythms.asked_interval(feed.interval, fetched.fresh_for)
        asked_seconds = int(asked.total_seconds()) if asked else None
        after = replace(source, asked_interval=asked_seconds)
        delivers = taken.completed.delivers
        next_poll_at = rhythms.next_poll(after, now, taken.per_day, self._shortest)
        if taken.embargo_until:
            next_poll_at = min(next_poll_at, max(taken.embargo_until, now + self._shortest))
        result = PollResult(
            at=now,
            next_poll_at=next_poll_at,
            # What was left for the next time is in the answer of today: it must come in full again.
            etag=fetched.validators.etag if taken.is_whole else None,
            last_modified=fetched.validators.last_modified if taken.is_whole else None,
            body_hash=digest if taken.is_whole else None,
            title=feed.title,
            site_url=feed.site_url,
            language=feed.language,
            asked_interval=asked_seconds,
            delivers=delivers,
            delivers_checked_at=now if delivers else None,
            per_day=taken.per_day,
        )
        return with_move(result, source, fetched)

    def _failure(self, source: Source, error: str, status: StatusRefused | None = None) -> PollResult:
        now = self._clock.now()
        next_try = rhythms.next_try(source, now, status.retry_after if status else None, self._shortest)
        if status is not None and status.status == HTTPStatus.GONE:  # for good, by its own word
            next_try = None
        elif next_try is None:
            error = f"There was no good answer since {rhythms.last_answer(source):%d %B %Y}. {error}"
        return PollResult(at=now, next_poll_at=next_try, error=error)

    def _after_rest(self, source: Source, rest: HostRests) -> datetime:
        """When the host may be asked again, its sources one after the other."""
        now = self._clock.now()
        return (
            now + (rest.retry_after or timedelta()) + rhythms.UNKNOWN * self._shortest * rhythms.phase(source.source_id)
        )


async def _articles(feed: Feed, source: Source) -> list[NewArticle]:
    articles: list[NewArticle] = []
    for start in range(0, len(feed.entries), _AT_A_TIME):
        articles += [article_of_entry(entry, feed, source) for entry in feed.entries[start : start + _AT_A_TIME]]
        await asyncio.sleep(0)  # a long feed must not hold up everything else
    return articles


async def _hash(body: bytes) -> str:
    if len(body) < _LARGE:
        return hashlib.sha256(body).hexdigest()
    return (await asyncio.to_thread(hashlib.sha256, body)).hexdigest()


def _of_now(articles: Sequence[NewArticle], now: datetime) -> tuple[list[NewArticle], list[datetime]]:
    """Those that may be told, and until when the others are under embargo.

    What was sent ahead is published when its embargo ends, or it would be too old for a digest by then.
    """
    free: list[NewArticle] = []
    held: list[datetime] = []
    for article in articles:
        until, published = article.embargo_until, article.published
        if until and until > now:
            held.append(until)
        else:
            free.append(replace(article, published=until) if until and published and published < until else article)
    return free, held


def _within_cap(articles: Sequence[NewArticle], new: Sequence[int], room: int) -> tuple[list[NewArticle], list[int]]:
    """The articles without the oldest new ones for which there is no room, and the places of the new ones there."""
    newest_first = sorted(new, key=lambda place: _age(articles[place], place))
    dropped = set(newest_first[max(room, 0) :])
    kept = [place for place in range(len(articles)) if place not in dropped]
    places = {place: number for number, place in enumerate(kept)}
    return [articles[place] for place in kept], [places[place] for place in newest_first if place in places]


def _age(article: NewArticle, place: int) -> tuple[float, int]:
    """Order of the newest first; what has no date counts as new, in the feed's order."""
    return (-article.published.timestamp() if article.published else float("-inf"), place)


def _is_backlog(source: Source, new: int, entries: int, now: datetime) -> bool:
    """Whether what came is no news: all that was there at first, or a site whose every entry changed at once."""
    if source.last_success_at is None:
        return True
    usual = (source.per_day or 0) * ((now - source.last_success_at) / timedelta(days=1))
    return new == entries and new > FLOOD + TIMES_THE_USUAL * usual


def _per_day(source: Source, feed: Feed, news: int, now: datetime) -> float | None:
    if source.last_success_at is None:
        return rhythms.dated((entry.published for entry in feed.entries), now)
    counted = rhythms.counted(news, source, now)
    return source.per_day if counted is None else counted


def with_move(result: PollResult, source: Source, fetched: Fetched) -> PollResult:
    """With where the source permanently redirects, and at how many polls in a row; never away from https."""
    target = fetched.moved_to
    if target is None or (source.address.startswith("https:") and not target.startswith("https:")):
        return result
    in_a_row = source.moved_polls + 1 if target == source.moved_to else 1
    return replace(result, moved_to=target, moved_polls=in_a_row)


def _in_words(source: Source, error: StatusRefused) -> str:
    if error.status not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return str(error)
    if source.login:
        return f"{error} Its login may have changed: add the source again with the new one in its address."
    if error.status == HTTPStatus.UNAUTHORIZED:
        return f"{error} Add it again with its login in the address: https://name:password@example.org/feed."
    return str(error)
