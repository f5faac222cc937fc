"""The real bot in a process of its own, started and ended as an operator or a power cut would."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.wire.fakediscord import FakeDiscord


@dataclass
class RunningBot:
    """A process with what it has printed so far."""

    process: asyncio.subprocess.Process
    home: Path
    lines: list[str] = field(default_factory=list)

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    async def terminate(self, timeout: float = 20.0) -> int:
        """SIGTERM, as a service manager sends it; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), timeout)

    async def kill(self) -> None:
        """SIGKILL: nothing of the process runs any more."""
        self.process.kill()
        await self.process.wait()

    def age_leases(self) -> None:
        """Let what a dead process held be free at once, instead of after some minutes."""
        with closing(sqlite3.connect(self.home / "dateline.sqlite3")) as database, database:
            database.execute("UPDATE editions SET lease_until = '2020-01-01 00:00:00' WHERE lease_until IS NOT NULL")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with closing(sqlite3.connect(self.home / "dateline.sqlite3")) as database:
            return database.execute(query).fetchall()


@asynccontextmanager
async def running(
    fake: FakeDiscord, home: Path, *, token: str | None = None, settings: Mapping[str, str] | None = None
) -> AsyncIterator[RunningBot]:
    """`python -m bot run` against a fake Discord; killed at the end if it still runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    ours = {"DATELINE_HOME": str(home), "DATELINE_DISCORD_TOKEN": fake.token if token is None else token}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.wire.host",
        fake.api_url,
        fake.gateway_url,
        "run",
        env={**kept, **ours, **(settings or {})},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    bot = RunningBot(process, home)
    reading = asyncio.create_task(_read(bot))
    try:
        yield bot
    finally:
        if process.returncode is None:
            await bot.kill()
        await reading


async def _read(bot: RunningBot) -> None:
    assert bot.process.stdout is not None
    async for line in bot.process.stdout:
        bot.lines.append(line.decode(errors="replace").rstrip())
