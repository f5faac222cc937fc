"""`/source`: what a server follows."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from bot.cogs.features import Feature, Form, Interaction, Pressable, dateline_of, matching_choices, server_of
from bot.cogs.forms import TextForm, rules_field
from bot.cogs.questions import Question
from bot.errors import DigestError
from bot.services.following import Following, Weight
from bot.ui.bodies import Body, note
from bot.ui.custom_ids import SOURCE_PANEL, source_panel
from bot.ui.sources import (
    follow_question,
    followed_body,
    found_feed_text,
    move_question,
    source_list,
    source_removal,
    weight_of,
)
from bot.ui.sources import source_panel as panel_of
from bot.ui.text import plain
from storage import Subscription

LONGEST_ADDRESS = 500

Moved = Callable[[Interaction, Subscription], Awaitable[Body]]
"""What is said when a subscription has another address."""


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
        following = self.dateline.following
        found = await following.look(address)

        async def follow(answer: Interaction) -> Body:
            return followed_body(await following.follow(server_of(answer), found, label))

        question = Question(found_feed_text(found, follow_question(label)), "Follow", follow, "/source add")
        await question.ask(interaction)

    @source.command(name="list", description="All sources of this server and how they are doing")
    async def list_all(self, interaction: Interaction) -> None:
        """All sources with their health."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        subscriptions = await self.dateline.following.list_all(server_of(interaction))
        await interaction.followup.send(**source_list(subscriptions).message())

    @source.command(description="Test, pause, weigh, filter, move or remove a source")
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
        following = dateline_of(interaction).following
        subscription = await following.get(server_of(interaction), self.source_id)
        match self.action:
            case "edit":
                await interaction.response.send_modal(SourceForm(subscription))
            case "move":
                await interaction.response.send_modal(address_form(subscription, _moved))
            case _:
                await interaction.response.defer()
                body = await self._act(following, subscription)
                await interaction.edit_original_response(**body.message())

    async def _act(self, following: Following, subscription: Subscription) -> Body:
        server_id = subscription.server_id
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


class SourceForm(Form, title="Weight and rules"):
    """How much of a source is told, and what."""

    def __init__(self, subscription: Subscription) -> None:
        super().__init__()
        self._subscription = subscription
        chosen = weight_of(subscription)
        self._weight: discord.ui.Select[Any] = discord.ui.Select(
            options=[
                discord.SelectOption(label=weight.label, value=weight.name, default=weight is chosen)
                for weight in Weight
            ]
        )
        self._rules = rules_field(subscription.rules)
        self.add_item(discord.ui.Label(text="Weight of its stories beside others", component=self._weight))
        self.add_item(discord.ui.Label(text="Rules: what of it is told and what is not", component=self._rules))

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep it, when the rules are understood."""
        following, source_id = dateline_of(interaction).following, self._subscription.source.source_id
        (weight,) = self._weight.values
        subscription = await following.configure(
            self._subscription.server_id, source_id, Weight[weight], self._rules.value
        )
        await interaction.response.edit_message(**panel_of(subscription, interaction.user.id, "Saved.").message())


def address_form(subscription: Subscription, moved: Moved) -> TextForm:
    """Asks for another address of a source; looks at it as `/source add` does, and asks before it is kept."""

    async def look(interaction: Interaction, address: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        following = dateline_of(interaction).following
        found = await following.look(address)

        async def move(answer: Interaction) -> Body:
            source_id = subscription.source.source_id
            return await moved(answer, await following.move(subscription.server_id, source_id, found))

        question = Question(found_feed_text(found, move_question(subscription)), "Use it", move, "/source manage")
        await question.ask(interaction)

    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        default=subscription.source.address[:LONGEST_ADDRESS], max_length=LONGEST_ADDRESS
    )
    return TextForm("Change address", "Address of a site or of its feed", field, look)


async def _moved(interaction: Interaction, subscription: Subscription) -> Body:
    return panel_of(subscription, interaction.user.id, "From now on it is read at this address.")


def _removed(subscription: Subscription) -> Body:
    label, address = plain(subscription.label, 80), subscription.source.address
    return note(f"**{label}** is not followed any more. To follow it again: `/source add address:{address}`")
