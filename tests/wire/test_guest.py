"""Loaded into a bot of somebody else's, Dateline brings what it needs and leaves nothing behind."""

import discord
from discord.ext import commands

from tests.wire.fakediscord import FakeDiscord
from tests.wire.tinybot import connected


class Host(commands.Bot):
    """Somebody else's bot, with a command and a cog of its own."""

    def __init__(self) -> None:
        super().__init__("!", intents=discord.Intents(guilds=True))

    async def setup_hook(self) -> None:
        await self.load_extension("bot.cogs")
        await self.tree.sync()


async def test_another_bot_can_load_and_unload_it(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    async with FakeDiscord() as fake:
        guild = fake.add_guild()
        news, reader = fake.add_channel(guild, "news"), fake.add_member(guild, "ben")
        async with connected(fake, Host) as bot:
            answer = await fake.run_command(guild, news, reader, "news latest", {})
            await answer.final()
            assert "Nothing is stored yet" in answer.text
            pasted = await fake.run_command(guild, news, reader, "brief", {"link": "http://10.0.0.1/"})
            await pasted.final()
            assert "not a public address" in pasted.text
            (request,) = fake.sent("POST", r".*/webhooks/.*")[:1]
            assert request.body["allowed_mentions"]["parse"] == []  # though the host itself allows them
            await bot.unload_extension("bot.cogs")
            assert bot.cogs == {}
            assert bot.tree.get_commands(type=None) == []
            await bot.load_extension("bot.cogs")
            assert "brief" in {command.name for command in bot.tree.get_commands()}
    assert (tmp_path / "dateline.sqlite3").exists()
