"""The forms of a digest: what is typed and chosen in them is understood fully, or refused as a whole."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import discord

from bot.cogs.destinations import PostChannel, check_destination, destination_of
from bot.cogs.features import Form, Interaction, dateline_of, server_of
from bot.cogs.forms import filled_in_as, rules_field
from bot.services.digestforms import LONGEST_NAME, PER_HOUR, PER_SOURCE, STORIES, as_form
from bot.services.schedules import in_words, next_slots
from bot.ui.bodies import DESTINATIONS, Body
from bot.ui.digests import SIZES, digest_options, digest_panel
from bot.ui.text import timestamp
from storage import Digest, Size

LONGEST_WORDS = 2000
_CHANNEL, _ROLE = discord.SelectDefaultValueType.channel, discord.SelectDefaultValueType.role
_WAYS = {
    "silent": ("Silently", "without a push notification"),
    "pinned": ("Pinned", "the newest edition, in place of the one before"),
    "published": ("Published", "from an announcement channel to the servers that follow it"),
}


class DigestForm(Form):
    """A form about one digest, filled in with what holds now."""

    def __init__(self, digest: Digest) -> None:
        super().__init__()
        self.digest = digest

    def ask(self, *fields: tuple[str, discord.ui.Item[Any]]) -> None:
        """The questions in order, each with the component that answers it."""
        for text, component in fields:
            self.add_item(discord.ui.Label(text=text, component=component))

    def again(self) -> Form:
        """As it was sent."""
        return filled_in_as(self, type(self)(self.digest))

    async def save(self, interaction: Interaction, **changes: object) -> Digest:
        """Keep what was typed, when all of it is understood."""
        digesting = dateline_of(interaction).digesting
        return await digesting.edit(server_of(interaction), self.digest.digest_id, **changes)


class EditForm(DigestForm, title="Edit the digest"):
    """Name, schedule and channel."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(digest)
        self._name = _line(digest.name, LONGEST_NAME)
        self._when = _line(in_words(digest.schedule), 200)
        self._timezone = _line(digest.timezone, 60)
        self._channel: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            channel_types=DESTINATIONS,
            default_values=[discord.SelectDefaultValue(id=digest.channel_id, type=_CHANNEL)],
        )
        self.ask(
            ("Name", self._name),
            ("When: like weekdays 8:30, or live", self._when),
            ("Time zone", self._timezone),
            ("Channel", self._channel),
        )

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep it, and show when it comes from now on."""
        changes: dict[str, object] = {
            "name": self._name.value,
            "when": self._when.value,
            "timezone": self._timezone.value,
        }
        for chosen in self._channel.values:  # none, when somebody cleared it: then it stays where it is
            changes["channel_id"] = chosen.id
            if chosen.id != self.digest.channel_id:
                channel = cast("PostChannel", chosen.resolve() or await chosen.fetch())
                check_destination(interaction, channel, as_form(self.digest, **changes).parsed())
        digest = await self.save(interaction, **changes)
        await interaction.response.edit_message(**panel_for(interaction, digest, "Saved.").message())


class TellsForm(DigestForm, title="What the digest tells"):
    """Size, number of stories, cap per source, rules, and what an empty edition does."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(digest)
        self._size = _menu(((size.value, words, "") for size, words in SIZES.items()), [digest.size.value])
        self._stories = _line(str(digest.stories), 3)
        self._per_source = _line(str(digest.per_source or ""), 3, required=False)
        self._empty = _menu(
            (("no", "Post nothing", ""), ("yes", "Say that there is nothing new", "")),
            ["yes" if digest.says_when_empty else "no"],
        )
        self._rules = rules_field(digest.rules)
        self.ask(
            ("How much of each story", self._size),
            (f"Stories in one edition: {STORIES[0]} to {STORIES[-1]}", self._stories),
            (f"Of one source: 1 to {PER_SOURCE[-1]}; empty for any", self._per_source),
            ("When there is nothing new", self._empty),
            ("Rules: what is told and what is not", self._rules),
        )

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep it, and show the options that hold now."""
        digest = await self.save(
            interaction,
            size=_size(self._size.values),
            stories=self._stories.value,
            per_source=self._per_source.value.strip(),
            says_when_empty=self._empty.values == ["yes"],
            rules=self._rules.value,
        )
        await interaction.response.edit_message(**digest_options(digest, interaction.user.id, "Saved.").message())


class PostsForm(DigestForm, title="How the digest posts"):
    """Silent, pinned, published, and whom it mentions."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(digest)
        chosen = [way for way in _WAYS if getattr(digest, way)]
        self._ways = _menu(((way, *words) for way, words in _WAYS.items()), chosen, fewest=0, most=len(_WAYS))
        roles = [digest.mention_role_id] if digest.mention_role_id else []
        self._role: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            min_values=0,
            max_values=1,
            required=False,
            default_values=[
                discord.SelectDefaultValue(id=role, type=discord.SelectDefaultValueType.role) for role in roles
            ],
        )
        self.ask(("Every edition is posted", self._ways), ("It mentions this role, or nobody", self._role))

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep it when Dateline and the admin may do that in the channel."""
        ways: dict[str, object] = {way: way in self._ways.values for way in _WAYS}
        changes = {**ways, "mention_role_id": self._role.values[0].id if self._role.values else None}
        channel = await destination_of(interaction, self.digest.channel_id)
        check_destination(interaction, channel, as_form(self.digest, **changes).parsed())
        digest = await self.save(interaction, **changes)
        await interaction.response.edit_message(**digest_options(digest, interaction.user.id, "Saved.").message())


class LiveForm(DigestForm, title="Stories as they come"):
    """Cap per hour, quiet hours and alert words."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(digest)
        self._per_hour = _line(str(digest.per_hour), 3)
        self._quiet = _line(digest.quiet_hours, 20, required=False)
        self._words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            default=digest.alert_words, style=discord.TextStyle.paragraph, max_length=LONGEST_WORDS, required=False
        )
        self.ask(
            (f"Briefs an hour, at most: {PER_HOUR[0]} to {PER_HOUR[-1]}", self._per_hour),
            ("Quiet hours, like 22:00-07:00; empty: none", self._quiet),
            ("Alert words: told at once, at any hour", self._words),
        )

    async def on_submit(self, interaction: Interaction) -> None:
        """Keep it, and show the options that hold now."""
        digest = await self.save(
            interaction,
            per_hour=self._per_hour.value,
            quiet_hours=self._quiet.value,
            alert_words=self._words.value,
        )
        await interaction.response.edit_message(**digest_options(digest, interaction.user.id, "Saved.").message())


