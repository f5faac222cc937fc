"""`/digest`: what is posted where and when."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.destinations import Destination, PostChannel, check_destination
from bot.cogs.digestoptions import panel_for
from bot.cogs.digestpanels import post_now, show_preview
from bot.cogs.features import Feature, Interaction, matching_choices, server_of
from bot.cogs.questions import Question
from bot.errors import DigestError
from bot.services.digestforms import LONGEST_NAME, STORIES, USUAL_STORIES, DigestForm
from bot.services.schedules import completions, explained, next_slots, parse_schedule
from bot.services.timezones import parse_timezone, suggest_timezones
from bot.slots import Slot
from bot.ui import limits
from bot.ui.bodies import Body
from bot.ui.digests import SIZES, digest_kept, digest_list, digest_question
from storage import NewDigest, Size

_SIZES = [app_commands.Choice(name=words, value=size.value) for size, words in SIZES.items()]


class Digests(Feature, name="Dateline digests"):
    """Digests of a server; by default for those who may manage it."""

    digest = app_commands.Group(
        name="digest",
        description="Digests that are posted into channels at local times",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @digest.command(
        description="Post a digest into a channel at local times; shows what it understood before it keeps it"
    )
    @app_commands.describe(
        name="Its name, shown above every edition",
        channel="Where it is posted: a text or announcement channel, a thread, or a forum",
        when="Days and times, like weekdays 8:30, or mon, thu 18:00, or live for stories as they come",
        timezone="Whose clock that is, like Europe/Berlin; the server's own if left out",
        stories=f"At most so many stories in one edition ({USUAL_STORIES} if left out)",
        size="How much of each story is told",
    )
    @app_commands.choices(size=_SIZES)
    async def add(
        self,
        interaction: Interaction,
        name: app_commands.Range[str, 1, LONGEST_NAME],
        channel: app_commands.Transform[PostChannel, Destination],
        when: str,
        timezone: str = "",
        stories: app_commands.Range[int, STORIES[0], STORIES[-1]] = USUAL_STORIES,
        size: str = Size.FULL.value,
    ) -> None:
        """Show what was understood and when it would come, and keep it when the admin says so."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        form = DigestForm(
            name=name, channel_id=channel.id, when=when, timezone=timezone, stories=str(stories), size=Size(size)
        )
        new = await self.dateline.digesting.understand(server_of(interaction), form)
        check_destination(interaction, channel, new)

        async def keep(answer: Interaction) -> Body:
            digest = await self.dateline.digesting.add(server_of(answer), new)
            return digest_kept(digest, self._next(digest), answer.user.id)

        await Question(digest_question(new, self._next(new)), "Keep it", keep, "/digest add").ask(interaction)

    @digest.command(name="list", description="All digests of this server and when they come next")
    async def list_all(self, interaction: Interaction) -> None:
        """All digests with their next slots."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        digests = await self.dateline.digesting.list_all(server_of(interaction))
        body = digest_list([(digest, self._next(digest)) for digest in digests], self.dateline.clock.now())
        await interaction.followup.send(**body.message())

    @digest.command(description="Edit, pause, resume or remove a digest; its options and its history")
    @app_commands.describe(name="Which digest")
    async def manage(self, interaction: Interaction, name: str) -> None:
        """A panel for one digest."""
        digest = await self.dateline.digesting.find(server_of(interaction), name)
        await interaction.response.send_message(**panel_for(interaction, digest).message(), ephemeral=True)

    @digest.command(description="Show only you what the next edition would tell as of now, and why")
    @app_commands.describe(name="Which digest")
    async def preview(self, interaction: Interaction, name: str) -> None:
        """The next edition, before its time."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_preview(interaction, await self.dateline.digesting.find(server_of(interaction), name))

    @digest.command(description="Post an edition now, beside the schedule")
    @app_commands.describe(
        name="Which digest", moves_window="The next scheduled edition tells only what comes after this one (else: no)"
    )
    async def post(self, interaction: Interaction, name: str, moves_window: bool = False) -> None:
        """An edition now; the scheduled ones come as before."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        digest = await self.dateline.digesting.find(server_of(interaction), name)
        await post_now(interaction, digest, moves_window=moves_window)

    @manage.autocomplete("name")
    @preview.autocomplete("name")
    @post.autocomplete("name")
    async def _names(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        digests = await self.dateline.digesting.list_all(server_of(interaction))
        return matching_choices([digest.name for digest in digests], current)

    @add.autocomplete("timezone")
    async def _timezones(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        usual = await self.dateline.digesting.usual_timezone(server_of(interaction))
        names = suggest_timezones(current, usual)[: limits.CHOICES]
        return [app_commands.Choice(name=name, value=name) for name in names]

    @add.autocomplete("when")
    async def _schedules(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        typed = getattr(interaction.namespace, "timezone", None)
        zone = await self._zone(server_of(interaction), typed)
        fitting = (text for text in completions(current) if len(text) <= limits.CHOICE_NAME)
        return [self._choice(text, zone) for _, text in zip(range(limits.CHOICES), fitting, strict=False)]

    async def _zone(self, server_id: int, typed: Any) -> str:
        """The zone that is chosen already, else the server's own."""
        try:
            return parse_timezone(typed or "")
        except DigestError:
            return await self.dateline.digesting.usual_timezone(server_id) or "UTC"

    def _choice(self, text: str, zone: str) -> app_commands.Choice[str]:
        """A schedule with the moment at which it would come first, on the clock of its zone."""
        schedule = parse_schedule(text)
        plan = NewDigest(name="", channel_id=0, schedule=schedule, timezone=zone, stories=1)
        slots = self._next(plan)
        first = f" · next {slots[0].key.replace('T', ' ', 1)}" if slots else ""
        words = explained(schedule).replace("`", "")
        return app_commands.Choice(name=f"{words[: limits.CHOICE_NAME - len(first)]}{first}", value=text)

    def _next(self, digest: NewDigest) -> list[Slot]:
        return next_slots(digest, self.dateline.clock.now())
