"""Outages: what drivers say when a database is gone, locked or full becomes one exception that says so in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from storage.errors import Unavailable

# https://www.sqlite.org/rescode.html: the lowest byte is the primary code.
_OF_SQLITE = {
    sqlite3.SQLITE_BUSY: "another process has it locked for too long",
    sqlite3.SQLITE_LOCKED: "another process has it locked for too long",
    sqlite3.SQLITE_FULL: "its disk is full",
    sqlite3.SQLITE_IOERR: "its disk cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "its file cannot be opened",
    sqlite3.SQLITE_READONLY: "its file may not be written",
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: the first two characters are the class.
_OF_POSTGRESQL = {
    "08": "the connection to its server was lost",
    "25": "its server takes no changes at present",
    "40": "other work on it came in between",
    "53": "its server has no room left",
    "55": "another process has it locked for too long",
    "57": "its server is stopping or has ended the connection",
    "58": "its server's disk cannot be read or written",
}
_NOT_WRITABLE = (_OF_SQLITE[sqlite3.SQLITE_READONLY], _OF_POSTGRESQL["25"])


@contextmanager
def outages_told(*, reading: bool = False) -> Iterator[None]:
    """Raises Unavailable for what the drivers say of an outage; every other error stays what it is.

    That somebody writes while `reading` is a bug, and no outage.
    """
    try:
        yield
    except exc.SQLAlchemyError as error:
        reason = _reason(error)
        if reason is None or (reading and reason in _NOT_WRITABLE):
            raise
        raise Unavailable(reason) from error


def _reason(error: exc.SQLAlchemyError) -> str | None:
    """Why the database is not available; None when the error says nothing of the kind."""
    if isinstance(error, exc.TimeoutError):
        return "all its connections are in use"
    if not isinstance(error, exc.DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the driver speaks for itself: nobody answered, or nobody does any more
        return "its server cannot be reached" if _is_of_connection(error) else None
    return _OF_POSTGRESQL.get(state[:2])


def _is_of_connection(error: exc.DBAPIError) -> bool:
    return error.connection_invalidated or type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout")
