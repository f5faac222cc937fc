"""What the operator hands in on the command line: files, folders, feeds and links, read ahead in their order."""

import asyncio
import hashlib
import os
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.assembly import Library
from bot.errors import ContentRefused, DigestError
from bot.ingest.files.documents import MAX_BYTES, looks_like_feed, read_documents
from bot.ingest.parsers import MOST_ENTRIES, Feed
from bot.ingest.web.urls import checked_url
from bot.services.intake import Taken, article_of_document, article_of_entry
from storage import NewArticle, Outcome, SourceKind

AT_ONCE = 4
"""So many things are read ahead: enough for the parsing children to work while the one before is stored."""
TOGETHER = 20
"""So many things are stored in one transaction."""
FILES = "files"


@dataclass(frozen=True)
class Found:
    """The articles of one thing, and the source that it stands for. `refused` are parts not taken, and why."""

    address: str
    title: str
    articles: list[NewArticle]
    refused: tuple[tuple[str, str], ...] = ()


class Incoming:
    """Reads one thing after the other."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def read(self, name: str) -> Found:
        """The articles in a file or behind a link. Raises DigestError."""
        return await (self._link(name) if _is_link(name) else self._file(name))

    async def _link(self, link: str) -> Found:
        fetched = await self._library.fetcher.fetch(checked_url(link))
        if not looks_like_feed(fetched.body):
            return Found(FILES, "Files", [await self._library.intake.read(fetched)])
        feed = await self._library.parsers.feed(
            fetched.body, url=fetched.url, charset=fetched.charset, limit=MOST_ENTRIES
        )
        return _of_feed(f"ingest:{link}", link, feed)

    async def _file(self, name: str) -> Found:
        body = _content(name)
        if looks_like_feed(body):
            feed = await self._library.parsers.feed(body, limit=MOST_ENTRIES)
            return _of_feed(_address(Path(name)), Path(name).name, feed)
        found = await read_documents(self._library.parsers, name, body)
        refused = tuple((f"{name}: {attached}", reason) for attached, reason in found.refused)
        return Found(FILES, "Files", [article_of_document(document) for document in found.articles], refused)


class Keeping:
    """Stores what was read, and says what became of each thing, in order. Several of one source are stored together:
    a transaction costs more than an article.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._waiting: list[tuple[str, Found | DigestError]] = []
        self._source: tuple[str, int] = ("", 0)

    async def add(self, name: str, found: Found | DigestError) -> list["Kept"]:
        """Store this thing, or hold it back until others join it; what has been stored by now."""
        kept = [] if self._can_join(found) else await self.finish()
        self._waiting.append((name, found))
        return kept + (await self.finish() if len(self._waiting) >= TOGETHER else [])

    async def finish(self) -> list["Kept"]:
        """Store what was held back."""
        waiting, self._waiting = self._waiting, []
        founds = [found for _, found in waiting if isinstance(found, Found)]
        articles = [article for found in founds for article in found.articles]
        taken = iter(await self._keep(founds[0], articles) if articles else [])
        return [
            Kept(name, [next(taken).outcome for _ in found.articles], found.refused)
            if isinstance(found, Found)
            else Kept(name, [], ((name, str(found)),))
            for name, found in waiting
        ]

    def _can_join(self, found: Found | DigestError) -> bool:
        """Only what is of one source, and claims no address that another one claims."""
        if isinstance(found, DigestError):
            return True
        founds = [each for _, each in self._waiting if isinstance(each, Found)]
        claimed = {article.url for each in founds for article in each.articles if article.url}
        return all(each.address == found.address for each in founds) and claimed.isdisjoint(
            article.url for article in found.articles
        )

    async def _keep(self, found: Found, articles: list[NewArticle]) -> list[Taken]:
        if self._source[0] != found.address:
            async with self._library.storage.begin() as tx:
                source = await tx.sources.ensure(
                    SourceKind.FILES, found.address, title=found.title, now=self._library.clock.now(), for_everyone=True
                )
            self._source = found.address, source.source_id
        return await self._library.intake.keep(articles, source_id=self._source[1])


@dataclass(frozen=True)
class Kept:
    """What became of the articles of one thing, and what of it was refused: each with its name and why."""

    name: str
    outcomes: list[Outcome]
    refused: tuple[tuple[str, str], ...]


def _address(path: Path) -> str:
    """What stands for a file of a feed: many are called feed.xml, and where they lie is nobody's business."""
    return f"ingest:{path.name}#{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:8]}"


def _of_feed(address: str, name: str, feed: Feed) -> Found:
    articles = [article_of_entry(entry, feed) for entry in feed.entries]
    return Found(address, feed.title or name, articles, tuple((name, reason) for reason in feed.refused))


def names_in(items: Iterable[str]) -> Iterator[str]:
    """Links and files themselves; of folders all files in them, in order, but for hidden ones."""
    for item in items:
        if not _is_link(item) and _is_folder(item):
            yield from _files_in(item)
        else:
            yield item


def _files_in(folder: str) -> Iterator[str]:
    """Folder by folder, so that a large tree is never held as a whole. Links to folders are not followed."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                yield str(path)


async def in_order(
    names: Iterable[str], read: Callable[[str], Awaitable[Found]], at_once: int
) -> AsyncIterator[tuple[str, Found | DigestError]]:
    """What was read of each name, in their order, while up to `at_once` of the next ones are being read."""
    ahead: deque[tuple[str, asyncio.Task[Found | DigestError]]] = deque()
    coming = iter(names)
    try:
        while True:
            for name in coming:
                ahead.append((name, asyncio.create_task(_read(read, name))))
                if len(ahead) >= at_once:
                    break
            if not ahead:
                return
            name, task = ahead.popleft()
            yield _shown(name), await task
    finally:
        for _, task in ahead:
            task.cancel()


async def _read(read: Callable[[str], Awaitable[Found]], name: str) -> Found | DigestError:
    try:
        return await read(name)
    except DigestError as error:
        return error


def _shown(name: str) -> str:
    """A name of bytes that are no text is still one that can be written."""
    return os.fsencode(name).decode("utf-8", "replace")


def _is_folder(item: str) -> bool:
    try:
        return Path(item).is_dir()
    except OSError:  # a name that is too long, or within what may not be entered
        return False


def _is_link(item: str) -> bool:
    return item.lower().startswith(("http://", "https://"))


def _content(name: str) -> bytes:
    path = Path(name)
    try:
        if not path.exists():
            raise ContentRefused("There is no such file, and it is no link either.")
        if not path.is_file():
            raise ContentRefused("This is no file that could be read to an end.")
        if path.stat().st_size > MAX_BYTES:
            raise ContentRefused(f"The file is larger than {MAX_BYTES / 1e6:g} MB. Hand in a smaller one.")
        return path.read_bytes()
    except OSError as error:
        raise ContentRefused(f"The file cannot be read: {error.strerror}.") from None
