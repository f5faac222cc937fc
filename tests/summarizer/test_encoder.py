from pathlib import Path

import numpy as np
import pytest

from summarizer import ModelUnavailable, Summarizer
from summarizer.encoder import DIMENSIONS, Encoder


@pytest.fixture(scope="module")
def encoder(summarizer: Summarizer) -> Encoder:
    return summarizer._encoder


def test_vectors_are_unit_long_and_meet_in_meaning(encoder: Encoder) -> None:
    vectors = encoder.encode(["The ferry sank.", "A ship went down.", "The bank raised its rates."])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]


def test_a_sentence_has_the_same_vector_in_any_batch(encoder: Encoder) -> None:
    sentences = [f"Ferry number {number} left " + "the harbour " * (number % 30) for number in range(200)]
    together = encoder.encode(sentences)
    assert np.allclose(together[137], encoder.encode([sentences[137]])[0], atol=1e-4)


def test_nothing_in_nothing_out(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_altered_or_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        Encoder(tmp_path).load()
    (tmp_path / "model.safetensors").write_bytes(b"altered")
    with pytest.raises(ModelUnavailable, match="not the expected ones"):
        Encoder(tmp_path).load()


def test_loading_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    Encoder().encode(["The ferry sank."])
    assert capfd.readouterr() == ("", "")
