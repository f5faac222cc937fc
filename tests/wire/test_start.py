"""What is refused when the real process starts."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.canaries import canary_pickle
from tests.wire.fakediscord import FakeDiscord
from tests.wire.running import running


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as made:
        yield made


def a_pickle(folder: Path) -> None:
    (folder / "pytorch_model.bin").write_bytes(canary_pickle(folder.parent / "ran"))


def altered_weights(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"other weights")


def own_code(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"weights")
    (folder / "own.py").write_text(f"open({str(folder.parent / 'ran')!r}, 'w')")
    (folder / "config.json").write_text(json.dumps({"model_type": "own", "auto_map": {"AutoConfig": "own.Config"}}))


@pytest.mark.parametrize(
    ("spoil", "sha256", "said"),
    [
        (a_pickle, None, "are pickles, which run code when they are loaded"),
        (altered_weights, "0" * 64, "are not the expected ones"),
        (own_code, None, "brings code of its own"),
    ],
)
async def test_a_model_that_is_not_fit_to_be_loaded_ends_it_in_one_line(
    fake: FakeDiscord, tmp_path: Path, spoil, sha256, said
) -> None:
    """FAULTS 45."""
    folder = tmp_path / "model"
    folder.mkdir()
    spoil(folder)
    settings = {"DATELINE_MODEL": str(folder), "DATELINE_MODEL_SHA256": sha256}
    async with running(fake, tmp_path, settings) as bot:
        assert await bot.ended(60) == 1
    assert bot.out == []
    (complaint,) = [line for line in bot.err if line.startswith("dateline: ")]
    assert said in complaint
    assert "Traceback" not in bot.output
    assert fake.requests == []
    assert not (tmp_path / "ran").exists()
