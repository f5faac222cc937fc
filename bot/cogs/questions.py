"""A question before something is kept: it shows what was understood, and ends with an answer or by itself."""

from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord

from bot.cogs.failures import tell
from bot.cogs.features import Interaction
from bot.ui.bodies import ACCENT, NOBODY, Body, note

ANSWER_SECONDS = 600


class OpenQuestion(discord.ui.LayoutView):
    """Two buttons: one keeps what is shown, the other does not. `again` is the command that asks once more."""

    message: discord.Message | None = None
    """Where it stands; without an answer in time it is said there that it is over."""

    def __init__(self, keep: Callable[[Interaction], Awaitable[Body]], again: str) -> None:
        super().__init__(timeout=ANSWER_SECONDS)
        self._act, self._again = keep, again

    def answers(self, label: str) -> discord.ui.ActionRow[Any]:
        """Both buttons."""
        keeps: discord.ui.Button[Any] = discord.ui.Button(label=label, style=discord.ButtonStyle.primary)
        keeps.callback = self._keep  # type: ignore[method-assign]
        return discord.ui.ActionRow(keeps, self.cancels())

    def cancels(self, label: str = "Cancel") -> discord.ui.Button[Any]:
        """The button that keeps nothing."""
        button: discord.ui.Button[Any] = discord.ui.Button(label=label)
        button.callback = self._cancel  # type: ignore[method-assign]
        return button

    async def _keep(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        # Refused, the question stays, and with it the other answer.
        body = await self._act(interaction)
        self.stop()
        await interaction.edit_original_response(**body.message())

    async def _cancel(self, interaction: Interaction) -> None:
        self.stop()
        await interaction.response.edit_message(**note("Nothing was kept.").message())

    async def on_error(self, interaction: Interaction, error: Exception, item: discord.ui.Item[Any]) -> None:
        """The edge of its buttons."""
        await tell(interaction, error)

    async def on_timeout(self) -> None:
        """Say that the question is over, instead of leaving buttons that do nothing."""
        if self.message is not None:
            over = note(f"No answer came, so nothing was kept. `{self._again}` asks again.")
            await self.message.edit(**over.message())


class Question(OpenQuestion):
    """A text with both answers."""

    def __init__(self, text: str, label: str, keep: Callable[[Interaction], Awaitable[Body]], again: str) -> None:
        super().__init__(keep, again)
        shown: discord.ui.TextDisplay[Any] = discord.ui.TextDisplay(text)
        self.add_item(discord.ui.Container(shown, self.answers(label), accent_colour=ACCENT))

    async def ask(self, interaction: Interaction) -> Self:
        """Send it as the private answer to a deferred command."""
        self.message = await interaction.followup.send(view=self, ephemeral=True, allowed_mentions=NOBODY, wait=True)
        return self
