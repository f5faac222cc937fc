import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from summarizer.errors import CallFailed, CallTimedOut, ChildDied, Closed
from summarizer.processes import Pool

SOON = timedelta(seconds=20)
MODULE = "tests.summarizer.echoes"


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    opened = Pool(MODULE)
    yield opened
    await opened.close()


async def test_arguments_and_bytes_arrive_and_results_return(pool: Pool) -> None:
    sent = {"text": "ä\ud800\x00", "none": None}
    assert await pool.call("echo", 1, sent, attached=b"x" * 3_000_000, timeout=SOON) == [1, sent, 3_000_000]


async def test_prints_do_not_mix_with_answers(pool: Pool) -> None:
    assert await pool.call("shout", "ahoy", timeout=SOON) == "AHOY"
    assert await pool.call("shout", "again", timeout=SOON) == "AGAIN"


async def test_what_a_function_raises_is_told_and_the_child_lives(pool: Pool) -> None:
    before = await pool.call("pid", timeout=SOON)
    with pytest.raises(CallFailed, match="nothing here") as failure:
        await pool.call("fail", timeout=SOON)
    assert failure.value.kind == "LookupError"
    with pytest.raises(CallFailed):
        await pool.call("no such function", timeout=SOON)
    assert await pool.call("pid", timeout=SOON) == before


async def test_calling_itself_without_end_is_told_and_the_child_lives(pool: Pool) -> None:
    before = await pool.call("pid", timeout=SOON)
    with pytest.raises(CallFailed) as failure:
        await pool.call("recurse", timeout=SOON)
    assert failure.value.kind == "RecursionError"
    assert await pool.call("pid", timeout=SOON) == before


@pytest.mark.parametrize("function", ["die", "crash", "rave", "flood", "nest"])
async def test_a_child_that_dies_or_raves_is_replaced(pool: Pool, function: str) -> None:
    before = await pool.call("pid", timeout=SOON)
    with pytest.raises(ChildDied):
        await pool.call(function, timeout=SOON)
    assert await pool.call("pid", timeout=SOON) != before


async def test_a_call_that_takes_too_long_is_ended(pool: Pool) -> None:
    await pool.call("pid", timeout=SOON)
    with pytest.raises(CallTimedOut, match=r"sleep took more than 0\.2 seconds"):
        await pool.call("sleep", 30, timeout=timedelta(seconds=0.2))
    assert await pool.call("echo", "alive", timeout=SOON) == ["alive"]


async def test_loading_takes_nothing_from_the_time_of_a_call() -> None:
    pool = Pool("tests.summarizer.latecomers")
    assert await pool.call("echo", 1, timeout=timedelta(seconds=0.8), cpu=SOON) == [1]
    await pool.close()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a limit on processor time")
async def test_a_call_may_work_only_so_long(pool: Pool) -> None:
    with pytest.raises(CallTimedOut, match=r"spin took more than 0\.2 seconds"):
        await pool.call("spin", 30, timeout=SOON, cpu=timedelta(seconds=0.2))
    assert await pool.call("spin", 0.1, timeout=SOON, cpu=SOON) == "dizzy"


async def test_waiting_is_no_work(pool: Pool) -> None:
    short = timedelta(seconds=0.2)
    assert await pool.call("sleep", 0.5, timeout=SOON, cpu=short) == "awake"
    for _ in range(8):  # nor do earlier calls count
        assert await pool.call("spin", 0.05, timeout=SOON, cpu=short) == "dizzy"
    assert await pool.call("spin", 0.3, timeout=SOON) == "dizzy"


@pytest.mark.skipif(sys.platform != "linux", reason="looks at children where Linux shows them")
async def test_a_child_that_was_ended_is_replaced_before_it_is_needed(pool: Pool) -> None:
    shown = Path(f"/proc/self/task/{os.getpid()}/children")
    others = set(shown.read_text().split())  # of other tests
    with pytest.raises(CallTimedOut):
        await pool.call("sleep", 30, timeout=timedelta(seconds=0.2))
    async with asyncio.timeout(20):
        while not (replaced := set(shown.read_text().split()) - others):
            await asyncio.sleep(0.02)
    assert str(await pool.call("pid", timeout=SOON)) in replaced


async def test_a_child_that_cannot_start_is_told_at_every_call() -> None:
    pool = Pool("tests.summarizer.no_such_module")
    for _ in range(2):
        with pytest.raises(ChildDied):
            await pool.call("echo", timeout=SOON)
    await pool.close()


async def test_cancelling_a_call_ends_its_child(pool: Pool) -> None:
    before = await pool.call("pid", timeout=SOON)
    call = asyncio.create_task(pool.call("sleep", 30, timeout=SOON))
    await asyncio.sleep(0.1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await pool.call("pid", timeout=SOON) != before


async def test_a_pool_has_no_more_children_than_its_size() -> None:
    pool = Pool(MODULE, size=2)
    calls = [pool.call("sleep", 0.05, timeout=SOON) for _ in range(6)]
    assert await asyncio.gather(*calls) == ["awake"] * 6
    pids = await asyncio.gather(*(pool.call("pid", timeout=SOON) for _ in range(8)))
    assert len(set(pids)) <= 2
    await pool.close()


async def test_closing_ends_calls_at_once_and_no_child_starts_again() -> None:
    pool = Pool(MODULE)
    await pool.call("pid", timeout=SOON)
    calls = [asyncio.create_task(pool.call("sleep", 30, timeout=SOON)) for _ in range(3)]
    await asyncio.sleep(0.1)
    await pool.close()
    async with asyncio.timeout(5):
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(outcome, Closed) for outcome in outcomes)
    with pytest.raises(Closed):
        await pool.call("pid", timeout=SOON)


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on address space")
async def test_memory_is_capped() -> None:
    pool = Pool(MODULE, memory=512 * 1024 * 1024)
    with pytest.raises(CallFailed) as failure:
        await pool.call("hoard", 1024 * 1024 * 1024, timeout=SOON)
    assert failure.value.kind == "MemoryError"
    await pool.close()


async def test_a_child_does_not_run_the_parents_main_module(pool: Pool) -> None:
    assert "pytest" not in await pool.call("loaded", timeout=SOON)


async def test_a_child_knows_no_secret_of_ours_nor_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULTS 46: what it parses may take it over."""
    secrets = ["DATELINE_TOKEN", "DATELINE_CONTACT", "DISCORD_TOKEN", "DB_PASSWORD", "AWS_SECRET_ACCESS_KEY"]
    secrets += ["OPENAI_API_KEY", "DATABASE_URL", "PGPASSWORD", "sentry_dsn", "DISCORD_WEBHOOK"]
    for name in secrets:
        monkeypatch.setenv(name, "a-secret-value")
    monkeypatch.setenv("HF_HOME", "/models")
    monkeypatch.setenv("TOKENIZERS_PARALLELISM", "false")
    pool = Pool(MODULE)
    environment = await pool.call("environment", timeout=SOON)
    await pool.close()
    assert "a-secret-value" not in environment.values()
    assert environment["HF_HOME"] == "/models"
    assert {"PATH", "TOKENIZERS_PARALLELISM"} <= environment.keys()
