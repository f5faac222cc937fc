"""Child processes that answer calls and can be killed.

Hostile input and heavy models run here, outside the event loop and the interpreter lock of the bot.

Why not `multiprocessing`: its spawn method imports the parent's main script again in every child, and many bots
end theirs with an unguarded `bot.run(...)`; loaded as an extension into such a host, every child would log in again.
So a child is plainly `python -c "serve(module)"`, with one frame per call and one per answer on its standard streams:

    4 bytes: length of the JSON header | 4 bytes: length of the attached bytes | header | bytes

Answers are JSON and never pickles: a child that was taken over by what it parsed cannot run code in the parent. The
first frame of a child says that its libraries are loaded; only then does the time of a call begin, so that a busy
machine, on which a start takes seconds, takes nothing from what is to be done.

A limit on processor time is kept by the kernel (`ITIMER_PROF`): what a call may cost is then the same on an idle and on
a busy machine. The limit on elapsed time is for a child that waits instead of working.
"""

import asyncio
import contextlib
import importlib
import json
import os
import re
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from summarizer.errors import CallFailed, CallTimedOut, ChildDied, Closed

_LENGTHS = struct.Struct("!II")
_LONGEST_ANSWER = 16 * 1024 * 1024  # bytes; reading one keeps the event loop busy for some hundredths of a second
_LONGEST_START = 120.0  # seconds; loading takes less than one on an idle machine
_LAST_MOMENT = 1.0  # seconds between the end of a child's output and its own
_READ_AHEAD = 1024 * 1024  # bytes
_READY = "ready"
_OVERRUN: int = getattr(signal, "SIGPROF", 0)  # the signal of ITIMER_PROF, which Windows lacks
_SECRET = re.compile(
    r"^DATELINE_|TOKEN(?!IZER)|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|WEBHOOK|DSN|DATABASE_URL"
    r"|^PGPASS|REDIS_URL|MONGO\w*_UR[IL]",
    re.IGNORECASE,
)
_IMPORT_ROOT = str(Path(__file__).resolve().parent.parent)


class Pool:
    """Up to `size` child processes that serve the functions of one module's `CALLS` mapping.

    Children start when they are first needed. One that died, overran its time or was cancelled is replaced at once, so
    that the next call finds a child that is ready. `memory` caps a child's address space in bytes, and `nice` makes it
    give way to others at the processor, where the system can do that.
    """

    def __init__(self, module: str, *, size: int = 1, memory: int | None = None, nice: int = 0) -> None:
        self._module = module
        self._memory = memory
        self._nice = nice
        # The last one back is the first one out: no more children are started than are needed at once.
        self._slots: asyncio.LifoQueue[_Child | None] = asyncio.LifoQueue()
        for _ in range(size):
            self._slots.put_nowait(None)
        self._living: set[_Child] = set()
        self._replacing: set[asyncio.Task[None]] = set()
        self._closed = False

    async def call(
        self,
        function: str,
        *arguments: Any,
        attached: bytes = b"",
        timeout: timedelta,  # noqa: ASYNC109  # it ends the child too, which a caller's own could not
        cpu: timedelta | None = None,
    ) -> Any:
        """Run `CALLS[function](*arguments)` in a child and return its JSON result; `attached` is appended as the last
        argument when not empty. `timeout` counts from when a ready child is free; `cpu` is how much processor time the
        call may take, on systems that can limit that.

        Raises CallFailed when the function raised, CallTimedOut and ChildDied when it was ended, and Closed.
        """
        child = await self._slots.get()
        try:
            if self._closed:
                raise Closed
            if child is None or not child.is_alive:
                child = await self._start()
            async with asyncio.timeout(timeout.total_seconds()):
                header = {"call": function, "arguments": arguments, "cpu": cpu and cpu.total_seconds()}
                answer = await child.exchange(header, attached)
        except TimeoutError:
            await self._discard(child)
            raise CallTimedOut(function, timeout.total_seconds()) from None
        except (asyncio.IncompleteReadError, OSError, _NoAnswer):  # among them a child that cannot be started
            await self._discard(child)
            if self._closed:
                raise Closed from None
            if cpu and child and child.overran:
                raise CallTimedOut(function, cpu.total_seconds()) from None
            raise ChildDied(function) from None
        except BaseException:
            await self._discard(child)
            raise
        finally:
            self._give_back(child)
        if "error" in answer:
            raise CallFailed(*answer["error"])
        return answer["result"]

    async def close(self) -> None:
        """End all children, whatever they are doing; calls under way or waiting raise Closed."""
        self._closed = True
        for child in list(self._living):
            await self._discard(child)
        await asyncio.gather(*self._replacing)

    def _give_back(self, child: "_Child | None") -> None:
        if child is None or child.is_alive or self._closed:
            self._slots.put_nowait(child)
            return
        replacing = asyncio.create_task(self._replace())
        self._replacing.add(replacing)
        replacing.add_done_callback(self._replacing.discard)

    async def _replace(self) -> None:
        child = None
        try:
            # Whoever gets the empty place tries again, and is told if that fails too.
            with contextlib.suppress(asyncio.IncompleteReadError, OSError, _NoAnswer, Closed):
                child = await self._start()
        finally:
            self._slots.put_nowait(child)

    async def _start(self) -> "_Child":
        """A child that is ready. One that cannot be started in time counts as dead."""
        child = _Child(await _spawn(self._module, self._memory, self._nice))
        self._living.add(child)
        try:
            if self._closed:
                raise Closed
            async with asyncio.timeout(_LONGEST_START):
                await child.get_ready()
        except TimeoutError:
            await self._discard(child)
            raise _NoAnswer from None
        except BaseException:
            await self._discard(child)
            raise
        return child

    async def _discard(self, child: "_Child | None") -> None:
        if child is not None:
            self._living.discard(child)
            await child.kill()


