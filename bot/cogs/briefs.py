"""`/brief`, the message menu *Brief this*, and the *Sources* button under briefs."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, cast

import discord
from discord import app_commands

from bot.assembly import Dateline
from bot.cogs.failures import answer_privately
from bot.cogs.features import HOME, Feature, Form, Interaction, Pressable, audience_of, dateline_of
from bot.cogs.messages import said_in
from bot.errors import ContentRefused
from bot.ingest.files.documents import MAX_BYTES
from bot.services.briefing import kept_brief
from bot.services.intake import HandedIn
from bot.services.submissions import MOST_AT_ONCE, Refusal, Submission, briefs_of, links_in, only_links
from bot.ui.briefs import brief_body, refusals_text
from bot.ui.custom_ids import BRIEF_SOURCES, brief_sources
from bot.ui.evidence import brief_evidence, evidence_page
from storage.types import Audience


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
    @app_commands.describe(link="Address of the article, or several", file="A text, HTML, PDF, Word or mail file")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def brief(
        self, interaction: Interaction, link: str | None = None, file: discord.Attachment | None = None
    ) -> None:
        """A brief of links and a file; with neither, a form asks for text or uploads."""
        if not link and file is None:
            await interaction.response.send_modal(PasteForm(self))
            return
        audience = audience_of(interaction)
        links = _links(link) if link else []
        await self.answer(interaction, self.submissions(audience, links, [file] if file else []))

    async def brief_this(self, interaction: Interaction, message: discord.Message) -> None:
        """A brief, for the asker alone, of the attachments, links or text of a message.

        It is kept for the asker too: the message may stand where others of the server may not read.
        """
        user = interaction.client.user
        said = said_in(message, user.id if user else None)
        asker = Audience(user_id=interaction.user.id)
        submissions = self.submissions(asker, said.links, said.files) or [self.pasted(asker, said.text)]
        await self.answer(interaction, submissions, ephemeral=True)

    def submissions(
        self, audience: Audience, links: Sequence[str], files: Sequence[discord.Attachment]
    ) -> list[Submission]:
        """What reads each of these, files first."""
        of_files = [Submission(file.filename, partial(self._file, file, audience)) for file in files]
        return of_files + [Submission(link, partial(self._link, link, audience)) for link in links]

    def pasted(self, audience: Audience, text: str) -> Submission:
        """What reads a text."""
        return Submission("Text", partial(self._text, text, audience))

    async def answer(
        self, interaction: Interaction, submissions: Sequence[Submission], *, ephemeral: bool = False
    ) -> bool:
        """Brief all that was handed in, each in an answer of its own; whether there was anything to brief.

        What could not be briefed is told at the end, to the asker alone. Raises TooMuchAsked before anything is read.
        """
        self._count(interaction)
        await interaction.response.defer(ephemeral=ephemeral, thinking=True)
        refusals, briefed = [], False
        async for each in briefs_of(submissions, self.dateline.library.briefing, partial(self._count, interaction)):
            if isinstance(each, Refusal):
                refusals.append(each)
            else:
                body = brief_body(each.made, self.dateline.clock.now(), each.progress)
                await interaction.followup.send(**body.message(), ephemeral=ephemeral)
                briefed = True
        if refusals:
            await answer_privately(interaction, refusals_text(refusals, is_all=not briefed))
        return briefed

    def _count(self, interaction: Interaction) -> None:
        """Let one more brief run, within the quotas of the member and of the server. Raises TooMuchAsked."""
        self.dateline.quotas.take(interaction.user.id, interaction.guild_id, self.dateline.clock.now())

    async def _link(self, link: str, audience: Audience) -> HandedIn:
        return HandedIn((await self.dateline.library.intake.link(link, audience),))

    async def _text(self, text: str, audience: Audience) -> HandedIn:
        return HandedIn((await self.dateline.library.intake.text(text, audience),))

    async def _file(self, file: discord.Attachment, audience: Audience) -> HandedIn:
        if file.size > MAX_BYTES:
            raise ContentRefused(f"This file is larger than {MAX_BYTES / 1e6:g} MB. Hand in a smaller one.")
        try:
            body = await file.read()
        except discord.HTTPException:
            raise ContentRefused("Discord does not give this file out any more. Upload it again.") from None
        return await self.dateline.library.intake.file(file.filename, body, audience)


def _links(typed: str) -> list[str]:
    """The links of an option; one may lack its scheme."""
    if links := links_in(typed):
        return links
    if len(typed.split()) > 1:
        raise ContentRefused("There is no link in this. `/brief` without a link opens a form for texts.")
    return [typed]


class PasteForm(Form, title="Brief a text"):
    """Asks for pasted text or uploads."""

    text: discord.ui.Label[Any] = discord.ui.Label(
        text="Text of the article, or links",
        component=discord.ui.TextInput(style=discord.TextStyle.paragraph, max_length=4000, required=False),
    )
    file: discord.ui.Label[Any] = discord.ui.Label(
        text="Or files",
        description="Text, HTML, PDF, Word or mail; for texts over 4,000 characters",
        component=discord.ui.FileUpload(required=False, max_values=MOST_AT_ONCE),
    )

    def __init__(self, cog: Briefs, typed: str = "") -> None:
        super().__init__()
        self._cog = cog
        self._input.default = typed or None

    async def on_submit(self, interaction: Interaction) -> None:
        """Brief what was handed in: the text and the files."""
        pasted = self._input.value
        files = cast("discord.ui.FileUpload[Any]", self.file.component).values
        if not pasted.strip() and not files:
            raise ContentRefused("Paste the article's text or choose a file, then send the form again.")
        audience = audience_of(interaction)
        links = links_in(pasted) if only_links(pasted) else []
        submissions = self._cog.submissions(audience, links, files)
        if pasted.strip() and not links:
            submissions.append(self._cog.pasted(audience, pasted))
        if not await self._cog.answer(interaction, submissions):
            await self.keep(interaction)

    def again(self) -> "PasteForm | None":
        """With the text; files have to be chosen again."""
        return PasteForm(self._cog, self._input.value) if self._input.value.strip() else None

    @property
    def _input(self) -> discord.ui.TextInput[Any]:
        return cast("discord.ui.TextInput[Any]", self.text.component)


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
