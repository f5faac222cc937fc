"""What a person would see of a simulated message."""

from collections.abc import Iterator
from typing import Any

import discord
from simcord.components import walk_components

_TEXT, _BUTTON = 10, 2  # https://docs.discord.com/developers/components/reference#component-object-component-types


def text_of(message: Any) -> str:
    """All text of a message or an answer, whatever form it has."""
    embeds = [f"{embed.description or ''}\n{embed.footer.text or ''}" for embed in message.embeds]
    layout = [component["content"] for component in _components(message) if component["type"] == _TEXT]
    return "\n".join([message.content or "", *embeds, *layout]).strip()


def buttons_of(message: Any) -> dict[str, str]:
    """Labels and custom ids of a message's buttons."""
    return {c["label"]: c["custom_id"] for c in _components(message) if c["type"] == _BUTTON and "custom_id" in c}


def _components(message: Any) -> Iterator[dict[str, Any]]:
    components = message.components
    plain = [c.to_dict() for c in components] if isinstance(message, discord.Message) else components
    yield from walk_components(plain)
