"""Polling sources that are due: one poll per source, however many servers follow it."""

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from bot.errors import DigestError, StatusRefused
from bot.ingest.fetcher import Fetched, Fetcher, Validators
from bot.ingest.parsers import Feed, FeedEntry, Parsers
from bot.services.intake import Intake, article_of_entry
from bot.services.ports import Clock
from storage import NewArticle, Outcome, Source, Storage, Unavailable
from storage.leases import Lease
from storage.types import PollResult

log = logging.getLogger(__name__)

HOLD = timedelta(minutes=5)
LONGEST_BACKOFF = timedelta(hours=12)
TEASER_CHARACTERS = 400
PAGES_PER_POLL = 20


class Polling:
    """Fetches feeds and stores what is new in them."""

    def __init__(
        self,
        storage: Storage,
        fetcher: Fetcher,
        parsers: Parsers,
        intake: Intake,
        clock: Clock,
        *,
        owner: str,
        interval: timedelta,
    ) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._parsers = parsers
        self._intake = intake
        self._clock = clock
        self._owner = owner
        self._interval = interval

    async def poll_due(self) -> int:
        """Poll one source after the other that is due, until none is left; returns how many there were.

        Several of these run side by side: a slow site holds up one of them.
        """
        polled = 0
        while True:
            async with self._storage.begin() as tx:
                due = await tx.sources.claim_due(Lease(self._owner, self._clock.now(), HOLD), limit=1)
            if not due:
                return polled
            await self.poll(due[0])
            polled += 1

    async def poll(self, source: Source) -> str | None:
        """Poll one source now and write down how it went; returns what was wrong, in words, or None."""
        try:
            result = await self._poll(source)
        except StatusRefused as error:
            result = self._failure(source, str(error), error.retry_after)
            if error.status == HTTPStatus.GONE:  # for good, by its own word
                result = replace(result, next_poll_at=None)
        except DigestError as error:
            result = self._failure(source, str(error))
        except Unavailable:  # the database's trouble is none of the source's
            raise
        except Exception:  # the edge of one source's work: the others must go on
            log.exception("polling source %s", source.source_id)
            result = self._failure(source, "Something went wrong on our side; it is in the log.")
        async with self._storage.begin() as tx:
            await tx.sources.record_poll(source.source_id, result)
        return result.error

    async def release(self) -> None:
        """Give back all sources this process holds."""
        async with self._storage.begin() as tx:
            await tx.sources.release_all(self._owner)

    async def _poll(self, source: Source) -> PollResult:
        validators = Validators(source.etag, source.last_modified)
        fetched = await self._fetcher.fetch(source.address, validators=validators)
        if fetched.not_modified:
            return self._success(fetched)
        feed = await self._parsers.feed(fetched.body, url=fetched.url, charset=fetched.charset)
        articles = await self._articles(feed, source.address)
        taken = await self._intake.keep(articles, source_id=source.source_id)
        stored = sum(one.outcome is Outcome.STORED for one in taken)
        log.info("source %s: %d entries, %d new", source.source_id, len(articles), stored)
        return self._success(fetched, feed)

    async def _articles(self, feed: Feed, source: str) -> list[NewArticle]:
        articles = [article_of_entry(entry, feed, source) for entry in feed.entries]
        teasers = await self._new_teasers(articles)
        full = dict(zip(teasers, await asyncio.gather(*(self._full_text(articles[i]) for i in teasers)), strict=True))
        return [full.get(index, article) for index, article in enumerate(articles)]

    async def _new_teasers(self, articles: Sequence[NewArticle]) -> list[int]:
        """Which entries only tease an article that is not stored yet."""
        short = [i for i, a in enumerate(articles) if a.url and a.link and len(a.text) < TEASER_CHARACTERS]
        async with self._storage.reading() as tx:
            known = await tx.articles.known_urls([articles[i].url or "" for i in short])
        return [i for i in short if articles[i].url not in known][:PAGES_PER_POLL]

    async def _full_text(self, teaser: NewArticle) -> NewArticle:
        assert teaser.link
        try:
            page = await self._intake.read_link(teaser.link)
        except DigestError as error:
            log.info("a teaser is kept: %s", error)
            return teaser
        if len(page.text) <= len(teaser.text):
            return teaser
        return replace(
            teaser,
            text=page.text,
            fingerprint=page.fingerprint,
            delivered_fingerprint=teaser.fingerprint,
            bands=page.bands,
            dates=page.dates,
            embargo_until=page.embargo_until or teaser.embargo_until,
            place=page.place or teaser.place,
            filed_on=page.filed_on or teaser.filed_on,
            agency=page.agency or teaser.agency,
            site_name=page.site_name,
            title=teaser.title or page.title,
            byline=teaser.byline or page.byline,
            published=teaser.published or page.published,
            language=teaser.language or page.language,
        )

    def _success(self, fetched: Fetched, feed: Feed | None = None) -> PollResult:
        now = self._clock.now()
        return PollResult(
            at=now,
            next_poll_at=self._after(now, self._interval),
            etag=fetched.validators.etag,
            last_modified=fetched.validators.last_modified,
            title=feed.title if feed else None,
            site_url=feed.site_url if feed else None,
            language=feed.language if feed else None,
        )

    def _failure(self, source: Source, error: str, asked_for: timedelta | None = None) -> PollResult:
        now = self._clock.now()
        delay = max(min(self._interval * 2 ** min(source.failures, 10), LONGEST_BACKOFF), asked_for or timedelta())
        return PollResult(at=now, next_poll_at=self._after(now, delay), error=error)

    @staticmethod
    def _after(now: datetime, delay: timedelta) -> datetime:
        # Jitter keeps sources that were added together from being polled together for ever.
        return now + delay * random.uniform(0.9, 1.1)  # noqa: S311  # no secret depends on it


def headlines(entries: Sequence[FeedEntry], count: int = 3) -> list[str]:
    """The newest titles of a feed."""
    undated = datetime.min.replace(tzinfo=UTC)
    by_date = sorted(entries, key=lambda entry: entry.published or undated, reverse=True)
    return [entry.title for entry in by_date if entry.title][:count]
