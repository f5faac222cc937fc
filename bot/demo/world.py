"""A Discord server that exists in this process only, with the real bot in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic  # by name: the simulation replaces the one in the module
from typing import Any

import discord
import simcord

from bot.app import DatelineBot
from bot.assembly import Dateline, open_dateline
from bot.publisher import DiscordPublisher
from bot.services.ports import Clock
from bot.settings import Settings
from storage import NewDigest, Storage

SLOWEST_ANSWER = 60.0


@dataclass(frozen=True)
class World:
    """The server, its people, and the services of the bot in it."""

    env: Any
    bot: DatelineBot
    guild: Any
    general: Any
    news: Any
    closed: Any  # a channel the bot may not write to
    admin: Any
    member: Any

    @property
    def dateline(self) -> Dateline:
        """The bot's services."""
        return self.bot.dateline


class RealClock:
    """Lets the simulated Discord run on the time of this machine instead of one that tests wind forward."""

    @property
    def elapsed(self) -> float:
        """Seconds; the same zero as that of the event loop."""
        return monotonic()

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        """Time passes by itself."""


class LateClock:
    """The time of this machine, minus some: lets what is set up first lie in the past."""

    def __init__(self, behind: timedelta) -> None:
        self.behind = behind

    def now(self) -> datetime:
        """The moment it is for the bot."""
        return datetime.now(UTC) - self.behind


@asynccontextmanager
async def simulated(settings: Settings, clock: Clock | None = None) -> AsyncIterator[World]:
    """The bot, logged in to a simulated Discord; its timetable is not started."""
    bot = DatelineBot()
    async with open_dateline(settings, DiscordPublisher(bot), clock) as bot.dateline:
        # Begun here and not by the first command, because the simulation waits for all that a command begins.
        await bot.dateline.library.worker.warm_up()
        env = simcord.Env(bot, settle_timeout=SLOWEST_ANSWER)
        env.backend.bot_user.name = "Dateline"
        env.backend.clock = RealClock()  # type: ignore[assignment]  # simcord asks for its own class
        await env.start()
        try:
            yield _populate(env, bot)
        finally:
            await bot.dateline.stop()
            await env.shutdown()


def _populate(env: Any, bot: DatelineBot) -> World:
    guild = env.create_guild("Marrowport Readers")
    nothing = discord.PermissionOverwrite(view_channel=False, send_messages=False)
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return World(
        env=env,
        bot=bot,
        guild=guild,
        general=guild.create_text_channel("general"),
        news=guild.create_text_channel("news"),
        closed=guild.create_text_channel("archive", overwrites={guild.me: nothing}),
        admin=guild.add_member(env.create_user("ines", global_name="Ines (admin)"), roles=[managers]),
        member=guild.add_member(env.create_user("tomas", global_name="Tomas (member)")),
    )


async def digest_due_now(storage: Storage, server_id: int, channel_id: int, name: str, since: datetime) -> None:
    """A digest that was set up a while ago and is due this minute."""
    now = datetime.now(UTC)
    daily = f"mon,tue,wed,thu,fri,sat,sun {now:%H:%M}"
    new = NewDigest(name=name, channel_id=channel_id, schedule=daily, timezone="UTC", stories=8)
    async with storage.begin() as tx:
        await tx.servers.ensure(server_id, since)
        await tx.digests.add(server_id, new, since)
