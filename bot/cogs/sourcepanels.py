"""The panel of a source and the list of all: buttons that outlive restarts, and the forms they open."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.cogs.features import Form, Interaction, Pressable, dateline_of, server_of
from bot.cogs.feedquestions import Purpose, ask_about
from bot.cogs.forms import TextForm, filled_in_as, rules_field
from bot.errors import DigestError
from bot.ingest.opml import LONGEST_CATEGORY
from bot.services.finding import FoundFeed
from bot.services.following import LONGEST_LABEL, Following, Weight
from bot.ui import custom_ids
from bot.ui.bodies import Body
from bot.ui.sources import move_question, removed_body, source_list, source_panel, source_removal, weight_of
from bot.ui.text import plain
from storage import Subscription

LONGEST_ADDRESS = 500

Moved = Callable[[Interaction, Subscription], Awaitable[Body]]
"""What is said when a subscription has another address."""


async def panel_of(following: Following, subscription: Subscription, user_id: int, notice: str = "") -> Body:
    """The panel of a source as it is now."""
    kept = await following.kept(subscription.server_id, subscription.source.source_id)
    return source_panel(kept, user_id, notice)


class SourceButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=custom_ids.SOURCE_PANEL):
    """One action of the panel of a source."""

    def __init__(self, action: str, source_id: int, user_id: int) -> None:
        custom_id = custom_ids.source_panel(action, source_id, user_id)
        super().__init__(discord.ui.Button(label=action, custom_id=custom_id))
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
                await interaction.response.send_modal(EditForm(subscription))
            case "filter":
                await interaction.response.send_modal(filter_form(subscription))
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
                return await self._test(following, subscription)
            case "pause" | "resume":
                subscription = await following.set_paused(server_id, self.source_id, self.action == "pause")
            case "remove":
                return source_removal(subscription, self.user_id)
            case "drop":
                return removed_body(await following.remove(server_id, self.source_id))
        return await panel_of(following, subscription, self.user_id)

    async def _test(self, following: Following, subscription: Subscription) -> Body:
        problem = await following.test(subscription.server_id, self.source_id)
        result = f"Tested: {plain(problem, 300)}" if problem else "Tested: it answers as it should."
        return await panel_of(following, subscription, self.user_id, result)


class SourceListButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=custom_ids.SOURCE_LIST):
    """Turns the pages of the list of sources."""

    def __init__(self, user_id: int, page: int) -> None:
        super().__init__(discord.ui.Button(label="Page", custom_id=custom_ids.source_list(user_id, page)))
        self.user_id, self.page = user_id, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "SourceListButton":
        """Rebuilt from the custom id alone."""
        return cls(int(match["user"]), int(match["page"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Show that page as it is now, to the admin who asked for the list."""
        if interaction.user.id != self.user_id:
            raise DigestError("This list answers only to the one who asked for it. Ask for your own: `/source list`.")
        await interaction.response.defer()
        subscriptions = await dateline_of(interaction).following.list_all(server_of(interaction))
        body = source_list(subscriptions, self.user_id, self.page)
        await interaction.edit_original_response(**body.message())


class EditForm(Form, title="Edit the source"):
    """How a source is called, where it is listed, and how much its stories count."""

    def __init__(self, subscription: Subscription) -> None:
        super().__init__()
        self._subscription = subscription
        chosen = weight_of(subscription)
        self._label: discord.ui.TextInput[Any] = discord.ui.TextInput(
            default=subscription.label, max_length=LONGEST_LABEL
        )
        self._category: discord.ui.TextInput[Any] = discord.ui.TextInput(
            default=subscription.category, max_length=LONGEST_CATEGORY, required=False, placeholder="News/Local"
        )
        self._weight: discord.ui.Select[Any] = discord.ui.Select(
            options=[
                discord.SelectOption(label=weight.label, value=weight.name, default=weight is chosen)
                for weight in Weight
            ]
        )
        self.add_item(discord.ui.Label(text="Label", component=self._label))
        self.add_item(discord.ui.Label(text="Category, in which it is listed", component=self._category))
        self.add_item(discord.ui.Label(text="Weight of its stories beside others", component=self._weight))

    def again(self) -> Form:
        """As it was sent."""
        return filled_in_as(self, EditForm(self._subscription))

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep it, when the label is free."""
        following = dateline_of(interaction).following
        (weight,) = self._weight.values
        subscription = await following.edit(
            self._subscription.server_id,
            self._subscription.source.source_id,
            label=self._label.value,
            category=self._category.value,
            weight=Weight[weight],
        )
        body = await panel_of(following, subscription, interaction.user.id, "Saved.")
        await interaction.response.edit_message(**body.message())


def filter_form(subscription: Subscription) -> TextForm:
    """Asks for the rules of a source; kept when they are understood."""

    async def save(interaction: Interaction, rules: str) -> None:
        following = dateline_of(interaction).following
        changed = await following.filter(subscription.server_id, subscription.source.source_id, rules)
        body = await panel_of(following, changed, interaction.user.id, "Saved.")
        await interaction.response.edit_message(**body.message())

    return TextForm("Filters", "Rules: what of it is told, what is not", rules_field(subscription.rules), save)


def address_form(subscription: Subscription, moved: Moved) -> TextForm:
    """Asks for another address of a source; looks at it as `/source add` does, and asks before it is kept."""

    async def look(interaction: Interaction, address: str) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)

        async def move(answer: Interaction, found: FoundFeed) -> Body:
            following, source_id = dateline_of(answer).following, subscription.source.source_id
            return await moved(answer, await following.move(subscription.server_id, source_id, found))

        question, server_id = move_question(subscription), subscription.server_id
        purpose = Purpose(server_id, question, "Use it", move, "/source manage", subscription)
        await ask_about(interaction, address, purpose)

    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        default=subscription.source.address[:LONGEST_ADDRESS], max_length=LONGEST_ADDRESS
    )
    return TextForm("Change address", "Address of a site or of its feed", field, look)


async def _moved(interaction: Interaction, subscription: Subscription) -> Body:
    following = dateline_of(interaction).following
    return await panel_of(following, subscription, interaction.user.id, "From now on it is read at this address.")
