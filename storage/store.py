"""The front door: opening, migrating, and transactions over all repositories."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.articles import Articles
from storage.briefs import Briefs
from storage.candidates import Candidates
from storage.digests import Digests
from storage.editions import Editions
from storage.engine import create_engine
from storage.errors import Unusable
from storage.migrations import upgrade
from storage.reports import Reports
from storage.servers import Servers
from storage.sources import Sources


@dataclass(frozen=True)
class Transaction:
    """Repositories that share one database transaction."""

    servers: Servers
    sources: Sources
    articles: Articles
    briefs: Briefs
    candidates: Candidates
    digests: Digests
    editions: Editions
    reports: Reports


class Storage:
    """All persistent state. Safe to use from many tasks; several processes may share one database."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        # SQLite has one writer at a time; here they queue fairly, instead of each polling the file for its lock.
        self._writing = asyncio.Lock()

    async def open(self) -> None:
        """Bring the schema up to date. When several processes start at once, one migrates and the others wait.

        Raises SchemaTooNew when a newer Dateline has written the database, Unusable when it cannot be opened.
        """
        try:
            async with self._engine.begin() as connection:
                await connection.run_sync(upgrade)
        except (SQLAlchemyError, OSError) as error:
            await self.close()
            raise Unusable(str(getattr(error, "orig", None) or error)) from error
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction that may write: committed at the end, rolled back when an exception leaves the block.

        Keep it short, and never hold it while a model runs or the network is waited for.
        """
        async with self._writing, self._engine.begin() as connection:
            yield _repositories(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        """A consistent view for reading only; it neither waits for writers nor holds them up."""
        async with self._engine.connect() as connection:
            await connection.execution_options(dateline_read_only=True)
            async with connection.begin():
                yield _repositories(connection)


def _repositories(connection: AsyncConnection) -> Transaction:
    return Transaction(
        servers=Servers(connection),
        sources=Sources(connection),
        articles=Articles(connection),
        briefs=Briefs(connection),
        candidates=Candidates(connection),
        digests=Digests(connection),
        editions=Editions(connection),
        reports=Reports(connection),
    )
