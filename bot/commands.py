"""What the command line does, apart from running the bot: plain data out, ready for JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.assembly import Library, open_library
from bot.errors import ContentRefused, DigestError
from bot.ingest.documents import looks_like_feed, read_document
from bot.ingest.parsers import Feed
from bot.ingest.urls import checked_url
from bot.services.intake import article_of_document, article_of_entry
from bot.settings import read_settings
from storage import NewArticle, Outcome, SourceKind
from storage.types import Audience

MOST_FILE_BYTES = 8_000_000
MOST_ARTICLES = 3000
MOST_HITS = 50
FILES = "files"


@dataclass
class Report:
    """What became of everything that was handed in."""

    stored: int = 0
    updated: int = 0
    duplicates: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """One article more with that outcome."""
        match outcome:
            case Outcome.STORED:
                self.stored += 1
            case Outcome.UPDATED:
                self.updated += 1
            case Outcome.DUPLICATE:
                self.duplicates += 1

    def refuse(self, item: str, reason: str) -> None:
        """One thing that was not taken, and why."""
        self.refused.append({"item": item, "reason": reason})


async def migrate() -> None:
    """Bring the database up to date."""
    async with open_library(read_settings()):
        pass


async def ingest(items: Sequence[str], *, show_progress: bool = False) -> dict[str, Any]:
    """Store files, folders, feeds and links under sources that every server sees."""
    report = Report()
    names = [name for item in items for name in _names(item, report)]
    console = Console(stderr=True)
    async with open_library(read_settings()) as library:
        for name in track(names, "Reading", console=console, disable=not show_progress):
            try:
                await _ingest_one(library, name, report)
            except DigestError as error:
                report.refuse(name, str(error))
    return asdict(report)


async def digest(since: timedelta | None, stories: int) -> dict[str, Any]:
    """A digest of everything stored since then."""
    async with open_library(read_settings()) as library:
        start = None if since is None else library.clock.now() - since
        composition = await library.composing.for_operator(start, stories, MOST_ARTICLES)
    return {
        "stories": [
            {
                "headline": story.headline,
                "points": [
                    {
                        "text": point.text,
                        "evidence": [{"article": e.article_id, "start": e.start, "end": e.end} for e in point.evidence],
                    }
                    for point in story.points
                ],
                "articles": [
                    {"id": a.article_id, "title": a.title, "url": a.link, "source": a.source} for a in story.articles
                ],
            }
            for story in composition.stories
        ]
    }


async def search(query: str) -> dict[str, Any]:
    """Stored articles that hold all the words."""
    async with open_library(read_settings()) as library, library.storage.reading() as tx:
        hits = await tx.articles.search(query, Audience(operator=True), MOST_HITS)
    return {
        "articles": [
            {
                "id": hit.article.article_id,
                "title": hit.article.title,
                "url": hit.article.link,
                "published": hit.article.published.isoformat() if hit.article.published else None,
                "snippet": hit.snippet,
            }
            for hit in hits
        ]
    }


def _names(item: str, report: Report) -> Iterable[str]:
    """A link or file itself; for a folder all files in it, in order."""
    path = Path(item)
    if _is_link(item):
        yield item
    elif path.is_dir():
        yield from (str(file) for file in sorted(path.rglob("*")) if file.is_file() and not _is_hidden(file, path))
    elif path.is_file():
        yield item
    else:
        report.refuse(item, "There is no such file, and it is no link either.")


def _is_hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _is_link(item: str) -> bool:
    return item.lower().startswith(("http://", "https://"))


async def _ingest_one(library: Library, name: str, report: Report) -> None:
    address, title, articles = await (_from_link if _is_link(name) else _from_file)(library, name, report)
    source_id = await _source(library, address, title)
    for taken in await library.intake.keep(articles, source_id=source_id):
        report.count(taken.outcome)


_Document = tuple[str, str, list[NewArticle]]
"""Address and title of the source that a file or link stands for, and the articles in it."""


async def _from_link(library: Library, link: str, report: Report) -> _Document:
    fetched = await library.fetcher.fetch(checked_url(link))
    if not looks_like_feed(fetched.body):
        return FILES, "Files", [await library.intake.read(fetched)]
    feed = await library.parsers.feed(fetched.body, url=fetched.url, charset=fetched.charset)
    return f"ingest:{link}", feed.title or link, _entries(link, feed, report)


async def _from_file(library: Library, name: str, report: Report) -> _Document:
    body = _read(Path(name))
    if not looks_like_feed(body):
        return FILES, "Files", [article_of_document(await read_document(library.parsers, name, body))]
    feed = await library.parsers.feed(body)
    return f"ingest:{Path(name).name}", feed.title or Path(name).name, _entries(name, feed, report)


def _entries(name: str, feed: Feed, report: Report) -> list[NewArticle]:
    for reason in feed.refused:
        report.refuse(name, reason)
    return [article_of_entry(entry, feed) for entry in feed.entries]


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise ContentRefused(f"The file is larger than {MOST_FILE_BYTES // 1_000_000} MB. Hand in a smaller one.")
        return path.read_bytes()
    except OSError as error:
        raise ContentRefused(f"The file cannot be read: {error.strerror}.") from None


async def _source(library: Library, address: str, title: str) -> int:
    async with library.storage.begin() as tx:
        source = await tx.sources.ensure(
            SourceKind.FILES, address, title=title, now=library.clock.now(), for_everyone=True
        )
    return source.source_id
