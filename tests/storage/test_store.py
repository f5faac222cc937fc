"""Opening: the schema is brought up to date once, whoever comes first; then transactions as on any database."""

import asyncio
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import SchemaTooNew, Storage, Unusable
from storage.tables import metadata
from tests.factories import NOON

OPEN_AND_CLOSE = (
    "import asyncio, sys; from storage import Storage; s = Storage(sys.argv[1]);"
    "asyncio.run(s.open()); asyncio.run(s.close())"
)


async def told(storage, statement):
    async with storage._engine.begin() as connection:
        return (await connection.execute(text(statement))).scalars().all()


async def starts(url, count):
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-c", OPEN_AND_CLOSE, url) for _ in range(count)]
    return [await process.wait() for process in processes]


async def test_processes_that_start_at_once_migrate_once_on_sqlite(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'dateline.sqlite3'}"
    assert await starts(url, 3) == [0, 0, 0]
    storage = Storage(url)
    assert await told(storage, "SELECT version_num FROM alembic_version") == ["0003"]
    assert await told(storage, "PRAGMA journal_mode") == ["wal"]
    await storage.close()


async def test_processes_that_start_at_once_migrate_once_on_postgresql(postgres):
    url = postgres.create(template="template0")
    assert await starts(url, 3) == [0, 0, 0]
    storage = Storage(url)
    assert await told(storage, "SELECT version_num FROM alembic_version") == ["0003"]
    await storage.close()
    postgres.drop(url)


# Alembic cannot compare an index on an expression there.
@pytest.mark.filterwarnings("ignore:.*expression-based index .?ix_articles_news_time")
async def test_the_migrations_build_the_tables_the_code_uses(storage):
    def differences(connection):
        differing = compare_metadata(MigrationContext.configure(connection), metadata)
        return [change for change in differing if "article_search" not in repr(change)]

    async with storage._engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_of_a_newer_version_is_left_alone(storage, database):
    async with storage._engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="9999"):
        await Storage(database).open()
    assert await told(storage, "SELECT version_num FROM alembic_version") == ["9999"]


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


async def test_a_reader_sees_one_state_throughout(storage):
    async with storage.begin() as tx:
        await tx.servers.ensure(1, NOON)
    async with storage.reading() as reader:
        assert await reader.servers.list_ids() == [1]
        async with storage.begin() as writer:
            await writer.servers.ensure(2, NOON)
        assert await reader.servers.list_ids() == [1]
    async with storage.reading() as reader:
        assert await reader.servers.list_ids() == [1, 2]


async def test_a_connection_that_was_read_from_can_be_written_to(storage):
    for server_id in (1, 2):
        async with storage.reading() as tx:
            await tx.servers.list_ids()
        async with storage.begin() as tx:
            await tx.servers.ensure(server_id, NOON)
    async with storage.reading() as tx:
        assert await tx.servers.list_ids() == [1, 2]


async def test_nothing_is_written_by_who_only_reads(storage):
    with pytest.raises(DBAPIError, match=r"read-?only"):
        async with storage.reading() as tx:
            await tx.servers.ensure(1, NOON)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "its address is not one like"),
        ("postgresql+psycopg://localhost:port/x", "its address is not one like"),
        ("postgresql+asyncpg://localhost/x", "asyncpg is not supported"),
        ("sqlite+aiosqlite:////no/such/folder/x", "there is no folder"),
        ("postgresql://someone:secret@127.0.0.1:1/x", "Connection refused"),
        ("postgresql+psycopg://someone:secret@nowhere.invalid/x", "nowhere.invalid"),
    ],
)
async def test_a_database_that_cannot_be_used_is_refused_in_words(url, reason):
    with pytest.raises(Unusable, match="cannot be used") as refusal:
        await Storage(url).open()
    assert reason in str(refusal.value)
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


async def test_a_database_that_is_not_there_is_refused_in_words(postgres):
    with pytest.raises(Unusable, match='database "elsewhere" does not exist'):
        await Storage(postgres.url("elsewhere")).open()


async def test_without_its_driver_postgresql_is_refused_in_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as if it were not installed
    with pytest.raises(Unusable, match=r"\.\[postgres\]"):
        Storage("postgresql://localhost/x")


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
