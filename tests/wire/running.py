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
from typing import Any

from tests.wire.fakediscord import FakeDiscord

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class RunningBot:
    """A process with the lines it has written so far to its two streams, and the database in its home."""

    process: asyncio.subprocess.Process
    home: Path
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    reading: "asyncio.Future[Any] | None" = None

    @property
    def output(self) -> str:
        """Both streams."""
        return "\n".join([*self.out, *self.err])

    async def terminate(self, timeout: float = 20.0) -> int:
        """SIGTERM, as a service manager sends it; returns the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ended(timeout)

    async def kill(self) -> None:
        """SIGKILL: not one line of its own code runs any more."""
        self.process.kill()
        await self.ended(20)

    async def ended(self, timeout: float) -> int:
        """Wait for the end of the process and of its children, who hold its streams open; returns the exit code."""
        assert self.reading is not None
        async with asyncio.timeout(timeout):
            code = await self.process.wait()
            await asyncio.shield(self.reading)
        return code

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with closing(sqlite3.connect(self.home / "dateline.sqlite3", timeout=10)) as database, database:
            return database.execute(query).fetchall()

    def free_editions(self) -> None:
        """Let the leases of a process that died run out now, instead of after some minutes."""
        self.rows("UPDATE editions SET lease_until = '2000-01-01 00:00:00' WHERE lease_until IS NOT NULL")


@asynccontextmanager
async def running(
    fake: FakeDiscord, home: Path, settings: Mapping[str, str | None] | None = None
) -> AsyncIterator[RunningBot]:
    """`python -m bot run` against a fake Discord, with its token unless `settings` has another, or None for none.

    It starts in its home, where no .env of a developer is found, and is killed at the end if it still runs.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    ours = {"DATELINE_HOME": str(home), "DATELINE_DISCORD_TOKEN": fake.token, **(settings or {})}
    given = {name: value for name, value in ours.items() if value is not None}
    environment = kept | given | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.wire.host", fake.api_url, fake.gateway_url, "run"]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, cwd=home, env=environment, stdout=pipe, stderr=pipe)
    bot = RunningBot(process, home)
    bot.reading = asyncio.gather(_read(process.stdout, bot.out), _read(process.stderr, bot.err))
    try:
        yield bot
    finally:
        if process.returncode is None:
            await bot.kill()
        await bot.reading


async def _read(stream: asyncio.StreamReader | None, lines: list[str]) -> None:
    assert stream is not None
    async for line in stream:
        lines.append(line.decode(errors="replace").rstrip())
