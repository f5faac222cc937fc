"""The question about a found feed: what stands there, the site's other feeds, and whether to keep it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord

from bot.cogs.features import Interaction, dateline_of
from bot.cogs.questions import OpenQuestion
from bot.errors import DigestError
from bot.services.finding import FoundFeed
from bot.ui import limits
from bot.ui.bodies import ACCENT, Body, note
from bot.ui.sources import followed_already, found_feed_text
from bot.ui.text import one_line, plain, sentence_with_quotes
from storage import Subscription


@dataclass(frozen=True)
class Purpose:
    """What a found feed is wanted for: the server, the question (safe text), the button, and what that does."""

    server_id: int
    question: str
    button: str
    keep: Callable[[Interaction, FoundFeed], Awaitable[Body]]
    again: str  # the command that asks again
    instead_of: Subscription | None = None


async def ask_about(interaction: Interaction, address: str, purpose: Purpose) -> None:
    """Look at an address and ask about the feed there, as the private answer to a deferred command."""

    async def progress(sentence: str) -> None:
        await interaction.edit_original_response(**note(plain(sentence, 200)).message())

    try:
        found = await dateline_of(interaction).following.look(address, progress, purpose.instead_of)
    except DigestError as refusal:  # takes the place of what was told of the progress
        refused = note(sentence_with_quotes(str(refusal)))
        await interaction.edit_original_response(**refused.message())
        return
    await FeedQuestion(found, purpose).show(interaction)


class FeedQuestion(OpenQuestion):
    """What was found, a menu of the other feeds where there are some, and two buttons."""

    def __init__(self, found: FoundFeed, purpose: Purpose) -> None:
        super().__init__(lambda answer: purpose.keep(answer, self._found), purpose.again)
        self._found, self._purpose = found, purpose

    async def show(self, interaction: Interaction) -> None:
        """Put it in the place of what the interaction answered so far."""
        followed = await dateline_of(interaction).following.find_followed(self._purpose.server_id, self._found)
        replaced = self._purpose.instead_of
        is_itself = followed and replaced and followed.source.source_id == replaced.source.source_id
        self._fill(None if is_itself else followed)
        self.message = await interaction.edit_original_response(view=self)

    def _fill(self, followed: Subscription | None) -> None:
        self.clear_items()
        question = followed_already(followed) if followed else self._purpose.question
        text: discord.ui.TextDisplay[Any] = discord.ui.TextDisplay(found_feed_text(self._found, question))
        container: discord.ui.Container[Any] = discord.ui.Container(text, accent_colour=ACCENT)
        if self._found.choices:
            container.add_item(discord.ui.ActionRow(self._menu()))
        container.add_item(
            discord.ui.ActionRow(self.cancels("Close")) if followed else self.answers(self._purpose.button)
        )
        self.add_item(container)

    def _menu(self) -> discord.ui.Select[Any]:
        options = [
            discord.SelectOption(
                label=one_line(link.title or link.address, limits.OPTION_TEXT) or link.address[: limits.OPTION_TEXT],
                description=one_line(link.address, limits.OPTION_TEXT) if link.title else None,
                value=str(number),
                default=link.address in (self._found.address, *self._found.spellings),
            )
            for number, link in enumerate(self._found.choices)
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(placeholder="Feeds of this site", options=options)
        menu.callback = lambda interaction: self._chosen(interaction, int(menu.values[0]))  # type: ignore[method-assign]
        return menu

    async def _chosen(self, interaction: Interaction, number: int) -> None:
        await interaction.response.defer(ephemeral=True)
        following, link = dateline_of(interaction).following, self._found.choices[number]
        try:
            self._found = await following.look_at(link, self._found)
        finally:  # refused, the present feed stays, and the menu shows it again
            await self.show(interaction)
