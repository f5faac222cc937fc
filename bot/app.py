"""The runnable host: a bot that does nothing but load Dateline."""

import asyncio
import contextlib
import gc
import logging
import signal

import aiohttp
import discord
from discord.ext import commands

from bot.assembly import Dateline, open_dateline
from bot.cogs import start_when_ready
from bot.errors import DigestError
from bot.health import Check, GatewayWatch, database_check, serving_health
from bot.publisher import CLOUDFLARE_PAUSE, DiscordPublisher
from bot.settings import Settings

log = logging.getLogger(__name__)

INTENTS = discord.Intents(guilds=True)
"""None of the privileged ones: commands and buttons bring what they need with them."""
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
    pin_messages=True,
)
LONGEST_RATE_LIMIT = 60.0
AUTHENTICATION_FAILED = 4004
"""https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes"""
FIRST_RETRY, LAST_RETRY = 2.0, 60.0


class DatelineBot(commands.Bot):
    """Sets what only a host may set, and loads the extension as any other bot would."""

    dateline: Dateline

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=INTENTS,
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_RATE_LIMIT,
        )

    async def setup_hook(self) -> None:
        """Load Dateline and register its commands."""
        if "bot.cogs" not in self.extensions:  # a log-in that failed half-way is tried again
            await self.load_extension("bot.cogs")
        commands_registered = await self.tree.sync()
        log.info("%d commands registered", len(commands_registered))

    async def on_ready(self) -> None:
        """Tell the operator where things stand."""
        log.info("logged in as %s, in %d servers", self.user, len(self.guilds))


def invitation(application_id: int) -> str:
    """The link with which an admin adds Dateline to a server, with exactly the permissions it needs."""
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))


async def run(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM, then stop cleanly.

    Raises DigestError when Discord does not take the token, or not any more.
    """
    assert settings.discord_token is not None
    bot = DatelineBot()
    publisher = DiscordPublisher(bot)
    async with (
        open_dateline(settings, publisher) as bot.dateline,
        bot,
        serving_health(settings.metrics_host, settings.metrics_port, _health_checks(bot)),
    ):
        leave_alone_what_stays()
        work = asyncio.gather(
            _stay_connected(bot, settings.discord_token.get_secret_value()),
            start_when_ready(bot, bot.dateline),
            _until_revoked(publisher),
        )
        stop = asyncio.create_task(stop_signal())
        await asyncio.wait((work, stop), return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
        await bot.dateline.stop()
        await bot.close()
        stop.cancel()
        work.cancel()
        for ended in await asyncio.gather(work, stop, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


def leave_alone_what_stays() -> None:
    """Have the garbage collector pass over modules and services from now on: looking through them all holds up the
    event loop for a tenth of a second.
    """
    gc.collect()
    gc.freeze()


def _health_checks(bot: DatelineBot) -> dict[str, Check]:
    watch = GatewayWatch()
    for listener in (watch.on_ready, watch.on_resumed, watch.on_disconnect):
        bot.add_listener(listener)
    return {"database": database_check(bot.dateline.storage), "discord": watch.check}


async def stop_signal() -> None:
    """Wait until the operator or the system asks us to stop."""
    stopping = asyncio.Event()
    with contextlib.suppress(NotImplementedError):  # on Windows Ctrl-C cancels us instead
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    await stopping.wait()


async def _until_revoked(publisher: DiscordPublisher) -> None:
    """Raises DigestError when Discord refuses the token in mid-flight; waits for ever otherwise."""
    await publisher.revoked.wait()
    raise _token_refused()


def _token_refused() -> DigestError:
    return DigestError("Discord does not accept DATELINE_DISCORD_TOKEN. Copy it again, or reset it.")


async def _stay_connected(bot: DatelineBot, token: str) -> None:
    await _log_in(bot, token)
    assert bot.application_id is not None
    print(f"Add Dateline to a server: {invitation(bot.application_id)}", flush=True)
    while not bot.is_closed():
        try:
            await bot.connect(reconnect=True)
        except discord.ConnectionClosed as error:
            raise (_token_refused() if error.code == AUTHENTICATION_FAILED else error) from None
        except discord.PrivilegedIntentsRequired:
            raise
        except Exception:  # discord.py reconnects by itself, but not when the very first handshake breaks
            log.exception("the connection to Discord failed; trying again in %.0f s", LAST_RETRY)
            await asyncio.sleep(LAST_RETRY)


async def _log_in(bot: DatelineBot, token: str) -> None:
    """Log in, waiting for Discord when it cannot be reached; discord.py itself gives up at once."""
    delay = FIRST_RETRY
    while True:
        try:
            await bot.login(token)
        except discord.LoginFailure:
            raise _token_refused() from None
        except (aiohttp.ClientError, TimeoutError, discord.DiscordException) as error:
            wait = _wait(error, delay)
            if wait is None:
                raise
            log.warning("Discord cannot be reached (%s); trying again in %.0f s", type(error).__name__, wait)
            await asyncio.sleep(wait)
            delay = min(2 * delay, LAST_RETRY)
        else:
            return


def _wait(error: Exception, delay: float) -> float | None:
    """Seconds until a log-in that failed may be tried again; None when that is of no use."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if isinstance(error, discord.HTTPException) and error.status == 429:  # by Cloudflare: it names no time
        return CLOUDFLARE_PAUSE.total_seconds()
    is_hopeless = isinstance(error, discord.DiscordException) and not isinstance(error, discord.DiscordServerError)
    return None if is_hopeless else delay
