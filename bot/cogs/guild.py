"""`/dateline`: what holds for a whole server, and servers that come and go."""

import re
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot import __version__
from bot.cogs.destinations import PostChannel, check_notices_channel
from bot.cogs.features import Feature, Interaction, Pressable, dateline_of, matching_choices, server_of
from bot.cogs.forms import TextForm, rules_field
from bot.cogs.questions import Question
from bot.errors import DigestError
from bot.services.administration import Administration
from bot.ui.bodies import Body
from bot.ui.custom_ids import SERVER_CHANNEL, SERVER_PANEL, server_channel, server_panel
from bot.ui.servers import pause_panel, pause_question, settings_panel, status_body
from storage import Server

_PAUSES = ["tomorrow", "3 days", "1 week", "2 weeks", "4 weeks"]


class Guild(Feature, name="Dateline guild"):
    """Settings, status and holiday; keeps nothing of a server that Dateline was removed from."""

    server = app_commands.Group(
        name="dateline",
        description="What holds for all of this server",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @server.command(description="Where notices go, the server's time zone, and rules for all digests")
    async def settings(self, interaction: Interaction) -> None:
        """A panel with what holds."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        server = await self.dateline.administration.get(server_of(interaction))
        await interaction.followup.send(**_settings(interaction, server).message())

    @server.command(description="How sources and digests are doing, what is open, and the machine under them")
    async def status(self, interaction: Interaction) -> None:
        """Health at one look."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        status = await self.dateline.statuses.of_server(server_of(interaction))
        await interaction.followup.send(**status_body(status, __version__).message())

    @server.command(description="Post nothing in this server until a date; says what it does before it does it")
    @app_commands.describe(until="When it ends, like 2026-12-24, 24 Dec 18:00, or 2 weeks")
    async def pause(self, interaction: Interaction, until: app_commands.Range[str, 1, 60]) -> None:
        """Ask whether the server is to be on holiday."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        administration, server_id = self.dateline.administration, server_of(interaction)
        end = await administration.end_of_pause(server_id, until)
        digests = await self.dateline.digesting.list_all(server_id)

        async def pause(answer: Interaction) -> Body:
            server = await administration.pause(server_id, end)
            return pause_panel(server, self.dateline.clock.now(), answer.user.id)

        await Question(pause_question(end, len(digests)), "Pause", pause, "/dateline pause").ask(interaction)

    @pause.autocomplete("until")
    async def _ends(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return matching_choices(_PAUSES, current)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Notices that went there go to the owner."""
        await self.dateline.administration.lose_channel(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget the server's digests, subscriptions and editions."""
        for digest in await self.dateline.digesting.list_all(guild.id):
            self.dateline.timetable.forget(digest.digest_id)
        await self.dateline.administration.forget(guild.id)


class ServerButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=SERVER_PANEL):
    """One action of the settings."""

    def __init__(self, action: str, user_id: int) -> None:
        super().__init__(discord.ui.Button(label=action, custom_id=server_panel(action, user_id)))
        self.action, self.user_id = action, user_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "ServerButton":
        """Rebuilt from the custom id alone."""
        return cls(match["action"], int(match["user"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says, for the admin who opened the settings."""
        _check_opener(interaction, self.user_id)
        administration, server_id = dateline_of(interaction).administration, server_of(interaction)
        match self.action:
            case "timezone":
                await interaction.response.send_modal(await _timezone_form(administration, server_id))
            case "rules":
                await interaction.response.send_modal(await _rules_form(administration, server_id))
            case "owner":
                server = await administration.choose_notices_channel(server_id, None)
                await _show(interaction, server, "Notices go to the owner from now on.")
            case "resume":
                server = await administration.end_pause(server_id)
                await _show(interaction, server, "The holiday is over; digests come as scheduled.")


class ServerChannel(Pressable, discord.ui.DynamicItem[discord.ui.ChannelSelect[Any]], template=SERVER_CHANNEL):
    """The channel for notices."""

    def __init__(self, user_id: int) -> None:
        super().__init__(discord.ui.ChannelSelect(custom_id=server_channel(user_id)))
        self.user_id = user_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "ServerChannel":
        """Rebuilt from the custom id alone."""
        return cls(int(match["user"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Keep it, when both Dateline and the admin may write there and no digest is posted in it."""
        _check_opener(interaction, self.user_id)
        (chosen,) = self.item.values
        check_notices_channel(interaction, cast("PostChannel", chosen.resolve() or await chosen.fetch()))
        administration = dateline_of(interaction).administration
        server = await administration.choose_notices_channel(server_of(interaction), chosen.id)
        await _show(interaction, server, f"Notices go into <#{chosen.id}> from now on.")


async def _timezone_form(administration: Administration, server_id: int) -> TextForm:
    async def save(interaction: Interaction, name: str) -> None:
        await _show(interaction, await administration.choose_timezone(server_id, name), "Saved.")

    present = (await administration.get(server_id)).timezone or ""
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        default=present, placeholder="Europe/Berlin", max_length=60, required=False
    )
    return TextForm("Time zone", "Offered for new digests; empty: none", field, save)


async def _rules_form(administration: Administration, server_id: int) -> TextForm:
    async def save(interaction: Interaction, rules: str) -> None:
        await interaction.response.defer()  # every digest is looked at
        await _show(interaction, await administration.choose_rules(server_id, rules), "Saved.")

    rules = (await administration.get(server_id)).rules
    return TextForm("Rules for all digests", "What is told here and what is not", rules_field(rules), save)


async def _show(interaction: Interaction, server: Server, said: str) -> None:
    message = _settings(interaction, server, said).message()
    if interaction.response.is_done():
        await interaction.edit_original_response(**message)
    else:
        await interaction.response.edit_message(**message)


def _settings(interaction: Interaction, server: Server, said: str = "") -> Body:
    return settings_panel(server, dateline_of(interaction).clock.now(), interaction.user.id, said)


def _check_opener(interaction: Interaction, user_id: int) -> None:
    if interaction.user.id != user_id:
        raise DigestError("This panel answers only to the one who opened it. Open your own with `/dateline settings`.")
