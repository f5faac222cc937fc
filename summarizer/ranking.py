"""Which sentences tell a text best: central ones, near the top, that do not say the same.

Score = z(centrality) + w * 3 / (1 + i) for the i-th sentence. On CNN/DailyMail this beats the first sentences
themselves; w = 2 was best for two points and w = 3 for three.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from summarizer.cleaning import is_dangling
from summarizer.words import jaccard

SAME_WORDS = 0.6  # Jaccard of content words from which two sentences say the same
SAME_MEANING = 0.75  # cosine of sentence vectors, likewise

_LONG = 30  # words of a point at most, where another sentence is nearly as good
_LONG_COST = 0.04  # score for every word beyond
_DANGLING_COST = 1.5  # opens with a pronoun or connective: unreadable alone


class Rankable(Protocol):
    """What ranking needs to know of a sentence."""

    @property
    def text(self) -> str:
        """The sentence."""

    @property
    def position(self) -> int:
        """How many sentences stand before it."""

    @property
    def content(self) -> frozenset[str]:
        """Its content words."""

    @property
    def length(self) -> int:
        """Its words."""


def scores(sentences: Sequence[Rankable], centrality: Sequence[float], points: int) -> list[float]:
    """How well each sentence tells the text."""
    weight = 2 if points <= 2 else 3
    return [
        central + weight * 3 / (1 + sentence.position)
        for sentence, central in zip(sentences, _standardised(centrality), strict=True)
    ]


def readable_scores(sentences: Sequence[Rankable], ranks: Sequence[float], language: str) -> list[float]:
    """The same with a preference for sentences that are short and can be read alone, where they tell nearly as much."""
    return [
        rank - max(0, sentence.length - _LONG) * _LONG_COST - is_dangling(sentence.text, language) * _DANGLING_COST
        for sentence, rank in zip(sentences, ranks, strict=True)
    ]


def _standardised(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return [(value - mean) / deviation if deviation > 1e-6 else 0.0 for value in values]


def select(
    sentences: Sequence[Rankable],
    ranks: Sequence[float],
    points: int,
    headline: Collection[str],
    similar: Callable[[int, int], bool],
) -> list[int]:
    """Indexes of at most `points` sentences in reading order, none repeating the headline's words or one another.

    Sentences that are `similar` in meaning are taken only when nothing else is left, and a sentence that repeats the
    headline only when there is no other at all.
    """
    best_first = sorted(range(len(sentences)), key=lambda index: -ranks[index])
    headline_words = set(headline)
    chosen: list[int] = []
    for may_be_similar in (False, True):
        for index in best_first:
            if len(chosen) == points:
                break
            content = set(sentences[index].content)
            if index in chosen or jaccard(content, headline_words) >= SAME_WORDS:
                continue
            if any(jaccard(content, set(sentences[other].content)) >= SAME_WORDS for other in chosen):
                continue
            if may_be_similar or not any(similar(index, other) for other in chosen):
                chosen.append(index)
    return sorted(chosen or best_first[:1])


def word_centrality(contents: Sequence[Collection[str]]) -> list[float]:
    """Cosine of each sentence with the centre of all, by the words they share: centrality without a model."""
    frequencies = Counter(word for content in contents for word in set(content))
    return [
        sum(frequencies[word] for word in set(content)) / math.sqrt(len(set(content))) if content else 0.0
        for content in contents
    ]
