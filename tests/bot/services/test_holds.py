"""Who works on an edition holds it as long as that takes."""

import asyncio
import contextlib
from datetime import timedelta

from bot.services.holds import Held, Holds
from bot.services.making import AT_ONCE
from storage import Storage, Unavailable
from storage.store import Transaction
from storage.tables import editions
from tests.bot.services.office import Office
from tests.factories import NOON, SERVER

SHORT = timedelta(seconds=0.1)
"""Extended three times in it, on the clock of the event loop."""
PATIENT = 30.0


class Flaky(Storage):
    """A database that is gone for a moment, as often as it is told to be."""

    outages = 0

    @contextlib.asynccontextmanager
    async def begin(self):
        if self.outages:
            self.outages -= 1
            raise Unavailable("the connection to its server was lost")
        async with super().begin() as tx:
            yield tx


async def begun(tx: Transaction, office: Office, holds: Holds) -> Held:
    digest = (await tx.digests.list_active())[0]
    lease = holds.lease()
    edition = await tx.editions.claim_slot(SERVER, digest.digest_id, "slot", NOON, (NOON, NOON), lease)
    assert edition is not None
    return Held(edition, lease.owner)


async def until_extended(office: Office, held: Held) -> None:
    """Let the hold run out, and wait until it is held again: whoever looks in between could have taken it."""
    office.clock.wind(hours=1)
    async with asyncio.timeout(PATIENT):
        while await _lease_until(office, held) <= office.clock.now():
            await asyncio.sleep(0.01)


async def _lease_until(office: Office, held: Held):
    async with office.storage._engine.connect() as connection:
        query = editions.select().where(editions.c.edition_id == held.edition.edition_id)
        return (await connection.execute(query)).one().lease_until


async def test_a_hold_outlives_an_outage_of_the_database(database: str, office: Office):
    flaky = Flaky(database)
    await office.add()
    holds = Holds(flaky, office.clock, "first", SHORT)
    async with flaky.begin() as tx:
        held = await begun(tx, office, holds)
    flaky.outages = 2
    async with holds.kept(held):
        await until_extended(office, held)
    assert flaky.outages == 0
    await flaky.close()


async def test_an_edition_that_waits_for_its_turn_to_be_composed_stays_held(office: Office):
    """After a crash many are taken over at once, and few compose at a time."""
    digest = await office.add()
    office.editions._making._holds = holds = Holds(office.storage, office.clock, "first", SHORT)
    async with office.storage.begin() as tx:
        held = await begun(tx, office, holds)
    async with contextlib.AsyncExitStack() as others:
        for _ in range(AT_ONCE):
            await others.enter_async_context(office.editions._making._turns)
        waiting = asyncio.create_task(office.editions._making.compose(held, digest))
        await until_extended(office, held)
    await waiting
