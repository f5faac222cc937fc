"""Child processes that answer calls and can be killed.

Hostile input and heavy models run here, outside the event loop and the interpreter lock of the bot.

Why not `multiprocessing`: its spawn method imports the parent's main script again in every child, and many bots
end theirs with an unguarded `bot.run(...)`; loaded as an extension into such a host, every child would log in again.
So a child is plainly `python -c "serve(module)"`, with one frame per call and one per answer on its standard streams:

    4 bytes: length of the JSON header | 4 bytes: length of the attached bytes | header | bytes

Answers are JSON and never pickles: a child that was taken over by what it parsed cannot run code in the parent.
"""

import asyncio
import importlib
import json
import os
import signal
import struct
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from summarizer.errors import CallFailed, CallTimedOut, ChildDied, Closed

_LENGTHS = struct.Struct("!II")
_LONGEST_ANSWER = 64 * 1024 * 1024  # bytes
_IMPORT_ROOT = str(Path(__file__).resolve().parent.parent)


class Pool:
    """Up to `size` child processes that serve the functions of one module's `CALLS` mapping.

    Children start with the first call and are replaced when they die, overrun their time or are cancelled.
    `memory` caps a child's address space in bytes, where the system can do that.
    """

    def __init__(self, module: str, *, size: int = 1, memory: int | None = None) -> None:
        self._module = module
        self._memory = memory
        self._slots: asyncio.Queue[_Child | None] = asyncio.Queue()
        for _ in range(size):
            self._slots.put_nowait(None)
        self._living: set[_Child] = set()
        self._closed = False

    async def call(
        self,
        function: str,
        *arguments: Any,
        attached: bytes = b"",
        timeout: timedelta,  # noqa: ASYNC109  # it ends the child too, which a caller's own could not
    ) -> Any:
        """Run `CALLS[function](*arguments)` in a child and return its JSON result; `attached` is appended as the last
        argument when not empty. The time counts from when a child is free.

        Raises CallFailed when the function raised, CallTimedOut and ChildDied when it was ended, and Closed.
        """
        child = await self._slots.get()
        try:
            if self._closed:
                raise Closed
            if child is None or not child.is_alive:
                await self._discard(child)
                child = await self._start()
            async with asyncio.timeout(timeout.total_seconds()):
                answer = await child.exchange({"call": function, "arguments": arguments}, attached)
        except TimeoutError:
            await self._discard(child)
            raise CallTimedOut(function, timeout.total_seconds()) from None
        except (asyncio.IncompleteReadError, OSError, _NoAnswer):  # among them a child that cannot be started
            await self._discard(child)
            if self._closed:
                raise Closed from None
            raise ChildDied(function) from None
        except BaseException:
            await self._discard(child)
            raise
        finally:
            self._slots.put_nowait(child)
        if "error" in answer:
            raise CallFailed(*answer["error"])
        return answer["result"]

    async def close(self) -> None:
        """End all children, whatever they are doing; calls under way or waiting raise Closed."""
        self._closed = True
        for child in list(self._living):
            await self._discard(child)

    async def _start(self) -> "_Child":
        child = _Child(await _spawn(self._module, self._memory))
        self._living.add(child)
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

    async def exchange(self, header: dict[str, Any], attached: bytes) -> dict[str, Any]:
        to_child, from_child = self._process.stdin, self._process.stdout
        assert to_child
        assert from_child
        to_child.write(_frame(header, attached))
        await to_child.drain()
        length, _ = _LENGTHS.unpack(await from_child.readexactly(_LENGTHS.size))
        if length > _LONGEST_ANSWER:
            raise _NoAnswer
        return _checked(await from_child.readexactly(length))

    async def kill(self) -> None:
        if self.is_alive:
            self._process.kill()
        # Shielded so that a cancelled caller cannot leave a zombie behind.
        await asyncio.shield(self._process.wait())


def _checked(encoded: bytes) -> dict[str, Any]:
    """The child's answer, which is not trusted to be one: what it parsed may have taken it over."""
    try:
        answer = json.loads(encoded)
    except (ValueError, RecursionError):
        raise _NoAnswer from None
    match answer:
        case {"result": _} | {"error": [str(), str()]}:
            return dict(answer)
    raise _NoAnswer


async def _spawn(module: str, memory: int | None) -> asyncio.subprocess.Process:
    search_path = os.pathsep.join(filter(None, [_IMPORT_ROOT, os.environ.get("PYTHONPATH")]))
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        f"from summarizer.processes import serve; serve({module!r}, {memory!r})",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=_without_secrets(os.environ) | {"PYTHONPATH": search_path},
    )


def _without_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """A process that reads hostile input has no need to know our settings, the bot's token among them."""
    return {name: value for name, value in environment.items() if not name.startswith("DATELINE_")}


def _frame(header: dict[str, Any], attached: bytes = b"") -> bytes:
    encoded = json.dumps(header).encode()
    return _LENGTHS.pack(len(encoded), len(attached)) + encoded + attached


def serve(module: str, memory: int | None) -> None:
    """Answer calls from standard input until it closes: the whole life of a child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides when we end
    if memory is not None:
        _limit_memory(memory)
    calls: dict[str, Callable[..., Any]] = importlib.import_module(module).CALLS
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # a stray print of some library must not end up between two frames
        while frame := _read_frame(sys.stdin.buffer):
            answers.write(_frame(_answer(calls, *frame)))
            answers.flush()


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
    return json.loads(stream.read(header)), stream.read(attached)


def _answer(calls: dict[str, Callable[..., Any]], header: dict[str, Any], attached: bytes) -> dict[str, Any]:
    arguments = [*header["arguments"], attached] if attached else header["arguments"]
    try:
        return {"result": calls[header["call"]](*arguments)}
    except Exception as error:  # noqa: BLE001  # the edge of the process: the parent raises it again as CallFailed
        return {"error": [type(error).__name__, str(error)]}
