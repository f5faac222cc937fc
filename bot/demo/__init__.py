"""The demo: the real bot on a simulated Discord in the browser. Needs no account, no token and no network."""

import asyncio
import contextlib
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import DigestError
from bot.settings import NO_OTHER_MODELS, Settings

if TYPE_CHECKING:
    from bot.demo.newsstand import Newsstand
    from bot.demo.world import LateClock, World

SCREENSHOT = "dateline-demo.png"
REFRESH_SECONDS = 1.0


async def run_demo(*, check: bool, port: int) -> int:
    """Run until Ctrl-C, or walk through it when `check` is set; returns the exit code. Raises DigestError."""
    if not check:
        _check_port(port)
    # The simulated Discord probes the library with a client of its own, which warns.
    logging.getLogger("discord").setLevel(logging.ERROR)
    try:
        import simcord  # noqa: F401
    except ImportError:
        raise DigestError("The demo needs its extra packages: pip install -e '.[demo]'.") from None
    with tempfile.TemporaryDirectory(prefix="dateline-demo-") as home:
        async with _prepared(Path(home)) as (world, stand, clock):
            return await (_check(world, stand, clock) if check else _serve(world, stand, clock, port))


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise DigestError(f"Port {port} is taken on this machine. Try another: --port {port + 1}.") from None


@asynccontextmanager
async def _prepared(home: Path) -> AsyncIterator[tuple["World", "Newsstand", "LateClock"]]:
    from bot.demo.newsstand import LOOPBACK, newsstand
    from bot.demo.world import LateClock, simulated

    print("Starting the bot on a simulated Discord …", flush=True)
    # Nothing of the operator's own settings gets into the demo; the papers are on this machine, so it is opened.
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # known to pydantic-settings, not to its signature
        home=home,
        database_url=None,
        discord_token=None,
        fetch_allow_networks=(ip_network(LOOPBACK),),
        **NO_OTHER_MODELS,
    )
    # The sources are followed a little before the minute at which the digest is due.
    clock = LateClock(timedelta(minutes=2))
    async with newsstand(datetime.now(UTC)) as stand, simulated(settings, clock) as world:
        yield world, stand, clock


async def _due_digest(world: "World", clock: "LateClock") -> None:
    """Post a digest that somebody set up yesterday for this very minute."""
    from bot.demo.world import digest_due_now

    clock.behind = timedelta()
    yesterday = datetime.now(UTC) - timedelta(days=1)
    await digest_due_now(world.dateline.storage, world.guild.id, world.news.id, "Marrowport today", yesterday)
    await world.dateline.editions.run_due()


async def _check(world: "World", stand: "Newsstand", clock: "LateClock") -> int:
    from bot.demo.walk import Walk

    walk = Walk(world, stand, lambda line: print(line, flush=True))
    await walk.follow_sources()
    await _due_digest(world, clock)
    for part in (
        walk.edition_and_its_sources,
        walk.briefs,
        walk.stored_news,
        walk.digests,
        walk.sources,
        walk.refusals,
    ):
        await part()
    await _picture(world)
    right = sum(step.problem is None for step in walk.steps)
    print(f"{right} of {len(walk.steps)} answers were right.")
    return 0 if walk.passed else 1


async def _serve(world: "World", stand: "Newsstand", clock: "LateClock", port: int) -> int:
    from bot.demo.walk import Walk

    await Walk(world, stand, lambda _: None).follow_sources()
    await _due_digest(world, clock)
    await world.dateline.start()
    people = [world.admin, world.member]
    async with world.env.preview(world.news, viewers=people, port=port, layout="channel") as preview:
        print(_INVITATION.format(url=preview.url, stand=stand), flush=True)
        refreshing = asyncio.create_task(_keep_fresh(world.env, preview))
        try:
            await _until_stopped(preview)
        finally:
            refreshing.cancel()
            await asyncio.gather(refreshing, return_exceptions=True)
    return 0


_INVITATION = """
Open {url}

The digest in #news was due and has been posted. Press Sources under it. Then type / in the message field and choose:
  /brief          link: {stand.wire_text}
  /brief          without options: a form for pasted text or a file
  /source add     address: {stand.gazette}
  /source import  address: {stand.reading_list}
  /digest add     name: Lunch, channel: news, when: weekdays 12:30, timezone: Europe/Berlin
  /digest preview, /digest manage, /source manage, /source list, /news search, /news help

You are Ines, who manages the server; "Viewing as" makes you Tomas, a member.
Ctrl-C ends it. Nothing is kept."""


async def _until_stopped(preview: Any) -> None:
    from bot.app import stop_signal

    waits = [asyncio.create_task(stop_signal()), asyncio.create_task(preview.wait_closed())]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()


async def _keep_fresh(env: Any, preview: Any) -> None:
    """Show what the bot posts by itself; a page that is refreshed for nothing would refuse the person's next click."""
    import simcord

    seen = -1
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        preview.capture_time = datetime.now(UTC)  # what “5 minutes ago” counts from in the next answer
        posts = sum(request.method != "GET" and request.path.startswith("/channels/") for request in env.http_requests)
        if posts == seen:
            continue
        with contextlib.suppress(simcord.SetupError):  # a person's action is under way; its end shows everything
            await preview.refresh()
            seen = posts


async def _picture(world: "World") -> None:
    """Save what a person would see, when Debian's Chromium or another one is there."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("No Chromium here, so no picture was taken.")
        return
    target = Path(tempfile.gettempdir()) / SCREENSHOT
    target.unlink(missing_ok=True)
    async with world.env.preview(world.news, viewers=[world.member], port=None) as preview:
        with tempfile.TemporaryDirectory(prefix="dateline-chromium-") as profile:
            await _photograph(browser, profile, preview.url, target)
    print(f"Picture: {target}" if target.exists() else "Chromium took no picture.")


async def _photograph(browser: str, profile: str, url: str, target: Path) -> None:
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    process = await asyncio.create_subprocess_exec(
        browser,
        "--headless=new",
        *sandbox,
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-proxy-server",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
        "--window-size=1280,1400",
        "--virtual-time-budget=10000",
        f"--screenshot={target}",
        url,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await asyncio.wait_for(process.wait(), timeout=60)
    except TimeoutError:
        process.kill()
        await process.wait()
