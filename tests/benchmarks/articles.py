"""Articles of the shared data that several measurements read."""

import asyncio
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from bot.errors import ContentRefused
from bot.ingest.parsers import Feed, Parsers
from summarizer import Brief, Method, Point, Request
from summarizer.cleaning import collapse, legible
from summarizer.datelines import find_dateline
from summarizer.sentences import split_sentences
from summarizer.words import length_in_words
from tests.benchmarks.report import DATA

_FEWEST_WORDS = 120  # of a feed entry that is an article and no teaser


@dataclass(frozen=True)
class Article:
    """A text to brief, with its title and date where it has them."""

    text: str
    title: str | None = None
    published: datetime.date | None = None

    @property
    def request(self) -> Request:
        """A request for its brief, everything else by default."""
        return Request(self.text, title=self.title)


def summary_articles(name: str, step: int = 1) -> list[Article]:
    """Every `step`-th article of a file in `summaries`: untitled and undated."""
    with (DATA / "summaries" / f"{name}.jsonl").open(encoding="utf-8") as file:
        return [Article(json.loads(line)["text"]) for line in islice(file, 0, None, step)]


def feed_articles(count: int) -> list[Article]:
    """So many articles of the live feeds, taken from all feeds in turn, the same every time."""
    feeds = asyncio.run(_feeds())
    turns = zip_longest(*(_articles_of(feed) for feed in feeds))
    return list(islice((article for turn in turns for article in turn if article), count))


async def _feeds() -> list[Feed]:
    parsers = Parsers(processes=1)
    found = []
    try:
        for file in sorted((DATA / "feeds/real").glob("*.xml")):
            try:
                found.append(await parsers.feed(file.read_bytes(), url="https://feeds.example/feed.xml"))
            except ContentRefused as refusal:
                print(f"{file.name}: {refusal}")
    finally:
        await parsers.close()
    return found


def _articles_of(feed: Feed) -> Iterator[Article]:
    for entry in feed.entries:
        if length_in_words(entry.text) >= _FEWEST_WORDS:
            yield Article(entry.text, entry.title or None, entry.published.date() if entry.published else None)


def lead_of(article: Article, brief: Brief, sentences: int = 3) -> Brief:
    """The first sentences of an article as they stand, under the headline of its brief."""
    text = legible(article.text)
    spans = split_sentences(text, find_dateline(text)[1])[:sentences]
    points = tuple(Point(collapse(text[span.start : span.end]), (span,)) for span in spans)
    return Brief(brief.headline, points, brief.dateline, brief.language, Method.EXTRACTIVE, "lead")


def briefs_of(articles: Sequence[Article]) -> list[tuple[Article, Brief]]:
    """Each article that can be condensed with its brief by default options."""
    from summarizer import Summarizer

    outcomes = Summarizer().summarize_batch([article.request for article in articles])
    return [(article, brief) for article, brief in zip(articles, outcomes, strict=True) if isinstance(brief, Brief)]
