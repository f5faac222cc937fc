"""Taking in what members and operators hand over: links, files and pasted texts become stored articles."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from bot.errors import ContentRefused
from bot.ingest.files.documents import MAX_BYTES, Document, is_page, read_document, read_documents
from bot.ingest.parsers import Facts, Feed, FeedEntry, Page, Parsers
from bot.ingest.web.fetcher import Fetched, Fetcher
from bot.ingest.web.urls import canonical_url, checked_url, same_site
from bot.services.ports import Clock
from bot.services.recognising import recognised
from storage import SHARED, Article, NewArticle, Outcome, Similar, Source, Storage
from storage.types import Audience

PAGE_BYTES = 2_000_000
LONGEST_TEXT = 2_000_000
AT_A_TIME = 100


@dataclass(frozen=True)
class Taken:
    """What became of one thing that was handed in."""

    outcome: Outcome
    article_id: int


@dataclass(frozen=True)
class HandedIn:
    """The articles of one thing that was handed in, and what of it could not be read: each with its name and why."""

    articles: tuple[Article, ...]
    refused: tuple[tuple[str, str], ...] = ()


class Intake:
    """Stores articles under the scope of whoever handed them in."""

    def __init__(self, storage: Storage, fetcher: Fetcher, parsers: Parsers, clock: Clock) -> None:
        self._storage = storage
        self._fetcher = fetcher
        self._parsers = parsers
        self._clock = clock
        self._comparing = asyncio.Lock()

    async def link(self, link: str, audience: Audience) -> Article:
        """The article behind a link, fetched anew. Raises FetchRefused, ContentRefused."""
        new = await self.read_link(link)
        return await self._keep_for(audience, new)

    async def file(self, name: str, body: bytes, audience: Audience) -> HandedIn:
        """The articles in an uploaded file: a mail can have several. Raises ContentRefused."""
        found = await read_documents(self._parsers, name, body)
        articles = [await self._keep_for(audience, article_of_document(document)) for document in found.articles]
        return HandedIn(tuple(articles), found.refused)

    async def text(self, text: str, audience: Audience) -> Article:
        """A pasted text as an article. Raises ContentRefused."""
        if not text.strip():
            raise ContentRefused("The text is empty. Paste the article's text and try again.")
        if len(text) > LONGEST_TEXT:
            raise ContentRefused(f"The text is longer than {LONGEST_TEXT:,} characters. Hand in a shorter part of it.")
        body = text.encode("utf-8", "replace")
        return await self._keep_for(audience, article_of_document(await read_document(self._parsers, "", body)))

    async def read_link(self, link: str) -> NewArticle:
        """The article behind a link, not stored. Raises FetchRefused, ContentRefused."""
        return await self.read(await self._fetcher.fetch(checked_url(link), max_bytes=MAX_BYTES))

    async def read(self, fetched: Fetched) -> NewArticle:
        """The article in what an address answered, not stored. What it is, its content says. Raises ContentRefused."""
        if is_page(fetched.content_type, fetched.body):
            page = await self._parsers.page(fetched.body, url=fetched.url, charset=fetched.charset)
            return article_of_page(page, fetched.url)
        return article_of_document(await read_document(self._parsers, fetched.url, fetched.body), link=fetched.url)

    async def keep(
        self,
        articles: Sequence[NewArticle],
        *,
        scope: str = SHARED,
        source_id: int | None = None,
        backlog: bool = False,
    ) -> list[Taken]:
        """Store the articles of one document; one outcome each, in order.

        Some at a time, so that a long feed does not keep others from writing. `backlog` is what was there when a source
        was first read: live digests leave it out.
        """
        taken: list[Taken] = []
        distinct = _without_shared_addresses(articles)
        present = {article.key for article in articles}
        for start in range(0, len(distinct), AT_A_TIME):
            some = distinct[start : start + AT_A_TIME]
            if source_id is None:
                kept = await self._write(some, scope, None, backlog)
            else:
                kept = await self._keep_known(some, scope, source_id, backlog, present)
            taken += [Taken(outcome, article_id) for outcome, article_id in kept]
        return taken

    async def _keep_known(
        self, some: Sequence[NewArticle], scope: str, source_id: int, backlog: bool, present: Collection[str | None]
    ) -> list[tuple[Outcome, int]]:
        """Store what a source brings. Mostly there is nothing new in it, and nobody's writing is held up.

        Two near copies that come in at the same moment may both be stored: an edition puts them together.
        """
        async with self._storage.reading() as tx:
            known = await tx.articles.recognise(
                some, scope=scope, source_id=source_id, now=self._clock.now(), backlog=backlog
            )
        if known.kept is not None:
            return known.kept
        marked = [await self._recognised(a, known.similar.get(at, ()), present) for at, a in enumerate(some)]
        return await self._write(marked, scope, source_id, backlog)

    async def _recognised(
        self, article: NewArticle, similar: Sequence[Similar], present: Collection[str | None]
    ) -> NewArticle:
        """The article, marked if it is a near copy of a stored one.

        Compared one by one, whoever asks, and others have their turns in between: threads that compute keep the event
        loop waiting for the interpreter, the more of them the longer.
        """
        if not similar:
            return article
        async with self._comparing:
            for stored in similar:
                await asyncio.sleep(0)
                if marked := recognised(article, stored, present):
                    return marked
        return article

    async def _write(
        self, some: Sequence[NewArticle], scope: str, source_id: int | None, backlog: bool
    ) -> list[tuple[Outcome, int]]:
        async with self._storage.begin() as tx:
            return await tx.articles.keep(
                some, scope=scope, source_id=source_id, now=self._clock.now(), backlog=backlog
            )

    async def _keep_for(self, audience: Audience, new: NewArticle) -> Article:
        (taken,) = await self.keep([new], scope=audience.scope)
        async with self._storage.reading() as tx:
            return await tx.articles.get(taken.article_id, audience)


def _without_shared_addresses(articles: Sequence[NewArticle]) -> list[NewArticle]:
    """An address that several articles of one document claim identifies none of them."""
    claims = Counter(article.url for article in articles)
    return [article if claims[article.url] == 1 else replace(article, url=None) for article in articles]


def article_of_entry(entry: FeedEntry, feed: Feed, source: Source | str | None = None) -> NewArticle:
    """A feed's entry as an article; `source` is the feed or its address, None for a feed the operator handed in."""
    address = source.address if isinstance(source, Source) else source
    return NewArticle(
        text=entry.text,
        title=entry.title or None,
        url=entry.address and _identity(entry.address, address),
        link=entry.url,
        byline=entry.byline,
        published=entry.published,
        language=entry.language or feed.language,
        key=entry.key,
        **of_facts(entry.facts),
    )


