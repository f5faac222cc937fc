"""Teasers are completed from the article's page, and what a feed delivers is learned from a few of its pages.

Some pages of new entries are read beside the entries, source by source: a page that is much longer than its entry, and
holds the entry's own words, shows that the feed only teases. A feed that delivers whole texts is then not read page by
page, one whose pages are closed is left for a week; all change their minds and are looked at again from time to time.
"""

import asyncio
import enum
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import ContentRefused, DigestError, RobotsRefused, StatusRefused
from bot.ingest.web.fetcher import Fetcher
from bot.ingest.web.urls import checked_url, same_origin
from bot.services.intake import Intake
from storage import NewArticle, Source
from storage.types import Delivers

log = logging.getLogger(__name__)

PAGES_PER_POLL, PAGES_AT_FIRST, PAGE_BYTES = 20, 8, 2_000_000
"""Of what was there when a source was first read, the newest: a list of a thousand sources must be no storm."""
SAMPLES = 3
PATIENCE = timedelta(seconds=90)
"""For all pages of one poll; what they cost more is left for the next one."""
CHECKED_AGAIN = {Delivers.FULL: timedelta(days=30), Delivers.CLOSED: timedelta(days=7)}
SHORT = 400
"""Characters of an entry that may be a teaser; when a feed of whole texts brings only such, it is looked at again."""
WHOLE = 5_000
"""Characters of an entry that is no teaser, whatever its page holds."""
TRIES = 3
REMEMBERED = 10_000
_AT_ONCE = 4
_MUCH_LONGER, _AT_LEAST_LONGER = 1.5, 200
_OWN_WORDS, _FEWEST_WORDS, _MOST_WORDS = 0.6, 6, 60
_WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2}|[^\W\d_]{4,}|\d{2,}")


class Proof(enum.Enum):
    """What a page showed about its entry."""

    TEASED = "the page has much more of the same"
    WHOLE = "the page has no more"
    CLOSED = "the page cannot be read"
    LATER = "the page cannot be read just now"
    NOTHING = "the page is about something else, or nobody answers"


@dataclass(frozen=True)
class Completed:
    """The entries of a poll, completed as far as possible; `delivers` is None when nothing new was learned."""

    articles: list[NewArticle]
    delivers: Delivers | None = None
    is_unfinished: bool = False  # a page is to be tried again at the next poll


class Completing:
    """Reads pages behind entries. What it remembers of failed attempts is lost with the process, and harmless."""

    def __init__(self, fetcher: Fetcher, intake: Intake) -> None:
        self._fetcher = fetcher
        self._intake = intake
        self._tries: dict[str, int] = {}  # by link, of pages that are to be tried again
        self._closed: dict[int, int] = {}  # by source: pages in a row that could not be read

    async def complete(
        self, source: Source, articles: Sequence[NewArticle], new: Sequence[int], now: datetime
    ) -> Completed:
        """Articles of one poll, those with a page that has more of them completed; `new` are places of new ones."""
        wanted = [i for i in new if _may_tease(articles[i])]
        samples = wanted[:SAMPLES] if is_to_be_checked(source, [articles[i] for i in wanted], now) else []
        found = await self._read(source, articles, samples or self._unfinished(articles, new))
        delivers = source.delivers
        if samples:
            delivers = self._learned(source, found) or delivers
        elif new and not wanted and delivers is Delivers.UNKNOWN:
            delivers = Delivers.FULL
        rest = [i for i in wanted if i not in found]
        if delivers is Delivers.FULL:
            rest = [i for i in rest if articles[i].text == articles[i].title]
        if delivers in (Delivers.TEASERS, Delivers.FULL):
            most = PAGES_PER_POLL if source.last_success_at else PAGES_AT_FIRST
            found |= await self._read(source, articles, rest[: most - len(found)])
        if delivers is Delivers.TEASERS and not samples:
            delivers = self._learned(source, found) or delivers
        return Completed(
            [found[i][1] if i in found else article for i, article in enumerate(articles)],
            delivers if samples or delivers is not source.delivers else None,
            any(articles[i].link in self._tries for i in found),
        )

    async def _read(
        self, source: Source, articles: Sequence[NewArticle], places: Sequence[int]
    ) -> dict[int, tuple[Proof, NewArticle]]:
        turns = asyncio.Semaphore(_AT_ONCE)
        found: dict[int, tuple[Proof, NewArticle]] = {}

        async def read(place: int) -> None:
            async with turns:
                found[place] = await self._of_page(source, articles[place])

        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await asyncio.gather(*map(read, places))
        except TimeoutError:
            log.info("source %s: pages took too long", source.source_id)
        left = [place for place in places if place not in found]
        return found | {place: (self._try_again(articles[place]), articles[place]) for place in left}

    async def _of_page(self, source: Source, entry: NewArticle) -> tuple[Proof, NewArticle]:
        """What the page of an entry shows, and the entry, completed if it can be."""
        link = entry.link or ""
        try:
            fetched = await self._fetcher.fetch(
                checked_url(link), max_bytes=PAGE_BYTES, robots=True, login=_login_for(link, source)
            )
            page = await self._intake.read(fetched)
        except DigestError as error:
            log.info("source %s: a teaser is kept: %s", source.source_id, error)
            return self._try_again(entry) if is_temporary(error) else self._given_up(entry, error), entry
        self._tries.pop(link, None)
        proof = compared(entry, page)
        return proof, completed(entry, page) if proof is Proof.TEASED else entry

    def _try_again(self, entry: NewArticle) -> Proof:
        tries = self._tries.pop(entry.link or "", 0) + 1
        if tries >= TRIES:
            return Proof.CLOSED
        while len(self._tries) >= REMEMBERED:
            del self._tries[next(iter(self._tries))]
        self._tries[entry.link or ""] = tries
        return Proof.LATER

    def _given_up(self, entry: NewArticle, error: DigestError) -> Proof:
        self._tries.pop(entry.link or "", None)
        is_closed = isinstance(error, ContentRefused | StatusRefused | RobotsRefused)
        return Proof.CLOSED if is_closed else Proof.NOTHING

    def _learned(self, source: Source, found: Mapping[int, tuple[Proof, NewArticle]]) -> Delivers | None:
        """What the pages of one poll say of their feed; None when they say nothing."""
        proofs = [proof for proof, _ in found.values()]
        teased, whole, closed = (proofs.count(each) for each in (Proof.TEASED, Proof.WHOLE, Proof.CLOSED))
        in_a_row = self._closed.pop(source.source_id, 0) + closed
        if not teased and not whole:
            self._closed[source.source_id] = in_a_row
            return Delivers.CLOSED if in_a_row >= SAMPLES else None
        if teased and (teased >= whole or source.delivers is Delivers.TEASERS):
            return Delivers.TEASERS
        return Delivers.FULL if whole >= SAMPLES or source.delivers is not Delivers.TEASERS else None

    def _unfinished(self, articles: Sequence[NewArticle], new: Sequence[int]) -> list[int]:
        """Places of articles that came before and whose pages could not be read then."""
        return [i for i, article in enumerate(articles) if article.link in self._tries and i not in new][
            :PAGES_PER_POLL
        ]


