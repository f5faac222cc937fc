"""Calls for a child process to answer, well and badly."""

import ctypes
import os
import sys
import time
from typing import Any


def echo(*arguments: Any) -> list[Any]:
    """What was sent; attached bytes as their length."""
    return [len(argument) if isinstance(argument, bytes) else argument for argument in arguments]


def shout(text: str) -> str:
    """The text, after printing where only answers belong."""
    print(text)
    return text.upper()


def fail() -> None:
    """Raise."""
    raise LookupError("nothing here")


def die() -> None:
    """End the process in the middle of a call."""
    os._exit(3)


def rave() -> None:
    """Write what is no answer, as a child that was taken over would."""
    os.write(_ANSWERS, (3).to_bytes(4, "big") + bytes(4) + b"[1]")


def flood() -> None:
    """Announce four gigabytes."""
    os.write(_ANSWERS, b"\xff" * 8)


def nest() -> None:
    """Answer with lists in lists, too deep for any reader."""
    os.write(_ANSWERS, (100_000).to_bytes(4, "big") + bytes(4) + b"[" * 100_000)


def crash() -> None:
    """Read where no memory is."""
    ctypes.string_at(0)


def recurse() -> None:
    """Call itself without end."""
    recurse()


def spin(seconds: float) -> str:
    """Keep the processor busy."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return "dizzy"


def sleep(seconds: float) -> str:
    """Take long."""
    time.sleep(seconds)
    return "awake"


def pid() -> int:
    """The child's process id."""
    return os.getpid()


def hoard(size: int) -> int:
    """Ask for memory."""
    return len(bytearray(size))


def loaded() -> list[str]:
    """The parent's modules must not be here."""
    return sorted(sys.modules)


def environment() -> dict[str, str]:
    """What the child was given to know."""
    return dict(os.environ)


_ANSWERS = os.dup(1)  # still the stream of answers: calls are imported before it is moved aside
CALLS = {
    "echo": echo,
    "shout": shout,
    "fail": fail,
    "die": die,
    "rave": rave,
    "flood": flood,
    "nest": nest,
    "crash": crash,
    "recurse": recurse,
    "spin": spin,
    "sleep": sleep,
    "pid": pid,
    "hoard": hoard,
    "loaded": loaded,
    "environment": environment,
}
