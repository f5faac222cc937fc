"""The learned part of ranking: three logistic heads, whose few numbers lie in `ranking.json` beside this file.

The first says how likely a summary holds a word of the text, the second how likely a sentence belongs to the best
choice of sentences, judged by words, the third the same judged by words and meaning. They were fitted on news articles
with highlights by the command that the file names; `tests/benchmarks/train_ranking.py` says how.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.features import (
    MEANING_FEATURES,
    SENTENCE_FEATURES,
    WORD_FEATURES,
    Rankable,
    Text,
    meaning_features,
    sentence_features,
    word_features,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = Path(__file__).with_name("ranking.json")


@dataclass(frozen=True)
class Head:
    """Logistic regression on standardised features."""

    means: "NDArray[np.float64]"
    scales: "NDArray[np.float64]"
    weights: "NDArray[np.float64]"
    bias: float

    def log_odds(self, features: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Shape (rows,) for features of shape (rows, weights)."""
        log_odds: NDArray[np.float64] = (features - self.means) / self.scales @ self.weights + self.bias
        return log_odds

    @classmethod
    def from_json(cls, names: Sequence[str], fields: Mapping[str, Any]) -> "Head":
        """The head that was stored; its features are looked up by name. Raises KeyError when one is missing."""
        import numpy as np

        columns = np.array([fields["features"][name] for name in names], dtype=np.float64)
        return cls(columns[:, 0], columns[:, 1], columns[:, 2], float(fields["bias"]))


@dataclass(frozen=True)
class Heads:
    """The three heads, in the order in which they are used."""

    words: Head
    sentences: Head
    meaning: Head

    def by_words(self, text: Text) -> list[float]:
        """Log odds for each sentence of a text that it belongs to a summary, without the encoder."""
        scores: list[float] = self.sentences.log_odds(sentence_features(text, self.importance(text))).tolist()
        return scores

    def importance(self, text: Text) -> dict[str, float]:
        """For each content word how likely a summary holds it, 0 to 1."""
        import numpy as np

        words, features = word_features(text)
        return dict(zip(words, (1 / (1 + np.exp(-self.words.log_odds(features)))).tolist(), strict=True))

    def by_meaning(
        self, scores: Sequence[float], sentences: Sequence[Rankable], vectors: "NDArray[np.float32]"
    ) -> list[float]:
        """The same for some sentences of a text, the most telling by words, which have these scores and vectors."""
        better: list[float] = self.meaning.log_odds(meaning_features(scores, sentences, vectors)).tolist()
        return better


@cache
def built_in() -> Heads:
    """The heads that come with the package."""
    fields = json.loads(FILE.read_text(encoding="utf-8"))
    return Heads(
        Head.from_json(WORD_FEATURES, fields["words"]),
        Head.from_json(SENTENCE_FEATURES, fields["sentences"]),
        Head.from_json(MEANING_FEATURES, fields["meaning"]),
    )