class PauseForm(DigestForm, title="Pause the digest"):
    """Until when."""

    def __init__(self, digest: Digest) -> None:
        super().__init__(digest)
        self._until = _line("", 60, required=False)
        self.ask(("Until when? Empty: until somebody resumes it", self._until))
        self._until.placeholder = "2026-12-24, 24 Dec 18:00, 2 weeks"

    async def on_submit(self, interaction: Interaction) -> None:
        """Pause it, and show until when."""
        digesting = dateline_of(interaction).digesting
        digest = await digesting.pause(server_of(interaction), self.digest.digest_id, self._until.value)
        notice = f"It goes on by itself {timestamp(digest.paused_until, 'R')}." if digest.paused_until else ""
        await interaction.response.edit_message(**panel_for(interaction, digest, notice).message())


def panel_for(interaction: Interaction, digest: Digest, notice: str = "") -> Body:
    """The panel of a digest for the one who asks."""
    now = dateline_of(interaction).clock.now()
    return digest_panel(digest, next_slots(digest, now), now, interaction.user.id, notice)


def _line(value: str, longest: int, *, required: bool = True) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(default=value, max_length=longest, required=required)


def _menu(
    options: Iterable[tuple[str, str, str]], chosen: Sequence[str], *, fewest: int = 1, most: int = 1
) -> discord.ui.Select[Any]:
    shown = [
        discord.SelectOption(value=value, label=label, description=description or None, default=value in chosen)
        for value, label, description in options
    ]
    return discord.ui.Select(options=shown, min_values=fewest, max_values=most, required=fewest > 0)


def _size(values: Sequence[str]) -> Size:
    return next((size for size in Size if [size.value] == list(values)), Size.FULL)
