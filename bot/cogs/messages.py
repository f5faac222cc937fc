"""What a message holds that can be briefed: links, files, text; forwarded messages and laid-out ones too."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord

from bot.errors import ContentRefused
from bot.services.submissions import links_in

SHORTEST_TEXT = 200
_NO_DOCUMENTS = ("image/", "audio/", "video/")
_OWN = "Dateline wrote this itself. The articles behind it are linked under *Sources*; `/brief` takes such a link."
_PICTURES_ONLY = (
    "That message has only pictures or recordings, which are not read. Hand in the article's link or its text."
)
_NOTHING = "That message has no link, no file and too little text for a brief."


@dataclass(frozen=True)
class Said:
    """The parts of a message. Links win over its text, which then only comments on them."""

    text: str
    links: tuple[str, ...]
    files: tuple[discord.Attachment, ...]


def said_in(message: discord.Message, own_id: int | None) -> Said:
    """What a message holds. Raises ContentRefused when that is nothing to brief."""
    if message.author.id == own_id:
        raise ContentRefused(_OWN)
    every: list[discord.Message | discord.MessageSnapshot] = [message, *message.message_snapshots]
    written = "\n\n".join(text for each in every for text in _texts(each))
    embeds = [embed for each in every for embed in each.embeds]
    attached = [file for each in every for file in each.attachments]
    files = tuple(file for file in attached if not (file.content_type or "").startswith(_NO_DOCUMENTS))
    links = links_in(written) or links_in(" ".join(embed.url or "" for embed in embeds))
    text = "\n\n".join(filter(None, [written, *(embed.description for embed in embeds)])).strip()
    if not files and not links and len(text) < SHORTEST_TEXT:
        raise ContentRefused(_PICTURES_ONLY if attached else _NOTHING)
    return Said(text, tuple(links), files)


def _texts(message: discord.Message | discord.MessageSnapshot) -> Iterator[str]:
    if message.content:
        yield message.content
    for component in message.components:
        yield from _displayed(component)


def _displayed(component: Any) -> Iterator[str]:
    """The texts of a laid-out message: https://docs.discord.com/developers/components/reference#text-display"""
    if isinstance(component, discord.TextDisplay):
        yield component.content
    for child in getattr(component, "children", ()):
        yield from _displayed(child)