class _NoAnswer(Exception):
    """What a child wrote is no answer."""


class _Child:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    @property
    def overran(self) -> bool:
        """Whether the kernel ended it for the processor time it took."""
        return self._process.returncode == -_OVERRUN

    async def get_ready(self) -> None:
        """Wait until its libraries are loaded."""
        if await self._answer() != {"result": _READY}:
            raise _NoAnswer

    async def exchange(self, header: dict[str, Any], attached: bytes) -> dict[str, Any]:
        to_child = self._process.stdin
        assert to_child
        to_child.write(_frame(header, attached))
        await to_child.drain()
        return await self._answer()

    async def _answer(self) -> dict[str, Any]:
        from_child = self._process.stdout
        assert from_child
        length, _ = _LENGTHS.unpack(await from_child.readexactly(_LENGTHS.size))
        if length > _LONGEST_ANSWER:
            raise _NoAnswer
        return _checked(await from_child.readexactly(length))

    async def kill(self) -> None:
        # Shielded so that a cancelled caller cannot leave a zombie behind.
        ended = asyncio.ensure_future(self._process.wait())
        try:
            # Killing one that ends by itself would take from asyncio what it ended of.
            if self._process.stdout and self._process.stdout.at_eof():
                await asyncio.wait([ended], timeout=_LAST_MOMENT)
        finally:
            if self.is_alive:
                self._process.kill()
            await asyncio.shield(ended)


def _checked(encoded: bytes) -> dict[str, Any]:
    """The child's answer, which is not trusted to be one: what it parsed may have taken it over."""
    try:
        answer = json.loads(encoded.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise _NoAnswer from None
    match answer:
        case {"result": _} | {"error": [str(), str()]}:
            return dict(answer)
    raise _NoAnswer


async def _spawn(module: str, memory: int | None, nice: int) -> asyncio.subprocess.Process:
    search_path = os.pathsep.join(filter(None, [_IMPORT_ROOT, os.environ.get("PYTHONPATH")]))
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        f"from summarizer.processes import serve; serve({module!r}, {memory!r}, {nice!r})",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=_READ_AHEAD,
        env=_without_secrets(os.environ) | {"PYTHONPATH": search_path},
    )


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """A process that reads hostile input has no need to know our settings, the bot's token among them, nor what the
    host that runs us calls a secret.
    """
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def _frame(header: dict[str, Any], attached: bytes = b"") -> bytes:
    # Letters as themselves: of a Russian text, an escaped one would be three times as long.
    encoded = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(encoded), len(attached)) + encoded + attached


def serve(module: str, memory: int | None, nice: int) -> None:
    """Answer calls from standard input until it closes: the whole life of a child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides when we end
    if hasattr(signal, "SIGPROF"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # to end, whatever the host did with it
    if hasattr(os, "nice"):  # not on Windows
        os.nice(nice)
    if memory is not None:
        _limit_memory(memory)
    calls: dict[str, Callable[..., Any]] = importlib.import_module(module).CALLS
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # a stray print of some library must not end up between two frames
        answer: dict[str, Any] = {"result": _READY}
        while True:
            answers.write(_frame(answer))
            answers.flush()
            if (frame := _read_frame(sys.stdin.buffer)) is None:
                return
            answer = _answer(calls, *frame)


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, attached = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(header).decode("utf-8", "surrogatepass")), stream.read(attached)


def _answer(calls: dict[str, Callable[..., Any]], header: dict[str, Any], attached: bytes) -> dict[str, Any]:
    arguments = [*header["arguments"], attached] if attached else header["arguments"]
    try:
        _limit_processor_time(header["cpu"])
        return {"result": calls[header["call"]](*arguments)}
    except Exception as error:  # noqa: BLE001  # the edge of the process: the parent raises it again as CallFailed
        return {"error": [type(error).__name__, str(error)]}
    finally:
        _limit_processor_time(None)


def _limit_processor_time(seconds: float | None) -> None:
    """Let the kernel end this process when it has worked so long; None lets it work for ever."""
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_PROF, seconds or 0)
