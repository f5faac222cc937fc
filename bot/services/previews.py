"""What a feed is like, worked out of its entries: shown before it is followed, and of a followed one in its panel.

Pure: entries and the present moment in, values out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.ingest.parsers import Feed, FeedEntry
from bot.services import rhythms
from storage import Article, Source
from storage.types import Delivers

HEADLINES = 3
LOOKED_AT = 20
"""The newest entries, by which is judged what a feed delivers."""
SHORTEST_TEXT = 500
"""Characters below which a single paragraph is no whole article."""
_CUT = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|read more|continue reading)\W{0,3}$", re.IGNORECASE)


@dataclass(frozen=True)
class Headline:
    """A title, and when it came out as far as that is known."""

    title: str
    at: datetime | None


@dataclass(frozen=True)
class Preview:
    """What stands behind an address. `per_day` is None where the entries say too little about it."""

    title: str
    site_url: str | None
    language: str | None
    entries: int | None  # None: of a kept source, which has no number of them
    headlines: tuple[Headline, ...]
    delivers: Delivers
    per_day: float | None


def preview_of(feed: Feed, now: datetime) -> Preview:
    """A feed as it is just now."""
    newest = _newest(feed.entries)
    return Preview(
        title=feed.title,
        site_url=feed.site_url,
        language=feed.language or _most_common(entry.language for entry in newest[:LOOKED_AT]),
        entries=len(feed.entries),
        headlines=tuple(Headline(entry.title, entry.published) for entry in newest if entry.title)[:HEADLINES],
        delivers=delivers([entry.text for entry in newest[:LOOKED_AT]]),
        per_day=articles_per_day((entry.published for entry in feed.entries), now),
    )


def preview_of_kept(source: Source, newest: Sequence[Article], now: datetime) -> Preview:
    """A followed source, by what is known of it and its newest stored articles."""
    moments = (article.published for article in newest)
    return Preview(
        title=source.title,
        site_url=source.site_url,
        language=source.language,
        entries=None,
        headlines=tuple(
            Headline(article.title, article.published or article.first_seen) for article in newest if article.title
        )[:HEADLINES],
        delivers=source.delivers,
        per_day=articles_per_day(moments, now) if source.per_day is None else source.per_day,
    )


def delivers(texts: Sequence[str]) -> Delivers:
    """Whether most of these texts of entries are whole articles or only their beginnings."""
    if not texts:
        return Delivers.UNKNOWN
    return Delivers.TEASERS if 2 * sum(map(_is_beginning, texts)) > len(texts) else Delivers.FULL


def articles_per_day(moments: Iterable[datetime | None], now: datetime) -> float | None:
    """How many articles come a day, by the dates of those that are there.

    None for a single date, and for many that are all the same: the moment at which a feed was written says nothing
    about its articles.
    """
    past = sorted(moment for moment in moments if moment is not None and moment <= now)
    if len(past) < 2 or past[0] == past[-1]:
        return None
    # A feed holds its last articles: their number belongs to the time since the oldest of them.
    return rhythms.dated(past, now) or len(past) / max((now - past[0]) / timedelta(days=1), 1.0)


def _is_beginning(text: str) -> bool:
    """Cut off by its own word, or a single short paragraph."""
    return bool(_CUT.search(text[-40:])) or (len(text) < SHORTEST_TEXT and "\n\n" not in text.strip())


def _newest(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    undated = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.published or undated, reverse=True)


def _most_common(values: Iterable[str | None]) -> str | None:
    given = [value for value in values if value]
    return max(given, key=given.count) if given else None
