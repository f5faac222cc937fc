"""Opening: the schema is brought up to date once, whoever comes first."""

import asyncio
import sqlite3
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storage import SchemaTooNew, Storage, Unusable
from storage.tables import metadata
from tests.factories import NOON


async def test_processes_that_start_at_once_migrate_once(tmp_path):
    database = tmp_path / "dateline.sqlite3"
    script = (
        "import asyncio, sys; from storage import Storage; s = Storage(sys.argv[1]);"
        "asyncio.run(s.open()); asyncio.run(s.close())"
    )
    starts = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, f"sqlite+aiosqlite:///{database}")
        for _ in range(3)
    ]
    assert [await start.wait() for start in starts] == [0, 0, 0]
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_the_migrations_build_the_tables_the_code_uses(storage):
    def differences(connection):
        differing = compare_metadata(MigrationContext.configure(connection), metadata)
        return [change for change in differing if "article_search" not in repr(change)]

    async with storage._engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_of_a_newer_version_is_left_alone(storage, tmp_path):
    with sqlite3.connect(tmp_path / "dateline.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(SchemaTooNew, match="9999"):
        await Storage(f"sqlite+aiosqlite:///{tmp_path / 'dateline.sqlite3'}").open()


async def test_a_block_that_fails_leaves_nothing_behind(storage):
    with pytest.raises(ZeroDivisionError):
        async with storage.begin() as tx:
            await tx.servers.ensure(1, NOON)
            raise ZeroDivisionError
    async with storage.reading() as tx:
        assert await tx.servers.list_ids() == []


async def test_times_without_a_zone_are_refused(storage):
    with pytest.raises(Exception, match="no time zone"):
        async with storage.begin() as tx:
            await tx.servers.ensure(1, NOON.replace(tzinfo=None))


async def test_readers_do_not_wait_for_a_writer(storage):
    async with storage.begin() as writer:
        await writer.servers.ensure(1, NOON)
        async with asyncio.timeout(5), storage.reading() as reader:
            assert await reader.servers.list_ids() == []


@pytest.mark.parametrize(
    "url", ["nonsense", "postgresql+asyncpg://localhost/x", "sqlite+aiosqlite:////no/such/folder/x"]
)
async def test_a_database_that_cannot_be_used_is_refused_in_words(url):
    with pytest.raises(Unusable, match="cannot be used"):
        await Storage(url).open()


async def test_a_file_that_is_no_database_is_refused_in_words(tmp_path):
    (tmp_path / "notes").write_text("These are notes. " * 100)
    with pytest.raises(Unusable, match="not a database"):
        await Storage(f"sqlite+aiosqlite:///{tmp_path / 'notes'}").open()


async def test_writers_of_one_process_queue(storage):
    async def write(server_id):
        async with storage.begin() as tx:
            await tx.servers.ensure(server_id, NOON)
            await asyncio.sleep(0.01)

    await asyncio.gather(*(write(server_id) for server_id in range(30)))
    async with storage.reading() as tx:
        assert await tx.servers.list_ids() == list(range(30))
