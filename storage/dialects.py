"""What the two databases word differently: inserts that may meet a row that is there already."""

from typing import cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine


def upsert(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update` on both databases.

        statement = upsert(self._connection, notices).values(new)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["server_id", "cause"], set_=...))

    Name every argument: the two databases have them in another order.
    """
    kind = postgresql if is_postgresql(connection) else sqlite
    return cast("sqlite.Insert", kind.insert(table))


def is_postgresql(database: AsyncConnection | AsyncEngine) -> bool:
    """It leads to PostgreSQL, not to SQLite."""
    return database.dialect.name == "postgresql"
