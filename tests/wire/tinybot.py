"""A bot of the tests' own with one command of every kind, to prove the fake against the real discord.py."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord import app_commands, ui

from tests.wire import host
from tests.wire.fakediscord import FakeDiscord
from tests.wire.world import Channel, Guild, User

TOPICS = ["budget", "bridge", "weather"]


class Question(ui.Modal, title="Ask the newsroom"):
    """A form with text, a select, groups, a yes or no and an upload."""

    words: Any = ui.Label(text="Question", component=ui.TextInput(custom_id="words", max_length=50))
    topic: Any = ui.Label(
        text="Topic",
        component=ui.Select(custom_id="topic", options=[discord.SelectOption(label=each) for each in TOPICS]),
    )
    depth: Any = ui.Label(
        text="Depth",
        component=ui.RadioGroup(
            custom_id="depth", options=[discord.RadioGroupOption(label=each) for each in ("short", "long")]
        ),
    )
    urgent: Any = ui.Label(text="Urgent", component=ui.Checkbox(custom_id="urgent"))
    paper: Any = ui.Label(text="Paper", component=ui.FileUpload(custom_id="paper", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was filled in."""
        files = [(await file.read()).decode() for file in self.paper.component.values]
        values = [self.words.component.value, *self.topic.component.values, self.depth.component.value]
        await interaction.response.send_message(f"{values} {self.urgent.component.value} {files}", ephemeral=True)


class Panel(ui.LayoutView):
    """A Components V2 message with a button that counts, a select, a link and a picture."""

    def __init__(self, presses: int = 0) -> None:
        super().__init__(timeout=None)
        self.presses = presses
        button: ui.Button[Panel] = ui.Button(label="More", custom_id="more")
        button.callback = self.more  # type: ignore[method-assign]
        place: ui.ChannelSelect[Panel] = ui.ChannelSelect(custom_id="place", placeholder="Where?")
        place.callback = self.move  # type: ignore[method-assign]
        self._place = place
        thumbnail: ui.Thumbnail[Panel] = ui.Thumbnail("https://example.org/a.png")
        section = ui.Section(f"**Bridge opens** {presses}", "A second line", accessory=thumbnail)
        link: ui.Button[Panel] = ui.Button(label="Read", url="https://example.org/bridge")
        rows = [section, ui.Separator(), ui.ActionRow(button, link), ui.ActionRow(place)]
        self.add_item(ui.Container(*rows, accent_colour=0x336699))

    async def more(self, interaction: discord.Interaction) -> None:
        """Count and change the message in place."""
        await interaction.response.edit_message(view=Panel(self.presses + 1))

    async def move(self, interaction: discord.Interaction) -> None:
        """Take a moment, then answer privately."""
        await interaction.response.defer()
        await interaction.followup.send(f"to {self._place.values[0].name}", ephemeral=True)


class TinyBot(discord.Client):
    """The commands below, each answering in another way."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True, guild_messages=True), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[str] = []
        self.resumed = asyncio.Event()

    async def setup_hook(self) -> None:
        """Register everything."""
        commands: list[Any] = [brief, news, panel, ask, brief_this, slow]
        for command in commands:
            self.tree.add_command(command)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        """Remember what was heard."""
        self.heard.append(message.content)

    async def on_resumed(self) -> None:
        """Remember that the session went on."""
        self.resumed.set()


@app_commands.command(description="A brief of a link or a file")
@app_commands.describe(link="The address", file="Or a text file", size="How long", to="Where it goes", who="For whom")
@app_commands.choices(size=[app_commands.Choice(name="short", value=1), app_commands.Choice(name="long", value=3)])
async def brief(
    interaction: discord.Interaction,
    link: app_commands.Range[str, 1, 300] = "none",
    file: discord.Attachment | None = None,
    size: app_commands.Choice[int] | None = None,
    to: discord.TextChannel | None = None,
    who: discord.Member | None = None,
) -> None:
    """Defer, then follow up twice."""
    await interaction.response.defer(thinking=True)
    text = (await file.read()).decode() if file else link
    parts = [text, str(size.value if size else 0), to.name if to else "-", who.display_name if who else "-"]
    embed = discord.Embed(title="Brief", url="https://example.org", timestamp=discord.utils.utcnow())
    embed.add_field(name="points", value=" ".join(parts)).set_footer(text="seen").set_author(name="desk")
    await interaction.followup.send("Done.", embed=embed)
    await interaction.followup.send("A private word.", ephemeral=True)


news = app_commands.Group(name="news", description="Stored news")


@news.command(name="search", description="Search stored news")
async def search(interaction: discord.Interaction, query: str, days: int = 7) -> None:
    """Answer at once, to the asking user only."""
    await interaction.response.send_message(f"{query} in {days} days", ephemeral=True)


@search.autocomplete("query")
async def suggest(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Topics that begin with what was typed."""
    return [app_commands.Choice(name=each, value=each) for each in TOPICS if each.startswith(typed)]


@app_commands.command(description="Show the panel")
@app_commands.default_permissions(manage_guild=True)
async def panel(interaction: discord.Interaction) -> None:
    """Answer with Components V2."""
    await interaction.response.send_message(view=Panel())


