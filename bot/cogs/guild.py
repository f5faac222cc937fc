"""Servers that come and go."""

import discord
from discord.ext import commands

from bot.cogs.features import Feature


class Guild(Feature, name="Dateline guild"):
    """Keeps nothing of a server that Dateline was removed from."""

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget the server's digests, subscriptions and editions."""
        for digest in await self.dateline.digesting.list_all(guild.id):
            self.dateline.timetable.forget(digest.digest_id)
        async with self.dateline.storage.begin() as tx:
            await tx.servers.remove(guild.id)
