"""Sending parts of editions into Discord channels: paced, idempotent, never cancelled half-way."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import discord

from bot.services.ports import DestinationLost, LookupDenied, SendRefused, Sent, TryLater
from bot.ui.bodies import Body

log = logging.getLogger(__name__)

T = TypeVar("T")

PER_SECOND = 40
"""Under Discord's 50 a second: unpaced, discord.py runs into 429 and gives up (750 of 1,000 messages, measured)."""
LOOK_BACK = 1000
"""Messages of a channel that are looked at for one of ours."""
CLOUDFLARE_PAUSE = timedelta(minutes=10)

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_UNKNOWN_MESSAGE = 10008
_LOST = {
    10003: "The channel was deleted. Choose another with `/digest manage`, Edit; then press Resume.",
    10004: "The server is not there any more.",
    50001: "Dateline may not see the channel.",
    50013: "Dateline may not write in the channel.",
    50083: "The thread is archived.",
    160005: "The thread is locked.",
}
PERMISSION_HINT = "It needs View Channel, Send Messages and Embed Links there."


class DiscordPublisher:
    """The port `Publisher` over a running discord.py client."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._pace = _Pace(PER_SECOND)

    async def send(self, channel_id: int, body: dict[str, Any], nonce: str) -> Sent:
        """Send a part; a repeated nonce within a few minutes gives the first message back.

        Raises DestinationLost, SendRefused, TryLater.
        """
        channel = await self._channel(channel_id)
        arguments = Body.from_json(body).message()
        try:
            message = await self._call(channel.send(**arguments, nonce=nonce))
        except discord.NotFound as error:
            if error.code == _UNKNOWN_MESSAGE:  # the nonce is known, but its message was deleted meanwhile
                return Sent(None, channel_id)
            raise DestinationLost(_reason(error)) from error
        return Sent(message.id, channel_id)

    async def find(self, channel_id: int, marker: str, since: datetime) -> Sent | None:
        """Our own message with that marker. Raises DestinationLost, LookupDenied, TryLater."""
        channel = await self._channel(channel_id)
        if not _history_is_open(channel):
            raise LookupDenied
        message_id = await self._call(self._search(channel, marker, since))
        return None if message_id is None else Sent(message_id, channel_id)

    async def edit(self, sent: Sent, body: dict[str, Any]) -> None:
        """Give a message another body."""
        raise NotImplementedError

    async def pin(self, sent: Sent, instead_of: Sent | None) -> None:
        """Pin a message, and let go of the one before."""
        raise NotImplementedError

    async def announce(self, sent: Sent) -> None:
        """Publish a message of an announcement channel to the servers that follow it."""
        raise NotImplementedError

    async def send_to_owner(self, server_id: int, body: dict[str, Any], nonce: str) -> Sent:
        """Send a direct message to the owner of a server."""
        raise NotImplementedError

    async def _search(self, channel: discord.abc.Messageable, marker: str, since: datetime) -> int | None:
        assert self._client.user is not None
        async for message in channel.history(limit=LOOK_BACK):  # newest first
            if message.created_at < since:
                return None
            if message.author.id == self._client.user.id and marker in _text_of(message):
                return message.id
        return None

    async def _channel(self, channel_id: int) -> discord.abc.Messageable:
        channel = self._client.get_channel(channel_id) or await self._call(self._client.fetch_channel(channel_id))
        if not isinstance(channel, discord.abc.Messageable):
            raise DestinationLost("The channel is not one that messages can be posted in.")
        return channel

    async def _call(self, request: Awaitable[T]) -> T:
        """Wait for a turn, make the request to its end, and say in our own terms what came of it.

        Shielded: cancelling a request that waits for the global rate limit locks discord.py's client for ever.
        """
        await self._pace.turn()
        try:
            return await asyncio.shield(asyncio.ensure_future(request))
        except discord.RateLimited as error:
            raise TryLater("Discord's rate limit", timedelta(seconds=error.retry_after)) from error
        except (discord.DiscordServerError, aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise TryLater(f"Discord did not answer: {type(error).__name__}") from error
        except discord.HTTPException as error:
            if error.status == 404 and error.code == _UNKNOWN_MESSAGE:
                raise
            raise _translated(error) from error


def _history_is_open(channel: discord.abc.Messageable) -> bool:
    """Without Read Message History, Discord shows an empty history instead of refusing.

    https://docs.discord.com/developers/resources/message#get-channel-messages
    """
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return True
    return channel.permissions_for(channel.guild.me).read_message_history


def _translated(error: discord.HTTPException) -> Exception:
    if error.status in (401, 429):  # a revoked token ends the connection too, and with it the process
        return TryLater("Discord refuses all requests for now", CLOUDFLARE_PAUSE)
    if error.status == 408:
        return TryLater("Discord did not answer in time")
    if error.code in _LOST or error.status in (403, 404):
        return DestinationLost(_reason(error))
    return SendRefused(f"{error.status} {error.code}: {error.text}")


def _reason(error: discord.HTTPException) -> str:
    reason = _LOST.get(error.code, "Discord does not let Dateline post in the channel.")
    return f"{reason} {PERMISSION_HINT}" if error.status == 403 else reason


def _text_of(message: discord.Message) -> str:
    embeds = [f"{embed.description} {embed.footer.text}" for embed in message.embeds]
    return " ".join([message.content, *embeds, *_component_texts(message.components)])


def _component_texts(components: Sequence[Any]) -> list[str]:
    texts: list[str] = []
    for component in components:
        texts.append(getattr(component, "content", "") or "")
        texts += _component_texts(getattr(component, "children", ()))
    return texts


class _Pace:
    """Lets so many through a second, evenly, in the order in which they came."""

    def __init__(self, per_second: int) -> None:
        self._gap = 1 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        now = time.perf_counter()
        self._next = max(self._next, now) + self._gap
        await asyncio.sleep(self._next - self._gap - now)
