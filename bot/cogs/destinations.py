"""Where a digest may be posted: what Dateline needs in a channel, and what the admin must be allowed there."""

from collections.abc import Mapping
from typing import Any, cast

import discord
from discord import app_commands

from bot.cogs.features import Interaction
from bot.errors import DigestError
from bot.ui.bodies import DESTINATIONS
from storage import NewDigest

PostChannel = discord.TextChannel | discord.Thread | discord.ForumChannel


def check_destination(interaction: Interaction, channel: PostChannel, new: NewDigest) -> None:
    """Both Dateline and the admin may do there what the digest asks for. Raises DigestError: what is missing."""
    assert interaction.guild is not None
    _check_ours(channel, _needed(channel.permissions_for(interaction.guild.me), channel, new))
    if isinstance(channel, discord.ForumChannel) and channel.flags.require_tag:
        raise DigestError(
            f"Every post in {channel.mention} needs a tag, and Dateline cannot know which. Turn that off in the "
            "forum's settings, or choose another channel."
        )
    _check_theirs(interaction, channel, "have a digest posted there")
    if new.published and not _is_announcement(channel):
        raise DigestError(
            f"{channel.mention} is no announcement channel, so nothing can be published from it. "
            "Choose one that is, or leave *published* out."
        )
    if new.mention_role_id is not None:
        _check_role(interaction, channel, new.mention_role_id)


def check_notices_channel(interaction: Interaction, channel: PostChannel) -> None:
    """Both Dateline and the admin may write there. Raises DigestError: what is missing."""
    assert interaction.guild is not None
    if isinstance(channel, discord.ForumChannel):
        raise DigestError("Notices do not go into a forum. Choose a text channel or a thread.")
    ours = channel.permissions_for(interaction.guild.me)
    _check_ours(channel, {"View Channel": ours.view_channel, "Send Messages": _may_write(ours, channel)})
    _check_theirs(interaction, channel, "have notices told there")


class Destination(app_commands.Transformer):
    """A channel as an option of a command, of a kind that something can be posted in; a thread may be archived."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Those that Discord offers."""
        return DESTINATIONS

    async def transform(self, interaction: Interaction, value: Any, /) -> PostChannel:
        """With the permissions that hold in it."""
        return cast("PostChannel", value.resolve() or await value.fetch())


async def destination_of(interaction: Interaction, channel_id: int) -> PostChannel:
    """The channel a digest is posted in. Raises DigestError when it is gone."""
    try:
        channel = interaction.client.get_channel(channel_id) or await interaction.client.fetch_channel(channel_id)
    except (discord.NotFound, discord.Forbidden):
        raise DigestError(
            "The channel of this digest is gone, or closed to Dateline. Choose another one with *Edit* first."
        ) from None
    return cast("PostChannel", channel)


def _check_ours(channel: PostChannel, needed: Mapping[str, bool]) -> None:
    missing = [name for name, granted in needed.items() if not granted]
    if missing:
        raise DigestError(
            f"Dateline may not write in {channel.mention}: it lacks {' and '.join(missing)} there. "
            "Grant that in the channel's settings under Permissions, or choose another channel."
        )


def _check_theirs(interaction: Interaction, channel: PostChannel, what: str) -> None:
    theirs = channel.permissions_for(cast("discord.Member", interaction.user))
    if not (theirs.view_channel and _may_write(theirs, channel)):
        raise DigestError(f"You may not write in {channel.mention} yourself, so you cannot {what}.")


def _needed(ours: discord.Permissions, channel: PostChannel, new: NewDigest) -> dict[str, bool]:
    needed = {"View Channel": ours.view_channel}
    if isinstance(channel, discord.ForumChannel):
        needed |= {"Create Posts": ours.send_messages, "Send Messages in Posts": ours.send_messages_in_threads}
    else:
        needed["Send Messages"] = _may_write(ours, channel)
    needed |= {"Embed Links": ours.embed_links, "Read Message History": ours.read_message_history}
    if new.pinned:
        needed |= {"Manage Threads": ours.manage_threads} if isinstance(channel, discord.ForumChannel) else _pins(ours)
    return needed


def _pins(ours: discord.Permissions) -> dict[str, bool]:
    """Discord has moved pinning from one permission to another: either name may be the one that a server knows."""
    return {"Pin Messages (or Manage Messages)": ours.pin_messages or ours.manage_messages}


def _may_write(permissions: discord.Permissions, channel: PostChannel) -> bool:
    return permissions.send_messages_in_threads if isinstance(channel, discord.Thread) else permissions.send_messages


def _is_announcement(channel: PostChannel) -> bool:
    return isinstance(channel, discord.TextChannel) and channel.is_news()


def _check_role(interaction: Interaction, channel: PostChannel, role_id: int) -> None:
    assert interaction.guild is not None
    role = interaction.guild.get_role(role_id)
    if role is None or role.is_default():
        raise DigestError("That role cannot be mentioned by a digest. Choose another one.")
    if role.mentionable:
        return
    for who, member in (("Dateline", interaction.guild.me), ("You", cast("discord.Member", interaction.user))):
        if not channel.permissions_for(member).mention_everyone:
            raise DigestError(
                f"{who} may not mention {role.mention} in {channel.mention}. Let everybody mention that role, in its "
                "settings, or grant Mention Everyone there."
            )
