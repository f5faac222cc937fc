"""What becomes of a part on its way to Discord, said in our own terms (FAULTS 33, 34, 36, 37)."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.publisher import DiscordPublisher
from bot.services.ports import ActionDenied, DestinationLost, LookupDenied, SendRefused, TryLater
from bot.ui.bodies import Body, Button, Form
from tests.wire.fakediscord import FakeDiscord
from tests.wire.limits import text_of
from tests.wire.tinybot import connected
from tests.wire.world import (
    ANNOUNCEMENT,
    CROSSPOSTED,
    FORUM,
    MANAGE_THREADS,
    MEMBER,
    PIN_MESSAGES,
    READ_HISTORY,
    TEXT,
)

BODY = Body(("## Morning", "- The harbour opened."), "2 stories", (Button("Sources", "dl:x:1"),), marker="0a1b2c3d")
SUPPRESS_NOTIFICATIONS = 1 << 12
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

    async def add(self, name: str, kind: int = TEXT) -> Any:
        """One more channel, of which the client knows."""
        channel = self.fake.add_channel(self.guild, name, kind=kind)
        await self.fake.gateway.dispatch("CHANNEL_CREATE", channel.payload(), self.guild)
        await asyncio.sleep(0.1)
        return channel

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
            client.http.max_ratelimit_timeout = 60.0  # as our own host sets it
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


# forums, threads, announcement channels, pins


async def test_in_a_forum_an_edition_opens_a_post_and_goes_on_in_it(place):
    forum = await place.add("forum", FORUM)
    sent = await place.publisher.send(forum.id, replace(BODY, title="Morning, 20 November").to_json(), "n1")
    thread = place.fake.channels[sent.channel_id]
    assert (thread.name, thread.parent, sent.message_id) == ("Morning, 20 November", forum, thread.id)
    assert not await place.publisher.remembers(forum.id)
    assert await place.publisher.remembers(thread.id)
    again = await place.publisher.send(thread.id, Body(("part two",)).to_json(), "n2")
    assert again.channel_id == thread.id
    assert len(place.fake.messages(thread)) == 2


@pytest.mark.parametrize("archived", [True, False])
async def test_a_post_whose_answer_was_lost_is_found_by_its_marker(place, archived):
    """FAULTS 33: opening a post has no nonce."""
    forum = await place.add("forum", FORUM)
    place.fake.fail_next("POST", rf"/channels/{forum.id}/threads", drop=True, after_store=True)
    with pytest.raises(TryLater):
        await place.publisher.send(forum.id, replace(BODY, title="Morning").to_json(), "n1")
    (thread,) = [each for each in place.fake.channels.values() if each.parent is forum]
    thread.archived = archived
    found = await place.publisher.find(forum.id, BODY.marker, AN_HOUR_AGO)
    assert (found.message_id, found.channel_id) == (thread.id, thread.id)
    assert await place.publisher.find(forum.id, "ffffffff", AN_HOUR_AGO) is None


async def test_an_archived_thread_is_taken_up_again_and_a_locked_one_is_lost(place):
    """FAULTS 36: 50083 and 160005."""
    thread = place.fake.add_thread(place.channel, "talk", place.fake.bot)
    thread.archived = True
    await place.publisher.send(thread.id, BODY.to_json(), "n1")
    assert (thread.archived, len(place.fake.messages(thread))) == (False, 1)
    thread.archived = thread.locked = True
    with pytest.raises(DestinationLost, match="locked"):
        await place.publisher.send(thread.id, BODY.to_json(), "n2")


async def test_a_message_in_an_archived_thread_is_edited_all_the_same(place):
    """FAULTS 36: 50083 is also the answer to an edit; a point that the editors removed must not stay there."""
    thread = place.fake.add_thread(place.channel, "talk", place.fake.bot)
    sent = await place.publisher.send(thread.id, BODY.to_json(), "n1")
    thread.archived = True
    await place.publisher.edit(sent, Body(("corrected",)).to_json())
    assert [text_of(message) for message in place.fake.messages(thread)] == ["corrected"]
    thread.archived = thread.locked = True
    with pytest.raises(DestinationLost, match="locked"):
        await place.publisher.edit(sent, Body(("too late",)).to_json())


async def test_an_edition_is_published_once_where_there_are_followers(place):
    news = await place.add("news", ANNOUNCEMENT)
    sent = await place.publisher.send(news.id, BODY.to_json(), "n1")
    for _ in range(2):
        await place.publisher.announce(sent)
    (message,) = place.fake.messages(news)
    assert message["flags"] & CROSSPOSTED
    with pytest.raises(ActionDenied):
        await place.publisher.announce(await place.send(nonce="n2"))


async def test_the_newest_is_pinned_in_place_of_the_one_before(place):
    place.fake.add_member(place.guild, place.fake.bot, permissions=MEMBER | PIN_MESSAGES)
    first, second = await place.send(), await place.send(nonce="n2")
    await place.publisher.pin(first, None)
    await place.publisher.pin(second, first)
    assert [message["pinned"] for message in place.fake.messages(place.channel)] == [False, True]
    await place.fake.delete_message(place.fake.messages(place.channel)[0])
    await place.publisher.pin(second, first)  # the one before is gone
    place.fake.add_member(place.guild, place.fake.bot, permissions=MEMBER)
    with pytest.raises(ActionDenied, match="Pin Messages"):
        await place.publisher.pin(second, None)


async def test_in_a_forum_it_is_the_post_that_is_pinned(place):
    place.fake.add_member(place.guild, place.fake.bot, permissions=MEMBER | MANAGE_THREADS)
    forum = await place.add("forum", FORUM)
    first = await place.publisher.send(forum.id, replace(BODY, title="one").to_json(), "n1")
    second = await place.publisher.send(forum.id, replace(BODY, title="two").to_json(), "n2")
    await place.publisher.pin(first, None)
    await place.publisher.pin(second, first)
    assert [place.fake.channels[each.channel_id].pinned for each in (first, second)] == [False, True]


# what a part carries


async def test_a_message_is_edited_unless_it_is_gone(place):
    sent = await place.send()
    await place.publisher.edit(sent, Body(("corrected",)).to_json())
    assert place.texts == ["corrected"]
    await place.fake.delete_message(place.fake.messages(place.channel)[0])
    await place.publisher.edit(sent, Body(("too late",)).to_json())
    assert place.texts == []


async def test_an_answer_to_a_message_that_is_gone_is_sent_without(place):
    first = await place.send()
    await place.send(replace(BODY, reply_to=first.message_id), "n2")
    assert int(place.fake.messages(place.channel)[1]["message_reference"]["message_id"]) == first.message_id
    await place.fake.delete_message(place.fake.messages(place.channel)[0])
    await place.send(replace(BODY, reply_to=first.message_id), "n3")
    assert "message_reference" not in place.fake.messages(place.channel)[-1]


async def test_a_part_may_be_silent_and_ping_its_one_role(place):
    role = place.fake.add_role(place.guild, "readers")
    text = f"@everyone <@&{place.guild.id}>"
    await place.send(replace(BODY, blocks=(text,), form=Form.EMBEDS, mention_role_id=role.id, silent=True))
    (message,) = place.fake.messages(place.channel)
    assert (message["mention_roles"], message["mention_everyone"]) == ([str(role.id)], False)
    assert message["flags"] & SUPPRESS_NOTIFICATIONS


async def test_the_owner_of_a_server_is_reached_by_direct_message(place):
    await place.publisher.send_to_owner(place.guild.id, BODY.to_json(), "n1")
    assert len(place.fake.messages(place.fake.dm(place.guild.owner))) == 1
    place.guild.owner.accepts_dms = False
    with pytest.raises(DestinationLost):
        await place.publisher.send_to_owner(place.guild.id, BODY.to_json(), "n2")


async def test_a_channel_tells_whether_anything_was_posted_since(place):
    assert not await place.publisher.has_new(place.channel.id, AN_HOUR_AGO)
    await place.send()
    await place.fake.delete_message(place.fake.messages(place.channel)[0])
    assert await place.publisher.has_new(place.channel.id, AN_HOUR_AGO)
    assert not await place.publisher.has_new(place.channel.id, datetime.now(UTC) + timedelta(minutes=1))


# limits


async def test_a_long_limit_of_one_channel_holds_no_other(place):
    """FAULTS 34: 429 for 600 seconds."""
    other = await place.add("other")
    place.spoil(status=429, retry_after=600)
    with pytest.raises(TryLater) as limited:
        await place.send()
    assert limited.value.delay == timedelta(seconds=600)
    assert limited.value.unsent
    assert await place.publisher.send(other.id, BODY.to_json(), "n2")


async def test_a_channel_that_waits_for_its_limit_holds_no_other(place):
    other = await place.add("other")
    place.spoil(status=429, retry_after=2)
    waiting = asyncio.create_task(place.send())
    await place.fake.until(lambda: bool(place.fake.sent("POST", rf"/channels/{place.channel.id}/messages")))
    await place.publisher.send(other.id, BODY.to_json(), "n2")
    assert not waiting.done()
    assert await waiting


async def test_a_global_limit_is_waited_for_and_nothing_is_lost(place):
    """FAULTS 34."""
    other = await place.add("other")
    place.spoil(status=429, retry_after=0.5, everywhere=True)
    await asyncio.gather(place.send(), place.publisher.send(other.id, BODY.to_json(), "n2"))
    assert len(place.texts) == len(place.fake.messages(other)) == 1


async def test_cloudflare_stops_everything_for_minutes(place):
    """FAULTS 34: a 429 without Via comes before a ban."""
    other = await place.add("other")
    place.spoil(status=429)
    with pytest.raises(TryLater):
        await place.send()
    asked = len(place.fake.requests)
    with pytest.raises(TryLater) as closed:
        await place.publisher.send(other.id, BODY.to_json(), "n2")
    assert closed.value.unsent
    assert len(place.fake.requests) == asked


async def test_a_revoked_token_ends_all_requests(place):
    """FAULTS 36: 401."""
    place.spoil(status=401)
    with pytest.raises(TryLater):
        await place.send()
    assert place.publisher.revoked.is_set()
    asked = len(place.fake.requests)
    with pytest.raises(TryLater):
        await place.send(nonce="n2")
    assert len(place.fake.requests) == asked


async def test_without_the_gateway_parts_are_posted_all_the_same(place):
    """FAULTS 34: the gateway is down; what is posted goes another way."""
    place.fake.gateway.accepting = False
    place.fake.gateway.cut()
    await place.fake.until(lambda: not place.fake.gateway.connected)
    assert await place.send()
    place.fake.gateway.accepting = True


async def test_a_server_that_was_left_is_a_lost_destination(place):
    """FAULTS 36."""
    await place.fake.kick(place.guild)
    await asyncio.sleep(0.1)
    with pytest.raises(DestinationLost):
        await place.send()
