"""What ranking looks at: how a text uses its words, what a sentence looks like, and how close sentences are in meaning.

Nothing here is learned; `summarizer.heads` weighs these numbers. Features whose word lists are English are 0 elsewhere.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from summarizer.cleaning import is_dangling, is_publishable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NAME_INSIDE = re.compile(r"(?<=[\w,;] )[A-Z][\w.\-]*")
_QUOTED = re.compile(r"[\"“«„][^\"”»“]{1,2000}[\"”»“]")
_DIGIT = re.compile(r"\d")
_REPORTING = re.compile(r"\b(?:said|says|told|added|according to|tweeted|wrote|explained|noted)\b")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|their|him|them|its|this|that|these|those)\b", re.IGNORECASE)
_CONNECTIVE = re.compile(r"(?:But|And|However|Yet|So|Meanwhile|Also)\b")
_TOP_WORDS = 10
_LONG, _SHORT = 30, 12  # words


class Rankable(Protocol):
    """What ranking needs to know of a sentence."""

    @property
    def text(self) -> str:
        """The sentence on one line."""

    @property
    def position(self) -> int:
        """How many sentences stand before it."""

    @property
    def content(self) -> frozenset[str]:
        """Its content words."""

    @property
    def length(self) -> int:
        """Its words."""


@dataclass(frozen=True)
class Text:
    """The sentences of one text, all of them and in order, and what they have in common."""

    sentences: Sequence[Rankable]
    language: str
    title: frozenset[str] = frozenset()  # content words; they count as one more sentence

    @cached_property
    def frequency(self) -> Mapping[str, int]:
        """In how many sentences a content word stands."""
        return Counter(word for sentence in self.sentences for word in sentence.content) + Counter(self.title)

    @cached_property
    def first_place(self) -> Mapping[str, int]:
        """Which sentence is the first to hold a content word."""
        places: dict[str, int] = {}
        for place, sentence in enumerate(self.sentences):
            for word in sentence.content:
                places.setdefault(word, place)
        return places

    @cached_property
    def top_words(self) -> frozenset[str]:
        """The most frequent content words; of equally frequent ones the earlier."""
        order = sorted(self.first_place, key=lambda word: (-self.frequency[word], self.first_place[word], word))
        return frozenset(order[:_TOP_WORDS])

    @cached_property
    def capitals(self) -> Mapping[str, int]:
        """How often a word is written with a capital inside a sentence, as names are."""
        found = (name for sentence in self.sentences for name in _NAME_INSIDE.findall(sentence.text))
        return Counter(name.rstrip(".").lower() for name in found)

    @cached_property
    def mean_length(self) -> float:
        """Words of a sentence on average."""
        return sum(sentence.length for sentence in self.sentences) / len(self.sentences)


# ---- words ----------------------------------------------------------------------------------------------------------

WORD_FEATURES = (
    "log frequency",
    "1 / (1 + first place)",
    "in the first sentence",
    "log first place",
    "first place / sentences",
    "frequency / highest frequency",
    "share of capitals",
    "starts with a digit",
    "length / 10",
    "share of the first three sentences",
    "log sentences",
    "log frequency / (1 + first place)",
    "log frequency * share of capitals",
)


def word_features(text: Text) -> tuple[list[str], "NDArray[np.float64]"]:
    """The content words of a text in the order of their first place, and one row of `WORD_FEATURES` for each."""
    import numpy as np

    count, highest = len(text.sentences), max(text.frequency.values(), default=1)
    opening = Counter(word for sentence in text.sentences[:3] for word in sentence.content)
    rows = []
    for word, place in text.first_place.items():
        frequency = math.log(text.frequency[word])
        capitals = min(1.0, text.capitals.get(word, 0) / text.frequency[word])
        where = (1 / (1 + place), place == 0, math.log1p(place), place / count)
        looks = (text.frequency[word] / highest, capitals, word[0].isdigit(), len(word) / 10, opening[word] / 3)
        rows.append((frequency, *where, *looks, math.log(count), frequency / (1 + place), frequency * capitals))
    return list(text.first_place), np.array(rows, dtype=np.float64).reshape(-1, len(WORD_FEATURES))


# ---- sentences ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Sentence:
    """A sentence in its text; `place` counts from 0, `importance` is by word, `told` are the words before it."""

    of: Rankable
    text: Text
    place: int
    importance: Mapping[str, float]
    told: frozenset[str]

    @cached_property
    def weight(self) -> float:
        return sum(self.importance[word] for word in self.of.content)

    @cached_property
    def new_weight(self) -> float:
        return sum(self.importance[word] for word in self.of.content - self.told)

    @cached_property
    def quoted(self) -> float:
        return sum(map(len, _QUOTED.findall(self.of.text))) / len(self.of.text)

    @property
    def words(self) -> int:
        return max(1, self.of.length)

    def mean(self, of_word: Callable[[str], float]) -> float:
        """Average over the content words."""
        return sum(map(of_word, self.of.content)) / (1 + len(self.of.content))


_SENTENCE_FEATURES: Mapping[str, Callable[[_Sentence], float]] = {
    "place": lambda s: s.place,
    "1 / (1 + place)": lambda s: 1 / (1 + s.place),
    "log place": lambda s: math.log1p(s.place),
    "place / sentences": lambda s: s.place / len(s.text.sentences),
    "log sentences": lambda s: math.log(len(s.text.sentences)),
    "words": lambda s: s.words,
    "log words": lambda s: math.log(s.words),
    "words over 30": lambda s: max(0, s.words - _LONG),
    "words under 12": lambda s: max(0, _SHORT - s.words),
    "words / average": lambda s: s.words / max(1.0, s.text.mean_length),
    "share of content words": lambda s: len(s.of.content) / s.words,
    "opens with a quote": lambda s: s.of.text[0] in "\"“'‘«„",
    "share quoted": lambda s: s.quoted,
    "mostly quoted": lambda s: s.quoted > 0.5,
    "reports speech": lambda s: bool(_REPORTING.search(s.of.text)),
    "share of names": lambda s: len(_NAME_INSIDE.findall(s.of.text)) / s.words,
    "share of digits": lambda s: len(_DIGIT.findall(s.of.text)) / len(s.of.text),
    "has a digit": lambda s: bool(_DIGIT.search(s.of.text)),
    "dangling": lambda s: is_dangling(s.of.text, s.text.language),
    "opens with a connective": lambda s: bool(_CONNECTIVE.match(s.of.text)),
    "share of pronouns": lambda s: len(_PRONOUN.findall(s.of.text)) / s.words,
    "question": lambda s: s.of.text[-1] in "?؟？",
    "no end": lambda s: s.of.text[-1] not in ".!?\"”'’»。！？｡।॥؟۔",
    "unfit": lambda s: not is_publishable(s.of.text, s.text.language),
    "frequency by length": lambda s: (
        sum(s.text.frequency[word] for word in s.of.content)
        / math.sqrt(max(1, len(s.of.content)))
        / len(s.text.sentences)
    ),
    "mean log frequency": lambda s: s.mean(lambda word: math.log(s.text.frequency[word])),
    "top words": lambda s: len(s.of.content & s.text.top_words) / _TOP_WORDS,
    "words of the first sentence": lambda s: s.mean(lambda word: s.text.first_place[word] == 0),
    "weight": lambda s: s.weight,
    "weight / words": lambda s: s.weight / s.words,
    "weight / (words + 25)": lambda s: s.weight / (s.words + 25),
    "new weight": lambda s: s.new_weight,
    "new weight / (words + 25)": lambda s: s.new_weight / (s.words + 25),
    "parenthesis": lambda s: "(" in s.of.text,
    "colon": lambda s: ":" in s.of.text,
}
SENTENCE_FEATURES = tuple(_SENTENCE_FEATURES)


def sentence_features(text: Text, importance: Mapping[str, float]) -> "NDArray[np.float64]":
    """One row of `SENTENCE_FEATURES` for each sentence; `importance` says for each content word how much it tells."""
    import numpy as np

    rows, told = [], frozenset[str]()
    for place, sentence in enumerate(text.sentences):
        seen = _Sentence(sentence, text, place, importance, told)
        rows.append([feature(seen) for feature in _SENTENCE_FEATURES.values()])
        told |= sentence.content
    return np.array(rows, dtype=np.float64)


# ---- meaning --------------------------------------------------------------------------------------------------------

MEANING_FEATURES = (
    "score by words",
    "log place",
    "words",
    "log words",
    "nearness to the centre",
    "the same, standardised",
    "mean similarity",
    "similarity to the first",
    "most similar before",
    "most similar after",
    "similarity to the nearest three",
)


def meaning_features(
    scores: Sequence[float], sentences: Sequence[Rankable], vectors: "NDArray[np.float32]"
) -> "NDArray[np.float64]":
    """One row of `MEANING_FEATURES` for each of these sentences of a text, which have these unit vectors."""
    import numpy as np

    count = len(sentences)
    centre = vectors.mean(axis=0)
    nearness = vectors @ (centre / max(1e-9, float(np.linalg.norm(centre))))
    similar = vectors @ vectors.T
    before = np.tril(similar, -1)
    others = np.sort(similar - 2 * np.eye(count), axis=1)[:, -3:] if count > 3 else similar
    words = np.array([max(1, sentence.length) for sentence in sentences])
    columns = (
        np.array(scores),
        np.log1p([sentence.position for sentence in sentences]),
        words,
        np.log(words),
        nearness,
        (nearness - nearness.mean()) / (nearness.std() + 1e-6),
        similar.mean(axis=1),
        similar[0],
        before.max(axis=1),
        before.max(axis=0),
        others.mean(axis=1),
    )
    return np.stack(columns, axis=1).astype(np.float64)
