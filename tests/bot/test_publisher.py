"""What becomes of a part on its way to Discord, said in our own terms (FAULTS 33, 34, 36, 37)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import PER_SECOND
from bot.publisher import DiscordPublisher
from bot.services.ports import DestinationLost, LookupDenied, SendRefused, TryLater
from bot.ui.bodies import Body, Button, Form
from tests.wire.fakediscord import FakeDiscord
from tests.wire.limits import text_of
from tests.wire.tinybot import connected
from tests.wire.world import READ_HISTORY

BODY = Body(("## Morning", "- The harbour opened."), "2 stories", (Button("Sources", "dl:x:1"),), marker="0a1b2c3d")
AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)


class Channel:
    """A publisher over a connected client, and a channel to publish in."""

    def __init__(self, fake: FakeDiscord) -> None:
        self.fake = fake
        self.guild = fake.add_guild()
        self.channel = fake.add_channel(self.guild, "news")
        self.bot_id = fake.bot.id
        self.publisher: DiscordPublisher

    async def send(self, body: Body = BODY, nonce: str = "n1") -> int | None:
        return await self.publisher.send(self.channel.id, body.to_json(), nonce)

    async def find(self, marker: str = BODY.marker) -> int | None:
        return await self.publisher.find(self.channel.id, marker, AN_HOUR_AGO)

    def spoil(self, **fault: object) -> None:
        self.fake.fail_next("POST", rf"/channels/{self.channel.id}/messages", **fault)  # type: ignore[arg-type]

    @property
    def texts(self) -> list[str]:
        return [text_of(message) for message in self.fake.messages(self.channel)]


@pytest.fixture
async def place() -> AsyncIterator[Channel]:
    async with FakeDiscord() as fake:
        made = Channel(fake)
        async with connected(fake) as client:
            made.publisher = DiscordPublisher(client)
            yield made


@pytest.mark.parametrize("form", list(Form))
async def test_a_part_is_sent_once_and_found_again_by_its_marker(place, form):
    body = replace(BODY, form=form)
    sent = await place.send(body)
    assert await place.send(body) == sent  # the same nonce
    assert len(place.texts) == 1
    assert await place.find() == sent
    assert await place.find("ffffffff") is None


async def test_a_part_whose_answer_is_lost_is_found(place):
    place.spoil(drop=True, after_store=True)
    with pytest.raises(TryLater):
        await place.send()
    assert len(place.texts) == 1
    assert await place.find() is not None


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 503}])
async def test_what_may_pass_is_tried_later(place, fault):
    place.spoil(**fault)
    with pytest.raises(TryLater):
        await place.send()
    assert place.texts == []
    assert await place.send() is not None


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (403, 50001, "may not see"),
        (403, 50013, "may not write"),
        (404, 10003, "deleted"),
        (404, 10004, "server is not there"),
    ],
)
async def test_a_lost_destination_says_what_happened(place, status, code, words):
    place.spoil(status=status, code=code)
    with pytest.raises(DestinationLost, match=words):
        await place.send()


async def test_a_channel_that_is_gone_is_lost_for_sending_and_for_looking(place):
    await place.fake.delete_channel(place.channel)
    await asyncio.sleep(0.1)
    for act in (place.send, place.find):
        with pytest.raises(DestinationLost):
            await act()


async def test_a_message_that_was_deleted_meanwhile_counts_as_delivered(place):
    await place.send()
    (message,) = place.fake.messages(place.channel)
    await place.fake.delete_message(message)
    assert (await place.send()).message_id is None
    assert place.texts == []


async def test_what_discord_refuses_is_not_tried_again(place):
    with pytest.raises(SendRefused, match="400"):
        await place.send(Body(("x" * 4001,)))


async def test_a_history_that_is_closed_is_not_taken_for_an_empty_one(place):
    closed = place.fake.add_channel(place.guild, "closed", overwrites={place.bot_id: (0, READ_HISTORY)})
    await place.fake.gateway.dispatch("CHANNEL_CREATE", closed.payload(), place.guild)
    await asyncio.sleep(0.1)
    with pytest.raises(LookupDenied):
        await place.publisher.find(closed.id, BODY.marker, AN_HOUR_AGO)


async def test_no_part_pings_anybody(place):
    await place.send(Body(("@everyone <@1> hello",)))
    (request,) = place.fake.sent("POST", rf".*/channels/{place.channel.id}/messages")
    assert request.body["allowed_mentions"]["parse"] == []


async def test_parts_leave_at_the_pace_that_discord_takes(place):
    started = asyncio.get_running_loop().time()
    await asyncio.gather(*(place.publisher._pace.turn(1) for _ in range(PER_SECOND + 1)))
    assert asyncio.get_running_loop().time() - started >= 1


async def test_a_cancelled_send_still_reaches_its_end(place):
    """FAULTS 35: cancelling discord.py in mid-request can lock its client for ever."""
    place.spoil(delay=0.3, after_store=True)
    sending = asyncio.create_task(place.send())
    await asyncio.sleep(0.15)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await place.fake.until(lambda: len(place.texts) == 1)
    assert await place.send(nonce="n2") is not None
