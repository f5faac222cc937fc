"""`/brief`, the message menu *Brief this*, and the *Sources* button under briefs."""

import re
from typing import Any, cast

import discord
from discord import app_commands

from bot.assembly import Dateline
from bot.cogs.features import HOME, Feature, Form, Interaction, Pressable, audience_of, dateline_of
from bot.errors import ContentRefused, DigestError
from bot.services.briefing import kept_brief
from bot.ui.briefs import brief_body
from bot.ui.custom_ids import BRIEF_SOURCES, brief_sources
from bot.ui.evidence import brief_evidence, evidence_page
from storage import Article
from storage.types import Audience

MOST_FILE_BYTES = 8_000_000
SHORTEST_MESSAGE = 200
_TEXT_FILES = (".txt", ".md", ".html", ".htm")
_LINK = re.compile(r"https?://[^\s<>]+")


class Briefs(Feature, name=HOME):
    """Briefs on request."""

    def __init__(self, dateline: Dateline, tree: app_commands.CommandTree[Any]) -> None:
        super().__init__(dateline)
        self._tree = tree
        self._menu = app_commands.ContextMenu(
            name="Brief this",
            callback=self.brief_this,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self._menu.error(self.cog_app_command_error)  # it belongs to no cog, so no cog hears of its failures

    async def cog_load(self) -> None:
        """Menus cannot be declared in a cog; they are added beside it."""
        self._tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away with the cog."""
        self._tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description="The main points of an article, each tied to its sentence")
    @app_commands.describe(link="Address of the article", file="A text, Markdown or HTML file")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def brief(
        self, interaction: Interaction, link: str | None = None, file: discord.Attachment | None = None
    ) -> None:
        """A brief of a link or a file; with neither, a form asks for text or an upload."""
        if link and file:
            raise DigestError("Give either a link or a file, not both.")
        if not link and file is None:
            await interaction.response.send_modal(PasteForm(self))
            return
        self.count(interaction)
        await interaction.response.defer(thinking=True)
        audience = audience_of(interaction)
        article = await (
            self.dateline.library.intake.link(link, audience) if link else _from_file(self, file, audience)
        )
        await self.answer(interaction, article)

    async def brief_this(self, interaction: Interaction, message: discord.Message) -> None:
        """A brief, for the asker alone, of the attachment, link or text of a message.

        It is kept for the asker too: the message may stand where others of the server may not read.
        """
        self.count(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        asker = Audience(user_id=interaction.user.id)
        await self.answer(interaction, await self._from_message(message, asker))

    def count(self, interaction: Interaction) -> None:
        """Let one more brief run, within the quotas of the member and of the server. Raises DigestError."""
        self.dateline.quotas.take(interaction.user.id, interaction.guild_id, self.dateline.clock.now())

    async def answer(self, interaction: Interaction, article: Article) -> None:
        """Brief a stored article and reply with it."""
        made = await self.dateline.library.briefing.brief(article)
        await interaction.followup.send(**brief_body(made).message())

    async def _from_message(self, message: discord.Message, asker: Audience) -> Article:
        said: list[discord.Message | discord.MessageSnapshot] = [
            message,
            *message.message_snapshots,
        ]  # what was forwarded stands in snapshots
        text = "\n\n".join(each.content for each in said if each.content)
        files = [file for each in said for file in each.attachments]
        readable = [file for file in files if file.filename.lower().endswith(_TEXT_FILES)]
        link = _LINK.search(text)
        if readable or (files and not link):
            return await _from_file(self, (readable or files)[0], asker)
        if link:
            return await self.dateline.library.intake.link(_without_punctuation(link[0]), asker)
        text = "\n\n".join([text, *(embed.description or "" for embed in message.embeds)]).strip()
        if len(text) < SHORTEST_MESSAGE:
            raise ContentRefused("That message has no link, no file and too little text for a brief.")
        return await self.dateline.library.intake.text(text, asker)


def _without_punctuation(link: str) -> str:
    """A link without the end of the sentence it stands in; a bracket stays when it was opened inside the link."""
    link = link.rstrip(".,;:!?")
    return link[:-1].rstrip(".,;:!?") if link.endswith(")") and link.count(")") > link.count("(") else link


async def _from_file(cog: Briefs, file: discord.Attachment | None, audience: Audience) -> Article:
    assert file is not None
    if file.size > MOST_FILE_BYTES:
        raise ContentRefused(f"The file is larger than {MOST_FILE_BYTES // 1_000_000} MB. Hand in a smaller one.")
    return await cog.dateline.library.intake.file(file.filename, await file.read(), audience)


class PasteForm(Form, title="Brief a text"):
    """Asks for pasted text or an upload."""

    text: discord.ui.Label[Any] = discord.ui.Label(
        text="Text of the article",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, max_length=4000, required=False),
    )
    file: discord.ui.Label[Any] = discord.ui.Label(
        text="Or a file",
        description="Text, Markdown or HTML; for texts over 4,000 characters",
        component=discord.ui.FileUpload(required=False, max_values=1),
    )

    def __init__(self, cog: Briefs) -> None:
        super().__init__()
        self._cog = cog

    async def on_submit(self, interaction: Interaction) -> None:
        """Brief what was handed in."""
        pasted = cast("discord.ui.TextInput[Any]", self.text.component).value
        files = cast("discord.ui.FileUpload[Any]", self.file.component).values
        if not pasted.strip() and not files:
            raise ContentRefused("Paste the article's text or choose a file, then send the form again.")
        self._cog.count(interaction)
        await interaction.response.defer(thinking=True)
        audience = audience_of(interaction)
        if files:
            article = await _from_file(self._cog, files[0], audience)
        else:
            article = await self._cog.dateline.library.intake.text(pasted, audience)
        await self._cog.answer(interaction, article)


class BriefSources(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=BRIEF_SOURCES):
    """Shows the sentences behind the points of a brief, or turns the page."""

    def __init__(self, article_id: int, brief_id: int, page: int) -> None:
        super().__init__(discord.ui.Button(label="Sources", custom_id=brief_sources(article_id, brief_id, page)))
        self.article_id, self.brief_id, self.page = article_id, brief_id, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "BriefSources":
        """Rebuilt from the custom id alone."""
        return cls(int(match["article"]), int(match["brief"]), int(match["page"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Only who may see the article sees its sentences."""
        async with dateline_of(interaction).storage.reading() as tx:
            article = await tx.articles.get(self.article_id, audience_of(interaction))
            content = await tx.briefs.get(self.brief_id, article.scope)
        blocks = brief_evidence(kept_brief(article, self.brief_id, content))
        body = evidence_page(blocks, self.page, lambda page: brief_sources(self.article_id, self.brief_id, page))
        await show_page(interaction, body.message())


async def show_page(interaction: Interaction, message: dict[str, Any]) -> None:
    """A private answer under a public message; turning its pages changes it in place."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.edit_message(**message)
    else:
        await interaction.response.send_message(**message, ephemeral=True)
