"""Learn the weights of `summarizer/stories.json`: `python -m tests.benchmarks.train_stories`.

Every pair of reports within each set of `tests/summarizer/events.txt`, and pairs of reports of different sets, is
described as `summarizer.stories` describes it; a logistic regression learns what tells pairs of one event from pairs of
two, the sign of each weight being given. Four sets of weights: with names and meaning, without one, without both.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import summarizer.stories
from summarizer.encoder import Encoder
from summarizer.stories import Likeness, Stories, Weights, opening
from tests.summarizer.events import EventSet, event_sets

SURE = 0.8
"""From this probability on two reports are linked."""
_RIDGE = 1.0
_STEPS = 5000
_AGAINST = ("strangers", "other_figures", "other_days", "apart")
_ALWAYS = ("words", "amount", "titles", "figures", "other_figures", "other_days", "apart")
_VARIANTS = {
    "meaning+names": (*_ALWAYS, "names", "strangers", "meaning"),
    "names": (*_ALWAYS, "names", "strangers"),
    "meaning": (*_ALWAYS, "meaning"),
    "words": _ALWAYS,
}

_UNLEARNED = Weights(1.1, {variant: dict.fromkeys(("constant", *names), 0.0) for variant, names in _VARIANTS.items()})

Pair = tuple[Likeness, bool]


def pairs(sets: Sequence[EventSet], encoder: Encoder) -> Iterator[Pair]:
    """All pairs within a set, as they look when only that set is known and as they look among all others."""
    documents = [document for each in sets for document in each.documents]
    vectors = encoder.encode([opening(document) for document in documents])
    events = [f"{number} {event}" for number, each in enumerate(sets) for event in each.events]
    together = Stories(_UNLEARNED)
    for document, vector in zip(documents, vectors, strict=True):
        together.add(document, vector)
    start = 0
    for each in sets:
        alone = Stories(_UNLEARNED)
        for at, document in enumerate(each.documents):
            alone.add(document, vectors[start + at])
        for at in range(len(each.documents)):
            for other in range(at):
                for stories, first in ((alone, 0), (together, start)):
                    likeness = stories.likeness(first + at, first + other)
                    if likeness is not None:
                        yield likeness, events[start + at] == events[start + other]
        start += len(each.documents)


def learned(found: Sequence[Pair]) -> dict[str, dict[str, float]]:
    """Weights of each variant, by the names of the evidence."""
    return {variant: _regression(found, names) for variant, names in _VARIANTS.items()}


def _regression(found: Sequence[Pair], names: Sequence[str]) -> dict[str, float]:
    """Logistic regression in which no evidence may count against its nature: projected gradient descent."""
    usable = [
        (likeness, same) for likeness, same in found if all(getattr(likeness, name) is not None for name in names)
    ]
    values = np.array([[getattr(likeness, name) for name in names] for likeness, _ in usable])
    signs = np.array([-1.0 if name in _AGAINST else 1.0 for name in names])
    scale = signs * (values.std(axis=0) + 1e-6)
    inputs = np.column_stack([values / scale, np.ones(len(usable))])
    same = np.array([float(is_same) for _, is_same in usable])
    weights = np.zeros(len(names) + 1)
    for _ in range(_STEPS):
        gradient = inputs.T @ (1 / (1 + np.exp(-inputs @ weights)) - same)
        gradient[:-1] += _RIDGE * weights[:-1]
        weights -= gradient / (0.25 * np.linalg.norm(inputs, 2) ** 2 + _RIDGE)
        weights[:-1] = weights[:-1].clip(min=0)
    by_name = dict(zip(names, (weights[:-1] / scale).round(3).tolist(), strict=True))
    return {"constant": round(float(weights[-1]), 3), **by_name}


def main() -> None:
    weights = learned(list(pairs(event_sets(), Encoder())))
    command = "python -m tests.benchmarks.train_stories"
    text = json.dumps({"made by": command, "sure": SURE, "by_evidence": weights}, indent=1)
    Path(summarizer.stories.__file__).with_suffix(".json").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
