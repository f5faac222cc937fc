"""Connections: how each database is opened, and how transactions begin."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.errors import Unusable

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000")


def create_engine(url: str) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///path`; connections are made on first use. Raises Unusable."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise Unusable("its address is not one like sqlite+aiosqlite:////path/to/file") from None
    if parsed.drivername != "sqlite+aiosqlite":
        raise Unusable(f"{parsed.drivername} is not supported, only sqlite+aiosqlite")
    folder = Path(parsed.database or "").parent
    if not folder.is_dir():
        raise Unusable(f"there is no folder {folder}")
    engine = create_async_engine(parsed)
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling begins late and only for writes; ours begins where SQLAlchemy says so.
    # https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once: a transaction that reads and then writes can wait for the lock here,
    # but could not in the middle, where SQLite answers "database is locked" without waiting.
    read_only = connection.get_execution_options().get("dateline_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