@app_commands.command(description="Ask with a form")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def ask(interaction: discord.Interaction) -> None:
    """Open the form."""
    await interaction.response.send_modal(Question())


@app_commands.command(description="Answer too late")
async def slow(interaction: discord.Interaction, seconds: float) -> None:
    """Sleep before the first answer."""
    await asyncio.sleep(seconds)
    try:
        await interaction.response.send_message("late")
    except discord.NotFound as error:
        interaction.client.heard.append(f"code {error.code}")  # type: ignore[attr-defined]


@app_commands.context_menu(name="Brief this")
async def brief_this(interaction: discord.Interaction, message: discord.Message) -> None:
    """Say whose message it was."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    await interaction.edit_original_response(content=f"{message.author.display_name}: {message.content}")


@asynccontextmanager
async def connected(fake: FakeDiscord, kind: Callable[[], Any] = TinyBot) -> AsyncIterator[Any]:
    """A bot, logged in to a fake and ready; discord.py gets its own addresses back afterwards."""
    addresses = discord.http.Route.BASE, str(discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY)
    host.point_discord_at(fake.api_url, fake.gateway_url)
    async with kind() as bot:
        running = asyncio.create_task(bot.start(fake.token))
        try:
            await fake.ready()
            await bot.wait_until_ready()
            yield bot
        finally:
            await bot.close()
            await running
            await _hearts_stopped()
            host.point_discord_at(*addresses)


async def _hearts_stopped() -> None:
    """The heart of a connection beats in a thread, which may be in the middle of a beat when the connection is closed;
    after the test there is no event loop for it any more.
    """
    for thread in threading.enumerate():
        if isinstance(thread, discord.gateway.KeepAliveHandler):
            thread.stop()
            await asyncio.to_thread(thread.join)


async def send_everything(fake: FakeDiscord, guild: Guild, channel: Channel, user: User) -> None:
    """Let the bot send a body of every kind it can: commands, replies, forms, embeds, files, layouts, edits."""
    async with connected(fake) as bot:
        place = bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        for name, values in (("brief", {"link": "https://example.org"}), ("news search", {"query": "budget"})):
            await (await fake.run_command(guild, channel, user, name, values)).final()
        await fake.autocomplete(guild, channel, user, "news search", {"query": "b"})
        shown = await (await fake.run_command(guild, channel, user, "panel")).final()
        await (await fake.press(shown["id"], "more", user)).final()
        await (await fake.press(shown["id"], "place", user, [channel])).final()
        form = await (await fake.run_command(guild, channel, user, "ask")).responded()
        await (await fake.submit_modal(form, {"words": "Why?", "topic": ["bridge"], "depth": "long"})).final()
        asked = await fake.post(channel, user, "The budget passed.")
        await (await fake.run_message_command(asked, user, "Brief this")).final()
        await place.typing()
        sent = await place.send("text", nonce="edition-1", file=discord.File(__file__, "a.py"), embeds=[wide_embed()])
        await sent.reply("again", mention_author=False, view=every_select(), suppress_embeds=True)
        await sent.edit(content=None, embed=wide_embed(), attachments=[discord.File(__file__, "a.py")])
        await sent.edit(content=None, embeds=[], attachments=[], view=gallery())
        await place.send(view=gallery(), file=discord.File(__file__, "a.py"), silent=True)
        await (await place.fetch_message(sent.id)).delete()


def wide_embed() -> discord.Embed:
    """An embed with every part."""
    embed = discord.Embed(title="t" * 256, description="d" * 1000, url="https://example.org/a?b=c", colour=0xFFFFFF)
    embed.timestamp = discord.utils.utcnow()
    embed.set_author(name="desk", url="https://example.org", icon_url="https://example.org/i.png")
    embed.set_footer(text="f" * 500, icon_url="https://example.org/i.png").set_image(url="attachment://a.py")
    return embed.set_thumbnail(url="https://example.org/i.png").add_field(name="n", value="v", inline=False)


def every_select() -> ui.View:
    """Action rows with each kind of select, one of them preset, and a button with an emoji."""
    view = ui.View(timeout=None)
    options = [discord.SelectOption(label=each, description=each, emoji="📰") for each in TOPICS]
    view.add_item(ui.Select(options=options, max_values=3, custom_id="topics"))
    preset = discord.SelectDefaultValue(id=1 << 60, type=discord.SelectDefaultValueType.user)
    view.add_item(ui.UserSelect(default_values=[preset], custom_id="who"))
    view.add_item(ui.RoleSelect(custom_id="roles")).add_item(ui.MentionableSelect(custom_id="any"))
    return view.add_item(ui.Button(emoji="🗞️", custom_id="paper", style=discord.ButtonStyle.danger))


def gallery() -> ui.LayoutView:
    """A layout with pictures, a file, a text at the top level and a button beside a text."""
    view = ui.LayoutView(timeout=None)
    pictures: ui.MediaGallery[ui.LayoutView] = ui.MediaGallery(discord.MediaGalleryItem("https://example.org/a.png"))
    button: ui.Button[ui.LayoutView] = ui.Button(label="Sources", custom_id="sources:1")
    view.add_item(ui.TextDisplay("## Edition")).add_item(pictures)
    return view.add_item(ui.Section("A line", accessory=button))
