"""Digests are looked up with their server."""

from datetime import timedelta

import pytest

from storage import NameTaken, NotFound
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest


@pytest.fixture
async def digest(storage):
    async with storage.begin() as tx:
        for server_id in (SERVER, OTHER_SERVER):
            await tx.servers.ensure(server_id, NOON)
        return await tx.digests.add(SERVER, a_digest("Morning"), NOON)


async def test_another_server_neither_sees_nor_changes_it(storage, digest):
    async with storage.begin() as tx:
        assert await tx.digests.list_all(OTHER_SERVER) == []
        assert await tx.digests.find(OTHER_SERVER, "Morning") is None
        for act in (tx.digests.get, tx.digests.remove):
            with pytest.raises(NotFound):
                await act(OTHER_SERVER, digest.digest_id)
        with pytest.raises(NotFound):
            await tx.digests.pause(OTHER_SERVER, digest.digest_id)
        assert await tx.digests.find(SERVER, "MORNING") == digest


async def test_names_are_taken_once_per_server(storage, digest):
    async with storage.begin() as tx:
        await tx.digests.add(OTHER_SERVER, a_digest("Morning"), NOON)
        evening = await tx.digests.add(SERVER, a_digest("Evening"), NOON)
    for clash in (
        lambda tx: tx.digests.add(SERVER, a_digest("MORNING"), NOON),
        lambda tx: tx.digests.replace(SERVER, evening.digest_id, a_digest("morning"), NOON),
    ):
        with pytest.raises(NameTaken):
            async with storage.begin() as tx:
                await clash(tx)


async def test_paused_digests_are_not_active_and_say_why(storage, digest):
    async with storage.begin() as tx:
        paused = await tx.digests.pause(SERVER, digest.digest_id, "The channel was deleted.")
        assert (paused.paused, paused.trouble) == (True, "The channel was deleted.")
        assert await tx.digests.list_active() == []
        back = await tx.digests.resume(SERVER, digest.digest_id, NOON + timedelta(hours=1))
        assert await tx.digests.list_active() == [back]
        assert back.active_since == NOON + timedelta(hours=1)
