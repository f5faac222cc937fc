"""`/digest`: what is posted where and when, and the *Sources* button under editions."""

import re
from typing import Any, cast

import discord
from discord import app_commands

from bot.cogs.briefs import show_page
from bot.cogs.features import Feature, Form, Interaction, Pressable, dateline_of, matching_choices, server_of
from bot.errors import DigestError
from bot.services.digesting import STORIES, DigestForm, Digesting, as_form
from bot.services.schedules import next_slots, suggest_timezones
from bot.services.stories import Composition
from bot.ui.bodies import Body, note
from bot.ui.custom_ids import DIGEST_PANEL, EDITION_SOURCES, digest_panel, edition_sources
from bot.ui.editions import preview_bodies
from bot.ui.evidence import edition_evidence, evidence_page
from bot.ui.panels import digest_added, digest_list, digest_removal
from bot.ui.panels import digest_panel as panel_of
from bot.ui.text import plain
from storage import Digest, EditionState, NotFound

PostChannel = discord.TextChannel | discord.Thread
_DAY_CHOICES = ["daily", "weekdays", "weekends", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "mon, wed, fri"]


class Digests(Feature, name="Dateline digests"):
    """Digests of a server; by default for those who may manage it."""

    digest = app_commands.Group(
        name="digest",
        description="Digests that are posted into channels at local times",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @digest.command(description="Post a digest of this server's sources into a channel, on chosen days at a local time")
    @app_commands.describe(
        name="Its name, shown above every edition",
        channel="Where it is posted",
        time="Time of day, like 08:30 or 20:15",
        timezone="Whose clock that is, like Europe/Berlin",
        days="daily (if left out), weekdays, weekends, or days like mon, wed, fri",
        stories="At most so many stories in one edition (8 if left out)",
    )
    async def add(
        self,
        interaction: Interaction,
        name: app_commands.Range[str, 1, 60],
        channel: PostChannel,
        time: str,
        timezone: str,
        days: str = "daily",
        stories: app_commands.Range[int, STORIES[0], STORIES[-1]] = 8,
    ) -> None:
        """Set up a digest and show when it comes."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        check_channel(interaction, channel)
        form = DigestForm(name, channel.id, time, days, timezone, stories)
        digest = await self.dateline.digesting.add(server_of(interaction), form)
        body = digest_added(digest, next_slots(digest, self.dateline.clock.now()))
        await interaction.followup.send(**body.message())

    @add.autocomplete("timezone")
    async def _timezones(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in suggest_timezones(current)[:25]]

    @add.autocomplete("days")
    async def _days(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        return matching_choices(_DAY_CHOICES, current)

    @digest.command(name="list", description="All digests of this server and when they come next")
    async def list_all(self, interaction: Interaction) -> None:
        """All digests with their next slots."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        now = self.dateline.clock.now()
        digests = await self.dateline.digesting.list_all(server_of(interaction))
        body = digest_list([(digest, next_slots(digest, now, 1)) for digest in digests])
        await interaction.followup.send(**body.message())

    @digest.command(description="Edit, pause, resume or remove a digest")
    @app_commands.describe(name="Which digest")
    async def manage(self, interaction: Interaction, name: str) -> None:
        """A panel for one digest."""
        digest = await self.dateline.digesting.find(server_of(interaction), name)
        body = panel_of(digest, next_slots(digest, self.dateline.clock.now()), interaction.user.id)
        await interaction.response.send_message(**body.message(), ephemeral=True)

    @digest.command(description="Show only you what the next edition would tell as of now")
    @app_commands.describe(name="Which digest")
    async def preview(self, interaction: Interaction, name: str) -> None:
        """The next edition, before its time."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        digest = await self.dateline.digesting.find(server_of(interaction), name)
        composition = await self.dateline.digesting.preview(digest)
        if composition.is_empty:
            await interaction.followup.send(**note(_NOTHING_NEW).message())
            return
        now = self.dateline.clock.now()
        until = next((slot.at for slot in next_slots(digest, now, 1)), None)
        for body in preview_bodies(digest, composition, now, until):
            await interaction.followup.send(**body.message(), ephemeral=True)

    @digest.command(description="Post an edition now, beside the schedule")
    @app_commands.describe(name="Which digest")
    async def post(self, interaction: Interaction, name: str) -> None:
        """An edition now; the scheduled ones come as before."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        digest = await self.dateline.digesting.find(server_of(interaction), name)
        edition = await self.dateline.digesting.post(digest, interaction.id)
        await interaction.followup.send(**note(await self._what_came_of(digest, edition.state)).message())

    async def _what_came_of(self, digest: Digest, state: EditionState) -> str:
        match state:
            case EditionState.SENT:
                return (
                    f"Posted in <#{digest.channel_id}>. The scheduled editions come as before; "
                    "the next one tells from where the last scheduled one stopped."
                )
            case EditionState.EMPTY:
                return _NOTHING_NEW
            case EditionState.FAILED:
                now = await self.dateline.digesting.get(digest.server_id, digest.digest_id)
                return f"It could not be posted. {now.trouble or 'The reason is in the log.'}"
            case _:
                return f"Discord did not take it yet; it will be in <#{digest.channel_id}> as soon as possible."

    @manage.autocomplete("name")
    @preview.autocomplete("name")
    @post.autocomplete("name")
    async def _names(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        digests = await self.dateline.digesting.list_all(server_of(interaction))
        return matching_choices([digest.name for digest in digests], current)


_NOTHING_NEW = (
    "There is nothing new to tell: no article came in since the last edition. "
    "`/source list` shows how this server's sources are doing."
)


def check_channel(interaction: Interaction, channel: PostChannel) -> None:
    """Both Dateline and the admin must be able to write in the channel. Raises DigestError."""
    assert interaction.guild is not None
    ours = channel.permissions_for(interaction.guild.me)
    needed = {
        "View Channel": ours.view_channel,
        "Send Messages": _may_write(ours, channel),
        "Embed Links": ours.embed_links,
        "Read Message History": ours.read_message_history,
    }
    missing = [name for name, granted in needed.items() if not granted]
    if missing:
        raise DigestError(
            f"Dateline may not write in {channel.mention}: it lacks {' and '.join(missing)} there. "
            "Grant that in the channel's settings under Permissions, or choose another channel."
        )
    theirs = channel.permissions_for(cast("discord.Member", interaction.user))
    if not (theirs.view_channel and _may_write(theirs, channel)):
        raise DigestError(f"You may not write in {channel.mention} yourself, so you cannot have a digest posted there.")


def _may_write(permissions: discord.Permissions, channel: PostChannel) -> bool:
    return permissions.send_messages_in_threads if isinstance(channel, discord.Thread) else permissions.send_messages


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
        if interaction.user.id != self.user_id:
            raise DigestError("This panel answers only to the one who opened it. Open your own with `/digest manage`.")
        digesting = dateline_of(interaction).digesting
        digest = await digesting.get(server_of(interaction), self.digest_id)
        if self.action == "edit":
            await interaction.response.send_modal(EditForm(digest))
            return
        body = await self._act(interaction, digesting, digest)
        await interaction.response.edit_message(**body.message())

    async def _act(self, interaction: Interaction, digesting: Digesting, digest: Digest) -> Body:
        match self.action:
            case "pause" | "resume":
                digest = await digesting.set_paused(digest.server_id, digest.digest_id, self.action == "pause")
            case "remove":
                return digest_removal(digest, self.user_id)
            case "drop":
                await digesting.remove(digest.server_id, digest.digest_id)
                return note(f"The digest **{plain(digest.name, 80)}** is removed.")
        return _panel(interaction, digest)


class EditForm(Form, title="Edit the digest"):
    """A digest's configuration but the number of stories, filled in with what holds now."""

    def __init__(self, digest: Digest) -> None:
        super().__init__()
        self._digest = digest
        self._name = _field(digest.name, 60)
        days, _, time = digest.schedule.partition(" ")
        self._time = _field(time, 10)
        self._days = _field(days.replace(",", ", "), 60)
        self._timezone = _field(digest.timezone, 60)
        self._channel: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            channel_types=[
                discord.ChannelType.text,
                discord.ChannelType.news,
                discord.ChannelType.public_thread,
                discord.ChannelType.private_thread,
            ],
            default_values=[
                discord.SelectDefaultValue(id=digest.channel_id, type=discord.SelectDefaultValueType.channel)
            ],
        )
        for text, component in (
            ("Name", self._name),
            ("Time of day", self._time),
            ("Days: daily, weekdays, or like mon, wed", self._days),
            ("Time zone", self._timezone),
            ("Channel", self._channel),
        ):
            self.add_item(discord.ui.Label(text=text, component=component))

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep what was typed, when all of it is understood."""
        (chosen,) = self._channel.values
        channel_id = chosen.id
        if channel_id != self._digest.channel_id:
            check_channel(interaction, cast("PostChannel", chosen.resolve() or await chosen.fetch()))
        form = as_form(
            self._digest,
            name=self._name.value,
            time=self._time.value,
            days=self._days.value,
            timezone=self._timezone.value,
            channel_id=channel_id,
        )
        digest = await dateline_of(interaction).digesting.edit(self._digest.server_id, self._digest.digest_id, form)
        await interaction.response.edit_message(**_panel(interaction, digest, "Saved.").message())


def _field(value: str, longest: int) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(default=value, max_length=longest)


def _panel(interaction: Interaction, digest: Digest, notice: str = "") -> Body:
    slots = next_slots(digest, dateline_of(interaction).clock.now())
    return panel_of(digest, slots, interaction.user.id, notice)


class EditionSources(Pressable, discord.ui.DynamicItem[discord.ui.Button[Any]], template=EDITION_SOURCES):
    """Shows the sentences behind the points of an edition, or turns the page."""

    def __init__(self, edition_id: int, page: int) -> None:
        super().__init__(discord.ui.Button(label="Sources", custom_id=edition_sources(edition_id, page)))
        self.edition_id, self.page = edition_id, page

    @classmethod
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]
    ) -> "EditionSources":
        """Rebuilt from the custom id alone."""
        return cls(int(match["edition"]), int(match["page"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Point beside source sentence, for this server's own editions."""
        server_id = server_of(interaction)
        async with dateline_of(interaction).storage.reading() as tx:
            edition = await tx.editions.get(server_id, self.edition_id)
            if edition.content is None:
                raise NotFound("edition", self.edition_id)
            composition = Composition.from_json(edition.content)
            articles = await tx.articles.find_shared(composition.article_ids)
        blocks = edition_evidence(composition, articles)
        body = evidence_page(blocks, self.page, lambda page: edition_sources(self.edition_id, page))
        await show_page(interaction, body.message())
