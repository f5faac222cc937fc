"""Fits the three heads of `summarizer.heads` and writes `summarizer/ranking.json`.

    python -m tests.benchmarks.train_ranking [articles.jsonl] [--into FILE]

Labels: a word is told when the reference holds it; a sentence when the greedy choice of at most three sentences that
raises ROUGE-1 plus ROUGE-2 holds it. Each head is a logistic regression (L2, C = 0.1; words C = 1) on standardised
features. A head learns from what the one before it says of articles which that one was not fitted on (five folds).
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from rouge_score.tokenizers import DefaultTokenizer

from summarizer.encoder import Encoder
from summarizer.features import (
    MEANING_FEATURES,
    SENTENCE_FEATURES,
    WORD_FEATURES,
    Text,
    meaning_features,
    sentence_features,
    word_features,
)
from summarizer.heads import FILE, Head, Heads
from summarizer.ranking import Ranking, worth_embedding
from summarizer.readings import Reading, read
from summarizer.types import Request
from summarizer.words import content_words
from tests.benchmarks.report import DATA

_FOLDS = 5
_ORACLE = 3  # sentences at most
_POINTS = 3  # that a brief has while the third head is fitted
_TOKENS = DefaultTokenizer(use_stemmer=True)


@dataclass
class Example:
    """An article with its reference and what the heads should have said of it."""

    reading: Reading
    text: Text
    word_labels: "np.ndarray[Any, Any]"
    sentence_labels: "np.ndarray[Any, Any]"


def example(row: dict[str, Any]) -> Example:
    """The example of a line of the file."""
    reading = read(Request(row["text"], untrimmed=True, language="en"))
    text = Text(reading.body, reading.language)
    told = set(content_words(row["reference"]))
    words, _ = word_features(text)
    chosen = oracle([sentence.text for sentence in reading.body], row["reference"])
    return Example(
        reading,
        text,
        np.array([word in told for word in words]),
        np.array([index in chosen for index in range(len(reading.body))]),
    )


def oracle(sentences: Sequence[str], reference: str) -> set[int]:
    """The sentences that, taken greedily, raise ROUGE-1 plus ROUGE-2 most."""
    target = _grams(_TOKENS.tokenize(reference))
    grams = [_grams(_TOKENS.tokenize(sentence)) for sentence in sentences]
    chosen: set[int] = set()
    best = 0.0
    while len(chosen) < _ORACLE:
        sums = (Counter[Any](), Counter[Any]())
        for index in chosen:
            sums = (sums[0] + grams[index][0], sums[1] + grams[index][1])
        tried = [
            (sum(_f1(have + more, want) for have, more, want in zip(sums, grams[index], target, strict=True)), index)
            for index in range(len(sentences))
            if index not in chosen
        ]
        value, index = max(tried, default=(0.0, -1))
        if value <= best:
            break
        best = value
        chosen.add(index)
    return chosen


def _grams(tokens: list[str]) -> tuple[Counter[Any], Counter[Any]]:
    return Counter(tokens), Counter(pairwise(tokens))


def _f1(have: Counter[Any], want: Counter[Any]) -> float:
    total = have.total() + want.total()
    return 2 * (have & want).total() / total if total else 0.0


def fit(features: Sequence[Any], labels: Sequence[Any], strength: float) -> Head:
    """A logistic head on all rows of all examples."""
    from sklearn.linear_model import LogisticRegression

    rows, wanted = np.concatenate(features), np.concatenate(labels)
    means, scales = rows.mean(axis=0), rows.std(axis=0)
    scales[scales < 1e-9] = 1.0
    model = LogisticRegression(C=strength, max_iter=2000).fit((rows - means) / scales, wanted)
    return Head(means, scales, model.coef_[0], float(model.intercept_[0]))


def fit_heads(examples: Sequence[Example], encoder: Encoder) -> Heads:
    """All three heads, each on what the one before it says of articles it has not seen."""
    labels = [one.sentence_labels for one in examples]

    def words_of(some: Sequence[Example]) -> Head:
        return fit([word_features(one.text)[1] for one in some], [one.word_labels for one in some], 1.0)

    def importance_of(head: Head, one: Example) -> dict[str, float]:
        return Heads(head, head, head).importance(one.text)

    importances = _out_of_fold(examples, words_of, importance_of)
    features = [sentence_features(one.text, said) for one, said in zip(examples, importances, strict=True)]
    indexed = list(range(len(examples)))

    def sentences_of(some: Sequence[int]) -> Head:
        return fit([features[at] for at in some], [labels[at] for at in some], 0.1)

    scores = _out_of_fold(indexed, sentences_of, lambda head, at: head.log_odds(features[at]).tolist())
    meant = [_meant(one, said, encoder) for one, said in zip(examples, scores, strict=True)]
    meaning = fit(
        [rows for rows, _ in meant], [label[kept] for label, (_, kept) in zip(labels, meant, strict=True)], 0.1
    )
    return Heads(words_of(examples), sentences_of(indexed), meaning)


def _out_of_fold(
    items: Sequence[Any], fitted: Callable[[Sequence[Any]], Head], say: Callable[[Head, Any], Any]
) -> list[Any]:
    said: dict[int, Any] = {}
    for fold in range(_FOLDS):
        head = fitted([item for at, item in enumerate(items) if at % _FOLDS != fold])
        said |= {at: say(head, item) for at, item in enumerate(items) if at % _FOLDS == fold}
    return [said[at] for at in range(len(items))]


def _meant(one: Example, scores: list[float], encoder: Encoder) -> tuple[Any, list[int]]:
    """Features by meaning, and the indexes of the sentences they are of."""
    kept = worth_embedding(Ranking(one.reading.body, scores), _POINTS)
    sentences = [one.reading.body[at] for at in kept]
    vectors = encoder.encode_roughly([sentence.text for sentence in sentences])
    return meaning_features([scores[at] for at in kept], sentences, vectors), kept


def to_json(heads: Heads, command: str) -> dict[str, Any]:
    """What `summarizer.heads` reads: name of a feature to its mean, scale and weight."""
    named = {"words": WORD_FEATURES, "sentences": SENTENCE_FEATURES, "meaning": MEANING_FEATURES}
    return {"made by": command} | {
        kind: {"bias": round(head.bias, 4), "features": _columns(names, head)}
        for kind, names in named.items()
        for head in [getattr(heads, kind)]
    }


def _columns(names: Sequence[str], head: Head) -> dict[str, list[float]]:
    columns = zip(names, head.means, head.scales, head.weights, strict=True)
    return {name: [round(float(value), 5) for value in column] for name, *column in columns}


def main() -> None:
    """Fit on a file and write the numbers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=Path, default=DATA / "summaries/train.jsonl")
    parser.add_argument("--into", type=Path, default=FILE)
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.articles.read_text(encoding="utf-8").splitlines()]
    heads = fit_heads([example(row) for row in rows], Encoder(threads=1))
    fields = to_json(heads, "python -m tests.benchmarks.train_ranking DATA/summaries/train.jsonl")
    options.into.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
