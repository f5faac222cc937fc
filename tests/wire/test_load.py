"""One member asks for two hundred briefs (FAULTS 43): the quota runs, the rest is told when to try again, and nobody
else notices.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.quotas import OF_A_MEMBER
from tests.wire.fakediscord import FakeDiscord
from tests.wire.interactions import Answer
from tests.wire.test_run import LIGHTHOUSE, SLOWEST, TRAM, Town, next_slot, points, ready, site

REQUESTS, AT_ONCE = 200, 20
TOLD_TO_WAIT = re.compile(r"You asked for 10 briefs in 10 minutes, and no more for now\. Try again in \d+ minutes\.")


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as made:
        yield made


async def ask(town: Town, number: int) -> Answer:
    """Each a text of its own, so that none is answered from the cache."""
    paper = town.fake.attachment("lighthouse.txt", LIGHTHOUSE.replace("212", str(1000 + number)).encode())
    answer = await town.fake.run_command(town.guild, town.news, town.reader, "brief", {"file": paper})
    await answer.final(SLOWEST)
    return answer


@pytest.mark.timeout(300)
async def test_two_hundred_briefs_of_one_member(fake: FakeDiscord, tmp_path: Path) -> None:
    async with site() as newspaper, ready(fake, tmp_path) as bot:
        town = Town(fake, newspaper)
        await fake.invite(town.guild)
        await town.follow()
        await town.add_digest(next_slot())
        answers: list[Answer] = []
        for first in range(0, REQUESTS, AT_ONCE):
            answers += await asyncio.gather(*(ask(town, n) for n in range(first, first + AT_ONCE)))
        briefed = [answer for answer in answers if points(answer.text)]
        refused = [answer for answer in answers if TOLD_TO_WAIT.search(answer.text)]
        assert (len(briefed), len(refused)) == (OF_A_MEMBER.most, REQUESTS - OF_A_MEMBER.most)
        assert all(answer.ephemeral for answer in refused)

        other = await town.command("brief", file=fake.attachment("tram.txt", TRAM.encode()))
        assert points(other.text)
        await fake.until(lambda: bool(town.editions), 120, "the edition")
        assert await bot.terminate() == 0
    assert bot.rows("SELECT state FROM editions") == [("sent",)]
    assert bot.rows("SELECT count(*) FROM deliveries") == [(1,)]
