"""The Discord side: thin commands over the services, loadable into any discord.py bot.

    await bot.load_extension("bot.cogs")

Settings come from the environment. A host that opens the services itself, as ours does, sets `bot.dateline` first.
"""

import asyncio
import logging
from contextlib import AsyncExitStack

import discord
from discord.ext import commands

from bot.assembly import Dateline, open_dateline
from bot.cogs.briefs import Briefs, BriefSources
from bot.cogs.digestpanels import DigestButton, HistoryButton, HistoryMenu
from bot.cogs.digests import Digests
from bot.cogs.editions import EditionMore, EditionReport, EditionSources, PointMenu, StoryMenu
from bot.cogs.guild import Guild, ServerButton, ServerChannel
from bot.cogs.news import News
from bot.cogs.notices import NoticeButton, NoticeChannel
from bot.cogs.sourcepanels import SourceButton, SourceListButton
from bot.cogs.sources import Sources
from bot.publisher import DiscordPublisher
from bot.settings import read_settings
from storage import Unavailable

log = logging.getLogger(__name__)

DATABASE_RETRY = 10.0

DYNAMIC_ITEMS = (
    BriefSources,
    EditionSources,
    EditionMore,
    StoryMenu,
    EditionReport,
    PointMenu,
    SourceButton,
    SourceListButton,
    DigestButton,
    HistoryButton,
    HistoryMenu,
    NoticeButton,
    NoticeChannel,
    ServerButton,
    ServerChannel,
)


async def setup(bot: commands.Bot) -> None:
    """Called by `load_extension`."""
    dateline: Dateline | None = getattr(bot, "dateline", None)
    async with AsyncExitStack() as opened:
        if dateline is None:
            dateline = await opened.enter_async_context(open_dateline(read_settings(), DiscordPublisher(bot)))
            await bot.add_cog(Lifecycle(bot, dateline, opened.pop_all()))
    for cog in (Briefs(dateline, bot.tree), News(dateline), Sources(dateline), Digests(dateline), Guild(dateline)):
        await bot.add_cog(cog)
    bot.add_dynamic_items(*DYNAMIC_ITEMS)


async def teardown(bot: commands.Bot) -> None:
    """Called by `unload_extension`."""
    bot.remove_dynamic_items(*DYNAMIC_ITEMS)


class Lifecycle(commands.Cog):
    """In a host that is not ours: starts the services when Discord is there, and closes them with the extension."""

    def __init__(self, bot: commands.Bot, dateline: Dateline, opened: AsyncExitStack) -> None:
        self._bot = bot
        self._dateline = dateline
        self._opened = opened
        self._starting: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Wait for Discord in the background."""
        self._starting = asyncio.create_task(start_when_ready(self._bot, self._dateline))

    async def cog_unload(self) -> None:
        """Stop cleanly; called when the extension is unloaded or the bot closes."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)
        await self._dateline.stop()
        await self._opened.aclose()


async def start_when_ready(bot: discord.Client, dateline: Dateline) -> None:
    """Begin to poll and to post as soon as the bot sees its servers."""
    await bot.wait_until_ready()
    try:
        await _start(dateline)
    except Exception:
        log.exception("Dateline could not start")
        raise
    log.info("watching sources and digests of %d servers", len(bot.guilds))


async def _start(dateline: Dateline) -> None:
    while True:
        try:
            return await dateline.start()
        except Unavailable as outage:
            log.warning("%s; trying again in %.0f s", outage, DATABASE_RETRY)
            await asyncio.sleep(DATABASE_RETRY)
