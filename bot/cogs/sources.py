"""`/source`: what a server follows."""

import re
from typing import Any

import discord
from discord import app_commands

from bot.cogs.failures import tell
from bot.cogs.features import Feature, Interaction, Pressable, dateline_of, matching_choices, server_of
from bot.errors import DigestError
from bot.services.following import Following, FoundFeed
from bot.ui.bodies import ACCENT, NOBODY, Body, note
from bot.ui.custom_ids import SOURCE_PANEL, source_panel
from bot.ui.panels import followed_body, found_feed_text, source_list, source_removal
from bot.ui.panels import source_panel as panel_of
from bot.ui.text import plain
from storage import Subscription

ANSWER_SECONDS = 600


class Sources(Feature, name="Dateline sources"):
    """Sources of a server; by default for those who may manage it."""

    source = app_commands.Group(
        name="source",
        description="Sites and feeds this server follows",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @source.command(description="Follow a site or feed; shows what it found before it keeps anything")
    @app_commands.describe(address="Address of a site or of its feed", label="Its name in this server")
    async def add(
        self, interaction: Interaction, address: str, label: app_commands.Range[str, 1, 80] | None = None
    ) -> None:
        """Look at an address and ask whether to keep it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        found = await self.dateline.following.look(address)
        view = KeepQuestion(self.dateline.following, found, label)
        view.message = await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=NOBODY, wait=True)

    @source.command(name="list", description="All sources of this server and how they are doing")
    async def list_all(self, interaction: Interaction) -> None:
        """All sources with their health."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        subscriptions = await self.dateline.following.list_all(server_of(interaction))
        await interaction.followup.send(**source_list(subscriptions).message())

    @source.command(description="Test, pause, resume or remove a source")
    @app_commands.describe(label="Which source")
    async def manage(self, interaction: Interaction, label: str) -> None:
        """A panel for one source."""
        subscription = await self.dateline.following.find(server_of(interaction), label)
        body = panel_of(subscription, interaction.user.id)
        await interaction.response.send_message(**body.message(), ephemeral=True)

    @manage.autocomplete("label")
    async def _labels(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        subscriptions = await self.dateline.following.list_all(server_of(interaction))
        return matching_choices([subscription.label for subscription in subscriptions], current)


class KeepQuestion(discord.ui.LayoutView):
    """Shows a found feed and asks whether to follow it."""

    message: discord.WebhookMessage | None = None

    def __init__(self, following: Following, found: FoundFeed, label: str | None) -> None:
        super().__init__(timeout=ANSWER_SECONDS)
        self._following, self._found, self._label = following, found, label
        keep: discord.ui.Button[Any] = discord.ui.Button(label="Follow", style=discord.ButtonStyle.primary)
        cancel: discord.ui.Button[Any] = discord.ui.Button(label="Cancel")
        keep.callback, cancel.callback = self._keep, self._cancel  # type: ignore[method-assign]
        text: discord.ui.TextDisplay[Any] = discord.ui.TextDisplay(found_feed_text(found, label))
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(keep, cancel)
        self.add_item(discord.ui.Container(text, row, accent_colour=ACCENT))

    async def _keep(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        # Refused, the question stays, and with it the other answer.
        subscription = await self._following.follow(server_of(interaction), self._found, self._label)
        self.stop()
        await _show(interaction, followed_body(subscription))

    async def _cancel(self, interaction: Interaction) -> None:
        self.stop()
        await interaction.response.edit_message(**note("Nothing was kept.").message())

    async def on_error(self, interaction: Interaction, error: Exception, item: discord.ui.Item[Any]) -> None:
        """The edge of both buttons."""
        await tell(interaction, error)

    async def on_timeout(self) -> None:
        """Say that the question is over, instead of leaving buttons that do nothing."""
        if self.message is not None:
            await self.message.edit(**note("No answer came, so nothing was kept. `/source add` asks again.").message())


class SourceButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=SOURCE_PANEL):
    """One action of the panel of a source."""

    def __init__(self, action: str, source_id: int, user_id: int) -> None:
        super().__init__(discord.ui.Button(label=action, custom_id=source_panel(action, source_id, user_id)))
        self.action, self.source_id, self.user_id = action, source_id, user_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "SourceButton":
        """Rebuilt from the custom id alone."""
        return cls(match["action"], int(match["source"]), int(match["user"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says, for the admin who opened the panel."""
        if interaction.user.id != self.user_id:
            raise DigestError("This panel answers only to the one who opened it. Open your own with `/source manage`.")
        await interaction.response.defer()
        following = dateline_of(interaction).following
        await _show(interaction, await self._act(following, server_of(interaction)))

    async def _act(self, following: Following, server_id: int) -> Body:
        subscription = await following.get(server_id, self.source_id)
        match self.action:
            case "test":
                return await self._test(following, server_id)
            case "pause" | "resume":
                subscription = await following.set_paused(server_id, self.source_id, self.action == "pause")
            case "remove":
                return source_removal(subscription, self.user_id)
            case "drop":
                return _removed(await following.remove(server_id, self.source_id))
        return panel_of(subscription, self.user_id)

    async def _test(self, following: Following, server_id: int) -> Body:
        problem = await following.test(server_id, self.source_id)
        result = f"Tested: {plain(problem, 300)}" if problem else "Tested: it answers as it should."
        return panel_of(await following.get(server_id, self.source_id), self.user_id, result)


def _removed(subscription: Subscription) -> Body:
    label, address = plain(subscription.label, 80), subscription.source.address
    return note(f"**{label}** is not followed any more. To follow it again: `/source add address:{address}`")


async def _show(interaction: Interaction, body: Body) -> None:
    await interaction.edit_original_response(**body.message())
