"""Which texts are one text: reprinted, shortened, or edited here and there. Pure, and without a model."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.words import content_words

READ_CHARACTERS = 6000
ALIKE = 0.6
"""So much of the text that has less stands in the other one ..."""
SHORT, SHORT_ALIKE = 30, 0.85
"""... and more where there are fewer runs of words than this: one of its nouns changed makes it other news."""
FEWEST = 4
"""Runs of words; a text with fewer is too short to be told apart from a phrase, and must be the same."""
_SAME_FIGURES = 0.5
END = re.compile(r"(?<=[.!?。！？])\s*(?=\s|[\u3000-\u9fff])|\n")
FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_MOST_HOLDING = 60  # texts; what more of them have is standing text


@dataclass(frozen=True)
class Outline:
    """What texts are compared by: pairs of neighbouring content words in their sentences, and figures."""

    runs: frozenset[tuple[str, str]]
    figures: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Outline":
        """The outline of the beginning of a text."""
        beginning = text[:READ_CHARACTERS]
        runs = (run for sentence in END.split(beginning) for run in pairwise(content_words(sentence)))
        return cls(frozenset(runs), frozenset(FIGURE.findall(beginning)))

    def is_copy_of(self, other: "Outline") -> bool:
        """Whether one of both was made of the other. Two days' market reports are none: their figures differ."""
        fewer = min(len(self.runs), len(other.runs))
        if fewer < FEWEST:
            return self.runs == other.runs and self.figures == other.figures and fewer > 0
        alike = ALIKE if fewer >= SHORT else SHORT_ALIKE
        return len(self.runs & other.runs) >= alike * fewer and self._has_figures_of(other)

    def _has_figures_of(self, other: "Outline") -> bool:
        fewer = min(len(self.figures), len(other.figures))
        return len(self.figures & other.figures) >= _SAME_FIGURES * fewer


class Groups:
    """Things by index, put together step by step."""

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Put two and all that are with them together."""
        self._parents[self._root(one)] = self._root(other)

    def lists(self) -> list[list[int]]:
        """The groups in the order of their first member."""
        members: defaultdict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parents)):
            members[self._root(index)].append(index)
        return sorted(members.values())

    def _root(self, index: int) -> int:
        while self._parents[index] != index:
            self._parents[index] = self._parents[self._parents[index]]
            index = self._parents[index]
        return index


def pairs_of_copies(outlines: Sequence[Outline]) -> list[tuple[int, int]]:
    """Indexes of texts that are copies of each other."""
    holding: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    found = []
    for index, outline in enumerate(outlines):
        shared = Counter(other for run in outline.runs for other in holding[run][-_MOST_HOLDING:])
        enough = ALIKE * len(outline.runs) / 2  # the other may be the shorter one; is_copy_of says for sure
        likely = [other for other, count in shared.items() if count >= min(enough, ALIKE * len(outlines[other].runs))]
        found += [(other, index) for other in likely if outline.is_copy_of(outlines[other])]
        for run in outline.runs:
            holding[run].append(index)
    return found
