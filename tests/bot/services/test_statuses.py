"""The status of a server: what it counts, and that asking the model neither waits long nor disturbs it."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.statuses import ModelState, Statuses
from storage.types import PollResult
from summarizer import CallError
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest, a_source
from tests.fakes import FakeClock


async def answers():
    return


async def is_dead():
    raise CallError("the process running warm_up ended unexpectedly")


def statuses(storage, probe=answers, **options):
    return Statuses(storage, FakeClock(), database="SQLite", probe=probe, **options)


async def test_a_server_nobody_knew_has_nothing(storage):
    status = await statuses(storage).of_server(SERVER)
    assert (status.subscriptions, status.digests, status.notices, status.well) == ((), (), (), 0)
    assert status.model is ModelState.READY


async def test_every_source_is_counted_once(storage):
    states = {"well": None, "failing": "HTTP 503", "unread": None, "paused": "HTTP 503"}
    for name, error in states.items():
        source_id = await a_source(storage, f"https://{name}.example/feed", SERVER)
        await a_source(storage, f"https://{name}.example/elsewhere", OTHER_SERVER)
        async with storage.begin() as tx:
            if name != "unread":
                await tx.sources.record_polls([(source_id, PollResult(NOON, NOON, error=error))])
            await tx.sources.set_paused(SERVER, source_id, name == "paused")
    status = await statuses(storage).of_server(SERVER)
    assert (status.well, len(status.failing), len(status.unread), status.paused_sources) == (1, 1, 1, 1)


async def test_a_digest_that_rests_has_no_next_edition(storage):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        await tx.digests.add(SERVER, a_digest("Daily"), NOON)
        await tx.digests.add(SERVER, a_digest("Live", schedule="live"), NOON)
        paused = await tx.digests.add(SERVER, a_digest("Paused"), NOON)
        await tx.digests.pause(SERVER, paused.digest_id)
    status = await statuses(storage).of_server(SERVER)
    assert {each.digest.name: each.next_at is not None for each in status.digests} == {
        "Daily": True,
        "Live": False,
        "Paused": False,
    }
    async with storage.begin() as tx:
        await tx.servers.change(SERVER, paused_until=NOON + timedelta(days=1))
    status = await statuses(storage).of_server(SERVER)
    assert status.is_paused
    assert all(each.next_at is None for each in status.digests)


async def test_a_dead_model_is_said(storage):
    """FAULTS 48."""
    assert (await statuses(storage, is_dead).of_server(SERVER)).model is ModelState.DOWN


async def test_a_bug_of_the_probe_is_not_hidden(storage):
    async def breaks():
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError):
        await statuses(storage, breaks).of_server(SERVER)


async def test_a_busy_model_is_asked_once_and_never_cancelled(storage):
    free, asked = asyncio.Event(), []

    async def waits():
        asked.append("once")
        await free.wait()

    looked = statuses(storage, waits, patience=timedelta(0))
    for _ in range(3):
        assert (await looked.of_server(SERVER)).model is ModelState.BUSY
    assert asked == ["once"]
    free.set()
    looked_later = statuses(storage, waits)
    assert (await looked_later.of_server(SERVER)).model is ModelState.READY
