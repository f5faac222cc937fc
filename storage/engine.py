"""Connections: how each database is opened, and how transactions begin."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.dialects import is_postgresql
from storage.errors import Unusable

SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+psycopg"
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
_CONNECTING = timedelta(seconds=10)


def create_engine(url: str, lock_wait: timedelta) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///path` or `postgresql+psycopg://user:password@host/database`.

    Connections are made on first use. What somebody else has locked is waited for so long. Raises Unusable.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise Unusable("its address is not one like sqlite+aiosqlite:////path/to/file") from None
    if parsed.drivername == SQLITE:
        return _sqlite(parsed, lock_wait)
    if parsed.drivername in ("postgresql", "postgres", POSTGRESQL):
        return _postgresql(parsed.set(drivername=POSTGRESQL), lock_wait)
    raise Unusable(f"{parsed.drivername} is not supported, only {SQLITE} and {POSTGRESQL}")


def _sqlite(url: URL, lock_wait: timedelta) -> AsyncEngine:
    folder = Path(url.database or "").parent
    if not folder.is_dir():
        raise Unusable(f"there is no folder {folder}")
    engine = create_async_engine(url)

    def configure(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling begins late and only for writes; ours begins where SQLAlchemy says so.
        # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (f"busy_timeout={_milliseconds(lock_wait)}", *_PRAGMAS):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads and then writes can wait for the lock here,
    # but could not in the middle, where SQLite answers "database is locked" without waiting.
    read_only = connection.get_execution_options().get("dateline_read_only", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


def _postgresql(url: URL, lock_wait: timedelta) -> AsyncEngine:
    settings = [*_as_list(url.query.get("options")), f"-c lock_timeout={_milliseconds(lock_wait)}"]
    try:
        # A connection is tried before it is used again: a server that was restarted in between is not noticed.
        return create_async_engine(
            url,
            pool_pre_ping=True,
            # Without it, nobody is told whether an insert that may meet a row has written one.
            execution_options={"preserve_rowcount": True},
            connect_args={"connect_timeout": int(_CONNECTING.total_seconds()), "options": " ".join(settings)},
        )
    except ImportError:
        raise Unusable("PostgreSQL needs psycopg, which is not installed: pip install -e '.[postgres]'") from None


def _as_list(option: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return () if option is None else (option,) if isinstance(option, str) else option


def _milliseconds(span: timedelta) -> int:
    return int(span / timedelta(milliseconds=1))


def viewing(engine: AsyncEngine) -> dict[str, Any]:
    """Options of a connection that only reads, and sees one state of the database throughout."""
    if is_postgresql(engine):
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return {"dateline_read_only": True}
