"""FAULTS 47: a database that is locked, full or gone is told in one exception, and the work goes on when it is back."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import event, text

from storage import Storage, Unavailable
from tests.factories import NOON, SERVER, an_article
from tests.postgres import Postgres

IMPATIENT = timedelta(milliseconds=100)


@pytest.fixture
async def impatient(storage, database):
    """The same database, opened by somebody who does not wait for locks."""
    opened = Storage(database, lock_wait=IMPATIENT)
    yield opened
    await opened.close()


async def known_servers(storage):
    async with storage.reading() as tx:
        return await tx.servers.list_ids()


async def know(storage, server_id):
    async with storage.begin() as tx:
        await tx.servers.ensure(server_id, NOON)


async def lock(tx):
    """Hold what `know(1)` needs: on SQLite any write holds everything, on PostgreSQL a row holds itself."""
    await tx.servers.ensure(1, NOON)


async def test_who_waits_too_long_for_a_lock_is_told_so_and_may_try_again(storage, impatient):
    async with storage.begin() as tx:
        await lock(tx)
        with pytest.raises(Unavailable, match="locked for too long"):
            await know(impatient, 1)
        assert await known_servers(impatient) == []  # reading goes on
    await know(impatient, 1)
    assert await known_servers(impatient) == [1]


async def test_a_lock_that_ends_in_time_is_waited_for(storage, database):
    patient = Storage(database)
    async with storage.begin() as tx:
        await lock(tx)
        waiting = asyncio.create_task(know(patient, 1))
        await asyncio.wait([waiting], timeout=0.3)
        assert not waiting.done()
    await waiting
    assert await known_servers(patient) == [1]
    await patient.close()


async def test_a_full_disk_is_told_and_what_was_half_written_is_not_there(tmp_path):
    storage = Storage(f"sqlite+aiosqlite:///{tmp_path / 'dateline.sqlite3'}")
    await storage.open()

    @event.listens_for(storage._engine.sync_engine, "begin")
    def fill_up(connection):
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # SQLite takes the present size instead

    with pytest.raises(Unavailable, match="disk is full"):
        async with storage.begin() as tx:
            await tx.servers.ensure(SERVER, NOON)
            await tx.articles.keep([an_article(text="word " * 50_000)], scope="shared", source_id=None, now=NOON)
    assert await known_servers(storage) == []

    @event.listens_for(storage._engine.sync_engine, "begin")
    def make_room(connection):
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

    await know(storage, SERVER)
    assert await known_servers(storage) == [SERVER]
    await storage.close()


async def test_a_folder_that_is_gone_is_told(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    storage = Storage(f"sqlite+aiosqlite:///{folder / 'dateline.sqlite3'}")
    await storage.open()
    await storage.close()  # the next transaction opens the file anew
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(Unavailable, match="cannot be opened"):
        await know(storage, SERVER)
    (tmp_path / "elsewhere").rename(folder)
    await know(storage, SERVER)
    await storage.close()


async def test_check_says_whether_the_database_takes_changes(storage, impatient, database):
    await impatient.check()
    if database.startswith("sqlite"):
        async with storage.begin():
            with pytest.raises(Unavailable):
                await impatient.check()
    await impatient.check()


@pytest.fixture
def own_postgres(postgres):
    """A server that a test may stop."""
    server = Postgres()
    yield server
    server.remove()


async def test_a_server_that_stops_in_the_middle_of_work_is_told_and_found_again(own_postgres):
    storage = Storage(own_postgres.url())
    await storage.open()
    await know(storage, 1)
    with pytest.raises(Unavailable, match=r"ended the connection|lost|cannot be reached"):
        async with storage.begin() as tx:
            await tx.servers.ensure(2, NOON)
            await asyncio.to_thread(own_postgres.stop)
            await tx.servers.ensure(3, NOON)
    for attempt in (storage.check(), know(storage, 4), known_servers(storage)):
        with pytest.raises(Unavailable, match="cannot be reached"):
            await attempt
    await asyncio.to_thread(own_postgres.start)
    await storage.check()
    assert await known_servers(storage) == [1]
    await know(storage, 4)
    assert await known_servers(storage) == [1, 4]
    await storage.close()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True, ids=["killed"])
async def test_a_connection_that_is_killed_costs_its_transaction_only(storage):
    with pytest.raises(Unavailable, match="ended the connection"):
        async with storage.begin() as tx:
            await tx.servers.ensure(1, NOON)
            await kill_others(storage)
            await tx.servers.ensure(2, NOON)
    await know(storage, 3)
    assert await known_servers(storage) == [3]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True, ids=["killed"])
async def test_connections_that_are_killed_while_nobody_uses_them_are_not_noticed(storage):
    async def hold():
        async with storage.begin() as tx:
            await tx.servers.list_ids()
            await asyncio.sleep(0.05)

    await asyncio.gather(*(hold() for _ in range(4)))
    await kill_others(storage)
    await asyncio.gather(*(know(storage, server_id) for server_id in (1, 2, 3, 4)))
    assert await known_servers(storage) == [1, 2, 3, 4]


async def kill_others(storage):
    async with storage._engine.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_an_error_that_is_no_outage_stays_what_it_is(storage):
    with pytest.raises(Exception, match="nowhere") as error:
        async with storage._changing() as connection:
            await connection.execute(text("SELECT * FROM nowhere"))
    assert not isinstance(error.value, Unavailable)
