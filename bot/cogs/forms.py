"""Forms of one question."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.cogs.features import Form, Interaction
from bot.services.rules import LONGEST_RULES

RULES_EXAMPLE = "One a line, like:\n- horoscope\n+ harbour"

Save = Callable[[Interaction, str], Awaitable[None]]


class TextForm(Form, title="Text"):
    """Asks for one text, filled in with what holds now, and hands on what was typed."""

    def __init__(self, title: str, label: str, field: discord.ui.TextInput[Any], save: Save) -> None:
        super().__init__()
        self.title = title
        self._field, self._save = field, save
        self.add_item(discord.ui.Label(text=label, component=field))

    async def on_submit(self, interaction: Interaction) -> None:
        """Whoever asked does something with it, and answers."""
        await self._save(interaction, self._field.value)


def rules_field(rules: str) -> discord.ui.TextInput[Any]:
    """A field for rules, one a line."""
    return discord.ui.TextInput(
        default=rules,
        style=discord.TextStyle.paragraph,
        placeholder=RULES_EXAMPLE,
        max_length=LONGEST_RULES,
        required=False,
    )
