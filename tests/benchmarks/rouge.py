"""ROUGE-1, -2 and -Lsum as F1 x 100, by the package rouge-score with Porter's stemmer, and bootstrap intervals."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

MEASURES = ("rouge1", "rouge2", "rougeLsum")
_DRAWS = 2000


@cache
def _scorer() -> Any:
    from rouge_score.rouge_scorer import RougeScorer

    return RougeScorer(MEASURES, use_stemmer=True)


def rouge(sentences: Sequence[str], references: Sequence[str]) -> "np.ndarray[Any, Any]":
    """The three figures for a summary, averaged over its references; a reference has a sentence a line."""
    text = "\n".join(sentences)
    scores = [_scorer().score(_lines(reference), text) for reference in references]
    return 100 * np.mean([[score[measure].fmeasure for measure in MEASURES] for score in scores], axis=0)


def _lines(reference: str) -> str:
    return re.sub(r"(?<=[.!?])\s+", "\n", reference)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % interval of the mean, by drawing articles again (2000 draws, fixed seed)."""
    data, draw = np.asarray(values), np.random.default_rng(7)
    means = data[draw.integers(0, len(data), (_DRAWS, len(data)))].mean(axis=1)
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


def difference(values: Sequence[float]) -> str:
    """The mean of paired differences with its interval, as text."""
    low, high = interval(values)
    return f"{np.mean(values):+.2f} [{low:+.2f}, {high:+.2f}]"
