"""The panel of a digest: its buttons, and what they open."""

import re
from dataclasses import replace
from typing import Any

import discord

from bot.cogs.digestoptions import EditForm, LiveForm, PauseForm, PostsForm, TellsForm, panel_for
from bot.cogs.features import Interaction, Pressable, dateline_of, server_of
from bot.errors import DigestError
from bot.services.schedules import next_slots
from bot.services.stories import Composition
from bot.ui.bodies import Body, Button, note
from bot.ui.custom_ids import (
    DIGEST_EDITION,
    DIGEST_HISTORY,
    DIGEST_PANEL,
    digest_edition,
    digest_history,
    digest_panel,
)
from bot.ui.digests import as_sent, digest_options, digest_removal, history_page, nothing_new
from bot.ui.editions import preview_bodies
from bot.ui.text import plain
from bot.ui.why import why_bodies
from storage import Digest, EditionState, NotFound

FORMS = {"edit": EditForm, "tells": TellsForm, "posts": PostsForm, "live": LiveForm, "pause": PauseForm}


class DigestButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=DIGEST_PANEL):
    """One action of the panel of a digest."""

    def __init__(self, action: str, digest_id: int, user_id: int) -> None:
        super().__init__(discord.ui.Button(label=action, custom_id=digest_panel(action, digest_id, user_id)))
        self.action, self.digest_id, self.user_id = action, digest_id, user_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "DigestButton":
        """Rebuilt from the custom id alone."""
        return cls(match["action"], int(match["digest"]), int(match["user"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says, for the admin who opened the panel."""
        digest = await _digest_of(interaction, self.digest_id, self.user_id)
        if self.action in FORMS:
            await interaction.response.send_modal(FORMS[self.action](digest))
        elif self.action in ("post", "why"):
            await interaction.response.defer(ephemeral=True, thinking=True)
            await (post_now if self.action == "post" else _show_why)(interaction, digest)
        else:
            await interaction.response.defer()
            body = await self._act(interaction, digest)
            await interaction.edit_original_response(**body.message())

    async def _act(self, interaction: Interaction, digest: Digest) -> Body:
        digesting = dateline_of(interaction).digesting
        match self.action:
            case "resume":
                digest = await digesting.resume(digest.server_id, digest.digest_id)
            case "options":
                return digest_options(digest, self.user_id)
            case "history":
                return history_page(digest, await digesting.history(digest), self.user_id)
            case "remove":
                return digest_removal(digest, self.user_id)
            case "drop":
                await digesting.remove(digest.server_id, digest.digest_id)
                return note(f"The digest **{plain(digest.name, 80)}** is removed.")
        return panel_for(interaction, digest)


class HistoryButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=DIGEST_HISTORY):
    """Turns to a page of the history of a digest."""

    def __init__(self, digest_id: int, user_id: int, page: int) -> None:
        super().__init__(discord.ui.Button(label="Turn", custom_id=digest_history(digest_id, user_id, page)))
        self.digest_id, self.user_id, self.page = digest_id, user_id, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "HistoryButton":
        """Rebuilt from the custom id alone."""
        return cls(int(match["digest"]), int(match["user"]), int(match["page"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Show the page in place."""
        digest = await _digest_of(interaction, self.digest_id, self.user_id)
        await interaction.response.defer()
        history = await dateline_of(interaction).digesting.history(digest, self.page)
        await interaction.edit_original_response(**history_page(digest, history, self.user_id).message())


class HistoryMenu(Pressable, discord.ui.DynamicItem[discord.ui.Select[Any]], template=DIGEST_EDITION):
    """Opens an edition as it was sent."""

    def __init__(self, digest_id: int, user_id: int) -> None:
        super().__init__(discord.ui.Select(custom_id=digest_edition(digest_id, user_id)))
        self.digest_id, self.user_id = digest_id, user_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "HistoryMenu":
        """Rebuilt from the custom id alone."""
        return cls(int(match["digest"]), int(match["user"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Show its messages, to the admin alone."""
        digest = await _digest_of(interaction, self.digest_id, self.user_id)
        await interaction.response.defer(ephemeral=True, thinking=True)
        (chosen,) = self.item.values
        if re.fullmatch(r"\d{1,18}", chosen) is None:
            raise NotFound("edition", chosen)
        for body in as_sent(*await dateline_of(interaction).digesting.as_sent(digest.server_id, int(chosen))):
            await interaction.followup.send(**body.message(), ephemeral=True)


async def post_now(interaction: Interaction, digest: Digest, *, moves_window: bool = False) -> None:
    """Post an edition beside the schedule, and answer what came of it."""
    digesting = dateline_of(interaction).digesting
    edition = await digesting.post(digest, interaction.id, moves_window=moves_window)
    match edition.state:
        case EditionState.SENT:
            answer = f"Posted in <#{digest.channel_id}>. {_consequence(moves_window)}"
        case EditionState.EMPTY:
            answer = nothing_new(None if edition.content is None else Composition.from_json(edition.content))
        case EditionState.FAILED:
            trouble = (await digesting.get(digest.server_id, digest.digest_id)).trouble
            answer = f"It could not be posted. {trouble or 'The reason is in the log.'}"
        case _:
            answer = f"Discord did not take it yet; it will be in <#{digest.channel_id}> as soon as possible."
    await interaction.followup.send(**note(answer).message(), ephemeral=True)


def _consequence(moves_window: bool) -> str:
    if moves_window:
        return "The next scheduled edition tells what comes in from now on."
    return (
        "It moves nothing: the scheduled editions come as before, "
        "and the next one tells from where the last scheduled one stopped."
    )


async def show_preview(interaction: Interaction, digest: Digest) -> None:
    """What the next edition would tell, with a button that says why."""
    dateline = dateline_of(interaction)
    composition = await dateline.digesting.preview(digest)
    now = dateline.clock.now()
    until = next((slot.at for slot in next_slots(digest, now, 1)), None)
    bodies = [note(nothing_new(composition))]
    if not composition.is_empty:
        bodies = preview_bodies(digest, composition, now, until)
    why = Button("Why these?", digest_panel("why", digest.digest_id, interaction.user.id))
    for body in [*bodies[:-1], *_with_button(bodies[-1], why)]:
        await interaction.followup.send(**body.message(), ephemeral=True)


def _with_button(body: Body, button: Button) -> list[Body]:
    """The body with a button under it, or a second one with it where there is no room."""
    pressable = replace(body, buttons=(button,))
    return [pressable] if pressable.fits else [body, Body(("Each of them has its reason.",), buttons=(button,))]


async def _show_why(interaction: Interaction, digest: Digest) -> None:
    composition = await dateline_of(interaction).digesting.preview(digest)
    for body in why_bodies(composition):
        await interaction.followup.send(**body.message(), ephemeral=True)


async def _digest_of(interaction: Interaction, digest_id: int, user_id: int) -> Digest:
    """The digest of a panel, for the admin who opened it. Raises DigestError, storage.NotFound."""
    if interaction.user.id != user_id:
        raise DigestError("This panel answers only to the one who opened it. Open your own with `/digest manage`.")
    return await dateline_of(interaction).digesting.get(server_of(interaction), digest_id)
