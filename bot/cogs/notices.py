"""The remedies under notices: pressed by those who may manage the server, in its channel or as its owner."""

import re
from dataclasses import replace
from typing import Any, cast

import discord

from bot.assembly import Dateline
from bot.cogs.destinations import PostChannel, check_destination
from bot.cogs.features import Interaction, Pressable, dateline_of
from bot.cogs.forms import TextForm, rules_field
from bot.cogs.sourcepanels import address_form
from bot.errors import DigestError
from bot.ingest.web.urls import without_user
from bot.services.ports import Remedy
from bot.ui.bodies import Body, note
from bot.ui.custom_ids import NOTICE, NOTICE_CHANNEL
from bot.ui.custom_ids import notice as notice_id_of
from bot.ui.custom_ids import notice_channel as notice_channel_id_of
from bot.ui.notices import DISMISS, DROP, REVERSIBLE, safe_sentences, source_removal
from bot.ui.text import plain
from storage import EditionState, NotFound, Notice, NoticeState, Subscription

ANSWER = 500
MOST_OF_A_PROBLEM = 200


class NoticeButton(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=NOTICE):
    """One remedy."""

    def __init__(self, action: str, server_id: int, notice_id: int, subject_id: int) -> None:
        custom_id = notice_id_of(action, server_id, notice_id, subject_id)
        super().__init__(discord.ui.Button(label=action, custom_id=custom_id))
        self.action, self.server_id, self.notice_id, self.subject_id = action, server_id, notice_id, subject_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "NoticeButton":
        """Rebuilt from the custom id alone."""
        return cls(match["action"], int(match["server"]), int(match["notice"]), int(match["subject"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button says, and let the notice say who did it."""
        notice = await _notice_for(interaction, self.server_id, self.notice_id, self.action)
        case = Case(dateline_of(interaction), interaction, notice, self.subject_id)
        match self.action:
            case Remedy.CHANGE_ADDRESS:
                await case.ask_address()
            case Remedy.EDIT_RULES:
                await case.ask_rules()
            case Remedy.REMOVE_SOURCE:
                await case.ask_removal()
            case str() if self.action == DROP:
                await interaction.response.defer()
                await case.remove_source()
            case _:
                await interaction.response.defer(ephemeral=True, thinking=True)
                await self._act(case)

    async def _act(self, case: "Case") -> None:
        match self.action:
            case Remedy.TRY_SOURCE:
                await case.try_source()
            case Remedy.RESUME_DIGEST:
                await case.resume_digest()
            case Remedy.POST_NOW:
                await case.post_now()
            case Remedy.HIDE_POINT | Remedy.KEEP_POINT:
                await case.decide(hide=self.action == Remedy.HIDE_POINT)
            case str() if self.action == DISMISS:
                await case.dismiss()
            case _:
                raise NotFound("remedy", self.action)


class NoticeChannel(Pressable, discord.ui.DynamicItem[discord.ui.ChannelSelect[Any]], template=NOTICE_CHANNEL):
    """Another channel for the digest that lost its own."""

    def __init__(self, server_id: int, notice_id: int, digest_id: int) -> None:
        custom_id = notice_channel_id_of(server_id, notice_id, digest_id)
        super().__init__(discord.ui.ChannelSelect(custom_id=custom_id))
        self.server_id, self.notice_id, self.digest_id = server_id, notice_id, digest_id

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "NoticeChannel":
        """Rebuilt from the custom id alone."""
        return cls(int(match["server"]), int(match["notice"]), int(match["digest"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Move the digest, when both Dateline and the admin may write there."""
        notice = await _notice_for(interaction, self.server_id, self.notice_id, Remedy.CHOOSE_CHANNEL)
        (chosen,) = self.item.values
        channel = cast("PostChannel", chosen.resolve() or await chosen.fetch())
        await interaction.response.defer(ephemeral=True, thinking=True)
        await Case(dateline_of(interaction), interaction, notice, self.digest_id).move_digest(channel)


class Case:
    """One press on a notice: what was pressed, by whom, about what."""

    def __init__(self, dateline: Dateline, interaction: Interaction, notice: Notice, subject_id: int) -> None:
        self._dateline = dateline
        self._interaction = interaction
        self._notice = notice
        self._server_id = notice.server_id
        self._subject_id = subject_id

    # asked first

    async def ask_address(self) -> None:
        """A form for another address, then the question whether what stands there is meant."""

        async def moved(answer: Interaction, subscription: Subscription) -> Body:
            source = subscription.source
            words = f"follows “{without_user(source.address, source.login)}” in its place"
            await self._record(words, settles=True)
            error = subscription.source.last_error
            return note(f"Done. {safe_sentences(error, ANSWER)}" if error else "Done: it can be read there.")

        await self._interaction.response.send_modal(address_form(await self._subscription(), moved))

    async def ask_rules(self) -> None:
        """A form with the rules of the digest."""
        digest = await self._dateline.digesting.get(self._server_id, self._subject_id)

        async def save(interaction: Interaction, rules: str) -> None:
            await self._dateline.digesting.edit(self._server_id, digest.digest_id, rules=rules)
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._record("changed its rules", settles=True)
            await _answer(interaction, "Saved. `/digest preview` shows what gets through now.")

        form = TextForm("Rules", "What is told and what is not", rules_field(digest.rules), save)
        await self._interaction.response.send_modal(form)

    async def ask_removal(self) -> None:
        """The question before a source is removed."""
        body = source_removal(await self._subscription(), self._notice)
        await self._interaction.response.send_message(**body.message(), ephemeral=True)

    # done at once

    async def try_source(self) -> None:
        """Read a source now."""
        problem = await self._dateline.following.test(self._server_id, self._subject_id)
        if problem is None:
            await self._record("tried again: it can be read", settles=True)
            await self._say("It can be read again.")
        else:
            await self._record(f"tried again: “{problem[:MOST_OF_A_PROBLEM]}”", settles=False)
            await self._say(f"It still fails: “{problem}”")

    async def remove_source(self) -> None:
        """Follow a source no more; the question becomes the answer."""
        removed = await self._dateline.following.remove(self._server_id, self._subject_id)
        await self._record("stopped following it", settles=True)
        done = note(f"**{plain(removed.label, 80)}** is not followed any more.")
        await self._interaction.edit_original_response(**done.message())

    async def move_digest(self, channel: PostChannel) -> None:
        """Post a digest in another channel."""
        digesting = self._dateline.digesting
        digest = await digesting.get(self._server_id, self._subject_id)
        check_destination(self._interaction, channel, replace(digest, channel_id=channel.id))
        await digesting.move(self._server_id, self._subject_id, channel.id)
        await self._record(f"chose <#{channel.id}>", settles=True)
        await self._say(f"“{digest.name}” is posted in <#{channel.id}> from now on.")

    async def resume_digest(self) -> None:
        """Let a digest go on."""
        digest = await self._dateline.digesting.resume(self._server_id, self._subject_id)
        await self._record("resumed it", settles=True)
        await self._say(f"“{digest.name}” goes on.")

    async def post_now(self) -> None:
        """Post an edition beside the schedule."""
        digesting = self._dateline.digesting
        digest = await digesting.get(self._server_id, self._subject_id)
        edition = await digesting.post(digest, self._interaction.id)
        match edition.state:
            case EditionState.SENT:
                words, settles = "posted an edition", True
            case EditionState.EMPTY:
                words, settles = "asked for an edition; there is nothing new to tell", True
            case EditionState.FAILED:
                trouble = (await digesting.get(self._server_id, self._subject_id)).trouble
                words, settles = f"asked for an edition, which failed: “{trouble or 'see the log'}”", False
            case _:
                words, settles = (
                    "asked for an edition, which Discord did not take yet; it comes as soon as it does",
                    False,
                )
        await self._record(words, settles=settles)
        await self._say(f"You {words}.")

    async def decide(self, *, hide: bool) -> None:
        """Hide a reported point, or leave it."""
        await self._dateline.reports.decide(self._server_id, self._subject_id, hide, self._interaction.user.id)
        await self._record("hid the point" if hide else "kept the point", settles=True)
        await self._say("The point is taken out of the edition." if hide else "The point stays in the edition.")

    async def dismiss(self) -> None:
        """There is nothing to do: somebody has read it."""
        await self._record("has noted it", settles=True)
        await self._say("Noted.")

    async def _subscription(self) -> Subscription:
        return await self._dateline.following.get(self._server_id, self._subject_id)

    async def _record(self, words: str, *, settles: bool) -> None:
        user_id = self._interaction.user.id
        await self._dateline.notices.record_act(self._notice, words, user_id, settles=settles)

    async def _say(self, sentence: str) -> None:
        await _answer(self._interaction, sentence)


async def _answer(interaction: Interaction, sentence: str) -> None:
    await interaction.followup.send(**note(safe_sentences(sentence, ANSWER)).message(), ephemeral=True)


async def _notice_for(interaction: Interaction, server_id: int, notice_id: int, action: str) -> Notice:
    """The notice that was pressed, for somebody who may do something about it. Raises DigestError, NotFound."""
    _check_rights(interaction, server_id)
    notice = await dateline_of(interaction).notices.get(server_id, notice_id)
    if notice.state is NoticeState.CLOSED and action not in REVERSIBLE:
        raise DigestError("That is settled already.")
    return notice


def _check_rights(interaction: Interaction, server_id: int) -> None:
    """In the server: whoever may manage it. In direct messages: its owner alone."""
    if interaction.guild_id is None:
        guild = interaction.client.get_guild(server_id)
        if guild is None or guild.owner_id != interaction.user.id:
            raise DigestError("Only the owner of that server can do this here.")
        return
    if interaction.guild_id != server_id:
        raise NotFound("notice", server_id)
    if not interaction.permissions.manage_guild:
        raise DigestError("Only those who may manage this server can do this.")
