"""What the command line does, apart from running the bot: plain data out, ready for JSON."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from bot.assembly import open_library
from bot.incoming import AT_ONCE, Incoming, Keeping, Kept, in_order, names_in
from bot.settings import read_settings
from storage import Outcome
from storage.types import Audience

_LOGIN = re.compile(r"^(https?://)[^/?#]*@", re.IGNORECASE)
MOST_ARTICLES = 3000
MOST_HITS = 50


@dataclass
class Report:
    """What became of everything that was handed in. `tell` hears of each thing in a line, and whether
    it was refused.
    """

    tell: Callable[[str, bool], None] | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    refused: list[dict[str, str]] = field(default_factory=list)

    def add(self, kept: Sequence[Kept]) -> None:
        """What became of some more things."""
        for each in kept:
            self.outcomes.update(each.outcomes)
            if self.tell and (each.outcomes or not each.refused):
                self.tell(f"{each.name}: {in_words(Counter(each.outcomes)) or 'nothing in it'}", False)
            for item, reason in each.refused:
                self._refuse(item, reason)

    def _refuse(self, item: str, reason: str) -> None:
        item = _LOGIN.sub(r"\1", item)  # reports end in logs
        self.refused.append({"item": item, "reason": reason})
        if self.tell:
            self.tell(f"refused {item}: {reason}", True)

    def to_json(self) -> dict[str, Any]:
        """As other programs read it."""
        return {
            "stored": self.outcomes[Outcome.STORED],
            "updated": self.outcomes[Outcome.UPDATED],
            "duplicates": self.outcomes[Outcome.DUPLICATE],
            "refused": self.refused,
        }


def in_words(outcomes: Mapping[Outcome, int]) -> str:
    """How many articles became what; what did not happen is left out."""
    names = {Outcome.STORED: "stored", Outcome.UPDATED: "updated", Outcome.DUPLICATE: "known already"}
    return ", ".join(f"{outcomes[one]} {name}" for one, name in names.items() if outcomes.get(one))


async def migrate() -> None:
    """Bring the database up to date."""
    async with open_library(read_settings()):
        pass


async def ingest(
    items: Sequence[str], *, show_progress: bool = False, tell: Callable[[str, bool], None] | None = None
) -> dict[str, Any]:
    """Store files, folders, feeds and links under sources that every server sees; `tell` hears of each as it is done.

    Some are read while one is stored, in their order, and none is held longer than that: a folder may be any size.
    """
    report = Report(tell=tell)
    progress = Progress(
        SpinnerColumn(), TextColumn("{task.completed} read"), console=Console(stderr=True), disable=not show_progress
    )
    async with open_library(read_settings()) as library:
        incoming, keeping = Incoming(library), Keeping(library)
        with progress:
            task = progress.add_task("", total=None)
            async for name, found in in_order(names_in(items), incoming.read, AT_ONCE):
                report.add(await keeping.add(name, found))
                progress.advance(task)
        report.add(await keeping.finish())
    return report.to_json()


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


async def newest() -> datetime | None:
    """When the newest stored article was published, or came in; None when nothing is stored."""
    async with open_library(read_settings()) as library, library.storage.reading() as tx:
        articles = await tx.articles.list_latest(Audience(operator=True), 1)
    return articles[0].published or articles[0].first_seen if articles else None
