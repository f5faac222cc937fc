"""Digests are looked up with their server."""

from dataclasses import fields
from datetime import timedelta

import pytest

from storage import NameTaken, NotFound, Size
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


async def test_a_new_schedule_holds_from_now_on_and_other_changes_change_no_slot(storage, digest):
    """FAULTS 32: what was due before an edit of the options is still due."""
    later = NOON + timedelta(hours=1)
    async with storage.begin() as tx:
        for changes in ({"silent": True}, {"channel_id": 8, "stories": 3}, {"name": "Evening", "rules": "- kelp"}):
            changed = await tx.digests.replace(SERVER, digest.digest_id, a_digest(**changes), later)
            assert changed.active_since == NOON
        for changes in ({"schedule": "mon 09:00"}, {"schedule": "mon 09:00", "timezone": "Asia/Tokyo"}):
            later += timedelta(hours=1)
            changed = await tx.digests.replace(SERVER, digest.digest_id, a_digest(**changes), later)
            assert changed.active_since == later


async def test_a_pause_until_a_date_stays_active_and_keeps_its_end(storage, digest):
    end = NOON + timedelta(days=3)
    async with storage.begin() as tx:
        paused = await tx.digests.pause(SERVER, digest.digest_id, until=end)
        assert await tx.digests.list_active() == [paused]
    assert paused.is_paused(NOON)
    assert not paused.is_paused(end)
    assert paused.serves_since(end) == end
    assert paused.back_since(end) == end


async def test_every_option_is_kept(storage, digest):
    new = a_digest(
        schedule="1,15,last 08:30,19:00",
        size=Size.HEADLINES,
        per_source=2,
        rules="- kelp",
        says_when_empty=True,
        mention_role_id=2**62,
        silent=True,
        pinned=True,
        published=True,
        per_hour=3,
        quiet_hours="22:00-07:00",
        alert_words="flood, power cut",
    )
    async with storage.begin() as tx:
        await tx.digests.replace(SERVER, digest.digest_id, new, NOON)
        kept = await tx.digests.get(SERVER, digest.digest_id)
    assert {field.name: getattr(kept, field.name) for field in fields(new)} == vars(new)


async def test_trouble_is_noted_without_stopping_the_digest(storage, digest):
    async with storage.begin() as tx:
        await tx.digests.note_trouble(SERVER, digest.digest_id, "The channel is closed to Dateline.")
        noted = await tx.digests.get(SERVER, digest.digest_id)
        assert (noted.trouble, noted.paused) == ("The channel is closed to Dateline.", False)
        await tx.digests.note_trouble(OTHER_SERVER, digest.digest_id, None)
        assert (await tx.digests.get(SERVER, digest.digest_id)).trouble is not None
        await tx.digests.note_trouble(SERVER, digest.digest_id, None)
        assert await tx.digests.get(SERVER, digest.digest_id) == digest
