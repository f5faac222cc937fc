"""How an edition is composed from a growing archive: queries and time of its storage part, on both databases.

    python -m tests.benchmarks.composition [articles ...]

A thousand articles come in a day from fifty sources, every fifth of them from two; the server follows twenty. So the
archive grows with the age of the installation, and what is new since yesterday stays the same. At 100,000 articles the
whole edition is composed too, with the real model.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import event, text

from bot.assembly import open_library
from bot.services.gathering import gather
from bot.services.stories import Composition, Evidence, Quote, Story, StoryArticle, StoryPoint
from bot.settings import NO_OTHER_MODELS, Settings
from storage import SHARED, Digest, EditionState, NewArticle, NewDigest, SourceKind, Storage
from storage.leases import Lease
from tests.benchmarks.report import Report
from tests.postgres import Postgres

_SIZES = (10_000, 100_000, 1_000_000)
_WHOLE = 100_000
_ROUNDS = 21
_SERVER = 1
_SOURCES, _FOLLOWED = 50, 20
_DAILY = 1000
_END = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
_DAY = timedelta(days=1)
_WINDOW = (_END - _DAY, _END)

_WHO = ("council", "ferry company", "union of bakers", "harbour master", "museum", "court", "choir", "fire brigade")
_DID = ("opened", "rejected", "delayed", "sold", "repaired", "measured", "insured", "photographed", "lost", "painted")
_WHAT = (
    "a bridge",
    "the tram depot",
    "two hundred lamps",
    "the north pier",
    "a windmill",
    "its archive",
    "an ice rink",
)
_TOWNS = ("Norrby", "Sundvik", "Marrow", "Ostby", "Telling", "Havn", "Granlo", "Quill", "Brack", "Ambra", "Dorn")
_SAID = "The {who} of {town} {did} {what} after {count} people had asked for it in a letter."

# The moment of the i-th article: the last one came when the window began.
_MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', julianday(:start) - (:count - i) * 1.0 / :daily)",
    "postgresql": "CAST(:start AS timestamptz) - (:count - i) * interval '1 day' / :daily",
}
_NUMBERS = "WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :count)"
_ARCHIVE = (
    "INSERT INTO articles (scope, url, link, title, published, language, text, fingerprint, first_seen) {numbers}"
    " SELECT 'shared', 'https://example.org/' || i, 'https://example.org/' || i, 'Report ' || i || ' from the archive',"
    " {moment}, 'en', 'Report number ' || i || ' says that the harbour of town ' || i % 977 || ' was open for ' ||"
    " i % 59 || ' days, and that ' || i % 7919 || ' people saw it.', 'archive ' || i, {moment} FROM numbers",
    "INSERT INTO appearances (source_id, article_id, fingerprint, seen_at) {numbers}"
    " SELECT 1 + i % 50, i, 'archive ' || i, {moment} FROM numbers",
    "INSERT INTO appearances (source_id, article_id, fingerprint, seen_at) {numbers}"
    " SELECT 1 + (i + 7) % 50, i, 'archive ' || i, {moment} FROM numbers WHERE i % 5 = 0",
)


async def fill(storage: Storage, count: int) -> Digest:
    """An archive of so many articles, a day of new ones, and a digest that told eight articles every day before."""
    async with storage.begin() as tx:
        await tx.servers.ensure(_SERVER, _END - 400 * _DAY)
        for number in range(_SOURCES):
            address = f"https://example.org/feed{number}"
            source = await tx.sources.ensure(SourceKind.FEED, address, title=f"Source {number}", now=_END)
            if number < _FOLLOWED:
                await tx.sources.subscribe(_SERVER, source.source_id, f"Source {number}", _END)
        new = NewDigest(name="Morning", channel_id=7, schedule="mon 08:00", timezone="UTC", stories=8)
        digest = await tx.digests.add(_SERVER, new, _END - 400 * _DAY)
    await _fill_archive(storage, count - _DAILY)
    await _fill_day(storage)
    await _fill_past(storage, digest, count - _DAILY)
    await _look_at_statistics(storage)
    return digest


async def _fill_archive(storage: Storage, count: int) -> None:
    moment = _MOMENT[storage._engine.dialect.name]
    start = _WINDOW[0] if "timestamptz" in moment else f"{_WINDOW[0]:%Y-%m-%d %H:%M:%S}"
    values = {"count": count, "daily": _DAILY, "start": start}
    async with storage._engine.begin() as connection:
        for statement in _ARCHIVE:
            query = text(statement.format(numbers=_NUMBERS, moment=moment))
            wanted = {name: value for name, value in values.items() if f":{name}" in query.text}
            await connection.execute(query, wanted)


async def _fill_day(storage: Storage) -> None:
    choose = random.Random(7)  # the same articles in every run
    each = _DAILY // _SOURCES
    async with storage.begin() as tx:
        for at in range(each):
            now = _WINDOW[0] + (at + 1) * _DAY / (each + 1)
            for source_id in range(1, _SOURCES + 1):
                article = _report(choose, at * _SOURCES + source_id, now)
                await tx.articles.keep([article], scope=SHARED, source_id=source_id, now=now)


async def _fill_past(storage: Storage, digest: Digest, archived: int) -> None:
    """What the digest told in the last hundred days, as far as the archive goes back."""
    for day in range(1, min(100, archived // _DAILY)):
        due = _END - day * _DAY
        lease = Lease("filling", due, _DAY)
        ids = [archived - day * _DAILY + number for number in range(8)]
        async with storage.begin() as tx:
            edition = await tx.editions.claim_slot(
                _SERVER, digest.digest_id, f"day {day}", due, (due - _DAY, due), lease
            )
            assert edition is not None
            await tx.editions.freeze(edition.edition_id, "filling", _told_then(ids).to_json(), ids, [])
            await tx.editions.finish(edition.edition_id, "filling", EditionState.SENT)


async def _look_at_statistics(storage: Storage) -> None:
    """What a database does by itself after so many changes, PostgreSQL within a minute."""
    if storage._engine.dialect.name == "postgresql":
        async with storage._engine.begin() as connection:
            await connection.execute(text("ANALYZE"))


def _report(choose: random.Random, number: int, now: datetime) -> NewArticle:
    """An invented report of eight sentences about what one town did."""
    town = choose.choice(_TOWNS)
    lead = _sentence(choose, town)
    return NewArticle(
        text=" ".join([lead, *(_sentence(choose, town) for _ in range(7))]),
        title=lead.partition(" after ")[0],
        url=f"https://example.org/new/{number}",
        link=f"https://example.org/new/{number}",
        published=now,
        language="en",
    )


def _sentence(choose: random.Random, town: str) -> str:
    who, did, what = choose.choice(_WHO), choose.choice(_DID), choose.choice(_WHAT)
    return _SAID.format(who=who, town=town, did=did, what=what, count=choose.randrange(2, 9000))


def _told_then(article_ids: list[int]) -> Composition:
    """An edition of a day of the archive, a story an article."""
    return Composition(tuple(_story(article_id) for article_id in article_ids), considered=400, degraded=False)


def _story(article_id: int) -> Story:
    sentence = f"Report number {article_id} says that the harbour was open, and that many people saw it."
    evidence = Evidence(article_id, 0, len(sentence), Quote("", sentence, ""))
    article = StoryArticle(article_id, f"Report {article_id} from the archive", None, "Source 1", None)
    return Story(article.title, (StoryPoint(sentence, (evidence,)),), (article,))


@contextmanager
def counting(storage: Storage) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(storage._engine.sync_engine, "before_cursor_execute", note)
    yield statements
    event.remove(storage._engine.sync_engine, "before_cursor_execute", note)


class Archive:
    """A filled database, and what was found on it; times are in milliseconds."""

    def __init__(self, database: str, count: int, url: str) -> None:
        self.database, self.count, self.url = database, count, url
        self.storage = Storage(url)
        self.times: list[float] = []
        self.queries = self.candidates = 0

    async def prepare(self) -> None:
        """Fill it, and count what one edition asks."""
        started = time.perf_counter()
        await self.storage.open()
        self.digest = await fill(self.storage, self.count)
        with counting(self.storage) as statements:
            gathered = await gather(self.storage, self.digest, _WINDOW)
        self.queries, self.candidates = len(statements), len(gathered.articles)
        print(f"{self.database}, {self.count:,}: filled in {time.perf_counter() - started:.0f} s", flush=True)

    async def time(self) -> None:
        """Gather one edition."""
        started = time.perf_counter()
        await gather(self.storage, self.digest, _WINDOW)
        self.times.append(1000 * (time.perf_counter() - started))

    async def compose(self) -> str:
        """Compose the whole edition with the real model; what that took, in words."""
        settings = Settings(_env_file=None, database_url=self.url, **NO_OTHER_MODELS)  # type: ignore[call-arg]
        patience = timedelta(minutes=5)
        async with open_library(settings) as library:
            # The model is loaded when the bot starts; this loads it.
            await library.composing.for_digest(self.digest, (_END - timedelta(hours=1), _END), patience)
            with counting(library.storage) as statements:
                started = time.perf_counter()
                composition = await library.composing.for_digest(self.digest, _WINDOW, patience)
                took = 1000 * (time.perf_counter() - started)
        assert len(composition.stories) == self.digest.stories, "an edition is missing stories"
        return (
            f"The whole edition with the real model from {self.count:,} articles on {self.database}:"
            f" {took / 1000:.1f} s and {len(statements)} queries; gathering its articles is"
            f" {100 * median(self.times) / took:.1f} % of the time."
        )


@contextmanager
def archives(folder: Path, sizes: tuple[int, ...]) -> Iterator[list[Archive]]:
    """One of each size on each database, not filled yet."""
    postgres = Postgres()
    try:
        yield [
            *(Archive("SQLite", count, f"sqlite+aiosqlite:///{folder / f'{count}.sqlite3'}") for count in sizes),
            *(Archive("PostgreSQL", count, postgres.create(template="template0")) for count in sizes),
        ]
    finally:
        postgres.remove()


async def main(sizes: tuple[int, ...]) -> None:
    """Print and write the table. Rounds alternate between all archives, so that other load meets all alike."""
    with tempfile.TemporaryDirectory() as folder, archives(Path(folder), sizes) as all_of_them:
        for archive in all_of_them:
            await archive.prepare()
        for _ in range(_ROUNDS):
            for archive in all_of_them:
                await archive.time()
        for archive in all_of_them:
            await archive.storage.close()
        whole = [await archive.compose() for archive in all_of_them if archive.count == _WHOLE]
    with Report("composition", "Composing an edition from a growing archive") as report:
        report.say(
            f"{_DAILY:,} articles a day from {_SOURCES} sources, of which the server follows {_FOLLOWED}; an edition of"
            f" 8 stories over the last day, which has {all_of_them[0].candidates} candidates. Medians of {_ROUNDS}"
            " rounds, 2 cores."
        )
        report.table(["database", "articles", "queries", "storage, ms", "growth"], [*_cells(all_of_them)])
        for sentence in whole:
            report.say(sentence)


def _cells(all_of_them: list[Archive]) -> Iterator[list[object]]:
    for archive in all_of_them:
        smallest = next(each for each in all_of_them if each.database == archive.database)
        growth = median(mine / first for mine, first in zip(archive.times, smallest.times, strict=True))
        yield [archive.database, f"{archive.count:,}", archive.queries, median(archive.times), f"{growth:.2f}"]


if __name__ == "__main__":
    asyncio.run(main(tuple(int(size) for size in sys.argv[1:]) or _SIZES))
