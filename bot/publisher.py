"""Sending parts of editions into Discord channels: paced, idempotent, never cancelled half-way."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import discord

from bot.pacing import Pace
from bot.services.ports import ActionDenied, DestinationLost, LookupDenied, SendRefused, Sent, TryLater
from bot.ui.bodies import Body

log = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_BACK = 1000
"""Messages of a channel, or posts of a forum, that are looked at for one of ours."""
CLOUDFLARE_PAUSE = timedelta(minutes=10)
"""10,000 refused requests in ten minutes get an address banned; so none is made for so long."""
LONGEST_TITLE = 100

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_UNKNOWN_MESSAGE, _ARCHIVED, _ALREADY_PUBLISHED = 10008, 50083, 40033
_LOST = {
    10003: "The channel was deleted. Choose another with `/digest manage`, Edit; then press Resume.",
    10004: "The server is not there any more.",
    50001: "Dateline may not see the channel.",
    50013: "Dateline may not write in the channel.",
    50083: "The thread is archived.",
    160005: "The thread is locked.",
}
PERMISSION_HINT = "It needs View Channel, Send Messages and Embed Links there."

Place = discord.abc.Messageable | discord.ForumChannel


class DiscordPublisher:
    """The port `Publisher` over a running discord.py client.

    `revoked` is set when Discord does not accept the token any more: then nothing is sent from here again.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._pace = Pace()
        self._closed_until = datetime.min.replace(tzinfo=UTC)
        self._lines: dict[int, asyncio.Lock] = {}
        self.revoked = asyncio.Event()

    # sending

    async def send(self, channel_id: int, body: dict[str, Any], nonce: str) -> Sent:
        """Send a part; a repeated nonce within a few minutes gives the first message back.

        In a forum it opens a thread, for which Discord knows no nonce. Raises DestinationLost, SendRefused, TryLater.
        """
        place = await self._place(channel_id)
        part = Body.from_json(body)
        async with self._line(channel_id):
            if isinstance(place, discord.ForumChannel):
                return await self._open_thread(place, part)
            return await self._send(place, part, channel_id, nonce)

    async def _send(self, place: discord.abc.Messageable, part: Body, channel_id: int, nonce: str) -> Sent:
        arguments = {**part.message(), "nonce": nonce, "silent": part.silent}
        if part.reply_to is not None:  # where that message is gone, Discord is to send it all the same
            arguments["reference"] = discord.MessageReference(
                message_id=part.reply_to, channel_id=channel_id, fail_if_not_exists=False
            )
        try:
            message = await self._call_unarchived(lambda: place.send(**arguments), place)
        except discord.NotFound:  # the nonce is known, but its message was deleted meanwhile
            return Sent(None, channel_id)
        return Sent(message.id, channel_id)

    async def _open_thread(self, forum: discord.ForumChannel, part: Body) -> Sent:
        name = (part.title or "Edition")[:LONGEST_TITLE]
        arguments: dict[str, Any] = {**part.message(), "silent": part.silent}
        if forum.flags.require_tag and forum.available_tags:
            arguments["applied_tags"] = forum.available_tags[:1]
        opened = await self._call(lambda: forum.create_thread(name=name, **arguments), forum)
        return Sent(opened.message.id, opened.thread.id)

    async def send_to_owner(self, server_id: int, body: dict[str, Any], nonce: str) -> Sent:
        """Send a direct message to the owner of a server."""
        guild = self._client.get_guild(server_id)
        if guild is None or guild.owner_id is None:
            raise DestinationLost(_LOST[10004])
        owner_id = guild.owner_id
        owner = self._client.get_user(owner_id)
        if owner is None:
            owner = await self._call(lambda: self._client.fetch_user(owner_id), guild)
        channel = await self._call(owner.create_dm, guild)  # asks Discord only the first time
        part = Body.from_json(body)
        async with self._line(channel.id):
            return await self._send(channel, part, channel.id, nonce)

    # looking

    async def find(self, channel_id: int, marker: str, since: datetime) -> Sent | None:
        """Our own message with that marker; in a forum, the one that opened a thread.

        Raises DestinationLost, LookupDenied, TryLater.
        """
        place = await self._place(channel_id)
        if not _history_is_open(place):
            raise LookupDenied
        if isinstance(place, discord.ForumChannel):
            return await self._call(lambda: self._search_forum(place, marker, since), place)
        message_id = await self._call(lambda: self._search(place, marker, since), place)
        return None if message_id is None else Sent(message_id, channel_id)

    async def _search(self, channel: discord.abc.Messageable, marker: str, since: datetime) -> int | None:
        async for message in channel.history(limit=LOOK_BACK):  # newest first
            if message.created_at < since:
                return None
            if self._is_ours(message) and marker in _text_of(message):
                return message.id
        return None

    async def _search_forum(self, forum: discord.ForumChannel, marker: str, since: datetime) -> Sent | None:
        threads = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
        threads += [thread async for thread in forum.archived_threads(limit=100)]
        assert self._client.user is not None
        for thread in threads:
            recent = discord.utils.snowflake_time(thread.id) >= since
            if recent and thread.owner_id == self._client.user.id and await self._opens_with(thread, marker):
                return Sent(thread.id, thread.id)
        return None

    async def _opens_with(self, thread: discord.Thread, marker: str) -> bool:
        try:
            return marker in _text_of(await thread.fetch_message(thread.id))
        except discord.NotFound:
            return False

    def _is_ours(self, message: discord.Message) -> bool:
        assert self._client.user is not None
        return message.author.id == self._client.user.id

    async def remembers(self, channel_id: int) -> bool:
        """Whether Discord recognises a repeated nonce there, for some minutes."""
        return not isinstance(await self._place(channel_id), discord.ForumChannel)

    async def has_new(self, channel_id: int, since: datetime) -> bool:
        """Whether anything was posted there since then, be it deleted again or not: Discord names the last message of a
        channel, and the last thread of a forum, even when it is gone.
        """
        fresh = await self._call(lambda: self._client.fetch_channel(channel_id), self._client.get_channel(channel_id))
        last = getattr(fresh, "last_message_id", None)
        return last is not None and discord.utils.snowflake_time(last) >= since.replace(microsecond=0)

    # what is done with messages that are there

    async def edit(self, sent: Sent, body: dict[str, Any]) -> None:
        """Give a message another body; nothing happens when it was deleted. Raises DestinationLost, TryLater."""
        message = await self._message(sent)
        if message is None:
            return
        arguments = {"embeds": [], "view": None, **Body.from_json(body).message()}
        if "content" not in arguments and arguments["embeds"]:
            arguments["content"] = None
        if not arguments["embeds"]:
            del arguments["embeds"]
        try:
            await self._call_unarchived(lambda: message.edit(**arguments), message.channel)
        except discord.NotFound:
            log.info("message %s was deleted", sent.message_id)

    async def pin(self, sent: Sent, instead_of: Sent | None) -> None:
        """Pin a message, or in a forum its thread, and let go of the one before. Raises ActionDenied, TryLater."""
        if instead_of is not None and instead_of != sent:
            await self._act(instead_of, _unpinned, "Pin Messages (in a forum: Manage Threads)")
        await self._act(sent, _pinned, "Pin Messages (in a forum: Manage Threads)")

    async def announce(self, sent: Sent) -> None:
        """Publish a message of an announcement channel to the servers that follow it. Raises ActionDenied, TryLater."""
        await self._act(sent, _published, "Send Messages")

    async def _act(
        self, sent: Sent, action: Callable[[discord.PartialMessage], Awaitable[None]], permission: str
    ) -> None:
        try:
            message = await self._message(sent)
            if message is not None:
                await self._call_unarchived(lambda: action(message), message.channel)
        except discord.NotFound:
            log.info("message %s was deleted", sent.message_id)
        except DestinationLost:
            raise ActionDenied(f"It needs the permission {permission} there.") from None
        except SendRefused as error:
            raise ActionDenied(str(error)) from None

    async def _message(self, sent: Sent) -> discord.PartialMessage | None:
        if sent.message_id is None:
            return None
        place = await self._place(sent.channel_id)
        return place.get_partial_message(sent.message_id) if hasattr(place, "get_partial_message") else None

    def server_name(self, server_id: int) -> str | None:
        """What a server is called, when it can be seen."""
        guild = self._client.get_guild(server_id)
        return None if guild is None else guild.name

    # how requests are made

    async def _place(self, channel_id: int) -> Place:
        channel = self._client.get_channel(channel_id)
        found = channel or await self._call(lambda: self._client.fetch_channel(channel_id), channel_id)
        if not isinstance(found, discord.abc.Messageable | discord.ForumChannel):
            raise DestinationLost("The channel is not one that messages can be posted in.")
        return found

    def _line(self, channel_id: int) -> asyncio.Lock:
        """One send at a time in a channel: who waits for its rate limit takes no turn from the others meanwhile."""
        if channel_id not in self._lines:
            self._lines = {key: lock for key, lock in self._lines.items() if lock.locked()}
        return self._lines.setdefault(channel_id, asyncio.Lock())

    async def _call(self, request: Callable[[], Awaitable[T]], place: Any) -> T:
        """Wait for a turn, make the request to its end, and say in our own terms what came of it.

        Shielded: cancelling a request that waits for the global rate limit locks discord.py's client for ever.
        """
        self._refuse_while_closed()
        try:
            async with self._pace.turn(_server_of(place)):
                self._refuse_while_closed()
                return await asyncio.shield(asyncio.ensure_future(request()))
        except discord.RateLimited as error:
            raise TryLater("Discord's rate limit", timedelta(seconds=error.retry_after), unsent=True) from error
        except aiohttp.ClientConnectorError as error:
            raise TryLater("Discord cannot be reached", unsent=True) from error
        except (discord.DiscordServerError, aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise TryLater(f"Discord did not answer: {type(error).__name__}") from error
        except discord.HTTPException as error:
            if error.status == 404 and error.code == _UNKNOWN_MESSAGE:
                raise
            raise self._translated(error) from error

    async def _call_unarchived(self, request: Callable[[], Awaitable[T]], place: Any) -> T:
        """The same where an archived thread is in the way: it is taken up again."""
        try:
            return await self._call(request, place)
        except _Archived as error:
            if not isinstance(place, discord.Thread):
                raise
            try:
                await self._call(lambda: place.edit(archived=False), place)
            except DestinationLost:
                raise error from None
            return await self._call(request, place)

    def _refuse_while_closed(self) -> None:
        left = self._closed_until - datetime.now(UTC)
        if self.revoked.is_set() or left > timedelta():
            raise TryLater("Discord refuses all requests for now", max(left, timedelta(seconds=30)), unsent=True)

    def _translated(self, error: discord.HTTPException) -> Exception:
        if error.status == 401:
            self.revoked.set()
        if error.status in (401, 429):
            self._closed_until = datetime.now(UTC) + CLOUDFLARE_PAUSE
            return TryLater("Discord refuses all requests for now", CLOUDFLARE_PAUSE, unsent=True)
        if error.status == 408:
            return TryLater("Discord did not answer in time")
        if error.code == _ARCHIVED:
            return _Archived(_reason(error))
        if error.code in _LOST or error.status in (403, 404):
            return DestinationLost(_reason(error))
        return SendRefused(f"{error.status} {error.code}: {error.text}")


class _Archived(DestinationLost):
    """The thread is archived, which can be undone with the permission."""


async def _pinned(message: discord.PartialMessage) -> None:
    post = _post_of(message)
    await (message.pin() if post is None else post.edit(pinned=True))


async def _unpinned(message: discord.PartialMessage) -> None:
    post = _post_of(message)
    await (message.unpin() if post is None else post.edit(pinned=False))


def _post_of(message: discord.PartialMessage) -> discord.Thread | None:
    """The thread that a message opened in a forum."""
    channel = message.channel
    return channel if isinstance(channel, discord.Thread) and channel.id == message.id else None


async def _published(message: discord.PartialMessage) -> None:
    try:
        await message.publish()
    except discord.HTTPException as error:
        if error.code != _ALREADY_PUBLISHED:
            raise


def _server_of(place: Any) -> Any:
    """Requests take turns by server, and by channel where there is none."""
    guild = place if isinstance(place, discord.Guild) else getattr(place, "guild", None)
    return guild.id if guild is not None else place


def _history_is_open(place: Place) -> bool:
    """Without Read Message History, Discord shows an empty history instead of refusing.

    https://docs.discord.com/developers/resources/message#get-channel-messages
    """
    if not isinstance(place, discord.abc.GuildChannel | discord.Thread):
        return True
    return place.permissions_for(place.guild.me).read_message_history


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
