"""Which text is another house's print of a known one: with another head and tail, shortened, edited a little. Pure.

Stricter than `copies.Outline.is_copy_of`, since of a reprint nothing is told on its own. Reports that are made by one
template have their sentences in common, and other figures or names in them; what one of two prints leaves out or adds
says nothing. So figures and names are compared within the sentences that both have. Programmes of a day have most of
their sentences in common, and what they are about is in the first ones.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.services.copies import END, FEWEST, FIGURE, READ_CHARACTERS, SHORT, SHORT_ALIKE
from summarizer.words import content_words

ALIKE = 0.7
"""So much of the text that has less stands in the other one; more where it has few runs of words."""
REST, MORE = 0.4, 1.5
"""A reprint has at least so much of the length, and at most; a fuller text is told instead of what it was made of."""
FIGURES, NAMES = 0.8, 0.9
"""So many of them agree."""
_SAME_SENTENCE = 0.5  # of the runs of the shorter one
_FIRST, _FIRST_ALIKE, _LEAST = 4, 0.5, 3  # sentences of so many runs at the least
_NAME = re.compile(r"[^\W\d_]\w+")


@dataclass(frozen=True)
class _Sentence:
    """Pairs of neighbouring content words, figures, and words with a capital."""

    runs: frozenset[tuple[str, str]]
    figures: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, words: str) -> "_Sentence":
        names = frozenset(word for word in _NAME.findall(words) if word[0].isupper())
        return cls(frozenset(pairwise(content_words(words))), frozenset(FIGURE.findall(words)), names)


def is_reprint(text: str, known: str, length: int) -> bool:
    """Whether a text is the known one, of which the beginning is given and its whole length."""
    if not REST * length <= len(text) <= MORE * length:
        return False
    ours, theirs = _sentences(text), _sentences(known)
    one, other = (frozenset(run for sentence in each for run in sentence.runs) for each in (ours, theirs))
    fewer = min(len(one), len(other))
    if fewer < FEWEST or len(one & other) < (ALIKE if fewer >= SHORT else SHORT_ALIKE) * fewer:
        return False
    pairs = _in_common(ours, theirs)
    if not (_begins_in(ours, [one for one, _ in pairs]) or _begins_in(theirs, [other for _, other in pairs])):
        return False
    return (
        _agreeing([(one.figures, other.figures) for one, other in pairs]) >= FIGURES
        and _agreeing([(one.names, other.names) for one, other in pairs]) >= NAMES
    )


@lru_cache(maxsize=8)  # one text is compared with several
def _sentences(text: str) -> list[_Sentence]:
    return [_Sentence.of(words) for words in END.split(text[:READ_CHARACTERS]) if words.strip()]


def _in_common(ours: Sequence[_Sentence], theirs: Sequence[_Sentence]) -> list[tuple[_Sentence, _Sentence]]:
    """Sentences that both have, in their own ways."""
    holding: defaultdict[tuple[str, str], list[_Sentence]] = defaultdict(list)
    for sentence in theirs:
        for run in sentence.runs:
            holding[run].append(sentence)
    pairs = []
    for sentence in ours:
        shared = Counter(other for run in sentence.runs for other in holding[run])
        for other, count in shared.most_common(1):
            if count >= _SAME_SENTENCE * min(len(sentence.runs), len(other.runs)):
                pairs.append((sentence, other))
    return pairs


def _begins_in(sentences: Sequence[_Sentence], common: Sequence[_Sentence]) -> bool:
    """The first sentences of a text are among those that both have; a new head leaves the other one's there."""
    first = [sentence for sentence in sentences if len(sentence.runs) >= _LEAST][:_FIRST]
    return sum(sentence in common for sentence in first) >= _FIRST_ALIKE * len(first)


def _agreeing(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    """How much of what either sentence could share with the other it does share."""
    possible = sum(min(len(one), len(other)) for one, other in pairs)
    return sum(len(one & other) for one, other in pairs) / possible if possible else 1.0
