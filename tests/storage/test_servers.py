"""What a server's admins chose for all of it."""

from datetime import timedelta

import pytest

from storage import NotFound
from tests.factories import NOON, OTHER_SERVER, SERVER, a_digest

LATER = NOON + timedelta(days=3)


@pytest.fixture
async def servers(storage):
    async with storage.begin() as tx:
        for server_id in (SERVER, OTHER_SERVER):
            await tx.servers.ensure(server_id, NOON)


async def test_a_new_server_has_chosen_nothing(storage, servers):
    async with storage.reading() as tx:
        server = await tx.servers.get(SERVER)
    assert (server.notices_channel_id, server.timezone, server.rules, server.paused_until) == (None, None, "", None)


async def test_settings_are_kept_per_server_and_survive_meeting_it_again(storage, servers):
    chosen = {"notices_channel_id": 7, "timezone": "Asia/Tokyo", "rules": "without football", "paused_until": LATER}
    async with storage.begin() as tx:
        changed = await tx.servers.change(SERVER, **chosen)
        await tx.servers.ensure(SERVER, LATER)
        assert await tx.servers.get(SERVER) == changed
        assert {name: getattr(changed, name) for name in chosen} == chosen
        assert (await tx.servers.get(OTHER_SERVER)).notices_channel_id is None


async def test_a_server_nobody_knows_has_no_settings(storage):
    async with storage.begin() as tx:
        for ask in (tx.servers.get(SERVER), tx.servers.change(SERVER, timezone="UTC")):
            with pytest.raises(NotFound):
                await ask


async def test_the_holiday_of_a_server_is_seen_by_its_digests_alone(storage, servers):
    async with storage.begin() as tx:
        await tx.servers.change(SERVER, paused_until=LATER)
        own = await tx.digests.add(SERVER, a_digest(), NOON)
        foreign = await tx.digests.add(OTHER_SERVER, a_digest(), NOON)
    assert own.is_paused(NOON)
    assert not own.is_paused(LATER)
    assert own.back_since(LATER) == LATER
    assert not foreign.is_paused(NOON)
