from pathlib import Path

import numpy as np
import pytest

from summarizer import ModelUnavailable, Request, Summarizer
from summarizer.encoder import DIMENSIONS, Encoder, installed_folder


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
    assert encoder.encode_roughly([]).shape == (0, DIMENSIONS)


def test_rough_vectors_are_near_the_exact_ones_and_are_kept(encoder: Encoder) -> None:
    sentences = ["The ferry sank.", "A ship went down.", "The bank raised its rates.", "The ferry sank."]
    rough = encoder.encode_roughly(sentences)
    assert ((rough * encoder.encode(sentences)).sum(axis=1) > 0.9).all()
    assert np.array_equal(rough[0], rough[3])
    assert np.array_equal(encoder.encode_roughly(sentences[:2]), rough[:2])


def test_only_so_many_vectors_are_kept(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.encoder._MOST_KEPT", 2)
    assert encoder.encode_roughly(["One ferry.", "Two ferries.", "Three ferries."]).shape == (3, DIMENSIONS)
    assert list(encoder._kept) == ["Two ferries.", "Three ferries."]


def test_the_embedded_encoder_knows_english_only(encoder: Encoder) -> None:
    assert encoder.knows("en")
    assert not encoder.knows("ar")


def test_altered_or_missing_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        Encoder(tmp_path, sha256="0" * 64).load()
    (tmp_path / "model.safetensors").write_bytes(b"altered")
    with pytest.raises(ModelUnavailable, match="not the expected ones"):
        Encoder(tmp_path, sha256="0" * 64).load()
    with pytest.raises(ModelUnavailable, match="could not be loaded"):
        Encoder(tmp_path).load()


def test_another_encoder_is_trusted_with_every_language(tmp_path: Path) -> None:
    other = Encoder(installed_folder())
    assert other.name == "model"
    assert other.knows("ar")
    assert other.encode(["The ferry sank."]).shape == (1, DIMENSIONS)
    assert Summarizer(other).summarize(Request("سقطت العبارة يوم الجمعة. لم يصب أحد بأذى.")).model == "model"


def test_loading_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    Encoder().encode(["The ferry sank."])
    assert capfd.readouterr() == ("", "")
