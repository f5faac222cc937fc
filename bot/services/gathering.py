"""What an edition is made from, read at once: articles, who carried them, rules, and what was told before."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import DigestError
from bot.services.filters import Level
from bot.services.novelty import MEMORY, MOST_BRIEFS, MOST_EDITIONS, MOST_REMEMBERED, Past
from bot.services.rules import Rules, parse_rules
from bot.services.stories import has_address, without_addresses
from storage import Article, Carrier, Digest, Storage, Subscription, Transaction
from storage.types import Audience

log = logging.getLogger(__name__)

MOST_CANDIDATES = 400
OVERLAP = timedelta(minutes=2)
"""An article may be committed a little after the moment that its row names; what was told is not told again."""
BACKLOG = timedelta(days=2)
"""What a source published longer before the window is its archive, and no news."""
LIVE_BACKLOG = timedelta(days=1)
"""The same for live digests: many feeds name the day alone, and a new one brings all that it has."""
MOST_UNDATED = 3
"""A first edition tells what was published in its window, and so many articles that do not say when."""
FAILURES = 3
"""A source that could not be read so many times in a row is named under the edition."""
MOST_FAILING = 20

Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class Gathered:
    """What is composed; `told` are those articles that earlier editions told and that are still kept."""

    articles: Sequence[Article]
    carriers: Mapping[int, Sequence[Carrier]]
    levels: Sequence[Level] = ()
    of_sources: Mapping[int, Rules] = field(default_factory=dict)
    past: Past = field(default_factory=Past)
    told: Mapping[int, Article] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()  # fingerprints of sentences that the editors removed
    failing: tuple[str, ...] = ()


async def gather(storage: Storage, digest: Digest, window: Window) -> Gathered:
    """What came for a digest in a window of time."""
    most = MOST_BRIEFS if digest.is_live else MOST_EDITIONS
    async with storage.reading() as tx:
        articles = await _candidates(tx, digest, window)
        told = await tx.candidates.list_told(digest.digest_id, window[1] - MEMORY, most)
        past = await asyncio.to_thread(Past.of, told)
        carriers = await _carriers(tx, articles, digest.server_id)
        server = await tx.servers.get(digest.server_id)
        return Gathered(
            articles=articles,
            carriers=carriers,
            levels=[Level("this server", _rules(server.rules)), Level("this digest", _rules(digest.rules))],
            of_sources={c.source_id: _rules(c.rules) for each in carriers.values() for c in each if c.rules},
            past=past,
            told=await tx.articles.find_shared(past.article_ids[:MOST_REMEMBERED]),
            hidden=frozenset(await tx.reports.hidden_fingerprints(digest.server_id)),
            failing=_failing(await tx.sources.list_subscriptions(digest.server_id)),
        )


async def gather_everything(storage: Storage, since: datetime | None, most: int) -> Gathered:
    """The newest articles of all sources, for the operator."""
    async with storage.reading() as tx:
        articles = await tx.articles.list_latest(Audience(operator=True), most, since)
        return Gathered(articles, await _carriers(tx, articles, None))


async def _candidates(tx: Transaction, digest: Digest, window: Window) -> list[Article]:
    is_first = not await tx.editions.has_looked_before(digest.digest_id, window[1])
    start, end = window
    not_before = start if is_first else start - BACKLOG
    articles = await tx.articles.list_candidates(
        digest.server_id,
        digest.digest_id,
        start if digest.is_live else start - OVERLAP,  # a live one looks back over hours every time
        end,
        not_before=end - LIVE_BACKLOG if digest.is_live else not_before,
        limit=MOST_CANDIDATES,
        backlog=not digest.is_live,
    )
    if not is_first or digest.is_live:
        return articles
    undated = [article.article_id for article in articles if article.published is None][:MOST_UNDATED]
    return [article for article in articles if article.published or article.article_id in undated]


async def _carriers(tx: Transaction, articles: Sequence[Article], server_id: int | None) -> dict[int, list[Carrier]]:
    """Who carried the articles; their names may come from feeds, and lead nowhere."""
    found = await tx.candidates.carriers([article.article_id for article in articles], server_id)
    return {article_id: [_named(carrier) for carrier in each] for article_id, each in found.items()}


def _named(carrier: Carrier) -> Carrier:
    return replace(carrier, name=_safe_name(carrier.name, carrier.source_id, carrier.address))


def _safe_name(name: str, source_id: int, address: str) -> str:
    """The name of a source without addresses but its own."""
    if not has_address(name.replace(address, "")):
        return name
    return without_addresses(name) or f"source {source_id}"


def _rules(text: str) -> Rules:
    """Rules as they are kept; they were read once when they were written."""
    try:
        return parse_rules(text)
    except DigestError as error:
        log.error("rules that are kept cannot be read: %s", error)
        return Rules()


def _failing(subscriptions: Sequence[Subscription]) -> tuple[str, ...]:
    """Labels of sources that could not be read lately, or are not asked any more."""
    names = [
        _safe_name(each.label, each.source.source_id, each.source.address)
        for each in subscriptions
        if not each.paused
        and each.source.last_error
        and (each.source.failures >= FAILURES or each.source.next_poll_at is None)
    ]
    return tuple(names[:MOST_FAILING])
