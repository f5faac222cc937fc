"""Schema changes, applied by the program itself when it starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.errors import SchemaTooNew

_MIGRATING = 0x4461_7465_6C69_6E65  # "Dateline", as a number that nobody else is likely to lock


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision inside the connection's transaction.

    On SQLite that transaction holds the write lock; on PostgreSQL others who would migrate wait here for its end.

    Raises SchemaTooNew when the database is at a revision this version does not know.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:migrating)"), {"migrating": _MIGRATING})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    try:
        scripts.get_revision(current or "base")
    except CommandError:
        raise SchemaTooNew(current or "base") from None
    command.upgrade(config, "head")
