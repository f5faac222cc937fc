"""Which of the ranked sentences become points, so that the editor's rules hold for all of them together.

The best sentence that is admissible comes next, again and again. When too few are, rules yield one after the other:
first two points may mean the same in other words, then a point may be long, and last it may open with a pronoun.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from summarizer.openings import dangling_opening, nameless_opening
from summarizer.ranking import Ranking
from summarizer.readings import Reading
from summarizer.replies import denials
from summarizer.rules import LARGEST_SHARE, LONGEST_POINT, SHORT_TEXT, repeats, two_parties
from summarizer.speakers import speakers
from summarizer.trimming import trimmed
from summarizer.words import length_in_words

_CONSIDERED = 60  # of the best sentences, or
_CONSIDERED_A_POINT = 6  # so many for each point, if that is more


class Leniency(IntEnum):
    """Which rules have yielded already, each with those before it."""

    NONE = 0
    SAME_MEANING = 1
    LONG = 2
    DANGLING = 3


@dataclass(frozen=True)
class Choice:
    """A sentence of a ranking, by index, and the point that is made of it."""

    index: int
    text: str


def choose_by_rank(ranking: Ranking, points: int) -> list[Choice]:
    """The best whole sentences in reading order; those that say what a better one says come only to fill up."""
    chosen: list[int] = []
    for may_repeat in (False, True):
        for index in ranking.best_first():
            repeats = index in chosen or any(ranking.similar(index, other) for other in chosen)
            if len(chosen) < points and index not in chosen and (may_repeat or not repeats):
                chosen.append(index)
    return [Choice(index, ranking.sentences[index].text) for index in sorted(chosen)]


def choose(reading: Reading, ranking: Ranking, *, asked: bool, headline: str = "") -> list[Choice]:
    """At most `reading.points` points in reading order, none repeating the headline.

    Where their number was `asked` for, rules yield until it is reached; otherwise only when there would be no point.
    """
    brief = _Brief(reading, ranking, headline, None if asked else _budget(reading))
    for leniency in Leniency:
        if brief.chosen and not asked:
            break
        brief.fill(leniency)
    brief.hear_both_parties()
    brief.add_replies()
    return [Choice(index, brief.text(index)) for index in sorted(brief.chosen or ranking.best_first()[:1])]


def _budget(reading: Reading) -> float | None:
    """Words that may be republished of a text (rule 11)."""
    return reading.words * LARGEST_SHARE if reading.words >= SHORT_TEXT else None


@dataclass
class _Brief:
    """Points while they are being chosen."""

    reading: Reading
    ranking: Ranking
    headline: str
    budget: float | None
    chosen: list[int] = field(default_factory=list)
    _texts: dict[int, str] = field(default_factory=dict)

    def text(self, index: int) -> str:
        """The point that a sentence makes."""
        if index not in self._texts:
            self._texts[index] = trimmed(self.ranking.sentences[index].text, self.reading.language)
        return self._texts[index]

    def fill(self, leniency: Leniency) -> None:
        """Take the best admissible sentence until there are enough."""
        while len(self.chosen) < self.reading.points:
            best = next(self._admissible(leniency), None)
            if best is None:
                return
            self.chosen.append(best)

    def _admissible(self, leniency: Leniency) -> Iterator[int]:
        return (index for index in self._best_first if index not in self.chosen and self._fits(index, leniency))

    @cached_property
    def _best_first(self) -> list[int]:
        return self.ranking.best_first()[: max(_CONSIDERED, _CONSIDERED_A_POINT * self.reading.points)]

    def _fits(self, index: int, leniency: Leniency, beside: Sequence[int] | None = None) -> bool:
        others = self.chosen if beside is None else beside
        if leniency < Leniency.SAME_MEANING and any(self.ranking.similar(index, other) for other in others):
            return False
        text = self.text(index)
        if leniency < Leniency.LONG and length_in_words(text) > LONGEST_POINT:
            return False
        if leniency < Leniency.DANGLING and self._dangles(index, others):
            return False
        return not self._repeats(text, others) and self._within_budget(index, others)

    def _repeats(self, text: str, others: Sequence[int]) -> bool:
        return any(repeats(text, told) for told in (self.headline, *map(self.text, others)))

    def _within_budget(self, index: int, others: Sequence[int]) -> bool:
        if self.budget is None or not others:
            return True
        return sum(length_in_words(self.text(one)) for one in (*others, index)) <= self.budget

    def _dangles(self, index: int, others: Sequence[int]) -> bool:
        """Whether a point opens with a word whose meaning stands in a sentence that is not told just before it."""
        text, position = self.text(index), self.ranking.sentences[index].position
        follows = any(self.ranking.sentences[other].position == position - 1 for other in others)
        is_pronoun = dangling_opening(text, self.reading.language) is not None
        return (is_pronoun and not follows) or self._is_nameless(text, position, others)

    def _is_nameless(self, text: str, position: int, others: Sequence[int]) -> bool:
        """Whether it opens with "the minister", whom the source names before and the points before it do not."""
        language = self.reading.language
        in_text = [sentence.text for sentence in self.reading.body if sentence.position < position]
        told = [self.text(other) for other in others if self.ranking.sentences[other].position < position]
        return bool(nameless_opening(text, in_text, language)) and not nameless_opening(text, told, language)

    # ---- who is heard -----------------------------------------------------------------------------------------------

    @cached_property
    def _speakers(self) -> list[str | None]:
        return speakers([sentence.text for sentence in self.ranking.sentences], self.reading.language)

    def hear_both_parties(self) -> None:
        """Where two speak and one of them has no point, their best sentence takes the place of the weakest (rule 4)."""
        parties = two_parties(self._speakers)
        if parties is None or len(self.chosen) < len(parties):
            return
        for party in parties:
            if not any(self._speakers[index] == party for index in self.chosen):
                self._make_room_for([index for index in self._best_first if self._speakers[index] == party])

    def add_replies(self) -> None:
        """Whoever is accused in a point gets a point for a short denial (rule 9)."""
        accusations = denials([sentence.text for sentence in self.ranking.sentences], self.reading.language)
        for reply, accusation in enumerate(accusations):
            if accusation in self.chosen and reply not in self.chosen:
                self._make_room_for([reply], keeping={accusation})

    def _make_room_for(self, candidates: Sequence[int], keeping: frozenset[int] | set[int] = frozenset()) -> None:
        """Put the first candidate that fits in the place of the point that is missed least."""
        first = min(self.chosen)
        for gone in reversed(self.chosen):
            if gone == first or gone in keeping or self._is_only_voice(gone):
                continue
            others = [index for index in self.chosen if index != gone]
            found = next((one for one in candidates if self._fits(one, Leniency.NONE, others)), None)
            if found is not None:
                self.chosen = [*others, found]
                return

    def _is_only_voice(self, index: int) -> bool:
        party = self._speakers[index]
        return party is not None and sum(self._speakers[other] == party for other in self.chosen) == 1
