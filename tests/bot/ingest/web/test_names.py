"""Looking up names of hosts."""

import asyncio
import socket
import threading
from typing import Any

import pytest

from bot.ingest.web.names import Names


async def test_a_name_gives_its_addresses_and_none_is_an_error() -> None:
    names = Names()
    assert "127.0.0.1" in [found["host"] for found in await names.resolve("127.0.0.1", 80)]
    with pytest.raises(socket.gaierror):
        await names.resolve("gone.invalid", 80)
    await names.close()


async def test_names_that_nobody_answers_hold_up_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name servers are silent until the end of this test."""
    answered = threading.Event()

    def silent(*_: Any, **__: Any) -> list[Any]:
        answered.wait(60)
        return []

    names = Names()
    monkeypatch.setattr(socket, "getaddrinfo", silent)
    asked = [asyncio.create_task(names.resolve(f"{number}.example")) for number in range(40)]
    await asyncio.sleep(0)
    try:
        assert await asyncio.wait_for(asyncio.to_thread(lambda: "done"), 20) == "done"
        assert not any(task.done() for task in asked)
    finally:
        answered.set()
        await asyncio.gather(*asked)
        await names.close()
