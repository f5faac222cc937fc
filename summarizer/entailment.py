"""Does a text entail a sentence? An optional model for `summarizer.grounding`, chosen by name.

Any sequence classifier of transformers whose labels say "entailment" and "contradiction", from a folder or the hub;
weights as safetensors only, no code from the model.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import ModelUnavailable

_BATCH = 16  # pairs of one forward pass
_LONGEST = 512  # tokens of a pair; what is too long is cut from the premise


class Entailment:
    """A natural language inference model, loaded at first use; `revision` pins what the hub gives."""

    def __init__(self, model: str | Path, *, revision: str | None = None) -> None:
        self._name = str(model)
        self._revision = revision
        self._tokenizer: Any = None
        self._model: Any = None
        self._entailed: int = 0
        self._contradicted: int | None = None

    @property
    def name(self) -> str:
        """The model's name or folder."""
        return self._name

    def load(self) -> None:
        """Load the model. Raises ModelUnavailable when it is missing, holds no safetensors or has other labels."""
        if self._model is not None:
            return
        try:
            tokenizer, model = _load(self._name, self._revision)
        except (ImportError, OSError, ValueError, KeyError) as error:
            raise ModelUnavailable(f"The entailment model {self._name} could not be loaded: {error}") from error
        self._entailed, self._contradicted = _labels(self._name, model.config.id2label)
        self._tokenizer, self._model = tokenizer, model

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float]]:
        """For each (premise, sentence) the probabilities that the sentence is entailed and that it is contradicted.

        A model without a label for contradiction never finds one. Raises ModelUnavailable.
        """
        self.load()
        return [judged for batch in _batches(pairs) for judged in self._judge(batch)]

    def _judge(self, pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[float, float]]:
        import torch

        longest = min(_LONGEST, self._tokenizer.model_max_length)
        inputs = self._tokenizer(
            [premise for premise, _ in pairs],
            [sentence for _, sentence in pairs],
            padding=True,
            truncation="only_first" if _fits(self._tokenizer, pairs, longest) else True,
            max_length=longest,
            return_tensors="pt",
        )
        with torch.inference_mode():
            probabilities = self._model(**inputs).logits.softmax(dim=-1).tolist()
        for row in probabilities:
            yield row[self._entailed], 0.0 if self._contradicted is None else row[self._contradicted]


def _batches(pairs: Sequence[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    for at in range(0, len(pairs), _BATCH):
        yield pairs[at : at + _BATCH]


def _fits(tokenizer: Any, pairs: Sequence[tuple[str, str]], longest: int) -> bool:
    """Whether every sentence alone leaves room for a premise."""
    sentences = tokenizer([sentence for _, sentence in pairs], add_special_tokens=False)["input_ids"]
    return max(len(sentence) for sentence in sentences) < longest - 8


def _labels(name: str, labels: dict[int, str]) -> tuple[int, int | None]:
    """Which outputs mean entailment and contradiction."""
    found = {label.lower().replace("-", "_"): int(index) for index, label in labels.items()}
    entailed = next((index for label, index in found.items() if label in {"entailment", "entailed", "entails"}), None)
    if entailed is None:
        raise ModelUnavailable(f"The labels of {name} name no entailment: {', '.join(labels.values())}.")
    return entailed, next((index for label, index in found.items() if label.startswith("contradict")), None)


def _load(name: str, revision: str | None) -> tuple[Any, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from summarizer.models import quiet_transformers

    pinned: dict[str, Any] = {"revision": revision, "trust_remote_code": False}
    with quiet_transformers():
        tokenizer = AutoTokenizer.from_pretrained(name, **pinned)
        model = AutoModelForSequenceClassification.from_pretrained(name, use_safetensors=True, **pinned)
    return tokenizer, model.eval()