def _identity(address: str, source: str | None) -> str:
    """What makes a canonical address that article: itself on the source's own site, else as that source tells it.

    Otherwise any feed could put its own text under another site's address, for everybody who follows that site.
    """
    if source is None or same_site(address, source):
        return address
    return f"{_canonical_source(source)} {address}"


_canonical_source = lru_cache(maxsize=256)(canonical_url)


def article_of_page(page: Page, link: str) -> NewArticle:
    """A web page as an article; `link` is where it was found."""
    return NewArticle(
        text=page.text,
        title=page.title,
        url=canonical_url(page.url or link),
        link=link,
        byline=page.byline,
        published=page.published,
        language=page.language,
        site_name=page.site_name,
        **of_facts(page.facts),
    )


def article_of_document(document: Document, link: str | None = None) -> NewArticle:
    """A file as an article; `link` is where it was found, None for one that was handed in."""
    link = document.url or link
    return NewArticle(
        text=document.text,
        title=document.title,
        url=canonical_url(link) if link else None,
        link=link,
        byline=document.byline,
        published=document.published,
        language=document.language,
        site_name=document.site_name,
        **of_facts(document.facts),
    )


def of_facts(facts: Facts) -> dict[str, Any]:
    """What a text says of itself, as fields of its article."""
    return vars(facts)
