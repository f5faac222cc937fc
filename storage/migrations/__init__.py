"""Schema changes, applied by the program itself when it starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from storage.errors import SchemaTooNew


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision inside the connection's transaction, which must hold the write lock.

    Raises SchemaTooNew when the database is at a revision this version does not know.
    """
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