def is_to_be_checked(source: Source, new: Sequence[NewArticle], now: datetime) -> bool:
    """Whether pages of a source are read to see what it delivers."""
    if source.delivers is Delivers.TEASERS:
        return False  # its pages are read anyway
    if source.delivers is Delivers.UNKNOWN or source.delivers_checked_at is None:
        return True
    age = now - source.delivers_checked_at
    looks_changed = source.delivers is Delivers.FULL and all(len(article.text) < SHORT for article in new)
    return age > (timedelta(days=1) if looks_changed else CHECKED_AGAIN[source.delivers])


def is_temporary(error: DigestError) -> bool:
    """Whether the server of a page said that it may be readable soon."""
    return isinstance(error, StatusRefused) and (error.status >= 500 or error.status in (408, 425, 429))


def compared(entry: NewArticle, page: NewArticle) -> Proof:
    """What a page shows about its entry.

    Menus and notices make many pages longer than what they hold, so a page must also have the entry's own words; an
    entry with hardly any ("Read on") has none to be compared.
    """
    longer = len(page.text) > max(_MUCH_LONGER * len(entry.text), len(entry.text) + _AT_LEAST_LONGER)
    words = list(dict.fromkeys(_WORDS.findall(entry.text.casefold())))[:_MOST_WORDS]
    if len(words) >= _FEWEST_WORDS:
        whole = f"{page.title} {page.text}".casefold()
        if sum(word in whole for word in words) < _OWN_WORDS * len(words):
            return Proof.NOTHING
    return Proof.TEASED if longer or len(words) < _FEWEST_WORDS else Proof.WHOLE


def completed(entry: NewArticle, page: NewArticle) -> NewArticle:
    """An entry with the text of its page; what the feed says of it goes before what the page says."""
    return replace(
        entry,
        text=page.text,
        fingerprint=page.fingerprint,
        delivered_fingerprint=entry.fingerprint,
        bands=page.bands,
        dates=page.dates,
        embargo_until=page.embargo_until or entry.embargo_until,
        place=page.place or entry.place,
        filed_on=page.filed_on or entry.filed_on,
        agency=page.agency or entry.agency,
        site_name=page.site_name,
        title=entry.title or page.title,
        byline=entry.byline or page.byline,
        published=entry.published or page.published,
        language=entry.language or page.language,
    )


def _login_for(link: str, source: Source) -> str:
    """The login of a source for a page on its own server; nobody else is told it."""
    return source.login if source.login and same_origin(link, source.address) else ""


def _may_tease(article: NewArticle) -> bool:
    return article.link is not None and len(article.text) < WHOLE
