"""A process that only posts editions: the real storage, services, publisher and discord.py, without model and cogs.

`python -m tests.wire.poster` reads one job a line, as JSON, and runs each in a process of its own, forked from this
one, which has imported everything already. It answers with the process id, and with its end.
"""

import asyncio
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import discord
from sqlalchemy import text

from bot.publisher import DiscordPublisher
from bot.services.briefing import Briefing
from bot.services.composing import Composing
from bot.services.editions import Editions
from bot.services.ports import Sent, SystemClock
from bot.services.stories import Composition
from bot.ui.bodies import Body
from storage import Digest, Edition, Storage
from storage.store import Transaction
from tests.fakes import FakeAdmins, FakeCondenser
from tests.wire import host

ROOT = Path(__file__).resolve().parents[2]
PARTS = 3
DONE, NOT_DONE = 0, 3


@dataclass(frozen=True)
class Job:
    """What one process does: it posts until so many editions are sent, or it is killed at its nth step."""

    database: str
    api_url: str
    gateway_url: str
    token: str
    editions: int
    parts: int = PARTS
    kill_at: int = 0  # never
    hold: float = 180.0
    every: float = 0.1  # seconds from one sweep to the next
    seconds: float = 30.0


def run(job: Job) -> int:
    """The life of the process; returns its exit code."""
    host.point_discord_at(job.api_url, job.gateway_url)
    return asyncio.run(_post(job))


async def _post(job: Job) -> int:
    steps = Steps(job.kill_at)
    storage = KillableStorage(job.database, steps)
    await storage.open()
    client = discord.Client(intents=discord.Intents(guilds=True), max_ratelimit_timeout=60.0, guild_ready_timeout=0.1)
    async with client:
        connecting = asyncio.create_task(client.start(job.token))
        await asyncio.sleep(0)  # it logs in before it can be waited for
        while not client.is_ready():
            await asyncio.sleep(0.01)
        try:
            return await _until_done(job, storage, editions(job, storage, KillablePublisher(client, steps)))
        finally:
            await storage.close()
            await client.close()
            await asyncio.gather(connecting, return_exceptions=True)


def editions(job: Job, storage: Storage, publisher: DiscordPublisher) -> Editions:
    """The service with its neighbours."""
    clock, condenser = SystemClock(), FakeCondenser()
    composing = Composing(storage, condenser, Briefing(storage, condenser, clock), clock)

    def render(edition: Edition, digest: Digest, composition: Composition) -> list[dict[str, Any]]:
        texts = [f"{digest.name} part {number}" for number in range(job.parts)]
        return [Body((text,), title=f"{digest.name} of today").to_json() for text in texts]

    hold = timedelta(seconds=job.hold)
    return Editions(
        storage, composing, publisher, FakeAdmins(), render, clock, owner=f"process-{os.getpid()}", hold=hold
    )


async def _until_done(job: Job, storage: "KillableStorage", service: Editions) -> int:
    end, next_sweep = time.monotonic() + job.seconds, 0.0
    while await storage.sent() < job.editions and time.monotonic() < end:
        if time.monotonic() >= next_sweep:
            await service.run_due()
            next_sweep = time.monotonic() + job.every
        await asyncio.sleep(0.1)
    await service.stop(timedelta(seconds=5))
    return DONE if await storage.sent() >= job.editions else NOT_DONE


@dataclass
class Steps:
    """Counts what the process has done, and ends it at once, with SIGKILL, at the nth."""

    kill_at: int
    done: int = 0

    def next(self) -> None:
        """One more step."""
        self.done += 1
        if self.done == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


class KillableStorage(Storage):
    """A step after every transaction that writes: it is the one before the next thing that is done."""

    def __init__(self, url: str, steps: Steps) -> None:
        super().__init__(url)
        self._steps = steps

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        async with super().begin() as tx:
            yield tx
        self._steps.next()

    async def sent(self) -> int:
        """How many editions are through."""
        async with self._engine.connect() as connection:
            return (await connection.execute(text("SELECT count(*) FROM editions WHERE state = 'sent'"))).scalar_one()


class KillablePublisher(DiscordPublisher):
    """A step when Discord has a part and nothing knows of it yet."""

    def __init__(self, client: discord.Client, steps: Steps) -> None:
        super().__init__(client)
        self._steps = steps

    async def send(self, channel_id: int, body: dict[str, Any], nonce: str) -> Sent:
        sent = await super().send(channel_id, body, nonce)
        self._steps.next()
        return sent

    async def find(self, channel_id: int, marker: str, since: datetime) -> Sent | None:
        found = await super().find(channel_id, marker, since)
        self._steps.next()
        return found


# the side of the tests


@dataclass
class Run:
    """One forked process."""

    pid: int
    ended: "asyncio.Future[int]"  # its exit code, negative for a signal

    def kill(self) -> None:
        """SIGKILL: not one line of its own code runs any more."""
        os.kill(self.pid, signal.SIGKILL)


@dataclass
class Posters:
    """Starts jobs, each in a process of its own."""

    process: asyncio.subprocess.Process
    runs: dict[int, Run] = field(default_factory=dict)
    waiting: list["asyncio.Future[Run]"] = field(default_factory=list)

    async def start(self, job: Job) -> Run:
        """A process that does the job."""
        assert self.process.stdin is not None
        started = asyncio.get_running_loop().create_future()
        self.waiting.append(started)
        self.process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
        return await started

    async def listen(self) -> None:
        """Follow what the mother process says."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            word, pid, *code = line.split()
            if word == b"started":
                run = self.runs[int(pid)] = Run(int(pid), asyncio.get_running_loop().create_future())
                self.waiting.pop(0).set_result(run)
            else:
                self.runs.pop(int(pid)).ended.set_result(int(code[0]))


@asynccontextmanager
async def posters() -> AsyncIterator[Posters]:
    """A mother process, ended with all its children."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.wire.poster",
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    made = Posters(process)
    listening = asyncio.create_task(made.listen())
    try:
        yield made
    finally:
        for run in made.runs.values():
            run.kill()
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()
        await listening


# the side of the mother process


def main(lines: Sequence[str] | Any = sys.stdin) -> None:
    """Fork a process for each job, until there are no more."""
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    for line in iter(sys.stdin.buffer.raw.readline, b""):  # type: ignore[attr-defined]
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # its end is told after its beginning
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            os._exit(_exit_code(json.loads(line)))
        os.write(1, f"started {pid}\n".encode())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    while _reap(blocking=True):
        pass


def _exit_code(job: dict[str, Any]) -> int:
    try:
        return run(Job(**job))
    except BaseException:  # noqa: BLE001  # a forked process must not go on as its mother
        traceback.print_exc()
        return NOT_DONE


def _reap(*, blocking: bool = False) -> bool:
    """Tell of children that have ended; whether there may be more."""
    while True:
        try:
            pid, status = os.waitpid(-1, 0 if blocking else os.WNOHANG)
        except ChildProcessError:
            return False
        if pid == 0:
            return True
        os.write(1, f"ended {pid} {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
