"""What the cogs share: the services, who is asking, and pressed buttons that report their failures."""

from abc import ABC, abstractmethod
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.assembly import Dateline
from bot.cogs.failures import tell
from bot.errors import DigestError
from bot.ui import limits
from bot.ui.bodies import NOBODY
from bot.ui.text import one_line
from storage.types import Audience

Interaction = discord.Interaction[Any]

HOME = "Dateline briefs"
"""Name of the cog through which buttons find the services."""
FORM_SECONDS = 900
FULL = 10
"""Lines of a list that is answered to a command."""


class Feature(commands.Cog):
    """A cog over the services; whatever goes wrong in its commands is told to the user."""

    def __init__(self, dateline: Dateline) -> None:
        self.dateline = dateline

    async def cog_app_command_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """The edge of every slash command and menu."""
        await tell(interaction, error)


class Form(discord.ui.Modal):
    """A modal whose failures are told to the user; one that nobody sends is forgotten after a while."""

    def __init__(self) -> None:
        super().__init__(timeout=FORM_SECONDS)

    def again(self) -> "Form | None":
        """The form once more, filled in as it was sent; None when nothing of it is worth that."""
        return None

    async def on_error(self, interaction: Interaction, error: Exception) -> None:  # type: ignore[override]
        """The edge of every form. Nothing that was typed is lost when it could not be taken."""
        await tell(interaction, error)
        await self.keep(interaction)

    async def keep(self, interaction: Interaction) -> None:
        """Offer to go on from what was typed, after the form was refused."""
        if self.again() is not None:
            await interaction.followup.send(view=Typed(self), ephemeral=True, allowed_mentions=NOBODY)


class Typed(discord.ui.LayoutView):
    """Keeps for a while, in memory only, what was typed into a form that was refused."""

    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()

    def __init__(self, form: Form) -> None:
        super().__init__(timeout=FORM_SECONDS)
        self._form = form

    @row.button(label="Edit what you typed")
    async def edit(self, interaction: Interaction, _: discord.ui.Button[Any]) -> None:
        """Open the form again as it was."""
        if form := self._form.again():
            await interaction.response.send_modal(form)


class Pressable(ABC):
    """Mixed into a `DynamicItem`: a button whose failures are told to the user."""

    async def callback(self, interaction: Interaction) -> None:
        """The edge of every button."""
        try:
            await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001  # told to the user, and logged when it is a bug
            await tell(interaction, error)

    @abstractmethod
    async def pressed(self, interaction: Interaction) -> None:
        """What the button does."""


def dateline_of(interaction: Interaction) -> Dateline:
    """The services, from wherever a button was pressed."""
    cog = interaction.client.get_cog(HOME)
    assert isinstance(cog, Feature)
    return cog.dateline


def audience_of(interaction: Interaction) -> Audience:
    """Whose articles are meant: the server's where Dateline is a member of it, else the user's own."""
    if interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None:
        return Audience(server_id=interaction.guild_id, user_id=interaction.user.id)
    return Audience(user_id=interaction.user.id)


def server_of(interaction: Interaction) -> int:
    """The server a command was used in; commands that need one are not offered elsewhere."""
    if interaction.guild_id is None:
        raise DigestError("This works in a server only.")
    return interaction.guild_id


def matching_choices(names: list[str], typed: str) -> list[app_commands.Choice[str]]:
    """Names that hold what was typed, as Discord takes them; those that came from feeds are shown, and do nothing."""
    found = [name for name in names if typed.casefold() in name.casefold() and one_line(name)]
    return [
        app_commands.Choice(name=one_line(name, limits.CHOICE_NAME), value=name[: limits.CHOICE_NAME])
        for name in found[: limits.CHOICES]
    ]
