"""Learn how surely a sentence follows from its source, from votes of people: writes `summarizer/grounding.json`.

    .venv/bin/python -m tests.benchmarks.train_grounding

Every other article of each part of `faithfulness/dev.jsonl` trains, the rest is held out (`tests.benchmarks.grounding`
reports on it). A logistic model over `summarizer.grounding.FEATURES` whose weights may not be negative, since every
feature is written so that more of it means more support; in each part both answers weigh the same. The threshold is
where balanced accuracy is best in the training half; what the rules object to is refused on top of that.
Deterministic.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer import grounding
from summarizer.cleaning import collapse
from summarizer.encoder import Encoder
from summarizer.grounding import FEATURES, Grounding, Measurement
from summarizer.sentences import split_sentences
from tests.benchmarks.report import DATA

_SHRINKAGE = 0.1  # of standardised weights; 5-fold cross-validation in the training half
_STEPS = 3000
_RATE = 0.3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A model's sentence about an article: what was measured, and whether most people found it supported."""

    part: str
    held_out: bool
    measurement: Measurement
    faithful: bool


@cache
def sentences() -> Sequence[Judged]:
    """All sentences of the data, measured."""
    lines = (DATA / "faithfulness" / "dev.jsonl").read_text("utf-8").splitlines()
    checker = Grounding(Encoder(threads=1))
    seen: dict[str, int] = {}
    found = []
    for row in map(json.loads, lines):
        seen[row["part"]] = seen.get(row["part"], -1) + 1
        source = [collapse(row["text"][span.start : span.end]) for span in split_sentences(row["text"])]
        measured = checker.measure([sentence["text"] for sentence in row["sentences"]], source, "en")
        for sentence, measurement in zip(row["sentences"], measured, strict=True):
            found.append(Judged(row["part"], seen[row["part"]] % 2 == 1, measurement, sentence["faithful"]))
    return found


def matrix(judged: Sequence[Judged]) -> Floats:
    """One row of FEATURES a sentence."""
    return np.array([each.measurement.features for each in judged])


def learned(judged: Sequence[Judged]) -> tuple[float, Floats]:
    """Bias and weights for the features as they are measured."""
    measured, faithful = matrix(judged), np.array([float(each.faithful) for each in judged])
    centre, spread = measured.mean(0), measured.std(0) + 1e-9
    bias, weights = _descend((measured - centre) / spread, faithful, _evenly(judged))
    weights = weights / spread
    return bias - float(centre @ weights), weights


def _evenly(judged: Sequence[Judged]) -> Floats:
    """Weights under which both answers count the same in each part, and each part as its sentences are many."""
    groups, parts = [(each.part, each.faithful) for each in judged], [each.part for each in judged]
    each = np.array([parts.count(group[0]) / groups.count(group) for group in groups])
    return each / each.sum()


def _descend(measured: Floats, faithful: Floats, weight: Floats) -> tuple[float, Floats]:
    bias, weights = 0.0, np.zeros(measured.shape[1])
    for _ in range(_STEPS):
        error = (1 / (1 + np.exp(-(measured @ weights + bias))) - faithful) * weight
        weights = np.maximum(0, weights - _RATE * (measured.T @ error + _SHRINKAGE * weights))
        bias -= _RATE * float(error.sum())
    return bias, weights


def best_threshold(scores: Floats, judged: Sequence[Judged]) -> float:
    """The score from which most are judged rightly, both answers weighing the same."""
    faithful, weight = np.array([each.faithful for each in judged]), _evenly(judged)

    def cost(threshold: float) -> float:
        passes = scores >= threshold
        return float(weight[~passes & faithful].sum() + weight[passes & ~faithful].sum())

    return float(min(np.round(np.arange(0.2, 0.9, 0.01), 2), key=cost))


def main() -> None:
    """Write the file and print what was learned."""
    training = [each for each in sentences() if not each.held_out]
    bias, weights = learned(training)
    scores = 1 / (1 + np.exp(-(matrix(training) @ weights + bias)))
    stored = {
        "made by": "python -m tests.benchmarks.train_grounding, from half of faithfulness/dev.jsonl",
        "bias": round(bias, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)},
        "threshold": best_threshold(scores, training),
    }
    text = json.dumps(stored, indent=1) + "\n"
    (Path(grounding.__file__).parent / "grounding.json").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
