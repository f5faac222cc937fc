"""Which sentences of a report say what was not told before: for a story that goes on.

A sentence is known when a told one has its words or its meaning, and nothing in it is new: no figure, no name, no
quotation, no turn of events. Without a model for its language, one whose words were all told, or nearly all, is known
too.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.claims import stem
from summarizer.comparisons import objections, turned
from summarizer.encoder import Encoder
from summarizer.words import content_words, jaccard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_TOLD = 200
"""Sentences that are compared with, the latest."""
_SAME_WORDS = 0.5  # Jaccard of their stems from which two sentences say the same, as in a brief of a story
_SAME_MEANING = 0.7  # cosine, likewise
_FEWEST_UNKNOWN = 2  # words
_UNKNOWN = 0.34  # of the words of a sentence; fewer are another way to put it
_TELLING = {"number", "name", "quote"}
_CAPITAL_NOUNS = "de"
_MAY_BE = re.compile(r"\b(?:may|might|could|expected to|likely to)\s+([a-z]{3,})", re.IGNORECASE)


def _has_come_true(sentence: str, told: Sequence[str]) -> bool:
    """Whether it tells as done what was told as possible only: "resigned", where it was "may resign"."""
    possible = {verb.lower() for each in told for verb in _MAY_BE.findall(each)}
    if not possible or _MAY_BE.search(sentence):
        return False
    said, before = ({*re.findall(r"[a-z]+", text.lower())} for text in (sentence, " ".join(told)))
    by_stem = {stem(verb) for verb in possible}
    return any(stem(word) in by_stem for word in said - before)


def is_turn(sentence: str, told: Sequence[str]) -> bool:
    """Whether a sentence in English turns around what was told, or says that it happened."""
    return turned(sentence, told) or _has_come_true(sentence, told)


def fresh_by_words(sentences: Sequence[str], told: Sequence[str], language: str) -> list[bool]:
    """Whether each sentence says something that no told one says, by its words alone."""
    known = _Told(told[-MOST_TOLD:], language)
    return [known.has_news(sentence, means_the_same=False) for sentence in sentences]


def fresh(sentences: Sequence[str], told: Sequence[str], language: str, encoder: Encoder) -> list[bool]:
    """The same, by its meaning too where the encoder knows the language. Raises ModelUnavailable."""
    if not sentences or not told or not encoder.knows(language):
        return fresh_by_words(sentences, told, language)
    latest = told[-MOST_TOLD:]
    known = _Told(latest, language)
    alike = _most_alike(encoder.encode([*sentences, *latest]), len(sentences))
    return [
        known.has_news(sentence, means_the_same=likeness >= _SAME_MEANING)
        for sentence, likeness in zip(sentences, alike, strict=True)
    ]


def _most_alike(vectors: "NDArray[np.float32]", count: int) -> list[float]:
    """For each of the first vectors, the cosine with the most similar of the others."""
    return [float(each) for each in (vectors[:count] @ vectors[count:].T).max(axis=1)]


class _Told:
    """Sentences that were told, as far as others are compared with them."""

    def __init__(self, sentences: Sequence[str], language: str) -> None:
        self._sentences = sentences
        self._language = language
        self._stems = [_stems(sentence) for sentence in sentences]
        self._vocabulary = frozenset[str]().union(*self._stems)

    def has_news(self, sentence: str, *, means_the_same: bool) -> bool:
        if not self._sentences:
            return True
        if self._has_new_facts(sentence):
            return True
        stems = _stems(sentence)
        if means_the_same or any(jaccard(stems, told) >= _SAME_WORDS for told in self._stems):
            return False
        unknown = stems - self._vocabulary
        return len(unknown) >= _FEWEST_UNKNOWN and len(unknown) >= _UNKNOWN * len(stems)

    def _has_new_facts(self, sentence: str) -> bool:
        """A figure, a name or a quotation that no told sentence has, or a turn of events; in German every noun looks
        like a name.
        """
        if self._language.startswith("en") and is_turn(sentence, self._sentences):
            return True
        telling = _TELLING - {"name"} if self._language.startswith(_CAPITAL_NOUNS) else _TELLING
        return any(each.rule in telling for each in objections(sentence, self._sentences, self._language))


def _stems(sentence: str) -> set[str]:
    return {stem(word) for word in content_words(sentence)}
