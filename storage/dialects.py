"""What the two databases word differently: inserts that may meet a row, and columns not to look rows up by."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import BigInteger, Column, Table, func, select
from sqlalchemy import cast as cast_to
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def upsert(connection: AsyncConnection, table: Table) -> sqlite.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update` on both databases.

        statement = upsert(self._connection, notices).values(new)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["server_id", "cause"], set_=...))

    Name every argument: the two databases have them in another order.
    """
    kind = postgresql if is_postgresql(connection) else sqlite
    return cast("sqlite.Insert", kind.insert(table))


async def insert_pairs(connection: AsyncConnection, table: Table, rows: Sequence[tuple[int, int]]) -> None:
    """Insert many rows of two numbers: in one statement on PostgreSQL, which would be asked for each of them."""
    first, second = table.columns
    if is_postgresql(connection):
        columns = [func.unnest(cast_to(list(each), postgresql.ARRAY(BigInteger))) for each in zip(*rows, strict=True)]
        await connection.execute(table.insert().from_select([first.name, second.name], select(*columns)))
    else:
        await connection.execute(table.insert(), [{first.name: one, second.name: other} for one, other in rows])


class unindexed(FunctionElement[Any]):  # noqa: N801  # reads as a function, as `func.lower` does
    """A column by which SQLite is not to look rows up.

    It keeps no statistics, so an index on a column with one value in nearly all rows looks as good to it as any other.
    https://www.sqlite.org/optoverview.html#disqualifying_where_clause_terms_using_unary_
    """

    inherit_cache = True

    def __init__(self, column: Column[Any]) -> None:
        super().__init__(column)
        self.type = column.type


@compiles(unindexed)
def _as_it_is(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(unindexed, "sqlite")
def _disqualified(element: unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.clauses, **options)}"


def is_postgresql(database: AsyncConnection | AsyncEngine) -> bool:
    """It leads to PostgreSQL, not to SQLite."""
    return database.dialect.name == "postgresql"
