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
        self._label, self._field, self._save = label, field, save
        self.add_item(discord.ui.Label(text=label, component=field))

    def again(self) -> "TextForm":
        """With what was typed."""
        asked = self._field
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            default=asked.value,
            style=asked.style,
            placeholder=asked.placeholder,
            max_length=asked.max_length,
            required=asked.required,
        )
        return TextForm(self.title, self._label, field, self._save)

    async def on_submit(self, interaction: Interaction) -> None:
        """Whoever asked does something with it, and answers."""
        await self._save(interaction, self._field.value)


def filled_in_as(sent: Form, form: Form) -> Form:
    """A form with what was typed and chosen in one like it."""
    for asked, answered in zip(_fields(form), _fields(sent), strict=True):
        match asked, answered:
            case discord.ui.TextInput(), discord.ui.TextInput():
                asked.default = answered.value
            case discord.ui.Select(), discord.ui.Select():
                for option in asked.options:
                    option.default = option.value in answered.values
            case discord.ui.ChannelSelect(), discord.ui.ChannelSelect():
                asked.default_values = [
                    _default(each, discord.SelectDefaultValueType.channel) for each in answered.values
                ]
            case discord.ui.RoleSelect(), discord.ui.RoleSelect():
                asked.default_values = [_default(each, discord.SelectDefaultValueType.role) for each in answered.values]
    return form


def _fields(form: Form) -> list[discord.ui.Item[Any]]:
    return [label.component for label in form.children if isinstance(label, discord.ui.Label)]


def _default(chosen: Any, kind: discord.SelectDefaultValueType) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=chosen.id, type=kind)


def rules_field(rules: str) -> discord.ui.TextInput[Any]:
    """A field for rules, one a line."""
    return discord.ui.TextInput(
        default=rules,
        style=discord.TextStyle.paragraph,
        placeholder=RULES_EXAMPLE,
        max_length=LONGEST_RULES,
        required=False,
    )
