"""The front door: opening, migrating, and transactions over all repositories."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.arrivals import Arrivals
from storage.articles import Articles
from storage.briefs import Briefs
from storage.candidates import Candidates
from storage.dialects import is_postgresql
from storage.digests import Digests
from storage.editions import Editions
from storage.engine import create_engine, viewing
from storage.errors import Unusable
from storage.live import LiveBriefs
from storage.migrations import upgrade
from storage.notices import Notices
from storage.observations import Observations
from storage.outages import outages_told
from storage.reports import Reports
from storage.revisions import Revisions
from storage.servers import Servers
from storage.sources import Sources


@dataclass(frozen=True)
class Transaction:
    """Repositories that share one database transaction."""

    servers: Servers
    sources: Sources
    arrivals: Arrivals
    articles: Articles
    briefs: Briefs
    candidates: Candidates
    digests: Digests
    editions: Editions
    live: LiveBriefs
    notices: Notices
    observations: Observations
    reports: Reports
    revisions: Revisions


class Storage:
    """All persistent state. Safe to use from many tasks; several processes may share one database."""

    def __init__(self, url: str, lock_wait: timedelta = timedelta(seconds=10)) -> None:
        self._engine = create_engine(url, lock_wait)
        # SQLite has one writer at a time; here they queue fairly, instead of each polling the file for its lock.
        self._writing = nullcontext() if is_postgresql(self._engine) else asyncio.Lock()

    @property
    def database(self) -> str:
        """What it is kept in: "SQLite" or "PostgreSQL"."""
        return "PostgreSQL" if is_postgresql(self._engine) else "SQLite"

    async def open(self) -> None:
        """Bring the schema up to date. When several processes start at once, one migrates and the others wait.

        Raises SchemaTooNew when a newer Dateline has written the database, Unusable when it cannot be opened.
        """
        try:
            async with self._engine.begin() as connection:
                await connection.run_sync(upgrade)
        except (SQLAlchemyError, OSError) as error:
            await self.close()
            words = str(getattr(error, "orig", None) or error).split()
            raise Unusable(" ".join(words)) from error
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that may write: committed at the end, rolled back when an exception leaves the block.

        Keep it short, and never hold it while a model runs or the network is waited for. Raises Unavailable.
        """
        async with self._changing() as connection:
            yield _repositories(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A consistent view for reading only; it neither waits for writers nor holds them up. Raises Unavailable."""
        with outages_told(reading=True):
            async with self._engine.connect() as connection:
                await connection.execution_options(**viewing(self._engine))
                async with connection.begin():
                    yield _repositories(connection)

    async def check(self) -> None:
        """Raises Unavailable unless the database takes a change at this moment."""
        probe = "SELECT pg_current_xact_id()" if is_postgresql(self._engine) else "PRAGMA user_version = 1"
        async with self._changing() as connection:
            await connection.execute(text(probe))

    @asynccontextmanager
    async def _changing(self) -> AsyncIterator[AsyncConnection]:
        with outages_told():
            async with self._writing, self._engine.begin() as connection:
                yield connection


def _repositories(connection: AsyncConnection) -> Transaction:
    return Transaction(
        servers=Servers(connection),
        sources=Sources(connection),
        arrivals=Arrivals(connection),
        articles=Articles(connection),
        briefs=Briefs(connection),
        candidates=Candidates(connection),
        digests=Digests(connection),
        editions=Editions(connection),
        live=LiveBriefs(connection),
        notices=Notices(connection),
        observations=Observations(connection),
        reports=Reports(connection),
        revisions=Revisions(connection),
    )
