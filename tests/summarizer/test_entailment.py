"""The model is a tiny random one that each test makes: what it answers means nothing, how it is asked does."""

from pathlib import Path

import pytest

from summarizer.entailment import Entailment
from summarizer.errors import ModelUnavailable

_WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "ferry", "sank", "on", "monday", "council", "bridge"]


def _make(folder: Path, labels: list[str], *, safe: bool = True) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    BertTokenizerFast(vocab={word: at for at, word in enumerate(_WORDS)}, model_max_length=32).save_pretrained(folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(_WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=32, id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    model.save_pretrained(folder)
    if not safe:
        (folder / "model.safetensors").unlink()
        torch.save(model.state_dict(), folder / "pytorch_model.bin")
    return folder


_PAIRS = [("the ferry sank on monday", "the ferry sank"), ("the council", "the bridge sank")] * 10


def test_probabilities_follow_the_names_of_the_labels(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = Entailment(_make(tmp_path / "a", ["CONTRADICTION", "NEUTRAL", "ENTAILMENT"])).judge(_PAIRS)
    second = Entailment(_make(tmp_path / "b", ["entailment", "neutral", "contradiction"])).judge(_PAIRS)
    assert len(first) == len(_PAIRS)
    for (entailed, contradicted), turned in zip(first, second, strict=True):
        assert 0 < entailed < 1
        assert 0 < contradicted < 1
        assert (entailed, contradicted) == pytest.approx(turned[::-1], abs=1e-5)


def test_a_model_of_two_labels_contradicts_nothing(tmp_path: Path) -> None:
    judged = Entailment(_make(tmp_path, ["not_entailment", "entailment"])).judge(_PAIRS[:1])
    assert judged[0][1] == 0.0


def test_texts_of_any_length_are_judged(tmp_path: Path) -> None:
    model = Entailment(_make(tmp_path, ["entailment", "neutral", "contradiction"]))
    assert len(model.judge([("ferry " * 500, "sank"), ("ferry", "sank " * 500), ("", "")])) == 3
    assert model.judge([]) == []


def test_other_labels_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="POSITIVE"):
        Entailment(_make(tmp_path, ["NEGATIVE", "POSITIVE"])).load()


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        Entailment(_make(tmp_path, ["entailment", "contradiction"], safe=False)).load()


def test_a_missing_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="nothing"):
        Entailment(tmp_path / "nothing").load()
