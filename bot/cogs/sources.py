"""`/source`: what a server follows."""

import io

import discord
from discord import app_commands

from bot.cogs.features import Feature, Interaction, matching_choices, server_of
from bot.cogs.feedquestions import Purpose, ask_about
from bot.cogs.questions import Question
from bot.cogs.sourcepanels import panel_of
from bot.errors import ContentRefused, DigestError
from bot.ingest.parsers import FeedList
from bot.services.finding import FoundFeed
from bot.services.importing import MOST_BYTES, Plan
from bot.ui.bodies import NOBODY, Body, note
from bot.ui.imports import FILE, REPORT, export_text, imported_text, plan_text, report
from bot.ui.sources import follow_question, followed_body, source_list


class Sources(Feature, name="Dateline sources"):
    """Sources of a server; by default for those who may manage it."""

    source = app_commands.Group(
        name="source",
        description="Sites and feeds this server follows",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @source.command(description="Follow a site or feed; shows what it found before it keeps anything")
    @app_commands.describe(
        address="Any site or feed, or a page of YouTube, Reddit, Mastodon …; a login as https://name:password@host",
        label="Its name in this server",
        category="Under what it is listed, like News/Local",
    )
    async def add(
        self,
        interaction: Interaction,
        address: str,
        label: app_commands.Range[str, 1, 80] | None = None,
        category: app_commands.Range[str, 1, 100] | None = None,
    ) -> None:
        """Look at an address and ask whether to keep it."""
        await interaction.response.defer(ephemeral=True, thinking=True)

        server_id = server_of(interaction)

        async def follow(_: Interaction, found: FoundFeed) -> Body:
            return followed_body(await self.dateline.following.follow(server_id, found, label, category or ""))

        question = follow_question(label, category or "")
        await ask_about(interaction, address, Purpose(server_id, question, "Follow", follow, "/source add"))

    @source.command(name="list", description="All sources of this server and how they are doing")
    async def list_all(self, interaction: Interaction) -> None:
        """All sources with their health."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        subscriptions = await self.dateline.following.list_all(server_of(interaction))
        await interaction.followup.send(**source_list(subscriptions, interaction.user.id).message())

    @source.command(description="Test, pause, edit, filter, move or remove a source")
    @app_commands.describe(label="Which source")
    async def manage(self, interaction: Interaction, label: str) -> None:
        """A panel for one source."""
        following = self.dateline.following
        subscription = await following.find(server_of(interaction), label)
        body = await panel_of(following, subscription, interaction.user.id)
        await interaction.response.send_message(**body.message(), ephemeral=True)

    @manage.autocomplete("label")
    @add.autocomplete("category")
    async def _known(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        subscriptions = await self.dateline.following.list_all(server_of(interaction))
        wants_label = interaction.command is not None and interaction.command.name == "manage"
        names = [each.label if wants_label else each.category for each in subscriptions]
        return matching_choices(list(dict.fromkeys(filter(None, names))), current)

    @source.command(name="import", description="Follow the feeds of an OPML file, which any feed reader exports")
    @app_commands.describe(file="The OPML file", address="Or where it stands on the web")
    async def import_list(
        self, interaction: Interaction, file: discord.Attachment | None = None, address: str | None = None
    ) -> None:
        """Show what a list holds, and follow it when asked to."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        server_id = server_of(interaction)
        feeds = await self._list(file, address)
        plan = await self.dateline.importing.plan(server_id, feeds)
        if not plan.new:
            await interaction.followup.send(**note(plan_text(plan)).message())
            await _send_report(interaction, plan)
            return

        async def keep(answer: Interaction) -> Body:
            imported = await self.dateline.importing.keep(server_of(answer), feeds)
            await _send_report(answer, imported.plan)
            return note(imported_text(imported))

        await Question(plan_text(plan), "Import", keep, "/source import").ask(interaction)

    async def _list(self, file: discord.Attachment | None, address: str | None) -> FeedList:
        importing = self.dateline.importing
        if (file is None) == (address is None):
            raise DigestError("Give either the OPML file or its address.")
        if file is None:
            return await importing.read_address(address or "")
        if file.size > MOST_BYTES:
            raise ContentRefused(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Export a smaller one.")
        return await importing.read(await file.read())

    @source.command(description="All sources of this server as an OPML file, which any feed reader takes")
    async def export(self, interaction: Interaction) -> None:
        """An OPML file with labels and categories."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        name = interaction.guild.name if interaction.guild else "a server"
        export = await self.dateline.importing.export(server_of(interaction), f"Sources of {name}")
        file = discord.File(io.BytesIO(export.body), FILE)
        await interaction.followup.send(export_text(export), file=file, ephemeral=True, allowed_mentions=NOBODY)


async def _send_report(interaction: Interaction, plan: Plan) -> None:
    """Every line that was not imported, with its reason, as a file; nothing where the message says all."""
    if told := report(plan):
        file = discord.File(io.BytesIO(told.encode()), REPORT)
        words = "What was not imported, and why:"
        await interaction.followup.send(words, file=file, ephemeral=True, allowed_mentions=NOBODY)
