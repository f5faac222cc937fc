"""`/news`: what is stored, for everyone."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.features import FULL, Feature, Interaction, audience_of
from bot.ui.bodies import note
from bot.ui.briefs import articles_body, hits_body
from bot.ui.help import help_body
from bot.ui.text import plain

WORDS = 100


class News(Feature, name="Dateline news"):
    """Stored news."""

    news = app_commands.Group(
        name="news",
        description="Stored news of this server's sources",
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
    )

    @news.command(description="The newest articles of this server's sources")
    async def latest(self, interaction: Interaction) -> None:
        """The newest articles."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self.dateline.storage.reading() as tx:
            articles = await tx.articles.list_latest(audience_of(interaction), FULL)
        body = articles_body("The newest articles", articles) if articles else note(_NOTHING_STORED)
        await interaction.followup.send(**body.message())

    @news.command(description="Stored articles that hold all of some words")
    @app_commands.describe(query="Words that all must occur")
    async def search(self, interaction: Interaction, query: app_commands.Range[str, 1, WORDS]) -> None:
        """Full-text search."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        async with self.dateline.storage.reading() as tx:
            hits = await tx.articles.search(query, audience_of(interaction), FULL)
        body = hits_body(query, hits) if hits else note(_nothing_found(query))
        await interaction.followup.send(**body.message())

    @search.autocomplete("query")
    async def _suggest(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Titles of the newest articles that hold what was typed."""
        async with self.dateline.storage.reading() as tx:
            articles = await tx.articles.list_latest(audience_of(interaction), 100)
        titles = dict.fromkeys(
            a.title[:WORDS] for a in articles if a.title and current.casefold() in a.title.casefold()
        )
        return [app_commands.Choice(name=title, value=title) for title in list(titles)[:25]]

    @news.command(description="What Dateline can do, and how to begin")
    async def help(self, interaction: Interaction) -> None:
        """A short manual."""
        manages = isinstance(interaction.user, discord.Member) and interaction.permissions.manage_guild
        message: dict[str, Any] = help_body(manages=manages).message()
        await interaction.response.send_message(**message, ephemeral=True)


_NOTHING_STORED = "Nothing is stored yet. An admin can follow a source with `/source add`."


def _nothing_found(query: str) -> str:
    return f"No stored article holds all of “{plain(query, WORDS)}”. Try fewer words, or `/news latest`."
