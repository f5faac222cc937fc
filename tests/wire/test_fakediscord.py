"""The fake Discord, proved with the real discord.py on both sides of a loopback socket."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import discord
import pytest

from tests.wire import limits
from tests.wire.fakediscord import FakeDiscord
from tests.wire.gateway import Session
from tests.wire.tinybot import TinyBot, connected
from tests.wire.world import EPHEMERAL, MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL, Channel, Guild, User

BOT = """
import os, sys, discord
client = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)

@client.event
async def on_ready():
    await client.get_channel(int(os.environ["CHANNEL"])).send(" ".join(sys.argv[1:]))

client.run(os.environ["TOKEN"])
"""


class Scene:
    """A connected bot in a server with a channel, an admin and a reader."""

    def __init__(self, fake: FakeDiscord) -> None:
        self.fake = fake
        self.guild: Guild = fake.add_guild()
        self.news: Channel = fake.add_channel(self.guild, "news")
        self.admin: User = fake.add_member(self.guild, "ada", permissions=MANAGE_GUILD)
        self.reader: User = fake.add_member(self.guild, "ben")
        self.bot: TinyBot

    @property
    def channel(self) -> discord.TextChannel:
        """The channel as the bot sees it."""
        found = self.bot.get_channel(self.news.id)
        assert isinstance(found, discord.TextChannel)
        return found


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with FakeDiscord() as fake:
        stage = Scene(fake)
        async with connected(fake) as stage.bot:
            yield stage


async def test_a_deferred_command_is_answered_by_its_follow_ups(scene: Scene) -> None:
    fake = scene.fake
    paper = fake.attachment("paper.txt", b"The bridge opened.")
    options = {"file": paper, "size": 3, "to": scene.news, "who": scene.reader}
    answer = await fake.run_command(scene.guild, scene.news, scene.reader, "brief", options)
    message = await answer.final()
    await fake.until(lambda: bool(answer.followups))
    assert answer.deferred
    assert answer.latency is not None
    assert answer.latency < 3
    assert not answer.ephemeral
    assert message["embeds"][0]["fields"][0]["value"] == "The bridge opened. 3 news ben"
    assert [each["flags"] & EPHEMERAL for each in answer.followups] == [EPHEMERAL]
    assert fake.messages(scene.news) == [message]
    assert answer.text.splitlines()[-1] == "A private word."


async def test_a_subcommand_answers_only_the_one_who_asked(scene: Scene) -> None:
    asked = {"query": "budget", "days": 2}
    answer = await scene.fake.run_command(scene.guild, scene.news, scene.reader, "news search", asked)
    message = await answer.final()
    assert message["content"] == "budget in 2 days"
    assert answer.ephemeral
    assert scene.fake.messages(scene.news) == []


async def test_autocomplete_returns_the_suggestions(scene: Scene) -> None:
    choices = await scene.fake.autocomplete(scene.guild, scene.news, scene.reader, "news search", {"query": "b"})
    assert [choice["value"] for choice in choices] == ["budget", "bridge"]


async def test_buttons_and_selects_of_components_v2(scene: Scene) -> None:
    fake = scene.fake
    answer = await fake.run_command(scene.guild, scene.news, scene.admin, "panel")
    message = await answer.final()
    pressed = await fake.press(message["id"], "more", scene.reader)
    assert limits.text_of(await pressed.final()).startswith("**Bridge opens** 1")
    assert fake.messages(scene.news) == [message]
    chosen = await fake.press(message["id"], "place", scene.admin, [scene.news])
    await fake.until(lambda: bool(chosen.followups))
    assert chosen.followups[0]["content"] == "to news"


async def test_a_modal_is_filled_in_and_read(scene: Scene) -> None:
    fake = scene.fake
    asked = await (await fake.run_command(scene.guild, scene.news, scene.reader, "ask")).responded()
    paper = fake.attachment("a.txt", b"text")
    values = {"Question": "Why?", "topic": ["bridge"], "Depth": "long", "Urgent": True, "Paper": [paper]}
    answer = await fake.submit_modal(asked, values)
    assert (await answer.final())["content"] == "['Why?', 'bridge', 'long'] True ['text']"
    with pytest.raises(ValueError, match="Question"):
        await fake.submit_modal(asked, {"topic": ["bridge"], "Depth": "long"})
    with pytest.raises(LookupError, match="Nonsense"):
        await fake.submit_modal(asked, values | {"Nonsense": 1})


async def test_a_command_of_the_message_menu_gets_the_whole_message(scene: Scene) -> None:
    message = await scene.fake.post(scene.news, scene.admin, "The budget passed.")
    answer = await scene.fake.run_message_command(message, scene.reader, "Brief this")
    assert (await answer.final())["content"] == "ada: The budget passed."
    assert answer.ephemeral


async def test_commands_work_in_direct_messages(scene: Scene) -> None:
    fake = scene.fake
    answer = await fake.run_command(None, fake.dm(scene.reader), scene.reader, "news search", {"query": "budget"})
    assert (await answer.final())["content"] == "budget in 7 days"


async def test_what_discord_does_not_offer_cannot_be_run(scene: Scene) -> None:
    run = scene.fake.run_command
    with pytest.raises(PermissionError):
        await run(scene.guild, scene.news, scene.reader, "panel")
    with pytest.raises(LookupError):
        await run(scene.guild, scene.news, scene.reader, "unknown")
    with pytest.raises(LookupError):
        await run(scene.guild, scene.news, scene.reader, "news search", {"unknown": 1})
    with pytest.raises(ValueError, match="query"):
        await run(scene.guild, scene.news, scene.reader, "news search")
    with pytest.raises(TypeError):
        await run(scene.guild, scene.news, scene.reader, "news search", {"query": 1})


async def test_an_answer_after_the_deadline_is_refused(scene: Scene) -> None:
    scene.fake.rest.callback_seconds = 0.1
    answer = await scene.fake.run_command(scene.guild, scene.news, scene.reader, "slow", {"seconds": 0.3})
    await scene.fake.until(lambda: scene.bot.heard == ["code 10062"])
    assert answer.callback is None


async def test_the_content_of_messages_is_hidden_unless_the_bot_is_named(scene: Scene) -> None:
    await scene.fake.post(scene.news, scene.reader, "among ourselves")
    await scene.fake.post(scene.news, scene.reader, f"<@{scene.fake.bot.id}> hello")
    await scene.channel.send("my own")
    await scene.fake.until(lambda: len(scene.bot.heard) == 3)
    assert scene.bot.heard == ["", f"<@{scene.fake.bot.id}> hello", "my own"]


async def test_the_same_nonce_posts_one_message(scene: Scene) -> None:
    first = await scene.channel.send("one", nonce="edition-1-part-1")
    again = await scene.channel.send("one", nonce="edition-1-part-1")
    other = await scene.channel.send("two", nonce="edition-1-part-2")
    assert first.id == again.id != other.id
    assert [each["content"] for each in scene.fake.messages(scene.news)] == ["one", "two"]
    scene.fake.nonce_window = 0.0
    assert (await scene.channel.send("one", nonce="edition-1-part-1")).id != first.id


async def test_a_nonce_of_a_deleted_message_is_answered_with_unknown_message(scene: Scene) -> None:
    message = await scene.channel.send("one", nonce="edition-1")
    await message.delete()
    with pytest.raises(discord.NotFound) as refused:
        await scene.channel.send("one", nonce="edition-1")
    assert refused.value.code == 10008


async def test_history_pages_in_both_directions(scene: Scene) -> None:
    sent = [await scene.channel.send(str(number)) for number in range(5)]
    newest = [each.content async for each in scene.channel.history(limit=2)]
    before = [each.content async for each in scene.channel.history(limit=2, before=sent[2])]
    after = [each.content async for each in scene.channel.history(limit=2, after=sent[2])]
    assert (newest, before, after) == (["4", "3"], ["1", "0"], ["3", "4"])


async def test_messages_are_read_edited_and_deleted_by_id(scene: Scene) -> None:
    message = await scene.channel.send("draft", file=discord.File(__file__, "draft.py"))
    fetched = await scene.channel.fetch_message(message.id)
    await fetched.edit(content="final")
    assert scene.fake.messages(scene.news)[0]["content"] == "final"
    assert await fetched.attachments[0].read()
    await fetched.delete()
    with pytest.raises(discord.NotFound):
        await scene.channel.fetch_message(message.id)
    theirs = await scene.fake.post(scene.news, scene.reader, "mine")
    with pytest.raises(discord.Forbidden):
        await scene.channel.get_partial_message(int(theirs["id"])).edit(content="yours")


async def test_mentions_notify_only_whom_the_bot_allows(scene: Scene) -> None:
    text = f"@everyone <@{scene.reader.id}> <@&{scene.guild.id}>"
    await scene.channel.send(text)
    await scene.channel.send(text, allowed_mentions=discord.AllowedMentions.none())
    loud, quiet = scene.fake.messages(scene.news)
    assert (loud["mention_everyone"], len(loud["mentions"]), len(loud["mention_roles"])) == (True, 1, 1)
    assert (quiet["mention_everyone"], quiet["mentions"], quiet["mention_roles"]) == (False, [], [])


@pytest.mark.parametrize(
    ("bits", "code"), [(VIEW_CHANNEL, 50001), (SEND_MESSAGES, 50013)], ids=["not seen", "not writable"]
)
async def test_a_closed_channel_refuses_the_bot(scene: Scene, bits: int, code: int) -> None:
    scene.news.overwrites[scene.guild.id] = (0, bits)
    with pytest.raises(discord.Forbidden) as refused:
        await scene.channel.send("hello")
    assert refused.value.code == code


async def test_deleted_channels_and_servers_are_unknown(scene: Scene) -> None:
    channel, other = scene.channel, scene.fake.add_guild("Other")
    await scene.fake.invite(other)
    await scene.fake.until(lambda: scene.bot.get_guild(other.id) is not None)
    await scene.fake.delete_channel(scene.news)
    with pytest.raises(discord.NotFound) as refused:
        await channel.send("hello")
    assert refused.value.code == 10003
    await scene.fake.kick(other)
    with pytest.raises(discord.NotFound):
        await scene.bot.fetch_guild(other.id)


async def test_direct_messages_arrive_unless_they_are_closed(scene: Scene) -> None:
    user = await scene.bot.fetch_user(scene.reader.id)
    await user.send("your digest")
    assert [each["content"] for each in scene.fake.messages(scene.fake.dm(scene.reader))] == ["your digest"]
    scene.reader.accepts_dms = False
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("again")
    assert refused.value.code == 50007


async def test_a_message_over_a_limit_is_refused(scene: Scene) -> None:
    embeds = [discord.Embed(description="x" * 3001), discord.Embed(description="y" * 3001)]
    with pytest.raises(discord.HTTPException, match="6,000") as refused:
        await scene.channel.send(embeds=embeds)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    with pytest.raises(discord.HTTPException) as empty:
        await scene.channel.send(" ")
    assert empty.value.code == 50006


async def test_a_connection_cut_after_storing_leaves_one_message(scene: Scene) -> None:
    scene.fake.fail_next("POST", r"/messages$", drop=True, after_store=True)
    with pytest.raises(aiohttp.ClientError):
        await scene.channel.send("one", nonce="edition-1")
    assert len(scene.fake.messages(scene.news)) == 1
    await scene.channel.send("one", nonce="edition-1")
    assert len(scene.fake.messages(scene.news)) == 1
    assert [each.status for each in scene.fake.sent("POST", r"/channels/\d+/messages")] == [None, 200]


async def test_a_connection_cut_before_storing_leaves_none(scene: Scene) -> None:
    scene.fake.fail_next("POST", r"/messages$", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await scene.channel.send("one")
    assert scene.fake.messages(scene.news) == []


async def test_errors_and_limits_are_answered_as_discord_does(scene: Scene) -> None:
    scene.fake.fail_next("POST", r"/messages$", status=503)
    with pytest.raises(discord.DiscordServerError):
        await scene.channel.send("one")
    scene.fake.fail_next("POST", r"/messages$", status=403, code=160005)
    with pytest.raises(discord.Forbidden) as locked:
        await scene.channel.send("one")
    assert locked.value.code == 160005
    scene.fake.fail_next("POST", r"/messages$", status=429, retry_after=0.2)
    await scene.channel.send("one")
    first, second = scene.fake.sent("POST", r"/channels/\d+/messages")[-2:]
    assert (first.status, second.status) == (429, 200)
    assert second.at - first.at >= 0.2
    assert first.body["nonce"] == second.body["nonce"]


async def test_one_request_too_many_in_a_second_is_refused_and_comes_later(scene: Scene) -> None:
    scene.fake.rest.per_second = 2
    await asyncio.gather(*(scene.channel.send(str(number)) for number in range(3)))
    posts = scene.fake.sent("POST", r"/channels/\d+/messages")
    assert sorted(each.status or 0 for each in posts) == [200, 200, 200, 429]
    taken = [each.at for each in posts if each.status == 200]
    assert taken[2] - taken[0] >= 1


async def test_an_answer_lost_after_storing_is_retried_into_the_same_message(scene: Scene) -> None:
    scene.fake.fail_next("POST", r"/messages$", status=502, after_store=True)
    await scene.channel.send("one")
    assert len(scene.fake.messages(scene.news)) == 1


@pytest.mark.parametrize("how", ["cut", "close", "op 7", "op 9"])
async def test_a_broken_session_is_resumed_and_misses_nothing(scene: Scene, how: str) -> None:
    gateway = scene.fake.gateway
    if how == "cut":
        gateway.cut()
    elif how == "close":
        await gateway.close()
    elif how == "op 7":
        await gateway.ask_to_reconnect()
    else:
        await gateway.invalidate(resumable=True)
    answer = await scene.fake.run_command(scene.guild, scene.news, scene.reader, "news search", {"query": "budget"})
    assert (await answer.final())["content"] == "budget in 7 days"
    await asyncio.wait_for(scene.bot.resumed.wait(), 5)
    assert (gateway.identifies, gateway.resumes) == (1, 1)


async def test_what_happens_while_the_gateway_is_down_is_replayed(scene: Scene) -> None:
    gateway = scene.fake.gateway
    gateway.accepting = False
    gateway.cut()
    await scene.fake.until(lambda: not gateway.connected)
    answer = await scene.fake.run_command(scene.guild, scene.news, scene.reader, "news search", {"query": "budget"})
    gateway.accepting = True
    assert answer.callback is None
    assert (await answer.final(timeout=20))["content"] == "budget in 7 days"
    assert (gateway.identifies, gateway.resumes) == (1, 1)


async def test_heartbeats_are_acknowledged() -> None:
    async with FakeDiscord(heartbeat_seconds=0.2) as fake:
        fake.add_guild()
        async with connected(fake) as bot:
            await asyncio.sleep(0.5)
            assert fake.gateway.resumes == 0
            assert bot.latency < 1


async def test_a_wrong_token_is_refused() -> None:
    async with FakeDiscord() as fake:
        fake.add_guild()
        token, fake.token = fake.token, "another"
        headers, address = {"Authorization": f"Bot {token}"}, f"{fake.api_url}/users/@me"
        async with aiohttp.ClientSession(headers=headers) as session, session.get(address) as response:
            assert (response.status, (await response.json())["code"]) == (401, 0)


async def test_a_check_of_the_tests_own_refuses_bodies() -> None:
    async with FakeDiscord(
        check=lambda method, path, body: [f"{method} is closed"] if "messages" in path else []
    ) as fake:
        stage = Scene(fake)
        async with connected(fake) as stage.bot:
            with pytest.raises(discord.HTTPException, match="POST is closed"):
                await stage.channel.send("one")


async def test_servers_are_shared_out_over_shards() -> None:
    guilds = [FakeDiscord().add_guild(str(number)) for number in range(8)]
    shards = [Session(0, (index, 2)) for index in range(2)]
    served = [[shard.serves(guild) for shard in shards] for guild in guilds]
    assert all(sum(row) == 1 for row in served)
    assert [shard.serves(None) for shard in shards] == [True, False]


async def test_another_process_is_pointed_here_and_may_be_killed(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").touch()
    (tmp_path / "bot" / "__main__.py").write_text(BOT)
    async with FakeDiscord() as fake:
        news = fake.add_channel(fake.add_guild())
        paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
        environment = os.environ | {"PYTHONPATH": paths, "TOKEN": fake.token, "CHANNEL": str(news.id)}
        command = [sys.executable, "-m", "tests.wire.host", fake.api_url, fake.gateway_url, "run"]
        for start in (1, 2):
            process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, env=environment)
            await fake.until(lambda: len(fake.messages(news)) == start, 20, "the message of the bot")  # noqa: B023
            process.kill()
            await process.wait()
            await fake.until(lambda: not fake.gateway.connected)
        assert [each["content"] for each in fake.messages(news)] == ["run"] * 2
        assert fake.gateway.identifies == 2


async def test_a_request_without_a_route_is_told_so(scene: Scene) -> None:
    with pytest.raises(discord.DiscordServerError, match="no route for GET"):
        await scene.channel.webhooks()
    assert scene.fake.requests[-1].status == 501
